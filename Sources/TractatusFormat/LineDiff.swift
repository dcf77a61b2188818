/// The lines in which two texts differ, as hunks to replace.
///
/// Lines that stand once in both texts hold the others in place (Cohen's patience diff); between
/// two of them a longest common subsequence decides, or, where that would cost too much, all lines
/// are replaced. O(lines log lines), whatever the texts are.
package struct LineDiff {
  /// Lines of the old text and those that take their place.
  package struct Hunk: Equatable, Sendable {
    /// The lines of the old text, from 0.
    package var old: Range<Int>
    /// The lines of the new text, from 0.
    package var new: Range<Int>
  }

  /// The most cells that one comparison of all lines with all lines may have.
  private static let cellLimit = 250_000

  /// The lines of both texts, each with its line end.
  package let oldLines: [ArraySlice<UInt8>]
  package let newLines: [ArraySlice<UInt8>]
  /// The hunks, in order; none touches another.
  package private(set) var hunks: [Hunk] = []

  /// Compares two texts.
  package init(_ old: [UInt8], _ new: [UInt8]) {
    oldLines = Self.lines(old)
    newLines = Self.lines(new)
    compare(0..<oldLines.count, 0..<newLines.count)
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == 0x0A {
      found.append(bytes[start...offset])
      start = offset + 1
    }
    if start < bytes.count { found.append(bytes[start...]) }
    return found
  }

  /// Compares two ranges of lines between which all else is decided.
  private mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var (old, new) = (oldRange, newRange)
    while !old.isEmpty, !new.isEmpty, oldLines[old.lowerBound] == newLines[new.lowerBound] {
      old = old.lowerBound + 1..<old.upperBound
      new = new.lowerBound + 1..<new.upperBound
    }
    while !old.isEmpty, !new.isEmpty, oldLines[old.upperBound - 1] == newLines[new.upperBound - 1] {
      old = old.lowerBound..<old.upperBound - 1
      new = new.lowerBound..<new.upperBound - 1
    }
    if old.isEmpty || new.isEmpty {
      replace(old, new)
      return
    }
    var start = (old: old.lowerBound, new: new.lowerBound)
    for anchor in anchors(old, new) {
      compareWhole(start.old..<anchor.old, start.new..<anchor.new)
      start = (anchor.old + 1, anchor.new + 1)
    }
    compareWhole(start.old..<old.upperBound, start.new..<new.upperBound)
  }

  /// The lines that stand once in both ranges and in the same order, as many as there are.
  private func anchors(
    _ old: Range<Int>, _ new: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var places: [ArraySlice<UInt8>: (old: Int, new: Int)] = [:]
    for line in old {
      let seen = places[oldLines[line]] != nil
      places[oldLines[line]] = (seen ? -1 : line, -1)
    }
    for line in new {
      guard let place = places[newLines[line]] else { continue }
      // A second one in the new text takes the line out.
      places[newLines[line]] = place.new == -1 ? (place.old, line) : (-1, line)
    }
    var pairs: [(old: Int, new: Int)] = []
    for line in old {
      if let place = places[oldLines[line]], place.old == line, place.new >= 0 {
        pairs.append(place)
      }
    }
    return Self.longestAscending(pairs)
  }

  /// The longest run of pairs that ascends in both, of pairs that ascend in the first.
  private static func longestAscending(
    _ pairs: [(old: Int, new: Int)]
  ) -> [(old: Int, new: Int)] {
    // The pairs that end the best runs of each length, and what comes before each pair.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [(old: Int, new: Int)] = []
    var next = ends.last ?? -1
    while next >= 0 {
      run.append(pairs[next])
      next = before[next]
    }
    return run.reversed()
  }

  /// Compares all lines with all lines, or replaces them all where those are too many.
  private mutating func compareWhole(_ old: Range<Int>, _ new: Range<Int>) {
    let cells = (old.count + 1).multipliedReportingOverflow(by: new.count + 1)
    guard !old.isEmpty, !new.isEmpty, !cells.overflow, cells.partialValue <= Self.cellLimit else {
      replace(old, new)
      return
    }
    let width = new.count + 1
    var lengths = [Int32](repeating: 0, count: cells.partialValue)
    for left in (0..<old.count).reversed() {
      for right in (0..<new.count).reversed() {
        let isSame = oldLines[old.lowerBound + left] == newLines[new.lowerBound + right]
        let place = left * width + right
        lengths[place] =
          isSame
          ? lengths[place + width + 1] + 1 : max(lengths[place + width], lengths[place + 1])
      }
    }
    var (left, right) = (0, 0)
    while left < old.count, right < new.count {
      let (oldLine, newLine) = (old.lowerBound + left, new.lowerBound + right)
      if oldLines[oldLine] == newLines[newLine] {
        left += 1
        right += 1
      } else if lengths[(left + 1) * width + right] >= lengths[left * width + right + 1] {
        replace(oldLine..<oldLine + 1, newLine..<newLine)
        left += 1
      } else {
        replace(oldLine..<oldLine, newLine..<newLine + 1)
        right += 1
      }
    }
    replace(old.lowerBound + left..<old.upperBound, new.lowerBound + right..<new.upperBound)
  }

  /// Notes lines to replace, together with those that end where they begin.
  private mutating func replace(_ old: Range<Int>, _ new: Range<Int>) {
    if old.isEmpty, new.isEmpty { return }
    if let last = hunks.last, last.old.upperBound == old.lowerBound,
      last.new.upperBound == new.lowerBound
    {
      hunks[hunks.count - 1] = Hunk(
        old: last.old.lowerBound..<old.upperBound, new: last.new.lowerBound..<new.upperBound)
    } else {
      hunks.append(Hunk(old: old, new: new))
    }
  }
}
