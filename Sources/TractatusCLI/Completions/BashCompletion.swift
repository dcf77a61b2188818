/// The completion script for bash.
struct BashCompletion {
  private let commands: [Command]

  init(_ commands: [Command]) {
    self.commands = commands
  }

  private var names: String { commands.map(\.name).joined(separator: " ") }

  /// The script. File names are left to bash's own completion, which takes over where the function
  /// offers nothing.
  var text: String {
    """
    # bash completion of tractatus; made by `tractatus completions bash`.
    _tractatus() {
      local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" verb="" place
      COMPREPLY=()
      for ((place = 1; place < COMP_CWORD; place++)); do
        case "${COMP_WORDS[place]}" in
          -*) ;;
          *) verb="${COMP_WORDS[place]}"; break ;;
        esac
      done
      if [[ -z $verb ]]; then
        COMPREPLY=($(compgen -W "\(names) --help --version" -- "$word"))
        return
      fi
      case "$verb $before" in
    \(values)
      esac
      if [[ $word == -* ]]; then
        case "$verb" in
    \(options)
        esac
        return
      fi
      case "$verb" in
    \(operands)
      esac
    }
    complete -o default -F _tractatus tractatus

    """
  }

  /// A line for every option with a value.
  private var values: String {
    commands.flatMap { command in
      command.options.compactMap { option -> String? in
        guard let value = option.completionValue else { return nil }
        var spellings = ["\"\(command.name) --\(option.name)\""]
        if let short = option.short { spellings.append("\"\(command.name) -\(short)\"") }
        return "    \(spellings.joined(separator: " | "))) \(offer(value)) return ;;"
      }
    }
    .joined(separator: "\n")
  }

  private var options: String {
    commands.map { command in
      let names = command.allOptions.map { "--\($0.name)" }.joined(separator: " ")
      return "      \(command.name)) \(words(names)) ;;"
    }
    .joined(separator: "\n")
  }

  private var operands: String {
    commands.compactMap { command in
      let offered = offer(command.operandValue)
      return offered.isEmpty ? nil : "    \(command.name)) \(offered) ;;"
    }
    .joined(separator: "\n")
  }

  private func offer(_ value: CompletionValue) -> String {
    switch value {
    case .choices(let choices): words(choices.joined(separator: " ")) + ";"
    case .command: words(names) + ";"
    case .path, .free: ""
    }
  }

  private func words(_ list: String) -> String {
    "COMPREPLY=($(compgen -W \"\(list)\" -- \"$word\"))"
  }
}
