/// What becomes of an action, ordered by severity: `allow < warn < ask < deny`.
package enum Verdict: UInt8, Sendable, Hashable, Comparable, CaseIterable {
  case allow = 0
  case warn = 1
  case ask = 2
  case deny = 3

  /// The verdict that a word of the rule language names, or nil.
  package init?(word: String) {
    switch word {
    case "allow": self = .allow
    case "warn": self = .warn
    case "ask": self = .ask
    case "deny": self = .deny
    default: return nil
    }
  }

  /// The word of the rule language.
  package var word: String {
    switch self {
    case .allow: "allow"
    case .warn: "warn"
    case .ask: "ask"
    case .deny: "deny"
    }
  }

  /// The status that a decision reports for this verdict.
  package var status: String {
    switch self {
    case .allow: "APPROVED"
    case .warn: "WARNING"
    case .ask: "REQUIRES_HUMAN"
    case .deny: "REJECTED"
    }
  }

  /// Whether the verdict holds the action back: `ask` and `deny` do.
  @inlinable package var isBlocking: Bool { rawValue >= Verdict.ask.rawValue }

  /// Whether `left` is less severe than `right`.
  @inlinable
  package static func < (left: Verdict, right: Verdict) -> Bool {
    left.rawValue < right.rawValue
  }
}
