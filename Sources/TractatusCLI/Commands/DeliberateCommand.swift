extension Command {
  /// `tractatus deliberate`.
  static let deliberate = Command(
    "deliberate", group: .session,
    summary: "plan how people settle a conflict of values, and keep what they decided",
    operands: "plan|record",
    options: [
      .rules,
      Option("state", value: "DIR", "record: the state folder (default: .claude of the project)"),
      Option("now", value: "TIME", "the time of what happens (default: the clock's; RFC 3339)"),
      Option("boundary", value: "NAME", "record: the boundary that started it"),
      Option("by", value: "PERSON", repeats: true, "record: who decided"),
      Option("prioritized", value: "V", repeats: true, "record: what was put first"),
      Option("deprioritized", value: "V", repeats: true, "record: what stood back"),
      Option("remainder", value: "TEXT", repeats: true, "record: what is owed all the same"),
      Option("dissent", value: "TEXT", repeats: true, "record: who sees it otherwise, and why"),
      Option("because", value: "TEXT", "record: the justification"),
      Option("applies-to", value: "TEXT", "record: where it may serve as a precedent"),
      Option("review", value: "DATE", "record: when it is looked at again (2026-12-31)"),
      Option("trigger", value: "TEXT", "record: what makes it be looked at before"),
      .format("text", "json"),
      .color,
    ],
    details: """
      plan DESCRIPTION    the plans of the boundaries that an action so described touches:
                          tensions, frameworks, stakeholders whom a person approves,
                          rounds, and the tier of urgency; there is no vote and no ranking
      record DECISION     keeps what people decided, with dissent and moral remainder, as
                          an instruction of persistence HIGH; it informs and never binds

      Exit status: 0 a plan, or kept; 1 no boundary that deliberates is touched; 2 error.
      """,
    example:
      "tractatus deliberate plan \"Put privacy or performance first?\" --rules tractatus.core"
  ) { arguments, console throws(UsageError) in
    guard arguments.operands.count == 2 else {
      throw UsageError(
        message: "`deliberate` takes `plan` or `record`, and what it is about as one text")
    }
    let request = try SessionRequest(arguments, console)
    switch arguments.operands[0] {
    case "plan": return Deliberation.plan(arguments.operands[1], request)
    case "record": return try Deliberation.record(arguments.operands[1], request)
    default:
      throw UsageError(
        message: "there is no verb `deliberate \(arguments.operands[0])`: `plan` or `record`")
    }
  }
}
