import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// What is known of a project's texts as they are: made at once as far as checking, the rest when
/// there is time, or when it is asked for.
final class Analysis {
  let checked: CheckedCompilation
  private let encoding: PositionEncoding
  private var texts: [UInt32: DocumentText] = [:]
  private var fileNumbers: [String: Int] = [:]
  /// What the linter found, once it ran.
  private(set) var findings: [Finding]?
  /// What lowering and the examples say, once they ran.
  private(set) var late: [Diagnostic]?
  /// What every file declares and names.
  private(set) lazy var names = NameTable(
    files: checked.result.files, policy: checked.result.checked)

  init(_ checked: CheckedCompilation, encoding: PositionEncoding) {
    (self.checked, self.encoding) = (checked, encoding)
    for (number, file) in checked.result.files.enumerated() {
      fileNumbers[file.source.name] = number
    }
  }

  /// The files of the policy.
  var files: [ParsedFile] { checked.result.files }

  /// The place of a file among these, by the name of its source.
  func fileNumber(_ name: String) -> Int? { fileNumbers[name] }

  /// The text of a source, to count positions in.
  func text(of id: SourceID) -> DocumentText? {
    if let known = texts[id.rawValue] { return known }
    guard let source = checked.result.sources[id] else { return nil }
    let text = DocumentText(source.bytes, encoding: encoding)
    texts[id.rawValue] = text
    return text
  }

  /// Runs the linter.
  func lint(_ configuration: LintConfiguration, today: CalendarDate?) {
    let result = checked.result
    let input = LintInput(
      files: result.files, policy: result.checked, hasErrors: result.hasErrors,
      linted: result.testedSources, today: today, configuration: configuration)
    findings = Linter.lint(input).findings
  }

  /// Lowers the policy and runs its examples.
  func finish(_ examples: (CompilationResult) -> [Diagnostic]) {
    let result = Compilation.finish(checked)
    let known = Set(checked.result.diagnostics)
    late = result.diagnostics.filter { !known.contains($0) } + examples(result)
  }

  /// Everything that was found so far, in the order in which it is shown.
  var entries: [ReportEntry] {
    var entries = (checked.result.diagnostics + (late ?? [])).map { ReportEntry($0) }
    entries += (findings ?? []).map { ReportEntry($0) }
    return entries.sortedForDisplay()
  }
}
