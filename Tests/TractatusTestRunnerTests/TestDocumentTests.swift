import Testing
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusTestRunner

@Suite("Documents of examples and tests")
struct TestDocumentTests {
  private static let span = SourceSpan(source: SourceID(rawValue: 0), start: 0, end: 0)

  private func type(_ name: String, package: PackageID?) -> ActionType {
    ActionType(
      name: QualifiedName(package: package == nil ? "" : "acme.a", name: name), package: package,
      title: "", isClosed: false, isSealed: false, parameters: [], extractions: [], otherwise: nil,
      span: Self.span)
  }

  private func text(
    _ type: ActionType, _ parameters: [RecordEntry], _ given: [RecordEntry]
  )
    -> String
  {
    String(
      decoding: TestDocument.bytes(type: type, parameters: parameters, given: given),
      as: UTF8.self)
  }

  @Test("given paths nest by their parts, and what is left out is not there")
  func nesting() {
    let given = [
      RecordEntry(name: "components", value: .record([])),
      RecordEntry(
        name: "components.X",
        value: .record([RecordEntry(name: "message", value: .number(Decimal(4)))])),
      RecordEntry(name: "description", value: .text("a \"b\"")),
      RecordEntry(name: "facts.git.branch", value: .null),
      RecordEntry(name: "facts.git.clean", value: .bool(true)),
      RecordEntry(name: "session.tokens", value: .number(Decimal(1_000))),
    ]
    let parameters = [RecordEntry(name: "environment", value: .enumeration("dev"))]
    #expect(
      text(type("deploy", package: PackageID(0)), parameters, given)
        == #"{"action":"acme.a.deploy","parameters":{"environment":"dev"},"#
        + #""components":{"X":{"message":4}},"description":"a \"b\"","#
        + #""facts":{"git":{"branch":null,"clean":true}},"session":{"tokens":1000}}"#)
  }

  @Test("`components: {}` beside a component takes nothing away, and alone stands as it is")
  func components() {
    let one = RecordEntry(name: "components.X", value: .record([]))
    let none = RecordEntry(name: "components", value: .record([]))
    let type = type("deploy", package: PackageID(0))
    #expect(
      text(type, [], [one, none])
        == #"{"action":"acme.a.deploy","parameters":{},"components":{"X":{}}}"#)
    #expect(
      text(type, [], [none]) == #"{"action":"acme.a.deploy","parameters":{},"components":{}}"#)
  }

  @Test("`unmapped` has a tool that nothing maps, or the tool that is given")
  func unmapped() {
    let type = type("unmapped", package: nil)
    #expect(text(type, [], []) == #"{"tool":"","parameters":{}}"#)
    let given = [RecordEntry(name: "action.tool", value: .text("Bash"))]
    #expect(text(type, [], given) == #"{"parameters":{},"tool":"Bash"}"#)
  }
}
