import Foundation
import Testing

@testable import TractatusCLI

/// The path of the README, from an empty folder to the first blocked action: the hook is installed
/// by the command, and its command lines are run as the client runs them, by `/bin/sh` in the
/// folder in which the agent is, with one event on standard input.
@Suite("the story of port 27027")
struct StoryTests {
  private let project: TemporaryFolder
  private let home: TemporaryFolder

  init() throws {
    project = try TemporaryFolder()
    home = try TemporaryFolder()
  }

  private func tractatus(_ words: String...) throws -> String {
    let result = try CommandProcess(
      words, folder: project.path,
      variables: ["HOME": home.path, "TRACTATUS_CACHE": home.path + "/cache"]
    ).finish()
    #expect(result.status == 0, "\(result)")
    return result.output
  }

  /// What the client gets for an event.
  private func send(_ name: String, _ members: String) throws -> CommandRun {
    let path = project.path + "/.claude/settings.json"
    let object = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: URL(fileURLWithPath: path)))
    let hooks = try #require((object as? [String: Any])?["hooks"] as? [String: Any])
    let groups = try #require(hooks[name] as? [[String: Any]])
    let entries = try #require(groups.first?["hooks"] as? [[String: Any]])
    let command = try #require(entries.first?["command"] as? String)
    let input = """
      {"session_id":"s1","transcript_path":"/t","cwd":"/tmp","permission_mode":"default",\
      "hook_event_name":"\(name)"\(members)}

      """
    let answer = try ChildProcess.ask(
      ["/bin/sh", "-c", "cd /tmp && " + command],
      environment: [
        "PATH=/usr/bin:/bin", "HOME=\(home.path)", "CLAUDE_PROJECT_DIR=\(project.path)",
        "TRACTATUS_CACHE=\(home.path)/cache",
      ], input: Array(input.utf8))
    return CommandRun(
      status: answer.status, output: String(decoding: answer.output, as: UTF8.self),
      errors: String(decoding: answer.errors, as: UTF8.self))
  }

  private func use(_ tool: String, _ parameters: String) throws -> CommandRun {
    try send(
      "PreToolUse", #","tool_name":"\#(tool)","tool_input":\#(parameters),"tool_use_id":"t1""#)
  }

  @Test("from an empty folder: said once, it is kept by every call, whatever its form")
  func denied() throws {
    _ = try tractatus("hook", "install", "claude-code", "--budget", "90000")
    #expect(try tractatus("hook", "status").hasPrefix("tractatus hook: active\n"))
    let begun = try send("SessionStart", #","source":"startup""#)
    #expect(begun.status == 0 && begun.output.contains("governs this session"), "\(begun)")
    let stored = try send("UserPromptSubmit", #","prompt":"Check MongoDB at port 27027""#)
    #expect(stored.output.contains("inst_001 (SYSTEM, HIGH, MANDATORY)"), "\(stored)")
    for (tool, parameters) in [
      ("Bash", #"{"command":"mongosh --port 27017"}"#),
      (
        "Edit",
        #"{"file_path":"\#(project.path)/a","old_string":"","new_string":"mongodb://localhost:27017"}"#
      ),
      ("mcp__mongodb__connect", #"{"server":"localhost","port":27017}"#),
    ] {
      let result = try use(tool, parameters)
      #expect(result.status == 0 && result.answer("permissionDecision") as? String == "deny")
      let reason = try #require(result.answer("permissionDecisionReason") as? String)
      #expect(reason.contains("27027") && reason.contains("27017"), "\(reason)")
    }
    #expect(try use("Bash", #"{"command":"mongosh --port 27027"}"#).output.isEmpty)
    let ended = try send("SessionEnd", #","reason":"other""#)
    #expect(ended.status == 0 && ended.output.isEmpty)
    #expect(try tractatus("audit", "verify").contains("records in 1 file: whole"))
    // What the edit wrote is not in the log.
    #expect(try tractatus("audit", "replay").contains(" the same, 0 changed, "))
  }

  @Test("where the policy says so it is corrected, with the whole input")
  func corrected() throws {
    try project.write(
      "rules/ports.tract",
      """
      policy acme.ports "Ports" version "1.0.0"
      use tractatus.actions
      instruction inst_001 "Check MongoDB at port 27027" {
          persistence: high
          verification: mandatory
          explicitness: 0.95
          on mongodb_address
          expect port == 27027 instead of 27017 correct because "You specified 27027, not {port}."
      }
      """)
    _ = try tractatus("hook", "install", "claude-code", "--budget", "90000")
    let result = try use("mcp__mongodb__connect", #"{"server":"db.acme.example","port":27017}"#)
    let input = try #require(result.answer("updatedInput") as? [String: Any])
    #expect(input["port"] as? Int == 27027 && input["server"] as? String == "db.acme.example")
    #expect(result.answer("permissionDecision") == nil)
    #expect((result.answer("additionalContext") as? String)?.contains("27017") == true, "\(result)")
  }
}
