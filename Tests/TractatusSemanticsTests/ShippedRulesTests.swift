import Testing
import TractatusSemantics
import TractatusSource

@Suite("the shipped rules")
struct ShippedRulesTests {
  @Test("the shipped rules and the example have no diagnostics")
  func clean() throws {
    let files = try PolicyFixture.shipped()
    var sources = SourceSet()
    let parsed = files.map {
      ParsedFile(parsing: sources.add(name: $0.0, bytes: Array($0.1.utf8)))
    }
    var renderer = DiagnosticRenderer(sources: sources)
    for file in parsed { #expect(renderer.render(file.tree.diagnostics) == "") }
    #expect(renderer.render(PolicyChecker.check(parsed).diagnostics) == "")
  }

  @Test("the order of files is not seen in the checked policy")
  func order() throws {
    let files = try PolicyFixture.shipped()
    let first = PolicyFixture.content(PolicyFixture.check(files: files).policy)
    let second = PolicyFixture.content(PolicyFixture.check(files: files.reversed()).policy)
    #expect(first == second)
  }
}
