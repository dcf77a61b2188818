import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// What a `session` command has to say, once as JSON and once for people.
///
/// Each verb fills in what it speaks of; what is empty is not shown.
struct SessionReport {
  /// A check that was run: whether it holds, and what it asks for.
  struct Check {
    /// nil: it cannot be told.
    var holds: Bool?
    /// Whether its reasons are shown although it holds.
    var isNoted = false
    var text: String
    var because: [String]
  }

  /// The first line, without its end.
  var headline: String
  /// The mark before it.
  var status: ExitStatus = .pass
  var command: String
  var folder: String?
  var state: SessionState?
  var checkpoints: TokenCheckpoints?
  /// Active instructions by persistence, then by quadrant, as (word, count).
  var instructions: [InstructionRecord]?
  var pressures: [SessionPressure] = []
  var components: [SessionAssessment.Component] = []
  var checks: [Check] = []
  var decision: Decision?
  var issues: [SessionIssue] = []
  /// What was done, such as a file that was written.
  var done: [String] = []
  /// What was lost and cannot be had again.
  var lost: [String] = []
  /// What is to be done next.
  var next: String?

  init(_ command: String, headline: String) {
    self.command = command
    self.headline = headline
  }
}

// MARK: For people

extension SessionReport {
  /// The text, which ends with a newline; nothing for `silent`.
  func text(_ verbosity: SessionRequest.Verbosity, _ style: Style) -> String {
    guard verbosity > .silent else { return "" }
    let isDetailed = verbosity >= .detailed
    let tint: Style.Tint =
      switch status {
      case .pass: .good
      case .fail: .doubtful
      case .error, .dangerous: .bad
      }
    var text = style.paint(shown(headline), tint) + "\n"
    if let state { text += figures(of: state) }
    for pressure in pressures { text += line(of: pressure, isDetailed) }
    if let trend = state?.pressureTrend, !pressures.isEmpty { text += "  trend: \(trend)\n" }
    text += checkpointLines(isDetailed)
    text += instructionLines
    text += componentLines(isDetailed)
    for check in checks {
      let mark = check.holds.map { $0 ? "✓" : "✗" } ?? "?"
      text += "  \(mark) \(shown(check.text))\n"
      if check.holds != true || check.isNoted || isDetailed {
        for reason in check.because { text += "      \(shown(reason))\n" }
      }
    }
    if isDetailed, let decision { text += DecisionText.render(decision, style: style) }
    for issue in issues {
      text += "  \(issue.severity.rawValue)  \(shown(issue.text))\n      → \(issue.command)\n"
    }
    for entry in done { text += "  done: \(shown(entry))\n" }
    for entry in lost { text += "  lost: \(shown(entry))\n" }
    if let next { text += "  next: \(shown(next))\n" }
    if verbosity == .debug { text += debugLines }
    return text
  }

  private func figures(of state: SessionState) -> String {
    var share = ""
    if let budget = state.tokenBudget, budget > 0 {
      let percent = state.tokenEstimate.multipliedReportingOverflow(by: 100)
      share = " of \(budget) (\(percent.overflow ? 100 : percent.partialValue / budget) %)"
    }
    var line = "  messages \(state.messageCount) · tokens \(state.tokenEstimate)\(share)"
    line += " · tasks \(state.taskCount) · recent errors \(state.recentErrorCount)"
    if state.compactionCount > 0 { line += " · compactions \(state.compactionCount)" }
    return line + "\n"
  }

  private func line(of pressure: SessionPressure, _ isDetailed: Bool) -> String {
    guard let level = pressure.level else {
      return "  pressure \(pressure.name): not measured: \(shown(pressure.unmeasured ?? ""))\n"
    }
    var text = "  pressure \(pressure.score) \(level.uppercased())  \(pressure.name)\n"
    if isDetailed {
      for factor in pressure.factors { text += "      \(factor.name) \(Self.text(factor.value))\n" }
    }
    if let recommendation = pressure.recommendation { text += "      \(shown(recommendation))\n" }
    return text
  }

  private func checkpointLines(_ isDetailed: Bool) -> String {
    guard let checkpoints, let state else { return "" }
    var text = ""
    if let overdue = checkpoints.overdue(at: state.tokenEstimate) {
      text += "  checkpoint \(overdue.percentage) % (\(overdue.tokens) tokens): overdue\n"
    } else if let next = checkpoints.next(after: state.tokenEstimate) {
      text += "  next checkpoint: \(next.percentage) % (\(next.tokens) tokens)\n"
    }
    guard isDetailed else { return text }
    for checkpoint in checkpoints.checkpoints where checkpoint.isCompleted {
      let time = checkpoint.timestamp.map { " at \($0)" } ?? ""
      text += "  checkpoint \(checkpoint.percentage) %: completed\(time)\n"
    }
    return text
  }

  private var instructionLines: String {
    guard let instructions else { return "" }
    let active = instructions.filter(\.isActive)
    var text = "  instructions \(active.count) active"
    let groups = [\InstructionRecord.persistence, \.quadrant].map { field in
      Self.counts(of: active, field).map { "\($0.word) \($0.count)" }.joined(separator: ", ")
    }.filter { !$0.isEmpty }
    if !groups.isEmpty { text += ": " + groups.joined(separator: " · ") }
    return text + "\n"
  }

  private func componentLines(_ isDetailed: Bool) -> String {
    var text = ""
    for component in components {
      switch component.condition {
      case .fresh: text += "  ✓ \(component.name)"
      case .stale(let messages, let tokens):
        text += "  ⚠ \(component.name): \(messages) messages, \(tokens) tokens ago"
      case .neverUsed: text += "  ✗ \(component.name): never used"
      }
      if isDetailed, let use = component.use {
        text += " (message \(use.mark.message)\(use.result.map { ", " + shown($0) } ?? ""))"
      }
      text += "\n"
    }
    return text
  }

  private var debugLines: String {
    var text = folder.map { "  folder: \(shown($0))\n" } ?? ""
    if let state { text += "  \(shown(String(decoding: state.json, as: UTF8.self)))\n" }
    return text
  }

  /// A text of unknown origin, without anything that a terminal would obey.
  private func shown(_ text: String) -> String { SourceLineExcerpt.visible(text) }

  private static func text(_ value: ReportValue) -> String {
    switch value {
    case .number(let number): number.description
    case .record(let entries): entries.map { "\($0.name): \(text($0.value))" }.joined()
    case .text(let words): words
    default: "unmeasured"
    }
  }

  /// How many instructions have each word of a classification, ascending by word.
  static func counts(
    of instructions: [InstructionRecord], _ field: KeyPath<InstructionRecord, String?>
  ) -> [(word: String, count: Int)] {
    let words = instructions.compactMap { $0[keyPath: field]?.uppercased() }.sorted()
    var counts: [(word: String, count: Int)] = []
    for word in words {
      if counts.last?.word == word {
        counts[counts.count - 1].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    return counts
  }
}
