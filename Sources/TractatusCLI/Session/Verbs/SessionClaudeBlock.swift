import TractatusEngine
import TractatusSession
import TractatusValues

extension SessionVerb {
  /// `tractatus session claude-md`.
  static let claudeBlock = SessionVerb(name: "claude-md") { request throws(UsageError) in
    try request.expectNoWords("claude-md")
    do throws(SessionFailure) {
      let lines = try SessionClaudeBlock(try request.context()).lines
      if request.verbosity > .silent { for line in lines { request.console.output.line(line) } }
      return .pass
    } catch {
      return request.fail(error)
    }
  }
}

/// The block that tells an agent how its session is governed, made from the loaded policy.
///
/// What a major action needs is found by judging one of each kind in a session in which nothing
/// has happened yet.
struct SessionClaudeBlock {
  /// The lines, which say nothing that the policy does not.
  private(set) var lines: [String] = []
  private let context: SessionContext
  /// The most components that are listed, and the most rows of both tables, which keep the block
  /// within 60 lines.
  private static let componentRows = 8
  private static let tableRows = 12
  /// The fewest lines, up to which there are further hints.
  private static let lineFloor = 50
  private var policy: SessionPolicy { context.policy }

  init(_ context: SessionContext) throws(SessionFailure) {
    self.context = context
    addStart()
    addComponents()
    addFading()
    try addCheck()
    addReference()
  }

  private mutating func addStart() {
    let names = policy.checked.packages.map { "\($0.name) \($0.version)" }
    lines += [
      "<!-- tractatus:begin (made by `tractatus session claude-md`; do not edit) -->",
      "## Governance",
      "",
      "Rules in force: \(Self.shortened(names)).",
      "The hook decides every tool call; what it denies stays denied, whatever the reason to go on.",
      "",
      "### At the start of a session",
      "",
      "1. `tractatus session init` (after a break of the same session: `--continue`).",
      "2. Read what it reports: active instructions, pressure, and what is critical.",
      "3. Mend what is critical first: `tractatus session recover`.",
      "4. Read the newest `sessions/handoff-*.md` of the state folder.",
      "",
    ]
  }

  private mutating func addComponents() {
    lines += [
      "### Components, when and how", "", "| component | when | how |", "| --- | --- | --- |",
    ]
    for component in policy.monitor.components.prefix(Self.componentRows) {
      let limits = Self.words(for: component.limits)
      let command = SessionAssessment.command(for: component.name)
      lines.append("| \(component.name) | before it is \(limits) old | `\(command)` |")
    }
    lines.append("")
    let report = Self.words(for: policy.monitor.report)
    lines.append("Show `tractatus session status` every \(report).")
    if let budget = policy.monitor.tokenBudget, !policy.monitor.checkpoints.isEmpty {
      let shares = policy.monitor.checkpoints.compactMap { Decimal(raw: $0.raw * 100) }
      let listed = shares.map { "\($0) %" }.joined(separator: ", ")
      lines.append("Check the pressure when \(listed) of \(budget) tokens are used.")
    }
    lines.append("")
  }

  private mutating func addFading() {
    lines += [
      "### Signs that the rules fade",
      "",
      "- A component's line in the status says ⚠ or ✗, or a checkpoint is overdue.",
      "- A usual default is about to take the place of a value that a person gave.",
      "- A choice between values is about to be made without asking people.",
      "- A major action is about to begin without its check.",
      "- The same error comes back, or the summary of a compaction is all that is left.",
      "",
      "On any of them: stop, `tractatus session status`, do what it says next, then go on.",
      "",
    ]
  }

  private mutating func addCheck() throws(SessionFailure) {
    guard let kinds = SessionCheck.kinds(of: policy.checked) else {
      lines += [
        "### Before a major action",
        "",
        "No loaded package says what it needs (`tractatus.claude_code` does): say what you are about",
        "to do and why, look at `tractatus session status`, and ask where a person has to decide.",
        "",
      ]
      return
    }
    lines += [
      "### Before a major action",
      "",
      "`tractatus session check TYPE \"what and why\"`: go on only when it ends with 0.",
      "",
      "| type | needs recently |",
      "| --- | --- |",
    ]
    var rows: [(kinds: [String], needs: [String])] = []
    for kind in kinds.prefix(12) {
      let needs = try needs(of: kind)
      if let same = rows.firstIndex(where: { $0.needs == needs }) {
        rows[same].kinds.append(kind)
      } else {
        rows.append(([kind], needs))
      }
    }
    let room = Self.tableRows - min(policy.monitor.components.count, Self.componentRows)
    for row in rows.prefix(room) {
      let needs = row.needs.isEmpty ? "–" : Self.shortened(row.needs)
      lines.append("| \(row.kinds.joined(separator: ", ")) | \(needs) |")
    }
    lines.append("")
  }

  private mutating func addReference() {
    lines += [
      "### Quick reference",
      "",
      "- Pressure: `tractatus session pressure` (0 below HIGH, 1 HIGH, 2 CRITICAL, 3 DANGEROUS).",
      "- An instruction was given: `tractatus classify --store \"…\"`.",
      "- A component was used: `tractatus session record COMPONENT`.",
      "- Why a call was denied: the reason names the rule; `tractatus explain RULE` shows it.",
      "- Handing over: `tractatus session handoff --done … --doing … --todo …`.",
      "- Something is wrong with the state: `tractatus session recover`.",
      "- Never change the rules, the settings, the state folder or the log by hand.",
    ]
    let hints = [
      "- What a command line does: `tractatus explain --command LINE`.",
      "- People settle a conflict of values: `tractatus deliberate plan \"…\"`.",
      "- What was decided so far: `tractatus audit report`.",
      "- Whether the log is whole: `tractatus audit verify`.",
      "- Whether the hook is called: `tractatus hook status`.",
      "- What a code in a message means: `tractatus explain CODE`.",
    ]
    lines += hints.prefix(max(0, Self.lineFloor - 1 - lines.count))
    lines.append("<!-- tractatus:end -->")
  }

  /// The components that a kind of action needs, by what a new session lacks for it.
  private func needs(of kind: String) throws(SessionFailure) -> [String] {
    let state = SessionState(sessionID: "new", startedAt: context.now, monitor: policy.monitor)
    var reading = SessionReading(state: .sound(state), checkpoints: .lost(Self.noCheckpoints))
    if let checkpoints = TokenCheckpoints(policy.monitor) {
      reading.checkpoints = .sound(checkpoints)
    }
    let decision = try SessionFailure.decision { () throws(DecisionError) in
      var judge = try context.judge(reading, .sound([]))
      return try judge.judge(SessionCheck.action(kind, ""))
    }
    return policy.monitor.components.map(\.name).filter { name in
      decision.unmet.contains { $0.require.split(separator: " ").contains { $0 == name } }
    }
  }

  private static let noCheckpoints = StateProblem(
    .missing, SessionStore.checkpointFile, "does not exist")

  private static func words(for limits: SessionMonitor.Limits) -> String {
    let parts = [
      limits.messages.map { "\($0) messages" }, limits.tokens.map { "\($0) tokens" },
    ].compactMap { $0 }
    return parts.isEmpty ? "long" : parts.joined(separator: " or ")
  }

  /// A list on one line, so that the block stays as long as it is.
  private static func shortened(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
