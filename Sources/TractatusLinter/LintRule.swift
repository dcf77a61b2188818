import TractatusSource

/// One lint rule: its names, its page, and what it does.
package struct LintRule: Sendable {
  /// Whether a rule has a fix, and whether that may change a decision.
  package enum Fix: String, Sendable {
    /// There is none.
    case none
    /// `--fix` applies it: no decision changes.
    case safe
    /// `--fix-decisions` applies it: a decision may change.
    case deciding
  }

  /// A value that configuration may set.
  package struct Parameter: Sendable {
    /// The name after the rule's and a dot.
    package var name: String
    /// What it has without configuration.
    package var value: LintValue
    /// What it sets, as a sentence.
    package var summary: String

    init(_ name: String, _ value: LintValue, _ summary: String) {
      self.name = name
      self.value = value
      self.summary = summary
    }
  }

  /// The number of its code: 101 is shown as `L0101`. Never used again for another rule.
  package var number: Int
  /// Its name, such as `dead-pattern`.
  package var name: String
  /// How grave its findings are where configuration says nothing.
  package var severity: DiagnosticSeverity
  /// What it finds, as a sentence.
  package var summary: String
  /// Why that is bad, in sentences.
  package var why: String
  /// Declarations that it finds fault with.
  package var avoid: String
  /// Declarations that say what was meant, without fault.
  package var prefer: String
  /// Whether it fixes.
  package var fix: Fix
  /// What the fix does, as a sentence; empty without one.
  package var fixSummary: String
  /// What configuration may set beside the severity.
  package var parameters: [Parameter]
  /// Whether it looks at the checked policy: it waits until the policy has no error.
  package var needsCheck: Bool
  /// Reports what it finds.
  var check: @Sendable (LintRun) -> Void

  init(
    _ number: Int, _ name: String, _ severity: DiagnosticSeverity, _ summary: String, why: String,
    avoid: String, prefer: String, fix: Fix = .none, fixSummary: String = "",
    parameters: [Parameter] = [], needsCheck: Bool = false,
    check: @escaping @Sendable (LintRun) -> Void
  ) {
    self.number = number
    self.name = name
    self.severity = severity
    self.summary = summary
    self.why = why
    self.avoid = avoid
    self.prefer = prefer
    self.fix = fix
    self.fixSummary = fixSummary
    self.parameters = parameters
    self.needsCheck = needsCheck
    self.check = check
  }

  /// The code: `L0101`.
  package var code: String { "L0\(number)" }

  /// The category, by its code's hundreds.
  package var category: LintCategory { LintCategory(rawValue: number / 100) ?? .correctness }
}

/// A value of configuration.
package enum LintValue: Hashable, Sendable {
  /// `true` or `false`.
  case flag(Bool)
  /// A whole number, not negative.
  case number(Int)

  /// The value as configuration spells it.
  package var text: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): "\(number)"
    }
  }
}
