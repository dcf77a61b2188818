import TractatusSource
import TractatusValues

/// A test that is true when one part of a command passes, whatever the other parts do.
///
/// Where its truth loosens a decision, one harmless part would excuse the rest, and it is refused.
struct SomeTest {
  /// What to write instead.
  enum Advice {
    /// A fix-it that writes a word.
    case write(String, replacing: SourceSpan)
    /// No one word does it.
    case say(String)
  }

  /// The test, or the name of the condition that holds it.
  var span: SourceSpan
  var advice: Advice
  /// Whether its own truth makes the condition's truth likelier.
  var isPositive = true
  /// Where it is written, when it stands in a named condition.
  var origin: SourceSpan?

  init(span: SourceSpan, advice: Advice) {
    self.span = span
    self.advice = advice
  }

  /// The test as it is used through a named condition.
  func named(_ name: String, at span: SourceSpan) -> SomeTest {
    var result = self
    result.origin = origin ?? self.span
    result.span = span
    if case .write(let word, _) = advice {
      result.advice = .say("Write `\(word)` in it, or in a condition of its own.")
    }
    return result
  }
}

extension Checker {
  /// A condition that restricts or loosens by its truth: what one part of a command would excuse
  /// is reported, and each test knows in which direction it acts.
  func oriented(_ checked: CheckedCondition, loosens: Bool) -> Condition {
    reportSomes(checked, loosens: loosens)
    return checked.condition.oriented(loosens: loosens)
  }

  /// Reports each test that some part of a command fulfils where its truth loosens.
  func reportSomes(_ checked: CheckedCondition, loosens: Bool) {
    for some in checked.somes where some.isPositive == loosens {
      var notes: [String] = []
      var fixIts: [FixIt] = []
      switch some.advice {
      case .write(let word, let place):
        fixIts = [
          FixIt(
            "write `\(word)`, which speaks of all parts", replacing: place,
            with: place.start == place.end ? word + " " : word)
        ]
      case .say(let text): notes = [text]
      }
      report(
        .loosenedBySome,
        "some part of the command is enough for this, and it loosens the decision, so that one "
          + "harmless part would excuse the rest", at: some.span,
        secondary: some.origin.map { [LabelledSpan($0, "the test")] } ?? [], notes: notes,
        fixIts: fixIts)
    }
  }
}

extension [OrdinalRange] {
  /// Whether they hold small numbers alone, so that more of something makes a test false.
  var fall: Bool { (first?.lower ?? 1) <= 0 && (last?.upper ?? 0) < Decimal.rawLimit - 1 }
}

extension Condition {
  /// The condition in a clause: each test says for an ambiguous path what fails closed there, and
  /// in an `allow`, a `waive` and a `require` an undeclared program may have every effect.
  func oriented(loosens: Bool) -> Condition {
    oriented(truthLoosens: loosens, isLoosening: loosens)
  }

  /// Those parts of a conjunction that differ from the parts of the other, in the same places; nil
  /// where none does.
  func difference(from other: Condition) -> Condition? {
    guard self != other else { return nil }
    guard case .and(let parts) = self, case .and(let others) = other, parts.count == others.count
    else { return self }
    return .conjunction(zip(parts, others).compactMap { $0.difference(from: $1) })
  }

  fileprivate func oriented(truthLoosens: Bool, isLoosening: Bool) -> Condition {
    switch self {
    case .constant: return self
    case .test(let test):
      return .test(test.oriented(truthLoosens: truthLoosens, isLoosening: isLoosening))
    case .not(let part):
      return .not(part.oriented(truthLoosens: !truthLoosens, isLoosening: isLoosening))
    case .and(let parts):
      return .and(
        parts.map { $0.oriented(truthLoosens: truthLoosens, isLoosening: isLoosening) })
    case .or(let parts):
      return .or(
        parts.map { $0.oriented(truthLoosens: truthLoosens, isLoosening: isLoosening) })
    case .quantified(var quantified):
      quantified.condition = quantified.condition.oriented(
        truthLoosens: truthLoosens, isLoosening: isLoosening)
      return .quantified(quantified)
    }
  }
}

extension Test {
  fileprivate func oriented(truthLoosens: Bool, isLoosening: Bool) -> Test {
    var result = self
    if case .command(.effect(var effect)) = predicate {
      effect.undeclaredIsUnknown = effect.isOnly || isLoosening
      result.predicate = .command(.effect(effect))
    }
    if case .history(var query) = operand.reference, case .inRanges(let ranges) = predicate {
      // Where more of them make a test false, it is their being there that acts the other way.
      query.condition = query.condition.oriented(
        truthLoosens: truthLoosens != ranges.fall, isLoosening: isLoosening)
      result.operand.reference = .history(query)
    }
    result.ambiguityHolds = !(truthLoosens && hasForms)
    return result
  }

  /// Whether what the test looks at can be read in several ways.
  private var hasForms: Bool {
    switch predicate {
    case .present, .count, .inRanges, .containsOrdinal, .recent: return false
    case .command(.isOpaque), .command(.isUndeclared), .command(.pipes): return false
    // Whose declarations count, and which form of a path, its words say in several ways.
    case .command(.runs): return true
    case .command(.effect(let effect)):
      if effect.isOnly { return true }
      switch effect.effect {
      case .reads, .writes, .deletes, .sends, .executes: return effect.target != nil
      case .connects, .sets, .escalates, .yields: return false
      }
    case .equalsText, .matches, .containsText, .compare, .isElement, .hasElement, .textRelation,
      .place:
      return operand.type == .path
    }
  }
}
