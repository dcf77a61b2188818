import TractatusSource

extension Command {
  /// `tractatus session`.
  static let session = Command(
    "session", group: .session,
    summary: "keep and show the state of an agent's session",
    operands: "init|status|pressure|check|record|watch|recover|handoff|claude-md",
    options: [
      Option("state", value: "DIR", "the state folder (default: .claude of the project)"),
      .rules,
      Option(
        "verbosity", value: "HOW",
        choices: SessionRequest.Verbosity.allCases.map(\.rawValue),
        "silent, summary, detailed or debug (default: summary)"),
      Option("now", value: "TIME", "the time of what happens (default: the clock's; RFC 3339)"),
      Option(flag: "continue", "init: go on with the present session"),
      Option(flag: "message", "record: a message"),
      Option("tokens", value: "N", "record: tokens used since the last record"),
      Option("tasks", value: "N", "record: how many tasks are at hand"),
      Option(flag: "error", "record: a tool that failed"),
      Option(flag: "compaction", "record: a compaction of the context"),
      Option("result", value: "TEXT", "record: what the component said"),
      Option("interval", value: "N", "watch: seconds between two looks (default: 30)"),
      Option(flag: "once", "watch: look once"),
      Option("done", value: "TEXT", repeats: true, "handoff: what was completed"),
      Option("doing", value: "TEXT", repeats: true, "handoff: what is in progress"),
      Option("todo", value: "TEXT", repeats: true, "handoff: what comes next"),
      Option(flag: "accept-history", "recover: take a history that was edited by hand"),
      .format("text", "json"),
      .color,
    ],
    details: """
      init                     begin a session: state, checkpoints, instructions, pressure
      status                   messages, tokens, each component, and what to do next
      pressure                 measure the pressure; completes the checkpoints passed
      check TYPE DESCRIPTION   all checks before a major action; types are those of the
                               loaded `pre_action`: file_edit, database, architecture,
                               config, security, values, complex
      record [COMPONENT…]      record uses of components, and what the options say
      watch                    look again and again until SIGINT or SIGTERM
      recover                  list what is wrong, and mend what can be mended
      handoff                  write sessions/handoff-TIME.md for the next session
      claude-md                print a block for CLAUDE.md, from the loaded policy

      Figures, limits, weights and components come from the loaded policy. What is not
      certain of a session, because a file was damaged, is unknown to its rules.

      Exit status: 0 pass, 1 fail or pressure HIGH, 2 error, unreadable state or pressure
      CRITICAL, 3 pressure DANGEROUS.
      """,
    example: "tractatus session check database \"Add an index\" --rules tractatus.claude_code"
  ) { arguments, console throws(UsageError) in
    guard let word = arguments.operands.first else {
      throw UsageError(message: "`session` needs a verb, such as `session status`")
    }
    guard let verb = SessionVerb.all.first(where: { $0.name == word }) else {
      let near = NearName.nearest(to: word, among: SessionVerb.all.map(\.name))
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      throw UsageError(message: "there is no verb `session \(word)`\(hint)")
    }
    let request = try SessionRequest(arguments, console)
    return try verb.run(request)
  }
}
