/// The completion script for zsh.
struct ZshCompletion {
  private let commands: [Command]

  init(_ commands: [Command]) {
    self.commands = commands
  }

  /// The script, for a file `_tractatus` in a folder of `$fpath`.
  var text: String {
    """
    #compdef tractatus
    # zsh completion of tractatus; made by `tractatus completions zsh`.
    _tractatus() {
      local -a verbs
      local state line
      verbs=(
    \(verbs)
      )
      _arguments -C '(-h --help)'{-h,--help}'[show the commands]' '--version[print the version]' \\
        '1:command:->verb' '*::argument:->argument'
      case $state in
        verb) _describe command verbs ;;
        argument)
          case $line[1] in
    \(cases)
          esac ;;
      esac
    }
    if [[ $funcstack[1] == _tractatus ]]; then
      _tractatus "$@"
    else
      compdef _tractatus tractatus
    fi

    """
  }

  private var verbs: String {
    commands.map { "    '\($0.name):\(Self.quoted($0.summary))'" }.joined(separator: "\n")
  }

  private var cases: String {
    commands.map { command in
      var lines = command.allOptions.map { "          \(Self.specification($0))" }
      let operand = action(command.operandValue)
      if !command.operands.isEmpty {
        lines.append("          '*:\(Self.quoted(command.operands)):\(operand)'")
      }
      let list = lines.joined(separator: " \\\n")
      return "        \(command.name)) _arguments \\\n\(list) ;;"
    }
    .joined(separator: "\n")
  }

  private static func specification(_ option: Option) -> String {
    let value =
      option.value.map { ":\(quoted($0)):\(action(option.completionValue ?? .free))" } ?? ""
    let rest = "'[\(quoted(option.summary))]\(value)'"
    guard let short = option.short else {
      return "'\(option.repeats ? "*" : "")--\(option.name)\(rest.dropFirst())"
    }
    return "'(-\(short) --\(option.name))'{-\(short),--\(option.name)}\(rest)"
  }

  private func action(_ value: CompletionValue) -> String {
    value == .command ? "(\(commands.map(\.name).joined(separator: " ")))" : Self.action(value)
  }

  private static func action(_ value: CompletionValue) -> String {
    switch value {
    case .path: "_files"
    case .choices(let choices): "(\(choices.joined(separator: " ")))"
    case .command, .free: " "
    }
  }

  /// A text for a place between single quotes where `:` and brackets part fields.
  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for character in text {
      switch character {
      case "'": quoted += "'\\''"
      case ":", "[", "]", "\\": quoted += "\\\(character)"
      default: quoted.append(character)
      }
    }
    return quoted
  }
}
