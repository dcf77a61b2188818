import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// A condition and what it is wanted to be.
package struct Goal: Hashable, Sendable {
  /// The condition, over the tests of the policy.
  package var expression: LoweredExpression
  /// The truth values that are wanted.
  package var truths: TruthSet
  /// Makes a goal.
  package init(_ expression: LoweredExpression, _ truths: TruthSet) {
    self.expression = expression
    self.truths = truths
  }
  /// A goal for the condition of a clause.
  package init(_ formula: LoweredFormula, _ truths: TruthSet) {
    self.init(formula.expression, truths)
  }
}

/// What a question has for an answer.
package enum Answer: Sendable {
  /// No action, whatever is supplied: proved.
  case never
  /// The tests and attributes may be so. A *candidate*: where `dependsOnFree` is not empty, whether
  /// an action brings these tests about was not looked at. Nothing is claimed before a `Witness`
  /// made of it is confirmed by the evaluator.
  case witness(Assignment)
  /// Not decided, for this reason.
  case notDecided(String)
}

/// What tests and attributes are for a question to be answered.
package struct Assignment: Sendable {
  /// What each test that counts must be.
  package var tests: [Int: TruthSet]
  /// A state for each attribute that some test of it reads.
  package var states: [Int: AttributeState]
  /// The free tests among `tests`, ascending.
  package var dependsOnFree: [Int]
  /// Nothing is asked of anything.
  package static let nothing = Assignment(tests: [:], states: [:], dependsOnFree: [])
  /// Makes an assignment.
  package init(
    tests: [Int: TruthSet], states: [Int: AttributeState], dependsOnFree: [Int]
  ) {
    self.tests = tests
    self.states = states
    self.dependsOnFree = dependsOnFree
  }
}

/// Decides whether conditions can be what is wanted of them, all at once.
///
/// A search over the structure of the conditions (Davis, Logemann and Loveland 1962), in Kleene's
/// logic: each decision narrows the truth values that tests may have, and after each the attributes
/// concerned are asked for a state in which their tests have them. `never` is a proof: the states
/// that are tried are at least all that actions bring about.
///
/// Bounded by `steps`; the cells of attributes are not multiplied with each other.
package struct Solver {
  /// Most steps of one question.
  package static let stepLimit = 200_000

  let model: AnalysisModel
  /// By test: what it may still be.
  private var masks: [TruthSet]
  /// By attribute: the tests that were narrowed.
  private var narrowed: [[Int]]
  /// By attribute: a state in which all narrowed tests are as wanted.
  private var states: [AttributeState?]
  /// The tests of what came before that were narrowed.
  private var earlier: [Int] = []
  private var trail: [Change] = []
  private var choices: [Choice] = []
  private var steps = 0
  private var undecided: String?
  /// Attributes that must be there, with a value.
  private(set) var present: Set<Int> = []
  var texts: TextMemory
  var implications: TestImplications

  /// What to undo.
  private enum Change {
    case mask(test: Int, TruthSet)
    case narrowed(attribute: Int)
    case earlier
    case state(attribute: Int, AttributeState?)
  }

  /// Alternatives of which one must hold.
  private struct Choice {
    var alternatives: [[Goal]]
  }

  /// A choice that was made, and what stood before it.
  private struct Frame {
    var choice: Int
    var alternative: Int
    var trailMark: Int
    var choiceMark: Int
  }

  /// A solver for the policy of a model, which may share automata with others. O(tests).
  package init(_ model: AnalysisModel, _ languages: LanguageMemory = LanguageMemory()) {
    self.model = model
    masks = Array(repeating: .any, count: model.policy.tests.count)
    narrowed = Array(repeating: [], count: model.policy.attributes.count)
    states = Array(repeating: nil, count: model.policy.attributes.count)
    texts = TextMemory(languages)
    implications = TestImplications(model, languages)
  }

  /// Looks for an assignment in which every goal's condition is as wanted.
  ///
  /// - Parameters:
  ///   - alternatives: choices of which one alternative each, a conjunction, holds besides.
  ///   - present: attributes that must have a value: neither absent nor unknown.
  ///   - limit: the most steps.
  package mutating func find(
    _ goals: [Goal], choosing alternatives: [[[Goal]]] = [], present: Set<Int> = [],
    steps limit: Int = stepLimit
  ) -> Answer {
    steps = limit
    self.present = present
    undecided = nil
    choices = alternatives.map { Choice(alternatives: $0) }
    defer { undo(to: 0) }
    return search(goals)
  }

  private mutating func search(_ goals: [Goal]) -> Answer {
    var frames: [Frame] = []
    var next = 0
    var isConsistent = reduce(goals)
    if isConsistent { order() }
    while true {
      if steps <= 0 { return .notDecided("the conditions together are too large") }
      if isConsistent {
        guard next < choices.count else { return .witness(assignment()) }
        if isSettled(choices[next]) {
          next += 1
          continue
        }
        frames.append(
          Frame(
            choice: next, alternative: -1, trailMark: trail.count, choiceMark: choices.count))
        next += 1
      }
      // The next alternative of the last choice that has one.
      var isMoved = false
      while var frame = frames.popLast() {
        undo(to: frame.trailMark)
        choices.removeLast(choices.count - frame.choiceMark)
        frame.alternative += 1
        let alternatives = choices[frame.choice].alternatives
        guard frame.alternative < alternatives.count else { continue }
        steps -= 1
        let alternative = alternatives[frame.alternative]
        next = frame.choice + 1
        frames.append(frame)
        isConsistent = isPossible(alternative) && reduce(alternative)
        isMoved = true
        break
      }
      if !isMoved { return undecided.map { .notDecided($0) } ?? .never }
    }
  }

  // MARK: Goals

  /// Narrows what the goals demand; false where they cannot be.
  private mutating func reduce(_ goals: [Goal]) -> Bool {
    var pending = goals
    var touched: [Int] = []
    while let goal = pending.popLast() {
      steps -= 1
      if steps <= 0 { return true }
      if goal.truths == .any { continue }
      if goal.truths.isEmpty { return false }
      switch goal.expression {
      case .constant(let value):
        if !goal.truths.contains(Truth(value)) { return false }
      case .not(let inner): pending.append(Goal(inner, goal.truths.negated))
      case .and(let parts): split(parts, goal.truths, isNegated: false, into: &pending)
      case .or(let parts): split(parts, goal.truths.negated, isNegated: true, into: &pending)
      case .test(let test):
        if case .composite(let expression) = model.policy.tests[test] {
          pending.append(Goal(expression, goal.truths))
          continue
        }
        guard narrow(test, goal.truths, &touched) else { return false }
      }
    }
    return areConsistent(touched)
  }

  /// A conjunction (of negated parts, where it stands for a disjunction) as goals and choices.
  private mutating func split(
    _ parts: [LoweredExpression], _ truths: TruthSet, isNegated: Bool, into pending: inout [Goal]
  ) {
    func goal(_ part: LoweredExpression, _ wanted: TruthSet) -> Goal {
      Goal(part, isNegated ? wanted.negated : wanted)
    }
    func choose(_ wanted: TruthSet) {
      if parts.count == 1 {
        pending.append(goal(parts[0], wanted))
      } else {
        choices.append(Choice(alternatives: parts.map { [goal($0, wanted)] }))
      }
    }
    if !truths.contains(.isFalse) {
      for part in parts {
        pending.append(goal(part, .notFalse.intersection(truths.union(.isTrue))))
      }
      if !truths.contains(.isTrue) { choose(.isUnknown) }
    } else if truths == .isKnown {
      choices.append(
        Choice(
          alternatives: [parts.map { goal($0, .isTrue) }] + parts.map { [goal($0, .isFalse)] }))
    } else {
      choose(truths)
    }
  }

  private mutating func narrow(_ test: Int, _ truths: TruthSet, _ touched: inout [Int]) -> Bool {
    let old = masks[test]
    let new = old.intersection(truths)
    if new == old { return true }
    if new.isEmpty { return false }
    trail.append(.mask(test: test, old))
    masks[test] = new
    if old == .any {
      for attribute in model.attributes(of: test) {
        narrowed[attribute].append(test)
        trail.append(.narrowed(attribute: attribute))
      }
      if case .history = model.policy.tests[test] {
        earlier.append(test)
        trail.append(.earlier)
      }
    }
    touched.append(test)
    return true
  }

  /// Whether each attribute of the tests has a state in which all its tests are as wanted.
  ///
  /// INVARIANT: an attribute's state fits all tests that were narrowed before these.
  private mutating func areConsistent(_ tests: [Int]) -> Bool {
    for test in tests {
      if case .history = model.policy.tests[test], isExcluded(test, beside: earlier) {
        return false
      }
      for attribute in model.attributes(of: test) {
        steps -= 1
        if let state = states[attribute], fits(test, state, attribute) { continue }
        let wanted = narrowed[attribute].map { (test: $0, truths: masks[$0]) }
        switch state(of: attribute, wanted) {
        case .state(let state):
          trail.append(.state(attribute: attribute, states[attribute]))
          states[attribute] = state
        case .none: return false
        case .notDecided(let reason):
          undecided = reason
          return false
        }
      }
    }
    return true
  }

  /// Whether a test is as wanted in a state of its attribute, beside the others that are free.
  private mutating func fits(_ test: Int, _ state: AttributeState, _ attribute: Int) -> Bool {
    if model.isExact(test) {
      guard let truth = truth(of: test, at: state) else { return false }
      return masks[test].contains(truth)
    }
    switch state {
    case .absent: return masks[test].contains(.isFalse)
    case .unknown: return masks[test].contains(.isUnknown)
    case .known(let value):
      if value == .list([]), holdsOfSome((test, masks[test])) { return false }
      return !isExcluded(test, beside: narrowed[attribute])
    }
  }

  /// Whether a free test cannot be as wanted beside some of others.
  private mutating func isExcluded(_ test: Int, beside others: [Int]) -> Bool {
    for other in others where implications.exclude((test, masks[test]), (other, masks[other])) {
      return true
    }
    return false
  }

  // MARK: Choices

  /// Puts the choices that the goals leave the fewest alternatives first, those of none before all:
  /// what contradicts the goals at once need not be met behind all that does not matter to them.
  /// O(n log n).
  private mutating func order() {
    let open = choices.enumerated().map { place, choice in
      (count: choice.alternatives.count(where: isPossible), place: place)
    }
    let sorted = open.sorted { $0.count != $1.count ? $0.count < $1.count : $0.place < $1.place }
    choices = sorted.map { choices[$0.place] }
  }

  /// Whether one of the alternatives holds whatever else is decided.
  private func isSettled(_ choice: Choice) -> Bool {
    choice.alternatives.contains { alternative in
      alternative.allSatisfy { possible($0.expression).isSubset(of: $0.truths) }
    }
  }

  private func isPossible(_ goals: [Goal]) -> Bool {
    goals.allSatisfy { !possible($0.expression).isDisjoint(with: $0.truths) }
  }

  /// What a condition may still be.
  private func possible(_ expression: LoweredExpression) -> TruthSet {
    switch expression {
    case .constant(let value): return TruthSet(Truth(value))
    case .not(let inner): return possible(inner).negated
    case .test(let test):
      if case .composite(let inner) = model.policy.tests[test] { return possible(inner) }
      return masks[test]
    case .and(let parts): return parts.reduce(.isTrue) { $0 & possible($1) }
    case .or(let parts): return parts.reduce(.isFalse) { $0 | possible($1) }
    }
  }

  private mutating func undo(to mark: Int) {
    while trail.count > mark, let change = trail.popLast() {
      switch change {
      case .mask(let test, let mask): masks[test] = mask
      case .narrowed(let attribute): narrowed[attribute].removeLast()
      case .earlier: earlier.removeLast()
      case .state(let attribute, let state): states[attribute] = state
      }
    }
  }

  private func assignment() -> Assignment {
    var result = Assignment(tests: [:], states: [:], dependsOnFree: [])
    for attribute in narrowed.indices where !narrowed[attribute].isEmpty {
      result.states[attribute] = states[attribute] ?? .known(.any)
      for test in narrowed[attribute] {
        result.tests[test] = masks[test]
        if !model.isExact(test), !result.dependsOnFree.contains(test) {
          result.dependsOnFree.append(test)
        }
      }
    }
    // Tests of no attribute of the action: what came before.
    for case .mask(let test, _) in trail where model.attributes(of: test).isEmpty {
      if result.tests.updateValue(masks[test], forKey: test) == nil {
        result.dependsOnFree.append(test)
      }
    }
    result.dependsOnFree.sort()
    return result
  }
}
