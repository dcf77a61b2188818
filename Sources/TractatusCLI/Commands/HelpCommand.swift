import TractatusSource

extension Command {
  /// `tractatus help`.
  static let help = Command(
    "help", group: .help, summary: "list the commands, or show the help of one",
    operands: "[COMMAND]", example: "tractatus help eval"
  ) { arguments, console throws(UsageError) in
    guard let name = arguments.operands.first else {
      console.output.write(HelpCommand.overview)
      return .pass
    }
    guard let command = CLI.command(name) else {
      let near = NearName.nearest(to: name, among: CLI.commands.map(\.name))
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      throw UsageError(message: "there is no command `\(name)`\(hint)")
    }
    console.output.write(command.help)
    return .pass
  }

  /// `tractatus version`.
  static let version = Command(
    "version", group: .help, summary: "print the version", example: "tractatus version"
  ) { _, console in
    console.output.line("tractatus \(CLI.version)")
    return .pass
  }
}

/// What `tractatus help` prints.
enum HelpCommand {
  /// All commands in their groups, one line each.
  static var overview: String {
    var text = "tractatus: rules that govern what AI agents may do\n"
    text += "\nUsage: tractatus COMMAND [options] [operands]\n"
    let width = CLI.commands.map(\.name.count).max() ?? 0
    for group in Command.Group.allCases {
      let members = CLI.commands.filter { $0.group == group }
      if members.isEmpty { continue }
      text += "\n\(group.rawValue)\n"
      for command in members {
        let padding = String(repeating: " ", count: width - command.name.count)
        text += "  \(command.name)\(padding)  \(command.summary)\n"
      }
    }
    text += "\nExit status: 0 pass (allow, warn), 1 fail (ask, deny, failed tests),\n"
    text += "2 the question could not be answered. `tractatus COMMAND --help` says more.\n"
    return text
  }
}
