import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Runs the examples and tests of a compiled policy through the evaluator.
package struct TestRunner: ~Copyable {
  private let checked: CheckedPolicy
  private let lines: [LineIndex]
  private let names: [String]
  private var evaluator: Evaluator
  /// What the actions reached, where that is asked for.
  private var coverage: TestCoverage?
  /// What the last action found.
  private var traces: [ClauseTrace] = []
  /// The text that names or packages of what counts for coverage hold; nil for everything.
  private var filter: String?

  /// A runner for a compilation; nil when it has no program.
  package init?(_ compilation: CompilationResult) {
    guard let program = compilation.program else { return nil }
    checked = compilation.checked
    lines = compilation.sources.sources.map(LineIndex.init)
    names = compilation.sources.sources.map(\.name)
    evaluator = Evaluator(program)
  }

  /// Runs what the compilation's own sources hold, in the order of places; empty when it has no
  /// program.
  ///
  /// - Parameters:
  ///   - sources: whose examples and tests are run; by default those that the compilation says.
  ///   - kinds: whether examples, tests or both are run.
  package static func run(
    _ compilation: CompilationResult, sources: Set<SourceID>? = nil,
    kinds: Set<TestResult.Kind> = [.example, .test]
  ) -> [TestResult] {
    guard var runner = TestRunner(compilation) else { return [] }
    return runner.runAll(sources ?? compilation.testedSources, kinds)
  }

  /// Runs examples and tests, and says which rules, clauses and rows of the sources they reached;
  /// nil when there is no program.
  ///
  /// - Parameter filter: the text that a name or package holds of what counts; nil for everything.
  package static func cover(
    _ compilation: CompilationResult, sources: Set<SourceID>, filter: String? = nil
  ) -> (results: [TestResult], coverage: TestCoverage)? {
    guard var runner = TestRunner(compilation) else { return nil }
    let files = compilation.sources.sources.filter { sources.contains($0.id) }.map(\.name)
    let empty = TestCoverage(runner.evaluator.untraced, files: Set(files))
    runner.coverage = empty
    runner.filter = filter
    let results = runner.runAll(sources, [.example, .test])
    return (results, runner.coverage ?? empty)
  }

  /// Whether a text is looked for in names and packages, and one holds it; true without one.
  package static func matches(_ filter: String?, name: String, package: String) -> Bool {
    guard let filter else { return true }
    return name.contains(filter) || package.contains(filter)
  }

  private mutating func runAll(
    _ sources: Set<SourceID>, _ kinds: Set<TestResult.Kind>
  ) -> [TestResult] {
    var results: [TestResult] = []
    if kinds.contains(.example) {
      for rule in checked.rules.indices where sources.contains(checked.rules[rule].span.source) {
        results += runExamples(ofRule: rule)
      }
    }
    if kinds.contains(.test) {
      for test in checked.tests where sources.contains(test.span.source) {
        results.append(run(test))
      }
    }
    return results.sorted { $0.span < $1.span }
  }

  /// A diagnostic for each example that failed, for `check`.
  package static func diagnostics(_ results: [TestResult]) -> [Diagnostic] {
    results.filter { $0.kind == .example && !$0.isPassed }.map { result in
      var notes: [String] = []
      for cause in result.decision.unknown.map(\.cause) { notes.append("Not known: \(cause).") }
      return Diagnostic(
        .exampleFails, "the example fails (\(result.summary))", at: result.span, notes: notes)
    }
  }

  // MARK: Examples

  /// Runs the examples of one rule, as written. A rule that `active: false` takes out has none.
  package mutating func runExamples(ofRule index: Int) -> [TestResult] {
    let rule = checked.rules[index]
    guard rule.isActive else { return [] }
    var results: [TestResult] = []
    for (number, example) in rule.examples.enumerated() {
      let decision = decide(
        type: example.type, example.parameters, given: example.given, focus: index)
      let actual = decision.verdict
      var differences = Self.errors(in: decision)
      if differences.isEmpty, actual != example.verdict {
        differences.append(Self.verdictDifference(example.verdict, actual))
      }
      if differences.isEmpty, example.verdict == .allow, Self.hasAllow(rule),
        !Self.isGranted(decision)
      {
        differences.append(
          TestResult.Difference(
            what: "verdict", expected: "an `allow` clause that fires", actual: "none"))
      }
      results.append(
        result(
          .example, name: "\(rule.name.text) example \(number + 1)", package: rule.package,
          at: example.span, expected: example.verdict, actual: actual, differences, decision))
    }
    return results
  }

  private static func hasAllow(_ rule: PolicyRule) -> Bool {
    rule.clauses.contains { clause in
      if case .effect = clause.kind { clause.verdict == .allow } else { false }
    }
  }

  private static func isGranted(_ decision: Decision) -> Bool {
    decision.fired.contains { $0.verdict == .allow && $0.conflict == nil }
  }

  // MARK: Tests

  /// Runs one test against the whole policy.
  package mutating func run(_ test: PolicyTest) -> TestResult {
    let decision = decide(type: test.type, test.parameters, given: test.given, focus: nil)
    var differences = Self.errors(in: decision)
    if differences.isEmpty {
      if decision.verdict != test.expected {
        differences.append(Self.verdictDifference(test.expected, decision.verdict))
      }
      differences += Self.missing(test.by, in: decision)
      if let correcting = test.correcting {
        differences += Self.corrections(correcting, in: decision)
      }
    }
    return result(
      .test, name: test.name, package: test.package, at: test.span, expected: test.expected,
      actual: decision.verdict, differences, decision)
  }

  /// The names after `by` that are not among those that gave the verdict.
  private static func missing(
    _ names: [QualifiedName], in decision: Decision
  ) -> [TestResult.Difference] {
    let verdict = decision.verdict
    var responsible: Set<String> = []
    for entry in decision.fired where entry.verdict == verdict { responsible.insert(entry.rule) }
    for entry in decision.unmet where entry.verdict == verdict { responsible.insert(entry.rule) }
    for entry in decision.unknown where entry.verdict == verdict {
      responsible.formUnion(entry.rules)
    }
    let missing = names.map(\.text).filter { !responsible.contains($0) }
    if missing.isEmpty { return [] }
    let actual = responsible.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return [
      TestResult.Difference(what: "by", expected: listed(missing), actual: listed(actual))
    ]
  }

  private static func listed(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func corrections(
    _ expected: [RecordEntry], in decision: Decision
  ) -> [TestResult.Difference] {
    let wanted = expected.map { NamedValue(name: $0.name, value: ReportValue($0.value)) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    guard wanted != decision.correctedAction else { return [] }
    return [
      TestResult.Difference(
        what: "correcting", expected: ReportValue.record(wanted).text,
        actual: ReportValue.record(decision.correctedAction).text)
    ]
  }

  // MARK: Both

  private mutating func decide(
    type: ActionTypeID, _ parameters: [RecordEntry], given: [RecordEntry], focus: Int?
  ) -> Decision {
    let document = TestDocument.bytes(
      type: checked.actionTypes[Int(type.index)], parameters: parameters, given: given)
    var input = ActionInput()
    do {
      try input.readNative(document.span)
    } catch {
      var decision = Decision()
      decision.verdict = .deny
      decision.error = error
      return decision
    }
    let options = EvaluationOptions(focus: focus)
    if coverage != nil { traces = evaluator.trace(input, options: options) }
    return evaluator.decide(input, options: options)
  }

  private mutating func result(
    _ kind: TestResult.Kind, name: String, package: PackageID, at span: SourceSpan,
    expected: Verdict, actual: Verdict, _ differences: [TestResult.Difference],
    _ decision: Decision
  ) -> TestResult {
    let packageName = checked.packages[Int(package.index)].name
    if Self.matches(filter, name: name, package: packageName) { coverage?.add(traces) }
    return TestResult(
      kind: kind, name: name, package: packageName, span: span,
      place: place(of: span), expected: expected, actual: actual, differences: differences,
      decision: decision)
  }

  private func place(of span: SourceSpan) -> String {
    let index = Int(span.source.rawValue)
    guard lines.indices.contains(index) else { return "" }
    let location = lines[index].location(at: span.start)
    return "\(names[index]):\(location.line):\(location.column)"
  }

  private static func errors(in decision: Decision) -> [TestResult.Difference] {
    guard let error = decision.error else { return [] }
    return [
      TestResult.Difference(
        what: "error", expected: "a decision", actual: "\(error.code): \(error.reason)")
    ]
  }

  private static func verdictDifference(
    _ expected: Verdict, _ actual: Verdict
  ) -> TestResult.Difference {
    TestResult.Difference(what: "verdict", expected: expected.word, actual: actual.word)
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
