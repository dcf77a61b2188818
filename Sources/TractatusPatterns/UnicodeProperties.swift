/// General categories and scripts by name, and what a letter of a word is.
enum UnicodeProperties {
  private static let categories = decoded(
    UnicodeTables.categoryRuns, names: UnicodeTables.categoryNames, letters: 1)
  private static let scripts = decoded(
    UnicodeTables.scriptRuns, names: UnicodeTables.scriptNames, letters: 2)

  /// What a word consists of in natural language: letters, decimal digits and marks.
  static let wordScalars = ["L", "Nd", "M"].reduce(ScalarSet([])) { set, name in
    set.union(category(name) ?? ScalarSet([]))
  }

  /// The scalars of `\p{name}` as RE2 names them; nil when there is no such category or script.
  static func scalars(named name: String) -> ScalarSet? {
    if name == "Any" { return .any }
    return category(name) ?? (name == "Unknown" ? nil : scripts[name])
  }

  private static func category(_ name: String) -> ScalarSet? {
    // RE2 has no name for what is not assigned, and its `C` leaves it out.
    if name == "Cn" { return nil }
    if name.utf8.count != 1 { return categories[name] }
    let parts = categories.filter { $0.key != "Cn" && $0.key.hasPrefix(name) }
    if parts.isEmpty { return nil }
    return ScalarSet(parts.values.flatMap(\.ranges))
  }

  private static func decoded(
    _ table: StaticString, names: String, letters: Int
  ) -> [String: ScalarSet] {
    let names = names.split(whereSeparator: \.isWhitespace).map(String.init)
    var ranges = [[ScalarSet.Range]](repeating: [], count: names.count)
    var start: UInt32 = 0
    var length: UInt32 = 0
    var name = 0
    var seen = 0
    for byte in bytes(of: table) {
      switch byte {
      case 0x30...0x39: length = length &* 10 &+ UInt32(byte - 0x30)
      case 0x41...0x5A, 0x61...0x7A:
        name = name * 26 + (byte < 0x61 ? Int(byte) - 0x41 : Int(byte) - 0x61 + 26)
        seen += 1
        guard seen == letters else { continue }
        if name < ranges.count, length > 0 {
          ranges[name].append(ScalarSet.Range(low: start, high: start + length - 1))
        }
        start += length
        (length, name, seen) = (0, 0, 0)
      default: continue
      }
    }
    var result: [String: ScalarSet] = [:]
    for (index, name) in names.enumerated() { result[name] = ScalarSet(ranges[index]) }
    return result
  }

  /// The bytes of a literal.
  static func bytes(of literal: StaticString) -> [UInt8] { Array("\(literal)".utf8) }
}
