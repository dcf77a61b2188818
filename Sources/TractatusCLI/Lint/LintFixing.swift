import TractatusCompiler
import TractatusLinter
import TractatusRulePacks
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Applies fixes round by round until there is none left: those of errors first, then those of
/// findings.
struct LintFixing {
  /// Most rounds; fixes that uncover others rarely take three.
  static let roundLimit = 16

  /// The policy with all fixes applied.
  private(set) var compilation: CompilationResult
  /// How many fixes were applied.
  private(set) var count = 0
  /// The errors that were fixed: where they stood at the time, and what was done.
  private(set) var fixedErrors: [(place: String, code: String, title: String)] = []
  private let linted: Set<SourceID>
  private let isDeciding: Bool

  /// Fixes the linted sources of a compilation.
  ///
  /// A round of fixes of errors counts only when fewer are left. A round of fixes of findings after
  /// which the policy has more diagnostics than before is taken back, and is the last one.
  init(
    _ compilation: CompilationResult, linted: Set<SourceID>, today: CalendarDate?,
    configuration: LintConfiguration, isDeciding: Bool
  ) {
    self.compilation = compilation
    self.linted = linted
    self.isDeciding = isDeciding
    for _ in 0..<Self.roundLimit {
      if !fixErrors() { break }
    }
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

  /// Applies the fixes of errors that have one: all together or, where that leaves as many errors,
  /// the first alone that helps. Gives whether one was applied.
  private mutating func fixErrors() -> Bool {
    let errors = compilation.diagnostics.filter { error in
      error.severity == .error && error.fixIts.count == 1 && linted.contains(error.span.source)
        && (isDeciding || !error.code.fixDecides)
    }
    if errors.isEmpty { return false }
    if fix(errors) { return true }
    for error in errors.prefix(Self.roundLimit) where errors.count > 1 {
      if fix([error]) { return true }
    }
    return false
  }

  private mutating func fix(_ errors: [Diagnostic]) -> Bool {
    let outcome = FixApplication.apply(errors.flatMap(\.fixIts), to: compilation.sources)
    if outcome.count == 0 { return false }
    let next = Self.compiled(compilation, with: outcome.texts)
    guard Self.errors(of: next) < Self.errors(of: compilation) else { return false }
    var places = DiagnosticPlaces(compilation.sources)
    for error in outcome.applied.map({ errors[$0] }) {
      let place = places.place(of: error.span)
      let start = place.map { ":\($0.start.line):\($0.start.column)" } ?? ""
      fixedErrors.append(
        ((place?.file ?? "") + start, error.code.identifier, error.fixIts.first?.title ?? ""))
    }
    count += outcome.count
    compilation = next
    return true
  }

  /// The number of errors of syntax, and of all: what cannot be parsed hides other errors.
  private static func errors(of compilation: CompilationResult) -> (Int, Int) {
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    let syntax = errors.count { $0.code.area == .lexical || $0.code.area == .syntax }
    return (syntax, errors.count)
  }

  /// The compilation of the same files with other texts; packages that they now use are loaded.
  private static func compiled(
    _ compilation: CompilationResult, with texts: [SourceID: [UInt8]]
  ) -> CompilationResult {
    var sources = SourceSet()
    for source in compilation.sources.sources {
      sources.add(name: source.name, bytes: texts[source.id] ?? source.bytes)
    }
    var files = compilation.files.map { file -> ParsedFile in
      guard texts[file.source.id] != nil, let source = sources[file.source.id] else { return file }
      return ParsedFile(parsing: source, rulesRoot: file.rulesRoot, isBuiltIn: file.isBuiltIn)
    }
    PolicyLoader.complete(
      &files, sources: &sources,
      from: RulePacks.files.map {
        BuiltInFile(
          package: $0.package, name: "<\($0.path)>", bytes: $0.bytes, digest: $0.digest)
      })
    var result = Compilation.compile(files: files, sources: sources)
    result.testedSources = compilation.testedSources
    return result
  }
}

extension DiagnosticCode {
  /// Whether its fix-it is one of several things that the author could have meant.
  var fixDecides: Bool {
    switch self {
    case .mixedConnectives, .unguardedOptional, .loosenedBySome: true
    default: false
    }
  }
}
