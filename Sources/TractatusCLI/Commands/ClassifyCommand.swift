import TractatusSession
import TractatusSource
import TractatusValues

extension Command {
  /// `tractatus classify`.
  static let classify = Command(
    "classify", group: .session,
    summary: "classify an instruction: what it is about, how long and how strictly it holds",
    operands: "TEXT",
    options: [
      .rules,
      Option(
        "source", value: "WHO", choices: ["user", "system", "inferred"],
        "who gave it: user, system or inferred (default: user)"),
      Option(flag: "store", "append it to the instruction history if it is explicit enough"),
      Option(
        "state", value: "DIR",
        "the state folder with the history (default: \(SessionStore.defaultFolder))"),
      .format("text", "json"),
      .color,
    ],
    details: """
      What TEXT says is worked out by the `classify` declarations of the loaded rules:
      quadrant, persistence, scope, verification, explicitness, the parameters that it
      names, and whether one of them departs from a well-known default. Readings that
      cover it turn it into clauses once it is stored and the history is given to
      `--instructions`.

      Exit status: 0 classified, 2 nothing classifies it, or it cannot be stored.
      """,
    example: "tractatus classify 'Check MongoDB at port 27027'"
  ) { arguments, console throws(UsageError) in
    guard arguments.operands.count == 1, let text = arguments.operands.first, !text.isEmpty else {
      throw UsageError(message: "`classify` takes one text; put it in quotes")
    }
    return InstructionClassification.run(text, arguments, console)
  }
}
