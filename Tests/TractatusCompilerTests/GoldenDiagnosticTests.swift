import Testing
import TractatusSource

@testable import TractatusCompiler

@Suite("Diagnostics of the compiler")
struct GoldenDiagnosticTests {
  @Test("every case gives the diagnostics that it shows")
  func cases() throws {
    for golden in try GoldenCase.all() {
      let files = golden.sections.filter { $0.name.hasSuffix(".tract") }.map {
        RuleFile(name: $0.name, bytes: Array($0.text.utf8))
      }
      let builtIn = BuiltInFile(
        package: "tractatus.core", name: "tractatus/core.tract",
        bytes: Array("policy tractatus.core \"Core\" version \"1.0.0\"\n".utf8))
      var limits = Lowering.Limits()
      // A case may lower the limit of rows, so that it need not hold a million.
      let rows = golden.text("row limit").filter(\.isNumber)
      if let rows = Int(rows) { limits.totalRows = rows }
      let result = Compilation.compile(
        PolicyLoader.load(files, builtIns: [builtIn]), limits: limits)
      var renderer = DiagnosticRenderer(sources: result.sources)
      let text = renderer.render(result.diagnostics)
      let isSame = try golden.matches("diagnostics", text)
      #expect(isSame, "\(golden.path.lastPathComponent):\n\(text)")
    }
  }

  @Test("every code of the tables has a golden case")
  func everyCodeHasACase() throws {
    let text = try GoldenCase.all().map { $0.text("diagnostics") }.joined()
    for code in DiagnosticCode.allCases where code.area == .tables {
      #expect(text.contains(code.identifier), "\(code.identifier)")
      #expect(!code.explanation.isEmpty)
    }
  }
}
