import Foundation
import Testing
import TractatusLinter
import TractatusSource

@Suite("the shipped rules and the example")
struct ShippedRulesTests {
  /// The rule files below a folder of the repository, ascending by path.
  private func files(under folder: String) throws -> [(String, String)] {
    let url = LintFixture.repository.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      .filter { $0.hasSuffix(".tract") }
      .map { name in
        (
          "\(folder)/\(name)",
          try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
        )
      }
  }

  @Test("have no finding")
  func nothing() throws {
    let folders = [
      "rules/tractatus", "rules/industry", "rules/examples", "Tests/Conformance/organisation",
    ]
    let files = try folders.flatMap(files)
    let input = LintFixture.input(files)
    #expect(!input.hasErrors)
    for finding in Linter.lint(input).findings {
      let (name, text) = files[Int(finding.span.source.rawValue)]
      Issue.record("\(name): \(finding.rule): \(LintFixture.line(finding, in: text))")
    }
  }
}
