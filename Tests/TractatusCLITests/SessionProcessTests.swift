import Foundation
import Testing

/// Sessions kept by processes of their own: many at once, killed midway, and ended by signals.
@Suite("processes that keep a session")
struct SessionProcessTests {
  private let folder: TemporaryFolder
  private var state: String { folder.path + "/.claude" }

  init() throws { folder = try TemporaryFolder() }

  private func start(_ words: String...) throws -> CommandProcess {
    try CommandProcess(
      ["session"] + words + ["--state", state, "--rules", "tractatus.claude_code"])
  }

  private func messageCount() throws -> Int {
    let result = try start("status", "--format", "json").finish()
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let session = try #require(object?["session"] as? [String: Any])
    return try #require(session["message_count"] as? Int)
  }

  @Test("a hundred processes at once lose no record")
  func parallel() throws {
    #expect(try start("init").finish().status == 0)
    // Without a component nothing is compiled, so that they really meet.
    let processes = try (0..<100).map { _ in
      try start("record", "--message", "--verbosity", "silent")
    }
    for process in processes { #expect(try process.finish().status == 0) }
    #expect(try messageCount() == 100)
  }

  private func contents(_ name: String) -> Data? {
    FileManager.default.contents(atPath: state + "/" + name)
  }

  @Test("a process that is killed loses nothing that was acknowledged")
  func killed() throws {
    #expect(try start("init").finish().status == 0)
    var acknowledged = 0
    for number in 0..<12 {
      let copy = contents("session-state.json.bak")
      let process = try start("record", "--message", "--verbosity", "silent")
      // Every other one is killed when the copy changes, so in the midst of writing it.
      let isAwaited = number.isMultiple(of: 2)
      while isAwaited, process.process.isRunning, contents("session-state.json.bak") == copy {}
      // A process that has ended is no longer anybody's to kill: its number may be another's.
      if process.process.isRunning, process.process.processIdentifier > 0 {
        kill(process.process.processIdentifier, SIGKILL)
      }
      process.process.waitUntilExit()
      if process.process.terminationReason == .exit, process.process.terminationStatus == 0 {
        acknowledged += 1
      }
    }
    let count = try messageCount()
    #expect(count >= acknowledged && count <= 12)
    #expect(try start("record", "--message").finish().status == 0)
    #expect(try messageCount() == count + 1)
  }

  @Test("the watch ends cleanly on SIGINT and SIGTERM", arguments: [SIGINT, SIGTERM])
  func watchEnds(_ signal: Int32) throws {
    #expect(try start("init").finish().status == 0)
    #expect(try start("record", "BoundaryEnforcer").finish().status == 0)
    #expect(try start("record", "--tokens", "60000").finish().status == 0)
    let watch = try start("watch")
    // The alert is said before the first wait, so the signal comes while it waits.
    let said = watch.output.fileHandleForReading.availableData
    #expect(String(decoding: said, as: UTF8.self).contains("overdue") || !said.isEmpty)
    if watch.process.isRunning { kill(watch.process.processIdentifier, signal) }
    let result = try watch.finish()
    #expect(result.status == 0 && watch.process.terminationReason == .exit)
  }

  @Test("a disk that takes nothing, or a folder that cannot be written, is an error with a line")
  func unwritable() throws {
    #expect(try start("init").finish().status == 0)
    try FileManager.default.removeItem(atPath: state)
    try "no folder".write(toFile: state, atomically: true, encoding: .utf8)
    let result = try start("record", "--message").finish()
    #expect(result.status == 2 && result.errors.contains("is a link, or no folder"))
  }
}
