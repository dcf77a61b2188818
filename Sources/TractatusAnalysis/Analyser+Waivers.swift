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
      let own = clauses.filter { $0.rule == Int(waiver.rule.index) && $0.isRestricting }
      var hasEffect = false
      var isWhole = !own.isEmpty
      for clause in own {
        let formulas = lowered.formulas.filter {
          $0.type == -1 || clause.type == nil || $0.type == clause.type
        }.map(\.formula)
        if formulas.isEmpty { isWhole = false }
        for formula in formulas {
          let isTrue = [Goal(formula, .isTrue)]
          if !hasEffect, !isNever(isTrue + clause.fires) || !isNever(isTrue + clause.isUnknown) {
            hasEffect = true
          }
          if isWhole, !dead.contains(clause.number) {
            isWhole = isNever(clause.fires + [Goal(formula, .notTrue)])
          }
        }
      }
      reportWaiver(waiver, hasEffect: hasEffect, isWhole: isWhole, own)
    }
  }

  private func reportWaiver(
    _ waiver: Waiver, hasEffect: Bool, isWhole: Bool, _ own: [AnalysedClause]
  ) {
    let rule = Int(waiver.rule.index)
    let other = [LabelledSpan(checked.rules[rule].span, "the rule")]
    if !hasEffect {
      report(
        AnalysisFinding(
          .idleWaiver, .proved,
          "this waiver exempts nothing: where it holds, `\(name(rule))` says nothing",
          at: waiver.span, secondary: other))
    } else if isWhole {
      report(
        AnalysisFinding(
          .wholeWaiver, .proved,
          "this waiver exempts from everything that `\(name(rule))` says while its dates last",
          at: waiver.span, secondary: other,
          witness: own.lazy.compactMap { self.witnesses[$0.number] }.first
            .flatMap { waived($0, waiver) }))
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
