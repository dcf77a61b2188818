import TractatusCompiler
import TractatusSemantics

/// Which clauses may apply to one action, by the values that their conditions name.
///
/// The attribute that tells most clauses apart sorts them into cells; only those that share a cell,
/// or name no value of it, are paired.
struct PairIndex {
  let model: AnalysisModel

  /// A value set that a row demands of an attribute.
  private enum Cell {
    case texts([String])
    case ranges([OrdinalRange])
  }

  /// What a row demands of attributes by positive exact tests.
  private func cells(_ row: LoweredRow) -> [Int: Cell] {
    var cells: [Int: Cell] = [:]
    for literal in row.literals where !literal.isNegated {
      guard case .exact(let attribute, let predicate) = model.policy.tests[literal.test],
        cells[attribute] == nil
      else { continue }
      switch predicate {
      case .equalsText(let texts): cells[attribute] = .texts(texts)
      case .inRanges(let ranges): cells[attribute] = .ranges(ranges)
      case .measuredLevel(let level):
        cells[attribute] = .ranges([OrdinalRange(Ordinal(level), Ordinal(level))])
      default: continue
      }
    }
    return cells
  }

  /// Whether no row of one formula can be true with a row of the other, as far as single tests of
  /// one attribute show it at once.
  func areDisjoint(_ one: LoweredFormula, _ other: LoweredFormula) -> Bool {
    let left = one.rows.map(cells)
    let right = other.rows.map(cells)
    return left.allSatisfy { first in
      right.allSatisfy { second in
        first.contains { attribute, cell in
          guard let counterpart = second[attribute] else { return false }
          switch (cell, counterpart) {
          case (.texts(let one), .texts(let two)):
            return !one.contains { text in two.contains { $0.utf8.elementsEqual(text.utf8) } }
          case (.ranges(let one), .ranges(let two)):
            return RangeSet.intersection(one, two).isEmpty
          default: return false
          }
        }
      }
    }
  }

  /// Calls `body` with pairs that share a cell, each once and the lower position first, until it
  /// says that it has enough.
  func forEachPair(_ formulas: [LoweredFormula], _ body: (Int, Int) -> Bool) {
    let rows = formulas.map { $0.rows.map(cells) }
    var counts: [Int: Int] = [:]
    for cells in rows {
      // A clause is told apart by an attribute that all its rows name.
      guard let first = cells.first else { continue }
      for attribute in first.keys where cells.allSatisfy({ $0[attribute] != nil }) {
        counts[attribute, default: 0] += 1
      }
    }
    let pivot = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    var wild: [Int] = []
    var byText: [TextBytes: [Int]] = [:]
    var spans: [(range: OrdinalRange, position: Int)] = []
    for (position, cells) in rows.enumerated() where !cells.isEmpty {
      guard let pivot, cells.allSatisfy({ $0[pivot] != nil }) else {
        wild.append(position)
        continue
      }
      for cell in cells.compactMap({ $0[pivot] }) {
        switch cell {
        case .texts(let texts):
          for text in Set(texts.map(TextBytes.init)) { byText[text, default: []].append(position) }
        case .ranges(let ranges):
          for range in ranges { spans.append((range, position)) }
        }
      }
    }
    var seen: Set<Int> = []
    func visit(_ one: Int, _ other: Int) -> Bool {
      guard one != other else { return true }
      let (low, high) = (min(one, other), max(one, other))
      guard seen.insert(low * formulas.count + high).inserted else { return true }
      return body(low, high)
    }
    for group in byText.values.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      for (place, one) in group.enumerated() {
        for other in group.dropFirst(place + 1) where !visit(one, other) { return }
      }
    }
    var open: [(range: OrdinalRange, position: Int)] = []
    for span in spans.sorted(by: {
      ($0.range.lower, $0.position) < ($1.range.lower, $1.position)
    }) {
      open.removeAll { $0.range.upper < span.range.lower }
      for other in open where !visit(other.position, span.position) { return }
      open.append(span)
    }
    for one in wild {
      for other in rows.indices where !rows[other].isEmpty {
        if !visit(one, other) { return }
      }
    }
  }
}
