/// What judging mutations found, each counted once.
package struct MutationScore: Sendable {
  /// Mutations that no case notices, by their numbers.
  package private(set) var survivors: [Int] = []
  package private(set) var killedCount = 0
  /// Mutations that decide every action as before, or as another mutation does.
  package private(set) var equivalentCount = 0
  /// Mutations with which the policy does not compile.
  package private(set) var invalidCount = 0

  /// Sums up judgements.
  ///
  /// - Parameter judged: the number of each mutation with what became of it, in their order.
  package init(_ judged: [(mutation: Int, judgement: MutationRun.Judgement)]) {
    var programs: Set<UInt64> = []
    for (mutation, judgement) in judged {
      switch judgement.outcome {
      case .invalid: invalidCount += 1
      case .equivalent: equivalentCount += 1
      case .killed, .survived:
        guard programs.insert(judgement.program).inserted else {
          equivalentCount += 1
          continue
        }
        if judgement.outcome == .survived { survivors.append(mutation) } else { killedCount += 1 }
      }
    }
  }

  /// The mutations that count.
  package var count: Int { killedCount + survivors.count }

  /// How many of 1,000 that count were noticed; 1,000 when none counts.
  package var perMille: Int { count == 0 ? 1_000 : killedCount * 1_000 / count }
}
