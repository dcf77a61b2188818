import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// What two versions of a policy decide otherwise of the actions of a decision log.
struct LogDifference {
  /// An action that they decide otherwise.
  struct Change {
    /// `file:line`.
    var place: String
    var action: String
    var old: Verdict
    var new: Verdict
    /// Whether texts of it were taken out of the record, so that it is not certain.
    var isRedacted: Bool

    var isLoosened: Bool { new < old }
  }

  private(set) var changes: [Change] = []
  private(set) var sameCount = 0
  /// Actions of the same verdict that other rules give, or for other reasons.
  private(set) var reasonCount = 0
  /// Records that cannot be decided again.
  private(set) var impossibleCount = 0

  /// Decides every action of a log by both. Linear in the log.
  init(_ log: AuditLog, old: Program, new: Program) {
    var before = Evaluator(old)
    var after = Evaluator(new)
    var tape = JSONTape()
    var input = ActionInput()
    log.forEachLine { line, file, number in
      guard (try? tape.parse(line.span)) != nil,
        let document = try? AuditReplay.read(tape, into: &input)
      else {
        impossibleCount += 1
        return
      }
      let one = before.decide(input)
      let other = after.decide(input)
      guard one.error == nil, other.error == nil else {
        impossibleCount += 1
        return
      }
      if one.verdict != other.verdict {
        changes.append(
          Change(
            place: SourceLineExcerpt.visible(file) + ":\(number)",
            action: String(decoding: document.action, as: UTF8.self), old: one.verdict,
            new: other.verdict, isRedacted: document.isRedacted))
      } else if one.reason != other.reason {
        reasonCount += 1
      } else {
        sameCount += 1
      }
    }
  }

  /// How many actions are decided more mildly, or more severely.
  func count(loosened: Bool) -> Int { changes.count { $0.isLoosened == loosened } }
}
