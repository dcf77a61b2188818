import Testing

@testable import TractatusValues

@Suite("what a session keeps of earlier actions")
struct ActionHistoryTests {
  private static let sizes = [
    HistoryQuerySize(name: "q", capacity: 2), HistoryQuerySize(name: "end", capacity: 1),
  ]

  private func update(
    _ queries: [String], key: [String?] = [], messages: Int? = nil,
    sizes: [HistoryQuerySize] = Self.sizes
  ) -> HistoryUpdate {
    HistoryUpdate(
      queries: sizes,
      feeds: queries.map { HistoryFeed(query: $0, key: key, isCertain: true) },
      moment: HistoryMoment(messages: messages))
  }

  private func count(
    _ history: ActionHistory, key: [String?] = [], since: String? = nil, within: Int64? = nil,
    now: Int? = nil
  ) -> HistoryCount {
    history.count(
      "q", key: key, window: within.map { HistoryWindow(unit: .messages, amount: $0) },
      since: since, now: HistoryMoment(messages: now))
  }

  @Test("in a new session nothing came before")
  func new() {
    #expect(count(ActionHistory()) == HistoryCount(least: 0, most: 0))
  }

  @Test("an action that was asked about may have happened until a report says that it did")
  func asked() {
    var history = ActionHistory()
    history.record(update(["q"]), as: .asked(id: "1"))
    #expect(count(history) == HistoryCount(least: 0, most: 1))
    history.confirm("2")
    #expect(count(history) == HistoryCount(least: 0, most: 1))
    history.confirm("1")
    #expect(count(history) == HistoryCount(least: 1, most: 1))
    history.confirm("1")
    #expect(count(history) == HistoryCount(least: 1, most: 1))
  }

  @Test("a query that the session did not keep from its beginning has lost what went before")
  func lost() {
    var history = ActionHistory()
    history.record(update([], sizes: []), as: .happened)
    #expect(count(history) == .unknown)
    history.record(update(["q"], messages: 4), as: .happened)
    #expect(count(history) == HistoryCount(least: 1, most: nil))
    history.record(update(["end"]), as: .happened)
    #expect(count(history, since: "end") == HistoryCount(least: 0, most: 0))
    history.record(update(["q"]), as: .happened)
    #expect(count(history, since: "end") == HistoryCount(least: 1, most: 1))
  }

  @Test("rules without a query end what was kept for it")
  func otherRules() {
    var history = ActionHistory()
    history.record(update(["q"]), as: .happened)
    history.record(update([], sizes: []), as: .happened)
    history.record(update([]), as: .happened)
    #expect(count(history) == HistoryCount(least: 0, most: nil))
  }

  @Test("windows include their bound, and figures never fall")
  func windows() {
    var history = ActionHistory()
    history.record(update(["q"], messages: 7), as: .happened)
    #expect(count(history, within: 3, now: 10) == HistoryCount(least: 1, most: 1))
    #expect(count(history, within: 2, now: 10) == HistoryCount(least: 0, most: 0))
    #expect(count(history, within: 3, now: 6) == HistoryCount(least: 0, most: 1))
    #expect(count(history, within: 3) == HistoryCount(least: 0, most: 1))
    history.record(update(["q"], messages: 2), as: .happened)
    #expect(count(history, within: 3, now: 10) == HistoryCount(least: 2, most: 2))
  }

  @Test("an end that may have come makes what was before it unknown")
  func since() {
    var history = ActionHistory()
    history.record(update(["q", "end"]), as: .happened)
    #expect(count(history, since: "end") == HistoryCount(least: 1, most: 1))
    history.record(update(["end"]), as: .asked(id: "1"))
    #expect(count(history, since: "end") == HistoryCount(least: 0, most: 1))
    history.confirm("1")
    #expect(count(history, since: "end") == HistoryCount(least: 0, most: 0))
  }

  @Test("keys are compared part by part, and a part that is not known may be any")
  func keys() {
    var history = ActionHistory()
    history.record(update(["q"], key: ["a", "b"]), as: .happened)
    history.record(update(["q"], key: ["a", nil]), as: .happened)
    #expect(count(history, key: ["a", "b"]) == HistoryCount(least: 1, most: 2))
    #expect(count(history, key: ["a", "c"]) == HistoryCount(least: 0, most: 1))
    #expect(count(history, key: ["c", "b"]) == HistoryCount(least: 0, most: 0))
    #expect(count(history, key: [nil, "b"]) == HistoryCount(least: 0, most: 2))
  }

  @Test("past its bounds nothing is known, and nothing grows")
  func bounds() {
    var history = ActionHistory()
    for number in 0...ActionHistory.keyLimit {
      history.record(update(["q"], key: [String(number)]), as: .happened)
    }
    #expect(history.queries["q"]?.buckets.count == ActionHistory.keyLimit)
    #expect(count(history, key: ["0"]) == HistoryCount(least: 1, most: nil))
    #expect(count(history, key: ["other"]) == .unknown)
    for number in 0...ActionHistory.pendingLimit {
      history.record(update(["q"], key: ["0"]), as: .asked(id: "\(number)"))
    }
    #expect(history.pending.count == ActionHistory.pendingLimit)
    var large = ActionHistory()
    let sizes = (0..<5).map { HistoryQuerySize(name: "q\($0)", capacity: 1_000) }
    for _ in 0..<1_000 { large.record(update(sizes.map(\.name), sizes: sizes), as: .happened) }
    #expect(large.queries.values.reduce(0) { $0 + $1.entryCount } <= ActionHistory.entryLimit)
    #expect(large.queries.values.contains { $0.lost != nil })
  }

  @Test("what is forgotten is not known")
  func forgotten() {
    var history = ActionHistory()
    history.forget()
    #expect(count(history) == .unknown)
  }
}
