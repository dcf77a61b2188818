import Foundation
import Testing
import TractatusCompiler
import TractatusSource

@testable import TractatusTestRunner

@Suite("Examples and tests of the shipped rules")
struct ShippedTestsTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("rules")

  private static func files(in folder: String) throws -> [RuleFile] {
    let url = rules.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      .filter { $0.hasSuffix(".tract") }
      .map { name in
        RuleFile(
          name: "rules/\(folder)/\(name)",
          bytes: Array(try Data(contentsOf: url.appendingPathComponent(name))), isNamed: true)
      }
  }

  private static func builtIns() throws -> [BuiltInFile] {
    try [("tractatus", "tractatus."), ("industry", "tractatus.industry.")].flatMap { pair in
      try files(in: pair.0).map { file in
        let name = file.name.split(separator: "/").last.map { $0.dropLast(".tract".count) } ?? ""
        return BuiltInFile(package: pair.1 + name, name: file.name, bytes: file.bytes)
      }
    }
  }

  @Test(
    "they all pass",
    arguments: ["tractatus", "industry", "examples", "../Tests/Conformance/organisation"])
  func allPass(_ folder: String) throws {
    let loaded = PolicyLoader.load(
      try Self.files(in: folder), builtIns: try Self.builtIns(), copiesReplaceBuiltIns: true)
    let compilation = Compilation.compile(loaded)
    #expect(compilation.program != nil)
    let results = TestRunner.run(compilation)
    #expect(results.contains { $0.kind == .example } && results.contains { $0.kind == .test })
    for result in results {
      #expect(result.isPassed, "\(result.place) \(result.name): \(result.summary)")
    }
    #expect(TestRunner.diagnostics(results).isEmpty)
    #expect(results.map(\.span) == results.map(\.span).sorted())
  }
}
