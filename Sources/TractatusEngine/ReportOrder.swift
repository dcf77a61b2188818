/// The order of texts in reports: that of their bytes.
///
/// PERF: spans, for to compare views of UTF-8 takes five times as long.
enum ReportOrder {
  /// Whether one text comes before another.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (one, two) = (left.utf8.span, right.utf8.span)
    for place in 0..<min(one.count, two.count) where one[place] != two[place] {
      return one[place] < two[place]
    }
    return one.count < two.count
  }

  /// Whether two texts have the same bytes.
  static func equal(_ left: String, _ right: String) -> Bool {
    let (one, two) = (left.utf8.span, right.utf8.span)
    return one.count == two.count && one.indices.allSatisfy { one[$0] == two[$0] }
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
