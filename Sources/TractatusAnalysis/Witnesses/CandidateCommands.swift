import TractatusCompiler
import TractatusPatterns
import TractatusSemantics

/// Command lines that may pass tests, from what the tests name.
struct CandidateCommands {
  /// Most lines of one simple command, and in all.
  private static let pieceLimit = 40
  private static let limit = 64

  private let words: CandidateWords
  /// What is to be of one simple command, for each test that asks for one.
  private var pieces: [CommandPiece] = []
  /// What excuses a simple command from a test that is not to hold.
  private var excuses: [CommandPiece] = []
  private var isOpaque = false
  /// Texts that the line itself has, and has not.
  private var spelt: [TextSet] = []
  private var texts: CandidateTexts

  /// Lines for tests of a command, which `programs` declare.
  init(
    _ programs: [ProgramDeclaration], _ texts: CandidateTexts,
    tests: [(test: LoweredTest, truths: TruthSet)]
  ) {
    self.texts = texts
    var refused = CommandPiece()
    for (test, truths) in tests where !truths.contains(.isTrue) && truths.contains(.isFalse) {
      switch test {
      case .command(_, let command): refused.add(command.test, holds: true)
      case .quantified(let quantified) where !quantified.isUniversal:
        for piece in CommandPiece.alternatives(of: quantified.condition, holds: true) {
          refused = refused.joined(piece)
        }
      default: continue
      }
    }
    words = CandidateWords(programs, texts, refused: refused)
    for (test, truths) in tests where !truths.contains(.isTrue) {
      if case .quantified(let quantified) = test, !quantified.isUniversal {
        excuses += CommandPiece.excuses(of: quantified.condition)
      }
    }
    for (test, truths) in tests {
      switch (truths.contains(.isTrue), truths.contains(.isFalse)) {
      case (true, true): continue
      case (false, false): isOpaque = true
      case (true, false): want(test)
      case (false, true): refuse(test)
      }
    }
  }

  private mutating func want(_ test: LoweredTest) {
    switch test {
    case .command(_, let command):
      if case .isOpaque = command.test { isOpaque = true }
      var piece = CommandPiece()
      piece.add(command.test, holds: true)
      if !piece.isEmpty { pieces.append(piece) }
    case .quantified(let quantified): ask(of: quantified.condition, holds: true)
    case .exact(_, let predicate): if let set = TextSet(predicate) { spelt.append(set) }
    default: return
    }
  }

  private mutating func refuse(_ test: LoweredTest) {
    switch test {
    case .command(_, let command):
      // What holds of all is refused by one that does something else.
      var piece = CommandPiece()
      if case .effect(let effect) = command.test, effect.isOnly {
        piece.add(command.test, holds: false)
        pieces.append(piece)
      }
    case .quantified(let quantified) where quantified.isUniversal:
      ask(of: quantified.condition, holds: false)
    case .exact(_, let predicate): if let set = TextSet(predicate) { spelt.append(.not(set)) }
    default: return
    }
  }

  /// One simple command of which a condition holds, or does not.
  private mutating func ask(of condition: ElementExpression, holds: Bool) {
    let plain = CommandPiece.alternatives(of: condition, holds: holds)
    let excused = excuses.flatMap { excuse in plain.map { $0.joined(excuse) } }
    let alternatives = excused.prefix(16) + plain
    if alternatives.count == 1 {
      pieces.append(alternatives[0])
    } else if let first = alternatives.first {
      var joined = first
      joined.others = Array(alternatives.dropFirst())
      pieces.append(joined)
    }
  }

  // MARK: Lines

  /// Lines, the likeliest first.
  var lines: [[UInt8]] {
    let choices = pieces.map { piece in
      ([piece] + piece.others).flatMap { words.lines(for: $0) }.prefix(Self.pieceLimit)
    }.filter { !$0.isEmpty }
    var lines: [String] = []
    // One alone may pass the others' tests, too; the longest first.
    for place in 0..<2 {
      let alone = choices.compactMap { $0.dropFirst(place).first }
      lines += alone.sorted { $0.utf8.count > $1.utf8.count }
      if choices.count > 1 { lines.append(alone.joined(separator: "; ")) }
    }
    for (number, choice) in choices.enumerated() {
      let others = choices.enumerated().filter { $0.offset != number }.compactMap(\.element.first)
      for line in choice.dropFirst(2) {
        lines.append(line)
        if !others.isEmpty { lines.append(([line] + others).joined(separator: "; ")) }
      }
    }
    if lines.isEmpty { lines = ["true"] }
    lines = Array(lines.prefix(Self.limit))
    if !spelt.isEmpty, let text = texts.shortest(.and(spelt + [.plain])) {
      let spelling = String(decoding: text, as: UTF8.self)
      lines += [spelling] + lines.prefix(Self.pieceLimit).map { "\($0) # \(spelling)" }
    }
    if isOpaque { lines = ["$program x"] + lines.prefix(8).map { "\($0); $program x" } + lines }
    var seen: Set<String> = []
    return lines.filter { seen.insert($0).inserted }.map { Array($0.utf8) }
  }
}

/// What is asked of one simple command, all at once.
struct CommandPiece {
  /// Most alternatives of a condition.
  private static let limit = 8

  var runs: [RunsTest] = []
  var effects: [EffectTest] = []
  var notRuns: [RunsTest] = []
  var notEffects: [EffectTest] = []
  var flows: [(from: [ProgramTerm], into: [ProgramTerm])] = []
  var isUndeclared = false
  /// What may be asked instead.
  var others: [CommandPiece] = []

  /// Whether nothing is asked for.
  var isEmpty: Bool { runs.isEmpty && effects.isEmpty && flows.isEmpty && !isUndeclared }

  /// Asks that a test hold, or not.
  mutating func add(_ test: CommandTest, holds: Bool) {
    switch test {
    case .isOpaque: return
    case .isUndeclared: if holds { isUndeclared = true }
    case .pipes(let from, let into): if holds { flows.append((from, into)) }
    case .runs(let test): if holds { runs.append(test) } else { notRuns.append(test) }
    case .effect(var test):
      if holds {
        effects.append(test)
      } else if test.isOnly, test.target != nil {
        test.target?.isNegated.toggle()
        effects.append(test)
      } else {
        notEffects.append(test)
      }
    }
  }

  /// What may be asked of a simple command for a condition to hold, or not: at most `limit`.
  static func alternatives(
    of condition: ElementExpression, holds: Bool
  ) -> [CommandPiece] {
    switch condition {
    case .command(_, let command):
      var piece = CommandPiece()
      piece.add(command.test, holds: holds)
      return [piece]
    case .not(let inner): return alternatives(of: inner, holds: !holds)
    case .and(let parts), .or(let parts):
      let isAll = if case .and = condition { holds } else { !holds }
      if !isAll { return Array(parts.flatMap { alternatives(of: $0, holds: holds) }.prefix(limit)) }
      var result = [CommandPiece()]
      for part in parts {
        let next = alternatives(of: part, holds: holds)
        result = Array(result.flatMap { one in next.map { one.joined($0) } }.prefix(limit))
      }
      return result
    case .constant, .exact, .place, .relation, .recent, .quantified: return [CommandPiece()]
    }
  }

  /// What keeps a condition from holding of a simple command that does the rest: the negated parts.
  static func excuses(of condition: ElementExpression) -> [CommandPiece] {
    guard case .and(let parts) = condition else { return [] }
    return parts.flatMap { part -> [CommandPiece] in
      if case .not(let inner) = part { return alternatives(of: inner, holds: true) }
      return []
    }
  }

  func joined(_ other: CommandPiece) -> CommandPiece {
    var result = self
    result.runs += other.runs
    result.effects += other.effects
    result.notRuns += other.notRuns
    result.notEffects += other.notEffects
    result.flows += other.flows
    result.isUndeclared = isUndeclared || other.isUndeclared
    return result
  }
}
