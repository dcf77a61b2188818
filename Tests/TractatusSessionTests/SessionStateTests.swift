import Testing
import TractatusJSON
import TractatusValues

@testable import TractatusSession

/// A monitor as the packs declare it.
let monitor = SessionMonitor(
  components: ["BoundaryEnforcer", "ContextPressureMonitor"].map {
    .init(name: $0, limits: .init(messages: 20, tokens: 30_000))
  },
  checkpoints: [25, 50, 75].compactMap { Decimal(raw: Int128($0) * Decimal.scale / 100) },
  tokenBudget: 200_000, report: .init(messages: 20, tokens: 40_000))

/// A time; the text must be one.
func time(_ text: String) throws -> Instant {
  let instant = Instant(Array(text.utf8).span)
  return try #require(instant)
}

@Suite("a session's state")
struct SessionStateTests {
  let start: Instant
  var state: SessionState

  init() throws {
    start = try time("2026-11-21T10:00:00Z")
    state = SessionState(sessionID: "2026-11-21-001", startedAt: start, monitor: monitor)
  }

  @Test("sessions of a day are counted, and the count begins again each day")
  func names() throws {
    #expect(SessionState.nextID(after: nil, at: start) == "2026-11-21-001")
    #expect(SessionState.nextID(after: "2026-11-21-001", at: start) == "2026-11-21-002")
    #expect(SessionState.nextID(after: "2026-11-21-999", at: start) == "2026-11-21-1000")
    #expect(SessionState.nextID(after: "2026-11-20-017", at: start) == "2026-11-21-001")
    #expect(SessionState.nextID(after: "2026-11-21-x", at: start) == "2026-11-21-001")
  }

  @Test("the counters never fall")
  mutating func countersRise() {
    state.recordTokens(total: 5_000, at: nil)
    state.recordTokens(total: 4_000, at: nil)
    #expect(state.tokenEstimate == 5_000)
    state.recordTokens(adding: -1, at: nil)
    state.recordTokens(adding: .max, at: nil)
    #expect(state.tokenEstimate == SessionLimits.count)
    state.recordCompaction(at: nil)
    #expect(state.tokenEstimate == SessionLimits.count && state.compactionCount == 1)
  }

  @Test("a component's use is fresh up to the limit, and stale past it")
  mutating func staleness() {
    let component = monitor.components[0]
    #expect(state.condition(of: component) == .neverUsed)
    state.recordUse(of: component.name, at: start)
    for _ in 0..<20 { state.recordMessage(at: nil) }
    #expect(state.condition(of: component) == .fresh)
    state.recordMessage(at: nil)
    #expect(state.condition(of: component) == .stale(messages: 21, tokens: 0))
    state.recordUse(of: component.name, at: start)
    state.recordTokens(adding: 30_000, at: nil)
    #expect(state.condition(of: component) == .fresh)
    state.recordTokens(adding: 1, at: nil)
    #expect(state.condition(of: component) == .stale(messages: 0, tokens: 30_001))
  }

  @Test("an error is recent for as many messages as a use is fresh")
  mutating func errors() {
    state.recordError(at: start)
    for _ in 0..<20 { state.recordMessage(at: nil) }
    #expect(state.recentErrorCount == 1)
    state.recordMessage(at: nil)
    #expect(state.recentErrorCount == 0)
    for _ in 0..<100 { state.recordError(at: nil) }
    #expect(state.recentErrorCount == SessionLimits.errors)
  }

  @Test("the status is due after as much as the policy says")
  mutating func statusRhythm() {
    for _ in 0..<19 { state.recordMessage(at: nil) }
    #expect(!state.isStatusDue(every: monitor.report))
    state.recordMessage(at: nil)
    #expect(state.isStatusDue(every: monitor.report))
    state.recordStatus(at: start)
    #expect(!state.isStatusDue(every: monitor.report))
    state.recordTokens(adding: 40_000, at: nil)
    #expect(state.isStatusDue(every: monitor.report))
    #expect(!state.isStatusDue(every: .init()))
  }

  @Test("the trend is that of the last three pressures")
  mutating func trend() throws {
    func measure(_ scores: Int128...) {
      for score in scores {
        state.recordPressure(
          score: Decimal(raw: score * Decimal.scale / 100) ?? .one, level: "normal", at: nil)
      }
    }
    #expect(state.pressureTrend == nil)
    measure(10)
    #expect(state.pressureTrend == nil)
    measure(20, 30)
    #expect(state.pressureTrend == .escalating)
    measure(30)
    #expect(state.pressureTrend == .stable)
    measure(20, 10)
    #expect(state.pressureTrend == .improving)
    #expect(state.use(of: SessionState.pressureComponent)?.result == "normal")
  }

  @Test("the same alert is raised once")
  mutating func alerts() {
    for number in 0..<200 {
      state.raise(.high, "alert \(number)", at: nil)
      state.raise(.high, "alert \(number)", at: nil)
    }
    #expect(state.alerts.count == SessionLimits.alerts && state.alerts.last?.text == "alert 199")
    state.clearAlerts(at: nil)
    #expect(state.alerts.isEmpty)
  }

  @Test("what is written is read as it was")
  mutating func roundTrip() throws {
    state.clientSession = "5e2\u{1F600}\"\n"
    state.recordMessage(at: try time("2026-11-21T10:00:00.25Z"))
    state.recordTokens(adding: 812, at: nil)
    state.recordUse(of: "ZetaVerifier", at: start, result: "ok")
    state.recordUse(of: "BoundaryEnforcer", at: nil)
    state.recordError(at: start)
    state.recordTasks(3, at: start)
    state.recordInstructions(7, at: start)
    state.recordPressure(score: .one, level: "dangerous", at: start)
    state.raise(.critical, "a checkpoint is overdue", at: start)
    state.recordStatus(at: start)
    state.recordHandoff(at: start)
    state.recordDoubt("`session-state.json` is empty", at: start)
    #expect(state.activity.map(\.component) == state.activity.map(\.component).sorted())
    let sealed = SealedDocument.seal(state.json)
    let tape = try SealedDocument.open(sealed, "s")
    #expect(try SessionState(tape, file: "s") == state)
  }

  @Test(
    "a state that nobody wrote so is refused",
    arguments: [
      "[]", "{}", "{\"version\":2}", "{\"version\":1,\"session_id\":7}",
      """
      {"version":1,"session_id":"x","message_count":-1,"token_estimate":0,"task_count":0,
      "compaction_count":0,"instruction_count":0}
      """,
      """
      {"version":1,"session_id":"x","message_count":0.5,"token_estimate":0,"task_count":0,
      "compaction_count":0,"instruction_count":0}
      """,
      """
      {"version":1,"session_id":"x","message_count":0,"token_estimate":0,"task_count":0,
      "compaction_count":0,"instruction_count":0,"extra":1}
      """,
    ])
  func schema(_ text: String) throws {
    let tape = try SealedDocument.tape(Array(text.utf8), "s")
    #expect(throws: StateProblem.self) { try SessionState(tape, file: "s") }
  }
}

@Suite("a session's token checkpoints")
struct TokenCheckpointTests {
  @Test("a checkpoint is passed at its limit, overdue until the pressure is checked")
  func course() throws {
    var checkpoints = try #require(TokenCheckpoints(monitor))
    #expect(checkpoints.checkpoints.map(\.tokens) == [50_000, 100_000, 150_000])
    #expect(checkpoints.overdue(at: 49_999) == nil)
    #expect(checkpoints.next(after: 49_999)?.tokens == 50_000)
    #expect(checkpoints.overdue(at: 50_000)?.tokens == 50_000)
    checkpoints.complete(passedAt: 50_000, at: try time("2026-11-21T10:00:00Z"))
    #expect(checkpoints.overdue(at: 99_999) == nil)
    #expect(checkpoints.overdue(at: 160_000)?.tokens == 100_000)
    checkpoints.complete(passedAt: 160_000, at: nil)
    #expect(checkpoints.overdue(at: 1_000_000) == nil)
    #expect(checkpoints.next(after: 160_000) == nil)
    let tape = try SealedDocument.open(SealedDocument.seal(checkpoints.json(at: 9)), "c")
    #expect(try TokenCheckpoints(tape, file: "c") == checkpoints)
  }

  @Test("without a budget or shares there are none")
  func none() {
    #expect(TokenCheckpoints(SessionMonitor()) == nil)
    #expect(TokenCheckpoints(SessionMonitor(tokenBudget: 5)) == nil)
  }
}
