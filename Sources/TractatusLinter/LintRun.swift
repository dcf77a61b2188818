import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// One run of the lint rules: what they look at, what they share, and what they found.
final class LintRun {
  let input: LintInput
  /// The files that are linted.
  let files: [LintFile]
  /// The files that are loaded, linted or not, as they are read for names.
  let loaded: [ParsedFile]
  /// What was found so far.
  private(set) var findings: [Finding] = []
  /// The rule that is running, with its severity.
  private var rule: LintRule?
  private var severity = DiagnosticSeverity.warning
  /// What patterns were found to pass.
  private var extents: [TextPattern: PatternExtent?] = [:]

  lazy var names = NameUses(self)
  lazy var scopes = LintScopes(self)
  lazy var policyRules = PolicyRuleTable(self)
  lazy var testedNames = Self.testedNames(self)
  lazy var patternTests = Self.patternTests(self)
  lazy var expressions = Self.expressions(self)
  /// What comments suppress. The rules that ask for it run last.
  lazy var suppressions = Suppressions(self)

  init(_ input: LintInput) {
    self.input = input
    loaded = input.files
    files = input.files.filter { input.linted.contains($0.source.id) }.map(LintFile.init)
  }

  var policy: CheckedPolicy { input.policy }

  /// Whether a rule can run on what is linted, its severity apart.
  func isRunning(_ rule: LintRule) -> Bool { !(rule.needsCheck && input.hasErrors) }

  /// Runs a rule at a severity.
  func run(_ rule: LintRule, at severity: DiagnosticSeverity) {
    self.rule = rule
    self.severity = severity
    rule.check(self)
  }

  /// Reports a finding of the running rule.
  ///
  /// A fix of a rule whose fixes may change a decision is marked so.
  func report(
    _ message: String, at span: SourceSpan, secondary: [LabelledSpan] = [], notes: [String] = [],
    fix: FixIt? = nil
  ) {
    guard let rule, input.linted.contains(span.source) else { return }
    findings.append(
      Finding(
        code: rule.code, rule: rule.name, severity: severity, message: message, span: span,
        secondary: secondary, notes: notes, fixIt: fix, fixDecides: rule.fix == .deciding))
  }

  /// A parameter of the running rule, as configured.
  func number(_ name: String) -> Int {
    if case .number(let number)? = value(name) { return number }
    return 0
  }

  /// A parameter of the running rule, as configured.
  func flag(_ name: String) -> Bool { value(name) == .flag(true) }

  private func value(_ name: String) -> LintValue? {
    guard let rule else { return nil }
    return input.configuration.parameters["\(rule.name).\(name)"]
      ?? rule.parameters.first { $0.name == name }?.value
  }

  /// How much of all texts a pattern passes; nil where that is not decided.
  func extent(of pattern: TextPattern) -> PatternExtent? {
    if PatternGlance.isOrdinary(pattern) { return PatternExtent.some }
    if let known = extents[pattern] { return known }
    let found = Pattern(pattern).extent()
    extents[pattern] = found
    return found
  }
}
