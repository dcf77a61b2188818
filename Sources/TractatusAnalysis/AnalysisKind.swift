import TractatusSource

/// A kind of finding of `tractatus analyse`; the raw value 102 is shown as `A0102`.
package enum AnalysisKind: Int, CaseIterable, Hashable, Sendable {
  case conflictingExpectations = 101
  case shadowed = 102
  case neverFires = 103
  case alwaysTrue = 104
  case redundantCondition = 105
  case overlap = 106
  case unrestrictedType = 107
  case uncovered = 108
  case unreachedLevel = 109
  case unmeetable = 110
  case idleWaiver = 111
  case wholeWaiver = 112
  case fragileDeny = 113
  case unsupported = 114

  /// The code, such as `A0102`.
  package var code: String { "A0\(rawValue)" }

  /// The kind of a code or a name.
  package init?(named name: String) {
    guard let kind = Self.allCases.first(where: { $0.code == name || $0.name == name }) else {
      return nil
    }
    self = kind
  }

  /// The name, such as `shadowed`.
  package var name: String {
    switch self {
    case .conflictingExpectations: "conflicting-expectations"
    case .shadowed: "shadowed"
    case .neverFires: "never-fires"
    case .alwaysTrue: "always-true"
    case .redundantCondition: "redundant-condition"
    case .overlap: "overlap"
    case .unrestrictedType: "unrestricted-type"
    case .uncovered: "uncovered"
    case .unreachedLevel: "unreached-level"
    case .unmeetable: "unmeetable"
    case .idleWaiver: "idle-waiver"
    case .wholeWaiver: "whole-waiver"
    case .fragileDeny: "fragile-deny"
    case .unsupported: "unsupported"
    }
  }

  /// What it means, one sentence.
  package var title: String {
    switch self {
    case .conflictingExpectations:
      "Two rules expect of one attribute what no value can be, and both apply to some action."
    case .shadowed:
      "Whenever the clause speaks, a clause of another rule says as much: without it no verdict changes."
    case .neverFires: "No action makes the clause's condition true."
    case .alwaysTrue: "The condition holds for every action, or the requirement is always met."
    case .redundantCondition: "A part of a condition is implied by the rest of it."
    case .overlap: "Rules with different verdicts apply to one action, and the graver one decides."
    case .unrestrictedType: "No rule, threshold or `otherwise` restricts any action of the type."
    case .uncovered:
      "An action of a type for which no rule says anything, so that `otherwise` decides."
    case .unreachedLevel: "No score reaches the level of a threshold."
    case .unmeetable: "The requirement is never met while its guard holds."
    case .idleWaiver: "The waiver exempts nothing: where it holds, the rule says nothing."
    case .wholeWaiver: "The waiver exempts from everything that the rule says."
    case .fragileDeny: "A command that does the same, written otherwise, passes the rule."
    case .unsupported: "A client cannot do what the clause asks of it."
    }
  }

  /// How grave a finding is: notes list what may be meant.
  package var severity: DiagnosticSeverity {
    switch self {
    case .overlap, .unrestrictedType, .uncovered, .redundantCondition: .note
    default: .warning
    }
  }
}
