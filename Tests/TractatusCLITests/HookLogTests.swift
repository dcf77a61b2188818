import Foundation
import Testing

@testable import TractatusCLI

@Suite("the decision log")
struct HookLogTests {
  private func log(of fixture: HookFixture) -> String {
    fixture.project.path + "/.claude/decisions.jsonl"
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func verify(_ path: String) -> CommandRun { run("audit", "verify", path) }

  /// A log of four decisions.
  private func written() throws -> HookFixture {
    let fixture = try HookFixture()
    let path = fixture.project.path
    for event in [
      fixture.event("Greet", #"{"name":"Eve"}"#),
      fixture.event("Write", #"{"file_path":"\#(path)/a","content":"hunter2 is secret"}"#),
      fixture.event("Connect", #"{"port":27017}"#),
      fixture.event("Greet", #"{"name":"Alice"}"#),
    ] {
      #expect(fixture.hook(event).status == 0)
    }
    return fixture
  }

  @Test("each decision is a line with all that it takes to decide it again, and no contents")
  func records() throws {
    let fixture = try written()
    let lines = try lines(log(of: fixture))
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"{"seq":1,"prev":"0000"#))
    #expect(lines[0].contains(#""action":{"tool":"Greet","cwd":"#))
    #expect(lines[0].contains(#""session":"s1","call":"toolu_1""#))
    #expect(lines[1].contains(#""content":{"bytes":17}}"#))
    #expect(lines[1].contains(#""redacted":["content"]"#))
    #expect(!lines.joined().contains("hunter2"))
    let whole = verify(fixture.project.path + "/.claude")
    #expect(whole.status == 0 && whole.output == "4 records in 1 file: whole\n", "\(whole)")
    // A call that cannot be judged is written down as well.
    #expect(fixture.hook(fixture.event("Connect", #"{"port":"x"}"#)).isRefusal)
    #expect(try self.lines(log(of: fixture)).last?.contains(#""status":"ERROR""#) == true)
  }

  @Test("what holds contents or spells a secret is left out by the rules of the pack")
  func redaction() throws {
    let fixture = try HookFixture()
    let kept = "kept-\(fixture.project.path.utf8.count)"
    for (tool, parameters, names) in [
      ("Bash", #"{"command":"ls \#(kept)","description":"look"}"#, ""),
      ("Bash", #"{"command":"mysql --password=hunter2","description":"x"}"#, "command description"),
      ("Edit", #"{"file_path":"/\#(kept)","old_string":"hunter2","new_string":""}"#, "old new"),
      ("MultiEdit", #"{"file_path":"/\#(kept)","edits":[{"new_string":"hunter2"}]}"#, "edits"),
      ("apply_patch", #"{"command":"+hunter2"}"#, "command"),
      ("Agent", #"{"prompt":"hunter2","subagent_type":"\#(kept)"}"#, "prompt"),
      ("mcp__slack__send_message", #"{"channel":"\#(kept)","text":"hunter2"}"#, "text"),
      ("mcp__database__query", #"{"sql":"alter user x password = 'hunter2'"}"#, "sql"),
      // Of a tool that nothing reads, nothing but its name is kept.
      ("mcp__x__y", #"{"anything":"hunter2","count":3}"#, "anything"),
      // A call that cannot be judged may hold anything.
      ("Write", #"{"file_path":"/a","content":7,"other":"hunter2"}"#, "other"),
    ] {
      _ = fixture.hook(fixture.event(tool, parameters))
      let line = try #require(try lines(log(of: fixture)).last)
      #expect(!line.contains("hunter2"), "\(line)")
      #expect(line.contains(kept) == parameters.contains(kept), "\(line)")
      #expect(line.contains(#""redacted":"#) != names.isEmpty, "\(line)")
      for name in names.split(separator: " ") {
        #expect(line.contains("\(name)") && line.contains(#"{"bytes":"#), "\(line)")
      }
    }
    let words = ["audit", "replay", log(of: fixture), "--project", fixture.project.path]
    #expect(!run(words).output.contains(": changed:"), "\(run(words))")
  }

  @Test("a line that was changed, taken out, moved or cut off is named")
  func tampering() throws {
    let fixture = try written()
    let path = log(of: fixture)
    let whole = try lines(path)
    func check(_ changed: [String], line: Int, ending: String = "\n", _ name: String) throws {
      try (changed.joined(separator: "\n") + ending)
        .write(toFile: path, atomically: false, encoding: .utf8)
      let result = verify(path)
      #expect(result.status == 1, "\(name)")
      #expect(result.output.hasPrefix("\(path):\(line): error[T0734]: "), "\(name): \(result)")
    }
    var changed = whole
    changed[1] = changed[1].replacing("Write", with: "Reads")
    try check(changed, line: 3, "changed")
    try check([whole[0], whole[2], whole[3]], line: 2, "taken out")
    try check([whole[0], whole[2], whole[1], whole[3]], line: 2, "moved")
    try check(Array(whole[1...]), line: 1, "beginning taken off")
    try check(Array(whole[..<3]), line: 3, "end taken off")
    try check(whole, line: 4, ending: "", "newline taken off")
    try check(whole[..<3] + [String(whole[3].dropLast(9))], line: 4, ending: "", "cut off")
    try check([whole[0], "", whole[1]], line: 2, "blank line")
    changed = whole
    changed[3] = changed[3].replacing("Alice", with: "Bruce")
    try check(changed, line: 4, "last changed")
    try check(whole + [whole[3]], line: 5, "line added")
  }

  @Test("the chain goes on after a cut, so that the gap shows for ever")
  func gap() throws {
    let fixture = try written()
    let path = log(of: fixture)
    let whole = try lines(path)
    try (whole[..<2].joined(separator: "\n") + "\n")
      .write(toFile: path, atomically: false, encoding: .utf8)
    #expect(fixture.hook(fixture.event("Greet", #"{"name":"Bob"}"#)).status == 0)
    let result = verify(path)
    #expect(result.output.contains(":3: error[T0734]: record 5 stands after record 2"))
    // What a killed process left of a line stands alone.
    let torn = try written()
    let handle = try #require(FileHandle(forWritingAtPath: log(of: torn)))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"seq":5,"pr"#.utf8))
    try handle.close()
    #expect(torn.hook(torn.event("Greet", #"{"name":"Bob"}"#)).status == 0)
    #expect(try lines(log(of: torn)).count == 6)
    #expect(verify(log(of: torn)).output.contains(":5: error[T0734]: the line is no record"))
  }

  @Test("a full log is put aside, and the chain goes on through all files")
  func rotation() throws {
    let folder = try TemporaryFolder()
    let log = DecisionLog(path: folder.path + "/decisions.jsonl", rotationSize: 400)
    for number in 0..<20 { try log.append(Array("\"n\":\(number)".utf8)) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    #expect(names.count > 3 && names[0].hasPrefix("decisions-000000000"), "\(names)")
    let result = verify(folder.path)
    #expect(result.status == 0 && result.output.hasPrefix("20 records in "), "\(result)")
    try FileManager.default.removeItem(atPath: folder.path + "/" + names[1])
    #expect(verify(folder.path).status == 1)
  }

  @Test("many writers at once lose no record and break no chain")
  func parallelWriters() throws {
    let folder = try TemporaryFolder()
    let log = DecisionLog(path: folder.path + "/decisions.jsonl", rotationSize: 4_000)
    let failed = WorkerThreads.map(Array(0..<16)) { _ in
      (0..<25).count { _ in (try? log.append(Array("\"x\":0".utf8))) == nil }
    }
    #expect(failed.reduce(0, +) == 0)
    #expect(verify(folder.path).output.hasPrefix("400 records in "))
  }

  @Test("a hundred hooks at once are each answered and written down")
  func parallelHooks() throws {
    let fixture = try HookFixture()
    // An image, so that none of them compiles.
    let image = fixture.project.path + "/policy.tbc"
    #expect(run("build", "-o", image, fixture.project.path + "/rules").status == 0)
    var hooks: [CommandProcess] = []
    for number in 0..<100 {
      let hook = try fixture.process(["--rules", "policy.tbc", "--budget", "120000"])
      let name = number % 2 == 0 ? "Eve" : "Bob"
      let event = fixture.event("Greet", #"{"name":"\#(name)"}"#)
      try hook.input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
      try hook.input.fileHandleForWriting.close()
      hooks.append(hook)
    }
    for (number, hook) in hooks.enumerated() {
      let output = try hook.output.fileHandleForReading.readToEnd() ?? Data()
      hook.process.waitUntilExit()
      #expect(hook.process.terminationStatus == 0)
      #expect(String(decoding: output, as: UTF8.self).contains("deny") == (number % 2 == 0))
    }
    let result = verify(fixture.project.path + "/.claude")
    #expect(result.output == "100 records in 1 file: whole\n", "\(result)")
  }

  @Test("what cannot be written down is refused in one line, and nothing half is left")
  func unwritable() throws {
    let fixture = try HookFixture()
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    let folder = fixture.home.path
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: folder + "/target")
    for log in ["/dev/full", folder, folder + "/none/log", folder + "/link"] {
      let result = fixture.hook(event, ["--log", log])
      #expect(result.isRefusal && result.errors.contains("T0733"), "\(log): \(result)")
    }
    try fixture.project.write(".claude", "no folder")
    #expect(fixture.hook(event).isRefusal)
  }

  @Test("a disk without room is a refusal, and the log stays as it was")
  func fullDisk() throws {
    let fixture = try written()
    let before = try Data(contentsOf: URL(fileURLWithPath: log(of: fixture)))
    let executable = try #require(fixture.process(["--shadow"]).process.executableURL).path
    // Files may not grow past what the log has: every write to it meets the end of the room.
    let blocks = before.count / 512
    let answer = try ChildProcess.ask(
      [
        "/bin/sh", "-c",
        "ulimit -f \(blocks); exec '\(executable)' hook claude-code --budget 90000",
      ],
      environment: [
        "CLAUDE_PROJECT_DIR=\(fixture.project.path)", "HOME=\(fixture.home.path)",
        "TRACTATUS_CACHE=off",
      ], input: Array(fixture.event("Greet", #"{"name":"Alice"}"#).utf8))
    let result = CommandRun(
      status: answer.status, output: String(decoding: answer.output, as: UTF8.self),
      errors: String(decoding: answer.errors, as: UTF8.self))
    #expect(result.isRefusal && result.errors.contains("T0733"), "\(result)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: log(of: fixture))) == before)
  }

  @Test("a replay finds what rules now decide otherwise, and says what it cannot tell")
  func replay() throws {
    let fixture = try written()
    let words = ["audit", "replay", log(of: fixture), "--project", fixture.project.path]
    let same = run(words)
    #expect(same.status == 0, "\(same)")
    #expect(same.output == "4 the same, 0 changed, 0 cannot be told, 0 not decided again\n")
    let rules = HookFixture.rules.replacing("name == \"Eve\"", with: "name == \"Adam\"")
    try fixture.project.write("rules/hooked.tract", rules)
    let changed = run(words)
    #expect(changed.status == 1)
    #expect(
      changed.output.contains("decisions.jsonl:1: changed: deny (acme.hooked.names) → allow"))
    let content = """
      policy acme.hooked "Hooked" version "1.0.0"
      use tractatus.actions
      rule contents "Contents" { on write_file deny when content == "" }
      """
    try fixture.project.write("rules/hooked.tract", content)
    #expect(run(words).output.contains("decisions.jsonl:2: cannot be told"))
  }

  @Test("a replay decides by the instructions of then, which lie beside the log under their digest")
  func replayOfInstructions() throws {
    let fixture = try HookFixture(rules: nil)
    let folder = fixture.project.path + "/.claude"
    let connect = fixture.event("mcp__mongodb__connect", #"{"port":27017}"#)
    func store(_ text: String) {
      let words = ["classify", text, "--store", "--state", folder, "--rules", "tractatus.core"]
      #expect(run(words).status == 0)
    }
    #expect(fixture.hook(connect).status == 0)
    store("Check MongoDB at port 27027")
    #expect(fixture.hook(connect).answer("permissionDecision") as? String == "deny")
    store("Never use port 27017")
    #expect(fixture.hook(connect).answer("permissionDecision") as? String == "deny")
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder + "/instructions")
    #expect(kept.count == 2)
    let words = ["audit", "replay", log(of: fixture), "--project", fixture.project.path]
    let all = run(words)
    #expect(
      all.output == "3 the same, 0 changed, 0 cannot be told, 0 not decided again\n", "\(all)")
    // With today's instructions the first comes out otherwise.
    let today = run(words + ["--instructions", folder + "/instruction-history.json"])
    #expect(today.status == 1 && today.output.contains("decisions.jsonl:1: changed: "), "\(today)")
    // What was changed since is not what decided.
    for name in kept { try fixture.project.write(".claude/instructions/" + name, "[]") }
    #expect(run(words).output.contains("1 the same, 0 changed, 0 cannot be told, 2 not decided"))
  }

  @Test("an image holds no readings, so it decides nothing where instructions are stored")
  func imageBesideInstructions() throws {
    let fixture = try HookFixture()
    let image = fixture.project.path + "/policy.tbc"
    #expect(run("build", fixture.project.path + "/rules", "-o", image).status == 0)
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    #expect(fixture.hook(event, ["--rules", image]).status == 0)
    let stored = run(
      "classify", "Check MongoDB at port 27027", "--store", "--state",
      fixture.project.path + "/.claude", "--rules", "tractatus.core")
    #expect(stored.status == 0)
    let refused = fixture.hook(event, ["--rules", image])
    #expect(refused.isRefusal && refused.errors.contains("1 instruction that is stored"))
  }

  @Test("a log is counted, and exported without who and what")
  func statistics() throws {
    let fixture = try written()
    let counted = run("audit", "stats", log(of: fixture))
    #expect(counted.output.hasPrefix("4 decisions in 1 sessions, 2"))
    #expect(counted.output.contains("\n  2  Greet\n"))
    let json = run("audit", "stats", log(of: fixture), "--format", "json")
    #expect(json.output.contains(#""tools":{"Greet":2,"#))
    let report = run("audit", "report", log(of: fixture)).output
    #expect(report.hasPrefix("log  whole\n4 decisions") && report.contains("Nobody greets Eve."))
    let metrics = run("audit", "metrics", log(of: fixture)).output
    #expect(metrics.contains("tractatus_decisions_total{verdict=\"deny\"} 1\n"))
    let exported = run("audit", "export", "--anonymise", log(of: fixture))
    #expect(exported.output.split(separator: "\n").count == 4)
    for word in ["Eve", "s1", "toolu", fixture.project.path, "27017"] {
      #expect(!exported.output.contains(word), "\(word)")
    }
    #expect(exported.output.contains(#""rule":"acme.hooked.names""#))
    for words in [["audit"], ["audit", "look"], ["audit", "verify", "a", "b"]] {
      #expect(run(words).status == 2)
    }
    #expect(run("audit", "verify", fixture.home.path).errors.contains("holds no decision log"))
  }
}
