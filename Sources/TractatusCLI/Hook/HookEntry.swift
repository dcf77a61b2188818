import TractatusJSON

/// The settings of Claude Code for this hook: which events it is called at, and how.
struct HookEntry {
  /// An event that the hook is installed for.
  struct Event {
    var name: String
    /// Whether it is asked per tool, and so has a matcher.
    var isOfTools: Bool
    /// Whether what fails must hold the agent back.
    var isDecided: Bool
  }

  /// The events, in the order in which they are written.
  static let events = [
    Event(name: "PreToolUse", isOfTools: true, isDecided: true),
    Event(name: "PostToolUse", isOfTools: true, isDecided: false),
    Event(name: "PostToolUseFailure", isOfTools: true, isDecided: false),
    Event(name: "UserPromptSubmit", isOfTools: false, isDecided: false),
    Event(name: "SessionStart", isOfTools: false, isDecided: false),
    Event(name: "PreCompact", isOfTools: false, isDecided: false),
    Event(name: "Stop", isOfTools: false, isDecided: false),
    Event(name: "SessionEnd", isOfTools: false, isDecided: false),
  ]
  /// The executable, absolute.
  var executable: String
  /// The project's folder, absolute; nil in a user's settings, which are for all projects.
  var project: String?
  /// The values of `--rules`.
  var rules: [String]
  var isShadow: Bool
  /// The value of `--budget`; nil for the default.
  var budget: Int?
  /// Further options of the hook as words, such as `--state` and its value.
  var options: [String] = []

  /// The seconds that the client waits: more than the hook's own time, so that the hook ends by
  /// itself and says why.
  private var clientSeconds: Int { 30 + (budget ?? 0) / 1_000 }

  /// The command line of an event, for `/bin/sh -c`.
  ///
  /// However the process ends, by a signal or because there is no such executable, the shell turns
  /// it into the status that holds the agent back.
  func command(for event: Event) -> String {
    var words = [executable, "hook", "claude-code"]
    if let project { words += ["--project", project] }
    for value in rules { words += ["--rules", value] }
    if let budget { words += ["--budget", "\(budget)"] }
    words += options
    if isShadow { words.append("--shadow") }
    let status = isShadow ? 0 : event.isDecided ? 2 : 1
    return words.map(Self.quoted).joined(separator: " ") + " || exit \(status)"
  }

  /// The group of settings for an event, as text of two spaces a level.
  func group(for event: Event) -> String {
    let matcher = event.isOfTools ? "\n  \"matcher\": \"*\"," : ""
    let failure = event.isDecided && !isShadow ? ",\n      \"onFailure\": \"block\"" : ""
    return """
      {\(matcher)
        "hooks": [
          {
            "type": "command",
            "command": \(Self.json(command(for: event))),
            "timeout": \(clientSeconds)\(failure)
          }
        ]
      }
      """
  }

  /// A word as a shell reads it back.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || "/._-+,@%".utf8.contains(byte)
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static func json(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
