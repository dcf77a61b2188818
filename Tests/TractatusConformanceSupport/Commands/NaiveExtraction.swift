import TractatusSemantics
import TractatusValues

/// What options' arguments give: section 10.8.3 of the semantics.
extension NaiveCommandLine {
  /// The arguments of each of some options that an invocation gives; nil where one of them, or
  /// whether there is one, is not known.
  func arguments(of options: [String]) -> [[Unicode.Scalar]]? {
    if isOpaque { return nil }
    var found: [[Unicode.Scalar]] = []
    for made in invocations {
      for spelling in options {
        if made.hasUnknownOption || made.mayHaveArgument(spelling) { return nil }
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
