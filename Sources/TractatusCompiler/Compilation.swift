import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// What compiling gave, as far as it came.
package struct CompilationResult: Sendable {
  /// The sources that spans refer to.
  package var sources: SourceSet
  /// The files that were compiled.
  package var files: [ParsedFile]
  /// The checked policy; where there are errors, what could be checked.
  package var checked: CheckedPolicy
  /// The lowered policy; nil when parsing or checking found an error.
  package var lowered: LoweredPolicy?
  /// The program; nil when there is any error.
  package var program: Program?
  /// What every stage has to say, in the order in which it is shown.
  package var diagnostics: [Diagnostic]
  /// The sources whose examples and tests are the user's own to run.
  package var testedSources: Set<SourceID>
  /// What became of the instructions that were given, in their order.
  package var instructions: [StoredInstruction] = []

  /// Whether there is any error.
  package var hasErrors: Bool { diagnostics.hasErrors }
}

/// A policy that was checked and not yet lowered.
package struct CheckedCompilation: Sendable {
  /// What checking gave: no lowered policy and no program.
  package internal(set) var result: CompilationResult
  /// The patterns that are right.
  let patterns: ParsedPatterns
}

/// The front door: rule files in, a program or diagnostics out.
package enum Compilation {
  /// Compiles what a loader chose.
  package static func compile(
    _ policy: LoadedPolicy, extent: CheckExtent = .everything,
    limits: Lowering.Limits = Lowering.Limits()
  ) -> CompilationResult {
    var result: CompilationResult
    if let instructions = policy.instructions, !instructions.records.isEmpty {
      result = InstructionCompilation.compile(
        policy, instructions, extent: extent, limits: limits)
    } else {
      result = compile(
        files: policy.files, sources: policy.sources, diagnostics: policy.diagnostics,
        extent: extent, limits: limits)
    }
    result.testedSources = policy.testedSources
    for index in result.diagnostics.indices where result.diagnostics[index].fixIts.isEmpty {
      suggest(policy.builtInPackages, for: &result.diagnostics[index], of: result.sources)
    }
    return result
  }

  /// Names the built-in package that is near to one that is not loaded.
  private static func suggest(
    _ packages: [String], for diagnostic: inout Diagnostic, of sources: SourceSet
  ) {
    guard diagnostic.code == .unknownPackage, let source = sources[diagnostic.span.source] else {
      return
    }
    let name = source.string(from: diagnostic.span.start, to: diagnostic.span.end)
    guard let near = NearName.nearest(to: name, among: packages) else { return }
    diagnostic.message += "; did you mean `\(near)`?"
    diagnostic.fixIts = [FixIt("write `\(near)`", replacing: diagnostic.span, with: near)]
  }

  /// Checks, lowers and assembles parsed files.
  ///
  /// Never throws: what is wrong stands in the result's diagnostics, `diagnostics` of earlier
  /// stages included, and then there is no program.
  package static func compile(
    files: [ParsedFile], sources: SourceSet, diagnostics earlier: [Diagnostic] = [],
    extent: CheckExtent = .everything, limits: Lowering.Limits = Lowering.Limits()
  ) -> CompilationResult {
    finish(
      check(files: files, sources: sources, diagnostics: earlier, extent: extent), limits: limits)
  }

  /// Checks what a loader chose, and leaves what follows to `finish`.
  ///
  /// - Parameter memory: what earlier checks of nearly the same files left.
  package static func check(
    _ policy: LoadedPolicy, memory: CheckMemory? = nil
  ) -> CheckedCompilation {
    var checked = check(
      files: policy.files, sources: policy.sources, diagnostics: policy.diagnostics,
      extent: .everything, memory: memory)
    checked.result.testedSources = policy.testedSources
    return checked
  }

  private static func check(
    files: [ParsedFile], sources: SourceSet, diagnostics earlier: [Diagnostic],
    extent: CheckExtent, memory: CheckMemory? = nil
  ) -> CheckedCompilation {
    var diagnostics = earlier
    for file in files { diagnostics += file.tree.diagnostics }
    let checked = PolicyChecker.check(files, extent: extent, memory: memory)
    diagnostics += checked.diagnostics
    let patterns = PatternCheck.check(
      files, checked.policy, extent: extent, memory: memory)
    diagnostics += patterns.diagnostics
    let result = CompilationResult(
      sources: sources, files: files, checked: checked.policy, lowered: nil, program: nil,
      diagnostics: diagnostics.sortedForDisplay(),
      testedSources: Set(files.filter { !$0.isBuiltIn }.map(\.source.id)))
    return CheckedCompilation(result: result, patterns: patterns.parsed)
  }

  /// Lowers and assembles what was checked, unless there is an error.
  package static func finish(
    _ checked: CheckedCompilation, limits: Lowering.Limits = Lowering.Limits()
  ) -> CompilationResult {
    var result = checked.result
    if result.hasErrors { return result }
    lower(&result, limits, checked.patterns)
    result.diagnostics = result.diagnostics.sortedForDisplay()
    return result
  }

  private static func lower(
    _ result: inout CompilationResult, _ limits: Lowering.Limits, _ parsed: ParsedPatterns
  ) {
    var (lowered, diagnostics) = Lowering.lower(result.checked, limits: limits)
    lowered.digest = digest(of: result.files)
    result.lowered = lowered
    result.diagnostics += diagnostics
    if diagnostics.hasErrors { return }
    result.program = Assembler.assemble(
      lowered, sources: result.sources, parsed: parsed)
  }

  /// The program by which files decide, without what only reports show: places, the clauses' own
  /// texts, and the digest. Policies with equal images decide alike. Nil when there is an error.
  package static func decisions(of files: [ParsedFile]) -> Program? {
    if files.contains(where: { $0.tree.diagnostics.hasErrors }) { return nil }
    var checked = PolicyChecker.check(files, extent: .decisions)
    let patterns = PatternCheck.check(files, checked.policy)
    if checked.diagnostics.hasErrors || patterns.diagnostics.hasErrors { return nil }
    for rule in checked.policy.rules.indices {
      for clause in checked.policy.rules[rule].clauses.indices {
        checked.policy.rules[rule].clauses[clause].text = ""
        if case .expect(var expectation) = checked.policy.rules[rule].clauses[clause].kind {
          expectation.testText = ""
          checked.policy.rules[rule].clauses[clause].kind = .expect(expectation)
        }
      }
    }
    let (lowered, diagnostics) = Lowering.lower(checked.policy)
    if diagnostics.hasErrors { return nil }
    // Without sources there are no places.
    return Assembler.assemble(lowered, sources: SourceSet(), parsed: patterns.parsed)
  }

  /// `sha256:` and the SHA-256, in hexadecimal, of the files' own SHA-256 digests of 32 bytes each,
  /// ascending, one after the other: the order of the files is not seen.
  package static func digest(of files: [ParsedFile]) -> String {
    let digests = files.map { $0.digest ?? SHA256.digest($0.source.bytes.span) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    var hash = SHA256()
    for digest in digests { hash.update(digest.span) }
    return "sha256:" + SHA256.hexText(hash.digest())
  }
}
