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

  /// Most ways of meeting a question that are tried one by one.
  private static let alternativeLimit = 24

  /// The ways in which the first goal that is a disjunction may hold, each a question of its own;
  /// none where there is one way.
  var alternatives: [Question] {
    for (place, goal) in goals.enumerated() where goal.truths.contains(.isTrue) {
      guard !goal.truths.contains(.isFalse), case .or(let parts) = goal.expression, parts.count > 1
      else { continue }
      return parts.prefix(Self.alternativeLimit).map { part in
        var question = self
        question.goals[place] = Goal(part, .isTrue)
        return question
      }
    }
    return []
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
