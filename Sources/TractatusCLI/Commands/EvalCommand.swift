import TractatusAdapters

extension Command {
  /// `tractatus eval`.
  static let eval = Command(
    "eval", group: .decide, summary: "judge one action, or a stream of them",
    operands: "[ACTION.json | -]",
    options: [
      .rules,
      .instructions,
      Option(
        "from", value: "CLIENT", choices: Adapter.all.map(\.name) + ["auto"],
        "whose document it is: \(Option.listed(Adapter.all.map(\.name))) or auto"),
      Option(flag: "stream", "read one document a line, write one decision a line as JSON"),
      Option("jobs", value: "N", "threads that judge a stream; 0: all processors (default: 1)"),
      Option("fact", value: "NAME=VALUE", repeats: true, "supply a fact that the action lacks"),
      Option(
        "project", value: "DIR", "the project's root (default: the action's, else this folder)"),
      Option(
        "session", value: "FILE", "the session's state, which wins over the action's and goes on"),
      Option("now", value: "TIME", "the time of an action that has none (RFC 3339)"),
      Option(flag: "explain", "also list every rule considered, and why it did or did not fire"),
      Option(flag: "quiet", "write no decision, only set the exit status"),
      .noCache,
      .format("text", "json"),
      .color,
    ],
    details: """
      Reads the action from a file, or from standard input without one or with `-`.
      A native action is
        {"action":"bash","parameters":{"command":"ls"}}
      and `tool` instead of `action` gives a client's tool by its own name. The tool
      calls of the clients that --from lists are read unchanged; `auto`, the default,
      tells them by their fields.

      With --stream each line that cannot be judged gets an error decision of its own, and
      the next line is judged. With --jobs the decisions still come in the order of the
      lines, and each as soon as those before it are there.

      The value of a fact is a text, save `true`, `false`, `null`, a list, an object
      or a text in double quotes, which are read as JSON; a text that spells a number
      does where a number is wanted.

      With --session the figures of the state file are the action's, whatever it says, and
      the file is replaced after each decision; `{}` is a new session. A file that is
      missing or damaged leaves the figures unknown, and is not touched.

      The compiled rules are kept in $XDG_CACHE_HOME/tractatus or ~/.cache/tractatus, or
      the folder that $TRACTATUS_CACHE names; `off` there keeps nothing.

      Exit status: 0 allow or warn, 1 ask or deny, 2 the question could not be
      answered; of several decisions the highest.
      """,
    example: "tractatus eval --format json rules/examples/connect-default-port.json"
  ) { arguments, console throws(UsageError) in
    let settings = try EvalSettings(arguments, console)
    return EvalRun.run(settings, console)
  }
}
