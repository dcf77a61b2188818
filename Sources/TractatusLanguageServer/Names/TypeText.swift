import TractatusSemantics
import TractatusSource
import TractatusValues

extension ValueType {
  /// The type as a rule file spells it; enumerations without a name by up to eight words.
  var spelt: String {
    switch self {
    case .bool: "bool"
    case .int(let bounds): "int" + Self.spelt(bounds)
    case .number(let bounds): "number" + Self.spelt(bounds)
    case .time: "time"
    case .text: "text"
    case .command: "command"
    case .path: "path"
    case .url: "url"
    case .host: "host"
    case .enumeration(let words):
      words.name.isEmpty ? Self.spelt(words) : words.name
    case .list(let element): "list of " + element.spelt
    case .record(let fields):
      "{ "
        + fields.prefix(8).map {
          "\($0.name): \($0.type.spelt)" + ($0.isOptional ? " optional" : "")
        }
        .joined(separator: ", ") + (fields.count > 8 ? ", … }" : " }")
    }
  }

  private static func spelt(_ bounds: NumberBounds) -> String {
    guard let lower = bounds.lower, let upper = bounds.upper else { return "" }
    return " in \(lower.description)..\(upper.description)"
  }

  private static func spelt(_ words: Enumeration) -> String {
    "one of [" + words.values.prefix(8).joined(separator: ", ")
      + (words.values.count > 8 ? ", …]" : "]")
  }
}
