import TractatusCompiler
import TractatusSemantics

/// Command lines of a program that two versions declare otherwise: with each thing that is declared
/// of it, and with what the versions' tests ask of targets where it differs.
struct ProgramLines {
  /// Most lines, words that tests name, and heads (the program with its subcommands).
  private static let limit = 1_500
  private static let wordLimit = 160
  private static let headLimit = 24

  private let name: String
  private let old: [ProgramDeclaration]
  private let new: [ProgramDeclaration]

  /// The lines of a program by the declarations of both versions.
  init(_ name: String, _ old: [ProgramDeclaration], _ new: [ProgramDeclaration]) {
    self.name = name
    self.old = old.filter { $0.names.contains(name) }
    self.new = new.filter { $0.names.contains(name) }
  }

  /// The lines, the plainest first.
  func lines(for tests: CommandTests) -> [String] {
    var lines = [name, "\(name) x", "\(name) /etc/passwd"]
    for declaration in old + new { add(name, declaration.body, to: &lines) }
    let words = CandidateWords(old + new, CandidateTexts(), refused: CommandPiece())
    for test in tests.runs where test.programs.contains(where: { $0.words.first == name }) {
      var piece = CommandPiece()
      piece.runs = [test]
      lines += words.lines(for: piece).prefix(8)
    }
    var targets: [String] = []
    var known: Set<String> = []
    for test in tests.effects where targets.count < Self.wordLimit {
      for word in words.targets(of: test).prefix(2) where known.insert(word).inserted {
        targets.append(word)
      }
    }
    for head in changedHeads() {
      for target in targets {
        lines.append("\(head) \(target)")
        lines.append("\(head) y \(target)")
      }
    }
    var seen: Set<String> = []
    return Array(lines.filter { seen.insert($0).inserted }.prefix(Self.limit))
  }

  private func add(_ head: String, _ body: ProgramBody, to lines: inout [String]) {
    for option in body.options {
      guard let spelling = option.spellings.first else { continue }
      switch option.argument {
      case .none: lines += ["\(head) \(spelling) x"]
      case .word: lines += ["\(head) \(spelling) y x"]
      case .until(let ends): lines += ["\(head) \(spelling) true x '\(ends.first ?? "")'"]
      }
    }
    for subcommand in body.subcommands {
      guard let word = subcommand.names.first else { continue }
      lines += ["\(head) \(word)", "\(head) \(word) x"]
      add("\(head) \(word)", subcommand.body, to: &lines)
    }
  }

  // MARK: What differs

  /// Beginnings of lines behind which a target is what the versions read otherwise.
  private func changedHeads() -> [String] {
    let before = Self.parts(name, old)
    let after = Self.parts(name, new)
    var heads: [String] = []
    for key in Set(before.keys).union(after.keys).sorted() where before[key] != after[key] {
      heads.append(key)
    }
    return Array(heads.prefix(Self.headLimit))
  }

  /// By beginning of a line: what is declared of the word behind it.
  private static func parts(_ name: String, _ programs: [ProgramDeclaration]) -> [String: String] {
    var result: [String: String] = [:]
    func add(_ head: String, _ body: ProgramBody) {
      result[head, default: ""] += body.does.map { "\($0)" }.sorted().joined()
      for option in body.options {
        for spelling in option.spellings {
          result["\(head) \(spelling)", default: ""] +=
            "\(option.argument) \(option.replacesFirstOperand) "
            + option.does.map { "\($0)" }.sorted().joined()
        }
      }
      for subcommand in body.subcommands {
        for word in subcommand.names { add("\(head) \(word)", subcommand.body) }
      }
    }
    for program in programs { add(name, program.body) }
    return result
  }
}

/// The tests of commands in a policy, those under quantifiers, too.
struct CommandTests {
  private(set) var runs: [RunsTest] = []
  private(set) var effects: [EffectTest] = []

  /// The tests of a policy, each once, in the order of its tests. Linear in them.
  init(_ policy: LoweredPolicy) {
    var known: Set<CommandTest> = []
    func add(_ test: CommandTest) {
      guard known.insert(test).inserted else { return }
      switch test {
      case .runs(let test): runs.append(test)
      case .effect(let test): effects.append(test)
      case .isOpaque, .isUndeclared, .pipes: return
      }
    }
    func add(_ condition: ElementExpression) {
      switch condition {
      case .command(_, let command): add(command.test)
      case .not(let inner): add(inner)
      case .and(let parts), .or(let parts): for part in parts { add(part) }
      case .quantified(let inner): add(inner.condition)
      case .constant, .exact, .place, .relation, .recent: return
      }
    }
    for test in policy.tests {
      switch test {
      case .command(_, let command): add(command.test)
      case .quantified(let quantified): add(quantified.condition)
      default: continue
      }
    }
  }
}
