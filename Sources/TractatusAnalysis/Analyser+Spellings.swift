import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Rules on commands that another spelling of the same command passes.
extension Analyser {
  func analyseSpellings() {
    var seen: Set<LoweredClause.Origin> = []
    for clause in clauses {
      guard clause.clause.verdict > .warn, isReported(clause.span),
        let witness = witnesses[clause.number],
        !seen.contains(clause.clause.origin), let parameter = command(of: clause)
      else { continue }
      guard let tree = try? ActionLine(reading: witness.document, parameter: parameter) else {
        continue
      }
      // One in the same words, and one by another program: what mends the one leaves the other.
      var shown: Set<Bool> = []
      for (what, line, isProgram) in CommandSpellings.spellings(of: tree.line, checked.programs)
      where !shown.contains(isProgram) {
        let document = tree.document(with: line)
        guard let decision = run.decide(document), decision.verdict < witness.decision.verdict,
          !speaking(decision).contains(clause.number)
        else { continue }
        seen.insert(clause.clause.origin)
        shown.insert(isProgram)
        reportSpelling(clause, what, witness, Witness(document: document, decision: decision))
      }
    }
  }

  /// The name of the command parameter that a clause tests positively; nil where there is none.
  private func command(of clause: AnalysedClause) -> String? {
    for literal in clause.clause.formula.rows.flatMap(\.literals) where !literal.isNegated {
      for attribute in model.attributes(of: literal.test)
      where model.profiles[attribute].type == .command {
        if case .parameter(let type, let parameter, let fields) = lowered.attributes[attribute]
          .source,
          fields.isEmpty
        {
          return checked.actionTypes[type].parameters[parameter].name
        }
      }
    }
    return nil
  }

  private func reportSpelling(
    _ clause: AnalysedClause, _ what: String, _ caught: Witness, _ passing: Witness
  ) {
    guard let rule = clause.rule else { return }
    report(
      AnalysisFinding(
        .fragileDeny, .shown,
        "this clause of `\(name(rule))` is passed by \(what)", at: clause.span,
        notes: ["It catches (\(caught.decision.verdict.word)): \(caught.text)"], witness: passing))
  }
}
