/// One verb of `tractatus session`.
struct SessionVerb {
  let name: String
  let run: @Sendable (SessionRequest) throws(UsageError) -> ExitStatus

  /// Every verb. A new one is one file and one entry here.
  static let all: [SessionVerb] = [
    .begin, .status, .pressure, .check, .record, .watch, .recover, .handoff, .claudeBlock,
  ]
}
