/// Finding one text in another.
enum TextSearch {
  /// Whether `part` occurs in `text`, in linear time and constant memory.
  ///
  /// Crochemore & Perrin 1991, "Two-way string-matching": the part is cut at a critical
  /// factorisation, its right half is compared forwards, then its left half backwards.
  static func contains(_ text: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
    if part.count == 0 { return true }
    if part.count > text.count { return false }
    let cut = criticalCut(part)
    let isPeriodic = hasPeriod(part, cut.period, upTo: cut.position)
    let period = isPeriodic ? cut.period : max(cut.position, part.count - cut.position) + 1
    var start = 0
    var memory = 0
    while start <= text.count - part.count {
      var right = isPeriodic ? max(cut.position, memory) : cut.position
      while right < part.count && part[right] == text[start + right] { right += 1 }
      if right < part.count {
        start += right - cut.position + 1
        memory = 0
        continue
      }
      var left = cut.position
      while left > memory && part[left - 1] == text[start + left - 1] { left -= 1 }
      if left <= memory { return true }
      start += period
      memory = isPeriodic ? part.count - period : 0
    }
    return false
  }

  /// Whether the first bytes of the part recur after a period.
  private static func hasPeriod(_ part: Span<UInt8>, _ period: Int, upTo count: Int) -> Bool {
    for index in 0..<count
    where index + period >= part.count || part[index] != part[index + period] {
      return false
    }
    return true
  }

  /// Where a critical factorisation cuts, and the period of what follows: of the maximal suffixes
  /// by either order of bytes the one that starts later.
  private static func criticalCut(_ part: Span<UInt8>) -> (position: Int, period: Int) {
    let up = maximalSuffix(part, isReversed: false)
    let down = maximalSuffix(part, isReversed: true)
    return up.position > down.position ? up : down
  }

  private static func maximalSuffix(
    _ part: Span<UInt8>, isReversed: Bool
  ) -> (position: Int, period: Int) {
    var best = 0
    var candidate = 1
    var offset = 0
    var period = 1
    while candidate + offset < part.count {
      let new = part[candidate + offset]
      let old = part[best + offset]
      if new == old {
        if offset + 1 == period {
          candidate += period
          offset = 0
        } else {
          offset += 1
        }
      } else if (new < old) != isReversed {
        candidate += offset + 1
        offset = 0
        period = candidate - best
      } else {
        best = candidate
        candidate = best + 1
        offset = 0
        period = 1
      }
    }
    return (best, period)
  }
}
