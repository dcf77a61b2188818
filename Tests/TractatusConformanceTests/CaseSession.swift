import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// A session of a conformance case, kept by both evaluators.
struct CaseSession {
  private let subject: Subject
  private var history = ActionHistory()
  private var earlier: [NaiveEarlier] = []
  /// The places in `earlier` of the actions that were asked about and not reported.
  private var asked: [Int] = []

  /// A session in which nothing happened.
  init(_ subject: Subject) { self.subject = subject }

  /// The naive decision after all that came before.
  func naive(_ document: String) -> Decision {
    subject.naive.decide(document, after: earlier)
  }

  /// The table's decision after all that came before, to which it adds the action: not one that was
  /// denied, and what has happened already whatever is said of it.
  mutating func table(_ document: String) -> Decision? {
    guard let (decision, update) = subject.tableDecision(document, after: .session(history)) else {
      return nil
    }
    let hasHappened = Self.hasHappened(document)
    if decision.error != nil || decision.verdict == .deny && !hasHappened { return decision }
    guard var action = subject.naive.earlier(document, after: earlier) else { return decision }
    if decision.verdict == .ask, !hasHappened {
      history.record(update, as: .asked(id: "\(earlier.count)"))
      action.isCertain = false
      asked.append(earlier.count)
    } else {
      history.record(update, as: .happened)
    }
    earlier.append(action)
    return decision
  }

  /// The last action that was asked about went ahead.
  mutating func confirm() {
    guard let place = asked.popLast() else { return }
    history.confirm("\(place)")
    earlier[place].isCertain = true
  }

  /// Whether a document tells of a result or an event.
  static func hasHappened(_ document: String) -> Bool {
    guard let document = try? JSONText(reading: document) else { return false }
    return document["result"] != nil || document["event"] != nil
  }
}
