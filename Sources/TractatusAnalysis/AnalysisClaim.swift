/// What a finding says of all actions, by the policy's numbers: what laws hold against actions.
package enum AnalysisClaim: Hashable, Sendable {
  /// These clauses of the program never fire. They are all that a clause of a rule has become, and
  /// are never unknown, where `changesNothing`: without it every verdict is the same.
  case neverFires([Int], rule: Int, place: Int, changesNothing: Bool)
  /// The conditions of these clauses of the program are always true; of requirements, they are
  /// never unmet.
  case alwaysTrue([Int])
  /// Whenever one of the keys, which are all that a clause of a rule has become, fires or is
  /// unknown, its value does, with as grave a verdict: without it all verdicts are the same.
  case shadowed([Int: Int], rule: Int, place: Int)
  /// Without this conjunct, counted through the rule's guard and then the clause's condition, the
  /// clause says the same.
  case idlePart(Int, rule: Int, place: Int)
  /// What this requirement of the program requires is never true while its guard is.
  case unmeetable(Int)
  /// Without the waiver every verdict is the same.
  case idleWaiver(Int)
  /// Where the waiver's dates last, its rule never restricts.
  case wholeWaiver(Int)
  /// No score lies in this level.
  case unreached(threshold: Int, level: Int)
  /// Calls of this type alone are allowed.
  case unrestricted(Int)
}
