import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// Finds what was checked of a declaration or clause by where it stands.
struct PolicyRuleTable {
  private var rules: [SourceSpan: Int] = [:]
  private var thresholds: [SourceSpan: Int] = [:]
  private var waivers: [SourceSpan: Int] = [:]

  init(_ run: LintRun) {
    for (index, rule) in run.policy.rules.enumerated() { rules[rule.span] = index }
    for (index, threshold) in run.policy.thresholds.enumerated() {
      thresholds[threshold.span] = index
    }
    for (index, waiver) in run.policy.waivers.enumerated() { waivers[waiver.span] = index }
  }

  /// The place among the policy's rules of the one that is declared at a view.
  func index(of view: RuleView) -> Int? {
    view.name.flatMap { rules[view.tree.span(of: $0)] }
  }

  /// The place among the policy's thresholds of the one that is declared at a view.
  func index(of view: ThresholdView) -> Int? {
    view.name.flatMap { thresholds[view.tree.span(of: $0)] }
  }

  /// The place among the policy's waivers of the one that is declared at a view.
  func index(of view: WaiveView) -> Int? { waivers[view.span] }
}
