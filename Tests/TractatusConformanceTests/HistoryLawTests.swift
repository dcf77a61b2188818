import Testing
import TractatusEngine
import TractatusValues

@testable import TractatusConformanceSupport

/// What a session keeps tells a decision as much as all earlier actions together.
@Suite("The law of histories")
struct HistoryLawTests {
  @Test(
    "the table with a session's state decides as the naive evaluator with all earlier actions",
    arguments: LawSettings.cases(LawSettings.runs / 3))
  func stateIsHistory(place: Int) {
    for seed in LawSettings.seeds(of: place) {
      let policy = PolicyGenerator.policy(seed: seed &+ 5_000_000, .histories)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty else { continue }
      var run = HistoryRun(subject, ActionGenerator(policy, seed: seed), seed: seed)
      for _ in 0..<LawSettings.actions {
        guard let difference = run.step() else { continue }
        let text = policy.sources.map(\.text).joined(separator: "\n")
        Issue.record("seed \(seed): \(difference)\n\(text)")
        return
      }
    }
  }

  @Test("most generated policies ask what came before, and find it")
  func generatedHistoriesMatter() {
    var counts = (policies: 0, known: 0, unknown: 0, happened: 0)
    for index in 0..<40 {
      let seed = UInt64(index) &+ 5_500_000
      let policy = PolicyGenerator.policy(seed: seed, .histories)
      let subject = Subject(policy.sources)
      guard subject.errors.isEmpty, subject.program?.sections.histories.isEmpty == false else {
        continue
      }
      counts.policies += 1
      var run = HistoryRun(subject, ActionGenerator(policy, seed: seed), seed: seed)
      for _ in 0..<20 { _ = run.step() }
      if run.session.queries.values.contains(where: { !$0.buckets.isEmpty }) { counts.known += 1 }
      if run.unknownCount > 0 { counts.unknown += 1 }
      if run.happenedCount > 0 { counts.happened += 1 }
    }
    #expect(counts.policies > 20)
    #expect(counts.known > 10)
    #expect(counts.unknown > 3)
    #expect(counts.happened > 3)
  }
}

/// A session of actions made at random, by both evaluators.
struct HistoryRun {
  private let subject: Subject
  private var actions: ActionGenerator
  private var random: SplitMix64
  /// What the session keeps.
  private(set) var session = ActionHistory()
  private var earlier: [NaiveEarlier] = []
  /// Actions that were asked about, by the places in `earlier`.
  private var asked: [(place: Int, id: String)] = []
  /// Decisions in which what came before was not known.
  private(set) var unknownCount = 0
  /// Results and events that some query is about.
  private(set) var happenedCount = 0

  init(_ subject: Subject, _ actions: ActionGenerator, seed: UInt64) {
    self.subject = subject
    self.actions = actions
    random = SplitMix64(seed: seed)
  }

  /// Decides one action, and lets it go ahead or not; what differs between the evaluators, if
  /// anything does.
  mutating func step() -> String? {
    let document = actions.action().written
    let isLost = random.chance(1, in: 30)
    let naive = subject.naive.decide(document, after: isLost ? nil : earlier).compared
    let known = isLost ? KnownHistory.unknown : .session(session)
    guard let (decision, update) = subject.tableDecision(document, after: known) else {
      return "no program"
    }
    if decision.unknown.contains(where: { $0.cause.hasPrefix("not every earlier") }) {
      unknownCount += 1
    }
    let table = decision.compared
    let isSame = naive.json.written.utf8.elementsEqual(table.json.written.utf8)
    guard naive == table, isSame else {
      return "\(document)\n\(LawTests.difference(naive, table))\n\(session)"
    }
    if isLost || decision.error != nil { return nil }
    goOn(document, decision.verdict, update)
    if let last = asked.last, random.chance(1, in: 3) {
      asked.removeLast()
      session.confirm(last.id)
      earlier[last.place].isCertain = true
    }
    return nil
  }

  private mutating func goOn(_ document: String, _ verdict: Verdict, _ update: HistoryUpdate) {
    let hasHappened = CaseSession.hasHappened(document)
    // An action that was denied may come before all the same, now and then: what another program
    // allowed. Else policies that deny much would keep nothing.
    if verdict == .deny, !hasHappened, random.chance(1, in: 2) { return }
    guard var action = subject.naive.earlier(document, after: earlier) else { return }
    if hasHappened, !update.feeds.isEmpty { happenedCount += 1 }
    if !hasHappened, verdict == .ask || random.chance(1, in: 8) {
      let id = "call \(earlier.count)"
      session.record(update, as: .asked(id: id))
      action.isCertain = false
      asked.append((earlier.count, id))
    } else {
      session.record(update, as: .happened)
    }
    earlier.append(action)
  }
}
