import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// An example or a test, ready to be run by any program of the same names.
package struct TestCase: Sendable {
  package var kind: TestResult.Kind
  /// The test's own name; for an example its rule's qualified name and its number from 1.
  package var name: String
  /// The package whose file wrote it.
  package var package: String
  package var span: SourceSpan
  /// `file:line:column`.
  package var place: String
  /// The action, as a native document.
  var document: [UInt8]
  /// The actions that came before, as native documents.
  var earlier: [[UInt8]] = []
  /// The rule that an example judges alone: an index and its qualified name.
  var focus: (index: Int, rule: String)?
  package var expected: Verdict
  /// Qualified names that must be among those that gave the verdict.
  var by: [String] = []
  var correcting: [RecordEntry]?
  /// Whether an `allow` clause must fire.
  var needsGrant = false

  /// What the sources of a compilation hold, in the order of places.
  ///
  /// - Parameters:
  ///   - sources: whose examples and tests are taken; by default those that the compilation says.
  ///   - kinds: whether examples, tests or both are taken. A rule that `active: false` takes out
  ///     has no examples.
  package static func all(
    of compilation: CompilationResult, sources: Set<SourceID>? = nil,
    kinds: Set<TestResult.Kind> = [.example, .test]
  ) -> [TestCase] {
    let sources = sources ?? compilation.testedSources
    let checked = compilation.checked
    var places = SourcePlaces(compilation.sources)
    var cases: [TestCase] = []
    if kinds.contains(.example) {
      for (index, rule) in checked.rules.enumerated()
      where rule.isActive && sources.contains(rule.span.source) {
        for (number, example) in rule.examples.enumerated() {
          cases.append(
            TestCase(
              example, number: number + 1, of: rule, index: index, checked,
              place: places.text(of: example.span)))
        }
      }
    }
    if kinds.contains(.test) {
      for test in checked.tests where sources.contains(test.span.source) {
        cases.append(TestCase(test, checked, place: places.text(of: test.span)))
      }
    }
    return cases.sorted { $0.span < $1.span }
  }

  private init(
    _ example: RuleExample, number: Int, of rule: PolicyRule, index: Int,
    _ checked: CheckedPolicy, place: String
  ) {
    kind = .example
    name = "\(rule.name.text) example \(number)"
    package = checked.packages[Int(rule.package.index)].name
    span = example.span
    self.place = place
    document = TestDocument.bytes(
      type: checked.actionTypes[Int(example.type.index)], parameters: example.parameters,
      given: example.given)
    focus = (index, rule.name.text)
    expected = example.verdict
    needsGrant =
      expected == .allow
      && rule.clauses.contains { clause in
        if case .effect = clause.kind { clause.verdict == .allow } else { false }
      }
  }

  private init(_ test: PolicyTest, _ checked: CheckedPolicy, place: String) {
    kind = .test
    name = test.name
    package = checked.packages[Int(test.package.index)].name
    span = test.span
    self.place = place
    document = TestDocument.bytes(
      type: checked.actionTypes[Int(test.type.index)], parameters: test.parameters,
      given: test.given)
    earlier = test.earlier.map { action in
      TestDocument.bytes(
        type: checked.actionTypes[Int(action.type.index)], parameters: action.parameters,
        given: action.given)
    }
    expected = test.expected
    by = test.by.map(\.text)
    correcting = test.correcting
  }

  /// Whether the name or the package holds one of some texts; true without any.
  package func fits(_ filters: [String]) -> Bool {
    filters.isEmpty || filters.contains { name.contains($0) || package.contains($0) }
  }
}

/// Places of sources in words.
struct SourcePlaces {
  private let names: [String]
  private let sources: [SourceText]
  private var lines: [LineIndex?]

  init(_ sources: SourceSet) {
    self.sources = sources.sources
    names = self.sources.map(\.name)
    lines = Array(repeating: nil, count: names.count)
  }

  /// The file, line and column of a span's start, both from 1.
  mutating func place(of span: SourceSpan) -> (file: String, line: Int, column: Int)? {
    let index = Int(span.source.rawValue)
    guard sources.indices.contains(index) else { return nil }
    let known = lines[index] ?? LineIndex(sources[index])
    lines[index] = known
    let location = known.location(at: span.start)
    return (names[index], Int(location.line), Int(location.column))
  }

  /// `file:line:column` of a span's start; empty for a source that is not there.
  mutating func text(of span: SourceSpan) -> String {
    place(of: span).map { "\($0.file):\($0.line):\($0.column)" } ?? ""
  }
}
