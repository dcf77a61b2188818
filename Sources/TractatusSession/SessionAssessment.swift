import TractatusValues

/// Something about a session that somebody should do something about.
package struct SessionIssue: Sendable, Hashable {
  package var severity: SessionSeverity
  package var text: String
  /// The command that mends it.
  package var command: String

  package init(_ severity: SessionSeverity, _ text: String, command: String) {
    self.severity = severity
    self.text = text
    self.command = command
  }
}

/// How a session stands by the policy's monitors: each component, and what is wrong.
package struct SessionAssessment: Sendable, Hashable {
  /// A tracked component and its last use.
  package struct Component: Sendable, Hashable {
    package var name: String
    package var condition: ComponentCondition
    package var use: ComponentUse?

    init(_ component: SessionMonitor.Component, in state: SessionState) {
      name = component.name
      condition = state.condition(of: component)
      use = state.use(of: component.name)
    }
  }

  /// For whom the session is assessed: what is urgent for one is not for the other.
  package enum Purpose: Sendable {
    /// A watch alerts while there is time: a stale component is high.
    case watch
    /// A recovery lists all that may be mended: a stale component is medium.
    case recovery
  }

  /// In the monitor's order; empty without a state.
  package var components: [Component] = []
  /// Most severe first.
  package var issues: [SessionIssue] = []

  /// Assesses what was read of a session.
  package init(
    _ reading: SessionReading, history: Kept<[InstructionRecord]>, monitor: SessionMonitor,
    for purpose: Purpose
  ) {
    addState(reading)
    if let problem = history.problem {
      add(.critical, problem.message, "tractatus session recover")
    } else if purpose == .recovery, history.value?.isEmpty ?? true {
      add(
        .medium, "no instruction is recorded: `\(SessionStore.historyFile)` is missing or empty",
        Self.command(for: SessionState.classifyingComponent))
    }
    if let state = reading.state.value {
      addCheckpoints(reading, state, monitor)
      addComponents(monitor, state, for: purpose)
    }
    // The sort is stable, so issues of one severity stay in the order of the files.
    issues.sort { $1.severity < $0.severity }
  }

  private mutating func addComponents(
    _ monitor: SessionMonitor, _ state: SessionState, for purpose: Purpose
  ) {
    for component in monitor.components {
      let row = Component(component, in: state)
      components.append(row)
      switch row.condition {
      case .fresh: break
      case .stale(let messages, let tokens):
        let severity: SessionSeverity = purpose == .watch ? .high : .medium
        add(
          severity, "\(row.name) was used \(messages) messages and \(tokens) tokens ago",
          Self.command(for: row.name))
      case .neverUsed:
        // Not before it could be stale: in a young session nothing is missing yet.
        let isYoung =
          state.messageCount <= component.limits.messages ?? .max
          && state.tokenEstimate <= component.limits.tokens ?? .max
        if purpose == .recovery, !isYoung {
          add(.high, "\(row.name) was never used", Self.command(for: row.name))
        }
      }
    }
  }

  /// The command that uses a component.
  package static func command(for component: String) -> String {
    switch component {
    case SessionState.pressureComponent: "tractatus session pressure"
    case SessionState.classifyingComponent: "tractatus classify --store \"…\""
    default: "tractatus session record \(component)"
    }
  }

  private mutating func addState(_ reading: SessionReading) {
    if let problem = reading.state.problem {
      let isNew = problem.kind == .missing && reading.state.value == nil
      add(
        .critical, problem.message,
        isNew ? "tractatus session init" : "tractatus session recover")
    } else if let doubt = reading.state.value?.doubt {
      add(
        .critical, "more may have happened than is recorded: \(doubt.reason)",
        "tractatus session recover")
    }
  }

  private mutating func addCheckpoints(
    _ reading: SessionReading, _ state: SessionState, _ monitor: SessionMonitor
  ) {
    if let problem = reading.checkpoints.problem, !monitor.checkpoints.isEmpty {
      add(.high, problem.message, "tractatus session recover")
    }
    if let overdue = reading.checkpoints.value?.overdue(at: state.tokenEstimate) {
      add(
        .critical,
        "the checkpoint at \(overdue.percentage) % (\(overdue.tokens) tokens) is overdue",
        Self.command(for: SessionState.pressureComponent))
    }
  }

  private mutating func add(_ severity: SessionSeverity, _ text: String, _ command: String) {
    issues.append(SessionIssue(severity, text, command: command))
  }
}
