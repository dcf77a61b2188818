import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusValues

/// Judges actions with a session's figures around them.
struct SessionJudge: ~Copyable {
  private var evaluator: Evaluator
  private var input = ActionInput()

  /// Readies a judge; figures that are not certain are left out, so that tests of them are unknown.
  ///
  /// - Throws: `DecisionError` when the surroundings cannot be read.
  init(
    _ program: Program, _ reading: SessionReading, history: Kept<[InstructionRecord]>,
    at time: Instant, project: String?
  ) throws(DecisionError) {
    evaluator = Evaluator(program)
    evaluator.history = reading.history
    var json = JSONWriter()
    json.beginObject()
    json.key("at")
    json.string(time.description)
    if let project {
      json.key("project")
      json.string(project)
    }
    reading.writeFigures(to: &json)
    json.key("facts")
    json.beginObject()
    reading.writeFacts(to: &json, history: history)
    json.endObject()
    json.endObject()
    try input.readSurroundings(json.bytes.span)
  }

  /// The decision on a native action.
  ///
  /// - Throws: `DecisionError` when it cannot be judged.
  mutating func judge(_ action: [UInt8]) throws(DecisionError) -> Decision {
    try input.readNative(action.span)
    let outcome = evaluator.evaluate(input)
    let decision = evaluator.report(outcome, of: input)
    if let error = decision.error { throw error }
    return decision
  }

  /// Every clause considered for the action that was judged last.
  mutating func explanations() -> [RuleExplanation] { evaluator.explain(input) }

  /// The pressures, by the thresholds that bear the name; they depend on no action.
  ///
  /// - Throws: `DecisionError` when they cannot be had.
  mutating func pressures() throws(DecisionError) -> [SessionPressure] {
    SessionPressure.all(of: try judge(Array(#"{"tool":"tractatus session"}"#.utf8)))
  }
}

/// One threshold called `pressure`, as it stands.
struct SessionPressure {
  var name: String
  var score: Decimal
  /// nil when it is unmeasured.
  var level: String?
  /// Why it is unmeasured.
  var unmeasured: String?
  var factors: [NamedValue]
  /// The verdict of its level, for whatever is done.
  var verdict: Verdict
  /// What its level says to do; nil when it says nothing.
  var recommendation: String?

  /// How a command ends that found this.
  var status: ExitStatus {
    switch level {
    case nil: .error
    case "high": .fail
    case "critical": .error
    case "dangerous": .dangerous
    default:
      switch verdict {
      case .allow, .warn: .pass
      case .ask: .error
      case .deny: .dangerous
      }
    }
  }

  /// Whether the session is to be handed over.
  var needsHandoff: Bool { level != nil && status >= .error }

  static func all(of decision: Decision) -> [SessionPressure] {
    decision.thresholds.filter { $0.name == "pressure" || $0.name.hasSuffix(".pressure") }
      .map { threshold in
        let fired = decision.fired.first { $0.kind == "threshold" && $0.rule == threshold.name }
        return SessionPressure(
          name: threshold.name, score: threshold.score,
          level: threshold.unmeasured == nil ? threshold.level ?? "normal" : nil,
          unmeasured: threshold.unmeasured, factors: threshold.factors,
          verdict: fired?.verdict ?? .allow, recommendation: fired?.reason)
      }
  }

  /// The worst of several: the highest status, then the highest score.
  static func worst(_ all: [SessionPressure]) -> SessionPressure? {
    all.max { ($0.status, $0.score) < ($1.status, $1.score) }
  }
}
