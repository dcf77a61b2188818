import TractatusAdapters
import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// What a hook keeps of the session: messages, tokens, errors and uses, with the `session` commands
/// for all that the policy has a say in.
struct HookSession {
  /// How long an event waits for other processes, in milliseconds: less than a hook's own time.
  private static let waitingMilliseconds = 1_000
  /// Bytes of text that are taken for a token, as clients do not say how many there were.
  private static let bytesPerToken = 4

  /// The state folder.
  let folder: String
  let project: String
  let rules: [String]
  private let store: SessionStore
  let now: Instant?
  private let console: Console

  init(
    folder: String, project: String, rules: [String], at now: Instant?, _ console: Console
  ) {
    self.folder = folder
    self.project = project
    self.rules = rules
    self.now = now
    self.console = console
    store = SessionStore(folder, waitingMilliseconds: Self.waitingMilliseconds)
  }

  // MARK: Deciding

  /// What the session says now, and the instructions that were stored.
  func read() -> SessionSnapshot { store.snapshot() }

  /// What a judged action changes.
  struct Change {
    var verdict: Verdict
    var update: HistoryUpdate
    /// How the action goes on; nil where it does not.
    var course: HistoryUpdate.Course?

    func apply(to state: inout SessionState, at now: Instant?) {
      state.recordDecision(verdict, at: now)
      if let course { state.history.record(update, as: course) }
    }
  }

  /// Records that an action was judged.
  ///
  /// Nothing is allowed by it at once: the figures of the next action have it. A record that
  /// cannot be made leaves the services less used than they are, which only restricts.
  func recordDecision(_ change: Change) {
    let now = now
    try? store.updateExisting(at: now) { state in change.apply(to: &state, at: now) }
  }

  /// Judges an action by what came before, and records it before any other process judges: one that
  /// was not recorded would not have come before a later one.
  ///
  /// - Throws: T0740 when the state cannot be had or written.
  func judge(_ decide: (SessionReading) -> Change?) throws(HookFailure) {
    let now = now
    do throws(StateProblem) {
      try store.judge(at: now) { reading in
        guard let change = decide(reading) else { return nil }
        return { state in change.apply(to: &state, at: now) }
      }
    } catch {
      throw HookFailure(.unusableState, error.message)
    }
  }

  // MARK: Recording

  /// Records that something happened which is no call.
  ///
  /// - Throws: T0740 when the state cannot be had or written.
  func record(_ update: HistoryUpdate) throws(HookFailure) {
    do throws(StateProblem) {
      try store.updateExisting(at: now) { state in state.history.record(update, as: .happened) }
    } catch {
      throw HookFailure(.unusableState, error.message)
    }
  }

  /// Records an event, and gives what the model is told of it.
  ///
  /// A program image holds no monitors and classifies nothing: with one there is no session.
  /// - Parameter isHeldBack: whether a prompt does not reach the model; nothing of it is stored.
  /// - Throws: T0740 when the state cannot be had or written.
  func record(
    _ event: ClaudeCodeEvent, _ tape: borrowing JSONTape, isHeldBack: Bool
  ) throws(HookFailure) -> String? {
    if rules.contains(where: { $0.hasSuffix(PolicySource.imageSuffix) }) { return nil }
    if case .sessionStart(let source) = event.kind {
      return try start(continues: source != nil && source != "startup" && source != "clear", event)
    }
    // INVARIANT: only a session's start makes a clean state. One that is missing in mid-session was
    // taken away, or nobody saw the start: more may have happened than it would say.
    let (kind, now, tokens) = (event.kind, now, Self.tokens(of: tape))
    let state: SessionState
    let call = event.toolUse
    do throws(StateProblem) {
      state = try store.update(at: now) { state, _ in
        state.recordTokens(adding: tokens, at: now)
        switch kind {
        case .userPromptSubmit, .stop: state.recordMessage(at: now)
        case .postToolUse: if let call { state.history.confirm(call) }
        case .postToolUseFailure:
          state.recordError(at: now)
          // It went ahead, whatever came of it.
          if let call { state.history.confirm(call) }
        case .preCompact: state.recordCompaction(at: now)
        default: break
        }
      }.state
    } catch {
      throw HookFailure(.unusableState, error.message)
    }
    switch kind {
    case .userPromptSubmit(let prompt?):
      return isHeldBack ? nil : try remember(prompt, state)
    case .preCompact: _ = session(["pressure"])
    case .stop where store.read().isOverdue == true: _ = session(["pressure"])
    case .sessionEnd:
      // From critical up the measurement itself writes the handoff.
      if session(["pressure"]).status == .fail { _ = session(["handoff"]) }
    default: break
    }
    return nil
  }

  /// Stores what a prompt asks for, sentence by sentence, and tells the model; and how the session
  /// stands, where that is due.
  private func remember(
    _ prompt: String, _ state: SessionState
  ) throws(HookFailure) -> String? {
    let told: [String]
    let isStatusDue: Bool
    do throws(RuleProblem) {
      let reading = try PromptReading(rules: rules)
      isStatusDue = state.isStatusDue(every: reading.rhythm)
      told = try reading.remember(prompt, in: store, at: now)
    } catch {
      throw HookFailure(error.code, error.message)
    }
    var text = told.joined(separator: "\n")
    if isStatusDue {
      let status = session(["status"]).output
      text += text.isEmpty || status.isEmpty ? status : "\n" + status
    }
    return text.isEmpty ? nil : text
  }

  /// Begins the session or goes on with it, and tells the model how it stands.
  private func start(
    continues: Bool, _ event: ClaudeCodeEvent
  ) throws(HookFailure) -> String {
    let text = try begin(continues: continues)
    if let name = event.session {
      _ = try? store.update(at: now) { state, _ in state.clientSession = name }
    }
    return "Tractatus governs this session: every tool call is judged before it runs.\n" + text
  }

  /// Begins the session or goes on with it, and gives its report.
  private func begin(continues: Bool) throws(HookFailure) -> String {
    let result = session(continues ? ["init", "--continue"] : ["init"])
    if result.output.isEmpty {
      throw HookFailure(.unusableState, result.errors)
    }
    return result.output
  }

  /// Runs a `session` command on the state folder with the hook's rules.
  private func session(
    _ words: [String]
  ) -> (status: ExitStatus, output: String, errors: String) {
    let output = ByteSink()
    let errors = ByteSink()
    let inner = Console(
      output: output, errors: errors, environment: { [console] in console.environment($0) },
      folder: { [project] in project }, build: { [console] in console.buildIdentity })
    let options = ["--state", folder] + rules.flatMap { ["--rules", $0] }
    let status = CLI.run(["session"] + words + options, console: inner)
    let line = errors.text.split(separator: "\n").first.map(String.init) ?? "no session"
    return (ExitStatus(rawValue: status) ?? .error, output.text, line)
  }

  /// About how many tokens the texts of an event have.
  private static func tokens(of tape: borrowing JSONTape) -> Int {
    var bytes = 0
    for key in [
      "prompt", "tool_input", "tool_response", "error", "last_assistant_message",
    ] as [StaticString] {
      if let node = tape.member(.root, key) { bytes += tape.content(node).count }
    }
    return bytes / bytesPerToken
  }
}
