import Foundation
import Testing

/// The decision that `eval --format json` prints, as far as these tests look at it.
struct PrintedDecision: Decodable {
  struct Fired: Decodable {
    struct Conflict: Decodable {
      var type: String
      var attribute: String?
      var expected: PrintedValue?
      var actual: PrintedValue?
      var confidence: Double?
    }
    var rule: String
    var kind: String
    var service: String?
    var verdict: String
    var reason: String
    var at: String
    var conflict: Conflict?
  }
  struct Unmet: Decodable {
    var rule: String
    var require: String
  }
  struct Unknown: Decodable {
    var cause: String
    var verdict: String
    var rules: [String]
  }
  var verdict: String
  var status: String
  var types: [String]?
  var reason: String
  var code: String?
  var requiresHuman: Bool?
  var granted: Bool?
  var finalDecisionRequires: String?
  var fired: [Fired]?
  var correctedAction: [String: PrintedValue]?
  var unmet: [Unmet]?
  var unknown: [Unknown]?
  var offers: [String]?
  var checks: [String]?
}

/// A number or a text of a decision, as text.
struct PrintedValue: Decodable, Equatable, ExpressibleByStringLiteral {
  var text: String

  init(stringLiteral text: String) { self.text = text }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      text = String(number)
    } else {
      text = try container.decode(String.self)
    }
  }
}

/// Runs `eval` with the example rules; gives its status and decisions.
func evaluate(
  _ words: String..., input: String = "", rules: [String]? = nil
) throws -> (status: Int32, decisions: [PrintedDecision]) {
  let sources = rules ?? [repository + "/rules"]
  let all =
    ["eval", "--format", "json"] + sources.flatMap { ["--rules", $0] } + words
  let result = run(all, input: Array(input.utf8))
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  let decisions = try result.output.split(separator: "\n").map { line in
    try decoder.decode(PrintedDecision.self, from: Data(line.utf8))
  }
  return (result.status, decisions)
}

/// The decisions on JSON files, judged as one stream: the rules are compiled once.
func evaluateFiles(_ paths: [String]) throws -> [PrintedDecision] {
  let lines = try paths.map { path in
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: path)))
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }
  return try evaluate("--stream", input: lines.joined(separator: "\n")).decisions
}

@Suite("the examples of the repository")
struct ExampleTests {
  private let examples = repository + "/rules/examples/"

  @Test("what was said in a session is kept with the 49 instructions of an organisation")
  func organisation() throws {
    let folder = repository + "/Tests/Conformance/organisation"
    let history = ["--instructions", folder + "/instruction-history.json"]
    let checked = run(["check", folder] + history)
    #expect(checked.status == 0, "\(checked)")
    #expect(checked.output.contains("read by meridian.agents.left_alone"), "\(checked)")
    #expect(checked.output.contains("recorded, not enforced"), "\(checked)")
    let call = #"{"tool":"Edit","parameters":{"file_path":"/w/src/tax/a.ts","new_string":"x"},"#
    let decided = run(
      ["eval", "--rules", folder, "--format", "json"] + history,
      input: Array((call + #""project":"/w"}"#).utf8))
    #expect(decided.output.contains("You said to leave /w/src/tax/a.ts alone."), "\(decided)")
  }

  @Test("a connection to the usual default is denied by the instruction and corrected")
  func defaultPort() throws {
    let result = try evaluate(examples + "connect-default-port.json")
    #expect(result.status == 1)
    let decision = try #require(result.decisions.first)
    #expect(decision.verdict == "deny")
    #expect(decision.status == "REJECTED")
    #expect(decision.types == ["acme.platform.database_connect"])
    let fired = try #require(decision.fired?.first)
    #expect(fired.rule == "acme.platform.inst_042")
    #expect(fired.kind == "instruction")
    #expect(fired.service == "CrossReferenceValidator")
    #expect(fired.at.contains("rules/examples/platform.tract:"))
    #expect(fired.reason == "You specified port 27027; 27017 is the usual default.")
    #expect(decision.reason == fired.reason)
    let conflict = try #require(fired.conflict)
    #expect(conflict.type == "training_pattern_override")
    #expect(conflict.attribute == "port")
    #expect(conflict.expected == "27027")
    #expect(conflict.actual == "27017")
    #expect(conflict.confidence == 0.95)
    #expect(decision.correctedAction == ["port": "27027"])
  }

  @Test("the agreed port passes as number and as text, and so does a connection without a port")
  func agreedPort() throws {
    let names = ["connect-agreed-port", "connect-agreed-port-as-text", "connect-without-port"]
    let lines = try names.map { name in
      try String(contentsOfFile: examples + name + ".json", encoding: .utf8)
        .replacing("\n", with: " ")
    }
    let result = try evaluate("--stream", input: lines.joined(separator: "\n"))
    #expect(result.status == 0)
    #expect(result.decisions.map(\.verdict) == ["allow", "allow", "allow"])
  }

  @Test("every example action has a verdict of its own, and none is an error")
  func allExamples() throws {
    let wanted = [
      "claude-code-bash": "warn", "connect-agreed-port": "allow",
      "connect-agreed-port-as-text": "allow", "connect-default-port": "deny",
      "connect-fresh-session": "deny", "connect-without-port": "allow",
      "delete-user-data": "ask", "deploy-unknown-freeze": "ask", "unmapped-tool": "ask",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: examples)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    #expect(names.sorted() == wanted.keys.sorted())
    let decisions = try evaluateFiles(names.sorted().map { examples + $0 + ".json" })
    for (name, decision) in zip(names.sorted(), decisions) {
      #expect(decision.verdict == wanted[name], "\(name)")
      #expect(decision.code == nil, "\(name)")
    }
  }

  @Test("a fresh session's connection is refused by the requirement")
  func freshSession() throws {
    let result = try evaluate(examples + "connect-fresh-session.json")
    #expect(
      result.decisions.first?.unmet?.contains { $0.rule.hasSuffix(".database_session") } == true)
  }

  @Test("a tool that nothing maps asks, and a missing fact is named")
  func unmappedAndUnknown() throws {
    let unmapped = try evaluate(examples + "unmapped-tool.json")
    #expect(unmapped.status == 1)
    #expect(unmapped.decisions.first?.types == ["unmapped"])
    #expect(unmapped.decisions.first?.requiresHuman == true)
    let deploy = try evaluate(examples + "deploy-unknown-freeze.json")
    let causes = deploy.decisions.first?.unknown?.map(\.cause) ?? []
    #expect(causes.contains("fact `release.frozen` was not supplied"))
    let known = try evaluate(
      "--fact", "release.frozen=true", examples + "deploy-unknown-freeze.json")
    #expect(known.decisions.first?.verdict == "deny")
    #expect(known.decisions.first?.fired?.first?.rule == "acme.platform.inst_061")
  }

  @Test("real payloads of clients are decided by the example rules unchanged")
  func clientPayloads() throws {
    let folder = repository + "/Tests/TractatusAdaptersTests/Samples/"
    let wanted: [(name: String, type: String?)] = [
      ("claude-code-bash", "bash"), ("claude-code-subagent", "bash"),
      ("claude-code-write", "write_file"), ("claude-code-edit", "edit_file"),
      ("claude-code-read", "read_file"), ("claude-code-mcp", "read_file"), ("mcp-call", "bash"),
      ("anthropic-tool-use", "bash"), ("openai-chat-tool-call", "bash"),
      ("claude-code-after", nil),
    ]
    let decisions = try evaluateFiles(wanted.map { folder + $0.name + ".json" })
    for (wanted, decision) in zip(wanted, decisions) {
      // Without a session the pressure is not known, of which the core pack warns.
      #expect(decision.verdict == (wanted.type == nil ? "allow" : "warn"), "\(wanted.name)")
      let types = wanted.type.map { ["tractatus.actions." + $0] }
      #expect(decision.types == types, "\(wanted.name)")
    }
    let several = try evaluate(folder + "langchain-calls.json")
    #expect(several.decisions.count == 2)
    let list = try evaluate(folder + "openai-list-arguments.json")
    #expect(list.status == 2)
    #expect(list.decisions.map(\.code) == ["T0702"])
  }

  @Test("secrets stay unread whichever client asks")
  func secrets() throws {
    let event = """
      {"hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"/srv/app/.env"}}
      """
    let result = try evaluate("-", input: event)
    #expect(result.status == 1)
    #expect(result.decisions.first?.fired?.first?.rule == "acme.platform.inst_070")
    let other = """
      {"jsonrpc":"2.0","id":1,"method":"tools/call",
       "params":{"name":"read_file","arguments":{"path":"/home/a/.ssh/id_rsa"}}}
      """
    #expect(try evaluate(input: other).decisions.first?.verdict == "deny")
  }
}

@Suite("the worked examples of the core pack")
struct WorkedExampleTests {
  private let session = """
    "session":{"messages":1,"tokens":0,"token_budget":200000,"tasks":0,"recent_errors":0,\
    "instructions":0}
    """

  private func decide(_ actions: String...) throws -> [PrintedDecision] {
    let input = actions.map { $0.replacing("\n", with: " ") }.joined(separator: "\n")
    return try evaluate("--stream", input: input, rules: ["tractatus.core"]).decisions
  }

  @Test("boundaries ask with alternatives or safety checks")
  func boundaries() throws {
    func action(_ words: String) -> String {
      #"{"tool":"Bash","description":"\#(words)","parameters":{"command":"x"},\#(session)}"#
    }
    let decisions = try decide(
      action("Should we put privacy or performance first?"),
      action("Auto-subscribe all users to the newsletter"),
      action("Delete all user data older than 30 days"))
    let wanted = [
      ("values", "human_judgment"), ("agency", "human_judgment"),
      ("irreversible", "human_approval"),
    ]
    for (decision, (rule, requires)) in zip(decisions, wanted) {
      #expect(decision.verdict == "ask")
      #expect(decision.requiresHuman == true)
      #expect(decision.fired?.first?.rule == "tractatus.core." + rule)
      #expect(decision.fired?.first?.service == "BoundaryEnforcer")
      #expect(decision.finalDecisionRequires == requires)
      let advice = (decision.offers ?? []) + (decision.checks ?? [])
      #expect(advice.count >= 3, "\(rule)")
    }
  }

  @Test("pressure takes the upper level at each limit")
  func pressure() throws {
    func action(_ messages: Int, _ tokens: Int, _ tasks: Int) -> String {
      """
      {"tool":"Bash","parameters":{"command":"ls"},"session":{"messages":\(messages),
       "tokens":\(tokens),"token_budget":200000,"tasks":\(tasks),"recent_errors":0,
       "instructions":0}}
      """
    }
    let decisions = try decide(
      action(44, 0, 0), action(45, 0, 0), action(60, 66_000, 0), action(60, 67_000, 0),
      action(60, 199_999, 0), action(60, 200_000, 0), action(60, 199_999, 5),
      action(60, 200_000, 5))
    let wanted = ["allow", "warn", "warn", "warn", "warn", "ask", "ask", "deny"]
    #expect(decisions.map(\.verdict) == wanted)
  }

  @Test("the confidence of the worked example is 0.7075")
  func confidence() throws {
    let action = """
      {"tool":"Bash","parameters":{"command":"ls"},\(session),"scores":{"alignment":0.85,\
      "coherence":0.75,"completeness":0.45,"safety":0.9,"alternatives":0.5}}
      """
    let result = run(
      ["eval", "--rules", "tractatus.core", "--format", "json"], input: Array(action.utf8))
    #expect(result.output.contains(#""tractatus.core.confidence":{"score":0.7075,"#))
    #expect(result.output.contains(#""level":"proceed_with_caution""#))
    #expect(result.status == 0)
  }

  @Test("a fresh session's database change fails")
  func freshDatabaseChange() throws {
    let decision = try decide(
      """
      {"action":"database","parameters":{"statement":"UPDATE users SET active = false"},
       \(session),"components":{}}
      """
    ).first
    #expect(decision?.verdict == "deny")
    #expect(decision?.unmet?.count == 2)
  }
}
