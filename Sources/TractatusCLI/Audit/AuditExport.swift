import TractatusJSON

/// Records for those who may not know whom and what they are about.
enum AuditExport {
  /// A record with its time, tool, types, verdict and rules alone.
  ///
  /// Reasons and values quote the action, and so do causes; paths of rule files name people.
  static func anonymous(_ tape: borrowing JSONTape) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    copy(["seq", "client", "shadow"], from: .root, of: tape, to: &json)
    if let surroundings = tape.member(.root, "surroundings") {
      copy(["at", "session"], from: surroundings, of: tape, to: &json)
    }
    if let action = tape.member(.root, "action") {
      copy(["tool"], from: action, of: tape, to: &json)
    }
    if let decision = tape.member(.root, "decision") {
      copy(
        ["verdict", "status", "types", "requires_human", "granted", "corrected", "code"],
        from: decision, of: tape, to: &json)
      for list in ["fired", "unmet"] as [StaticString] {
        guard let entries = tape.member(decision, list) else { continue }
        json.key(list)
        json.beginArray()
        for entry in tape.children(entries) {
          json.beginObject()
          copy(["rule", "kind", "type", "verdict"], from: entry, of: tape, to: &json)
          json.endObject()
        }
        json.endArray()
      }
      copy(["policy"], from: decision, of: tape, to: &json)
    }
    json.endObject()
    return json.bytes
  }

  private static func copy(
    _ keys: [StaticString], from node: JSONNode, of tape: borrowing JSONTape,
    to json: inout JSONWriter
  ) {
    for key in keys {
      guard let value = tape.member(node, key) else { continue }
      json.key(key)
      json.value(value, of: tape)
    }
  }
}
