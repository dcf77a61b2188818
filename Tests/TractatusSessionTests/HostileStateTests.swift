import Foundation
import Testing
import TractatusJSON
import TractatusValues

@testable import TractatusSession

/// What lies in the state folder is read as it stands, or not at all; nothing of it ends the
/// program.
@Suite("hostile state files")
struct HostileStateTests {
  /// A state with something in every field.
  private func state() throws -> SessionState {
    let now = try time("2026-11-21T10:00:00Z")
    var state = SessionState(sessionID: "2026-11-21-001", startedAt: now, monitor: monitor)
    state.recordMessage(at: now)
    state.recordTokens(adding: 60_000, at: now)
    state.recordUse(of: "BoundaryEnforcer", at: now, result: "allow")
    state.recordError(at: now)
    state.recordPressure(score: .one, level: "high", at: now)
    state.raise(.high, "stale", at: now)
    state.recordDoubt("lost", at: now)
    return state
  }

  @Test("a sealed file that is changed anywhere, or cut anywhere, is refused")
  func seals() throws {
    let sealed = SealedDocument.seal(try state().json)
    #expect(SealedDocument.isSealed(sealed))
    for index in stride(from: 0, to: sealed.count, by: 11) {
      var changed = sealed
      changed[index] ^= 0x04
      #expect(!SealedDocument.isSealed(changed), "byte \(index)")
      #expect(!SealedDocument.isSealed(Array(sealed.prefix(index))), "the first \(index) bytes")
    }
    #expect(!SealedDocument.isSealed(sealed + sealed))
    #expect(!SealedDocument.isSealed(sealed + [0x0A]))
    #expect(!SealedDocument.isSealed([]))
  }

  @Test("a state with any value put in another's place is read or refused, and never traps")
  func values() throws {
    let json = String(decoding: try state().json, as: UTF8.self)
    let values = [
      "null", "-1", "0.5", "1e999", "99999999999999999", "\"x\"", "[]", "{}", "true", "[[[]]]",
      "\"\\u0000\"",
    ]
    // Every number, text, list and object begins behind a colon.
    let places = json.indices.filter { json[$0] == ":" && json[json.index(after: $0)] != " " }
    for place in places {
      for value in values {
        let rest = json[json.index(after: place)...]
        let end = rest.firstIndex { ",}".contains($0) } ?? rest.endIndex
        let text = json[...place] + value + json[end...]
        guard let tape = try? SealedDocument.tape(Array(text.utf8), "s") else { continue }
        if let read = try? SessionState(tape, file: "s") {
          _ = read.recentErrorCount
          _ = read.pressureTrend
          for component in monitor.components { _ = read.condition(of: component) }
        }
      }
    }
  }

  @Test("figures that lie in the future, or at their limits, do no harm")
  func limits() throws {
    var state = try state()
    state.messageCount = SessionLimits.count
    state.tokenEstimate = SessionLimits.count
    state.compactionCount = SessionLimits.count
    state.recordMessage(at: nil)
    state.recordTokens(adding: .max, at: nil)
    state.recordCompaction(at: nil)
    #expect(state.messageCount == SessionLimits.count)
    state.messageCount = 0
    state.tokenEstimate = 0
    for component in monitor.components { _ = state.condition(of: component) }
    #expect(!state.isStatusDue(every: monitor.report))
    for number in 0..<1_000 { state.recordUse(of: "C\(number)", at: nil) }
    #expect(state.activity.count <= SessionLimits.components)
    state.raise(.high, String(repeating: "\u{1F600}", count: 5_000), at: nil)
    let tape = try SealedDocument.open(SealedDocument.seal(state.json), "s")
    #expect(try SessionState(tape, file: "s") == state)
    #expect(state.json.count < SessionLimits.stateFile)
  }

  @Test(
    "a history that is no history is refused with what is wrong",
    arguments: [
      "", "{}", "[1]", "{\"instructions\":7}", "[{\"id\":\"a\"}]",
      "{\"instructions\":[],\"checksum\":\"sha256:00\"}",
    ])
  func histories(_ text: String) {
    #expect(throws: StateProblem.self) { try HistoryFile.read(Array(text.utf8), "h") }
  }
}
