import TractatusValues

/// Why an instruction history cannot be taken, in a sentence that starts in lower case.
package struct InstructionHistoryError: Error, Sendable, Hashable {
  /// What is wrong, and where.
  package var reason: String

  /// Makes an error of its reason.
  package init(reason: String) { self.reason = reason }
}

/// The instructions that people gave, as `instruction-history.json` holds them: a list of records,
/// or an object whose `instructions` is one.
///
/// Reading is strict, for what is misread here would be an instruction that nobody keeps: the
/// fields of a record are known ones of the right type, its words are those of the enumerations in
/// upper case, no `id` stands twice. Other fields of the object around the list are left alone.
package enum InstructionHistory {
  /// The most bytes of a history: 16 MiB.
  package static let byteLimit = JSONTape.byteLimit
  /// The most records of a history.
  package static let recordLimit = 10_000
  /// The most bytes of an instruction's text, and of any other text of a record.
  package static let textLimit = 64 << 10
  /// The most parameters of a record.
  package static let parameterLimit = 256

  /// The words of `quadrant`, ascending as the language has them.
  package static let quadrants = ["strategic", "operational", "tactical", "system", "stochastic"]
  /// The words of `persistence`, ascending.
  package static let persistences = ["variable", "low", "medium", "high", "critical"]
  /// The words of `temporal_scope`, ascending.
  package static let scopes = ["task", "session", "phase", "sprint", "project", "permanent"]
  /// The words of `verification_required`, ascending.
  package static let verifications = ["none", "optional", "advisory", "required", "mandatory"]
  /// The words of `source`, which are spelt in lower case.
  package static let sources = ["user", "system", "inferred"]

  /// Reads a history, in the order of the document. Linear in its length.
  ///
  /// - Throws: the first thing that is wrong, by the order of the records and their fields.
  package static func read(
    _ document: Span<UInt8>
  ) throws(InstructionHistoryError) -> [InstructionRecord] {
    var tape = JSONTape()
    do throws(JSONError) {
      try tape.parse(document)
    } catch {
      throw InstructionHistoryError(
        reason: "the history is no JSON: at byte \(error.byteOffset) \(error.message)")
    }
    return try read(.root, of: tape)
  }

  /// Reads a history out of a document that was read already.
  ///
  /// - Throws: as `read(_:)`.
  package static func read(
    _ root: JSONNode, of tape: borrowing JSONTape
  ) throws(InstructionHistoryError) -> [InstructionRecord] {
    var list = root
    if tape.kind(root) == .object {
      guard let inner = tape.member(root, "instructions") else {
        throw InstructionHistoryError(reason: "the history is an object without `instructions`")
      }
      list = inner
    }
    guard tape.kind(list) == .array else {
      throw InstructionHistoryError(
        reason: "the history is no list of instructions, nor an object that has one")
    }
    guard tape.childCount(list) <= recordLimit else {
      throw InstructionHistoryError(
        reason: "the history has more than \(recordLimit) instructions")
    }
    var records: [InstructionRecord] = []
    var seen: Set<String> = []
    var next = tape.firstChild(list)
    while let node = next {
      let record = try InstructionReader(number: records.count + 1).read(node, of: tape)
      guard seen.insert(record.id).inserted else {
        throw InstructionHistoryError(reason: "`\(record.id)` stands twice in the history")
      }
      records.append(record)
      next = tape.next(node)
    }
    return records
  }

  /// Writes a history as the list of its records, each on a line of its own.
  package static func write(_ records: [InstructionRecord]) -> [UInt8] {
    var bytes = Array("[".utf8)
    for (index, record) in records.enumerated() {
      bytes += Array((index == 0 ? "\n  " : ",\n  ").utf8)
      var writer = JSONWriter()
      write(record, to: &writer)
      bytes += writer.bytes
    }
    bytes += Array((records.isEmpty ? "]\n" : "\n]\n").utf8)
    return bytes
  }

  /// Writes one record: the fields in the order of the design, those without a value left out.
  package static func write(_ record: InstructionRecord, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.string(record.id)
    writer.key("text")
    writer.string(record.text)
    if let timestamp = record.timestamp {
      writer.key("timestamp")
      writer.string(timestamp.description)
    }
    writeFields(of: record, to: &writer)
    writer.endObject()
  }

  /// Writes what the classification says of a record, and what follows it, into an open object.
  package static func writeFields(of record: InstructionRecord, to writer: inout JSONWriter) {
    write(record.quadrant, "quadrant", to: &writer)
    write(record.persistence, "persistence", to: &writer)
    write(record.scope, "temporal_scope", to: &writer)
    write(record.verification, "verification_required", to: &writer)
    if let explicitness = record.explicitness {
      writer.key("explicitness")
      writer.number(explicitness)
    }
    writer.key("source")
    writer.string(record.source)
    writer.key("active")
    writer.bool(record.isActive)
    if !record.parameters.isEmpty {
      writer.key("parameters")
      writer.beginObject()
      for parameter in record.parameters {
        writer.key(parameter.name)
        switch parameter.value {
        case .text(let text): writer.string(text)
        case .number(let number): writer.number(number)
        case .bool(let bool): writer.bool(bool)
        }
      }
      writer.endObject()
    }
    if let note = record.note {
      writer.key("note")
      writer.string(note)
    }
  }

  private static func write(_ word: String?, _ key: StaticString, to writer: inout JSONWriter) {
    guard let word else { return }
    writer.key(key)
    writer.string(word.uppercased())
  }

  /// The `id` for the next record: `inst_` and the number after the highest that any has, with at
  /// least three digits.
  package static func nextID(after records: [InstructionRecord]) -> String {
    var highest = 0
    for record in records where record.id.utf8.starts(with: "inst_".utf8) {
      let digits = record.id.utf8.dropFirst(5)
      guard digits.count <= 9, let number = Int(String(record.id.dropFirst(5))) else { continue }
      highest = max(highest, number)
    }
    let digits = String(highest + 1)
    return "inst_" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}
