import TractatusSession
import TractatusSource
import TractatusValues

extension SessionVerb {
  /// `tractatus session record [COMPONENT…]`.
  static let record = SessionVerb(name: "record") { request throws(UsageError) in
    let record = try SessionRecord(request)
    if !request.words.isEmpty {
      do throws(SessionFailure) {
        try record.expectKnown(request.words, try request.context().policy)
      } catch {
        return request.fail(error)
      }
    }
    return record.run(request)
  }
}

/// What one `session record` puts into the state, in one step.
struct SessionRecord {
  private let hasMessage: Bool
  private let hasError: Bool
  private let hasCompaction: Bool
  private let tokens: Int?
  private let tasks: Int?
  private let result: String?

  init(_ request: SessionRequest) throws(UsageError) {
    let arguments = request.arguments
    hasMessage = arguments.has("message")
    hasError = arguments.has("error")
    hasCompaction = arguments.has("compaction")
    tokens = try Self.count("tokens", arguments)
    tasks = try Self.count("tasks", arguments)
    result = arguments.value("result")
    guard
      hasMessage || hasError || hasCompaction || tokens != nil || tasks != nil
        || !request.words.isEmpty
    else {
      throw UsageError(
        message: "`session record` needs a component, or one of --message, --tokens, --tasks, "
          + "--error, --compaction")
    }
  }

  private static func count(
    _ name: String, _ arguments: Arguments
  ) throws(UsageError) -> Int? {
    guard let text = arguments.value(name) else { return nil }
    guard let count = Int(text), (0...SessionLimits.count).contains(count) else {
      throw UsageError(message: "`--\(name)` takes a whole number, not `\(text)`")
    }
    return count
  }

  /// That the loaded monitors declare the components.
  func expectKnown(_ names: [String], _ policy: SessionPolicy) throws(SessionFailure) {
    let known = policy.monitor.components.map(\.name)
    for name in names where !known.contains(name) {
      let near = NearName.nearest(to: name, among: known)
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      throw .policy(
        PolicyFailure(reason: "no loaded monitor declares a component `\(name)`\(hint)"))
    }
  }

  func run(_ request: SessionRequest) -> ExitStatus {
    let now = request.now
    let update: SessionUpdate
    do throws(StateProblem) {
      update = try request.store.update(at: now) { state, _ in
        if hasMessage { state.recordMessage(at: now) }
        if let tokens { state.recordTokens(adding: tokens, at: now) }
        if let tasks { state.recordTasks(tasks, at: now) }
        if hasError { state.recordError(at: now) }
        if hasCompaction { state.recordCompaction(at: now) }
        for name in request.words { state.recordUse(of: name, at: now, result: result) }
      }
    } catch {
      return request.fail(.state(error))
    }
    // What is wrong is said even where the record was kept.
    for problem in update.problems
    where problem.kind != .missing || update.reading.state.value == nil {
      request.console.complain(problem.message, code: DiagnosticCode.unusableState.identifier)
    }
    var report = SessionReport("record", headline: "Recorded in session \(update.state.sessionID)")
    report.state = update.state
    report.checkpoints = update.checkpoints
    report.status = update.state.doubt == nil ? .pass : .error
    request.answer(report)
    return report.status
  }
}
