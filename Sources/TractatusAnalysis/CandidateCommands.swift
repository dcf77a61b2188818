import TractatusPatterns
import TractatusSemantics

/// Command lines that may pass tests, from what the tests name.
enum CandidateCommands {
  /// Lines, the likeliest first: for the tests that are to be true one simple command each, joined.
  static func lines(for tests: [(test: CommandTest, truths: TruthSet)]) -> [[UInt8]] {
    var pieces: [String] = []
    var isOpaque = false
    for (test, truths) in tests where !truths.contains(.isFalse) {
      if !truths.contains(.isTrue) {
        isOpaque = true
        continue
      }
      switch test {
      case .isOpaque: isOpaque = true
      case .isUndeclared: pieces.append("undeclared-program")
      case .runs(let runs): pieces.append(line(runs))
      case .effect(let effect): pieces.append(line(effect))
      case .pipes(let from, let into):
        let first = from.first.map(words) ?? "cat"
        let second = into.first.map(words) ?? "sh"
        pieces.append("\(first) x | \(second)")
      }
    }
    var unique: [String] = []
    for piece in pieces where !unique.contains(piece) { unique.append(piece) }
    // The longest alone may pass the others' tests, too.
    var lines = unique.isEmpty ? ["true"] : [unique.joined(separator: "; ")]
    if unique.count > 1, let longest = unique.max(by: { $0.utf8.count < $1.utf8.count }) {
      lines.insert(longest, at: 0)
    }
    if isOpaque { lines = ["$program x"] + lines.map { "\($0); $program x" } }
    return lines.map { Array($0.utf8) }
  }

  private static func words(_ term: ProgramTerm) -> String {
    term.words.joined(separator: " ")
  }

  private static func line(_ runs: RunsTest) -> String {
    var parts = [runs.programs.first.map(words) ?? "true"]
    for option in runs.options where !option.isNegated {
      let named = option.isAll ? option.options : Array(option.options.prefix(1))
      for name in named {
        parts.append(name)
        if let argument = option.argument { parts.append(target(argument) ?? "x") }
      }
    }
    if let operand = runs.operand { parts.append(target(operand) ?? "x") }
    return parts.joined(separator: " ")
  }

  private static func line(_ effect: EffectTest) -> String {
    let isHost = effect.effect == .connects
    let name = effect.target.flatMap(target) ?? (isHost ? "host.example" : "x")
    switch effect.effect {
    case .reads: return "cat \(name)"
    case .writes: return "tee \(name)"
    case .deletes: return "rm \(name)"
    case .sends: return "curl -d @\(name) https://host.example/"
    case .connects: return "curl https://\(name)/"
    case .executes: return "bash \(name)"
    case .sets: return "\(name)=\(effect.value.flatMap(target) ?? "x") true"
    case .escalates: return "sudo true"
    case .yields: return "true"
    }
  }

  /// A word that passes the test of a target; nil where none was found.
  static func target(_ test: TargetTest) -> String? {
    let set: TextSet
    switch test.kind {
    case .place(let place): set = PlaceTexts.set(place, isURL: false)
    case .equalsText, .matches:
      guard let texts = TextSet(test.kind) else { return nil }
      set = texts
    }
    let wanted = test.isNegated ? TextSet.not(set) : set
    guard case .text(let bytes) = TextSet.and([wanted, .plain]).shortest() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
