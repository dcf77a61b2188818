import TractatusJSON
import TractatusValues

/// Judges actions by a program. One a thread; it owns all memory that judging needs.
package struct Evaluator: ~Copyable {
  /// The program it judges by.
  package let program: Program

  /// An evaluator with cold memory.
  package init(_ program: Program) {
    self.program = program
  }

  /// Judges one action. Allocates nothing once warm.
  package mutating func evaluate(
    _ input: borrowing ActionInput, options: EvaluationOptions = EvaluationOptions()
  ) -> Outcome {
    Outcome(verdict: .deny, isError: true)
  }

  /// Judges one action and reports in full.
  package mutating func decide(
    _ input: borrowing ActionInput, options: EvaluationOptions = EvaluationOptions()
  ) -> Decision {
    let outcome = evaluate(input, options: options)
    return report(outcome, of: input)
  }

  /// The full report of the outcome that the last `evaluate` gave for the same input.
  package mutating func report(
    _ outcome: Outcome, of input: borrowing ActionInput
  ) -> Decision {
    var decision = Decision()
    decision.verdict = .deny
    decision.error = DecisionError(code: "T0901", reason: "the evaluator is not built yet")
    return decision
  }

  /// Every rule considered for the action, and why it did or did not fire.
  package mutating func explain(_ input: borrowing ActionInput) -> [RuleExplanation] { [] }
}
