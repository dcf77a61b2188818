import TractatusValues

/// The full report of one decision: what `--format json` writes, in its order.
///
/// Every list is sorted: by severity (highest first), then rule, then type, then the clause's own
/// text; `offers`, `checks` and `notify` by rule, then as written, each once. Names are qualified.
package struct Decision: Equatable, Sendable {
  package var verdict: Verdict = .allow
  /// Set for an input error or an evaluation error; then `verdict` is `deny` and all else empty.
  package var error: DecisionError?
  /// The types that the call was judged as, ascending.
  package var types: [String] = []
  package var requiresHuman = false
  /// An `allow` clause fired for every type of the call, and the verdict is `allow`.
  package var isGranted = false
  package var reason = ""
  /// `human_judgment` or `human_approval` of the first `needs human` that fired.
  package var finalDecisionRequires: String?
  package var fired: [FiredEntry] = []
  /// Whether corrections were applied and the verdict is that of the corrected action.
  package var isCorrected = false
  /// Changed parameters by name, ascending.
  package var correctedAction: [NamedValue] = []
  package var thresholds: [ThresholdReport] = []
  package var unmet: [UnmetEntry] = []
  package var unknown: [UnknownEntry] = []
  package var offers: [String] = []
  package var checks: [String] = []
  package var notify: [String] = []
  package var deliberation: [DeliberationPlan] = []
  package var waived: [WaivedEntry] = []
  package var shadow: [ShadowEntry] = []
  package var policy = PolicyIdentity()
  package init() {}
}

/// Why no decision could be made.
package struct DecisionError: Error, Equatable, Sendable {
  /// A diagnostic code such as `T0703`.
  package var code: String
  package var reason: String
  package init(code: String, reason: String) {
    self.code = code
    self.reason = reason
  }
}

/// A value as a report shows it.
package indirect enum ReportValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Decimal)
  /// Texts, times and enumeration values.
  case text(String)
  case list([ReportValue])
  case record([NamedValue])
}

/// A name and its value.
package struct NamedValue: Equatable, Sendable {
  package var name: String
  package var value: ReportValue
  package init(name: String, value: ReportValue) {
    self.name = name
    self.value = value
  }
}

/// A clause whose condition was true, a threshold's level, or a default verdict.
package struct FiredEntry: Equatable, Sendable {
  package var rule: String
  /// `rule`, `instruction`, `boundary`, `requirement`, `threshold` or `otherwise`.
  package var kind: String
  package var type: String
  package var verdict: Verdict
  package var reason: String
  /// `file:line:column`.
  package var at: String
  package var conflict: Conflict?
  /// The clause's own tokens: the last key of the order, not written.
  package var clauseText: String
  package init(
    rule: String, kind: String, type: String, verdict: Verdict, reason: String, at: String,
    conflict: Conflict?, clauseText: String
  ) {
    self.rule = rule
    self.kind = kind
    self.type = type
    self.verdict = verdict
    self.reason = reason
    self.at = at
    self.conflict = conflict
    self.clauseText = clauseText
  }
  /// `CrossReferenceValidator` for an instruction, `BoundaryEnforcer` for a boundary, else none.
  package var service: String? {
    switch kind {
    case "instruction": "CrossReferenceValidator"
    case "boundary": "BoundaryEnforcer"
    default: nil
    }
  }
}

/// What an action conflicts with.
package struct Conflict: Equatable, Sendable {
  /// `training_pattern_override`, `values_conflict`, `semantic_conflict`, `parameter_conflict`.
  package var type: String
  /// Of an `expect`; `nil` for a conflict without an attribute.
  package var attribute: String?
  /// The expected value; for a test that is no `==`, its tokens as a text.
  package var expected: ReportValue?
  package var actual: ReportValue?
  package var confidence: Decimal?
  package init(
    type: String, attribute: String?, expected: ReportValue?, actual: ReportValue?,
    confidence: Decimal?
  ) {
    self.type = type
    self.attribute = attribute
    self.expected = expected
    self.actual = actual
    self.confidence = confidence
  }
}

/// One threshold's score by factor.
package struct ThresholdReport: Equatable, Sendable {
  package var name: String
  /// The missing input (as a cause) when it is unmeasured; then nothing else is set.
  package var unmeasured: String?
  package var score: Decimal
  package var level: String?
  /// Weight × value by factor, ascending by name; empty when the score was given.
  package var factors: [NamedValue]
  package init(
    name: String, unmeasured: String?, score: Decimal, level: String?, factors: [NamedValue]
  ) {
    self.name = name
    self.unmeasured = unmeasured
    self.score = score
    self.level = level
    self.factors = factors
  }
}

/// A requirement that was not met.
package struct UnmetEntry: Equatable, Sendable {
  package var rule: String
  package var type: String
  /// The tokens of what is required.
  package var require: String
  package var verdict: Verdict
  package var reason: String
  package var at: String
  package init(
    rule: String, type: String, require: String, verdict: Verdict, reason: String, at: String
  ) {
    self.rule = rule
    self.type = type
    self.require = require
    self.verdict = verdict
    self.reason = reason
    self.at = at
  }
}

/// What could not be known, with the rules that rest on it.
package struct UnknownEntry: Equatable, Sendable {
  package var cause: String
  /// The most severe verdict that a clause under this cause gave; `allow` for `allow` clauses.
  package var verdict: Verdict
  /// Qualified names, ascending, each once.
  package var rules: [String]
  package init(cause: String, verdict: Verdict, rules: [String]) {
    self.cause = cause
    self.verdict = verdict
    self.rules = rules
  }
}

/// A boundary's deliberation, carried whole.
package struct DeliberationPlan: Equatable, Sendable {
  package var boundary: String
  package var section: String?
  package var domain: String?
  /// The plan as the program carries it: urgency, tensions, frameworks, rounds, review.
  package var plan: [NamedValue]
  package init(boundary: String, section: String?, domain: String?, plan: [NamedValue]) {
    self.boundary = boundary
    self.section = section
    self.domain = domain
    self.plan = plan
  }
}

/// A waiver that took a clause out.
package struct WaivedEntry: Equatable, Sendable {
  package var rule: String
  package var type: String
  package var reason: String
  package var approvedBy: [String]
  package var until: String
  package init(rule: String, type: String, reason: String, approvedBy: [String], until: String) {
    self.rule = rule
    self.type = type
    self.reason = reason
    self.approvedBy = approvedBy
    self.until = until
  }
}

/// What a shadow rule or threshold would have said.
package enum ShadowEntry: Equatable, Sendable {
  case fired(FiredEntry)
  case unmet(UnmetEntry)
  case unknown(UnknownEntry)
}

/// Which policy decided.
package struct PolicyIdentity: Equatable, Sendable {
  /// `sha256:…` over the sorted digests of the sources.
  package var digest = ""
  /// Package names and versions, ascending by name.
  package var packages: [NamedValue] = []
  package init() {}
}
