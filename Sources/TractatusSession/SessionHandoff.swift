import TractatusValues

/// What one session leaves to the next.
package struct SessionHandoff: Sendable {
  package var state: SessionState
  package var checkpoints: TokenCheckpoints?
  package var instructions: [InstructionRecord]
  package var issues: [SessionIssue]
  /// What was finished, is under way and comes next, in people's or the agent's words.
  package var completed: [String]
  package var inProgress: [String]
  package var priorities: [String]
  /// What the policy says of the pressure, such as `halt and hand the session over`.
  package var recommendation: String?

  package init(
    state: SessionState, checkpoints: TokenCheckpoints?, instructions: [InstructionRecord],
    issues: [SessionIssue], completed: [String] = [], inProgress: [String] = [],
    priorities: [String] = [], recommendation: String? = nil
  ) {
    self.state = state
    self.checkpoints = checkpoints
    self.instructions = instructions
    self.issues = issues
    self.completed = completed
    self.inProgress = inProgress
    self.priorities = priorities
    self.recommendation = recommendation
  }

  /// The file's name: `handoff-2026-11-21T10-00-00Z.md`, which sorts by time.
  package static func fileName(at time: Instant) -> String {
    // Whole seconds, and no colons: some file systems have none.
    let digits = time.description.prefix(19).map { $0 == ":" ? "-" : $0 }
    return "handoff-" + String(digits) + "Z.md"
  }

  /// The document, in Markdown.
  package func text(at time: Instant) -> String {
    var text = "# Handoff of session \(state.sessionID)\n\nWritten \(time).\n"
    text += section("Project state", projectState)
    text += section("Completed", completed.map(Self.line))
    text += section("In progress", inProgress.map(Self.line))
    text += section("Active instructions", activeInstructions)
    text += section("Known issues", issues.map { "\($0.severity.rawValue): \(Self.line($0.text))" })
    text += section("Next priorities", next)
    return text
  }

  private var projectState: [String] {
    var lines = ["Messages: \(state.messageCount)"]
    let budget = state.tokenBudget.map { " of \($0)" } ?? ""
    lines.append("Tokens: \(state.tokenEstimate)\(budget)")
    if let pressure = state.pressures.last {
      let trend = state.pressureTrend.map { ", \($0.rawValue)" } ?? ""
      lines.append("Pressure: \(pressure.score) \(pressure.level)\(trend)")
    }
    lines.append("Tasks at hand: \(state.taskCount)")
    lines.append("Recent errors: \(state.recentErrorCount)")
    if state.compactionCount > 0 { lines.append("Compactions: \(state.compactionCount)") }
    if let checkpoints {
      let done = checkpoints.checkpoints.count { $0.isCompleted }
      lines.append("Checkpoints completed: \(done) of \(checkpoints.checkpoints.count)")
    }
    if let doubt = state.doubt { lines.append("In doubt: \(Self.line(doubt.reason))") }
    return lines
  }

  private var activeInstructions: [String] {
    instructions.filter(\.isActive).map { instruction in
      let words = [instruction.quadrant, instruction.persistence].compactMap { $0?.uppercased() }
      let classes = words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
      return "`\(instruction.id)`\(classes): \(Self.line(instruction.text))"
    }
  }

  private var next: [String] {
    let recommended = recommendation.map { [Self.line($0)] } ?? []
    let commands = issues.map { "Run `\($0.command)`." }
    var seen: Set<String> = []
    return (priorities.map(Self.line) + recommended + commands).filter { seen.insert($0).inserted }
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    let body = lines.isEmpty ? ["Nothing was recorded."] : lines.map { "- " + $0 }
    return "\n## \(title)\n\n" + body.joined(separator: "\n") + "\n"
  }

  /// A text on one line, without what would make it anything else but an entry of the list.
  private static func line(_ text: String) -> String {
    let words = text.split { $0.isWhitespace || $0.isNewline }
    let joined = words.joined(separator: " ").unicodeScalars.filter { scalar in
      !(scalar.properties.generalCategory == .control || scalar.properties.isBidiControl)
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: joined)
    return String(line)
  }
}
