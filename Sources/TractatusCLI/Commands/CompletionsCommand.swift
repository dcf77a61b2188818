extension Command {
  /// `tractatus completions`.
  static let completions = Command(
    "completions", group: .author, summary: "print a shell's completion script",
    operands: Option.listed(CompletionShell.allCases.map(\.rawValue), separator: " | "),
    details: """
      The script completes commands, options and their values. Where it belongs:
        bash  ~/.local/share/bash-completion/completions/tractatus
        zsh   _tractatus in a folder of $fpath
        fish  ~/.config/fish/completions/tractatus.fish
      """,
    example: "tractatus completions bash"
  ) { arguments, console throws(UsageError) in
    guard arguments.operands.count == 1, let name = arguments.operands.first else {
      throw UsageError(message: "`completions` takes one shell: bash, zsh or fish")
    }
    guard let shell = CompletionShell(rawValue: name) else {
      throw UsageError(message: "there is no script for `\(name)`, only for bash, zsh and fish")
    }
    console.output.write(shell.script(CLI.commands))
    return .pass
  }
}
