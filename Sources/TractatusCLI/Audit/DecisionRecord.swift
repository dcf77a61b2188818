import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// What the decision log keeps of one decision: who asked, what was asked, what was known around
/// it, and what was decided; enough to decide it again.
///
/// There is nothing of the environment in it, and no contents of files.
struct DecisionRecord {
  /// Fields of tools that hold what files hold, or what models and people are told. Their values
  /// are replaced by their length.
  static let contentFields: Set<String> = [
    "content", "contents", "new_string", "old_string", "new_text", "old_text", "new_source",
    "edits", "patch", "input", "prompt", "body", "text",
  ]
  /// A shadow rule of this name, of any package, takes out every text of an action for which it
  /// fires, or may.
  static let redactingRule = "redacted"

  /// Who asked: `claude-code`.
  var client: String
  /// The client's own names of the session, the call and the sub-agent.
  var session: String?
  var call: String?
  var agent: String?
  /// Whether the decision was only written down.
  var isShadow: Bool
  /// The rules that decided, as the values of `--rules`, absolute.
  var rules: [String]
  var decision: Decision

  /// The members of the record, without the braces, as the log completes them.
  ///
  /// - Parameter input: the call; nil where it could not be read.
  func members(of input: borrowing ActionInput, hasCall: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.key("client")
    json.string(client)
    for (key, value) in [("session", session), ("call", call), ("agent", agent)] {
      guard let value else { continue }
      json.key(key)
      json.string(value)
    }
    if isShadow {
      json.key("shadow")
      json.bool(true)
    }
    json.key("rules")
    json.beginArray()
    for root in rules { json.string(root) }
    json.endArray()
    if hasCall {
      writeAction(of: input, to: &json)
      json.key("surroundings")
      json.value(.root, of: input.surroundings)
    }
    json.key("decision")
    json.raw(DecisionWriter.json(decision).span)
    return json.bytes
  }

  // MARK: The action

  private func writeAction(of input: borrowing ActionInput, to json: inout JSONWriter) {
    let isRedacted = redactsTexts
    var redacted: [String] = []
    json.key("action")
    json.beginObject()
    write("tool", input.fields.tool, of: input, to: &json)
    write("cwd", input.fields.cwd, of: input, to: &json)
    if let place = input.fields.parameters {
      let tape = input.tape(place.document)
      json.key("parameters")
      json.beginObject()
      for field in tape.children(place.node) {
        let name = tape.keyString(field)
        json.key(name)
        let isText = tape.kind(field) == .string
        let holdsText = isText || tape.kind(field) == .array || tape.kind(field) == .object
        guard holdsText, Self.contentFields.contains(name) || isRedacted else {
          json.value(field, of: tape)
          continue
        }
        redacted.append(name)
        json.beginObject()
        json.key("bytes")
        json.number(tape.content(field).count)
        json.endObject()
      }
      json.endObject()
    }
    json.endObject()
    if redacted.isEmpty { return }
    json.key("redacted")
    json.beginArray()
    for name in redacted { json.string(name) }
    json.endArray()
  }

  private func write(
    _ key: StaticString, _ place: DocumentNode?, of input: borrowing ActionInput,
    to json: inout JSONWriter
  ) {
    guard let place else { return }
    json.key(key)
    json.value(place.node, of: input.tape(place.document))
  }

  /// Whether a shadow rule says that the texts of the action are not kept.
  private var redactsTexts: Bool {
    func isRedacting(_ rule: String) -> Bool { rule.hasSuffix("." + Self.redactingRule) }
    return decision.shadow.contains { entry in
      switch entry {
      case .fired(let entry): isRedacting(entry.rule)
      case .unmet(let entry): isRedacting(entry.rule)
      case .unknown(let entry): entry.rules.contains(where: isRedacting)
      }
    }
  }
}
