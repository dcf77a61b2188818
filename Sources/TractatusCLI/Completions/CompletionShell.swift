/// A shell that completes commands of `tractatus`.
enum CompletionShell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script that the shell reads, made of the commands given.
  func script(_ commands: [Command]) -> String {
    switch self {
    case .bash: BashCompletion(commands).text
    case .zsh: ZshCompletion(commands).text
    case .fish: FishCompletion(commands).text
    }
  }
}

/// What stands in a place of a command line.
enum CompletionValue: Equatable, Sendable {
  /// A file or folder.
  case path
  /// One of some words.
  case choices([String])
  /// The name of a command.
  case command
  /// Nothing that could be guessed.
  case free

  /// What usage shows, read as what may stand there.
  init(_ usage: String, choices: [String] = []) {
    if !choices.isEmpty {
      self = .choices(choices)
      return
    }
    let words = usage.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    if words.contains("COMMAND") {
      self = .command
    } else if words.contains(where: { ["PATH", "FILE", "DIR", "json"].contains($0) }) {
      self = .path
    } else {
      let fixed = words.filter { $0.allSatisfy { $0.isLowercase } }
      self = fixed.isEmpty ? .free : .choices(fixed)
    }
  }
}

extension Command {
  /// What stands where the command takes operands.
  var operandValue: CompletionValue { CompletionValue(operands) }

  /// The options with the one that every command has.
  var allOptions: [Option] { options + [CLI.helpOption] }
}

extension Option {
  /// What the option's value is; nil for a flag.
  var completionValue: CompletionValue? { value.map { CompletionValue($0, choices: choices) } }
}
