import Foundation
import TractatusValues

@testable import TractatusConformanceSupport

/// How long the laws run. `TRACTATUS_LAW_RUNS=20000 TRACTATUS_LAW_SEED=7 swift test --filter Law`
/// is a long run from another seed, `TRACTATUS_LAW_POLICY=2001006486` the law of one policy again.
enum LawSettings {
  /// Policies of the main law; the others take a share of it.
  static let runs = number("TRACTATUS_LAW_RUNS") ?? 240
  /// Where the seeds begin.
  static let seed = UInt64(number("TRACTATUS_LAW_SEED") ?? 1)
  /// How often a mismatch is tried in a smaller form.
  static let tries = number("TRACTATUS_LAW_TRIES") ?? 6_000
  /// Actions for each policy of the main law; the others take a share of them, too.
  static let actions = number("TRACTATUS_LAW_ACTIONS") ?? 40
  /// Policies that one test case judges.
  static let perCase = 8
  /// The seed of the one policy that is judged, as a mismatch names it.
  static let policy = number("TRACTATUS_LAW_POLICY").map { UInt64($0) }

  /// The seeds of one test case.
  static func seeds(of place: Int) -> [UInt64] {
    if let policy { return [policy] }
    return (0..<perCase).map { seed &* 1_000_003 &+ UInt64(place * perCase + $0) }
  }

  /// Whether the laws of order, images and sealed packages are of commands, too, as
  /// `TRACTATUS_LAW_COMMANDS=1` asks for.
  static let areOfCommands = number("TRACTATUS_LAW_COMMANDS") == 1

  /// What the policies of laws on any policy are about.
  static func shape(of seed: UInt64) -> GeneratedShape {
    areOfCommands && seed % 3 == 0 ? .commands : .free
  }

  /// The test cases of a law that judges `runs` policies.
  static func cases(_ runs: Int) -> Range<Int> {
    policy == nil ? 0..<max(1, runs / perCase) : 0..<1
  }

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
}
