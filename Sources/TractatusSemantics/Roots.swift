/// The roots that every rule reaches and their attributes.
package enum Roots {
  /// The figures under `session`, all integers.
  package static let session = [
    "messages", "tokens", "token_budget", "tasks", "recent_errors", "instructions", "compactions",
  ]
  /// The attributes under `reasoning` with their types.
  package static let reasoning: [(name: String, type: ValueType)] = [
    ("explanation", .text), ("steps", .list(.text)), ("evidence", .list(.text)),
    ("alternatives", .list(.text)), ("error_handling", .bool), ("backup", .bool), ("tests", .bool),
  ]
  /// Names that no parameter, `let` or threshold may bear.
  package static let names = [
    "action", "description", "project", "cwd", "at", "session", "scores", "reasoning", "components",
    "facts", "actor", "this",
  ]
}

/// Fixed limits that every stage keeps; `grammar/semantics.md` lists them.
package enum Limits {
  /// Element tests of one outermost quantifier.
  package static let elementTests = 10_000
  /// Characters of an interpolated value in a reason.
  package static let interpolatedCharacters = 500
  /// Days between the dates of a waiver.
  package static let waiverDays = 366
}
