import TractatusJSON
import TractatusValues

/// The state folder of a project: the one place that reads and writes a session's files.
///
/// Each file is replaced in one step under the folder's lock, with a checksum in it and the
/// generation before beside it. A process may be killed at any point: what was acknowledged, by
/// `update` returning, is there. What cannot be read is reported, put aside, rebuilt from what is
/// left, and the state says from then on that more may have happened, until `session init` or
/// `session recover`.
package struct SessionStore: Sendable {
  /// The state folder where none is named, below the project.
  package static let defaultFolder = ".claude"
  /// The session's running figures.
  package static let stateFile = "session-state.json"
  /// The shares of the tokens at which the pressure is to be checked.
  package static let checkpointFile = "token-checkpoints.json"
  /// The instructions that people gave.
  package static let historyFile = "instruction-history.json"
  /// The folder of handoffs.
  package static let handoffFolder = "sessions"

  /// The path of the folder.
  package let folder: String
  /// How long a process waits for others before it fails.
  private let waitingMilliseconds: Int
  private let fault: WriteFault?
  /// The name of the file with the state.
  private let stateName: String
  /// Whether a state of `{}` is that of a new session.
  private let acceptsBlank: Bool

  /// The store over a folder, which need not be there yet.
  package init(_ folder: String, waitingMilliseconds: Int = 10_000, fault: WriteFault? = nil) {
    self.folder = folder
    self.waitingMilliseconds = waitingMilliseconds
    self.fault = fault
    stateName = Self.stateFile
    acceptsBlank = false
  }

  /// The store over a state that lies in a file of any name, with whatever lies beside it; there
  /// `{}` is a new session.
  package init(stateIn path: String) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    self.folder = folder.isEmpty ? "/" : folder
    stateName = slash.map { String(path[path.index(after: $0)...]) } ?? path
    waitingMilliseconds = 10_000
    fault = nil
    acceptsBlank = true
  }

  // MARK: Reading

  /// The session, as far as it can be read; never fails, for what cannot be read is in the result.
  package func read() -> SessionReading {
    do throws(StateProblem) {
      let folder = try StateFolder(self.folder, creating: false, fault: fault)
      let reading = reading(of: folder)
      return reading.isSettled || !isHeld(folder) ? reading : self.reading(of: folder)
    } catch {
      return SessionReading(state: .lost(error), checkpoints: .lost(error))
    }
  }

  /// The instruction history, as far as it can be read; an empty one where there never was one.
  package func readInstructions() -> Kept<[InstructionRecord]> { snapshot().instructions }

  /// The session and the instruction history, as far as they can be read.
  package func snapshot() -> SessionSnapshot {
    do throws(StateProblem) {
      let folder = try StateFolder(self.folder, creating: false, fault: fault)
      let snapshot = snapshot(of: folder)
      let isSettled = snapshot.session.isSettled && snapshot.instructions.isSettled
      return isSettled || !isHeld(folder) ? snapshot : self.snapshot(of: folder)
    } catch {
      return SessionSnapshot(
        session: SessionReading(state: .lost(error), checkpoints: .lost(error)),
        instructions: error.kind == .missing ? .sound([]) : .lost(error))
    }
  }

  private func snapshot(of folder: borrowing StateFolder) -> SessionSnapshot {
    let session = reading(of: folder)
    return SessionSnapshot(
      session: session, instructions: Self.history(of: folder, session.state.value))
  }

  /// Takes the folder's lock for who met a file that may just be being written; false when it
  /// cannot be had.
  private func isHeld(_ folder: borrowing StateFolder) -> Bool {
    do throws(StateProblem) {
      try folder.lock(waitingMilliseconds: waitingMilliseconds)
      return true
    } catch {
      return false
    }
  }

  private func reading(of folder: borrowing StateFolder) -> SessionReading {
    SessionReading(state: state(of: folder), checkpoints: Self.checkpoints(of: folder))
  }

  private func state(of folder: borrowing StateFolder) -> Kept<SessionState> {
    let limit = SessionLimits.stateFile
    return Self.kept(stateName, in: folder, limit: limit) { bytes throws(StateProblem) in
      if acceptsBlank, bytes.filter({ $0 > 0x20 }).elementsEqual("{}".utf8) {
        return SessionState(sessionID: "new", startedAt: nil, monitor: SessionMonitor())
      }
      return try SessionState(try SealedDocument.open(bytes, stateName), file: stateName)
    }
  }

  private static func checkpoints(of folder: borrowing StateFolder) -> Kept<TokenCheckpoints> {
    let limit = SessionLimits.checkpointFile
    return kept(checkpointFile, in: folder, limit: limit) { bytes throws(StateProblem) in
      try TokenCheckpoints(try SealedDocument.open(bytes, checkpointFile), file: checkpointFile)
    }
  }

  /// A history that is missing is an empty one, unless the state knows of instructions.
  private static func history(
    of folder: borrowing StateFolder, _ state: SessionState?
  ) -> Kept<[InstructionRecord]> {
    let limit = SessionLimits.historyFile
    let kept = kept(historyFile, in: folder, limit: limit) { bytes throws(StateProblem) in
      try HistoryFile.read(bytes, historyFile)
    }
    if case .lost(let problem) = kept, problem.kind == .missing, (state?.instructionCount ?? 0) == 0
    {
      return .sound([])
    }
    return kept
  }

  /// A file, else its copy of the generation before.
  private static func kept<Value>(
    _ name: String, in folder: borrowing StateFolder, limit: Int,
    _ parse: ([UInt8]) throws(StateProblem) -> Value
  ) -> Kept<Value> {
    do throws(StateProblem) {
      return .sound(try parse(try folder.read(name, limit: limit)))
    } catch {
      let previous = try? parse(folder.read(name + StateFolder.previousSuffix, limit: limit))
      if let previous { return .previous(previous, error) }
      return .lost(error)
    }
  }

  // MARK: Writing

  /// Changes the session under the lock; when this returns the change outlives the process.
  ///
  /// Without a state that can be read the change is applied to what is left of it, and the state
  /// says from then on that more may have happened.
  /// - Returns: what was found wrong with the files, and the session as it is now.
  /// - Throws: `StateProblem` when the folder cannot be had, locked or written; nothing is changed
  ///   then, and the caller must not go on as if it were.
  @discardableResult
  package func update(
    at time: Instant?, _ change: (inout SessionState, inout TokenCheckpoints?) -> Void
  ) throws(StateProblem) -> SessionUpdate {
    let folder = try StateFolder(self.folder, creating: true, fault: fault)
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    var update = opened(folder, at: time)
    change(&update.state, &update.checkpoints)
    try write(update, to: folder)
    return update
  }

  /// Changes the session as `update` does where there is one, but for its tokens; where there never
  /// was one, or it is gone, nothing is begun.
  ///
  /// - Throws: as `update`.
  package func updateExisting(
    at time: Instant?, _ change: (inout SessionState) -> Void
  ) throws(StateProblem) {
    let folder: StateFolder
    do throws(StateProblem) {
      folder = try StateFolder(self.folder, creating: false, fault: fault)
    } catch {
      if error.kind == .missing { return }
      throw error
    }
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    // The checkpoints follow the tokens, which nothing that is recorded so changes.
    let checkpoints = Kept<TokenCheckpoints>.lost(
      StateProblem(.missing, Self.checkpointFile, "was not read"))
    var update = opened(
      SessionReading(state: state(of: folder), checkpoints: checkpoints), at: time)
    if update.reading.isMissing { return }
    change(&update.state)
    try write(update, to: folder)
  }

  /// Judges by the session under the lock, and changes it by what was judged, so that no other
  /// process judges in between; where there never was a session, nothing is begun.
  ///
  /// - Parameter judge: gives the change; nil for none.
  /// - Throws: as `update`, before anything was judged, or when the change cannot be written.
  package func judge(
    at time: Instant?, _ judge: (SessionReading) -> ((inout SessionState) -> Void)?
  ) throws(StateProblem) {
    let folder: StateFolder
    do throws(StateProblem) {
      folder = try StateFolder(self.folder, creating: false, fault: fault)
    } catch {
      guard error.kind == .missing else { throw error }
      _ = judge(SessionReading(state: .lost(error), checkpoints: .lost(error)))
      return
    }
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    var update = opened(folder, at: time)
    guard let change = judge(update.reading), !update.reading.isMissing else { return }
    change(&update.state)
    try write(update, to: folder)
  }

  /// Changes the instruction history and the session under the lock.
  ///
  /// - Throws: as `update`; also when the history and its copy cannot be read, for a new one in
  ///   their place would drop instructions in silence.
  @discardableResult
  package func updateInstructions(
    at time: Instant?,
    _ change: (inout [InstructionRecord], inout SessionState) throws(StateProblem) -> Void
  ) throws(StateProblem) -> SessionUpdate {
    let folder = try StateFolder(self.folder, creating: true, fault: fault)
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    var update = opened(folder, at: time)
    let kept = Self.history(of: folder, update.state)
    guard var history = kept.value else {
      throw kept.problem ?? StateProblem(.unusable, Self.historyFile, "cannot be read")
    }
    if let problem = kept.problem {
      update.problems.append(problem)
      update.state.recordDoubt(problem.message, at: time)
    }
    try change(&history, &update.state)
    update.state.recordInstructions(history.count { $0.isActive }, at: time)
    try folder.replace(
      Self.historyFile, with: HistoryFile.bytes(of: history), isPreviousSound: kept.problem == nil,
      isSynced: true)
    try write(update, to: folder)
    return update
  }

  /// Begins a session anew: what the files said is replaced, the history stays.
  ///
  /// - Parameter begin: gives the new files from what can be read of the old ones.
  /// - Throws: as `update`.
  @discardableResult
  package func replace(
    _ begin: (SessionReading, Kept<[InstructionRecord]>) -> (SessionState, TokenCheckpoints?)
  ) throws(StateProblem) -> SessionUpdate {
    let folder = try StateFolder(self.folder, creating: true, fault: fault)
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    let reading = reading(of: folder)
    let history = Self.history(of: folder, reading.state.value)
    let (state, checkpoints) = begin(reading, history)
    var update = SessionUpdate(state: state, checkpoints: checkpoints, reading: reading)
    update.problems += [history.problem].compactMap { $0 }
    try write(update, to: folder, isSynced: true)
    return update
  }

  /// Puts an instruction history in the place of one that cannot be read, under the lock.
  ///
  /// - Parameter rebuild: gives the new one from what is left, and from what the file says whatever
  ///   its checksum, where that can be read; nil leaves everything as it is.
  /// - Throws: as `update`.
  package func replaceInstructions(
    _ rebuild: (Kept<[InstructionRecord]>, [InstructionRecord]?) -> [InstructionRecord]?
  ) throws(StateProblem) {
    let folder = try StateFolder(self.folder, creating: true, fault: fault)
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    let kept = Self.history(of: folder, state(of: folder).value)
    var edited: [InstructionRecord]?
    if let bytes = try? folder.read(Self.historyFile, limit: SessionLimits.historyFile) {
      edited = try? InstructionHistory.read(bytes.span)
    }
    guard let history = rebuild(kept, edited) else { return }
    try folder.replace(
      Self.historyFile, with: HistoryFile.bytes(of: history),
      isPreviousSound: kept.problem == nil,
      isSynced: true)
  }

  /// Writes a handoff as `sessions/<name>` and gives its path.
  ///
  /// - Throws: as `update`.
  @discardableResult
  package func writeHandoff(_ text: String, as name: String) throws(StateProblem) -> String {
    let folder = try StateFolder(self.folder, creating: true, fault: fault)
    try folder.lock(waitingMilliseconds: waitingMilliseconds)
    let sessions = try StateFolder(Self.handoffFolder, in: folder)
    try sessions.replace(
      name, with: Array(text.utf8), isPreviousSound: true, isSynced: true)
    return "\(self.folder)/\(Self.handoffFolder)/\(name)"
  }

  /// What is there to be changed, under the lock.
  private func opened(_ folder: borrowing StateFolder, at time: Instant?) -> SessionUpdate {
    opened(reading(of: folder), at: time)
  }

  /// What was read, to be changed.
  private func opened(_ reading: SessionReading, at time: Instant?) -> SessionUpdate {
    var state: SessionState
    switch reading.state {
    case .sound(let sound): state = sound
    case .previous(let previous, let problem):
      state = previous
      state.recordDoubt(problem.message, at: time)
    case .lost(let problem):
      let id = time.map { SessionState.nextID(after: nil, at: $0) } ?? "unknown"
      state = SessionState(sessionID: id, startedAt: time, monitor: SessionMonitor())
      state.recordDoubt(problem.message, at: time)
    }
    return SessionUpdate(state: state, checkpoints: reading.checkpoints.value, reading: reading)
  }

  /// Writes what has changed.
  ///
  /// PERF: running figures do not wait for the disk, which takes most of a hook's time and all of
  /// the lock's. What a power cut then leaves of them fails the checksum and is in doubt.
  private func write(
    _ update: SessionUpdate, to folder: borrowing StateFolder, isSynced: Bool = false
  ) throws(StateProblem) {
    let reading = update.reading
    if let checkpoints = update.checkpoints {
      let json = checkpoints.json(at: update.state.tokenEstimate)
      let before = reading.state.value?.tokenEstimate ?? 0
      let isSound = reading.checkpoints.problem == nil
      if !isSound || reading.checkpoints.value?.json(at: before) != json {
        try folder.replace(
          Self.checkpointFile, with: SealedDocument.seal(json), isPreviousSound: isSound,
          isSynced: isSynced)
      }
    }
    let isSound = reading.state.problem == nil
    if !isSound || reading.state.value != update.state {
      try folder.replace(
        stateName, with: SealedDocument.seal(update.state.json), isPreviousSound: isSound,
        isSynced: isSynced)
    }
  }
}

/// A session that was changed.
package struct SessionUpdate: Sendable {
  /// The state as it is now.
  package var state: SessionState
  /// The checkpoints as they are now; nil when the session has none.
  package var checkpoints: TokenCheckpoints?
  /// What was found wrong with the files.
  package var problems: [StateProblem]
  /// What the files said before.
  package var reading: SessionReading

  init(state: SessionState, checkpoints: TokenCheckpoints?, reading: SessionReading) {
    self.state = state
    self.checkpoints = checkpoints
    self.reading = reading
    problems = [reading.state.problem, reading.checkpoints.problem].compactMap { $0 }
  }
}
