import Foundation
import TractatusValues

@testable import TractatusSession

/// A state folder of a test's own, removed with the value that holds it.
final class StateFixture {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "tractatus-session-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(name)).map { Array($0) }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  /// A store over the folder.
  func store(waiting: Int = 10_000, fault: WriteFault? = nil) -> SessionStore {
    SessionStore(folder, waitingMilliseconds: waiting, fault: fault)
  }

  /// Begins a session in it, with two instructions.
  func begin() throws {
    let start = try time("2026-11-21T10:00:00Z")
    try store().replace { _, _ in
      (
        SessionState(sessionID: "2026-11-21-001", startedAt: start, monitor: monitor),
        TokenCheckpoints(monitor)
      )
    }
    for text in ["Check MongoDB at port 27027", "Never use global state"] {
      try store().updateInstructions(at: start) { history, _ in
        history.append(InstructionRecord(id: "inst_\(history.count + 1)", text: text))
      }
    }
  }
}
