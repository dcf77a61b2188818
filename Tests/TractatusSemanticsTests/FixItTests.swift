import Testing
import TractatusSemantics
import TractatusSource

@Suite("fix-its of the checker")
struct FixItTests {
  @Test("every fix-it of the golden cases settles its diagnostic", arguments: try GoldenCase.all())
  func settle(_ golden: GoldenCase) {
    let (files, _) = golden.parsed()
    for diagnostic in PolicyChecker.check(files).diagnostics {
      for fixIt in diagnostic.fixIts {
        let fixed = files.map { file in
          ParsedFile(parsing: applied(fixIt, to: file.source), rulesRoot: file.rulesRoot)
        }
        #expect(fixed.allSatisfy { $0.tree.diagnostics.isEmpty }, "\(fixIt.title) does not parse")
        let remaining = PolicyChecker.check(fixed).diagnostics.filter {
          $0.code == diagnostic.code && $0.span.start == diagnostic.span.start
            && $0.span.source == diagnostic.span.source && $0.message == diagnostic.message
        }
        #expect(remaining.isEmpty, "\(fixIt.title) leaves: \(diagnostic.message)")
      }
    }
  }

  private func applied(_ fixIt: FixIt, to source: SourceText) -> SourceText {
    var bytes = source.bytes
    let edits = fixIt.edits.filter { $0.span.source == source.id }
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(
        Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.replacement.utf8))
    }
    return SourceText(id: source.id, name: source.name, bytes: bytes)
  }
}
