import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// Simple commands, and the invocations that others run.
extension NaiveCommandLine {
  /// Follows a simple command; gives the directory after it.
  func simple(_ index: Int, _ now: NaiveStartingPoint, _ place: Place) -> NaiveStartingPoint {
    let command = line.commands[index]
    var effects = lineEffects(of: index, place.isElsewhere ? .unknown : now)
    for assignment in command.assignments {
      let name = line.assignments[assignment].name
      let text = String(
        decoding: line.text[Int(name.lowerBound)..<Int(name.upperBound)], as: UTF8.self)
      var effect = NaiveEffect(
        verb: .sets, target: .text(NaiveWord(text)), certainty: .true, isOfLine: true)
      effect.value = value(of: line.assignments[assignment], text)
      effect.valueBase = place.isElsewhere ? .unknown : now
      effects.append(effect)
    }
    guard !command.words.isEmpty else {
      loose += effects
      return now
    }
    let words = command.words.map { NaiveWord($0, of: line) }
    let after = invoke(words, of: index, now, place, effects: effects)
    if command.flags.contains(.mayCallFunction), functionsMove { return .unknown }
    return after
  }

  /// What an assignment sets its variable to.
  private func value(of assignment: ShellAssignment, _ name: String) -> NaiveWord {
    guard assignment.wordCount == 1, !assignment.isArray, !assignment.hasSubscript else {
      return .unknown
    }
    let value = NaiveWord(Int(assignment.firstWord), of: line, setting: name)
    guard assignment.appends else { return value }
    // What it held before stands before.
    var joined = NaiveWord.unknown
    for piece in value.pieces { joined.add(piece) }
    return joined
  }

  /// Makes an invocation of words, and one more for each package that sees less of the program;
  /// gives the directory after it.
  func invoke(
    _ words: [NaiveWord], of command: Int, _ base: NaiveStartingPoint, _ place: Place,
    effects: [NaiveEffect] = [], isNested: Bool = false, mayGiveOptions: Bool = false
  ) -> NaiveStartingPoint {
    let sights = baseName(words[0]).map { self.sights(of: $0) } ?? []
    let ends = ([nil] + sights).map { seen in
      invoke(
        words, of: command, base, place, effects: effects, isNested: isNested,
        mayGiveOptions: mayGiveOptions, as: seen)
    }
    return Set(ends).count == 1 ? ends[0] : .unknown
  }

  private func invoke(
    _ words: [NaiveWord], of command: Int, _ base: NaiveStartingPoint, _ place: Place,
    effects: [NaiveEffect], isNested: Bool, mayGiveOptions: Bool, as seen: Set<PackageID>?
  ) -> NaiveStartingPoint {
    var made = NaiveInvocation(
      command: command, parent: place.parent, base: place.isElsewhere ? .unknown : base,
      nameWord: words[0], words: Array(words.dropFirst()))
    made.isElsewhere = place.isElsewhere
    made.effects = effects
    if let parent = place.parent { made.depth = invocations[parent].depth + 1 }
    made.name = baseName(words[0])
    if let name = made.name, let program = program(name, of: seen) {
      made.levels = [program]
    }
    if mayGiveOptions { made.hasUnknownOption = true }
    made.read()
    let own = invocations.count
    invocations.append(made)
    if made.name == nil, isNested || !line.commands[command].flags.contains(.opaque) {
      note(NaiveReasons.program, own)
    }
    guard made.depth <= Self.wrapperLimit else {
      note(NaiveReasons.program, own)
      return base
    }
    addEffects(own)
    let after = execute(own, place)
    return moved(own, base, after)
  }

  /// What follows the last `/`, without an `.exe`; nil when it is not known.
  private func baseName(_ word: NaiveWord) -> String? {
    var name: String
    if let text = word.string {
      name = text
    } else {
      guard !word.mayBeMany, word.end.contains("/"),
        !word.pieces.contains(where: { if case .glob = $0 { true } else { false } })
      else {
        let isPath = word.hasUnknown || word.mayBeMany
        guard !isPath, word.end.contains("/") else { return nil }
        return lastPart(NaiveText.string(word.end))
      }
      name = NaiveText.string(word.end)
      if name.hasSuffix("/") { return nil }
    }
    return lastPart(name)
  }

  private func lastPart(_ text: String) -> String {
    var name = text.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init)
    if let whole = name, whole.lowercased().hasSuffix(".exe") { name = String(whole.dropLast(4)) }
    return name ?? ""
  }

  /// Where the shell is after an invocation.
  private func moved(
    _ index: Int, _ base: NaiveStartingPoint, _ after: NaiveStartingPoint?
  ) -> NaiveStartingPoint {
    let made = invocations[index]
    switch made.name {
    case "eval", "command", "builtin": return after ?? base
    case "popd": return .unknown
    case "cd", "pushd":
      let operands = made.operands
      guard let first = operands.first else {
        if made.hasUnknownOption || made.name == "pushd" { return .unknown }
        var home = NaiveWord("")
        home.pieces = [.home([])]
        return .changed(by: home, from: base)
      }
      if made.name == "pushd", !made.options.isEmpty { return .unknown }
      guard operands.count == 1, first.certainty == .true, !made.hasUnknownOption,
        !first.word.hasUnknown, !first.word.hasGlob, first.word.string != ""
      else { return .unknown }
      if let text = first.word.string, text.hasPrefix("+") || text.hasPrefix("-") {
        return .unknown
      }
      let begins = first.word.string.map {
        $0.split(separator: "/", omittingEmptySubsequences: false)
      }
      if String(decoding: line.text, as: UTF8.self).contains("CDPATH"),
        !NaiveStartingPoint.isAbsolute(first.word),
        ![".", ".."].contains(begins?.first ?? "x")
      {
        return .unknown
      }
      return .changed(by: first.word, from: base)
    default: return base
    }
  }

  // MARK: Redirections

  /// What the redirections of a command do.
  func lineEffects(of index: Int, _ base: NaiveStartingPoint) -> [NaiveEffect] {
    var effects: [NaiveEffect] = []
    for place in line.commands[index].redirections {
      let redirection = line.redirections[place]
      let word = NaiveWord(Int(redirection.target), of: line)
      var verbs: [CommandEffect] = []
      var certainty = Truth.true
      switch redirection.operation {
      case .input: verbs = [.reads]
      case .output, .append, .clobber, .bothOutputs, .bothAppend: verbs = [.writes]
      case .inputOutput: verbs = [.reads, .writes]
      case .duplicateOutput:
        guard word.text == nil else { continue }
        verbs = [.writes]
        certainty = .unknown
      case .duplicateInput, .hereDocument, .hereString: continue
      }
      if let device = Self.device(word) {
        if let host = device.host {
          effects.append(
            NaiveEffect(
              verb: .connects, target: .host(host), certainty: certainty, isOfLine: true))
        }
        continue
      }
      for verb in verbs {
        effects.append(
          NaiveEffect(
            verb: verb, target: .path(word, base, isThere: false), certainty: certainty,
            isOfLine: true))
      }
    }
    return effects
  }

  /// Whether a word is a device that is no file, and the host that it connects to.
  static func device(_ word: NaiveWord) -> (isDevice: Bool, host: NaiveWord?)? {
    if case .commands(let kind, _)? = word.pieces.first, kind != .substitution {
      return (true, nil)
    }
    let known = NaiveText.string(word.beginning)
    for prefix in ["/dev/tcp/", "/dev/udp/"] where known.hasPrefix(prefix) {
      var rest = word.dropping(prefix.unicodeScalars.count)
      if let text = rest.string {
        rest = NaiveWord(String(text.prefix { $0 != "/" }))
      } else if let end = NaiveText.string(rest.beginning).firstIndex(of: "/") {
        rest = NaiveWord(String(NaiveText.string(rest.beginning)[..<end]))
      } else {
        rest = .unknown
      }
      return (true, rest)
    }
    guard let text = word.string else { return nil }
    let plain = ["/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty"]
    return plain.contains(text) || isDescriptor(text) ? (true, nil) : nil
  }

  /// Whether a text is `/dev/fd/N`.
  static func isDescriptor(_ text: String) -> Bool {
    text.hasPrefix("/dev/fd/") && text.utf8.count > 8
      && text.utf8.dropFirst(8).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether some function of the line moves the directory.
  private var functionsMove: Bool { aFunctionMoves }
}

extension NaiveWord {
  /// Whether some of the text comes of a pattern for file names.
  var hasGlob: Bool {
    pieces.contains { if case .glob = $0 { true } else { false } }
  }
}
