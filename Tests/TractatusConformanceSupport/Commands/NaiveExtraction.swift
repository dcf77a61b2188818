import TractatusSemantics
import TractatusValues

/// What options' arguments give: section 10.8.3 of the semantics.
extension NaiveCommandLine {
  /// The arguments of each of some options that an invocation gives; nil where one of them, or
  /// whether there is one, is not known.
  ///
  /// What packages in `unseen` declare does not count for some who read them.
  func arguments(
    of options: [String], unseen: Set<PackageID> = []
  ) -> [[Unicode.Scalar]]? {
    if isOpaque { return nil }
    var found: [[Unicode.Scalar]] = []
    for made in invocations {
      for spelling in options {
        if made.hasUnknownOption || made.mayHaveArgument(spelling) { return nil }
        if let program = made.program, program.packages.isSubset(of: unseen) {
          guard let more = made.unread(spelling) else { return nil }
          found += more
          continue
        }
        for given in made.options {
          if let option = given.option {
            guard option.spellings.contains(where: { NaiveProgram.same($0, spelling) }) else {
              continue
            }
            if given.certainty == .unknown { return nil }
            guard let argument = given.argument else { continue }
            guard let text = argument.text else { return nil }
            found.append(text)
          } else {
            switch NaiveInvocation.spells(given.word, spelling) & given.certainty {
            case .false: continue
            case .unknown: return nil
            case .true:
              guard let argument = given.argument?.text else { return nil }
              found.append(argument)
            }
          }
        }
      }
    }
    return found
  }
}

extension NaiveInvocation {
  /// What each word gives of an option to who sees no declaration of the program; nil where that is
  /// not known, and where a declaration alone gives more.
  fileprivate func unread(_ spelling: String) -> [[Unicode.Scalar]]? {
    var found: [[Unicode.Scalar]] = []
    var words = operands.map(\.word)
    for given in options {
      if given.certainty == .unknown, gives(spelling) != .false { return nil }
      let name = NaiveText.string(given.word.beginning).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)[0]
      if given.isOwnWord, let argument = given.argument { words.append(argument) }
      if NaiveProgram.same(String(name), spelling), !given.isOwnWord, let argument = given.argument
      {
        guard let text = argument.text else { return nil }
        found.append(text)
        continue
      }
      if NaiveInvocation.spells(given.word, spelling) != .false { return nil }
      let isIt = given.option?.spellings.contains { NaiveProgram.same($0, spelling) } ?? false
      if isIt, given.argument != nil { return nil }
    }
    for word in words {
      if let text = word.string, text.hasPrefix(spelling + "=") {
        found.append(Array(text.unicodeScalars.dropFirst(spelling.unicodeScalars.count + 1)))
      } else if word.mayBe(spelling) != .false {
        return nil
      }
    }
    return found
  }
}
