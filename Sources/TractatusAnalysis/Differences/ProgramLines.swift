import TractatusSemantics

/// Plain command lines of a program, each with one thing that is declared of it.
enum ProgramLines {
  /// Most lines of one program.
  private static let limit = 64

  /// Lines of a program: alone, with an operand, with each option, with each subcommand.
  static func lines(of name: String, _ declarations: [ProgramDeclaration]) -> [String] {
    var lines = [name, "\(name) x", "\(name) /etc/passwd"]
    for declaration in declarations { add(name, declaration.body, to: &lines) }
    var seen: Set<String> = []
    return Array(lines.filter { seen.insert($0).inserted }.prefix(limit))
  }

  private static func add(_ head: String, _ body: ProgramBody, to lines: inout [String]) {
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
}
