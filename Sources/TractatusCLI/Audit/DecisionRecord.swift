import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// What the decision log keeps of one decision: who asked, what was asked, what was known around
/// it, and what was decided; enough to decide it again.
///
/// There is nothing of the environment in it, and nothing that the rules want to be left out.
struct DecisionRecord {
  /// A shadow rule of this name, of any package, says what is not kept: its reasons name the
  /// fields.
  private static let redactingRule = "redacted"

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
  /// The SHA-256 of the instructions that decided with them; nil for none.
  var instructions: [UInt8]?
  var decision: Decision
  /// What the rules found of earlier actions, by the names of their tests.
  var history: [(name: String, count: HistoryCount)] = []

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
    if let instructions {
      json.key("instructions")
      json.string(DecisionLog.digestPrefix + SHA256.hexText(instructions))
    }
    if hasCall {
      writeAction(of: input, to: &json)
      json.key("surroundings")
      json.value(.root, of: input.surroundings)
      writeHistory(to: &json)
    }
    json.key("decision")
    json.raw(DecisionWriter.json(decision).span)
    return json.bytes
  }

  /// Writes how often earlier actions came before, at least and at most.
  private func writeHistory(to json: inout JSONWriter) {
    if history.isEmpty { return }
    json.key("history")
    json.beginObject()
    for (name, count) in history {
      json.key(name)
      json.beginArray()
      json.number(count.least)
      if let most = count.most { json.number(most) }
      json.endArray()
    }
    json.endObject()
  }

  // MARK: The action

  private func writeAction(of input: borrowing ActionInput, to json: inout JSONWriter) {
    let redaction = redaction(of: input)
    var redacted: [String] = []
    json.key("action")
    json.beginObject()
    write("tool", input.fields.tool, of: input, to: &json)
    write("result", input.fields.result, of: input, to: &json)
    write("event", input.fields.event, of: input, to: &json)
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
        guard holdsText, redaction?.contains(name) ?? true else {
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

  /// The fields of the call that are not kept; nil for every text, list and record.
  ///
  /// Nothing is kept where it is not certain what may be: of a call that could not be judged, by
  /// rules without those that say it, and where a reason names no field that the call has.
  private func redaction(of input: borrowing ActionInput) -> Set<String>? {
    // What calls return and people say is content.
    guard decision.error == nil, input.fields.result == nil, input.fields.event == nil,
      decision.policy.packages.contains(where: { $0.name == HookRules.guardPack })
    else { return nil }
    func isRedacting(_ rule: String) -> Bool { rule.hasSuffix("." + Self.redactingRule) }
    var fields: Set<String> = []
    if let place = input.fields.parameters {
      let tape = input.tape(place.document)
      for field in tape.children(place.node) { fields.insert(tape.keyString(field)) }
    }
    var named: Set<String> = []
    for entry in decision.shadow {
      switch entry {
      case .fired(let entry) where isRedacting(entry.rule):
        let here = Self.words(of: entry.reason).intersection(fields)
        if here.isEmpty { return nil }
        named.formUnion(here)
      case .unmet(let entry) where isRedacting(entry.rule): return nil
      case .unknown(let entry) where entry.rules.contains(where: isRedacting): return nil
      default: continue
      }
    }
    return named
  }

  /// The names in a reason.
  private static func words(of reason: String) -> Set<String> {
    let words = reason.utf8.split { byte in
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      return !isLetter && !(0x30...0x39).contains(byte) && byte != UInt8(ascii: "_")
    }
    return Set(words.map { String(decoding: Array($0), as: UTF8.self) })
  }
}
