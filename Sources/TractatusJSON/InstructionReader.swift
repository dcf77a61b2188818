import TractatusValues

/// Reads one record of an instruction history.
struct InstructionReader {
  /// The place of the record in the history, from 1.
  let number: Int

  /// Reads a record.
  ///
  /// - Throws: the first thing that is wrong with it, by the order of its fields.
  func read(
    _ node: JSONNode, of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> InstructionRecord {
    guard tape.kind(node) == .object else {
      throw problem("is no object")
    }
    guard let id = tape.member(node, "id") else { throw problem("has no `id`") }
    guard let text = tape.member(node, "text") else { throw problem("has no `text`") }
    var record = InstructionRecord(
      id: try identifier(id, of: tape), text: try self.text(text, "text", of: tape))
    var next = tape.firstChild(node)
    while let field = next {
      try read(field, of: tape, into: &record)
      next = tape.next(field)
    }
    return record
  }

  private func read(
    _ field: JSONNode, of tape: borrowing JSONTape, into record: inout InstructionRecord
  ) throws(InstructionHistoryError) {
    let name = tape.keyString(field)
    if tape.kind(field) == .null, Self.optional.contains(name) { return }
    switch name {
    case "id", "text": break
    case "timestamp":
      guard tape.kind(field) == .string,
        let instant = Instant(tape.bytes.span.extracting(tape.content(field)))
      else { throw problem("has a `timestamp` that is no RFC 3339 time") }
      record.timestamp = instant
    case "quadrant":
      record.quadrant = try word(field, name, InstructionHistory.quadrants, of: tape)
    case "persistence":
      record.persistence = try word(field, name, InstructionHistory.persistences, of: tape)
    case "temporal_scope":
      record.scope = try word(field, name, InstructionHistory.scopes, of: tape)
    case "verification_required":
      record.verification = try word(field, name, InstructionHistory.verifications, of: tape)
    case "explicitness":
      guard let share = tape.decimal(field), share >= .zero, share <= .one else {
        throw problem("has an `explicitness` that is no number from 0 to 1")
      }
      record.explicitness = share
    case "source":
      let source = try text(field, name, of: tape)
      guard InstructionHistory.sources.contains(source) else {
        throw problem("has a `source` that is none of \(listed(InstructionHistory.sources))")
      }
      record.source = source
    case "active":
      guard let isActive = tape.bool(field) else {
        throw problem("has an `active` that is neither `true` nor `false`")
      }
      record.isActive = isActive
    case "parameters": record.parameters = try parameters(field, of: tape)
    case "note": record.note = try text(field, name, of: tape)
    default: throw problem("has a field `\(name)`, which no record has")
    }
  }

  /// The fields that may be `null`, which is the same as leaving them out.
  private static let optional = [
    "timestamp", "quadrant", "persistence", "temporal_scope", "verification_required",
    "explicitness", "note",
  ]

  private func identifier(
    _ node: JSONNode, of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> String {
    let id = try text(node, "id", of: tape)
    let bytes = Array(id.utf8)
    let isName = bytes.indices.allSatisfy { index in
      let byte = bytes[index]
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x5F
      return isLetter || index > 0 && byte >= 0x30 && byte <= 0x39
    }
    guard isName, !bytes.isEmpty, bytes.count <= 64 else {
      throw problem("has an `id` that is no name of letters, digits and `_`")
    }
    return id
  }

  private func text(
    _ node: JSONNode, _ name: String, of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> String {
    guard let text = tape.string(node) else { throw problem("has a `\(name)` that is no text") }
    guard text.utf8.count <= InstructionHistory.textLimit else {
      throw problem("has a `\(name)` of more than \(InstructionHistory.textLimit) bytes")
    }
    return text
  }

  private func word(
    _ node: JSONNode, _ name: String, _ words: [String], of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> String {
    let text = try text(node, name, of: tape)
    guard let word = words.first(where: { $0.uppercased() == text }) else {
      throw problem("has a `\(name)` that is none of \(listed(words.map { $0.uppercased() }))")
    }
    return word
  }

  private func parameters(
    _ node: JSONNode, of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> [InstructionRecord.Parameter] {
    guard tape.kind(node) == .object, tape.childCount(node) <= InstructionHistory.parameterLimit
    else {
      throw problem(
        "has `parameters` that are no object of at most \(InstructionHistory.parameterLimit)")
    }
    var found: [InstructionRecord.Parameter] = []
    var next = tape.firstChild(node)
    while let field = next {
      let name = tape.keyString(field)
      let value: InstructionRecord.Value
      switch tape.kind(field) {
      case .string: value = .text(try text(field, name, of: tape))
      case .number: value = .number(tape.decimal(field) ?? .zero)
      case .true, .false: value = .bool(tape.bool(field) ?? false)
      case .null, .array, .object:
        throw problem("has a parameter `\(name)` that is no text, number or truth value")
      }
      found.append(InstructionRecord.Parameter(name: name, value: value))
      next = tape.next(field)
    }
    return found
  }

  private func listed(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }

  private func problem(_ what: String) -> InstructionHistoryError {
    InstructionHistoryError(reason: "instruction \(number) of the history \(what)")
  }
}
