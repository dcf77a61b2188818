import Foundation
import Testing
import TractatusSource

@testable import TractatusCompiler

@Suite("The shipped rules")
struct ShippedRulesTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("rules")

  private static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
    let url = rules.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      .filter { $0.hasSuffix(".tract") }
      .map { name in
        ("rules/\(folder)/\(name)", Array(try Data(contentsOf: url.appendingPathComponent(name))))
      }
  }

  private static func compiled() throws -> CompilationResult {
    let builtIns = try files(in: "tractatus").map { file in
      let name = file.name.split(separator: "/").last.map { $0.dropLast(".tract".count) } ?? ""
      return BuiltInFile(package: "tractatus.\(name)", name: file.name, bytes: file.bytes)
    }
    let examples = try files(in: "examples").map { RuleFile(name: $0.name, bytes: $0.bytes) }
    return Compilation.compile(PolicyLoader.load(examples, builtIns: builtIns))
  }

  @Test("the example rules compile without a diagnostic and can be shown in every form")
  func examplesCompile() throws {
    let result = try Self.compiled()
    var renderer = DiagnosticRenderer(sources: result.sources)
    #expect(result.diagnostics.isEmpty, "\(renderer.render(result.diagnostics))")
    let lowered = try #require(result.lowered)
    #expect(lowered.tables.contains { !$0.clauses.isEmpty })
    for form in Emission.allCases {
      let text = form.text(of: lowered)
      #expect(text.contains("acme.platform.database_connect"), "\(form)")
      #expect(text == form.text(of: lowered))
    }
  }
}
