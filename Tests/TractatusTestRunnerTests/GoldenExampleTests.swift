import Testing
import TractatusCompiler
import TractatusSource

@testable import TractatusTestRunner

@Suite("Diagnostics of examples")
struct GoldenExampleTests {
  @Test("every case gives the diagnostics that it shows")
  func cases() throws {
    for golden in try GoldenCase.all() {
      let files = golden.sections.filter { $0.name.hasSuffix(".tract") }.map {
        RuleFile(name: $0.name, bytes: Array($0.text.utf8))
      }
      let result = Compilation.compile(PolicyLoader.load(files))
      var renderer = DiagnosticRenderer(sources: result.sources)
      let text = renderer.render(
        result.diagnostics + TestRunner.diagnostics(TestRunner.run(result)))
      let isSame = try golden.matches("diagnostics", text)
      #expect(isSame, "\(golden.path.lastPathComponent):\n\(text)")
    }
  }
}
