import TractatusPatterns
import TractatusSemantics

/// The words of one simple command that may do what is asked of it.
struct CandidateWords {
  /// Most lines of one piece, and most of what each of its parts is chosen from.
  private static let limit = 40
  private static let termLimit = 24
  private static let textLimit = 12

  private let programs: [ProgramDeclaration]
  private let texts: CandidateTexts
  /// What no command of the line does.
  private let refused: CommandPiece

  init(_ programs: [ProgramDeclaration], _ texts: CandidateTexts, refused: CommandPiece) {
    self.programs = programs
    self.texts = texts
    self.refused = refused
  }

  /// Lines of a piece, the likeliest first.
  func lines(for piece: CommandPiece) -> [String] {
    var lines: [String] = []
    for flow in piece.flows { lines += self.lines(from: flow.from, into: flow.into) }
    if piece.isUndeclared { lines.append("undeclared-program x") }
    for head in heads(of: piece) {
      for options in optionChoices(piece) {
        let operands = piece.runs.compactMap(\.operand).map { words(for: $0, nil, piece) }
        let first = operands.first ?? [""]
        let placed = targets(of: piece)
        let count = max(first.count, placed.map(\.1.count).max() ?? 1)
        for place in 0..<count {
          var line = ([head] + options).joined(separator: " ")
          if !first.isEmpty, !operands.isEmpty { line += " " + first[min(place, first.count - 1)] }
          var isAfterOperand = !operands.isEmpty
          for (effect, words) in placed where !words.isEmpty {
            let word = words[min(place, words.count - 1)]
            line = with(effect, word, head, line, isAfterOperand: isAfterOperand)
            isAfterOperand = true
          }
          lines.append(line)
        }
        if lines.count >= Self.limit { return lines }
      }
    }
    return lines
  }

  /// The effects of a piece, each verb once, with words for its target: what is not to be its
  /// target is left out. What reads goes before what writes.
  private func targets(of piece: CommandPiece) -> [(effect: EffectTest, words: [String])] {
    var result: [(effect: EffectTest, words: [String])] = []
    var known: Set<CommandEffect> = []
    let effects = piece.effects.sorted { $0.effect.rawValue < $1.effect.rawValue }
    for effect in effects where known.insert(effect.effect).inserted {
      let same = effects.filter { $0.effect == effect.effect }
      var piece = piece
      var first = effect
      if let plain = same.first(where: { $0.target?.isNegated == false }) {
        first = plain
        for var other in same where other.target?.isNegated == true {
          other.target?.isNegated = false
          piece.notEffects.append(other)
        }
      }
      result.append((first, words(for: first.target, first.effect, piece)))
    }
    return result
  }

  private func lines(from: [ProgramTerm], into: [ProgramTerm]) -> [String] {
    let refusedFrom = Set(refused.flows.flatMap(\.from))
    let refusedInto = Set(refused.flows.flatMap(\.into))
    let first = Self.sorted(from) { !refusedFrom.contains($0) }
    let second = Self.sorted(into) { !refusedInto.contains($0) }
    guard let one = first.first, let other = second.first else { return [] }
    let pairs = first.prefix(8).map { ($0, other) } + second.dropFirst().prefix(8).map { (one, $0) }
    return pairs.flatMap { pair in
      [
        "\(Self.words(pair.0)) | \(Self.words(pair.1))",
        "\(Self.words(pair.0)) x | \(Self.words(pair.1)) y",
      ]
    }
  }

  private static func words(_ term: ProgramTerm) -> String {
    term.words.map(quoted).joined(separator: " ")
  }

  private static func sorted<Item>(_ items: [Item], first: (Item) -> Bool) -> [Item] {
    items.filter(first) + items.filter { !first($0) }
  }

  // MARK: Programs and options

  private func heads(of piece: CommandPiece) -> [String] {
    if let runs = piece.runs.first {
      let refused = Set(
        (refused.runs + piece.notRuns).filter { $0.operand == nil }.flatMap(\.programs))
      return Self.sorted(runs.programs) { !refused.contains($0) }.prefix(Self.termLimit)
        .map(Self.words)
    }
    guard let effect = piece.effects.first?.effect else { return [] }
    let isRefused = { (name: String) in
      (refused.runs + piece.notRuns).contains { test in
        test.operand == nil && test.options.isEmpty && test.programs.contains { $0.words == [name] }
      }
    }
    let usual = Self.usual(effect).filter { name in
      name == "true" || programs.contains { $0.names.contains(name) }
    }
    let declared = programs.lazy.filter { program in
      program.body.does.contains { $0.effect == effect && Self.isOfWords($0.target) }
    }
    .prefix(8).compactMap(\.names.first)
    return (usual + declared + ["true"]).filter { !isRefused($0) }
  }

  private static func isOfWords(_ target: ProgramEffect.Target) -> Bool {
    switch target {
    case .operands, .firstOperand, .lastOperand, .otherOperands, .after: true
    case .argument, .cwd, .input: false
    }
  }

  /// Programs that are known for an effect.
  private static func usual(_ effect: CommandEffect) -> [String] {
    switch effect {
    case .reads: ["cat"]
    case .writes: ["tee", "cp"]
    case .deletes: ["rm"]
    case .sends, .connects: ["curl"]
    case .executes: ["bash"]
    case .sets, .yields: ["true"]
    case .escalates: ["sudo"]
    }
  }

  /// The words of options, one choice each.
  private func optionChoices(_ piece: CommandPiece) -> [[String]] {
    var choices: [[String]] = [[]]
    let tests = piece.runs.flatMap(\.options)
    let out = Set(tests.filter(\.isNegated).flatMap(\.options))
    let refusedTests = (refused.runs + piece.notRuns).flatMap(\.options)
    // What another test excuses is a difference.
    let excused = refusedTests.filter(\.isNegated).flatMap(\.options).filter { !out.contains($0) }
    let refusedNames = Set(refusedTests.filter { !$0.isNegated }.flatMap(\.options))
    for test in tests where !test.isNegated {
      let names = test.isAll ? [] : Self.sorted(test.options) { !refusedNames.contains($0) }
      let arguments = test.argument.map { words(for: $0, nil, piece) } ?? [""]
      func spelt(_ name: String, _ argument: String) -> [String] {
        let name = Self.quoted(name)
        if argument.isEmpty { return [name] }
        return name.hasSuffix("=") ? [name + argument] : [name, argument]
      }
      let all = test.isAll ? [test.options] : names.prefix(Self.textLimit).map { [$0] }
      choices = choices.flatMap { choice in
        all.flatMap { names in
          arguments.prefix(names.count == 1 ? Self.textLimit : 1).map { argument in
            choice + names.flatMap { spelt($0, argument) }
          }
        }
      }
      choices = Array(choices.prefix(Self.limit))
    }
    guard !excused.isEmpty else { return choices }
    let more = excused.prefix(Self.textLimit).flatMap { name in
      choices.prefix(2).map { $0 + [name] }
    }
    return more + choices
  }

  // MARK: Targets

  /// Words that pass a test; some word where there is none, none where none was found.
  private func words(
    for test: TargetTest?, _ effect: CommandEffect?, _ piece: CommandPiece
  ) -> [String] {
    guard let test else {
      return [effect == .connects ? "host.example" : effect == .escalates ? "" : "x"]
    }
    let others = (refused.effects + piece.notEffects).filter { $0.effect == effect }
      .compactMap(\.target)
    let out =
      effect == nil
      ? (refused.runs + piece.notRuns).compactMap(\.operand) : others
    var result: [String] = []
    // What is left out names some of them itself: those come last.
    let wishes = Self.sorted(wishes(for: test)) { wish in !out.contains { $0.covers(wish) } }
    for wish in wishes.prefix(Self.textLimit * 2) {
      for text in found(wish, out, effect) {
        let word = Self.quoted(String(decoding: text, as: UTF8.self))
        if !result.contains(word) { result.append(word) }
      }
      if result.count >= Self.textLimit { break }
    }
    return result
  }

  /// Texts of a wish, those first that what is left out does not name: the search among all of it
  /// is dear, and seldom needed.
  private func found(
    _ wish: TargetTest, _ out: [TargetTest], _ effect: CommandEffect?
  ) -> [[UInt8]] {
    let plain = texts(wish, [], effect)
    if out.isEmpty || plain.isEmpty || out.contains(where: { $0.covers(wish) }) { return plain }
    let sets = out.compactMap { Self.set($0) }
    let fitting = plain.filter { text in
      !sets.contains {
        texts.shortest(.and([.equal(to: [String(decoding: text, as: UTF8.self)]), $0])) != nil
      }
    }
    if !fitting.isEmpty { return fitting }
    let rest = texts(wish, out, effect)
    return rest.isEmpty ? plain : rest
  }

  /// Words that pass the test of an effect's target; none where it has none.
  func targets(of test: EffectTest) -> [String] {
    guard let target = test.target else { return [] }
    return words(for: target, test.effect, CommandPiece())
  }

  /// A test as several that each ask for one of what it names; those that nothing refuses first.
  private func wishes(for test: TargetTest) -> [TargetTest] {
    if test.isNegated { return [test] }
    func one(_ kind: TargetTest.Kind) -> TargetTest { TargetTest(isNegated: false, kind: kind) }
    let refused = (refused.effects.compactMap(\.target) + refused.runs.flatMap(\.targets))
    switch test.kind {
    case .equalsText(let texts):
      let out = Set(
        refused.flatMap { test -> [String] in
          if case .equalsText(let texts) = test.kind { texts } else { [] }
        })
      return Self.sorted(texts) { !out.contains($0) }.map { one(.equalsText([$0])) }
    case .matches(let patterns):
      let out = Set(
        refused.flatMap { test -> [TextPattern] in
          if case .matches(let patterns) = test.kind { patterns } else { [] }
        })
      return Self.sorted(patterns) { !out.contains($0) }.map { one(.matches([$0])) }
    case .place(let place) where !place.isOutside:
      let out = Set(
        refused.flatMap { test -> [Place] in
          guard case .place(let place) = test.kind, !place.isOutside else { return [] }
          return place.places
        })
      return Self.sorted(place.places) { !out.contains($0) }.map {
        one(.place(PlaceTest(isOutside: false, places: [$0])))
      }
    case .place: return [test]
    }
  }

  private func texts(
    _ test: TargetTest, _ out: [TargetTest], _ effect: CommandEffect?
  ) -> [[UInt8]] {
    if effect == .connects || effect == .sets {
      guard let set = Self.set(test) else { return [] }
      let parts = out.compactMap { Self.set($0) }.map { TextSet.not($0) }
      return texts.shortest(.and([set, .plain] + parts)).map { [$0] } ?? []
    }
    func wish(_ test: TargetTest, holds: Bool) -> CandidatePaths.Wish? {
      let holds = test.isNegated ? !holds : holds
      if case .place(let place) = test.kind {
        return CandidatePaths.Wish(kind: .place(place), holds: holds)
      }
      return TextSet(test.kind).map { CandidatePaths.Wish(kind: .texts($0), holds: holds) }
    }
    let wishes = [wish(test, holds: true)] + out.map { wish($0, holds: false) }
    let paths = CandidatePaths(texts).texts(for: wishes.compactMap { $0 })
    if !paths.isEmpty || effect != nil { return paths }
    guard let set = Self.set(test) else { return [] }
    let parts = out.compactMap { Self.set($0) }.map { TextSet.not($0) }
    return (texts.shortest(.and([set] + parts)) ?? texts.shortest(set)).map { [$0] } ?? []
  }

  private static func set(_ test: TargetTest) -> TextSet? {
    let set: TextSet
    switch test.kind {
    case .place(let place): set = PlaceTexts.set(place, isURL: false)
    case .equalsText, .matches:
      guard let texts = TextSet(test.kind) else { return nil }
      set = texts
    }
    return test.isNegated ? .not(set) : set
  }

  // MARK: Effects

  /// A line with the words by which its program has an effect on a target.
  private func with(
    _ test: EffectTest, _ word: String, _ head: String, _ line: String, isAfterOperand: Bool
  ) -> String {
    switch test.effect {
    case .escalates, .yields: return line
    case .sets:
      let value = test.value.flatMap { words(for: $0, .sets, CommandPiece()).first } ?? "x"
      return "\(word)=\(value) \(line)"
    default: break
    }
    for body in bodies(of: head) {
      if let placed = Self.place(test.effect, word, body, line, isAfterOperand) { return placed }
    }
    switch test.effect {
    case .writes: return "\(line) > \(word)"
    case .reads: return "\(line) < \(word)"
    case .connects: return "\(line) https://\(word)/"
    default: return "\(line) \(word)"
    }
  }

  private static func place(
    _ effect: CommandEffect, _ word: String, _ body: ProgramBody, _ line: String,
    _ isAfterOperand: Bool
  ) -> String? {
    let takesLast = body.does.contains { $0.target == .lastOperand }
    func words(_ target: ProgramEffect.Target) -> String? {
      switch target {
      case .operands, .firstOperand: "\(line) \(word)"
      case .lastOperand: isAfterOperand ? "\(line) \(word)" : "\(line) y \(word)"
      case .otherOperands: takesLast ? "\(line) \(word)" : "\(line) \(word) y"
      case .after(let text): "\(line) \(text)\(word)"
      case .argument, .cwd, .input: nil
      }
    }
    let kinds: [CommandEffect] = effect == .reads ? [.reads, .sends] : [effect]
    for own in body.does where kinds.contains(own.effect) {
      if let line = words(own.target) { return line }
    }
    for option in body.options {
      guard case .word = option.argument,
        let spelling = option.spellings.first(where: { !$0.hasSuffix("=") })
      else { continue }
      for own in option.does where kinds.contains(own.effect) {
        switch own.target {
        case .argument: return "\(line) \(spelling) \(word)"
        case .after(let text): return "\(line) \(spelling) \(text)\(word)"
        default: continue
        }
      }
    }
    return nil
  }

  /// What is declared of a head's program, of its subcommands first.
  private func bodies(of head: String) -> [ProgramBody] {
    let words = head.split(separator: " ").map(String.init)
    guard let name = words.first else { return [] }
    var result: [ProgramBody] = []
    for program in programs where program.names.contains(name) {
      var body = program.body
      result.append(body)
      for word in words.dropFirst() {
        guard let next = body.subcommands.first(where: { $0.names.contains(word) }) else { break }
        body = next.body
        result.insert(body, at: 0)
      }
    }
    return result
  }

  /// A word as a shell is given it.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "-_./:@%+=,~".utf8.contains(byte)
    }
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension TargetTest {
  /// Whether it names all that another test names.
  fileprivate func covers(_ other: TargetTest) -> Bool {
    guard !isNegated, !other.isNegated else { return false }
    switch (kind, other.kind) {
    case (.matches(let all), .matches(let some)): return some.allSatisfy(all.contains)
    case (.equalsText(let all), .equalsText(let some)): return some.allSatisfy(all.contains)
    default: return false
    }
  }
}
