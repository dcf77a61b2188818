import TractatusValues

extension SessionState {
  /// The component that measures the session's pressure.
  package static let pressureComponent = "ContextPressureMonitor"

  /// The component that classifies instructions before they are stored.
  package static let classifyingComponent = "InstructionPersistenceClassifier"

  /// The components that judge every action.
  package static let judgingComponents = ["CrossReferenceValidator", "BoundaryEnforcer"]

  /// A message of a person or of the agent's turn.
  package mutating func recordMessage(at time: Instant?) {
    messageCount = min(messageCount + 1, SessionLimits.count)
    touch(time)
  }

  /// Tokens that were used since the last record.
  package mutating func recordTokens(adding count: Int, at time: Instant?) {
    let (sum, overflow) = tokenEstimate.addingReportingOverflow(max(count, 0))
    tokenEstimate = overflow ? SessionLimits.count : min(sum, SessionLimits.count)
    touch(time)
  }

  /// All tokens of the session so far, as the client counts them; fewer than before change nothing.
  package mutating func recordTokens(total: Int, at time: Instant?) {
    tokenEstimate = min(max(tokenEstimate, total), SessionLimits.count)
    touch(time)
  }

  /// A use of a component, and what it said.
  package mutating func recordUse(of component: String, at time: Instant?, result: String? = nil) {
    let name = Self.cut(component)
    let use = ComponentUse(component: name, mark: mark(at: time), result: result.map(Self.cut))
    if let index = activity.firstIndex(where: { $0.component == name }) {
      activity[index] = use
    } else if activity.count < SessionLimits.components {
      let index = activity.firstIndex { !Self.precedes($0.component, name) } ?? activity.count
      activity.insert(use, at: index)
    }
    touch(time)
  }

  /// An action was judged: it was compared with all loaded instructions and boundaries, which is a
  /// use of the two services that do so.
  package mutating func recordDecision(_ verdict: Verdict, at time: Instant?) {
    for service in Self.judgingComponents {
      recordUse(of: service, at: time, result: verdict.word)
    }
  }

  /// A tool that failed.
  package mutating func recordError(at time: Instant?) {
    errors.append(mark(at: time))
    errors.removeFirst(max(0, errors.count - SessionLimits.errors))
    touch(time)
  }

  /// A compaction of the client's context. Tokens and messages go on from where they were.
  package mutating func recordCompaction(at time: Instant?) {
    compactionCount = min(compactionCount + 1, SessionLimits.count)
    touch(time)
  }

  /// How many tasks are at hand.
  package mutating func recordTasks(_ count: Int, at time: Instant?) {
    taskCount = min(max(count, 0), SessionLimits.count)
    touch(time)
  }

  /// How many instructions of the history are active.
  package mutating func recordInstructions(_ count: Int, at time: Instant?) {
    instructionCount = min(max(count, 0), SessionLimits.count)
    touch(time)
  }

  /// A measured pressure: a use of the component that measures it, too.
  package mutating func recordPressure(score: Decimal, level: String, at time: Instant?) {
    let level = Self.cut(level)
    pressures.append(PressureMark(score: score, level: level, mark: mark(at: time)))
    pressures.removeFirst(max(0, pressures.count - SessionLimits.pressures))
    recordUse(of: Self.pressureComponent, at: time, result: level)
  }

  /// The status was shown.
  package mutating func recordStatus(at time: Instant?) {
    lastStatus = mark(at: time)
    touch(time)
  }

  /// A handoff was written.
  package mutating func recordHandoff(at time: Instant?) {
    lastHandoff = mark(at: time)
    touch(time)
  }

  /// Warns of something once: the same text again moves no alert.
  package mutating func raise(_ severity: SessionSeverity, _ text: String, at time: Instant?) {
    let text = Self.cut(text)
    guard !alerts.contains(where: { $0.text == text }) else { return }
    alerts.append(SessionAlert(severity: severity, text: text, mark: mark(at: time)))
    alerts.removeFirst(max(0, alerts.count - SessionLimits.alerts))
    touch(time)
  }

  /// Forgets all alerts.
  package mutating func clearAlerts(at time: Instant?) {
    alerts = []
    touch(time)
  }

  /// More may have happened than this state says; the first reason stays.
  package mutating func recordDoubt(_ reason: String, at time: Instant?) {
    if doubt == nil { doubt = SessionDoubt(since: time, reason: Self.cut(reason)) }
    touch(time)
  }

  private mutating func touch(_ time: Instant?) {
    guard let time else { return }
    updatedAt = max(updatedAt ?? time, time)
  }

  /// A text of at most as many bytes as the state may hold.
  private static func cut(_ text: String) -> String {
    guard text.utf8.count > SessionLimits.text else { return text }
    return String(decoding: Array(text.utf8.prefix(SessionLimits.text - 4)), as: UTF8.self)
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

// MARK: What follows from the figures

/// How a component's last use stands.
package enum ComponentCondition: Sendable, Hashable {
  case fresh
  /// Used longer ago than the policy lets count.
  case stale(messages: Int, tokens: Int)
  case neverUsed
}

/// How the last measured pressures go.
package enum PressureTrend: String, Sendable, Hashable {
  case escalating, improving, stable
}

extension SessionState {
  /// How the last use of a component stands; the limit itself is still fresh.
  package func condition(of component: SessionMonitor.Component) -> ComponentCondition {
    guard let use = use(of: component.name) else { return .neverUsed }
    let messages = messageCount - use.mark.message
    let tokens = tokenEstimate - use.mark.tokens
    let isStale =
      (component.limits.messages.map { messages > $0 } ?? false)
      || (component.limits.tokens.map { tokens > $0 } ?? false)
    return isStale ? .stale(messages: messages, tokens: tokens) : .fresh
  }

  /// Whether the status is due: as much has happened since it was shown last as the policy says.
  package func isStatusDue(every rhythm: SessionMonitor.Limits) -> Bool {
    let messages = messageCount - (lastStatus?.message ?? 0)
    let tokens = tokenEstimate - (lastStatus?.tokens ?? 0)
    return (rhythm.messages.map { messages >= $0 } ?? false)
      || (rhythm.tokens.map { tokens >= $0 } ?? false)
  }

  /// How the last pressures go: each higher than the one before, each lower, or neither; nil with
  /// fewer than two.
  package var pressureTrend: PressureTrend? {
    guard pressures.count >= 2 else { return nil }
    let steps = zip(pressures, pressures.dropFirst())
    if steps.allSatisfy({ $0.score < $1.score }) { return .escalating }
    if steps.allSatisfy({ $1.score < $0.score }) { return .improving }
    return .stable
  }
}
