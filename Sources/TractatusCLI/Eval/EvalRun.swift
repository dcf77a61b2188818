import TractatusAdapters
import TractatusEngine
import TractatusJSON
import TractatusSource

/// One run of `eval`: documents in, decisions out.
struct EvalRun: ~Copyable {
  private let settings: EvalSettings
  private let console: Console
  private var evaluator: Evaluator
  private var input = ActionInput()
  private var writer = DecisionWriter()
  private var status = ExitStatus.pass
  /// For which clients `input` holds the surroundings; nil before the first.
  private var surroundingsAreClaudeCodes: Bool?

  /// Loads the policy and judges everything that there is.
  static func run(_ settings: EvalSettings, _ console: Console) -> ExitStatus {
    let program: Program
    do throws(PolicyFailure) {
      program = try PolicySource.program(
        settings.rules, style: settings.style, cache: settings.cache, console)
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      if settings.writesJSON, !settings.isQuiet {
        console.output.write(DecisionWriter.json(error.decision))
        console.output.line()
      }
      return .error
    }
    var run = EvalRun(settings, console, program)
    if settings.isStream { run.judgeStream() } else { run.judgeOne() }
    return run.status
  }

  private init(_ settings: EvalSettings, _ console: Console, _ program: Program) {
    self.settings = settings
    self.console = console
    evaluator = Evaluator(program)
  }

  private mutating func judgeOne() {
    let bytes: [UInt8]
    do throws(SystemError) {
      let limit = JSONTape.byteLimit
      if let path = settings.path {
        bytes = try FileReader.read(path, limit: limit)
      } else {
        bytes = try console.input.readAll(limit: limit)
      }
    } catch {
      let name = settings.path.map { "`\($0)`" } ?? "standard input"
      answer(unreadable: error, name: name)
      return
    }
    judge(bytes)
  }

  private mutating func judgeStream() {
    var source = console.input
    if let path = settings.path {
      do throws(SystemError) {
        source = try ByteSource(path: path)
      } catch {
        answer(unreadable: error, name: "`\(path)`")
        return
      }
    }
    let output = console.output
    do throws(SystemError) {
      while let line = try source.nextLine(
        limit: JSONTape.byteLimit, beforeWaiting: { output.flush() })
      {
        switch line {
        case .bytes(let bytes): judge(bytes)
        case .tooLarge: answer(unreadable: .tooLarge(limit: JSONTape.byteLimit), name: "the line")
        }
        // A reader that is gone takes no more answers.
        if output.failure != nil { return }
      }
    } catch {
      answer(unreadable: error, name: "the stream")
    }
  }

  /// Judges every call of one document.
  private mutating func judge(_ bytes: [UInt8]) {
    do throws(DecisionError) {
      let reading = try Adapter.read(bytes.span, as: settings.adapter, into: &input)
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
      try call.select(in: &input)
    } catch {
      answer(error)
      return
    }
    if settings.surroundings.project != nil { input.fields.project = nil }
    if settings.isQuiet {
      let outcome = evaluator.evaluate(input)
      if outcome.isError {
        answer(evaluator.report(outcome, of: input))
      } else if outcome.verdict.isBlocking {
        status = max(status, .fail)
      }
      return
    }
    let decision = evaluator.decide(input)
    answer(decision, explanations: settings.explains ? evaluator.explain(input) : nil)
  }

  /// Puts the command line's surroundings around the calls of a document.
  private mutating func surround(isClaudeCode: Bool) throws(DecisionError) {
    guard surroundingsAreClaudeCodes != isClaudeCode else { return }
    let document = settings.surroundings.document(isClaudeCode: isClaudeCode)
    try input.readSurroundings(document.span)
    surroundingsAreClaudeCodes = isClaudeCode
  }

  // MARK: Answers

  private mutating func answer(_ error: DecisionError) {
    var decision = Decision()
    decision.verdict = .deny
    decision.error = error
    answer(decision)
  }

  private mutating func answer(unreadable error: SystemError, name: String) {
    let code: DiagnosticCode
    if case .tooLarge = error { code = .documentTooLarge } else { code = .unreadableAction }
    answer(DecisionError(code: code.identifier, reason: "\(name) \(error.explanation)"))
  }

  private mutating func answer(_ decision: Decision, explanations: [RuleExplanation]? = nil) {
    if let error = decision.error {
      status = .error
      if !settings.isStream { console.complain(error.reason, code: error.code) }
    } else if decision.verdict.isBlocking {
      status = max(status, .fail)
    }
    guard !settings.isQuiet else { return }
    if settings.writesJSON {
      writer.reset()
      writer.write(decision)
      var bytes = writer.bytes
      if let explanations { ExplanationReport.splice(explanations, into: &bytes) }
      console.output.write(bytes)
      console.output.line()
    } else if decision.error == nil {
      console.output.write(DecisionText.render(decision, style: settings.style))
      if let explanations {
        console.output.write(ExplanationReport.text(explanations, style: settings.style))
      }
    }
  }
}
