import TractatusJSON
import TractatusValues

/// The most characters of a value in a reason.
private let interpolatedCharacters = 500

extension Evaluator {
  /// A reason with its values filled in.
  mutating func render(_ template: UInt32, _ input: borrowing ActionInput) -> String {
    var text = ""
    for index in image.templates[at: template].segments.range {
      let segment = image.segments[index]
      switch segment.kind {
      case 0: text += image.string(segment.content)
      case 1: text += shown(segment.content.start, input)
      default: text += "absent"
      }
    }
    return text
  }

  private mutating func shown(_ attribute: UInt32, _ input: borrowing ActionInput) -> String {
    let value = value(of: attribute, input)
    switch value.state {
    case .absent: return "absent"
    case .unknown: return "unknown"
    case .known: break
    }
    let record = image.attributes[at: attribute]
    let slot = image.slots[at: record.slot]
    if slot.kind == SlotKind.level.rawValue {
      let levels = image.thresholds[at: slot.owner].levels
      guard value.ordinal >= 0, value.ordinal < Int128(levels.count) else { return "unknown" }
      let place = levels.start + UInt32(truncatingIfNeeded: value.ordinal)
      return image.string(image.levels[at: place].name)
    }
    let text = Self.shown(reportValue(value, record.valueType, input))
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.properties.generalCategory != .control {
      if scalars.count == interpolatedCharacters { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  private static func shown(_ value: ReportValue) -> String {
    switch value {
    case .null: "absent"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): value.description
    case .text(let text): text
    case .list(let values): "[" + values.map { shown($0) }.joined(separator: ", ") + "]"
    case .record(let entries):
      "{" + entries.map { $0.name + ": " + shown($0.value) }.joined(separator: ", ") + "}"
    }
  }

  /// A known value as a report shows it; as deep as its type.
  mutating func reportValue(
    _ value: Value, _ type: UInt32, _ input: borrowing ActionInput
  ) -> ReportValue {
    let record = image.valueTypes[at: type]
    switch ValueKind(rawValue: record.kind) {
    case .bool: return .bool(value.ordinal != 0)
    case .int, .number: return Decimal(raw: value.ordinal).map { .number($0) } ?? .null
    case .time: return Instant(ordinal: value.ordinal).map { .text($0.description) } ?? .null
    case .enumeration:
      guard value.ordinal >= 0, value.ordinal < Int128(record.b) else { return .null }
      let place = record.a + UInt32(truncatingIfNeeded: value.ordinal)
      return .text(image.string(image.texts[at: place]))
    case .text: return .text(String(decoding: texts[value.range], as: UTF8.self))
    case .list:
      let tape = tape(of: value.document, input)
      var values: [ReportValue] = []
      var next = value.isSingle ? value.place : tape.firstChild(value.place)
      while let node = next {
        next = value.isSingle ? nil : tape.next(node)
        let element = convert(tape, value.document, node, to: record.a, keepsText: true)
        values.append(element.map { reportValue($0, record.a, input) } ?? .null)
      }
      return .list(values)
    case .record:
      let tape = tape(of: value.document, input)
      var entries: [NamedValue] = []
      for index in 0..<record.b {
        let field = image.recordFields[at: record.a + index]
        guard let member = member(field.name, of: value.place, tape), tape.kind(member) != .null,
          let part = convert(tape, value.document, member, to: field.valueType, keepsText: true)
        else { continue }
        let shown = reportValue(part, field.valueType, input)
        entries.append(NamedValue(name: image.string(field.name), value: shown))
      }
      return .record(entries)
    case nil: return .null
    }
  }

  /// A constant of the program as a report shows it.
  func reportConstant(_ constant: UInt32) -> ReportValue {
    reportNode(constantNodes[at: constant])
  }

  /// As deep as the constants' document, which its reader bounds.
  private func reportNode(_ node: JSONNode) -> ReportValue {
    switch constants.kind(node) {
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .number: return .number(constants.decimal(node) ?? .zero)
    case .string: return .text(constants.string(node) ?? "")
    case .array, .object:
      var values: [NamedValue] = []
      var child = constants.firstChild(node)
      while let member = child {
        child = constants.next(member)
        values.append(NamedValue(name: constants.keyString(member), value: reportNode(member)))
      }
      return constants.kind(node) == .object ? .record(values) : .list(values.map(\.value))
    }
  }

  // MARK: Thresholds

  /// Every threshold, by name.
  mutating func thresholdReports(_ input: borrowing ActionInput) -> [ThresholdReport] {
    currentType = noIndex
    var reports: [ThresholdReport] = []
    for index in image.thresholds.indices {
      let place = UInt32(truncatingIfNeeded: index)
      measure(place, input)
      reports.append(thresholdReport(place, input))
    }
    return reports.sorted { ReportOrder.precedes($0.name, $1.name) }
  }

  private mutating func thresholdReport(
    _ threshold: UInt32, _ input: borrowing ActionInput
  ) -> ThresholdReport {
    let record = image.thresholds[at: threshold]
    let result = scores[at: threshold]
    var report = ThresholdReport(
      name: image.string(record.name), unmeasured: nil, score: result.score, level: nil,
      factors: [])
    guard result.isMeasured else {
      report.score = .zero
      report.unmeasured = missing(result, input)
      return report
    }
    if !record.levels.isEmpty {
      report.level = image.string(image.levels[at: record.levels.start + result.level].name)
    }
    if result.isGiven { return report }
    for factor in record.factors.range {
      var blame = result
      guard let term = term(of: factor, input, blame: &blame) else { continue }
      let name = image.string(image.factors[factor].name)
      report.factors.append(NamedValue(name: name, value: .number(term)))
    }
    report.factors.sort { ReportOrder.precedes($0.name, $1.name) }
    return report
  }

  /// What a threshold lacks, in words.
  private mutating func missing(
    _ score: ThresholdScore, _ input: borrowing ActionInput
  ) -> String {
    switch score.reason {
    case .input: return cause(of: value(of: score.culprit, input))
    case .absentInput:
      let attribute = image.attributes[at: score.culprit]
      let isFact = image.slots[at: attribute.slot].kind == SlotKind.fact.rawValue
      let name = image.string(attribute.name)
      return isFact ? "fact `\(name.dropFirst(6))` is absent" : "`\(name)` is absent"
    case .division: return "factor `\(factorName(score.culprit))` divides by 0"
    case .overflow: return "factor `\(factorName(score.culprit))` has more than 18 digits"
    case .condition:
      var causes = Causes()
      collect(formula: image.points[at: score.culprit].formula, into: &causes, input)
      return causes.texts.min(by: ReportOrder.precedes) ?? "a condition could not be decided"
    case .sum: return "the sum has more than 18 digits"
    }
  }

  private func factorName(_ factor: UInt32) -> String {
    image.string(image.factors[at: factor].name)
  }
}
