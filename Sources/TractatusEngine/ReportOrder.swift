/// The order of texts in reports: that of their bytes.
enum ReportOrder {
  /// Whether one text comes before another.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether two texts have the same bytes.
  static func equal(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  /// The texts in their order, each once.
  static func sortedUnique(_ texts: [String]) -> [String] {
    var unique: [String] = []
    for text in texts.sorted(by: precedes) {
      if let last = unique.last, equal(last, text) { continue }
      unique.append(text)
    }
    return unique
  }

  /// Whether one list of keys comes before another of the same length.
  static func precedes(_ left: [String], _ right: [String]) -> Bool {
    for (one, two) in zip(left, right) where !equal(one, two) { return precedes(one, two) }
    return false
  }
}
