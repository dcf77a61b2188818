import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// The effects of an invocation: section 10.3 of the semantics.
extension NaiveCommandLine {
  /// Adds the effects of the levels entered and the options given, but for what is executed.
  func addEffects(_ index: Int) {
    let made = invocations[index]
    var effects: [NaiveEffect] = []
    let base = directory(of: made)
    for level in made.levels {
      for (effect, body) in level.effects where effect.effect != .executes {
        effects += self.effects(effect, body, of: made, nil, base)
      }
    }
    for given in made.options {
      for (effect, body) in given.option?.effects ?? [] where effect.effect != .executes {
        effects += self.effects(effect, body, of: made, given, base)
      }
    }
    if made.levels.isEmpty {
      for operand in made.operands {
        effects += pathEffects(.reads, operand.word, operand.certainty, made, made.base)
      }
    }
    if made.nameWord.pieces.contains(where: { piece in
      if case .known(let text) = piece { text.contains("/") } else { false }
    }) {
      effects.append(
        NaiveEffect(
          verb: .executes, target: .path(made.nameWord, made.base, isThere: false),
          certainty: .true))
    }
    invocations[index].effects += effects
  }

  /// Where the operands' relative paths start from: an option may say so.
  func directory(of made: NaiveInvocation) -> NaiveStartingPoint {
    if made.isElsewhere { return .unknown }
    let names = ["-C", "--directory", "--chdir", "--cd", "--work-tree"]
    var base = made.base
    for given in made.options {
      guard let option = given.option, option.argument == .word(.path), option.effects.isEmpty,
        option.spellings.contains(where: names.contains)
      else { continue }
      if given.certainty != .true {
        base = .unknown
      } else if let argument = given.argument {
        base = .changed(by: argument, from: base)
      }
    }
    return base
  }

  // MARK: Targets

  /// The words that a target means, and the truth that each is meant.
  func words(
    _ target: ProgramEffect.Target, _ body: ProgramBody, of made: NaiveInvocation,
    _ given: NaiveInvocation.Given? = nil
  ) -> [(word: NaiveWord, certainty: Truth)] {
    let operands = made.operands
    let first = Self.ends(operands).map { $0 & Truth(!made.isReplaced) }
    let last = Array(Self.ends(operands.reversed()).reversed())
    func each(_ truth: (Int) -> Truth) -> [(word: NaiveWord, certainty: Truth)] {
      operands.indices.compactMap { place in
        let truth = operands[place].certainty & truth(place)
        return truth == .false ? nil : (operands[place].word, truth)
      }
    }
    switch target {
    case .operands: return each { _ in .true }
    case .firstOperand: return each { first[$0] }
    case .lastOperand: return each { last[$0] }
    case .otherOperands:
      // Of an option what it says itself.
      let does = given?.option.map { $0.effects.map(\.effect) } ?? body.does
      let namesFirst = does.contains { $0.target == .firstOperand }
      let namesLast = does.contains { $0.target == .lastOperand }
      return each { place in
        var isNamed = Truth.false
        if namesFirst || !namesLast { isNamed = isNamed | first[place] }
        if namesLast { isNamed = isNamed | last[place] }
        return !isNamed
      }
    case .argument, .cwd, .input, .after: return []
    }
  }

  /// The truth of each operand to be the first, given that it is there.
  private static func ends(_ operands: [NaiveInvocation.Operand]) -> [Truth] {
    let certain = operands.firstIndex { $0.certainty == .true }
    let may = operands.indices.filter { place in
      place <= certain ?? operands.count
    }
    // The only one that can be it is it, unless it may be several.
    if may.count == 1, !operands[may[0]].word.mayBeMany || operands[may[0]].certainty == .true {
      return operands.indices.map { Truth($0 == may[0]) }
    }
    return operands.indices.map { may.contains($0) ? .unknown : .false }
  }

  /// What follows a mark in a word: a word and the truth that it is there.
  func after(
    _ mark: String, in word: NaiveWord
  ) -> (word: NaiveWord, certainty: Truth)? {
    let marked = Array(mark.unicodeScalars)
    let known = word.beginning
    if known.starts(with: marked) { return (word.dropping(marked.count), .true) }
    if mark.hasPrefix("=") {
      for start in known.indices where known[start...].starts(with: marked) {
        return (word.dropping(start + marked.count), .true)
      }
      return word.text == nil ? (.unknown, .unknown) : nil
    }
    switch word.pieces.first {
    // What the shell puts there is an absolute path.
    case .home, .start: return nil
    default: return word.text == nil && marked.starts(with: known) ? (.unknown, .unknown) : nil
    }
  }

  /// The effects of one declared effect.
  private func effects(
    _ effect: ProgramEffect, _ body: ProgramBody, of made: NaiveInvocation,
    _ given: NaiveInvocation.Given?, _ base: NaiveStartingPoint
  ) -> [NaiveEffect] {
    let certainty = given?.certainty ?? .true
    var targets: [(word: NaiveWord, certainty: Truth)] = []
    var start = base
    switch effect.target {
    case .cwd:
      return Self.verbs(effect.effect).map { verb in
        NaiveEffect(
          verb: verb, target: .directory(base), certainty: certainty, isRecursive: true)
      }
    case .argument:
      if effect.effect == .escalates {
        return [NaiveEffect(verb: .escalates, target: .none, certainty: certainty)]
      }
      guard let argument = given?.argument else { return [] }
      targets = [(argument, .true)]
      start = made.base
    case .after(let mark):
      let words =
        given.map { $0.argument.map { [($0, Truth.true)] } ?? [] }
        ?? made.operands.map { ($0.word, $0.certainty) }
      targets = words.compactMap { word, certainty in
        after(mark, in: word).map { ($0.word, $0.certainty & certainty) }
      }
      if given != nil { start = made.base }
    case .input: return []
    default:
      if effect.effect == .escalates {
        return [NaiveEffect(verb: .escalates, target: .none, certainty: certainty)]
      }
      targets = words(effect.target, body, of: made, given)
    }
    return targets.flatMap { word, truth -> [NaiveEffect] in
      let truth = truth & certainty
      switch effect.effect {
      case .reads, .writes, .deletes, .sends:
        return Self.verbs(effect.effect).flatMap {
          pathEffects($0, word, truth, made, start)
        }
      case .connects:
        let isOperand = [.operands, .firstOperand, .lastOperand, .otherOperands]
          .contains(effect.target)
        return connection(word, truth, isOperand: isOperand, of: made).map { [$0] } ?? []
      case .sets:
        let runs = made.activeEffects.contains {
          $0.effect == .executes && [.operands, .otherOperands].contains($0.target)
        }
        if runs, given == nil { return [] }
        var effect = NaiveEffect(verb: .sets, target: .text(word), certainty: truth)
        guard let name = word.assigned else { return [effect] }
        effect.target = .text(NaiveWord(name))
        effect.value = word.dropping(name.unicodeScalars.count + 1)
        effect.valueBase = start
        return [effect]
      default: return []
      }
    }
  }

  private static func verbs(_ verb: CommandEffect) -> [CommandEffect] {
    verb == .sends ? [.sends, .reads] : [verb]
  }

  /// An effect on a path; where it is unknown whether it goes down into directories, also one
  /// that does, of which it is unknown whether it is there.
  func pathEffects(
    _ verb: CommandEffect, _ word: NaiveWord, _ certainty: Truth, _ made: NaiveInvocation,
    _ base: NaiveStartingPoint
  ) -> [NaiveEffect] {
    let effect = pathEffect(verb, word, certainty, made, base)
    guard case .path = effect.target, verb == .reads || verb == .writes, !effect.isRecursive,
      mayBeRecursive(made)
    else { return [effect] }
    var deep = effect
    deep.isRecursive = true
    deep.certainty = certainty & .unknown
    return [effect, deep]
  }

  private func mayBeRecursive(_ made: NaiveInvocation) -> Bool {
    let declares =
      made.levels.isEmpty
      || made.levels.contains { level in
        level.options.contains { !$0.spellings.filter(Self.recursive.contains).isEmpty }
      }
    return made.hasUnknownOption && declares
      || Self.recursive.contains { made.gives($0) != .false }
  }

  private static let recursive = ["-r", "-R", "--recursive", "-a", "--archive"]

  /// An effect on a path, or on what is on another host.
  func pathEffect(
    _ verb: CommandEffect, _ word: NaiveWord, _ certainty: Truth, _ made: NaiveInvocation,
    _ base: NaiveStartingPoint
  ) -> NaiveEffect {
    var effect = NaiveEffect(verb: verb, target: .none, certainty: certainty)
    effect.isRecursive =
      verb == .deletes || verb == .sends
      || (verb == .reads || verb == .writes) && isRecursive(made)
    let connects = made.levels.contains { $0.connects }
    if Self.isURL(word) {
      effect.target = .noPath
    } else if connects, let (_, path) = Self.remote(word) {
      // From another host a further one may be this.
      effect.target = .path(path, .unknown, isThere: !made.isElsewhere)
    } else {
      effect.target = .path(word, base, isThere: false)
    }
    return effect
  }

  func isRecursive(_ made: NaiveInvocation) -> Bool {
    Self.recursive.contains { made.gives($0) == .true }
  }

  /// Whether a word is known to be a URL.
  static func isURL(_ word: NaiveWord) -> Bool {
    let known = NaiveText.string(word.beginning)
    guard let colon = known.range(of: "://") else { return false }
    let scheme = known[..<colon]
    guard let first = scheme.utf8.first,
      (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    else { return false }
    return scheme.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E].contains(byte)
    }
  }

  /// The host and the path of `user@host:path` and `host:path`.
  static func remote(_ word: NaiveWord) -> (host: NaiveWord, path: NaiveWord)? {
    var host = NaiveWord("")
    for (place, piece) in word.pieces.enumerated() {
      guard case .known(let text) = piece else {
        guard piece.isUnknown else { return nil }
        host.add(piece)
        continue
      }
      guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "/" }) else {
        host.add(piece)
        continue
      }
      guard text[mark] == ":" else { return nil }
      host.add(.known(Array(text[..<mark])))
      if host.pieces.isEmpty { return nil }
      var path = NaiveWord("")
      let after = text[(mark + 1)...]
      // `host::module` is a daemon's.
      path.add(.known(Array(after.first == ":" ? after.dropFirst() : after)))
      for rest in word.pieces[(place + 1)...] { path.add(rest) }
      return (host, path)
    }
    return nil
  }

  /// What a word connects to; nil where it is a file that is here.
  private func connection(
    _ word: NaiveWord, _ certainty: Truth, isOperand: Bool, of made: NaiveInvocation
  ) -> NaiveEffect? {
    var effect = NaiveEffect(verb: .connects, target: .host(word), certainty: certainty)
    if Self.isURL(word) { return effect }
    // Of a program that has operands that are files, what names no host is one.
    let hasFiles = made.levels.contains { level in
      level.effects.contains { effect, _ in
        [.reads, .writes, .deletes, .sends].contains(effect.effect)
          && [.operands, .firstOperand, .lastOperand, .otherOperands].contains(effect.target)
      }
    }
    guard isOperand, hasFiles else { return effect }
    if let (host, _) = Self.remote(word) {
      effect.target = .host(host)
      return effect
    }
    guard word.mayBeRemote else { return nil }
    effect.target = .host(.unknown)
    effect.certainty = certainty & .unknown
    return effect
  }
}

extension String {
  /// Where a text occurs first.
  fileprivate func range(of part: String) -> Substring.Index? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(part) { return rest.startIndex }
      rest = rest.dropFirst()
    }
    return nil
  }
}

extension NaiveInvocation {
  /// Whether an option is given, by what is declared: section 10.4.3 of the semantics.
  func gives(_ spelling: String) -> Truth {
    var truth = Truth.false
    for given in options {
      if let option = given.option {
        if option.spellings.contains(where: { NaiveProgram.same($0, spelling) }) {
          truth = truth | given.certainty
        }
        continue
      }
      truth = truth | (Self.spells(given.word, spelling) & given.certainty)
    }
    return truth
  }

  /// Whether the word of an option that is not declared gives a spelling.
  static func spells(_ word: NaiveWord, _ spelling: String) -> Truth {
    guard let text = word.string else { return .false }
    if NaiveProgram.same(text, spelling) { return .true }
    let letters = Array(spelling.unicodeScalars)
    guard letters.count == 2, letters[0] == "-", letters[1] != "-" else { return .false }
    let word = Array(text.unicodeScalars).dropFirst()
    guard text.hasPrefix("-"), !text.hasPrefix("--") else { return .false }
    let areLetters = word.allSatisfy { $0.properties.isAlphabetic && $0.isASCII }
    return Truth(areLetters && word.contains(letters[1]))
  }
}
