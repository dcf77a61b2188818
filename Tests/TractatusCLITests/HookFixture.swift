import Foundation
import Testing

@testable import TractatusCLI

/// A project with rules of its own, and a home without anything.
final class HookFixture {
  let project: TemporaryFolder
  let home: TemporaryFolder

  /// A rule for each answer that a hook can give.
  static let rules = """
    policy acme.hooked "Hooked" version "1.0.0"
    use tractatus.actions
    action connect "Connect" { port: int  host: text optional  from tool "Connect" }
    action greet "Greet" { name: text  from tool "Greet" }
    instruction inst_001 "Port 27027" {
        persistence: high
        verification: mandatory
        explicitness: 0.95
        on connect
        expect port == 27027 instead of 27017 correct because "You specified 27027, not {port}."
    }
    rule names "Names" {
        on greet
        deny  when name == "Eve" because "Nobody greets {name}."
        ask   when name == "Mallory" because "A person greets {name}."
        warn  when name == "Trent" because "Greet {name} with care."
        allow when name == "Alice"
        offer "Greet Alice"
    }
    rule places "Places" {
        on read_file
        deny when path within "secret" because "{path} is secret."
        deny when path outside project because "{path} lies outside."
    }
    rule dated "Dated" {
        since: 2020-01-01
        on greet
        allow when name == "Victor"
    }
    """

  /// A home and a copy of the rules for all fixtures, so that they are compiled once.
  private static let shared: (home: TemporaryFolder, rules: TemporaryFolder)? = {
    guard let home = try? TemporaryFolder(), let rules = try? TemporaryFolder(),
      (try? rules.write("hooked.tract", HookFixture.rules)) != nil
    else { return nil }
    return (home, rules)
  }()
  /// The rules that the hook is told to take; none for those of the project.
  private let sharedRules: [String]

  init(rules: String? = HookFixture.rules) throws {
    project = try TemporaryFolder()
    home = try TemporaryFolder()
    let shared = try #require(Self.shared)
    sharedRules = rules == Self.rules ? ["--rules", shared.rules.path] : []
    if let rules { try project.write("rules/hooked.tract", rules) }
  }

  /// The variables that a client hands on.
  var variables: [String: String] {
    ["CLAUDE_PROJECT_DIR": project.path, "HOME": home.path]
  }

  /// An event before a tool is used.
  func event(
    _ tool: String, _ parameters: String, name: String = "PreToolUse", cwd: String? = nil
  ) -> String {
    """
    {"session_id":"s1","transcript_path":"/t","cwd":"\(cwd ?? project.path)",\
    "permission_mode":"unheardOf","hook_event_name":"\(name)","tool_name":"\(tool)",\
    "tool_input":\(parameters),"tool_use_id":"toolu_1","new_field":{}}

    """
  }

  /// Runs the hook within the test process; rules are compiled once for each home.
  func hook(
    _ input: String, _ words: [String] = [], variables: [String: String]? = nil,
    takesOwnRules: Bool = false
  )
    -> CommandRun
  {
    var variables = variables ?? self.variables
    let rules = takesOwnRules || words.contains("--rules") ? [] : sharedRules
    if !rules.isEmpty, let shared = Self.shared { variables["HOME"] = shared.home.path }
    let console = Console(
      input: ByteSource(bytes: Array(input.utf8)), environment: { [variables] in variables[$0] },
      folder: { "/w/proj" }, build: { CacheFixture.build })
    let status = CLI.run(["hook", "claude-code"] + words + rules, console: console)
    return CommandRun(status: status, output: console.output.text, errors: console.errors.text)
  }

  /// Runs the hook as a process.
  func process(_ words: [String] = []) throws -> CommandProcess {
    try CommandProcess(
      ["hook", "claude-code"] + words, folder: home.path, variables: variables)
  }
}

extension CommandRun {
  /// The member of the answer to PreToolUse.
  func answer(_ key: String) -> Any? {
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let answer = object?["hookSpecificOutput"] as? [String: Any]
    guard answer?["hookEventName"] as? String == "PreToolUse" else { return nil }
    return answer?[key]
  }

  /// Whether this is "no": status 2, nothing on standard output, one line on standard error.
  var isRefusal: Bool {
    status == 2 && output.isEmpty && errors.split(separator: "\n").count == 1
      && errors.hasPrefix("tractatus: ")
  }
}
