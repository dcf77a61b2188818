import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Waivers that exempt nothing, and waivers that exempt from all of their rule.
extension Analyser {
  func analyseWaivers() {
    for lowered in lowered.waivers {
      let waiver = checked.waivers[lowered.waiver]
      guard isReported(waiver.span), checked.rules[Int(waiver.rule.index)].isActive else {
        continue
      }
      subject = name(Int(waiver.rule.index))
      let own = clauses.filter { $0.rule == Int(waiver.rule.index) }
      let isRestricting = own.contains { $0.isRestricting }
      var hasEffect = false
      var isWhole = isRestricting
      for clause in own {
        let formulas = lowered.formulas.filter {
          $0.type == -1 || clause.type == nil || $0.type == clause.type
        }
        // What allows does so only where the waiver is known not to act.
        let truths: TruthSet = clause.isRestricting ? .isTrue : .notFalse
        for (_, formula) in formulas where !hasEffect {
          let acts = [Goal(formula, truths)]
          hasEffect = !isNever(acts + clause.fires) || !isNever(acts + clause.isUnknown)
        }
        if isWhole, clause.isRestricting, !dead.contains(clause.number) {
          // Under `on any` a waiver of some types leaves the others.
          isWhole = formulas.contains { type, formula in
            (clause.type != nil || type == -1)
              && isNever(clause.fires + [Goal(formula, .notTrue)])
          }
        }
      }
      reportWaiver(lowered.waiver, hasEffect: hasEffect, isWhole: isWhole, own)
    }
  }

  private func reportWaiver(
    _ number: Int, hasEffect: Bool, isWhole: Bool, _ own: [AnalysedClause]
  ) {
    let waiver = checked.waivers[number]
    let rule = Int(waiver.rule.index)
    let other = [LabelledSpan(checked.rules[rule].span, "the rule")]
    if !hasEffect {
      report(
        AnalysisFinding(
          .idleWaiver, .proved,
          "this waiver exempts nothing: where it holds, `\(name(rule))` says nothing",
          at: waiver.span, secondary: other,
          witness: witness(ofSome: own), claim: .idleWaiver(number)))
    } else if isWhole {
      report(
        AnalysisFinding(
          .wholeWaiver, .proved,
          "this waiver exempts from everything that `\(name(rule))` says while its dates last",
          at: waiver.span, secondary: other,
          witness: witness(ofSome: own).flatMap { waived($0, waiver) }, claim: .wholeWaiver(number))
      )
    }
  }

  /// The same action at a time at which the waiver acts, where that takes the rule out.
  private func waived(_ witness: Witness, _ waiver: Waiver) -> Witness? {
    // The document ends with a brace, and has no time of its own unless a test wants one.
    var document = witness.document
    guard document.popLast() == UInt8(ascii: "}") else { return nil }
    document += Array(",\"at\":\"\(waiver.from.description)\"}".utf8)
    return run.confirm([document]) { !$0.waived.isEmpty }
  }
}
