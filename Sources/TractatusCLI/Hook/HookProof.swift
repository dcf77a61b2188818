import TractatusJSON

/// Shows that an installed hook holds: its own command line is run on an action that these rules
/// always deny.
struct HookProof {
  /// What came of it.
  enum Outcome: Equatable {
    /// The action was denied.
    case denies
    /// Nothing was said, as a shadow says nothing.
    case watches
    /// Anything else, with what was seen.
    case fails(String)
  }

  /// The name of the session in the log.
  static let session = "tractatus-hook-status"

  /// Runs a command line of the settings as the client would, for a project.
  static func run(
    _ command: String, isShadow: Bool, project: String, _ console: Console
  ) -> Outcome {
    var environment = ["CLAUDE_PROJECT_DIR=\(project)"]
    let names = ["HOME", "PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", CacheSettings.variable]
    for name in names {
      if let value = console.environment(name) { environment.append("\(name)=\(value)") }
    }
    let answer: ChildProcess.Answer
    do throws(SystemError) {
      answer = try ChildProcess.ask(
        ["/bin/sh", "-c", command], environment: environment, input: event(project))
    } catch {
      return .fails("it cannot be run: \(error.writingFailure)")
    }
    let errors = String(decoding: answer.errors, as: UTF8.self)
    guard answer.status == 0 else {
      return .fails("it ends with \(answer.status): \(errors)")
    }
    if isShadow {
      return answer.output.isEmpty ? .watches : .fails("it answers, as no shadow does")
    }
    return isDenial(answer.output) ? .denies : .fails("it lets pass what must be denied")
  }

  /// A write to the client's own settings.
  private static func event(_ project: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for (key, value) in [
      ("session_id", session), ("cwd", project), ("permission_mode", "default"),
      ("hook_event_name", "PreToolUse"), ("tool_name", "Write"), ("tool_use_id", session),
    ] {
      json.key(key)
      json.string(value)
    }
    json.key("tool_input")
    json.beginObject()
    json.key("file_path")
    json.string(project + "/.claude/settings.json")
    json.key("content")
    json.string("{}")
    json.endObject()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func isDenial(_ output: [UInt8]) -> Bool {
    var tape = JSONTape()
    guard (try? tape.parse(output.span)) != nil,
      let answer = tape.member(.root, "hookSpecificOutput"),
      let name = tape.member(answer, "hookEventName"), tape.string(name) == "PreToolUse",
      let verdict = tape.member(answer, "permissionDecision")
    else { return false }
    return tape.string(verdict) == "deny"
  }
}
