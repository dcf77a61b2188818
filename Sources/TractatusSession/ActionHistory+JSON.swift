import TractatusJSON
import TractatusValues

/// What came before as a member of a session's state.
///
/// An entry is a list: its number, then time, messages and tokens, `null` where they are not known.
/// A part of a key is `null` where it is not.
extension ActionHistory {
  private static let fields: [StaticString] = ["sequence", "moment", "queries", "pending"]

  /// The history of a session of which nobody knows what went before.
  static var untold: ActionHistory {
    var history = ActionHistory()
    history.sequence = 1
    return history
  }

  // MARK: Writing

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("sequence", sequence)
    json.key("moment")
    json.beginArray()
    json.figures(of: moment)
    json.endArray()
    json.key("queries")
    json.beginObject()
    for (name, query) in queries.sorted(by: { $0.key < $1.key }) {
      json.key(name)
      query.write(to: &json)
    }
    json.endObject()
    json.key("pending")
    json.list(pending) { json, action in
      json.beginObject()
      json.member("id", action.id)
      json.key("entry")
      json.entry(action.entry)
      json.key("feeds")
      json.list(action.feeds) { json, feed in
        json.beginObject()
        json.member("query", feed.query)
        json.historyKey(feed.key)
        json.member("certain", feed.isCertain)
        json.endObject()
      }
      json.endObject()
    }
    json.endObject()
  }

  // MARK: Reading

  /// - Throws: `StateProblem`, `.damaged`, for anything that `write` does not give.
  init(_ object: StrictObject) throws(StateProblem) {
    self.init()
    sequence = try object.count("sequence")
    guard let node = object.child("moment") else { throw object.damaged("no moment") }
    moment = try object.moment(node, from: 0)
    for node in try object.members("queries", limit: Self.queryLimit) {
      let query = try object.object(
        node, known: ["capacity", "keys", "lost"], "a query for earlier actions")
      queries[object.tape.keyString(node)] = try QueryHistory(query)
    }
    for node in try object.elements("pending", limit: Self.pendingLimit) {
      let action = try object.object(node, known: ["id", "entry", "feeds"], "an action")
      var feeds: [HistoryFeed] = []
      for node in try action.elements("feeds", limit: Self.queryLimit) {
        let feed = try action.object(node, known: ["query", "key", "certain"], "a feed")
        feeds.append(
          HistoryFeed(
            query: try feed.text("query"), key: try feed.historyKey(),
            isCertain: try feed.optionalBool("certain") ?? false))
      }
      guard let entry = action.child("entry") else { throw action.damaged("no entry") }
      pending.append(
        PendingAction(id: try action.text("id"), entry: try action.entry(entry), feeds: feeds))
    }
  }

  static func read(_ root: StrictObject) throws(StateProblem) -> ActionHistory {
    // A state of a version that kept none: much may have happened.
    guard let object = try root.optionalObject("history", known: fields) else { return .untold }
    return try ActionHistory(object)
  }
}

extension QueryHistory {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("capacity", capacity)
    json.key("keys")
    json.list(buckets) { json, bucket in
      json.beginObject()
      json.historyKey(bucket.key)
      for (name, entries) in [("happened", bucket.certain), ("may", bucket.possible)]
      where !entries.isEmpty {
        json.key(name)
        json.list(entries) { json, entry in json.entry(entry) }
      }
      json.endObject()
    }
    if let lost {
      json.key("lost")
      json.entry(lost)
    }
    json.endObject()
  }

  fileprivate init(_ object: StrictObject) throws(StateProblem) {
    self.init(capacity: try object.count("capacity", limit: ActionHistory.countLimit + 1))
    for node in try object.elements("keys", limit: ActionHistory.keyLimit) {
      let part = try object.object(node, known: ["key", "happened", "may"], "a key")
      var bucket = Bucket(key: try part.historyKey())
      bucket.certain = try part.entries("happened", limit: capacity)
      bucket.possible = try part.entries("may", limit: capacity)
      buckets.append(bucket)
    }
    if let node = object.child("lost") { lost = try object.entry(node) }
  }
}

extension JSONWriter {
  fileprivate mutating func entry(_ entry: HistoryEntry) {
    beginArray()
    number(entry.sequence)
    figures(of: entry.moment)
    endArray()
  }

  fileprivate mutating func figures(of moment: HistoryMoment) {
    if let time = moment.time { string(time.description) } else { null() }
    if let messages = moment.messages { number(messages) } else { null() }
    if let tokens = moment.tokens { number(tokens) } else { null() }
  }

  fileprivate mutating func historyKey(_ parts: [String?]) {
    key("key")
    list(parts) { json, part in
      if let part { json.string(part) } else { json.null() }
    }
  }
}

extension StrictObject {
  fileprivate func historyKey() throws(StateProblem) -> [String?] {
    var key: [String?] = []
    for node in try elements("key", limit: 64) {
      if tape.kind(node) == .null {
        key.append(nil)
      } else if let part = tape.string(node), part.utf8.count <= SessionLimits.text {
        key.append(part)
      } else {
        throw damaged("a key has a part that is no text")
      }
    }
    return key
  }

  fileprivate func entries(
    _ field: StaticString, limit: Int
  ) throws(StateProblem) -> [HistoryEntry] {
    var entries: [HistoryEntry] = []
    for node in try elements(field, limit: limit) {
      let entry = try entry(node)
      guard entries.last.map({ $0.sequence < entry.sequence }) ?? true else {
        throw damaged("earlier actions are not in their order")
      }
      entries.append(entry)
    }
    return entries
  }

  fileprivate func entry(_ node: JSONNode) throws(StateProblem) -> HistoryEntry {
    guard tape.kind(node) == .array, let first = tape.firstChild(node),
      let sequence = tape.decimal(first)?.integer, (0...SessionLimits.count).contains(sequence)
    else { throw damaged("an earlier action has no number") }
    return HistoryEntry(sequence: sequence, moment: try moment(node, from: 1))
  }

  /// The figures of a list from a place on, to its end.
  fileprivate func moment(_ node: JSONNode, from start: Int) throws(StateProblem) -> HistoryMoment {
    let parts = tape.kind(node) == .array ? Array(tape.children(node)) : []
    guard parts.count == start + 3 else { throw damaged("a moment has three figures") }
    var moment = HistoryMoment()
    if tape.kind(parts[start]) != .null {
      guard let text = tape.string(parts[start]), let time = Instant(Array(text.utf8).span) else {
        throw damaged("a moment's time is none")
      }
      moment.time = time
    }
    moment.messages = try figure(parts[start + 1])
    moment.tokens = try figure(parts[start + 2])
    return moment
  }

  private func figure(_ node: JSONNode) throws(StateProblem) -> Int? {
    if tape.kind(node) == .null { return nil }
    guard let count = tape.decimal(node)?.integer, (0...SessionLimits.count).contains(count) else {
      throw damaged("a moment's figure is no whole number")
    }
    return count
  }
}
