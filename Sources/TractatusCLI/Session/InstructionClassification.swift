import TractatusJSON
import TractatusSemantics
import TractatusSession
import TractatusSource
import TractatusValues

/// One run of `classify`: a text, what it was classified as, and what became of it.
struct InstructionClassification {
  private var record: InstructionRecord
  private let classification: TextClassification
  /// The readings that cover the text, by their qualified names.
  private let readings: [String]
  /// Where it was stored; nil where it was not.
  private var storedIn: String?

  /// Classifies a text, stores it if that is asked, and says what came of it.
  static func run(_ text: String, _ arguments: Arguments, _ console: Console) -> ExitStatus {
    do throws(RuleProblem) {
      var found = try classify(text, arguments)
      if arguments.has("store"), found.classification.isStored {
        try found.store(in: arguments.value("state") ?? SessionStore.defaultFolder)
      }
      found.write(arguments, console)
      return .pass
    } catch {
      return console.complain(error)
    }
  }

  private static func classify(
    _ text: String, _ arguments: Arguments
  ) throws(RuleProblem) -> InstructionClassification {
    guard text.utf8.count <= InstructionHistory.textLimit else {
      throw RuleProblem(
        message: "the text has more than \(InstructionHistory.textLimit) bytes",
        code: .documentTooLarge)
    }
    let rules = try RuleReader.load(arguments.values("rules"), for: .authoring)
    let policy = PolicyChecker.check(rules.files, extent: .instructions).policy
    guard let classifier = Classifier(policy),
      let found = classifier.record(
        of: text, id: "", source: arguments.value("source") ?? "user", at: WallClock.now())
    else {
      throw RuleProblem(
        message: policy.classifications.isEmpty
          ? "no loaded package classifies instructions; `tractatus.core` does"
          : "the text cannot be classified: several packages do, or one of them does not compile")
    }
    return InstructionClassification(
      record: found.record, classification: found.classification,
      readings: classifier.readings(covering: text).map(\.reading.name.text))
  }

  private mutating func store(in folder: String) throws(RuleProblem) {
    var stored = record
    do throws(StateProblem) {
      try SessionStore(folder).updateInstructions(at: record.timestamp) {
        records, _ throws(StateProblem) in
        guard records.count < InstructionHistory.recordLimit else {
          throw StateProblem(.unusable, SessionStore.historyFile, "is full")
        }
        stored.id = InstructionHistory.nextID(after: records)
        records.append(stored)
      }
    } catch {
      throw RuleProblem(
        message: "the instruction is not stored: \(error.message)", code: .unreadableHistory)
    }
    record = stored
    storedIn = folder + "/" + SessionStore.historyFile
  }

  // MARK: Output

  private func write(_ arguments: Arguments, _ console: Console) {
    if arguments.value("format") == "json" {
      console.output.write(json)
      console.output.line()
      return
    }
    let style = Style(arguments, console)
    for (name, value) in lines {
      let padding = String(repeating: " ", count: max(1, 14 - name.utf8.count))
      console.output.line(style.paint(name, .heading) + padding + value)
    }
  }

  private var lines: [(String, String)] {
    var lines = [("text", RuleText.escaped(RuleText.shortened(record.text, to: 500)))]
    func add(_ name: String, _ word: String?) {
      if let word { lines.append((name, word.uppercased())) }
    }
    add("quadrant", record.quadrant)
    add("persistence", record.persistence)
    add("scope", record.scope)
    add("verification", record.verification)
    if let explicitness = record.explicitness {
      let band = classification.band.map { " (\($0.replacingUnderscores))" } ?? ""
      lines.append(("explicitness", explicitness.description + band))
    }
    for parameter in record.parameters {
      let value =
        switch parameter.value {
        case .text(let text): RuleText.escaped(text)
        case .number(let number): number.description
        case .bool(let bool): bool ? "true" : "false"
        }
      lines.append(("parameter", "\(parameter.name) = \(value)"))
    }
    if let note = record.note { lines.append(("note", note)) }
    lines.append(
      ("read by", readings.isEmpty ? "no reading: it would be recorded, not enforced" : listed))
    if let storedIn {
      lines.append(("stored", "\(record.id) in \(storedIn)"))
    } else {
      lines.append(("stored", classification.isStored ? "no (give --store)" : "no: too vague"))
    }
    return lines
  }

  private var listed: String { readings.joined(separator: ", ") }

  private var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    if storedIn != nil {
      json.key("id")
      json.string(record.id)
    }
    json.key("text")
    json.string(record.text)
    if storedIn != nil, let timestamp = record.timestamp {
      json.key("timestamp")
      json.string(timestamp.description)
    }
    InstructionHistory.writeFields(of: record, to: &json)
    json.key("readings")
    json.beginArray()
    for reading in readings { json.string(reading) }
    json.endArray()
    json.key("storable")
    json.bool(classification.isStored)
    json.key("stored")
    json.bool(storedIn != nil)
    json.endObject()
    return json.bytes
  }
}

extension String {
  /// The words of a name with spaces between them.
  fileprivate var replacingUnderscores: String {
    String(decoding: utf8.map { $0 == 0x5F ? 0x20 : $0 }, as: UTF8.self)
  }
}
