/// What a decision adds to a session's history.
package struct HistoryUpdate: Equatable, Sendable {
  /// How an action went on.
  package enum Course: Equatable, Sendable {
    /// It goes ahead, or has happened.
    case happened
    /// People are asked; a report under this name says that it went ahead.
    case asked(id: String?)
  }

  /// The queries of the program.
  package var queries: [HistoryQuerySize]
  /// Those that the action is of.
  package var feeds: [HistoryFeed]
  /// When it is.
  package var moment: HistoryMoment
  package init(queries: [HistoryQuerySize], feeds: [HistoryFeed], moment: HistoryMoment) {
    self.queries = queries
    self.feeds = feeds
    self.moment = moment
  }
}

/// A query of a program and how many actions it tells apart.
package struct HistoryQuerySize: Hashable, Sendable {
  package var name: String
  package var capacity: Int
  package init(name: String, capacity: Int) {
    self.name = name
    self.capacity = capacity
  }
}

extension ActionHistory {
  /// Records an action that goes ahead or may.
  ///
  /// Queries that the program does not have are forgotten, for it does not feed them; one that is
  /// new here may have missed all that went before. Linear in what is kept.
  package mutating func record(_ update: HistoryUpdate, as course: HistoryUpdate.Course) {
    let isNew = sequence == 0
    let before = HistoryEntry(sequence: sequence, moment: moment)
    var kept: [String: QueryHistory] = [:]
    for size in update.queries.prefix(Self.queryLimit) {
      var query = queries[size.name] ?? QueryHistory(capacity: size.capacity)
      if queries[size.name] == nil, !isNew { query.lost = before }
      kept[size.name] = query
    }
    queries = kept
    pending.removeAll { action in !action.feeds.contains { kept[$0.query] != nil } }
    sequence += 1
    let now = update.moment.notBefore(moment)
    moment = now.filled(from: moment)
    let entry = HistoryEntry(sequence: sequence, moment: now)
    var isAsked = false
    if case .asked(let id) = course {
      isAsked = true
      let feeds = update.feeds.filter { kept[$0.query] != nil }
      if let id, !feeds.isEmpty {
        pending.append(PendingAction(id: id, entry: entry, feeds: feeds))
        while pending.count > Self.pendingLimit
          || pending.reduce(0, { $0 + $1.feeds.count }) > Self.feedLimit
        {
          pending.removeFirst()
        }
      }
    }
    for feed in update.feeds {
      queries[feed.query]?.add(
        entry, key: feed.key,
        // What it is compared by may be another: it counts perhaps, as one that may have happened.
        isCertain: feed.isCertain && !isAsked && !feed.key.contains(nil))
    }
    bound()
  }

  /// Records that an action that was asked about went ahead; one of which nothing is known changes
  /// nothing.
  package mutating func confirm(_ id: String) {
    guard let place = pending.lastIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) else {
      return
    }
    let action = pending.remove(at: place)
    for feed in action.feeds where feed.isCertain && !feed.key.contains(nil) {
      queries[feed.query]?.confirm(action.entry, key: feed.key)
    }
  }

  /// Forgets what is kept: more may have happened than it says.
  package mutating func forget() {
    queries = [:]
    pending = []
    sequence = max(sequence, 1)
  }

  /// Empties the largest queries while there are too many entries; what they held may have been
  /// anything.
  private mutating func bound() {
    var total = queries.values.reduce(0) { $0 + $1.entryCount }
    while total > Self.entryLimit {
      let largest = queries.max { left, right in
        (left.value.entryCount, right.key) < (right.value.entryCount, left.key)
      }
      guard let (name, query) = largest else { return }
      queries[name] = QueryHistory(capacity: query.capacity)
      queries[name]?.lost = HistoryEntry(sequence: sequence, moment: moment)
      total -= query.entryCount
    }
  }
}

extension QueryHistory {
  fileprivate mutating func add(_ entry: HistoryEntry, key: [String?], isCertain: Bool) {
    var place = buckets.firstIndex { $0.key == key }
    if place == nil {
      guard buckets.count < ActionHistory.keyLimit else {
        lost = entry
        return
      }
      place = buckets.count
      buckets.append(Bucket(key: key))
    }
    guard let place else { return }
    if isCertain {
      buckets[place].certain.append(entry)
      if buckets[place].certain.count > capacity { buckets[place].certain.removeFirst() }
    } else {
      buckets[place].possible.append(entry)
      if buckets[place].possible.count > capacity { buckets[place].possible.removeFirst() }
    }
  }

  fileprivate mutating func confirm(_ entry: HistoryEntry, key: [String?]) {
    guard let place = buckets.firstIndex(where: { $0.key == key }) else { return }
    buckets[place].possible.removeAll { $0.sequence == entry.sequence }
    let after = buckets[place].certain.firstIndex { $0.sequence > entry.sequence }
    buckets[place].certain.insert(entry, at: after ?? buckets[place].certain.count)
    if buckets[place].certain.count > capacity { buckets[place].certain.removeFirst() }
  }
}
