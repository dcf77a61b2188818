import TractatusAdapters
import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// Judges documents one after the other and collects the answers. One a thread.
struct ActionJudge: ~Copyable {
  private let settings: EvalSettings
  /// Whether a document of a native action's fields alone can only be one.
  private let takesPlain: Bool
  /// Whether some action type is made of results or events.
  private let mapsOccasions: Bool
  private var evaluator: Evaluator
  private var input = ActionInput()
  private var reports = ReportMemory()
  /// For which clients `input` holds the surroundings; nil before the first.
  private var surroundingsAreClaudeCodes: Bool?
  /// What the lines of a stream did so far, where rules ask what came before and no session says.
  private var streamed: ActionHistory?
  /// Of which client the document is whose calls are judged.
  private var lastClientIsClaudeCode: Bool?

  /// The highest status of the answers so far.
  private(set) var status = ExitStatus.pass
  /// The answers that nobody has taken yet.
  private(set) var output: [UInt8] = []
  /// Why documents could not be judged, of those answers.
  private(set) var errors: [DecisionError] = []

  init(_ settings: EvalSettings, _ program: Program) {
    self.settings = settings
    takesPlain = settings.adapter.map { $0.name == "native" } ?? true
    mapsOccasions = program.mapsOccasions
    evaluator = Evaluator(program)
    if settings.isStream, settings.session == nil, evaluator.asksForHistory {
      streamed = ActionHistory()
    }
  }

  /// Forgets the answers, and keeps their storage.
  mutating func clear() {
    output.removeAll(keepingCapacity: true)
    errors.removeAll(keepingCapacity: true)
  }

  // MARK: Judging

  /// Judges every line of a block of them.
  mutating func judge(linesOf block: [UInt8]) {
    var cursor = LineCursor()
    while let line = cursor.next(in: block) {
      if line.count > JSONTape.byteLimit {
        answer(unreadable: .tooLarge(limit: JSONTape.byteLimit), name: "the line")
      } else {
        judge(block.span.extracting(line))
      }
    }
  }

  /// Judges every call of one document.
  mutating func judge(_ document: Span<UInt8>) {
    do throws(DecisionError) {
      if takesPlain {
        if try Adapter.readPlain(document, into: &input) {
          try surround(isClaudeCode: false)
          return judgeCall()
        }
      } else {
        try ActionInput.parse(document, into: &input.call, as: "the action")
      }
      let reading = try Adapter.calls(of: input.call, as: settings.adapter)
      try surround(isClaudeCode: reading.adapter.name == "claude-code")
      switch reading.document {
      case .passes(let reason): pass(reason)
      case .occasion(let document, let reason):
        guard mapsOccasions else { return pass(reason) }
        try input.readNative(document.span)
        judgeCall()
      case .calls(let calls):
        for call in calls { judge(call) }
      }
    } catch {
      answer(error)
    }
  }

  /// Lets a document pass of which no rule speaks.
  private mutating func pass(_ reason: String) {
    var decision = Decision()
    decision.reason = reason
    decision.policy = evaluator.program.identity
    answer(decision)
  }

  private mutating func judge(_ call: ClientCall) {
    do throws(DecisionError) {
      // A call of the same document may have changed the session.
      if let isClaudeCode = lastClientIsClaudeCode { try surround(isClaudeCode: isClaudeCode) }
      try call.select(in: &input)
    } catch {
      answer(error)
      return
    }
    judgeCall()
  }

  /// Judges the call that `input` holds.
  private mutating func judgeCall() {
    if settings.surroundings.project != nil { input.fields.project = nil }
    guard let session = settings.session else {
      evaluator.history = streamed.map { .session($0) } ?? .unknown
      let outcome = evaluator.evaluate(input)
      if let course = course(of: outcome), streamed != nil {
        streamed?.record(evaluator.historyUpdate(of: input), as: course)
      }
      return answer(outcome)
    }
    // What the session does not say for certain is unknown, whatever the action says.
    input.fields.session = nil
    input.fields.components = nil
    judgeCall(in: session)
  }

  /// Judges the call by the session as it is under its lock, and the session has it when the answer
  /// goes out.
  private mutating func judgeCall(in session: EvalSession) {
    var judged: Result<Outcome, DecisionError>?
    do throws(StateProblem) {
      try session.judge(at: EvalSession.time(of: input)) { reading in
        do throws(DecisionError) {
          let outcome = try evaluate(reading)
          judged = .success(outcome)
          if outcome.isError { return nil }
          return (outcome.verdict, evaluator.historyUpdate(of: input), course(of: outcome))
        } catch {
          judged = .failure(error)
          return nil
        }
      }
    } catch {
      return answer(
        DecisionError(code: DiagnosticCode.unusableState.identifier, reason: error.message))
    }
    switch judged {
    case .success(let outcome): answer(outcome)
    case .failure(let error): answer(error)
    case nil: break
    }
  }

  /// Judges the call with a session's figures around it.
  private mutating func evaluate(_ reading: SessionReading) throws(DecisionError) -> Outcome {
    let document = settings.surroundings.document(
      isClaudeCode: lastClientIsClaudeCode ?? false, session: reading)
    try input.readSurroundings(document.span)
    // What was read holds the figures of this moment alone.
    surroundingsAreClaudeCodes = nil
    evaluator.history = reading.history
    return evaluator.evaluate(input)
  }

  /// How what was judged goes on; nil where it does not.
  private func course(of outcome: Outcome) -> HistoryUpdate.Course? {
    if outcome.isError { return nil }
    // A result and an event have happened, whatever is said of them.
    if input.fields.result != nil || input.fields.event != nil { return .happened }
    switch outcome.verdict {
    case .allow, .warn: return .happened
    case .ask: return .asked(id: nil)
    case .deny: return nil
    }
  }

  /// Answers with what came of a call.
  private mutating func answer(_ outcome: Outcome) {
    if outcome.isError { return answer(evaluator.report(outcome, of: input)) }
    if outcome.verdict.isBlocking { status = max(status, .fail) }
    if settings.isQuiet { return }
    guard settings.writesJSON, !settings.explains else {
      let decision = evaluator.report(outcome, of: input)
      return answer(decision, explanations: settings.explains ? evaluator.explain(input) : nil)
    }
    reports.write(outcome, of: input, by: &evaluator, to: &output)
    output.append(UInt8(ascii: "\n"))
  }

  /// Puts the command line's surroundings around the calls of a document.
  private mutating func surround(isClaudeCode: Bool) throws(DecisionError) {
    lastClientIsClaudeCode = isClaudeCode
    guard surroundingsAreClaudeCodes != isClaudeCode else { return }
    let document = settings.surroundings.document(isClaudeCode: isClaudeCode)
    try input.readSurroundings(document.span)
    surroundingsAreClaudeCodes = isClaudeCode
  }

  // MARK: Answers

  /// Answers for something that could not be read.
  mutating func answer(unreadable error: SystemError, name: String) {
    let code: DiagnosticCode
    if case .tooLarge = error { code = .documentTooLarge } else { code = .unreadableAction }
    answer(DecisionError(code: code.identifier, reason: "\(name) \(error.explanation)"))
  }

  private mutating func answer(_ error: DecisionError) {
    var decision = Decision()
    decision.verdict = .deny
    decision.error = error
    answer(decision)
  }

  private mutating func answer(_ decision: Decision, explanations: [RuleExplanation]? = nil) {
    if let error = decision.error {
      status = .error
      errors.append(error)
    } else if decision.verdict.isBlocking {
      status = max(status, .fail)
    }
    guard !settings.isQuiet else { return }
    if settings.writesJSON {
      var bytes = DecisionWriter.json(decision)
      if let explanations { ExplanationReport.splice(explanations, into: &bytes) }
      output.append(contentsOf: bytes)
      output.append(UInt8(ascii: "\n"))
    } else if decision.error == nil {
      output.append(contentsOf: DecisionText.render(decision, style: settings.style).utf8)
      if let explanations {
        output.append(
          contentsOf: ExplanationReport.text(explanations, style: settings.style).utf8)
      }
    }
  }
}
