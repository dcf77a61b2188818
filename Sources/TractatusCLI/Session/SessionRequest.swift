import TractatusEngine
import TractatusSession
import TractatusSource
import TractatusValues

/// What one `session` command was asked: its options, its words and the state folder.
struct SessionRequest {
  /// How much is said.
  enum Verbosity: String, CaseIterable, Comparable {
    case silent, summary, detailed, debug

    /// Orders from silent to debug.
    static func < (left: Verbosity, right: Verbosity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .silent: 0
      case .summary: 1
      case .detailed: 2
      case .debug: 3
      }
    }
  }

  let arguments: Arguments
  let console: Console
  /// The operands after the verb.
  let words: [String]
  let store: SessionStore
  let verbosity: Verbosity
  let writesJSON: Bool
  let style: Style
  /// The time of what happens, from `--now` or the clock.
  let now: Instant

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    self.arguments = arguments
    self.console = console
    words = Array(arguments.operands.dropFirst())
    store = SessionStore(Self.folder(arguments, console))
    verbosity = arguments.value("verbosity").flatMap { Verbosity(rawValue: $0) } ?? .summary
    writesJSON = arguments.value("format") == "json"
    style = Style(arguments, console)
    if let text = arguments.value("now") {
      guard let time = Instant(Array(text.utf8).span) else {
        throw UsageError(
          message: "`--now` takes an RFC 3339 time such as 2026-01-02T03:04:05Z, not `\(text)`")
      }
      now = time
    } else if let time = WallClock.now() {
      now = time
    } else {
      throw UsageError(message: "the system's clock has no time: give one with `--now`")
    }
  }

  /// The state folder: `--state`, else that of the client's project, else that of this folder.
  private static func folder(_ arguments: Arguments, _ console: Console) -> String {
    if let folder = arguments.value("state") { return folder }
    guard let project = console.environment("CLAUDE_PROJECT_DIR") else {
      return SessionStore.defaultFolder
    }
    return project + "/" + SessionStore.defaultFolder
  }

  /// That a verb takes no more words.
  func expectNoWords(_ verb: String) throws(UsageError) {
    guard let word = words.first else { return }
    throw UsageError(message: "`session \(verb)` takes no operand: `\(word)` is too much")
  }

  /// Runs a verb with the policy that the command line names.
  func run(
    _ verb: (SessionContext) throws(SessionFailure) -> SessionReport
  ) -> ExitStatus {
    do throws(SessionFailure) {
      let report = try verb(try context())
      answer(report)
      return report.status
    } catch {
      return fail(error)
    }
  }

  /// The session with the policy that the command line names.
  ///
  /// - Throws: `SessionFailure` when there is no such policy.
  func context() throws(SessionFailure) -> SessionContext {
    do throws(PolicyFailure) {
      return SessionContext(
        store: store, policy: try SessionPolicy(self), now: now, project: console.currentFolder)
    } catch {
      throw .policy(error)
    }
  }

  // MARK: Answers

  /// Writes a report as JSON or as text, unless nothing is to be said.
  func answer(_ report: SessionReport) {
    guard verbosity > .silent else { return }
    if writesJSON {
      console.output.write(report.json)
      console.output.line()
    } else {
      console.output.write(report.text(verbosity, style))
    }
  }

  /// Says why a command could not do its work.
  func fail(_ failure: SessionFailure) -> ExitStatus {
    switch failure {
    case .state(let problem):
      console.complain(problem.message, code: DiagnosticCode.unusableState.identifier)
    case .decision(let error): console.complain(error.reason, code: error.code)
    case .policy(let failure): console.complain(failure.reason, code: failure.code.identifier)
    }
    return .error
  }
}
