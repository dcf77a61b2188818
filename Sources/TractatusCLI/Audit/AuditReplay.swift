import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// Decides the actions of a log again.
struct AuditReplay: ~Copyable {
  /// What came of one record.
  enum Outcome: Equatable {
    /// The same verdict, by the same rules.
    case same
    /// Another one.
    case changed(String)
    /// Another one, of a record of which texts were taken out.
    case redacted(String)
    /// The record has no action, or cannot be decided again.
    case impossible(String)
  }

  private var evaluator: Evaluator
  private var input = ActionInput()

  init(_ program: Program) {
    evaluator = Evaluator(program)
  }

  /// Decides by another program from now on.
  mutating func use(_ program: Program) { evaluator = Evaluator(program) }

  /// Decides one record again.
  mutating func replay(_ record: borrowing JSONTape) -> Outcome {
    guard let recorded = record.member(.root, "decision") else { return .impossible("no decision") }
    let isRedacted: Bool
    do throws(DecisionError) {
      isRedacted = try Self.read(record, into: &input).isRedacted
    } catch {
      return .impossible(error.reason)
    }
    evaluator.history = .counts(Self.history(record))
    let decision = evaluator.decide(input)
    let before = Self.summary(recorded, of: record)
    var tape = JSONTape()
    guard (try? tape.parse(DecisionWriter.json(decision).span)) != nil else {
      return .impossible("the decision cannot be written")
    }
    let after = Self.summary(.root, of: tape)
    if before == after { return .same }
    let change = "\(before) → \(after)"
    return isRedacted ? .redacted(change) : .changed(change)
  }

  /// Reads the action of a record with what was known around it.
  ///
  /// - Returns: the action as a native document, and whether texts were taken out of it.
  /// - Throws: why it cannot be decided again.
  static func read(
    _ record: borrowing JSONTape, into input: inout ActionInput
  ) throws(DecisionError) -> (action: [UInt8], isRedacted: Bool) {
    guard let action = record.member(.root, "action"),
      let surroundings = record.member(.root, "surroundings")
    else {
      throw DecisionError(
        code: DiagnosticCode.notAnAction.identifier, reason: "no action was read")
    }
    let names = redacted(record)
    let document = document(action, names, of: record)
    try input.readNative(document.span)
    var json = JSONWriter()
    json.value(surroundings, of: record)
    try input.readSurroundings(json.bytes.span)
    return (document, !names.isEmpty)
  }

  /// What was found of earlier actions.
  private static func history(_ record: borrowing JSONTape) -> [String: HistoryCount] {
    guard let object = record.member(.root, "history") else { return [:] }
    var counts: [String: HistoryCount] = [:]
    for member in record.children(object) {
      let figures = record.children(member).compactMap { record.decimal($0)?.integer }
      guard let least = figures.first else { continue }
      counts[record.keyString(member)] = HistoryCount(
        least: least, most: figures.count > 1 ? figures[1] : nil)
    }
    return counts
  }

  private static func redacted(_ record: borrowing JSONTape) -> [String] {
    guard let list = record.member(.root, "redacted") else { return [] }
    return record.children(list).compactMap { record.string($0) }
  }

  /// The action, with empty texts for those that were taken out.
  private static func document(
    _ action: JSONNode, _ names: [String], of record: borrowing JSONTape
  ) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for member in record.children(action) {
      json.key(record.keyString(member))
      guard record.keyString(member) == "parameters" else {
        json.value(member, of: record)
        continue
      }
      json.beginObject()
      for field in record.children(member) {
        let name = record.keyString(field)
        json.key(name)
        if names.contains(name) { json.string("") } else { json.value(field, of: record) }
      }
      json.endObject()
    }
    json.endObject()
    return json.bytes
  }

  /// The verdict of a decision, and the rules that gave it.
  private static func summary(_ decision: JSONNode, of tape: borrowing JSONTape) -> String {
    func text(_ node: JSONNode, _ key: StaticString) -> String {
      tape.member(node, key).flatMap { tape.string($0) } ?? ""
    }
    let verdict = text(decision, "verdict")
    var rules: [String] = []
    for key in ["fired", "unmet"] as [StaticString] {
      guard let list = tape.member(decision, key) else { continue }
      for entry in tape.children(list) where text(entry, "verdict") == verdict {
        rules.append(text(entry, "rule"))
      }
    }
    if let list = tape.member(decision, "unknown") {
      for entry in tape.children(list) where text(entry, "verdict") == verdict {
        guard let names = tape.member(entry, "rules") else { continue }
        rules += tape.children(names).compactMap { tape.string($0) }
      }
    }
    let names = Set(rules).sorted()
    return names.isEmpty ? verdict : "\(verdict) (\(names.joined(separator: ", ")))"
  }
}
