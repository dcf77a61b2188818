/// What a session's earlier actions did, as far as the tests of what came before ask: the state
/// that a decision reads and that what was decided changes.
///
/// It is pure data. Each query of a program keeps as much as its test can tell apart, under a name
/// that is a digest of its normal form: a program whose query is another finds nothing of it here,
/// and knows then that it does not know what came before.
package struct ActionHistory: Hashable, Sendable {
  /// Keys that one query keeps; past it what more happens is not known.
  package static let keyLimit = 1_024
  /// Actions that were asked about and of which nothing was reported yet.
  package static let pendingLimit = 256
  /// Queries that these are of, one by one.
  package static let feedLimit = 2_048
  /// Entries of all queries together.
  package static let entryLimit = 4_096
  /// Queries of one program; what further ones ask for is never known.
  package static let queryLimit = 1_000
  /// The greatest number that a count may be compared with, and with keys.
  package static let countLimit = 1_000
  package static let keyedCountLimit = 100

  /// The number of the last action that went ahead or may have; 0 in a new session.
  package var sequence = 0
  /// The last moment that is known; later ones are not before it.
  package var moment = HistoryMoment()
  /// What each query of the last program keeps, by name.
  package var queries: [String: QueryHistory] = [:]
  /// Actions that were asked about, oldest first.
  package var pending: [PendingAction] = []

  /// The history of a session in which nothing has happened yet.
  package init() {}

  /// How often the actions that a query asks for came before.
  ///
  /// Linear in what the query keeps.
  /// - Parameters:
  ///   - key: the values of the current action that those of the earlier ones must equal; nil for
  ///     one that is not known.
  ///   - since: the name of the query for actions that must not have come afterwards.
  package func count(
    _ name: String, key: [String?], window: HistoryWindow?, since: String?, now: HistoryMoment
  ) -> HistoryCount {
    if sequence == 0 { return HistoryCount(least: 0, most: 0) }
    guard let query = queries[name] else { return .unknown }
    var end: QueryHistory?
    if let since {
      guard let found = queries[since] else { return .unknown }
      end = found
    }
    func truth(_ entry: HistoryEntry) -> Truth {
      let isAfter = end.map { !$0.follows(entry.sequence) } ?? .true
      return isAfter & (window.map { entry.moment.isWithin($0, of: now) } ?? .true)
    }
    var count = HistoryCount(least: 0, most: 0)
    for bucket in query.buckets {
      let isMeant = Self.matches(bucket.key, key)
      if isMeant == .false { continue }
      for entry in bucket.certain { count.add(truth(entry) & isMeant) }
      for entry in bucket.possible { count.add(truth(entry) & .unknown) }
    }
    if let lost = query.lost, truth(lost) != .false { count.most = nil }
    return count
  }

  /// Whether all parts of two keys are equal.
  private static func matches(_ earlier: [String?], _ current: [String?]) -> Truth {
    var result = Truth.true
    for (one, other) in zip(earlier, current) {
      guard let one, let other else {
        result = result & .unknown
        continue
      }
      if !one.utf8.elementsEqual(other.utf8) { return .false }
    }
    return result
  }
}

/// How often something happened; `most` is nil where there is no bound.
package struct HistoryCount: Hashable, Sendable {
  package var least: Int
  package var most: Int?
  package init(least: Int, most: Int?) {
    self.least = least
    self.most = most
  }

  /// Nothing is known.
  package static let unknown = HistoryCount(least: 0, most: nil)

  /// Adds an action that happened, may have happened, or did not.
  mutating func add(_ truth: Truth) {
    if truth == .true { least += 1 }
    if truth != .false, let most { self.most = most + 1 }
  }
}

/// What a decision knows of what came before.
package enum KnownHistory: Sendable, Equatable {
  /// Nothing: there is no session, or it cannot be read.
  case unknown
  case session(ActionHistory)
  /// What another decision found, by the names of the tests: for a replay.
  case counts([String: HistoryCount])
}

/// A point of a session; nil for a figure that nobody supplied.
package struct HistoryMoment: Hashable, Sendable {
  package var time: Instant?
  package var messages: Int?
  package var tokens: Int?
  package init(time: Instant? = nil, messages: Int? = nil, tokens: Int? = nil) {
    self.time = time
    self.messages = messages
    self.tokens = tokens
  }

  /// Whether the moment lies so far back at most. A negative age, and a figure that is missing,
  /// tell nothing.
  func isWithin(_ window: HistoryWindow, of now: HistoryMoment) -> Truth {
    let age: Int128
    switch window.unit {
    case .messages:
      guard let from = messages, let to = now.messages else { return .unknown }
      age = Int128(to) - Int128(from)
    case .tokens:
      guard let from = tokens, let to = now.tokens else { return .unknown }
      age = Int128(to) - Int128(from)
    case .time:
      guard let from = time, let to = now.time else { return .unknown }
      age = to.ordinal - from.ordinal
    }
    return age < 0 ? .unknown : Truth(age <= Int128(window.amount))
  }

  /// The moment, or where it lies before `last` that one, figure by figure.
  func notBefore(_ last: HistoryMoment) -> HistoryMoment {
    HistoryMoment(
      time: time.map { max($0, last.time ?? $0) },
      messages: messages.map { max($0, last.messages ?? $0) },
      tokens: tokens.map { max($0, last.tokens ?? $0) })
  }

  /// The moment with the figures of another where it has none.
  func filled(from last: HistoryMoment) -> HistoryMoment {
    HistoryMoment(
      time: time ?? last.time, messages: messages ?? last.messages, tokens: tokens ?? last.tokens)
  }
}

/// How far back an action may lie.
package struct HistoryWindow: Hashable, Sendable {
  /// What an age is measured in.
  package enum Unit: UInt8, Sendable {
    case messages, tokens
    /// In nanoseconds.
    case time
  }
  package var unit: Unit
  package var amount: Int64
  package init(unit: Unit, amount: Int64) {
    self.unit = unit
    self.amount = amount
  }
}

/// What one query keeps.
package struct QueryHistory: Hashable, Sendable {
  /// Actions of one key, which is empty for a query without keys.
  package struct Bucket: Hashable, Sendable {
    /// A part is nil where it is not known.
    package var key: [String?]
    /// The last that went ahead, and the last that may have: ascending, as many of each as the
    /// query's capacity.
    package var certain: [HistoryEntry] = []
    package var possible: [HistoryEntry] = []
    package init(key: [String?]) { self.key = key }
  }
  /// How many actions the test tells apart: one more than the greatest number that it names.
  package var capacity: Int
  package var buckets: [Bucket] = []
  /// Up to here any number of actions may have happened that are not kept.
  package var lost: HistoryEntry?
  package init(capacity: Int) { self.capacity = capacity }

  var entryCount: Int {
    buckets.reduce(0) { $0 + $1.certain.count + $1.possible.count }
  }

  /// Whether one of these actions came after the action of a number.
  func follows(_ sequence: Int) -> Truth {
    var result = Truth.false
    for bucket in buckets {
      if let last = bucket.certain.last, last.sequence > sequence { return .true }
      if let last = bucket.possible.last, last.sequence > sequence { result = .unknown }
    }
    if let lost, lost.sequence > sequence { result = .unknown }
    return result
  }
}

/// One action of a query.
package struct HistoryEntry: Hashable, Sendable {
  package var sequence: Int
  package var moment: HistoryMoment
  package init(sequence: Int, moment: HistoryMoment) {
    self.sequence = sequence
    self.moment = moment
  }
}

/// An action that was asked about.
package struct PendingAction: Hashable, Sendable {
  /// The client's name of the call.
  package var id: String
  package var entry: HistoryEntry
  package var feeds: [HistoryFeed]
  package init(id: String, entry: HistoryEntry, feeds: [HistoryFeed]) {
    self.id = id
    self.entry = entry
    self.feeds = feeds
  }
}

/// That an action is one of those that a query asks for.
package struct HistoryFeed: Hashable, Sendable {
  package var query: String
  package var key: [String?]
  /// Whether it is one for certain, once it went ahead.
  package var isCertain: Bool
  package init(query: String, key: [String?], isCertain: Bool) {
    self.query = query
    self.key = key
    self.isCertain = isCertain
  }
}
