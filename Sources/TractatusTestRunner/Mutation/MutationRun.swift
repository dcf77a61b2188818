import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// Judges mutations of a policy by its examples and tests.
///
/// What one mutation costs is a compilation, and the cases that reach what it changes. The run is
/// never changed, so that threads share it.
package struct MutationRun: Sendable {
  /// What became of a mutation.
  package enum Outcome: Equatable, Sendable {
    /// A case notices; its kind and name.
    case killed(by: String)
    /// No case notices.
    case survived
    /// No action is decided otherwise: the program is the same, but for what reports show.
    case equivalent
    /// The policy does not compile any more.
    case invalid
  }

  /// A mutation's outcome, and a digest of the program that it makes.
  package struct Judgement: Sendable {
    package var outcome: Outcome
    package var program: UInt64 = 0
  }

  /// Every mutation of the sources, in the order of their files and places.
  package let mutations: [Mutation]
  /// The file, line and column of each.
  package let places: [String]
  private let files: [ParsedFile]
  private let cases: [TestCase]
  /// The rules that each case can depend on; nil for all of them.
  private let reach: [Set<String>?]
  private let image: [UInt8]

  /// Prepares a run; nil when the policy does not compile.
  ///
  /// - Parameters:
  ///   - cases: examples and tests, each of which passes.
  ///   - sources: the files that are changed.
  package init?(_ compilation: CompilationResult, cases: [TestCase], sources: Set<SourceID>) {
    guard let program = compilation.program,
      let image = Self.compile(compilation.files)
    else { return nil }
    self.cases = cases
    self.image = image.bytes
    files = compilation.files
    let changed = compilation.files.filter { sources.contains($0.source.id) }
      .sorted { $0.source.id < $1.source.id }
    let mutations = changed.flatMap { MutationFinder.mutations(of: $0.tree) }
    self.mutations = mutations
    var places = SourcePlaces(compilation.sources)
    self.places = mutations.map { places.text(of: $0.span) }
    var runner = TestRunner(program)
    reach = cases.map { Self.reach(of: $0, &runner) }
  }

  /// The rules that judge a case's action. What is corrected is judged again, as something else
  /// perhaps, and what has no trace is an error: those depend on everything.
  private static func reach(of one: TestCase, _ runner: inout TestRunner) -> Set<String>? {
    let traces = runner.trace(one)
    if traces.isEmpty || runner.run(one).decision.isCorrected { return nil }
    return Set(traces.map(\.rule))
  }

  /// What becomes of one mutation.
  package func judge(_ mutation: Mutation) -> Judgement {
    var changed = files
    for index in changed.indices where changed[index].source.id == mutation.source {
      let old = changed[index]
      let source = SourceText(
        id: old.source.id, name: old.source.name, bytes: mutation.apply(to: old.source.bytes))
      changed[index] = ParsedFile(
        parsing: source, rulesRoot: old.rulesRoot, isBuiltIn: old.isBuiltIn)
    }
    guard let (program, bytes) = Self.compile(changed) else {
      return Judgement(outcome: .invalid)
    }
    let digest = StableHash.hash(bytes.span)
    if bytes == image { return Judgement(outcome: .equivalent, program: digest) }
    var runner = TestRunner(program)
    for (one, reach) in zip(cases, reach) {
      if mutation.isLocal, let reach, !reach.contains(mutation.owner) { continue }
      if !runner.run(one).isPassed {
        let killer = "\(one.kind.rawValue) \(one.name)"
        return Judgement(outcome: .killed(by: killer), program: digest)
      }
    }
    return Judgement(outcome: .survived, program: digest)
  }

  /// The program by which files decide, and its bytes; nil with an error.
  private static func compile(_ files: [ParsedFile]) -> (program: Program, bytes: [UInt8])? {
    guard let program = Compilation.decisions(of: files) else { return nil }
    var bytes: [UInt8] = []
    program.write(into: &bytes)
    return (program, bytes)
  }

  /// Which mutations are judged when at most `limit` may be: a sample that depends on `seed` alone,
  /// ascending.
  package static func sample(_ candidates: [Int], limit: Int, seed: UInt64) -> [Int] {
    guard limit < candidates.count else { return candidates }
    var rest = candidates
    var random = SplitMix64(seed: seed)
    for place in 0..<max(0, limit) {
      rest.swapAt(place, place + random.below(rest.count - place))
    }
    return rest.prefix(max(0, limit)).sorted()
  }
}
