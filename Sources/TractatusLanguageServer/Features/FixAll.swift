import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Applies the fixes of one file that change no decision, until there is none left.
struct FixAll {
  /// Most rounds, as for `lint --fix`.
  static let roundLimit = 16

  /// The file's bytes with all fixes applied; nil where there is none.
  private(set) var bytes: [UInt8]?

  init(
    _ analysis: Analysis, _ number: Int, _ configuration: LintConfiguration, _ today: CalendarDate?
  ) {
    var result = analysis.checked.result
    let id = result.files[number].source.id
    for _ in 0..<Self.roundLimit {
      let input = LintInput(
        files: result.files, policy: result.checked, hasErrors: result.hasErrors, linted: [id],
        today: today, configuration: configuration)
      let findings = Linter.lint(input).findings.filter { finding in
        finding.fixIt?.edits.allSatisfy { $0.span.source == id } ?? false
      }
      let outcome = FixApplication.apply(findings, to: result.sources, isDeciding: false)
      guard outcome.count > 0, let text = outcome.texts[id] else { return }
      let next = Self.checked(result, number, text)
      // A round that makes something worse is taken back, and is the last one.
      if next.diagnostics.count > result.diagnostics.count { return }
      result = next
      bytes = text
    }
  }

  /// The same files with another text of one of them.
  private static func checked(
    _ before: CompilationResult, _ number: Int, _ text: [UInt8]
  ) -> CompilationResult {
    var sources = SourceSet()
    var files = before.files
    for source in before.sources.sources {
      let isChanged = source.id == files[number].source.id
      sources.add(name: source.name, bytes: isChanged ? text : source.bytes)
    }
    if let source = sources[files[number].source.id] {
      let file = files[number]
      files[number] = ParsedFile(
        parsing: source, rulesRoot: file.rulesRoot, isBuiltIn: file.isBuiltIn)
    }
    var result = Compilation.compile(files: files, sources: sources)
    result.testedSources = before.testedSources
    return result
  }
}
