import Foundation
import Glibc
import Synchronization
import Testing
import TractatusJSON
import TractatusValues

@testable import TractatusSession

/// The three files of a state folder.
let stateFiles = [
  SessionStore.stateFile, SessionStore.checkpointFile, SessionStore.historyFile,
]

@Suite("the store of a session's files")
struct SessionStoreTests {
  let fixture: StateFixture

  init() throws { fixture = try StateFixture() }

  private func figures(_ reading: SessionReading) -> String {
    var json = JSONWriter()
    json.beginObject()
    reading.writeFigures(to: &json)
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test("what is recorded is read, and the generation before lies beside it")
  func records() throws {
    try fixture.begin()
    try fixture.store().update(at: nil) { state, _ in state.recordMessage(at: nil) }
    try fixture.store().update(at: nil) { state, checkpoints in
      state.recordMessage(at: nil)
      state.recordUse(of: "BoundaryEnforcer", at: nil)
      state.recordTokens(adding: 60_000, at: nil)
    }
    let reading = fixture.store().read()
    #expect(reading.certainState?.messageCount == 2 && reading.isOverdue == true)
    #expect(fixture.store().readInstructions().value?.count == 2)
    #expect(reading.doubt == nil)
    #expect(
      figures(reading) == """
        {"session":{"messages":2,"tokens":60000,"token_budget":200000,"tasks":0,\
        "recent_errors":0,"instructions":2,"compactions":0},\
        "components":{"BoundaryEnforcer":{"message":2,"tokens":0}}}
        """)
    let previous = try #require(fixture.bytes(SessionStore.stateFile + ".bak"))
    let tape = try SealedDocument.open(previous, "s")
    #expect(try SessionState(tape, file: "s").messageCount == 1)
    let names = try fixture.names
    #expect(!names.contains { $0.hasSuffix(".tmp") || $0.hasSuffix(".damaged") })
  }

  @Test("a change that changes nothing writes nothing")
  func idle() throws {
    try fixture.begin()
    let before = fixture.bytes(SessionStore.stateFile + ".bak")
    try fixture.store().update(at: nil) { _, _ in }
    #expect(fixture.bytes(SessionStore.stateFile + ".bak") == before)
  }

  @Test("a session that was never begun is not known, nor is one whose recording began late")
  func missing() throws {
    let reading = fixture.store().read()
    #expect(reading.state.problem?.kind == .missing && reading.isOverdue == nil)
    #expect(figures(reading) == "{}")
    let update = try fixture.store().update(at: nil) { state, _ in state.recordMessage(at: nil) }
    #expect(update.problems.map(\.kind) == [.missing, .missing])
    let later = fixture.store().read()
    #expect(later.state.value?.messageCount == 1 && later.certainState == nil)
    #expect(figures(later) == "{}")
  }

  /// What becomes of a file in `damage`.
  enum Damage: String, CaseIterable {
    case truncated, emptied, noise, flipped, zeros, folder, link, oversized, removed
  }

  private func damage(_ name: String, _ damage: Damage) throws {
    let path = fixture.path(name)
    var bytes = try #require(fixture.bytes(name))
    switch damage {
    case .truncated: try fixture.write(Array(bytes.prefix(bytes.count / 2)), to: name)
    case .emptied: try fixture.write([], to: name)
    case .noise:
      var random = SplitMix64(seed: 7)
      let noise = (0..<700).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try fixture.write(noise, to: name)
    case .flipped:
      bytes[20] ^= 1
      try fixture.write(bytes, to: name)
    case .zeros: try fixture.write([UInt8](repeating: 0, count: bytes.count), to: name)
    case .folder:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .link:
      try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: path + ".away")
    case .oversized:
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 17 << 20)
    case .removed: try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test(
    "a damaged file is reported, taken from its copy, never as certain, and written anew",
    arguments: stateFiles, Damage.allCases)
  func damaged(_ name: String, _ kind: Damage) throws {
    try fixture.begin()
    try fixture.store().update(at: nil) { state, checkpoints in
      state.recordMessage(at: nil)
      state.recordTokens(adding: 60_000, at: nil)
    }
    try damage(name, kind)
    let reading = fixture.store().read()
    let history = fixture.store().readInstructions()
    if name == SessionStore.historyFile {
      // Of the two instructions the last is not in the copy.
      #expect(history.problem?.file == name && history.value?.count == 1)
    } else {
      let problem =
        name == SessionStore.stateFile
        ? reading.state.problem : reading.checkpoints.problem
      #expect(problem?.file == name)
      #expect(reading.isOverdue == nil)
    }
    if name == SessionStore.stateFile {
      #expect(figures(reading) == "{}" && reading.state.value?.instructionCount == 2)
    }
    try fixture.store().updateInstructions(at: nil) { history, _ in
      history.append(InstructionRecord(id: "inst_9", text: "more"))
    }
    try fixture.store().update(at: nil) { state, checkpoints in
      state.recordMessage(at: nil)
      checkpoints?.complete(passedAt: 60_000, at: nil)
    }
    let later = fixture.store().read()
    #expect(later.state.problem == nil && later.checkpoints.problem == nil)
    if name != SessionStore.checkpointFile {
      #expect(later.doubt?.contains(name) == true && figures(later) == "{}")
    }
    let kept = fixture.store().readInstructions()
    #expect(kept.problem == nil && kept.value?.last?.id == "inst_9")
    if kind != .removed {
      let names = try fixture.names
      #expect(names.contains(name + ".damaged"))
    }
  }

  @Test("with its copy gone, too, nothing is taken for certain", arguments: stateFiles)
  func lost(_ name: String) throws {
    try fixture.begin()
    try damage(name, .noise)
    try fixture.write([], to: name + ".bak")
    if name == SessionStore.historyFile {
      #expect(fixture.store().readInstructions().value == nil)
      #expect(throws: StateProblem.self) {
        try fixture.store().updateInstructions(at: nil) { history, _ in history = [] }
      }
    } else {
      let reading = fixture.store().read()
      #expect(name == SessionStore.checkpointFile || figures(reading) == "{}")
      #expect(reading.isOverdue == nil)
    }
    try fixture.store().update(at: nil) { state, _ in state.recordMessage(at: nil) }
    if name == SessionStore.stateFile { #expect(figures(fixture.store().read()) == "{}") }
    if name == SessionStore.checkpointFile { #expect(fixture.store().read().isOverdue == nil) }
  }

  @Test("an instruction history that is missing while the session knows of instructions is lost")
  func missingHistory() throws {
    try fixture.begin()
    try FileManager.default.removeItem(atPath: fixture.path(SessionStore.historyFile))
    try FileManager.default.removeItem(atPath: fixture.path(SessionStore.historyFile + ".bak"))
    #expect(fixture.store().readInstructions().value == nil)
  }

  @Test("a folder that is none, a link or open to all is refused")
  func folders() throws {
    try fixture.begin()
    let link = fixture.folder + "-link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: fixture.folder)
    defer { try? FileManager.default.removeItem(atPath: link) }
    let missing = fixture.folder + "/no/such"
    for path in [link, fixture.path(SessionStore.stateFile), missing, "", "a\0b"] {
      #expect(SessionStore(path).read().state.problem != nil, "\(path)")
      #expect(throws: StateProblem.self, "\(path)") {
        try SessionStore(path).update(at: nil) { state, _ in state.recordMessage(at: nil) }
      }
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: fixture.folder)
    #expect(fixture.store().read().state.problem?.explanation == "can be written by every user")
  }

  @Test("who waits too long for the lock is told so")
  func busy() throws {
    try fixture.begin()
    let folder = try StateFolder(fixture.folder, creating: false, fault: nil)
    try folder.lock(waitingMilliseconds: 0)
    #expect(throws: StateProblem.self) {
      try fixture.store(waiting: 0).update(at: nil) { state, _ in state.recordMessage(at: nil) }
    }
    // Reading waits for nobody.
    #expect(fixture.store(waiting: 0).read().certainState != nil)
    withExtendedLifetime(folder.isOpen) {}
  }

  /// What may lie where the copy of the generation before does.
  enum Copy: CaseIterable { case hardLink, link, pipe, folder, none, longer, shorter }

  @Test(
    "the copy is written over where it is the user's own plain file, and made anew elsewhere",
    arguments: Copy.allCases)
  func copies(_ copy: Copy) throws {
    try fixture.begin()
    let previous = fixture.path(SessionStore.stateFile + ".bak")
    let other = Array("somebody's".utf8)
    try fixture.write(other, to: "other")
    if copy != .longer, copy != .shorter { try FileManager.default.removeItem(atPath: previous) }
    switch copy {
    case .hardLink:
      try FileManager.default.linkItem(atPath: fixture.path("other"), toPath: previous)
    case .link:
      try FileManager.default.createSymbolicLink(
        atPath: previous, withDestinationPath: fixture.path("other"))
    case .pipe: #expect(unsafe mkfifo(previous, 0o600) == 0)
    case .folder:
      try FileManager.default.createDirectory(atPath: previous, withIntermediateDirectories: false)
    case .none: break
    case .longer:
      try fixture.write([UInt8](repeating: 0x20, count: 9_000), to: SessionStore.stateFile + ".bak")
    case .shorter: try fixture.write([], to: SessionStore.stateFile + ".bak")
    }
    let before = try #require(fixture.bytes(SessionStore.stateFile))
    func record() throws {
      try fixture.store().update(at: nil) { state, _ in state.recordMessage(at: nil) }
    }
    if copy == .folder {
      // Nothing can be put in its place: refused, and the file is what it was.
      #expect(throws: StateProblem.self) { try record() }
      #expect(fixture.bytes(SessionStore.stateFile) == before)
      return
    }
    try record()
    #expect(fixture.bytes(SessionStore.stateFile + ".bak") == before)
    #expect(fixture.store().read().certainState?.messageCount == 1)
    #expect(fixture.bytes("other") == other)
    try record()
    #expect(fixture.store().read().certainState?.messageCount == 2)
    #expect(!(try fixture.names).contains { $0.hasSuffix(".tmp") })
  }

  @Test("who meets a file that is being written reads it again when it is written")
  func torn() throws {
    try fixture.begin()
    let writer = unsafe open(fixture.folder, O_RDONLY | O_DIRECTORY)
    #expect(FileLock.take(writer, waitingMilliseconds: 0) == .taken)
    let names = [SessionStore.stateFile, SessionStore.stateFile + ".bak"]
    let sound = try names.map { try #require(fixture.bytes($0)) }
    for name in names { try fixture.write(Array(sound[0].prefix(99)), to: name) }
    let store = fixture.store()
    let found = Mutex<SessionReading?>(nil)
    let reader = Thread {
      let reading = store.read()
      found.withLock { $0 = reading }
    }
    reader.start()
    while try LockWaiters.count(on: fixture.folder) == 0 { sched_yield() }
    for (name, bytes) in zip(names, sound) { try fixture.write(bytes, to: name) }
    _ = close(writer)
    while !reader.isFinished { sched_yield() }
    #expect(found.withLock { $0 }?.certainState != nil)
  }

  @Test("a handoff lies in the folder of handoffs")
  func handoff() throws {
    try fixture.begin()
    let path = try fixture.store().writeHandoff("# Handoff\n", as: "handoff-1.md")
    #expect(path == fixture.folder + "/sessions/handoff-1.md")
    #expect(fixture.bytes("sessions/handoff-1.md") == Array("# Handoff\n".utf8))
  }
}
