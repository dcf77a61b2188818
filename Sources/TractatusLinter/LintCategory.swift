/// What a lint rule cares for; the hundreds of its code.
package enum LintCategory: Int, Sendable, CaseIterable {
  /// What cannot mean what it says.
  case correctness = 1
  /// What can be got past.
  case security = 2
  /// What a reader of a report, or of the rules, is left alone with.
  case clarity = 3
  /// What is written otherwise elsewhere.
  case consistency = 4
  /// What can be said more plainly.
  case style = 5
  /// What is used, tested and in date.
  case maintenance = 6
  /// The linter's own comments.
  case suppression = 9

  /// The category's name as shown.
  package var name: String {
    switch self {
    case .correctness: "correctness"
    case .security: "security"
    case .clarity: "clarity"
    case .consistency: "consistency"
    case .style: "style"
    case .maintenance: "maintenance"
    case .suppression: "suppression"
    }
  }

  /// What the category's rules look for, as a sentence.
  package var summary: String {
    switch self {
    case .correctness: "What cannot mean what it says: tests that never or always hold."
    case .security: "What can be got past: text where structure exists, and loose ends."
    case .clarity: "What leaves the reader of a report, or of the rules, alone."
    case .consistency: "What is written otherwise elsewhere."
    case .style: "What can be said more plainly, with the same meaning."
    case .maintenance: "What is no longer used, not tested, or out of date."
    case .suppression: "The comments by which findings are suppressed."
    }
  }
}
