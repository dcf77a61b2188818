extension ValueType {
  /// The type as a message names it, with its article.
  var described: String {
    switch self {
    case .bool: "a truth value"
    case .int: "an integer"
    case .number: "a number"
    case .time: "a time"
    case .text: "a text"
    case .command: "a command"
    case .path: "a path"
    case .url: "a URL"
    case .host: "a host"
    case .enumeration(let words):
      words.name.isEmpty ? "one of \(ValueType.listed(words.values))" : "a word of `\(words.name)`"
    case .list(let element): "a list of \(element.plural)"
    case .record: "a record"
    }
  }

  private var plural: String {
    switch self {
    case .bool: "truth values"
    case .int: "integers"
    case .number: "numbers"
    case .time: "times"
    case .text: "texts"
    case .command: "commands"
    case .path: "paths"
    case .url: "URLs"
    case .host: "hosts"
    case .enumeration: "words"
    case .list: "lists"
    case .record: "records"
    }
  }

  /// Up to eight words in backticks.
  static func listed(_ words: [String]) -> String {
    let shown = words.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return words.count > 8 ? shown + ", …" : shown
  }

  /// Whether the values of both types can be compared: one scale, or both texts.
  func isComparable(with other: ValueType) -> Bool {
    switch (self, other) {
    case (.bool, .bool), (.time, .time): true
    case (.int, .int), (.int, .number), (.number, .int), (.number, .number): true
    case (.enumeration(let left), .enumeration(let right)): left == right
    default: isText && other.isText
    }
  }

  /// The one type of a parameter that two action types have, or nil where the types differ; they
  /// may differ in their bounds alone.
  func merged(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.int, .int): return .int(bounds: NumberBounds())
    case (.number, .number): return .number(bounds: NumberBounds())
    case (.time, .time): return .time(bounds: TimeBounds())
    case (.list(let left), .list(let right)): return left.merged(with: right).map { .list($0) }
    default: return nil
    }
  }

  /// The number of types inside, itself included, and the levels of nesting.
  var measure: (size: Int, depth: Int) {
    switch self {
    case .list(let element):
      let inner = element.measure
      return (inner.size + 1, inner.depth + 1)
    case .record(let fields):
      var (size, depth) = (1, 1)
      for field in fields {
        let inner = field.type.measure
        size += inner.size
        depth = max(depth, inner.depth + 1)
      }
      return (size, depth)
    default: return (1, 1)
    }
  }
}
