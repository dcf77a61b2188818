/// Finds the name that someone probably meant.
package enum NearName {
  /// Names longer than this, in bytes, are not compared.
  package static let lengthLimit = 64

  /// The candidate nearest to a name, or nil when none is near enough.
  ///
  /// Near enough is one edit for names of up to four bytes, two for up to eight, three beyond;
  /// an exchange of neighbours is one edit, and ASCII case does not count. Of equally near
  /// candidates the first in byte order is taken, so that the order of `candidates` does not
  /// matter. O(candidates × length²).
  package static func nearest(
    to name: String, among candidates: some Sequence<String>
  ) -> String? {
    let wanted = folded(name)
    guard !wanted.isEmpty, wanted.count <= lengthLimit else { return nil }
    var limit = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
    var best: String?
    for candidate in candidates where candidate != name {
      let length = candidate.utf8.count
      guard length <= lengthLimit, abs(length - wanted.count) <= limit else { continue }
      let other = folded(candidate)
      // A candidate of which every byte may change is no suggestion.
      guard let found = distance(wanted, other, limit: limit), found < other.count else { continue }
      if found < limit || best == nil {
        (best, limit) = (candidate, found)
      } else if let previous = best, candidate.utf8.lexicographicallyPrecedes(previous.utf8) {
        best = candidate
      }
    }
    return best
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// The optimal string alignment distance, or nil above the limit.
  private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    var before = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = last
    for i in 0..<left.count {
      row[0] = i + 1
      var smallest = row[0]
      for j in 0..<right.count {
        var cost = last[j] + (left[i] == right[j] ? 0 : 1)
        cost = min(cost, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, before[j - 1] + 1)
        }
        row[j + 1] = cost
        smallest = min(smallest, cost)
      }
      if smallest > limit { return nil }
      (before, last, row) = (last, row, before)
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}
