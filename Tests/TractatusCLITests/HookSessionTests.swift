import Foundation
import Testing
import TractatusSession

@testable import TractatusCLI

@Suite("the hook's session")
struct HookSessionTests {
  private func store(_ fixture: HookFixture) -> SessionStore {
    SessionStore(fixture.project.path + "/.claude")
  }

  private func told(_ fixture: HookFixture, _ name: String, _ members: String = "") -> CommandRun {
    fixture.hook(
      """
      {"session_id":"s1","cwd":"/","hook_event_name":"\(name)"\(members)}
      """)
  }

  @Test("a session begins, is counted through its events, and ends")
  func story() throws {
    let fixture = try HookFixture(rules: nil)
    let event = fixture.event("Bash", #"{"command":"ls"}"#)
    // Without a session the core pack's pressure is not known, and says so.
    #expect(fixture.hook(event).output.contains("pressure"))
    let started = told(fixture, "SessionStart", #","source":"startup""#)
    #expect(started.status == 0 && started.output.contains(#""hookEventName":"SessionStart""#))
    #expect(started.output.contains("Tractatus governs this session"), "\(started)")
    #expect(fixture.hook(event).output.isEmpty)
    for (name, members) in [
      ("UserPromptSubmit", #","prompt":"please start""#),
      ("PostToolUse", #","tool_name":"Bash","tool_input":{"command":"ls"},"tool_response":"x""#),
      ("PostToolUseFailure", #","tool_name":"Bash","tool_input":{},"error":"Exit code 1""#),
      ("PreCompact", #","trigger":"auto""#), ("Stop", #","last_assistant_message":"done""#),
    ] {
      let result = told(fixture, name, members)
      #expect(result.status == 0 && result.output.isEmpty, "\(name): \(result)")
    }
    let state = try #require(store(fixture).read().certainState)
    #expect(state.clientSession == "s1" && state.messageCount == 2)
    #expect(state.tokenEstimate > 5 && state.errors.count == 1 && state.compactionCount == 1)
    #expect(state.use(of: "BoundaryEnforcer")?.result == "allow")
    #expect(state.pressures.count == 1)
    #expect(told(fixture, "SessionEnd", #","reason":"other""#).status == 0)
    #expect(store(fixture).read().certainState?.pressures.count == 2)
    // A session that is taken up again goes on; a new one begins.
    _ = told(fixture, "SessionStart", #","source":"resume""#)
    #expect(store(fixture).read().certainState?.messageCount == 2)
    _ = told(fixture, "SessionStart", #","source":"clear""#)
    #expect(store(fixture).read().certainState?.messageCount == 0)
  }

  @Test("a state that cannot be read counts as unknown, never as clean, and stops nobody")
  func damage() throws {
    for noise in ["", "{", "\u{0}\u{1}", #"{"version":1}"#] {
      let fixture = try HookFixture(rules: nil)
      let event = fixture.event("Bash", #"{"command":"ls"}"#)
      #expect(told(fixture, "SessionStart", #","source":"startup""#).status == 0)
      try fixture.project.write(".claude/session-state.json", noise)
      let result = fixture.hook(event)
      #expect(result.status == 0 && result.output.contains("pressure"), "\(result)")
      #expect(store(fixture).read().certainState == nil)
      // What was lost stays known as lost.
      #expect(fixture.hook(event).output.contains("pressure"))
    }
  }

  @Test("a state that is taken away in mid-session leaves the session in doubt until one begins")
  func removal() throws {
    let fixture = try HookFixture(rules: nil)
    let event = fixture.event("Bash", #"{"command":"ls"}"#)
    _ = told(fixture, "SessionStart", #","source":"startup""#)
    #expect(fixture.hook(event).output.isEmpty)
    for name in ["session-state.json", "session-state.json.bak"] {
      try? FileManager.default.removeItem(atPath: fixture.project.path + "/.claude/" + name)
    }
    // A decision begins no session either.
    #expect(fixture.hook(event).output.contains("pressure"))
    #expect(store(fixture).read().isMissing)
    #expect(told(fixture, "PostToolUse", #","tool_name":"Bash","tool_input":{}"#).status == 0)
    #expect(store(fixture).read().state.value != nil)
    #expect(store(fixture).read().certainState == nil)
    #expect(fixture.hook(event).output.contains("pressure"))
    _ = told(fixture, "SessionStart", #","source":"startup""#)
    #expect(store(fixture).read().certainState != nil)
    #expect(fixture.hook(event).output.isEmpty)
  }

  @Test("what a prompt says is stored, and kept by every later call whatever its form")
  func instructions() throws {
    let fixture = try HookFixture(rules: nil)
    _ = told(fixture, "SessionStart", #","source":"startup""#)
    let command = fixture.event("Bash", #"{"command":"mongosh --port 27017"}"#)
    #expect(fixture.hook(command).output.isEmpty)
    let prompt = #","prompt":"Check MongoDB at port 27027""#
    let stored = told(fixture, "UserPromptSubmit", prompt)
    #expect(stored.output.contains("Stored as inst_001 (SYSTEM, HIGH, MANDATORY)"), "\(stored)")
    // Said again it is stored already.
    #expect(told(fixture, "UserPromptSubmit", prompt).output.isEmpty)
    #expect(store(fixture).readInstructions().value?.count == 1)
    let file = #""file_path":"\#(fixture.project.path)/a.js""#
    for event in [
      command, fixture.event("Bash", #"{"command":"mongosh mongodb://localhost:27017/app"}"#),
      fixture.event(
        "Edit", #"{\#(file),"old_string":"x","new_string":"mongodb://localhost:27017"}"#),
      fixture.event(
        "apply_patch",
        #"{"command":"*** Update File: a.js\n-x\n+db = 'mongodb://localhost:27017/app'\n"}"#),
      fixture.event("mcp__mongodb__connect", #"{"server":"localhost","port":27017}"#),
    ] {
      let result = fixture.hook(event)
      #expect(result.output.contains(#""permissionDecision":"deny""#), "\(event): \(result)")
      #expect(result.output.contains("27027") && result.output.contains("27017"), "\(result)")
    }
    try several(fixture, file)
    let agreed = fixture.event("Bash", #"{"command":"mongosh --port 27027"}"#)
    #expect(fixture.hook(agreed).output.isEmpty)
    let mended = fixture.event(
      "apply_patch",
      #"{"command":"*** Update File: a.js\n-x = 'mongodb://h:27017'\n+x = 'mongodb://h:27027'\n"}"#)
    #expect(fixture.hook(mended).output.isEmpty)
    // A history that cannot be read, nor its copy, is none to decide by.
    for name in ["instruction-history.json", "instruction-history.json.bak"] {
      try fixture.project.write(".claude/" + name, "{")
    }
    let lost = fixture.hook(agreed)
    #expect(lost.status == 2 && lost.errors.contains("T0720"), "\(lost)")
  }

  /// Several changes at once, in one file or in many.
  private func several(_ fixture: HookFixture, _ file: String) throws {
    let added = "+db = 'mongodb://localhost:27017/app'"
    for (tool, parameters, decision) in [
      ("MultiEdit", #"{\#(file),"edits":[{"new_string":"mongodb://localhost:27017"}]}"#, "deny"),
      (
        "MultiEdit",
        #"{\#(file),"edits":[{"new_string":"x"},{"new_string":"mongodb://localhost:27017"}]}"#,
        "deny"
      ),
      (
        "mcp__files__edit_file", #"{"path":"/a","edits":[{"newText":"mongodb://h:27017"}]}"#, "deny"
      ),
      // Two ports, a harmless field beside the list, changes in no known spelling.
      (
        "MultiEdit",
        #"{\#(file),"edits":[{"new_string":"mongodb://h:27027"},{"new_string":"mongodb://h:27017"}]}"#,
        "ask"
      ),
      (
        "MultiEdit", #"{\#(file),"new_string":"x","edits":[{"new_string":"mongodb://h:27017"}]}"#,
        "ask"
      ),
      ("MultiEdit", #"{\#(file),"edits":[{"after":"mongodb://h:27017"}]}"#, "ask"),
      ("apply_patch", #"{"command":"*** Add File: b.js\n\#(added)\n"}"#, "ask"),
      (
        "apply_patch",
        #"{"command":"*** Update File: a.js\n+x\n*** Update File: rules/a.tract\n+x\n"}"#, "deny"
      ),
      ("apply_patch", #"{"command":"*** Update File: a.js\n+x\n*** Delete File: c\n"}"#, "ask"),
    ] {
      let result = fixture.hook(fixture.event(tool, parameters))
      let found = result.answer("permissionDecision") as? String
      #expect(found == decision, "\(parameters): \(result)")
    }
  }

  @Test(
    "each sentence of a prompt is an instruction of its own, and said again it is stored already")
  func sentences() throws {
    let fixture = try HookFixture(rules: nil)
    _ = told(fixture, "SessionStart", #","source":"startup""#)
    let prompt = """
      Hi there! Always use port 27027 for MongoDB. What is port 6379 for?\\n\\n\
      - Never use global state, e.g. in `app.js. Or`\\n- make it nicer
      """
    let result = told(fixture, "UserPromptSubmit", #","prompt":"\#(prompt)""#)
    #expect(result.status == 0, "\(result)")
    let records = try #require(store(fixture).readInstructions().value)
    #expect(
      records.map(\.text) == [
        "Always use port 27027 for MongoDB.", "Never use global state, e.g. in `app.js. Or`",
      ])
    #expect(records.map(\.id) == ["inst_001", "inst_002"])
    #expect(records[0].timestamp?.description.utf8.count ?? 99 <= 24)
    for record in records { #expect(result.output.contains("Stored as \(record.id)")) }
    let again = told(
      fixture, "UserPromptSubmit", #","prompt":"Always use port 27027 for MongoDB.""#)
    #expect(again.output.isEmpty, "\(again)")
  }

  @Test("after 20 messages the model is told how the session stands, once")
  func status() throws {
    let fixture = try HookFixture(rules: nil)
    _ = told(fixture, "SessionStart", #","source":"startup""#)
    _ = try store(fixture).update(at: nil) { state, _ in
      for _ in 0..<18 { state.recordMessage(at: nil) }
    }
    let prompt = #","prompt":"go on""#
    #expect(told(fixture, "UserPromptSubmit", prompt).output.isEmpty)
    let due = told(fixture, "UserPromptSubmit", prompt)
    #expect(due.output.contains("additionalContext") && due.output.contains("messages"), "\(due)")
    #expect(told(fixture, "UserPromptSubmit", prompt).output.isEmpty)
  }

  @Test("an event that cannot be recorded holds nobody back, and says why in one line")
  func failures() throws {
    let fixture = try HookFixture(rules: "policy")
    let broken = told(fixture, "SessionStart", #","source":"startup""#)
    #expect(broken.status == 1 && broken.output.isEmpty)
    #expect(broken.errors.split(separator: "\n").count == 1)
    let blocked = try HookFixture(rules: nil)
    try blocked.project.write(".claude", "no folder")
    let result = told(blocked, "UserPromptSubmit", #","prompt":"x""#)
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.split(separator: "\n").count == 1)
  }
}
