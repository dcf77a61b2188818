import TractatusAdapters
import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// One event of Claude Code: read, decided, and answered in the client's own form.
///
/// INVARIANT: a tool call goes on only after a whole answer. Whatever fails before that ends with
/// status 2 and one line, which is the one status that the client takes for "no".
struct HookRun {
  private let settings: HookSettings
  private let console: Console
  private var input = ActionInput()
  /// Whether the event only tells what happened, so that a failure holds nothing back.
  private var isRecording = false
  /// The instructions by which a call is decided; nil where none are stored.
  private var instructions: InstructionFile?

  /// Answers the event on standard input.
  static func run(_ arguments: Arguments, _ console: Console) throws(UsageError) -> ExitStatus {
    let settings = try HookSettings(arguments, console)
    var run = HookRun(settings: settings, console: console)
    do throws(HookFailure) {
      try run.start(ending: settings.isShadow ? .watching : .closed)
      let answer = try run.answer()
      return run.hand(over: answer)
    } catch {
      console.complain(error.reason, code: error.code)
      return settings.isShadow ? .pass : run.isRecording ? .fail : .error
    }
  }

  private init(settings: HookSettings, console: Console) {
    self.settings = settings
    self.console = console
  }

  private func start(ending: TimeBudget.Ending) throws(HookFailure) {
    guard console.start(TimeBudget(milliseconds: settings.budget, ending: ending)) else {
      throw HookFailure(.hookOutOfTime, "there is no timer to decide by")
    }
  }

  /// Writes the whole answer at once.
  private func hand(over answer: [UInt8]) -> ExitStatus {
    guard !answer.isEmpty else { return .pass }
    console.output.write(answer + [UInt8(ascii: "\n")])
    console.output.flush()
    guard let failure = console.output.failure else { return .pass }
    // Every other failure is said where the program ends.
    if failure == .closedPipe {
      console.complain(
        "the answer cannot be written: \(failure.writingFailure)",
        code: DiagnosticCode.undeliveredAnswer.identifier)
    }
    return .error
  }

  // MARK: Events

  /// The answer to the event; empty for none.
  private mutating func answer() throws(HookFailure) -> [UInt8] {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try console.input.readAll(limit: JSONTape.byteLimit)
    } catch {
      let isTooLarge = error == .tooLarge(limit: JSONTape.byteLimit)
      throw HookFailure(
        isTooLarge ? .documentTooLarge : .unreadableAction, "the event \(error.explanation)")
    }
    let event: ClaudeCodeEvent
    do throws(DecisionError) {
      try ActionInput.parse(bytes.span, into: &input.call, as: "the event")
      event = try ClaudeCodeEvent(input.call)
    } catch {
      throw HookFailure(error)
    }
    switch event.kind {
    case .preToolUse: return try decide(event)
    case .other: return []
    default: return try tell(event)
    }
  }

  /// The answer to an event that tells what happened.
  private mutating func tell(_ event: ClaudeCodeEvent) throws(HookFailure) -> [UInt8] {
    isRecording = true
    if !settings.isShadow { try start(ending: .unrecorded) }
    let project = try project()
    let roots = try HookRules.roots(settings.rules, project: project)
    let session = session(of: project, roots, at: WallClock.now())
    // What was held back is not stored, and what happened is recorded whatever the rules say.
    var occasion = HookOccasion(event)
    var failure: HookFailure?
    do throws(HookFailure) {
      let snapshot = session.read()
      let instructions = try instructions(of: snapshot, in: session)
      let program = try program(of: roots, instructions)
      if program.mapsOccasions,
        let members = try occasion.judge(
          input.call, by: program, with: instructions, snapshot, in: session,
          isShadow: settings.isShadow)
      {
        try keep(members, instructions, in: project)
      }
    } catch {
      failure = error
    }
    let isHeldBack = !settings.isShadow && occasion.isHeldBack
    let told = try session.record(event, input.call, isHeldBack: isHeldBack)
    if let failure { throw failure }
    return settings.isShadow ? HookOccasion(event).answer(told) : occasion.answer(told)
  }

  private func session(of project: String, _ roots: [String], at now: Instant?) -> HookSession {
    HookSession(
      folder: settings.stateFolder(of: project), project: project, rules: roots, at: now, console)
  }

  // MARK: Deciding

  /// Decides a call, writes the decision down, and gives the answer.
  private mutating func decide(_ event: ClaudeCodeEvent) throws(HookFailure) -> [UInt8] {
    let project = try project()
    let roots = try HookRules.roots(settings.rules, project: project)
    let session = session(of: project, roots, at: WallClock.now())
    var snapshot = session.read()
    instructions = try instructions(of: snapshot, in: session)
    var evaluator = Evaluator(try program(of: roots, instructions))
    var record = DecisionRecord(
      client: "claude-code", session: event.session, call: event.toolUse, agent: event.agent,
      isShadow: settings.isShadow, rules: roots, instructions: instructions?.digest,
      decision: Decision())
    let judged: Judged
    if evaluator.asksForHistory {
      var found: Judged?
      try session.judge { reading in
        snapshot.session = reading
        found = judge(event, snapshot, session, by: &evaluator, &record)
        return found?.change
      }
      guard let found else { throw HookFailure(.unusableState, "the session was not read") }
      judged = found
    } else {
      judged = judge(event, snapshot, session, by: &evaluator, &record)
      if let change = judged.change { session.recordDecision(change) }
    }
    if let failure = judged.failure { throw failure }
    if settings.isShadow { return [] }
    return ClaudeCodeReply.preToolUse(record.decision, correctedParameters: judged.corrected)
  }

  /// What came of judging a call.
  private struct Judged {
    var failure: HookFailure?
    /// What it changes in the session.
    var change: HookSession.Change?
    /// The whole input in place of the given one.
    var corrected: [UInt8]?
  }

  /// Judges the call by what a session says, and writes the decision down.
  private mutating func judge(
    _ event: ClaudeCodeEvent, _ snapshot: SessionSnapshot, _ session: HookSession,
    by evaluator: inout Evaluator, _ record: inout DecisionRecord
  ) -> Judged {
    var judged = Judged()
    let project = session.project
    do throws(DecisionError) {
      try readCall()
      let paths = evaluator.pathParameters(of: input)
      let surroundings = HookSurroundings(
        project: project, time: session.now,
        resolved: Self.resolved(paths, folder: event.folder, project: project))
      try input.readSurroundings(surroundings.document(with: snapshot).span)
      evaluator.history = snapshot.session.history
      let outcome = evaluator.evaluate(input)
      judged.corrected = outcome.isCorrected ? evaluator.correctedParameters : nil
      record.decision = evaluator.report(outcome, of: input)
      record.history = evaluator.historyCounts(of: input)
      if let error = record.decision.error { throw error }
    } catch {
      record.decision.error = error
      judged.failure = HookFailure(error)
    }
    do throws(HookFailure) {
      let hasCall = input.fields.tool != nil
      try keep(record.members(of: input, hasCall: hasCall), instructions, in: project)
    } catch {
      judged.failure = error
    }
    if judged.failure == nil {
      let verdict = record.decision.verdict
      judged.change = HookSession.Change(
        verdict: verdict, update: evaluator.historyUpdate(of: input),
        course: course(of: verdict, event))
    }
    return judged
  }

  /// How a call goes on after a verdict; nil where it does not.
  private func course(of verdict: Verdict, _ event: ClaudeCodeEvent) -> HistoryUpdate.Course? {
    if settings.isShadow { return .happened }
    switch verdict {
    case .allow, .warn: return .happened
    case .ask: return .asked(id: event.toolUse)
    case .deny: return nil
    }
  }

  /// Puts a decision into the log, and the instructions by which it was made beside it.
  private func keep(
    _ members: [UInt8], _ instructions: InstructionFile?, in project: String
  ) throws(HookFailure) {
    let state = settings.stateFolder(of: project)
    let log = DecisionLog(path: settings.log ?? state + "/" + DecisionLog.fileName)
    if settings.log == nil { FileWriter.makeFolder(state) }
    do throws(SystemError) {
      if let instructions { try log.keep(instructions) }
      try log.append(members)
    } catch {
      throw HookFailure(
        .unwritableLog, "the log `\(log.path)` cannot be written: \(error.writingFailure)")
    }
  }

  /// The project's root, without a `/` at its end.
  private func project() throws(HookFailure) -> String {
    guard var project = settings.project, project.hasPrefix("/") else {
      throw HookFailure(
        .unknownProject,
        "neither `CLAUDE_PROJECT_DIR` nor `--project` names the project's folder, absolute")
    }
    while project.utf8.count > 1, project.utf8.last == UInt8(ascii: "/") { project.removeLast() }
    return project
  }

  /// The instructions that were stored, of the generation before where the last cannot be read; nil
  /// for none.
  ///
  /// - Throws: T0720 when there is none to be trusted; then nothing is decided.
  private func instructions(
    of snapshot: SessionSnapshot, in session: HookSession
  ) throws(HookFailure) -> InstructionFile? {
    guard let records = snapshot.instructions.value else {
      throw HookFailure(
        .unreadableHistory,
        snapshot.instructions.problem?.message ?? "the instruction history cannot be read")
    }
    return InstructionFile(records, in: session.folder)
  }

  /// The program of the rules and of the instructions that were stored.
  private func program(
    of roots: [String], _ instructions: InstructionFile?
  ) throws(HookFailure) -> Program {
    // What is wrong with the rules is said in one line, not in the many that a person reads.
    let quiet = Console()
    do throws(PolicyFailure) {
      return try PolicySource.program(
        roots, instructions: instructions.map { .read($0) }, style: settings.style,
        cache: settings.cache, quiet)
    } catch {
      throw HookFailure(error.code, error.reason)
    }
  }

  /// Makes the call of the event the one that `input` holds.
  private mutating func readCall() throws(DecisionError) {
    let reading = try Adapter.calls(of: input.call, as: Adapter.named("claude-code"))
    guard case .calls(let calls) = reading.document, let call = calls.first else {
      throw DecisionError(code: "T0702", reason: "the event holds no call")
    }
    try call.select(in: &input)
  }

  /// The paths of parameters as their links lead, by name, where that is another path.
  ///
  /// A project that is itself reached by a link stays where it is: what lies in it by its real name
  /// lies in it by the given one.
  private static func resolved(
    _ paths: [PathParameter], folder: String?, project: String
  ) -> [NamedPath] {
    guard !paths.isEmpty else { return [] }
    let root = LinkResolution.resolve(project) ?? project
    return paths.compactMap { parameter in
      var path = parameter.path
      if !path.hasPrefix("/") {
        guard let folder, folder.hasPrefix("/"), !path.hasPrefix("~") else { return nil }
        path = folder + "/" + path
      }
      guard var resolved = LinkResolution.resolve(path) else { return nil }
      if resolved == root {
        resolved = project
      } else if root != project, resolved.hasPrefix(root + "/") {
        resolved = project + resolved.dropFirst(root.count)
      }
      return resolved == parameter.path ? nil : NamedPath(name: parameter.name, path: resolved)
    }
  }
}
