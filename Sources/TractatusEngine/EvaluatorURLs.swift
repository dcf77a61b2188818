import TractatusJSON
import TractatusPatterns
import TractatusValues

extension Evaluator {
  /// What fields of a record, and after them a part of a URL, lead to from a value.
  mutating func follow(
    _ fields: Extent, part: UInt32, from value: Value, to type: UInt32,
    _ input: borrowing ActionInput
  ) -> Value {
    guard value.state == .known else { return value }
    guard let part = URLPart(rawValue: part), part != .whole else {
      return fields.isEmpty ? value : follow(fields, from: value, to: type, input)
    }
    // The text itself, whatever the type of the part is.
    let text = image.slots[at: rootSlot(.description)].valueType
    let url = fields.isEmpty ? value : follow(fields, from: value, to: text, input)
    return url.state == .known ? read(part, of: url) : url
  }

  /// A part of a URL.
  ///
  /// None of a URL whose host or port cannot be read, or that has no scheme, is known.
  private mutating func read(_ part: URLPart, of url: Value) -> Value {
    Self.read(texts, url.range, &workspace.placeTools.url)
    if workspace.placeTools.url.host.state == .unknown || workspace.placeTools.url.port == .unknown
      || workspace.placeTools.url.scheme.isEmpty
    {
      return .unknown(.unreadable, of: noIndex)
    }
    var value = url
    value.isExtracted = true
    switch part {
    case .whole: return url
    case .scheme: return keep(workspace.placeTools.url.scheme, in: value)
    case .host: return keep(workspace.placeTools.url.host.bytes, in: value)
    case .port:
      guard case .number(let number) = workspace.placeTools.url.port else { return Value() }
      value.ordinal = Int128(number) * Decimal.scale
      return value
    }
  }

  /// A text that was worked out; none when it is empty.
  private mutating func keep(_ text: [UInt8], in value: Value) -> Value {
    if text.isEmpty { return Value() }
    var value = value
    value.start = UInt32(truncatingIfNeeded: texts.count)
    value.count = UInt32(truncatingIfNeeded: text.count)
    texts.append(contentsOf: text)
    return value
  }

  private static func read(_ texts: [UInt8], _ range: Range<Int>, _ url: inout URLParts) {
    url.read(texts.span.extracting(range))
  }
}
