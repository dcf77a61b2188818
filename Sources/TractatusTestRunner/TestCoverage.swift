import TractatusEngine
import TractatusValues

/// Which rules, clauses and table rows the examples and tests of a policy reached.
package struct TestCoverage: Sendable {
  /// One clause, in all the tables that it is in.
  package struct Clause: Sendable {
    /// The rule's or threshold's qualified name.
    package var rule: String
    /// The clause's own tokens.
    package var text: String
    /// The file of its source.
    package var file: String
    /// Its first line and column, from 1.
    package var line: Int
    package var column: Int
    /// How many actions found it true, unknown and false.
    package var trueCount = 0
    package var unknownCount = 0
    package var falseCount = 0
    /// How many actions found each row true, by table and then as the table has them.
    package var rows: [Row] = []
    /// Whether some action found it true, or unknown, which asks.
    package var isReached: Bool { trueCount + unknownCount > 0 }
  }

  /// One row of a decision table: a conjunction of tests.
  package struct Row: Sendable {
    /// The action type of the table.
    package var type: String
    package var trueCount = 0
  }

  /// Clauses by file, line, column and rule.
  package private(set) var clauses: [Clause] = []
  /// The place in `clauses`, and of its first row there, of each clause of the program.
  private var places: [(clause: Int, row: Int)?] = []

  /// Nothing reached yet, of the clauses of some files.
  ///
  /// - Parameters:
  ///   - traces: every clause of the program, in its order.
  ///   - files: the names of the files whose clauses count.
  init(_ traces: [ClauseTrace], files: Set<String>) {
    places = Array(repeating: nil, count: traces.count)
    var known: [String: Int] = [:]
    var found: [(clause: Clause, members: [(program: Int, row: Int)])] = []
    for trace in traces {
      guard let place = Self.place(trace.at), files.contains(place.file) else { continue }
      let key = "\(trace.rule)\u{0}\(trace.at)\u{0}\(trace.text)"
      let index = known[key] ?? found.count
      if index == found.count {
        known[key] = index
        let clause = Clause(
          rule: trace.rule, text: trace.text, file: place.file, line: place.line,
          column: place.column)
        found.append((clause, []))
      }
      found[index].members.append((trace.clause, found[index].clause.rows.count))
      found[index].clause.rows += trace.rows.map { _ in Row(type: trace.type) }
    }
    found.sort { left, right in
      let (one, other) = (left.clause, right.clause)
      if one.file != other.file { return one.file.utf8.lexicographicallyPrecedes(other.file.utf8) }
      if one.line != other.line { return one.line < other.line }
      if one.column != other.column { return one.column < other.column }
      return one.rule.utf8.lexicographicallyPrecedes(other.rule.utf8)
    }
    for (index, entry) in found.enumerated() {
      clauses.append(entry.clause)
      for member in entry.members { places[member.program] = (index, member.row) }
    }
  }

  /// Adds what one action found.
  mutating func add(_ traces: [ClauseTrace]) {
    for trace in traces {
      guard let (clause, row) = places[trace.clause] else { continue }
      switch trace.truth {
      case .true: clauses[clause].trueCount += 1
      case .unknown: clauses[clause].unknownCount += 1
      case .false: clauses[clause].falseCount += 1
      }
      for (offset, truth) in trace.rows.enumerated() where truth == .true {
        clauses[clause].rows[row + offset].trueCount += 1
      }
    }
  }

  /// The rules with the numbers of their clauses, by file and first line.
  package var rules: [(name: String, file: String, line: Int, reached: Int, count: Int)] {
    var result: [(name: String, file: String, line: Int, reached: Int, count: Int)] = []
    var known: [String: Int] = [:]
    for clause in clauses {
      let key = "\(clause.file)\u{0}\(clause.rule)"
      if let index = known[key] {
        result[index].count += 1
        if clause.isReached { result[index].reached += 1 }
      } else {
        known[key] = result.count
        result.append((clause.rule, clause.file, clause.line, clause.isReached ? 1 : 0, 1))
      }
    }
    return result
  }

  /// The parts of `file:line:column`; the file may hold colons.
  private static func place(_ text: String) -> (file: String, line: Int, column: Int)? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 2, let line = Int(parts[parts.count - 2]),
      let column = Int(parts[parts.count - 1])
    else { return nil }
    return (parts.dropLast(2).joined(separator: ":"), line, column)
  }
}
