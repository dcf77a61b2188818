import TractatusAnalysis
import TractatusCompiler
import TractatusEngine
import TractatusSource

extension Command {
  /// `tractatus diff`.
  static let diff = Command(
    "diff", group: .analyse, summary: "which actions two versions of a policy decide otherwise",
    operands: "OLD NEW | OLD..NEW | OLD",
    options: [
      Option(
        "rules", value: "PATH",
        "the rules in a revision, and the new version of a lone OLD (default: rules)"),
      Option(
        "fail-on", value: "CLASS", choices: ["loosened", "changed"],
        "fail where a decision is loosened, or changed"),
      Option("log", value: "LOG", "also decide the past actions of this decision log by both"),
      .format("text", "json", "markdown"),
      .color,
    ],
    details: """
      OLD and NEW are rule files, folders, built-in packs, program images, or
      revisions that git knows; OLD..NEW are two revisions.

      For each rule, threshold and default that changed, an action is looked for that
      one version decides more severely than the other, and shown once both
      evaluators agree (in a new session, or after other actions, where it says so).
      Where there is none, that is proved (reason only) or said not to be decided.
      An input error counts as deny. Around calls, facts, programs and scores that
      are declared otherwise actions are tried, and what these do not show is named.
      Images are compared by the rules in them (`build --sources`); of others only
      --log can tell.

      Exit status: 0; with --fail-on 1 where that is found, or where it is not
      decided whether something is loosened; 2 a version cannot be read or does not
      compile.
      """,
    example: "tractatus diff --fail-on loosened --format markdown main..HEAD"
  ) { arguments, console throws(UsageError) in
    let (old, new) = try DiffOperand.sides(arguments)
    do throws(RuleProblem) {
      return try DiffRun(arguments: arguments, console: console).compare(old, new)
    } catch {
      return console.complain(error)
    }
  }
}

/// One run of `diff`.
struct DiffRun {
  let arguments: Arguments
  let console: Console

  /// One side, compiled.
  private struct Side {
    var program: Program
    /// Nil for an image that holds no rules.
    var compilation: CompilationResult?
  }

  func compare(_ old: DiffOperand, _ new: DiffOperand) throws(RuleProblem) -> ExitStatus {
    let (before, after) = (try side(old), try side(new))
    var report = DiffReport(old: old.name, new: new.name)
    if let one = before.compilation, let other = after.compilation {
      guard let one = PolicyVersion(one), let other = PolicyVersion(other) else {
        throw RuleProblem(message: "the versions are too large to be compared")
      }
      report.difference = DifferenceSearch.compare(one, other)
    } else if arguments.value("log") == nil {
      let image = before.compilation == nil ? old.name : new.name
      throw RuleProblem(
        message: "`\(image)` holds no rules to compare: build it with `--sources`, name the rules "
          + "that it was built of instead, or give `--log`")
    }
    if let path = arguments.value("log") {
      report.log = LogDifference(try AuditLog(path), old: before.program, new: after.program)
    }
    switch arguments.value("format") {
    case "json":
      console.output.write(report.json)
      console.output.line()
    case "markdown": console.output.write(report.markdown)
    default: console.output.write(report.text(Style(arguments, console)))
    }
    switch arguments.value("fail-on") {
    case "loosened": return report.isLoosened || report.isUndecided ? .fail : .pass
    case "changed": return report.isChanged || report.isUndecided ? .fail : .pass
    default: return .pass
    }
  }

  private func side(_ operand: DiffOperand) throws(RuleProblem) -> Side {
    if case .image(let path) = operand {
      do throws(PolicyFailure) {
        let (program, sources) = try PolicySource.readImageWithSources(path)
        guard let sources else { return Side(program: program) }
        guard let compilation = sources.compilation(for: program) else {
          throw PolicyFailure(
            reason: "the rules in `\(path)` are not what it was built of by this version: build it "
              + "anew")
        }
        return Side(program: program, compilation: compilation)
      } catch {
        throw RuleProblem(message: error.reason, code: error.code)
      }
    }
    guard let loaded = try operand.load(console) else {
      throw RuleProblem(message: "`\(operand.name)` cannot be read")
    }
    let compilation = Compilation.compile(loaded)
    guard let program = compilation.program else {
      var renderer = DiagnosticRenderer(
        sources: compilation.sources, usesColour: Style(arguments, console).usesColour)
      console.errors.write(
        renderer.render(compilation.diagnostics.filter { $0.severity == .error }))
      throw RuleProblem(message: "the policy of `\(operand.name)` does not compile")
    }
    return Side(program: program, compilation: compilation)
  }
}
