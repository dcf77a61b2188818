import TractatusCompiler
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
      if arguments.has("store"), found.isStorable {
        var all = [found]
        let folder = arguments.value("state") ?? SessionStore.defaultFolder
        try store(&all, in: SessionStore(folder), at: found.record.timestamp)
        found = all[0]
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
    let found = try classify(
      text, rules, source: arguments.value("source") ?? "user", at: WallClock.now())
    guard let found else {
      throw RuleProblem(
        message: "no loaded package classifies instructions; `tractatus.core` does")
    }
    return found
  }

  /// Classifies a text by the rules; nil where none of them does.
  private static func classify(
    _ text: String, _ rules: LoadedPolicy, source: String, at time: Instant?
  ) throws(RuleProblem) -> InstructionClassification? {
    let policy = PolicyChecker.check(rules.files, extent: .instructions).policy
    if policy.classifications.isEmpty { return nil }
    guard let classifier = Classifier(policy) else { throw unclassifiable }
    return try classify(text, by: classifier, source: source, at: time)
  }

  /// Why there is no classification.
  static let unclassifiable = RuleProblem(
    message: "the text cannot be classified: several packages do it, or one does not compile")

  /// Classifies a text.
  ///
  /// - Throws: `unclassifiable`.
  static func classify(
    _ text: String, by classifier: Classifier, source: String = "user", at time: Instant?
  ) throws(RuleProblem) -> InstructionClassification {
    guard let found = classifier.record(of: text, id: "", source: source, at: time) else {
      throw unclassifiable
    }
    return InstructionClassification(
      record: found.record, classification: found.classification,
      readings: classifier.readings(covering: text).map(\.reading.name.text))
  }

  /// Whether the text is explicit enough to be stored.
  var isStorable: Bool { classification.isStored }

  /// One line that says what was stored.
  var storedLine: String {
    let words = [record.quadrant, record.persistence, record.verification]
      .compactMap { $0?.uppercased() }.joined(separator: ", ")
    let text = RuleText.shortened(RuleText.escaped(record.text), to: 200)
    return "Stored as \(record.id) (\(words)): \"\(text)\". "
      + (readings.isEmpty ? "It is recorded, not enforced." : "It holds for what comes.")
  }

  /// Stores texts that were classified, all or none.
  ///
  /// - Throws: why they are not stored.
  static func store(
    _ found: inout [InstructionClassification], in store: SessionStore, at time: Instant?
  ) throws(RuleProblem) {
    var stored = found
    do throws(StateProblem) {
      try store.updateInstructions(at: time) { records, state throws(StateProblem) in
        for index in stored.indices {
          guard records.count < InstructionHistory.recordLimit else {
            throw StateProblem(.unusable, SessionStore.historyFile, "is full")
          }
          stored[index].record.id = InstructionHistory.nextID(after: records)
          stored[index].storedIn = store.folder + "/" + SessionStore.historyFile
          records.append(stored[index].record)
        }
        state.recordUse(
          of: SessionState.classifyingComponent, at: time, result: stored.last?.record.quadrant)
      }
    } catch {
      throw RuleProblem(
        message: "the instruction is not stored: \(error.message)", code: .unreadableHistory)
    }
    found = stored
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
