import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Applies fixes round by round until there is none left.
struct LintFixing {
  /// Most rounds; fixes that uncover others rarely take three.
  static let roundLimit = 16

  /// The policy with all fixes applied.
  private(set) var compilation: CompilationResult
  /// How many fixes were applied.
  private(set) var count = 0

  /// Fixes the linted sources of a compilation.
  ///
  /// A round after which the policy has an error, or more diagnostics, that it did not have before
  /// is taken back, and is the last one.
  init(
    _ compilation: CompilationResult, linted: Set<SourceID>, today: CalendarDate?,
    configuration: LintConfiguration, isDeciding: Bool
  ) {
    self.compilation = compilation
    for _ in 0..<Self.roundLimit {
      let current = self.compilation
      let input = LintInput(
        files: current.files, policy: current.checked, hasErrors: current.hasErrors,
        linted: linted, today: today, configuration: configuration)
      let outcome = FixApplication.apply(
        Linter.lint(input).findings, to: current.sources, isDeciding: isDeciding)
      if outcome.count == 0 { return }
      let next = Self.compiled(current, with: outcome.texts)
      if next.diagnostics.count > current.diagnostics.count { return }
      self.compilation = next
      count += outcome.count
    }
  }

  /// The compilation of the same files with other texts.
  private static func compiled(
    _ compilation: CompilationResult, with texts: [SourceID: [UInt8]]
  ) -> CompilationResult {
    var sources = SourceSet()
    for source in compilation.sources.sources {
      sources.add(name: source.name, bytes: texts[source.id] ?? source.bytes)
    }
    let files = compilation.files.map { file -> ParsedFile in
      guard texts[file.source.id] != nil, let source = sources[file.source.id] else { return file }
      return ParsedFile(parsing: source, rulesRoot: file.rulesRoot, isBuiltIn: file.isBuiltIn)
    }
    var result = Compilation.compile(files: files, sources: sources)
    result.testedSources = compilation.testedSources
    return result
  }
}
