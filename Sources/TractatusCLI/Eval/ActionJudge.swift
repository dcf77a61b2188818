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
      case .passes(let reason):
        var decision = Decision()
        decision.reason = reason
        decision.policy = evaluator.program.identity
        answer(decision)
      case .calls(let calls):
        for call in calls { judge(call) }
      }
    } catch {
      answer(error)
    }
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
    if settings.session != nil {
      // What the session does not say for certain is unknown, whatever the action says.
      input.fields.session = nil
      input.fields.components = nil
    }
    if evaluator.asksForHistory {
      evaluator.history = settings.session?.history ?? streamed.map { .session($0) } ?? .unknown
    }
    let outcome = evaluator.evaluate(input)
    if outcome.isError { return answer(evaluator.report(outcome, of: input)) }
    if let session = settings.session {
      do throws(StateProblem) {
        try session.record(
          outcome.verdict, of: input,
          outcome.verdict == .deny ? nil : evaluator.historyUpdate(of: input))
      } catch {
        return answer(
          DecisionError(code: DiagnosticCode.unusableState.identifier, reason: error.message))
      }
      surroundingsAreClaudeCodes = nil
    }
    if streamed != nil, outcome.verdict != .deny {
      let course: HistoryUpdate.Course = outcome.verdict == .ask ? .asked(id: nil) : .happened
      streamed?.record(evaluator.historyUpdate(of: input), as: course)
    }
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
    let document = settings.surroundings.document(
      isClaudeCode: isClaudeCode, session: settings.session)
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
