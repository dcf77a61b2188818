import TractatusPatterns
import TractatusSemantics

/// Command lines that may pass tests, from what the tests name.
struct CandidateCommands {
  /// The programs that are declared.
  private let programs: [ProgramDeclaration]

  init(_ programs: [ProgramDeclaration]) { self.programs = programs }

  /// Lines, the likeliest first: for the tests that are to be true one simple command each, joined.
  func lines(for tests: [(test: CommandTest, truths: TruthSet)]) -> [[UInt8]] {
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
      case .runs(let runs): pieces.append(Self.line(runs))
      case .effect(let effect): pieces.append(line(effect))
      case .pipes(let from, let into):
        let first = from.first.map(Self.words) ?? "cat"
        let second = into.first.map(Self.words) ?? "sh"
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

  private func line(_ effect: EffectTest) -> String {
    let isHost = effect.effect == .connects
    let name = effect.target.flatMap(Self.target) ?? (isHost ? "host.example" : "x")
    return declared(effect.effect, name) ?? Self.usual(effect, name)
  }

  /// A line of the first program that is declared to have an effect; nil where none is.
  private func declared(_ effect: CommandEffect, _ name: String) -> String? {
    let isOfOperands: Bool
    switch effect {
    case .reads, .writes, .deletes, .sends, .connects, .executes: isOfOperands = true
    case .sets, .escalates, .yields: return nil
    }
    for program in programs where isOfOperands {
      guard let head = program.names.first else { continue }
      for own in program.body.does where own.effect == effect {
        switch own.target {
        case .operands, .firstOperand: return "\(head) \(name)"
        case .lastOperand: return "\(head) y \(name)"
        case .otherOperands: return "\(head) \(name) y"
        case .argument, .cwd, .input, .after: continue
        }
      }
      for option in program.body.options {
        guard case .word = option.argument, let spelling = option.spellings.first,
          option.does.contains(where: { $0.effect == effect && $0.target == .argument })
        else { continue }
        return "\(head) \(spelling) \(name)"
      }
    }
    return nil
  }

  /// A line of a program that is known for an effect.
  private static func usual(_ effect: EffectTest, _ name: String) -> String {
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
