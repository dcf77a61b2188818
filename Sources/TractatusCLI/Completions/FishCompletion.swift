/// The completion script for fish.
struct FishCompletion {
  private let commands: [Command]

  init(_ commands: [Command]) {
    self.commands = commands
  }

  /// The script, for `~/.config/fish/completions/tractatus.fish`.
  var text: String {
    var text = "# fish completion of tractatus; made by `tractatus completions fish`.\n"
    text += "complete -c tractatus -f\n"
    text += "complete -c tractatus -n __fish_use_subcommand -l help -s h -d 'show the commands'\n"
    text += "complete -c tractatus -n __fish_use_subcommand -l version -d 'print the version'\n"
    for command in commands {
      text += "complete -c tractatus -n __fish_use_subcommand -a \(command.name)"
      text += " -d \(Self.quoted(command.summary))\n"
    }
    for command in commands {
      let head = "complete -c tractatus -n '__fish_seen_subcommand_from \(command.name)'"
      for option in command.allOptions {
        text += "\(head) -l \(option.name)"
        if let short = option.short { text += " -s \(short)" }
        if let value = option.completionValue { text += " -r" + offer(value) }
        text += " -d \(Self.quoted(option.summary))\n"
      }
      let operands = offer(command.operandValue)
      if !operands.isEmpty { text += "\(head)\(operands)\n" }
    }
    return text
  }

  private func offer(_ value: CompletionValue) -> String {
    switch value {
    case .path: " -F"
    case .choices(let choices): " -a \(Self.quoted(choices.joined(separator: " ")))"
    case .command: " -a \(Self.quoted(commands.map(\.name).joined(separator: " ")))"
    case .free: ""
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "'"
    for character in text {
      if character == "'" || character == "\\" { quoted += "\\" }
      quoted.append(character)
    }
    return quoted + "'"
  }
}
