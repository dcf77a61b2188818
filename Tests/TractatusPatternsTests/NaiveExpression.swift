/// An expression as the tests know it: made at random, printed in RE2's syntax, and matched by
/// plain recursion over positions. It shares nothing with the matchers under test.
indirect enum NaiveExpression: Sendable {
  case scalar(Unicode.Scalar)
  case any
  case set([ClosedRange<Unicode.Scalar>], negated: Bool)
  case look(String)
  case sequence([NaiveExpression])
  case choice([NaiveExpression])
  case repetition(NaiveExpression, Int, Int?, greedy: Bool)
  case group(NaiveExpression)
}

extension NaiveExpression {
  static let letters: [Unicode.Scalar] = [
    "a", "b", "B", "K", "k", "é", "É", "ſ", "漢", "_", " ", "\n",
  ]

  static func random(_ depth: Int, _ random: inout Seeded) -> NaiveExpression {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 12), using: &random) {
    case 0...2: return .scalar(letters.randomElement(using: &random) ?? "a")
    case 3: return Bool.random(using: &random) ? .any : randomSet(&random)
    case 4:
      let looks = ["^", "$", "\\b", "\\B", "(?m:^)", "(?m:$)"]
      return Int.random(in: 0..<3, using: &random) == 0
        ? .look(looks.randomElement(using: &random) ?? "^") : .scalar("a")
    case 5...7:
      return .sequence(
        (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.random(depth - 1, &random) })
    case 8:
      return .choice(
        (0..<Int.random(in: 2...3, using: &random)).map { _ in Self.random(depth - 1, &random) })
    case 9: return .group(Self.random(depth - 1, &random))
    default:
      let bounds: [(Int, Int?)] = [(0, nil), (1, nil), (0, 1), (2, 3), (0, 2), (2, nil), (2, 2)]
      let (low, high) = bounds.randomElement(using: &random) ?? (0, nil)
      return .repetition(
        Self.random(depth - 1, &random), low, high, greedy: Bool.random(using: &random))
    }
  }

  private static func randomSet(_ random: inout Seeded) -> NaiveExpression {
    let ranges: [ClosedRange<Unicode.Scalar>] = [
      "a"..."c", "k"..."k", "é"..."ÿ", "一"..."龥", "_"..."_", "A"..."J", "0"..."9",
    ]
    return .set(
      (0..<Int.random(in: 1...2, using: &random)).map { _ in
        ranges.randomElement(using: &random) ?? "a"..."c"
      }, negated: Int.random(in: 0..<3, using: &random) == 0)
  }

  /// The expression in RE2's syntax.
  var text: String {
    switch self {
    case .scalar(let scalar):
      return scalar == "\n" ? "\\n" : String(Character(scalar))
    case .any: return "."
    case .set(let ranges, let negated):
      return "[\(negated ? "^" : "")"
        + ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined() + "]"
    case .look(let look): return look
    case .sequence(let parts): return "(?:" + parts.map(\.text).joined() + ")"
    case .choice(let parts): return "(?:" + parts.map(\.text).joined(separator: "|") + ")"
    case .repetition(let inner, let low, let high, let greedy):
      let count: String
      switch (low, high) {
      case (0, nil): count = "*"
      case (1, nil): count = "+"
      case (0, 1): count = "?"
      case (_, nil): count = "{\(low),}"
      case (_, low): count = "{\(low)}"
      default: count = "{\(low),\(high ?? 0)}"
      }
      return "(?:\(inner.text))\(count)\(greedy ? "" : "?")"
    case .group(let inner): return "(\(inner.text))"
    }
  }
}

/// Matches a naive expression against scalars.
struct NaiveMatcher {
  var text: [Unicode.Scalar]
  var folding: Bool

  static let foldings: [[Unicode.Scalar]] = [
    ["k", "K", "\u{212A}"], ["s", "S", "ſ"], ["é", "É"], ["ÿ", "Ÿ"], ["å", "Å", "\u{212B}"],
  ]

  static func alike(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if let known = foldings.first(where: { $0.contains(scalar) }) { return known }
    if scalar.isASCII, scalar.properties.isAlphabetic {
      return [
        Unicode.Scalar(UInt8(scalar.value | 0x20)), Unicode.Scalar(UInt8(scalar.value & ~0x20)),
      ]
    }
    if (0xE0...0xFE).contains(scalar.value), scalar.value != 0xF7 {
      return [scalar, Unicode.Scalar(scalar.value - 32) ?? scalar]
    }
    if (0xC0...0xDE).contains(scalar.value), scalar.value != 0xD7 {
      return [scalar, Unicode.Scalar(scalar.value + 32) ?? scalar]
    }
    return [scalar]
  }

  private func isWord(_ index: Int) -> Bool {
    guard text.indices.contains(index) else { return false }
    let scalar = text[index]
    return scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar))
  }

  private func holds(_ look: String, _ at: Int) -> Bool {
    switch look {
    case "^": return at == 0
    case "$": return at == text.count
    case "(?m:^)": return at == 0 || text[at - 1] == "\n"
    case "(?m:$)": return at == text.count || text[at] == "\n"
    case "\\b": return isWord(at - 1) != isWord(at)
    default: return isWord(at - 1) == isWord(at)
    }
  }

  private func takes(_ ranges: [ClosedRange<Unicode.Scalar>], _ negated: Bool, _ at: Int) -> Bool {
    let candidates = folding ? Self.alike(text[at]) : [text[at]]
    return candidates.contains { scalar in ranges.contains { $0.contains(scalar) } } != negated
  }

  /// Where matches end that start at one place, without order.
  func ends(_ expression: NaiveExpression, _ at: Int) -> Set<Int> {
    switch expression {
    case .scalar(let scalar):
      return at < text.count && takes([scalar...scalar], false, at) ? [at + 1] : []
    case .any: return at < text.count && text[at] != "\n" ? [at + 1] : []
    case .set(let ranges, let negated):
      return at < text.count && takes(ranges, negated, at) ? [at + 1] : []
    case .look(let look): return holds(look, at) ? [at] : []
    case .sequence(let parts):
      return parts.reduce([at]) { places, part in
        Set(places.flatMap { ends(part, $0) })
      }
    case .choice(let parts): return Set(parts.flatMap { ends($0, at) })
    case .group(let inner): return ends(inner, at)
    case .repetition(let inner, let low, let high, _):
      var current: Set<Int> = [at]
      for _ in 0..<low { current = Set(current.flatMap { ends(inner, $0) }) }
      var all = current
      for _ in 0..<((high ?? text.count + low + 1) - low) {
        current = Set(current.flatMap { ends(inner, $0) })
        all.formUnion(current)
      }
      return all
    }
  }

  /// Whether the expression matches anywhere.
  func matches(_ expression: NaiveExpression) -> Bool {
    (0...text.count).contains { !ends(expression, $0).isEmpty }
  }
}
