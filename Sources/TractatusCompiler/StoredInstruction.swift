import TractatusSemantics
import TractatusSource
import TractatusValues

/// An instruction history that is compiled with a policy.
package struct InstructionSource: Sendable {
  /// The name that diagnostics and reports show, usually the file's path.
  package var name: String
  /// The instructions, in the order of the history.
  package var records: [InstructionRecord]
  /// Makes a source of instructions.
  package init(name: String, records: [InstructionRecord]) {
    self.name = name
    self.records = records
  }
}

/// What became of one instruction of a history.
package struct StoredInstruction: Sendable {
  /// Why an instruction is recorded and not enforced.
  package enum Idle: Hashable, Sendable {
    /// It is no longer active.
    case inactive
    /// It is what people decided in a deliberation, which informs and never binds.
    case precedent
    /// No reading covers its text.
    case uncovered
    /// What it was read as does not compile, for the reason of the first error.
    case unfit(String)
  }

  /// A rule that an instruction became.
  package struct Rule: Hashable, Sendable {
    package var name: QualifiedName
    package var reading: QualifiedName
    /// The source that was written for it.
    package var source: SourceID
    package init(name: QualifiedName, reading: QualifiedName, source: SourceID) {
      self.name = name
      self.reading = reading
      self.source = source
    }
  }

  /// The instruction.
  package var record: InstructionRecord
  /// The rules that it became; empty where it is not enforced.
  package var rules: [Rule] = []
  /// Why it is not enforced; nil where it is.
  package var idle: Idle?
  /// The stored instructions that stand in its place, by the names of their rules, ascending.
  package var replacedBy: [String] = []

  package init(record: InstructionRecord) { self.record = record }

  /// One line that says what became of it.
  package var summary: String {
    let text = RuleText.escaped(RuleText.shortened(record.text, to: 80))
    let head = "\(record.id) \"\(text)\": "
    switch idle {
    case .inactive: return head + "no longer active"
    case .precedent: return head + "a precedent: it informs and never binds"
    case .uncovered: return head + "recorded, not enforced: no reading covers it"
    case .unfit(let reason): return head + "recorded, not enforced: \(reason)"
    case nil: break
    }
    let readings = rules.map(\.reading.text).joined(separator: ", ")
    let others = replacedBy.joined(separator: ", ")
    return head + "read by \(readings)"
      + (replacedBy.isEmpty ? "" : "; in its place stands \(others)")
  }
}
