import Foundation
import Testing

@testable import TractatusCLI

@Suite("the hook's answers")
struct HookTests {
  @Test("a denial and a question carry reason, rule and what may be done instead")
  func refusals() throws {
    let fixture = try HookFixture()
    let denied = fixture.hook(fixture.event("Greet", #"{"name":"Eve"}"#))
    #expect(denied.status == 0 && denied.errors.isEmpty)
    #expect(denied.answer("permissionDecision") as? String == "deny")
    let reason = denied.answer("permissionDecisionReason") as? String ?? ""
    #expect(reason.contains("Nobody greets Eve. [acme.hooked.names]"))
    #expect(reason.contains("You may instead: Greet Alice"))
    #expect(denied.output.hasSuffix("}\n"))
    let asked = fixture.hook(fixture.event("Greet", #"{"name":"Mallory"}"#))
    #expect(asked.answer("permissionDecision") as? String == "ask")
    let unmapped = fixture.hook(fixture.event("Rocket", "{}"))
    #expect(unmapped.answer("permissionDecision") as? String == "ask")
  }

  @Test("leave is given only where a policy grants it, and else nothing is said")
  func leave() throws {
    let fixture = try HookFixture()
    let granted = fixture.hook(fixture.event("Greet", #"{"name":"Alice"}"#))
    #expect(granted.answer("permissionDecision") as? String == "allow")
    // The clock is read: a dated rule grants nothing without a time.
    let dated = fixture.hook(fixture.event("Greet", #"{"name":"Victor"}"#))
    #expect(dated.answer("permissionDecision") as? String == "allow")
    let silent = fixture.hook(fixture.event("Greet", #"{"name":"Bob"}"#))
    #expect(silent.status == 0 && silent.output.isEmpty && silent.errors.isEmpty)
  }

  @Test("a warning is told to the model and decides nothing")
  func warning() throws {
    let fixture = try HookFixture()
    let warned = fixture.hook(fixture.event("Greet", #"{"name":"Trent"}"#))
    #expect(warned.answer("permissionDecision") == nil)
    let context = warned.answer("additionalContext") as? String ?? ""
    #expect(context.contains("Greet Trent with care."))
  }

  @Test("a correction sends every field back, and leaves the rest to the client's rules")
  func correction() throws {
    let fixture = try HookFixture()
    let call = #"{"host":"h\u00e9","port":27017,"extra":[1,{"a":null}]}"#
    let corrected = fixture.hook(fixture.event("Connect", call))
    #expect(corrected.answer("permissionDecision") == nil)
    let input = corrected.answer("updatedInput") as? NSDictionary
    #expect(input == ["host": "hé", "port": 27027, "extra": [1, ["a": NSNull()]]])
    let context = corrected.answer("additionalContext") as? String ?? ""
    #expect(context.contains("27017") && context.contains("27027"))
  }

  @Test("links in paths are followed, out of the project and into what is secret")
  func links() throws {
    let fixture = try HookFixture()
    let (root, files) = (fixture.project.path, FileManager.default)
    try fixture.project.write("secret/key", "k")
    for (link, target) in [
      ("plain", "secret/key"), ("folder", "secret"), ("out", "/etc"), ("loop", "loop"),
      ("dangling", "secret/new"), ("chain", "folder"),
    ] {
      try files.createSymbolicLink(atPath: root + "/" + link, withDestinationPath: target)
    }
    for (path, place) in [
      ("plain", "secret/key"), ("folder/key", "secret/key"), ("folder/none", "secret/none"),
      ("dangling", "secret/new"), ("chain/key", "secret/key"), ("folder/../a//./b/", "a/b"),
      ("none/../a", "a"),
    ] {
      let real = try #require(LinkResolution.resolve(root))
      #expect(LinkResolution.resolve(root + "/" + path) == real + "/" + place, "\(path)")
    }
    #expect(LinkResolution.resolve(root + "/out/passwd") == "/etc/passwd")
    for path in ["plain", "out/passwd"] {
      for start in [root + "/", ""] {
        let event = fixture.event("Read", #"{"file_path":"\#(start)\#(path)"}"#)
        let answer = fixture.hook(event).answer("permissionDecision")
        #expect(answer as? String == "deny", "\(path)")
      }
    }
    #expect(fixture.hook(fixture.event("Read", #"{"file_path":"a/b"}"#)).output.isEmpty)
    #expect(LinkResolution.resolve(root + "/loop/x") == nil)
    // The path of a patch is extracted, and leads as far.
    try files.createSymbolicLink(
      atPath: root + "/notes.md", withDestinationPath: "rules/hooked.tract")
    for (name, decision) in [("notes.md", "deny"), ("other.md", nil)] {
      let event = fixture.event("apply_patch", ##"{"command":"*** Update File: \##(name)\n+x\n"}"##)
      let answer = fixture.hook(event).answer("permissionDecision")
      #expect(answer as? String == decision, "\(name)")
    }
  }

  @Test("a project that is reached by a link is the project all the same")
  func linkedProject() throws {
    let fixture = try HookFixture()
    let link = fixture.home.path + "/work"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: fixture.project.path)
    let variables = ["CLAUDE_PROJECT_DIR": link + "/", "HOME": fixture.home.path]
    let readme = fixture.event("Read", #"{"file_path":"\#(link)/readme"}"#, cwd: link)
    #expect(fixture.hook(readme, variables: variables).output.isEmpty)
    try fixture.project.write("secret/key", "k")
    let event = fixture.event("Read", #"{"file_path":"\#(link)/secret/key"}"#)
    let answer = fixture.hook(event, variables: variables).answer("permissionDecision")
    #expect(answer as? String == "deny")
  }

  @Test("the rules are the project's, wherever the agent is")
  func roots() throws {
    let fixture = try HookFixture()
    let other = try HookFixture(rules: "policy other \"Other\" version \"1.0.0\"\n")
    let event = fixture.event("Greet", #"{"name":"Eve"}"#, cwd: other.project.path)
    #expect(
      fixture.hook(event, takesOwnRules: true).answer("permissionDecision") as? String == "deny")
    // The client's word goes before the option, which stands in where there is none.
    let words = ["--project", other.project.path]
    #expect(
      fixture.hook(event, words, takesOwnRules: true).answer("permissionDecision") as? String
        == "deny")
    let alone = fixture.hook(
      event, ["--project", fixture.project.path], variables: [:],
      takesOwnRules: true)
    #expect(alone.answer("permissionDecision") as? String == "deny")
    let relative = fixture.hook(event, ["--rules", "rules/hooked.tract"])
    #expect(relative.answer("permissionDecision") as? String == "deny")
  }

  @Test("what protects the rules is loaded whatever the rules are")
  func guardPack() throws {
    for rules in [nil, HookFixture.rules] {
      let fixture = try HookFixture(rules: rules)
      let path = fixture.project.path + "/.claude/settings.json"
      let event = fixture.event("Write", #"{"file_path":"\#(path)","content":"{}"}"#)
      #expect(fixture.hook(event).answer("permissionDecision") as? String == "deny")
    }
  }

  @Test(
    "events that are not decided, and those to come, pass without a word",
    arguments: ["Notification", "SubagentStop", "PermissionRequest", "SomethingNew"])
  func events(name: String) throws {
    let fixture = try HookFixture(rules: "broken")
    let result = fixture.hook(fixture.event("Bash", #"{"command":"rm -rf /"}"#, name: name))
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
  }

  @Test(
    "what is no event is refused in one line",
    arguments: [
      "", "{", "null", "[]", "{}", #"{"hook_event_name":7}"#, "log line\n{}",
      #"{"hook_event_name":"PreToolUse"}"#, #"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#,
      #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":"ls"}"#,
      #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":7}}"#,
      #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_name":"Read","tool_input":{}}"#,
      #"{"hook_event_name":"PreToolUse","tool_name":["Bash"],"tool_input":{}}"#,
      #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"\ud800"}}"#,
    ])
  func badInput(text: String) throws {
    let fixture = try HookFixture()
    let result = fixture.hook(text)
    #expect(result.isRefusal, "\(result)")
  }

  @Test("without usable rules or a project everything is refused in one line")
  func badPolicy() throws {
    let fixture = try HookFixture()
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    for rules in ["none", "tractatus.none", "/none/x.tbc"] {
      #expect(fixture.hook(event, ["--rules", rules]).isRefusal, "\(rules)")
    }
    #expect(fixture.hook(event, variables: ["HOME": "/none"]).isRefusal)
    #expect(fixture.hook(event, variables: ["CLAUDE_PROJECT_DIR": "relative"]).isRefusal)
    for text in [
      "policy x \"X\" version \"1.0.0\"\nrule a \"A\" { on nothing deny }\nrule b", "\0",
    ] {
      let broken = try HookFixture(rules: text)
      let result = broken.hook(event)
      #expect(result.isRefusal && result.errors.contains("T0714"), "\(result)")
    }
  }

  @Test("a document of more than 16 MiB is refused")
  func largeInput() throws {
    let fixture = try HookFixture()
    let name = String(repeating: "x", count: 17 << 20)
    let result = fixture.hook(fixture.event("Greet", #"{"name":"\#(name)"}"#))
    #expect(result.isRefusal && result.errors.contains("T0710"))
  }

  @Test("a shadow says nothing, whatever it finds")
  func shadow() throws {
    let fixture = try HookFixture()
    for event in [fixture.event("Greet", #"{"name":"Eve"}"#), "{"] {
      let result = fixture.hook(event, ["--shadow"])
      #expect(result.status == 0 && result.output.isEmpty)
    }
  }
}
