import TractatusCompiler
import TractatusValues

/// One thing that may give the decision on a call of a type its verdict: a clause, a threshold's
/// level or a default.
struct Contribution {
  /// What makes it speak.
  enum Subject {
    /// Guard and condition of an effect, an expectation or a level.
    case condition(LoweredExpression)
    /// A requirement: its guard, and what is required.
    case requirement(LoweredExpression, required: LoweredExpression)
    /// A default, which stands unless one of these lifts it, and where one of the doubts is so:
    /// then it is not known whether the call is of the type at all, and nothing lifts for certain.
    case standing(lifts: [Lift], doubts: [Goal])
  }

  /// An `allow` clause of a default.
  struct Lift {
    /// Its rule, qualified.
    var owner: String
    /// What must hold for it to lift: its condition, that its rule lasts, and that what would take
    /// the rule out is known not to.
    var goals: [Goal]
  }

  /// What it is in the program: the number of a clause; nil for a default.
  var clause: Int?
  /// The rule or threshold, or the type or package whose default it is, qualified.
  var owner = ""
  var verdict: Verdict
  var subject: Subject
  /// What takes it out, each a conjunction: a waiver that acts, dates that are over, a rule that
  /// replaces its own.
  var removals: [[Goal]] = []
  /// The tests that it reads.
  var tests: [Int] = []
  /// The attribute that it corrects, and the value that it writes.
  var corrects: Int?
  var corrected = ""

  /// For which truth values of its condition it gives at least a verdict.
  ///
  /// True, it gives its own; unknown, `ask`, or `warn` if that is its own, or nothing where it
  /// allows.
  private func truths(reaching level: Verdict) -> TruthSet {
    var truths: TruthSet = []
    if verdict >= level { truths.formUnion(.isTrue) }
    if min(verdict, .ask) >= level { truths.formUnion(.isUnknown) }
    return truths
  }

  /// What must hold for it to give less than a verdict: one of these; nil where it always does.
  func below(_ level: Verdict) -> [[Goal]]? {
    if verdict < level { return nil }
    let quiet = TruthSet.any.subtracting(truths(reaching: level))
    switch subject {
    case .condition(let condition): return [[Goal(condition, quiet)]] + removals
    case .requirement(let guardCondition, let required):
      return [[Goal(required, .isTrue)], [Goal(guardCondition, quiet)]] + removals
    case .standing(let lifts, _): return lifts.map(\.goals)
    }
  }

  /// What must hold for it to give at least a verdict; nil where it never does.
  func reaching(_ level: Verdict) -> Question? {
    if verdict < level { return nil }
    var question = Question()
    let loud = truths(reaching: level)
    switch subject {
    case .condition(let condition): question.goals = [Goal(condition, loud)]
    case .requirement(let guardCondition, let required):
      question.goals = [Goal(guardCondition, loud), Goal(required, .notTrue)]
    case .standing(let lifts, let doubts):
      let unsure = level <= .ask ? doubts.map { [$0] } : []
      for lift in lifts {
        question.add(oneOf: lift.goals.map { [$0.opposite] } + unsure)
      }
    }
    for removal in removals { question.add(oneOf: removal.map { [$0.opposite] }) }
    return question
  }
}

extension Contribution {
  /// The same with every condition made another; nil where one cannot be.
  func mapped(_ change: (LoweredExpression) -> LoweredExpression?) -> Contribution? {
    func goals(_ goals: [Goal]) -> [Goal]? {
      var result: [Goal] = []
      for goal in goals {
        guard let expression = change(goal.expression) else { return nil }
        result.append(Goal(expression, goal.truths))
      }
      return result
    }
    var result = self
    result.removals = []
    for removal in removals {
      guard let removal = goals(removal) else { return nil }
      result.removals.append(removal)
    }
    switch subject {
    case .condition(let condition):
      guard let condition = change(condition) else { return nil }
      result.subject = .condition(condition)
    case .requirement(let guardCondition, let required):
      guard let guardCondition = change(guardCondition), let required = change(required) else {
        return nil
      }
      result.subject = .requirement(guardCondition, required: required)
    case .standing(let lifts, let doubts):
      var changed: [Lift] = []
      for lift in lifts {
        guard let own = goals(lift.goals) else { return nil }
        changed.append(Lift(owner: lift.owner, goals: own))
      }
      guard let doubts = goals(doubts) else { return nil }
      result.subject = .standing(lifts: changed, doubts: doubts)
    }
    return result
  }
}

extension Goal {
  /// That it does not hold.
  var opposite: Goal { Goal(expression, TruthSet.any.subtracting(truths)) }
}
