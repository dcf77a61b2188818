import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// What is linted, and how.
package struct LintInput: Sendable {
  /// Every file of the policy, those that are only used included.
  package var files: [ParsedFile]
  /// What checking the files gave; where it has errors, what could be checked.
  package var policy: CheckedPolicy
  /// Whether parsing or checking found an error: then only rules of syntax run.
  package var hasErrors: Bool
  /// The sources of which findings are reported.
  package var linted: Set<SourceID>
  /// The day on which waivers and dates are judged; without it none is out of date.
  package var today: CalendarDate?
  /// Which rules run, and how grave they are.
  package var configuration: LintConfiguration

  /// Makes an input of files; checks them.
  package init(
    files: [ParsedFile], linted: Set<SourceID>? = nil, today: CalendarDate? = nil,
    configuration: LintConfiguration = LintConfiguration()
  ) {
    let result = PolicyChecker.check(files)
    self.init(
      files: files, policy: result.policy,
      hasErrors: result.hasErrors || files.contains { $0.tree.diagnostics.hasErrors },
      linted: linted, today: today, configuration: configuration)
  }

  /// Makes an input of files that were checked.
  package init(
    files: [ParsedFile], policy: CheckedPolicy, hasErrors: Bool, linted: Set<SourceID>? = nil,
    today: CalendarDate? = nil, configuration: LintConfiguration = LintConfiguration()
  ) {
    self.files = files
    self.policy = policy
    self.hasErrors = hasErrors
    self.linted = linted ?? Set(files.filter { !$0.isBuiltIn }.map(\.source.id))
    self.today = today
    self.configuration = configuration
  }
}

/// What linting gave.
package struct LintResult: Sendable {
  /// What was found, in the order in which it is shown.
  package var findings: [Finding]
  /// What was found and is suppressed by a comment with a reason, in the same order.
  package var suppressed: [Finding]
}

/// The front door: checked files in, findings out.
package enum Linter {
  /// Runs every lint rule that the configuration leaves on.
  ///
  /// Never throws and never stops at the first finding; linear in the size of the files, but for
  /// automata, which their patterns' limit bounds.
  package static func lint(_ input: LintInput) -> LintResult {
    let run = LintRun(input)
    for rule in LintRules.all {
      guard let severity = input.configuration.severity(of: rule), run.isRunning(rule) else {
        continue
      }
      run.run(rule, at: severity)
    }
    var result = LintResult(findings: [], suppressed: [])
    for finding in run.findings.sortedForDisplay() {
      if run.suppressions.covers(finding) {
        result.suppressed.append(finding)
      } else {
        result.findings.append(finding)
      }
    }
    Fingerprints.write(to: &result.findings, of: run.files)
    return result
  }
}
