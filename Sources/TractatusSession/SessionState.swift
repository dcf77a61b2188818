import TractatusValues

/// What `session-state.json` holds: the running figures of one session.
///
/// Counters never fall within a session, so that ages are never understated. Times are given by
/// whoever records; nothing here reads a clock.
package struct SessionState: Sendable, Hashable {
  /// `YYYY-MM-DD-NNN`.
  package var sessionID: String
  /// The name that the client has for the session.
  package var clientSession: String?
  package var startedAt: Instant?
  package var updatedAt: Instant?
  package var messageCount = 0
  package var tokenEstimate = 0
  /// The tokens that the session has; nil when nobody said.
  package var tokenBudget: Int?
  /// Tasks at hand.
  package var taskCount = 0
  package var compactionCount = 0
  /// Active instructions of the history.
  package var instructionCount = 0
  /// The last errors, in the order in which they happened.
  package var errors: [SessionMark] = []
  /// The last use of each component, ascending by name; one that is missing was never used.
  package var activity: [ComponentUse] = []
  /// After how much a use is stale, and an error no longer recent.
  package var staleness = SessionMonitor.Limits()
  /// What people were warned of since alerts were cleared, oldest first.
  package var alerts: [SessionAlert] = []
  /// The last measured pressures, oldest first.
  package var pressures: [PressureMark] = []
  /// When the status was shown last.
  package var lastStatus: SessionMark?
  /// When a handoff was written last.
  package var lastHandoff: SessionMark?
  /// What the actions so far were, as far as rules ask.
  package var history = ActionHistory()
  /// Why the figures may be less than what happened; nil when they are what was recorded.
  package var doubt: SessionDoubt?

  /// A new session in which nothing has happened yet.
  package init(sessionID: String, startedAt: Instant?, monitor: SessionMonitor) {
    self.sessionID = sessionID
    self.startedAt = startedAt
    updatedAt = startedAt
    tokenBudget = monitor.tokenBudget
    staleness = monitor.staleness
  }

  /// Where the session is now.
  package func mark(at time: Instant?) -> SessionMark {
    SessionMark(message: messageCount, tokens: tokenEstimate, timestamp: time)
  }

  /// Errors that happened within as many messages as a component's use stays fresh; without such
  /// a figure all that are kept.
  package var recentErrorCount: Int {
    guard let limit = staleness.messages else { return errors.count }
    return errors.count { messageCount - $0.message <= limit }
  }

  /// The last use of a component; nil when it was never used.
  package func use(of component: String) -> ComponentUse? {
    activity.first { $0.component == component }
  }

  /// The name of the session that follows the one called `last` on the day of `time`.
  package static func nextID(after last: String?, at time: Instant) -> String {
    let day = String(time.description.prefix(10))
    var number = 1
    if let last, last.hasPrefix(day + "-"), let before = Int(last.dropFirst(day.count + 1)) {
      number = min(max(before, 0), 999_998) + 1
    }
    let digits = String(number)
    return day + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}

/// A point of a session, in its running figures.
package struct SessionMark: Sendable, Hashable {
  package var message: Int
  package var tokens: Int
  package var timestamp: Instant?

  package init(message: Int, tokens: Int, timestamp: Instant?) {
    self.message = message
    self.tokens = tokens
    self.timestamp = timestamp
  }
}

/// The last use of a component.
package struct ComponentUse: Sendable, Hashable {
  package var component: String
  package var mark: SessionMark
  /// What it said, such as a level or a verdict.
  package var result: String?

  package init(component: String, mark: SessionMark, result: String?) {
    self.component = component
    self.mark = mark
    self.result = result
  }
}

/// How bad something is that people should know.
package enum SessionSeverity: String, Sendable, Hashable, Comparable, CaseIterable {
  case medium = "MEDIUM"
  case high = "HIGH"
  case critical = "CRITICAL"

  /// Orders from medium to critical.
  package static func < (left: SessionSeverity, right: SessionSeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .medium: 0
    case .high: 1
    case .critical: 2
    }
  }
}

/// Something that people were warned of.
package struct SessionAlert: Sendable, Hashable {
  package var severity: SessionSeverity
  package var text: String
  package var mark: SessionMark

  package init(severity: SessionSeverity, text: String, mark: SessionMark) {
    self.severity = severity
    self.text = text
    self.mark = mark
  }
}

/// A pressure that was measured.
package struct PressureMark: Sendable, Hashable {
  /// 0 to 1.
  package var score: Decimal
  package var level: String
  package var mark: SessionMark

  package init(score: Decimal, level: String, mark: SessionMark) {
    self.score = score
    self.level = level
    self.mark = mark
  }
}

/// Since when and why more may have happened than the state says.
package struct SessionDoubt: Sendable, Hashable {
  package var since: Instant?
  package var reason: String

  package init(since: Instant?, reason: String) {
    self.since = since
    self.reason = reason
  }
}
