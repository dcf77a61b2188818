import Foundation
import Testing
import TractatusSemantics
import TractatusSource

@Suite("golden cases of the checker")
struct GoldenTests {
  @Test("every case gives the diagnostics that it shows", arguments: try GoldenCase.all())
  func diagnostics(_ golden: GoldenCase) throws {
    let (files, sources) = golden.parsed()
    for file in files {
      #expect(file.tree.diagnostics.isEmpty, "a case is about the checker alone")
    }
    let result = PolicyChecker.check(files)
    var renderer = DiagnosticRenderer(sources: sources)
    let shown = renderer.render(result.diagnostics)
    if shown != golden.expected {
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try golden.written(with: shown).write(to: golden.url, atomically: true, encoding: .utf8)
      }
      Issue.record("\(golden.url.lastPathComponent) gives other diagnostics:\n\(shown)")
    }
  }

  @Test("the order of the files changes no diagnostic", arguments: try GoldenCase.all())
  func order(_ golden: GoldenCase) {
    let reversed = Array(golden.files.indices.reversed())
    let texts = [nil, reversed].map { order in
      let (files, sources) = golden.parsed(order: order)
      var renderer = DiagnosticRenderer(sources: sources)
      return PolicyChecker.check(files).diagnostics.map { renderer.render($0) }.sorted()
    }
    #expect(texts[0] == texts[1])
  }

  @Test("every diagnostic of names and types has a golden case")
  func coverage() throws {
    let everything = try GoldenCase.all().map(\.expected).joined()
    for code in DiagnosticCode.allCases where code.area == .names || code.area == .types {
      #expect(everything.contains("[\(code.identifier)]"), "\(code.identifier) \(code.title)")
    }
  }

  @Test("every diagnostic of names and types has a long explanation")
  func explanations() {
    for code in DiagnosticCode.allCases where code.area == .names || code.area == .types {
      #expect(code.explanation.utf8.count > 60, "\(code.identifier) \(code.title)")
    }
  }
}
