import TractatusCompiler
import TractatusRulePacks
import TractatusSource
import TractatusSyntax

/// What `check` and `test` work on: a compilation in which copies of built-in files take their
/// place.
struct Authoring {
  let compilation: CompilationResult
  /// The sources whose examples and tests are run: the user's own, and packs that were named.
  let testedSources: Set<SourceID>

  /// Compiles what the paths of the command line name.
  ///
  /// - Throws: why nothing could be read.
  init(_ arguments: Arguments) throws(RuleProblem) {
    let paths = arguments.values("rules") + arguments.operands
    let loaded = try RuleReader.load(
      paths, for: .authoring, instructions: InstructionOrigin(arguments))
    compilation = Compilation.compile(loaded)
    let named = Set(paths).intersection(RulePacks.names)
    var tested = loaded.testedSources
    for file in loaded.files where !named.isEmpty {
      let package = FileView(file.tree, file.tree.root)?.policy?.path?.joined ?? ""
      if named.contains(package) { tested.insert(file.source.id) }
    }
    testedSources = tested
  }

  /// The number of files that the user gave or named.
  var fileCount: Int { testedSources.count }
}

extension Console {
  /// Says on the error stream why rules could not be read, for commands without a decision.
  @discardableResult
  func complain(_ problem: RuleProblem) -> ExitStatus {
    complain(problem.message, code: problem.code.identifier)
    return .error
  }
}
