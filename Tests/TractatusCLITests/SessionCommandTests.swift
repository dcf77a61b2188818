import Foundation
import Testing

@testable import TractatusCLI

/// A state folder of a test's own, and commands over it.
private struct SessionFixture {
  let folder: TemporaryFolder
  var state: String { folder.path + "/.claude" }

  init() throws { folder = try TemporaryFolder() }

  func session(
    _ words: String..., rules: String = "tractatus.claude_code", at time: String = "10:00:00"
  ) -> CommandRun {
    run(
      ["session"] + words + [
        "--state", state, "--rules", rules, "--now", "2026-11-21T\(time)Z",
      ])
  }

  /// Damages a file and its copy before.
  func damage(_ name: String) throws {
    for path in [state + "/" + name, state + "/" + name + ".bak"] {
      try "noise".write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  func json(_ text: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
  }
}

@Suite("the session's commands")
struct SessionCommandTests {
  private let fixture: SessionFixture

  init() throws { fixture = try SessionFixture() }

  @Test("a verb that there is not, and words too many, are usage errors")
  func usage() {
    #expect(run("session").status == 2)
    #expect(run("session", "statsu").errors.contains("did you mean `status`?"))
    #expect(fixture.session("status", "now").status == 2)
    #expect(fixture.session("check", "database").status == 2)
    #expect(fixture.session("record").status == 2)
    #expect(fixture.session("record", "--tokens", "many").status == 2)
    #expect(fixture.session("watch", "--interval", "0").status == 2)
    #expect(run("session", "status", "--now", "noon").status == 2)
    #expect(run("session", "status", "--rules", "policy.tbc").status == 2)
  }

  @Test("a session that was never begun cannot be told of, and says how to begin")
  func missing() {
    for words in [["status"], ["pressure"], ["check", "values", "x"], ["handoff"]] {
      let result = run(
        ["session"] + words + [
          "--state", fixture.state, "--rules", "tractatus.claude_code",
        ])
      #expect(result.status == 2, "\(words)")
      #expect((result.output + result.errors).contains("does not exist"), "\(words)")
    }
    #expect(fixture.session("status").output.contains("tractatus session init"))
  }

  @Test("init begins sessions that are counted, and continues one that is sound")
  func begin() throws {
    #expect(fixture.session("init").output.contains("2026-11-21-001 begun"))
    #expect(fixture.session("record", "--message", "--tokens", "60000").status == 0)
    let continued = fixture.session("init", "--continue")
    #expect(continued.output.contains("2026-11-21-001 continued"))
    #expect(continued.output.contains("tokens 60000 of 200000 (30 %)"))
    // The overdue checkpoint is kept, too, and is critical.
    #expect(continued.status == 2 && continued.output.contains("overdue"))
    let next = fixture.session("init")
    #expect(next.status == 0 && next.output.contains("2026-11-21-002 begun"))
    #expect(next.output.contains("tokens 0 of"))
  }

  @Test("a policy that does not compile begins nothing")
  func allOrNothing() throws {
    let broken = try fixture.folder.write("broken.tract", "policy")
    let result = fixture.session("init", rules: broken)
    #expect(result.status == 2 && result.errors.contains("T0714"))
    #expect(!FileManager.default.fileExists(atPath: fixture.state))
  }

  @Test("a fresh session with a major change fails; once the components were used it passes")
  func check() throws {
    _ = fixture.session("init")
    let fresh = fixture.session("check", "database", "Add an index")
    #expect(fresh.status == 1)
    #expect(fresh.output.contains("FAIL  database: Add an index"))
    // All checks are run and shown, those that hold as well.
    for line in [
      "✗ BoundaryEnforcer within 20 messages and 30_000 tokens",
      "✗ ContextPressureMonitor within 25_000 tokens", "✗ CrossReferenceValidator",
      "✓ facts.instructions.loaded", "✓ not facts.checkpoints.overdue",
    ] {
      #expect(fresh.output.contains(line), "\(line)")
    }
    #expect(!fresh.output.contains("MetacognitiveVerifier"))
    #expect(fixture.session("pressure").status == 0)
    let use = fixture.session("record", "BoundaryEnforcer", "CrossReferenceValidator")
    #expect(use.status == 0)
    let ready = fixture.session("check", "database", "Add an index")
    #expect(ready.status == 0 && ready.output.hasPrefix("PASS"))
    #expect(fixture.session("check", "security", "Change the login").status == 1)
    let silent = fixture.session("check", "values", "x", "--verbosity", "silent")
    #expect(silent.status == 0 && silent.output.isEmpty)
    for _ in 0..<21 { _ = fixture.session("record", "--message") }
    #expect(fixture.session("check", "database", "Add an index").status == 1)
  }

  @Test("check knows the types of the loaded policy alone")
  func checkTypes() throws {
    _ = fixture.session("init")
    #expect(fixture.session("check", "databse", "x").errors.contains("did you mean `database`?"))
    let without = fixture.session("check", "database", "x", rules: "tractatus.core")
    #expect(without.status == 2 && without.errors.contains("tractatus.claude_code"))
  }

  @Test("a component that no monitor declares is not recorded")
  func unknownComponent() {
    _ = fixture.session("init")
    let result = fixture.session("record", "BoundryEnforcer")
    #expect(result.status == 2 && result.errors.contains("did you mean `BoundaryEnforcer`?"))
  }

  @Test(
    "pressure ends with the status of its level, and completes the checkpoints passed",
    arguments: [
      (tokens: 0, tasks: 0, errors: 0, status: 0, level: "NORMAL"),
      (60_000, 5, 1, 0, "ELEVATED"), (200_000, 5, 0, 1, "HIGH"),
      (200_000, 5, 3, 1, "HIGH"), (100_000, 0, 0, 0, "NORMAL"),
    ])
  func pressure(tokens: Int, tasks: Int, errors: Int, status: Int32, level: String) throws {
    _ = fixture.session("init")
    _ = fixture.session("record", "--tokens", "\(tokens)", "--tasks", "\(tasks)")
    for _ in 0..<errors { _ = fixture.session("record", "--error") }
    let result = fixture.session("pressure", "--format", "json")
    let report = try fixture.json(result.output)
    let pressures = try #require(report["pressure"] as? [[String: Any]])
    #expect(pressures.first?["level"] as? String == level)
    #expect(result.status == status)
    let checkpoints = try #require(report["checkpoints"] as? [String: Any])
    #expect(checkpoints["overdue"] as? Bool == false)
  }

  @Test("critical and dangerous pressure write a handoff and end with 2 and 3")
  func handoffs() throws {
    _ = fixture.session("init")
    _ = fixture.session("record", "--tokens", "200000", "--tasks", "5")
    for _ in 0..<100 { _ = fixture.session("record", "--message") }
    let critical = fixture.session("pressure")
    #expect(critical.status == 2 && critical.output.contains("CRITICAL"))
    #expect(critical.output.contains("handoff-2026-11-21T10-00-00Z.md"))
    for _ in 0..<3 { _ = fixture.session("record", "--error") }
    let dangerous = fixture.session("pressure", at: "10:01:00")
    #expect(dangerous.status == 3 && dangerous.output.contains("trend: escalating"))
    let folder = fixture.state + "/sessions"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.filter { $0.hasSuffix(".md") }.count == 2)
    let text = try String(
      contentsOfFile: folder + "/handoff-2026-11-21T10-01-00Z.md", encoding: .utf8)
    for title in [
      "Project state", "Completed", "In progress", "Active instructions", "Known issues",
      "Next priorities",
    ] {
      #expect(text.contains("## \(title)\n"))
    }
  }

  @Test("the watch tells of stale components and overdue checkpoints")
  func watch() throws {
    _ = fixture.session("init")
    #expect(fixture.session("watch", "--once").status == 0)
    _ = fixture.session("record", "BoundaryEnforcer")
    _ = fixture.session("record", "--tokens", "30000")
    #expect(fixture.session("watch", "--once").status == 0)
    _ = fixture.session("record", "--tokens", "1")
    let stale = fixture.session("watch", "--once")
    #expect(
      stale.status == 1 && stale.output.contains("HIGH  BoundaryEnforcer was used 0 messages"))
    _ = fixture.session("record", "--tokens", "20000")
    let overdue = fixture.session("watch", "--once")
    #expect(overdue.status == 2 && overdue.output.contains("25 % (50000 tokens) is overdue"))
    _ = fixture.session("pressure")
    #expect(fixture.session("watch", "--once").status == 1)
    let status = fixture.session("status", "--verbosity", "debug")
    #expect(status.output.contains("⚠ BoundaryEnforcer") && status.output.contains("\"alerts\":[{"))
  }

  @Test(
    "a damaged file makes every check say that it cannot tell, until it is recovered",
    arguments: ["session-state.json", "token-checkpoints.json"])
  func recovery(_ name: String) throws {
    _ = fixture.session("init")
    _ = fixture.session("pressure")
    _ = fixture.session("record", "BoundaryEnforcer", "--tokens", "10")
    #expect(fixture.session("check", "values", "x").status == 0)
    try fixture.damage(name)
    let check = fixture.session("check", "values", "x")
    #expect(check.status == (name == "session-state.json" ? 2 : 1))
    let recovered = fixture.session("recover")
    #expect(recovered.output.contains(name) && recovered.output.contains("done:"))
    #expect(recovered.status == 0, "\(recovered.output)")
    #expect(fixture.session("status").status == 0)
    let again = fixture.session("recover")
    #expect(!again.output.contains("CRITICAL") && !again.output.contains("lost:"))
  }

  @Test("recording goes on over a damaged state, and is not taken for certain")
  func recordingOverDamage() throws {
    _ = fixture.session("init")
    try fixture.damage("session-state.json")
    let recorded = fixture.session("record", "--message")
    #expect(recorded.status == 2 && recorded.errors.contains("T0740"))
    #expect(fixture.session("pressure").status == 2)
    #expect(fixture.session("check", "values", "x").status == 2)
    let recovered = fixture.session("recover")
    #expect(recovered.output.contains("lost: what happened while"))
    #expect(fixture.session("pressure").status == 0)
  }

  @Test("a damaged instruction history is restored, or taken as it was edited when asked")
  func history() throws {
    _ = fixture.session("init")
    let path = fixture.state + "/instruction-history.json"
    let record = #"{"id":"inst_001","text":"Use port 27027","source":"user","active":true}"#
    try "[\(record)]".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(fixture.session("init").output.contains("instructions 1 active"))
    try #"{"instructions":[\#(record)],"checksum":"sha256:00"}"#
      .write(toFile: path, atomically: true, encoding: .utf8)
    let status = fixture.session("status")
    #expect(status.status == 2 && status.output.contains("its checksum is not right"))
    #expect(fixture.session("init").status == 2)
    let accepted = fixture.session("recover", "--accept-history")
    #expect(accepted.output.contains("as it was edited: 1 instructions"))
    #expect(fixture.session("status").status == 0)
    try fixture.damage("instruction-history.json")
    let lost = fixture.session("recover")
    #expect(lost.output.contains("lost: 1 instructions") && lost.status == 0)
  }

  @Test("an instruction that is stored is a use of what classified it")
  func classified() {
    _ = fixture.session("init")
    let stored = run(
      "classify", "Check MongoDB at port 27027", "--store", "--state", fixture.state, "--rules",
      "tractatus.core")
    #expect(stored.status == 0 && stored.output.contains("inst_001"))
    let status = fixture.session("status")
    #expect(status.output.contains("✓ InstructionPersistenceClassifier"))
    #expect(status.output.contains("instructions 1 active: HIGH 1 · SYSTEM 1"))
  }

  @Test("the block for CLAUDE.md has 50 to 60 lines, from the loaded policy")
  func claudeBlock() {
    let text = fixture.session("claude-md").output
    let count = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect((50...60).contains(count), "\(count)")
    #expect(text.contains("| database | BoundaryEnforcer, ContextPressureMonitor, Cross"))
    #expect(text.contains("20 messages or 40000 tokens") && text.contains("25 %, 50 %, 75 %"))
    let core = fixture.session("claude-md", rules: "tractatus.core").output
    #expect(core.contains("No loaded package says what it needs"))
    let all = fixture.session("claude-md", "--rules", "tractatus.core").output
    for text in [core, all, fixture.session("claude-md", rules: "tractatus.shell").output] {
      let count = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect((50...60).contains(count), "\(count)")
    }
  }

  @Test("what is said is as much as asked for")
  func verbosity() throws {
    _ = fixture.session("init")
    var last = -1
    for word in ["silent", "summary", "detailed", "debug"] {
      let count = fixture.session("status", "--verbosity", word).output.count
      #expect(count > last, "\(word)")
      last = count
    }
    let report = try fixture.json(fixture.session("status", "--format", "json").output)
    let session = try #require(report["session"] as? [String: Any])
    #expect(session["session_id"] as? String == "2026-11-21-001")
  }
}
