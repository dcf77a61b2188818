import TractatusSemantics
import TractatusValues

extension NaiveScope {
  /// The text of a template, values filled in; the fallback where there is no template.
  func reason(_ template: Template?, or title: String) -> String {
    guard let template else { return title }
    return template.segments.map { segment in
      switch segment {
      case .text(let text): text
      case .value(let operand): shown(operand)
      }
    }.joined()
  }

  private func shown(_ operand: Operand) -> String {
    switch state(of: operand) {
    case .absent: return "absent"
    case .unknown: return "unknown"
    case .known(let value):
      if case .level(let id) = operand.reference, case .word(_, let place) = value {
        return policy.thresholds[Int(id.index)].levels[place].name
      }
      let scalars = Array(Self.shown(value).unicodeScalars).filter {
        $0.properties.generalCategory != .control
      }
      return NaiveText.string(scalars.prefix(Limits.interpolatedCharacters))
    }
  }

  private static func shown(_ value: NaiveValue) -> String {
    switch value {
    case .bool(let value): value ? "true" : "false"
    case .number(let value): value.description
    case .text(let scalars), .part(let scalars, _, _): NaiveText.string(scalars)
    case .time(let instant): instant.description
    case .word(let word, _): word
    case .list(let elements): "[" + elements.map { shown($0) }.joined(separator: ", ") + "]"
    case .record(let fields):
      "{"
        + fields.sorted { NaiveText.precedes($0.key, $1.key) }
        .map { $0.key + ": " + shown($0.value) }.joined(separator: ", ") + "}"
    }
  }
}
