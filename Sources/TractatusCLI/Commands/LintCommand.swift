import TractatusLinter
import TractatusSource

extension Command {
  /// `tractatus lint`.
  static let lint = Command(
    "lint", group: .author, summary: "check rule files and what is doubtful in them, and fix it",
    operands: "[PATH…]",
    options: [
      .rules,
      Option(flag: "fix", "apply fixes of errors, and those that change no decision"),
      Option(flag: "fix-decisions", "apply also fixes that may change a decision"),
      Option(
        "fail-on", value: "LEVEL", choices: ["error", "warning", "note"],
        "the least grave finding that fails: error, warning (default) or note"),
      Option("baseline", value: "FILE", "findings that are known; only others are reported"),
      Option(flag: "write-baseline", "write what is found to the baseline, and pass"),
      Option("config", value: "FILE", "severities and parameters (default: .tractatus-lint)"),
      Option("now", value: "DATE", "the day on which dates are judged (default: today)"),
      Option("explain", value: "RULE", "show the page of a rule, by name or code"),
      Option(flag: "list", "list the rules"),
      .reportFormat,
      .color,
    ],
    details: """
      PATH is the same as --rules PATH. Files of `tractatus.*` packages are taken in
      the built-in ones' place. `// tractatus:disable RULE reason` suppresses findings
      on its line, or alone on a line in what follows; `disable-file` in the file.

      A configuration file has one setting a line: `RULE = off|note|warning|error` or
      `RULE.PARAMETER = VALUE`. It is looked for in the first folder of rules, then
      in the current one.

      --fix mends errors of spelling and punctuation, which it lists, and what changes no
      decision; --fix-decisions also where the author could have meant several things.

      Exit status: 0 nothing at or above --fail-on, 1 a finding is, or an example
      fails, 2 the policy does not compile.
      """,
    example: "tractatus lint rules --fix"
  ) { arguments, console throws(UsageError) in
    if arguments.has("list") {
      console.output.write(LintPages.list)
      return .pass
    }
    if let name = arguments.value("explain") {
      guard let rule = LintRules.named(name) else {
        let near = NearName.nearest(to: name, among: LintRules.all.map(\.name))
        let hint = near.map { "; did you mean `\($0)`?" } ?? ""
        throw UsageError(message: "there is no lint rule `\(name)`\(hint)")
      }
      console.output.write(LintPages.text(of: rule))
      return .pass
    }
    return try LintSession.run(arguments, console)
  }
}
