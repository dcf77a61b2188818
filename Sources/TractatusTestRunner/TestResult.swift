import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// What running one example or test gave.
package struct TestResult: Sendable {
  /// What was run.
  package enum Kind: String, Sendable {
    case example, test
  }

  /// One thing that is other than expected.
  package struct Difference: Equatable, Sendable {
    /// What is compared: `verdict`, `by`, `correcting` or `error`.
    package var what: String
    /// What the test expects, as shown.
    package var expected: String
    /// What the decision has, as shown.
    package var actual: String
    package init(what: String, expected: String, actual: String) {
      self.what = what
      self.expected = expected
      self.actual = actual
    }
  }

  package var kind: Kind
  /// The test's own name; for an example its rule's qualified name and its number from 1.
  package var name: String
  /// The package whose file wrote it.
  package var package: String
  /// The example or test in its source.
  package var span: SourceSpan
  /// `file:line:column`.
  package var place: String
  package var expected: Verdict
  /// The rules that should have given the verdict: those after `by`; that of an example.
  package var expectedRules: [String]
  package var actual: Verdict
  /// The rules, thresholds, types and packages that gave the verdict, ascending.
  package var actualRules: [String]
  /// Empty when it passed.
  package var differences: [Difference] = []
  /// The whole decision, for a longer report.
  package var decision: Decision
  /// What became of each clause of the rules that should have given the verdict and did not, for a
  /// failure that is to be explained.
  package var considered: [RuleExplanation] = []

  /// Compares a decision with what a case expects.
  init(_ one: TestCase, _ decision: Decision) {
    kind = one.kind
    name = one.name
    package = one.package
    span = one.span
    place = one.place
    expected = one.expected
    expectedRules = one.focus.map { [$0.rule] } ?? one.by
    actual = decision.verdict
    actualRules = Self.responsible(for: decision)
    self.decision = decision
    differences = Self.differences(one, decision, actualRules)
  }

  /// Whether nothing is other than expected.
  package var isPassed: Bool { differences.isEmpty }

  /// What is other than expected, in one sentence part.
  package var summary: String {
    differences.map { "\($0.what): expected \($0.expected), got \($0.actual)" }
      .joined(separator: "; ")
  }

  /// The rules of which a report should say why they did not give the verdict.
  var unexplained: Set<String> {
    let missing = Set(expectedRules).subtracting(actualRules)
    return actual == expected && kind == .example ? Set(expectedRules) : missing
  }

  /// Whatever gave the verdict of a decision, ascending.
  private static func responsible(for decision: Decision) -> [String] {
    let verdict = decision.verdict
    var names: Set<String> = []
    for entry in decision.fired where entry.verdict == verdict { names.insert(entry.rule) }
    for entry in decision.unmet where entry.verdict == verdict { names.insert(entry.rule) }
    for entry in decision.unknown where entry.verdict == verdict { names.formUnion(entry.rules) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  // MARK: Differences

  private static func differences(
    _ one: TestCase, _ decision: Decision, _ responsible: [String]
  ) -> [Difference] {
    if let error = decision.error {
      return [
        Difference(
          what: "error", expected: "a decision", actual: "\(error.code): \(error.reason)")
      ]
    }
    var differences: [Difference] = []
    if decision.verdict != one.expected {
      differences.append(
        Difference(
          what: "verdict", expected: one.expected.word, actual: decision.verdict.word))
    } else if one.needsGrant, !isGranted(decision) {
      differences.append(
        Difference(what: "verdict", expected: "an `allow` clause that fires", actual: "none"))
    }
    let missing = one.by.filter { !responsible.contains($0) }
    if !missing.isEmpty {
      differences.append(
        Difference(what: "by", expected: listed(missing), actual: listed(responsible)))
    }
    if let correcting = one.correcting { differences += corrections(correcting, in: decision) }
    return differences
  }

  private static func isGranted(_ decision: Decision) -> Bool {
    decision.fired.contains { $0.verdict == .allow && $0.conflict == nil }
  }

  private static func listed(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func corrections(
    _ expected: [RecordEntry], in decision: Decision
  ) -> [Difference] {
    let wanted = expected.map { NamedValue(name: $0.name, value: ReportValue($0.value)) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    guard wanted != decision.correctedAction else { return [] }
    return [
      Difference(
        what: "correcting", expected: ReportValue.record(wanted).text,
        actual: ReportValue.record(decision.correctedAction).text)
    ]
  }
}

extension ReportValue {
  /// The value that a constant of a policy has in a report.
  init(_ constant: ConstantValue) {
    switch constant {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let number): self = .number(number)
    case .text(let text), .enumeration(let text): self = .text(text)
    case .time(let instant): self = .text(instant.description)
    case .list(let elements): self = .list(elements.map { ReportValue($0) })
    case .record(let entries):
      self = .record(entries.map { NamedValue(name: $0.name, value: ReportValue($0.value)) })
    }
  }

  /// The value as a rule file would write it.
  var text: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let number): return number.description
    case .text(let text): return "\"\(text)\""
    case .list(let elements): return "[\(elements.map(\.text).joined(separator: ", "))]"
    case .record(let members):
      if members.isEmpty { return "nothing" }
      return "{ \(members.map { "\($0.name): \($0.value.text)" }.joined(separator: ", ")) }"
    }
  }
}
