/// What is asked of the solver: goals that hold together, and choices of which one alternative
/// each holds.
struct Question {
  var goals: [Goal] = []
  var choices: [[[Goal]]] = []
  /// Whether a choice has no alternative.
  private(set) var isImpossible = false

  /// Adds that one of these alternatives holds; each is a conjunction.
  mutating func add(oneOf alternatives: [[Goal]]) {
    switch alternatives.count {
    case 0: isImpossible = true
    case 1: goals += alternatives[0]
    default: choices.append(alternatives)
    }
  }

  /// Adds what another question asks.
  mutating func add(_ other: Question) {
    goals += other.goals
    choices += other.choices
    if other.isImpossible { isImpossible = true }
  }
}

extension Solver {
  /// Looks for an assignment that answers a question.
  mutating func find(_ question: Question) -> Answer {
    if question.isImpossible { return .never }
    return find(question.goals, choosing: question.choices)
  }
}
