import Foundation
import Testing
import TractatusAdapters
import TractatusEngine
import TractatusJSON

/// Each sample, the adapter that reads it, and the calls that it holds.
private let samples: [(file: String, adapter: String, calls: [String])] = [
  (
    "claude-code-bash", "claude-code",
    [
      """
      tool="Bash" parameters={"command":"ls -l build","description":"List the build"} \
      description="List the build" cwd="/home/ada/shop"
      """
    ]
  ),
  (
    "claude-code-subagent", "claude-code",
    [#"tool="Bash" parameters={"command":"rm -rf dist"} cwd="/home/ada/shop""#]
  ),
  (
    "claude-code-write", "claude-code",
    [
      """
      tool="Write" parameters={"file_path":"/home/ada/shop/notes.md","content":"hello\\n"} \
      cwd="/home/ada/shop"
      """
    ]
  ),
  (
    "claude-code-edit", "claude-code",
    [
      """
      tool="Edit" parameters={"file_path":"/home/ada/shop/a.swift","old_string":"a",\
      "new_string":"b","replace_all":false} cwd="/home/ada/shop"
      """
    ]
  ),
  (
    "claude-code-read", "claude-code",
    [#"tool="Read" parameters={"file_path":"/home/ada/shop/a.swift"} cwd="/home/ada/shop""#]
  ),
  (
    "claude-code-mcp", "claude-code",
    [#"tool="mcp__files__read_file" parameters={"path":"a.swift"} cwd="/home/ada/shop""#]
  ),
  (
    "claude-code-after", "claude-code",
    [#"result="Bash" passes: the event `PostToolUse` maps to no action"#]
  ),
  (
    "claude-code-prompt", "claude-code",
    [#"event="prompt" passes: the event `UserPromptSubmit` maps to no action"#]
  ),
  ("anthropic-tool-use", "anthropic", [#"tool="run_shell" parameters={"command":"ls"}"#]),
  (
    "anthropic-message", "anthropic",
    [
      """
      tool="read_file" parameters={"path":"a.swift","description":"Look at it"} \
      description="Look at it"
      """,
      #"tool="web_search" parameters={"query":"swift"}"#,
    ]
  ),
  (
    "openai-chat-tool-call", "openai",
    [
      """
      tool="run_shell" parameters={"command":"ls","description":"List"} description="List"
      """
    ]
  ),
  (
    "openai-chat-message", "openai",
    [
      #"tool="run_shell" parameters={"command":"ls"}"#,
      #"tool="read_file" parameters={"path":"a"}"#,
    ]
  ),
  ("openai-responses-call", "openai", [#"tool="run_shell" parameters={"command":"ls"}"#]),
  (
    "openai-list-arguments", "openai",
    ["T0702: the arguments are a JSON object, and these are a list"]
  ),
  (
    "langchain-calls", "langchain",
    [
      #"tool="run_shell" parameters={"command":"ls"}"#,
      #"tool="read_file" parameters={"path":"a"}"#,
    ]
  ),
  ("mcp-call", "mcp", [#"tool="run_shell" parameters={"command":"ls"}"#]),
  ("mcp-call-without-arguments", "mcp", [#"tool="list_files""#]),
  ("mcp-list", "mcp", ["passes: the method `tools/list` maps to no action"]),
]

@Suite("documents of clients")
struct AdapterTests {
  @Test("every sample is told by its fields and read unchanged", arguments: samples)
  func everySample(file: String, adapter: String, calls: [String]) throws {
    let bytes = try sample(file)
    #expect(describe(bytes, as: nil) == [adapter] + calls)
    #expect(describe(bytes, as: adapter) == [adapter] + calls)
  }

  @Test("every sample has its line, and the other way round")
  func samplesAreListed() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.sorted() == samples.map { $0.file + ".json" }.sorted())
  }

  @Test("no prefix of a sample is taken for a call", arguments: samples.map(\.file))
  func prefixes(file: String) throws {
    let bytes = try sample(file)
    for count in 0..<(bytes.count - 1) {
      let lines = describe(Array(bytes[..<count]), as: nil)
      #expect(lines.count == 1 && lines[0].hasPrefix("T0701: "), "\(count): \(lines)")
    }
  }

  @Test(
    "what no client sends, or two do, is refused",
    arguments: [
      ("{}", "T0711: the document is an object that no known client sends"),
      ("[]", "T0711: the document is a list that no known client sends"),
      ("3", "T0711: the document is a number that no known client sends"),
      ("[[]]", "T0711: the document is a list"),
      (
        #"{"action":"a","hook_event_name":"Stop"}"#,
        "T0711: the document fits `native` and `claude-code`: say which with `--from`"
      ),
      (#"{"hook_event_name":3}"#, "T0702: the event has no `hook_event_name`"),
      (
        #"{"hook_event_name":"PreToolUse","tool_input":{}}"#,
        "T0702: the call does not name its tool"
      ),
      (
        #"{"hook_event_name":"PreToolUse","tool_name":"","tool_input":{}}"#,
        "T0702: the call does not name its tool"
      ),
      (
        #"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#,
        "T0702: the call has no parameters"
      ),
      (
        #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":"ls"}"#,
        "T0702: the parameters are an object, and these are a text"
      ),
      (
        #"{"hook_event_name":"beforeShellExecution","command":"ls","cwd":""}"#,
        "T0712: the event `beforeShellExecution` is not supported"
      ),
      // It may ask for leave: nobody knows.
      (#"{"hook_event_name":"PreFlight"}"#, "T0712: the event `PreFlight` is not supported"),
      (#"{"hook_event_name":"pretooluse"}"#, "T0712: the event `pretooluse` is not supported"),
      (
        #"{"type":"function_call","name":"a","arguments":"{"}"#,
        "T0701: the arguments cannot be read: the document ends too early (line 1, column 2)"
      ),
      (
        #"{"type":"function_call","name":"a","arguments":"{\"a\":1,\"a\":2}"}"#,
        "T0701: the arguments cannot be read: the object has this key twice"
      ),
      (#"[{"name":"a","args":{}},{"name":"b"}]"#, "T0702: the call has no parameters"),
      (#"{"jsonrpc":"2.0","id":1}"#, "T0702: the message has no `method`"),
      (#"{"jsonrpc":"2.0","method":"tools/call"}"#, "T0702: the message has no `params`"),
      (
        #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"a","arguments":[]}}"#,
        "T0702: the parameters are an object, and these are a list"
      ),
    ])
  func refusals(document: String, error: String) {
    let lines = describe(Array(document.utf8), as: nil)
    #expect(lines.last?.hasPrefix(error) == true, "\(lines)")
  }

  @Test(
    "what asks for leave under another name is judged",
    arguments: [
      (
        #"{"hook_event_name":"PermissionRequest","tool_name":"Bash","tool_input":{"command":"ls"}}"#,
        #"tool="Bash" parameters={"command":"ls"}"#
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}"#,
        #"tool="resources/read" parameters={"uri":"file:///etc/passwd"}"#
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage"}"#,
        #"tool="sampling/createMessage""#
      ),
    ])
  func calls(document: String, call: String) {
    #expect(describe(Array(document.utf8), as: nil).last == call)
  }

  @Test("what only tells of something passes, where no rule is made for it")
  func telling() {
    for (document, reason) in [
      (
        #"{"hook_event_name":"Notification","message":"x"}"#,
        "passes: the event `Notification` maps to no action"
      ),
      (
        #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
        "passes: the method `notifications/cancelled` maps to no action"
      ),
    ] {
      #expect(describe(Array(document.utf8), as: nil).last == reason)
    }
  }

  @Test("a description that is no text stays a parameter, and an empty folder is none")
  func oddFields() {
    let document = """
      {"hook_event_name":"PreToolUse","tool_name":"t","cwd":"","tool_input":{"description":[1]}}
      """
    let wanted = ["claude-code", #"tool="t" parameters={"description":[1]}"#]
    #expect(describe(Array(document.utf8), as: nil) == wanted)
  }

  @Test("a document that is plainly native is told as native, and its call is the same")
  func plainDocuments() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    var documents = try names.filter { $0.hasSuffix(".json") }.map {
      try sample(String($0.dropLast(5)))
    }
    let fields = [
      "action", "tool", "description", "parameters", "project", "cwd", "at", "session", "scores",
      "components", "facts", "reasoning", "actor", "resolved",
    ]
    let others = ["type", "function", "args", "tool_calls", "content", "jsonrpc", "name", "x"]
    let values = [#""tool_use""#, "{}", #"[{"args":{},"type":"tool_use"}]"#, "null"]
    for value in values {
      for field in fields {
        for more in ["", #","action":"a""#, #","tool":"b""#] where !more.contains(field) {
          documents.append(Array(#"{"\#(field)":\#(value)\#(more)}"#.utf8))
        }
      }
      for other in others {
        documents.append(Array(#"{"action":"a","\#(other)":\#(value)}"#.utf8))
      }
    }
    documents.append(
      Array("{\(fields.map { #""\#($0)":1"# }.joined(separator: ","))}".utf8))
    var count = 0
    for document in documents {
      var input = ActionInput()
      guard (try? Adapter.readPlain(document.span, into: &input)) == true else { continue }
      count += 1
      let wanted = describe(document, as: nil)
      #expect(
        wanted == ["native", describe(input)], "\(String(decoding: document, as: UTF8.self))")
    }
    #expect(count > 100)
  }

  private var folder: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Samples"
  }

  private func sample(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).json")))
  }

  /// The adapter's name and a line for each call, or the error.
  private func describe(_ bytes: [UInt8], as name: String?) -> [String] {
    var input = ActionInput()
    var lines: [String] = []
    do throws(DecisionError) {
      let adapter = name.flatMap { Adapter.named($0) }
      let reading = try Adapter.read(bytes.span, as: adapter, into: &input)
      lines.append(reading.adapter.name)
      switch reading.document {
      case .passes(let reason): lines.append("passes: " + reason)
      case .occasion(let document, let reason):
        try input.readNative(document.span)
        // The name of the tool or the event comes last.
        lines.append("\(describe(input).split(separator: " ").last ?? "") passes: \(reason)")
      case .calls(let calls):
        for call in calls {
          try call.select(in: &input)
          lines.append(describe(input))
        }
      }
    } catch {
      lines.append("\(error.code): \(error.reason)")
    }
    return lines
  }

  private func describe(_ input: ActionInput) -> String {
    let fields = input.fields
    return [
      ("action", fields.action), ("tool", fields.tool), ("parameters", fields.parameters),
      ("description", fields.description), ("cwd", fields.cwd), ("project", fields.project),
      ("at", fields.at), ("facts", fields.facts), ("session", fields.session),
      ("result", fields.result), ("event", fields.event),
    ].compactMap { name, field in
      guard let field else { return nil }
      var json = JSONWriter()
      json.value(field.node, of: input.tape(field.document))
      return "\(name)=\(String(decoding: json.bytes, as: UTF8.self))"
    }.joined(separator: " ")
  }
}
