import TractatusSource
import TractatusValues

/// Which types a rule or a threshold judges.
package enum AppliesTo: Hashable, Sendable {
  case any
  /// Ascending, at least one.
  case types([ActionTypeID])
}

/// A policy rule of any of the four kinds.
package struct PolicyRule: Sendable {
  /// The word that begins the rule.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case rule, instruction, boundary, requirement
  }
  package var name: QualifiedName
  package var package: PackageID
  package var kind: Kind
  /// The title, or the name where it has none.
  package var title: String
  package var isSealed: Bool
  package var isShadow: Bool
  /// `active: false` takes it out.
  package var isActive: Bool
  /// Its life, both ends included; judged at the action's `at`, without which it applies.
  package var since: Instant?
  package var until: Instant?
  package var on: AppliesTo
  /// `when A unless B` of `on`, as `A and not B`: part of every clause.
  package var guardCondition: Condition
  package var clauses: [Clause]
  package var offers: [String]
  package var checks: [String]
  package var notifies: [String]
  package var deliberation: Deliberation?
  /// Rules that this one takes out while it lives (by `isActive` and its dates; with dates and no
  /// `at` it takes out none).
  package var replaces: [RuleID]
  package var metadata: [MetadataEntry]
  /// Metadata that the instruction leaves out and a classification infers; nil where there is none.
  package var inferred: InferredMetadata?
  package var examples: [RuleExample]
  package var span: SourceSpan
  package init(
    name: QualifiedName, package: PackageID, kind: Kind, title: String, isSealed: Bool,
    isShadow: Bool, isActive: Bool, since: Instant?, until: Instant?, on: AppliesTo,
    guardCondition: Condition, clauses: [Clause], offers: [String], checks: [String],
    notifies: [String], deliberation: Deliberation?, replaces: [RuleID],
    metadata: [MetadataEntry], examples: [RuleExample], span: SourceSpan
  ) {
    self.name = name
    self.package = package
    self.kind = kind
    self.title = title
    self.isSealed = isSealed
    self.isShadow = isShadow
    self.isActive = isActive
    self.since = since
    self.until = until
    self.on = on
    self.guardCondition = guardCondition
    self.clauses = clauses
    self.offers = offers
    self.checks = checks
    self.notifies = notifies
    self.deliberation = deliberation
    self.replaces = replaces
    self.metadata = metadata
    self.examples = examples
    self.span = span
  }
}

/// `quadrant: system`, as written, in the order of names; the verdicts are computed already.
package struct MetadataEntry: Hashable, Sendable {
  package var name: String
  package var value: ConstantValue
  package init(name: String, value: ConstantValue) {
    self.name = name
    self.value = value
  }
}

/// One clause of a policy rule.
///
/// With guard G (the rule's) and condition C (the clause's own, complete):
/// - `effect`, `expect`: fired when `G and C` is true, unknown when unknown;
/// - `require`: C is what is required. G false, or C true: nothing. G true: unmet. G unknown:
///   unknown.
/// A fired clause gives `verdict`. An unknown one gives `ask`, or `warn` if that is its verdict, or
/// `allow` if that is its verdict.
package struct Clause: Sendable {
  /// What the clause asks.
  package enum Kind: Sendable {
    /// `conflict` is what kind of conflict it is when it fires: `semanticConflict` for an
    /// instruction's `deny`, `valuesConflict` for a restricting clause of a boundary, else none.
    case effect(final: FinalDecision?, conflict: ConflictType?)
    case expect(Expectation)
    case require
  }
  package var kind: Kind
  package var verdict: Verdict
  /// For `expect`: `has a and not (a test)` with its own guards, all in one.
  package var condition: Condition
  package var because: Template?
  /// The tokens of the clause with one space between: its place in the order of a report, and for
  /// `require` what `unmet` shows (there, the condition's tokens alone).
  package var text: String
  package var span: SourceSpan
  package init(
    kind: Kind, verdict: Verdict, condition: Condition, because: Template?, text: String,
    span: SourceSpan
  ) {
    self.kind = kind
    self.verdict = verdict
    self.condition = condition
    self.because = because
    self.text = text
    self.span = span
  }
}

/// What `needs human …` says that the final decision requires.
package enum FinalDecision: UInt8, Hashable, Sendable, CaseIterable {
  case judgment, approval
}

/// The kinds of conflict that a report tells apart.
package enum ConflictType: UInt8, Hashable, Sendable, CaseIterable {
  case trainingPatternOverride, valuesConflict, semanticConflict, parameterConflict
}

/// What an `expect` clause reports when it conflicts.
package struct Expectation: Sendable {
  package var attribute: Operand
  /// The attribute's name as the report shows it (`port`).
  package var attributeName: String
  /// For `==`: the value; else `nil`, and the report shows the test's tokens.
  package var expected: ConstantValue?
  package var testText: String
  /// The `instead of` value: an actual value equal to it is a training-pattern override.
  package var insteadOf: ConstantValue?
  package var isCorrecting: Bool
  /// The conflict's type where the actual value is not the `instead of` one.
  package var conflictType: ConflictType
  /// The instruction's explicitness; `nil` where none is stated.
  package var confidence: Decimal?
  package init(
    attribute: Operand, attributeName: String, expected: ConstantValue?, testText: String,
    insteadOf: ConstantValue?, isCorrecting: Bool, conflictType: ConflictType,
    confidence: Decimal?
  ) {
    self.attribute = attribute
    self.attributeName = attributeName
    self.expected = expected
    self.testText = testText
    self.insteadOf = insteadOf
    self.isCorrecting = isCorrecting
    self.conflictType = conflictType
    self.confidence = confidence
  }
}

/// A boundary's plan for a deliberation, reported whole.
package struct Deliberation: Hashable, Sendable {
  /// A moral framework with what it holds, and the stakeholders who speak for it.
  package struct Framework: Hashable, Sendable {
    package var name: String
    package var holds: String
    package var from: [String]
    package init(name: String, holds: String, from: [String]) {
      self.name = name
      self.holds = holds
      self.from = from
    }
  }
  package var metadata: [MetadataEntry]
  package var tensions: [String]
  package var frameworks: [Framework]
  package var reviewAfterDays: Int64?
  package init(
    metadata: [MetadataEntry], tensions: [String], frameworks: [Framework], reviewAfterDays: Int64?
  ) {
    self.metadata = metadata
    self.tensions = tensions
    self.frameworks = frameworks
    self.reviewAfterDays = reviewAfterDays
  }
}

/// `example deny { command: "…" } given { … }`.
package struct RuleExample: Sendable {
  package var verdict: Verdict
  /// The type it is judged as: the one written, else the rule's only one.
  package var type: ActionTypeID
  package var parameters: [RecordEntry]
  /// Dotted paths of roots and their values.
  package var given: [RecordEntry]
  package var span: SourceSpan
  package init(
    verdict: Verdict, type: ActionTypeID, parameters: [RecordEntry], given: [RecordEntry],
    span: SourceSpan
  ) {
    self.verdict = verdict
    self.type = type
    self.parameters = parameters
    self.given = given
    self.span = span
  }
}

/// `waive R on types when … from D until D because "…" approved by "…"`.
package struct Waiver: Sendable {
  package var package: PackageID
  package var rule: RuleID
  package var on: AppliesTo
  package var condition: Condition
  /// The first and the last instant at which it acts; without `at` it does not.
  package var from: Instant
  package var until: Instant
  /// The last day as written, for the report.
  package var untilText: String
  package var because: String
  package var approvedBy: [String]
  package var span: SourceSpan
  package init(
    package: PackageID, rule: RuleID, on: AppliesTo, condition: Condition, from: Instant,
    until: Instant, untilText: String, because: String, approvedBy: [String], span: SourceSpan
  ) {
    self.package = package
    self.rule = rule
    self.on = on
    self.condition = condition
    self.from = from
    self.until = until
    self.untilText = untilText
    self.because = because
    self.approvedBy = approvedBy
    self.span = span
  }
}

/// `earlier read_file { path: "…" }` of a test: it happened, whatever its verdict is.
package struct EarlierAction: Sendable {
  package var type: ActionTypeID
  package var parameters: [RecordEntry]
  /// What had been given by then.
  package var given: [RecordEntry]
  package init(type: ActionTypeID, parameters: [RecordEntry], given: [RecordEntry]) {
    self.type = type
    self.parameters = parameters
    self.given = given
  }
}

/// `test "…" { given … action … expect … }`, of the whole policy.
package struct PolicyTest: Sendable {
  package var package: PackageID
  package var name: String
  package var given: [RecordEntry]
  package var type: ActionTypeID
  package var parameters: [RecordEntry]
  package var expected: Verdict
  /// Rules, thresholds, types or packages that must be among those that gave the verdict.
  package var by: [QualifiedName]
  package var correcting: [RecordEntry]?
  /// What came before, in this order.
  package var earlier: [EarlierAction] = []
  package var span: SourceSpan
  package init(
    package: PackageID, name: String, given: [RecordEntry], type: ActionTypeID,
    parameters: [RecordEntry], expected: Verdict, by: [QualifiedName],
    correcting: [RecordEntry]?, span: SourceSpan
  ) {
    self.package = package
    self.name = name
    self.given = given
    self.type = type
    self.parameters = parameters
    self.expected = expected
    self.by = by
    self.correcting = correcting
    self.span = span
  }
}
