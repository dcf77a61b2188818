import TractatusSource

/// Applies fix-its to texts.
package enum FixApplication {
  /// What applying gave.
  package struct Outcome: Sendable {
    /// The new bytes of each source that changes.
    package var texts: [SourceID: [UInt8]] = [:]
    /// The fixes that were applied, by their numbers.
    package var applied: [Int] = []
    /// How many fixes were applied.
    package var count: Int { applied.count }
  }

  /// Applies the fixes of findings to their sources: in the order of the findings each that
  /// overlaps none before it.
  ///
  /// - Parameter isDeciding: whether fixes that may change a decision are applied as well.
  package static func apply(
    _ findings: [Finding], to sources: SourceSet, isDeciding: Bool
  ) -> Outcome {
    let chosen = findings.filter { isDeciding || !$0.fixDecides }
    return apply(chosen.compactMap(\.fixIt), to: sources)
  }

  /// Applies fixes to their sources: in their order each that overlaps none before it.
  package static func apply(_ fixes: [FixIt], to sources: SourceSet) -> Outcome {
    var outcome = Outcome()
    var taken: [SourceID: TakenEdits] = [:]
    for (number, fix) in fixes.enumerated() where !fix.edits.isEmpty {
      let isFree = fix.edits.allSatisfy { edit in
        isValid(edit, sources) && taken[edit.span.source]?.isFree(edit) ?? true
      }
      guard isFree, !overlapsItself(fix) else { continue }
      for edit in fix.edits { taken[edit.span.source, default: TakenEdits()].insert(edit) }
      outcome.applied.append(number)
    }
    for (id, edits) in taken {
      guard let source = sources[id] else { continue }
      outcome.texts[id] = applied(edits.edits, to: source.bytes)
    }
    return outcome
  }

  private static func isValid(_ edit: SourceEdit, _ sources: SourceSet) -> Bool {
    guard let source = sources[edit.span.source] else { return false }
    return Int(edit.span.end) <= source.bytes.count
  }

  /// Edits that overlap none of each other, ascending.
  private struct TakenEdits {
    private(set) var edits: [SourceEdit] = []

    /// Whether an edit overlaps none of these; only its neighbours can.
    func isFree(_ edit: SourceEdit) -> Bool {
      let place = place(of: edit)
      return !edits[max(0, place - 1)..<min(edits.count, place + 1)].contains {
        overlaps($0.span, edit.span)
      }
    }

    mutating func insert(_ edit: SourceEdit) { edits.insert(edit, at: place(of: edit)) }

    /// The place of the first edit that does not begin before an edit; logarithmic.
    private func place(of edit: SourceEdit) -> Int {
      var (low, high) = (0, edits.count)
      while low < high {
        let middle = (low + high) / 2
        if edits[middle].span.start < edit.span.start { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// Two edits at one place depend on their order, so they overlap as well.
  private static func overlaps(_ one: SourceSpan, _ other: SourceSpan) -> Bool {
    if one.source != other.source { return false }
    return one.start == other.start || (one.start < other.end && other.start < one.end)
      || one.end == other.start && other.isEmpty || other.end == one.start && one.isEmpty
  }

  private static func overlapsItself(_ fix: FixIt) -> Bool {
    let sorted = fix.edits.sorted { $0.span < $1.span }
    return zip(sorted, sorted.dropFirst()).contains { overlaps($0.span, $1.span) }
  }

  private static func applied(_ edits: [SourceEdit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var next = 0
    for edit in edits {
      result += bytes[next..<Int(edit.span.start)]
      result += Array(edit.replacement.utf8)
      next = Int(edit.span.end)
    }
    return result + bytes[next...]
  }
}
