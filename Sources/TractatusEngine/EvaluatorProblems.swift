import TractatusJSON
import TractatusValues

extension Evaluator {
  /// What is wrong with the input, in words.
  func describeProblem(_ input: borrowing ActionInput) -> DecisionError {
    guard let problem else {
      return DecisionError(code: "T0901", reason: "the decision could not be made")
    }
    let tape = tape(of: problem.document, input)
    let node = JSONNode(index: problem.node)
    let isThere = Int(problem.node) < tape.nodeCount
    let name = problem.slot == noIndex ? "" : image.string(image.slots[at: problem.slot].name)
    let given = isThere ? Self.shown(node, of: tape) : "nothing"
    switch problem.kind {
    case .notAnAction:
      return DecisionError(
        code: "T0702", reason: "an action names its type as the text `action` or `tool`")
    case .badParameters:
      return DecisionError(
        code: "T0702", reason: "the parameters are an object, and these are \(given)")
    case .unknownType:
      return DecisionError(
        code: "T0703", reason: "no loaded package declares the action type \(given)")
    case .ambiguousType:
      return DecisionError(
        code: "T0704",
        reason: "several packages declare the action type \(given): write `package.name`")
    case .illTyped:
      return DecisionError(
        code: "T0705",
        reason: "the parameter `\(name)` is \(expected(problem.slot)), and the call has \(given)")
    case .missing:
      return DecisionError(
        code: "T0706",
        reason: "the parameter `\(name)` is missing: it is \(expected(problem.slot)) and not "
          + "`optional`")
    case .excess:
      let key = isThere ? tape.keyString(node) : ""
      return DecisionError(
        code: "T0707", reason: "the closed action type has no parameter `\(key)`")
    case .outOfRange:
      let subject = name.isEmpty && isThere ? "scores." + tape.keyString(node) : name
      let range = subject.hasPrefix("session.") ? "a whole number from 0" : "a number from 0 to 1"
      return DecisionError(code: "T0708", reason: "`\(subject)` is \(range), not \(given)")
    case .surroundings:
      let key = isThere ? tape.keyString(node) : ""
      let subject = name.isEmpty ? key : name
      let type = problem.slot == noIndex ? "an object" : expected(problem.slot)
      return DecisionError(code: "T0709", reason: "`\(subject)` is \(type), not \(given)")
    }
  }

  /// A value as a message shows it: short ones whole, others by their kind.
  private static func shown(_ node: JSONNode, of tape: borrowing JSONTape) -> String {
    switch tape.kind(node) {
    case .string, .number:
      let content = tape.content(node)
      if content.count > 60 { return tape.kind(node).phrase }
      let text = String(decoding: tape.bytes[content], as: UTF8.self)
      return tape.kind(node) == .string ? "`\"\(text)\"`" : "`\(text)`"
    default: return tape.kind(node).phrase
    }
  }

  /// A slot's type in words.
  private func expected(_ slot: UInt32) -> String { phrase(image.slots[at: slot].valueType) }

  /// As deep as the type.
  private func phrase(_ type: UInt32) -> String {
    let record = image.valueTypes[at: type]
    switch ValueKind(rawValue: record.kind) {
    case .bool: return "`true` or `false`"
    case .int: return "a whole number" + bounds(record) { $0.description }
    case .number: return "a number" + bounds(record) { $0.description }
    case .time: return "a time such as `2026-01-02T03:04:05Z`"
    case .text: return "a text"
    case .enumeration:
      let words = image.strings(Extent(start: Int(record.a), count: Int(record.b)))
      return "one of " + words.map { "`\($0)`" }.joined(separator: ", ")
    case .list: return "a list, each element " + phrase(record.a)
    case .record: return "an object with the fields of its type"
    case nil: return "a value"
    }
  }

  private func bounds(_ record: ValueTypeRecord, _ show: (Decimal) -> String) -> String {
    func number(_ index: UInt32) -> String? {
      index == noIndex ? nil : Decimal(raw: image.numbers[at: index]).map(show)
    }
    switch (number(record.a), number(record.b)) {
    case (let lower?, let upper?): return " from \(lower) to \(upper)"
    case (let lower?, nil): return " from \(lower)"
    case (nil, let upper?): return " up to \(upper)"
    case (nil, nil): return ""
    }
  }
}
