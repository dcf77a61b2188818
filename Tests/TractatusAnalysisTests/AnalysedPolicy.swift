import Foundation
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// A policy of a generator, compiled, with actions of it.
struct AnalysedPolicy {
  let generated: GeneratedPolicy
  let compilation: CompilationResult
  let lowered: LoweredPolicy
  let program: Program
  let actions: [[UInt8]]

  /// Compiles the policy of a seed; nil where it does not compile.
  init?(seed: UInt64, _ shape: GeneratedShape, actions count: Int) {
    generated = PolicyGenerator.policy(seed: seed, shape)
    compilation = Self.compile(generated.sources)
    guard let lowered = compilation.lowered, let program = compilation.program else { return nil }
    self.lowered = lowered
    self.program = program
    var generator = ActionGenerator(generated, seed: seed)
    actions = (0..<count).map { _ in Array(generator.action().written.utf8) }
  }

  /// Compiles sources.
  static func compile(_ texts: [(name: String, text: String)]) -> CompilationResult {
    var sources = SourceSet()
    for source in texts { sources.add(name: source.name, bytes: Array(source.text.utf8)) }
    let files = sources.sources.map { ParsedFile(parsing: $0) }
    return Compilation.compile(files: files, sources: sources)
  }

  /// The program of the policy once it is changed; nil where it is too large.
  func program(changing change: (inout CheckedPolicy) -> Void) -> Program? {
    var checked = compilation.checked
    change(&checked)
    let (lowered, diagnostics) = Lowering.lower(checked)
    guard !diagnostics.hasErrors else { return nil }
    return Assembler.assemble(lowered, sources: compilation.sources)
  }

  /// The seeds of a test that usually judges this many policies.
  static func seeds(_ usual: Int) -> [UInt64] {
    AnalysisLaws.cases(usual).flatMap { AnalysisLaws.seeds(of: $0, usual) }
  }
}

/// How long the laws of analyses run: `TRACTATUS_LAW_RUNS` policies from `TRACTATUS_LAW_SEED` on,
/// each with `TRACTATUS_LAW_ACTIONS` actions; `TRACTATUS_LAW_POLICY=1000007` is one of them alone.
enum AnalysisLaws {
  /// Policies that one case of a test judges.
  private static let perCase = 4
  private static let first = UInt64(number("TRACTATUS_LAW_SEED") ?? 1)
  private static let policy = number("TRACTATUS_LAW_POLICY").map { UInt64($0) }

  /// Actions of each policy.
  static let actions = number("TRACTATUS_LAW_ACTIONS") ?? 30

  private static let shapes: [GeneratedShape] = [
    .free, .guarded, .layered, .free, .commands, .histories, .layeredHarmlessly, .layeredCommands,
  ]

  /// What a policy is about.
  static func shape(of seed: UInt64) -> GeneratedShape { shapes[Int(seed % UInt64(shapes.count))] }

  /// The cases of a law that usually judges this many policies.
  static func cases(_ usual: Int) -> Range<Int> {
    let count = number("TRACTATUS_LAW_RUNS") ?? usual
    return policy == nil ? 0..<max(1, (count + perCase - 1) / perCase) : 0..<1
  }

  /// The seeds of one case.
  static func seeds(of place: Int, _ usual: Int) -> [UInt64] {
    if let policy { return [policy] }
    let count = number("TRACTATUS_LAW_RUNS") ?? usual
    let rest = min(perCase, count - place * perCase)
    return (0..<max(0, rest)).map { first &* 1_000_003 &+ UInt64(place * perCase + $0) }
  }

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
}
