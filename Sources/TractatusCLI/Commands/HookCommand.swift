extension Command {
  /// `tractatus hook`.
  static let hook = Command(
    "hook", group: .decide, summary: "decide a client's tool calls before they run",
    operands: "claude-code | install claude-code | uninstall claude-code | status",
    options: [
      .rules,
      Option("project", value: "DIR", "the project's root (CLAUDE_PROJECT_DIR goes before it)"),
      Option(flag: "user", "install, uninstall: in the user's own settings, for all projects"),
      Option("state", value: "DIR", "the state folder, below the project (default: .claude)"),
      Option("log", value: "FILE", "the decision log, absolute (default: in the state folder)"),
      Option(flag: "shadow", "let everything pass, and only write down what was decided"),
      Option("budget", value: "MS", "milliseconds until no decision denies (default: 2000)"),
      .noCache,
      .format("text", "json"),
      .color,
    ],
    details: """
      `hook claude-code` reads one hook event of Claude Code on standard input and
      answers in its protocol. Before a tool is used it decides: a denial and a
      question carry the reason, a warning goes to the model, a correction sends the
      whole input back, leave is given only where a policy grants it, and otherwise
      nothing is said and the client's own rules decide. Events that it does not know
      pass. Whatever fails ends with status 2 and one line, which holds the action back.

      The rules are those of --rules, below the project unless absolute; without any
      they are `rules` in the project, else tractatus.core; tractatus.self_protection
      is always loaded with them. The project is CLAUDE_PROJECT_DIR, which the client
      sets, else --project; the agent's current folder never counts.

      Each decision is a line of the log, decisions.jsonl in the state folder, with what
      is needed to decide it again and without contents of files; `tractatus audit`
      reads it. What cannot be written down is denied.

      `hook install claude-code` adds the hook to .claude/settings.json of the project
      (default: this folder), or with --user to the user's own, and leaves all else
      there as it is. `hook status` says whether it is called, and proves it by an
      action that must be denied.
      """,
    example: "tractatus hook install claude-code --project ."
  ) { arguments, console throws(UsageError) in
    try HookCommand.run(arguments, console)
  }
}

/// The verbs of `hook`.
enum HookCommand {
  /// The clients that a hook answers.
  private static let clients = ["claude-code"]

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    let words = arguments.operands
    switch words.first {
    case "claude-code" where words.count == 1:
      return try HookRun.run(arguments, console)
    case "install", "uninstall", "status":
      guard words.count <= 2, words.dropFirst().allSatisfy(clients.contains),
        words.count == 2 || words.first == "status"
      else {
        throw UsageError(message: "`hook \(words[0])` takes a client: claude-code")
      }
      let setup = try HookSetup(arguments, console)
      do throws(HookFailure) {
        switch words[0] {
        case "install": return try setup.install()
        case "uninstall": return try setup.uninstall()
        default: return try setup.status()
        }
      } catch {
        console.complain(error.reason, code: error.code)
        return .error
      }
    default:
      throw UsageError(
        message: "`hook` takes a client (claude-code), or `install`, `uninstall` or `status`")
    }
  }
}
