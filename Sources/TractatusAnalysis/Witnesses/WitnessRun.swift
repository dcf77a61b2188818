import TractatusEngine
import TractatusJSON
import TractatusValues

/// An action that shows a claim, as the evaluator judged it.
package struct Witness: Sendable {
  /// The native action, compact JSON.
  package var document: [UInt8]
  /// What the policy says of it.
  package var decision: Decision
  /// What happened in the session before, the oldest first; nil where there is no session, of which
  /// nothing is known then.
  package var earlier: [[UInt8]]?

  /// Makes a witness.
  package init(document: [UInt8], decision: Decision, earlier: [[UInt8]]? = nil) {
    self.document = document
    self.decision = decision
    self.earlier = earlier
  }

  /// The document as text.
  package var text: String { String(decoding: document, as: UTF8.self) }
}

/// Runs candidates through the evaluator: only what it confirms is shown as a witness.
package struct WitnessRun: ~Copyable {
  private var evaluator: Evaluator
  private var input = ActionInput()

  /// A run by a program.
  package init(_ program: Program) { evaluator = Evaluator(program) }

  /// The decision on a native action; nil for one that is an input error, which shows nothing.
  package mutating func decide(_ document: [UInt8]) -> Decision? {
    do {
      try input.readNative(document.span)
    } catch {
      return nil
    }
    let decision = evaluator.decide(input)
    return decision.error == nil ? decision : nil
  }

  /// The verdict alone, which costs half as much; nil for an input error.
  mutating func verdict(of document: [UInt8]) -> Verdict? {
    do {
      try input.readNative(document.span)
    } catch {
      return nil
    }
    let outcome = evaluator.evaluate(input)
    return outcome.isError ? nil : outcome.verdict
  }

  /// The same with input errors, which deny; nil for what is no document.
  mutating func judge(_ document: [UInt8]) -> Decision? {
    do {
      try input.readNative(document.span)
    } catch {
      return nil
    }
    return evaluator.decide(input)
  }

  /// What every clause of the action's tables is on it, by its number among the program's clauses
  /// (those of the types' tables in their order, then those under `on any`); of one rule with
  /// `rule`. Nothing for an input error.
  package mutating func clauses(
    of document: [UInt8], rule: Int? = nil
  ) -> [ClauseTrace] {
    do {
      try input.readNative(document.span)
    } catch {
      return []
    }
    return evaluator.trace(input, options: EvaluationOptions(focus: rule))
  }

  /// The first document on which the decision is as wanted.
  package mutating func confirm(
    _ documents: [[UInt8]], where isWanted: (Decision) -> Bool
  ) -> Witness? {
    for document in documents {
      if let decision = decide(document), isWanted(decision) {
        return Witness(document: document, decision: decision)
      }
    }
    return nil
  }
}

extension WitnessRun {
  /// Every clause of the program by number, with its rule, type and place.
  package var allClauses: [ClauseTrace] { evaluator.untraced }
}

extension WitnessRun {
  /// What came before the actions that are decided; nothing is known of it at first.
  package var history: KnownHistory {
    get { evaluator.history }
    set { evaluator.history = newValue }
  }

  /// Begins anew: without a session, or in one in which some actions have happened. False where one
  /// of these is an input error.
  mutating func begin(after earlier: [[UInt8]]?) -> Bool {
    history = .unknown
    guard let earlier else { return true }
    var known = ActionHistory()
    for document in earlier {
      history = .session(known)
      guard let (_, update) = decideAndFeed(document) else {
        history = .unknown
        return false
      }
      known.record(update, as: .happened)
    }
    history = .session(known)
    return true
  }

  /// The decision on a native action, and what the action adds to a session's history; nil for an
  /// input error.
  package mutating func decideAndFeed(_ document: [UInt8]) -> (Decision, HistoryUpdate)? {
    guard let decision = decide(document) else { return nil }
    return (decision, evaluator.historyUpdate(of: input))
  }
}
