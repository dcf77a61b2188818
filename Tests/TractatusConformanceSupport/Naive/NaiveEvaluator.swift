import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Decides by walking the checked policy, as `grammar/semantics.md` says and nothing else: what the
/// decision table is compared with.
///
/// It is written to be read beside that text, not to be fast, and shares no matching code with the
/// engine.
package struct NaiveEvaluator {
  private let policy: CheckedPolicy
  private let sources: [SourceText]

  /// An evaluator of a policy; `sources` say where its clauses stand.
  package init(_ policy: CheckedPolicy, sources: [SourceText]) {
    self.policy = policy
    self.sources = sources
  }

  /// Decides on an action's document; everything but `policy` is filled in.
  package func decide(_ document: String, after earlier: [NaiveEarlier]? = nil) -> Decision {
    do {
      return try decide(JSONText(reading: document), after: earlier)
    } catch {
      return Self.refusal(of: error)
    }
  }

  /// Decides on an action.
  package func decide(
    _ document: JSONText, after earlier: [NaiveEarlier]? = nil
  ) throws -> Decision {
    let first = NaiveJudgement(try NaiveCall(document, policy, after: earlier))
    let corrections = corrections(of: first)
    guard let second = corrected(first, by: corrections) else {
      var decision = report(first.statements, first)
      decision.correctedAction = agreed(first.statements)
      return decision
    }
    let applied = first.statements.filter { said in
      guard !said.isShadow, let correction = said.correction else { return false }
      return correction.places.contains { corrections[$0] != nil }
    }
    let noted = applied.map { said in
      var said = said
      said.verdict = .warn
      return said
    }
    var decision = report(second.statements + noted, second)
    decision.isCorrected = true
    decision.correctedAction = agreed(applied)
    return decision
  }

  /// The call as it goes on, corrected where it was: what later actions find before them. `nil`
  /// where it cannot be judged.
  package func earlier(_ document: String, after earlier: [NaiveEarlier]) -> NaiveEarlier? {
    guard let document = try? JSONText(reading: document),
      let call = try? NaiveCall(document, policy, after: earlier)
    else { return nil }
    let first = NaiveJudgement(call)
    let second = corrected(first, by: corrections(of: first))
    return NaiveEarlier(second?.call ?? call, after: earlier.last)
  }

  /// The judgement of the corrected action where the corrections help.
  private func corrected(
    _ first: NaiveJudgement, by corrections: [[String]: JSONText]
  ) -> NaiveJudgement? {
    guard !corrections.isEmpty, let second = judged(first, after: corrections),
      second.verdict <= .warn
    else { return nil }
    return second
  }

  private static func refusal(of error: any Error) -> Decision {
    var decision = Decision()
    decision.verdict = .deny
    let reason =
      (error as? NaiveMismatch)?.message ?? (error as? JSONTextError)?.message ?? "\(error)"
    decision.error = DecisionError(code: "T0700", reason: reason)
    return decision
  }

  // MARK: Corrections

  /// The corrections that are applied: a value by place in the call's parameters.
  private func corrections(of judgement: NaiveJudgement) -> [[String]: JSONText] {
    let all = judgement.statements.filter { !$0.isShadow && $0.correction != nil }
    var values: [[String]: JSONText] = [:]
    var contradicted: Set<[String]> = []
    for said in all {
      guard let correction = said.correction else { continue }
      let value = correction.value.input
      for place in correction.places {
        if let other = values[place], !Self.same(other, value) { contradicted.insert(place) }
        values[place] = value
      }
    }
    var applied: [[String]: JSONText] = [:]
    for said in all where !isShutOut(said, in: judgement) {
      guard let correction = said.correction,
        !correction.places.contains(where: contradicted.contains)
      else { continue }
      for place in correction.places { applied[place] = values[place] }
    }
    return applied
  }

  private static func same(_ left: JSONText, _ right: JSONText) -> Bool {
    Array(left.written.utf8) == Array(right.written.utf8)
  }

  /// Whether a sealed rule, threshold, default or floor of another package asks or denies.
  private func isShutOut(_ said: NaiveStatement, in judgement: NaiveJudgement) -> Bool {
    judgement.statements.contains { other in
      other.isSealed && !other.isShadow && other.verdict >= .ask && other.package != said.package
    }
  }

  /// The judgement of the corrected action; `nil` when it is not one that can be judged.
  private func judged(
    _ first: NaiveJudgement, after corrections: [[String]: JSONText]
  ) -> NaiveJudgement? {
    var document = first.call.document
    for (place, value) in corrections {
      document = Self.replacing(["parameters"] + place, in: document, by: value)
    }
    let places = Array(corrections.keys)
    let earlier = first.call.scope.earlier
    return (try? NaiveCall(document, policy, corrected: places, after: earlier))
      .map { NaiveJudgement($0) }
  }

  private static func replacing(
    _ place: [String], in document: JSONText, by value: JSONText
  ) -> JSONText {
    guard let name = place.first else { return value }
    var document = document
    document[name] = replacing(
      Array(place.dropFirst()), in: document[name] ?? .object([]), by: value)
    return document
  }

  /// What `==` conflicts of parameters expect, where they agree.
  private func agreed(_ statements: [NaiveStatement]) -> [NamedValue] {
    var values: [String: [ConstantValue]] = [:]
    for said in statements where !said.isShadow {
      guard let (parameter, value) = said.expected else { continue }
      values[parameter, default: []].append(value)
    }
    return values.sorted { NaiveText.precedes($0.key, $1.key) }.compactMap { name, values in
      guard let first = values.first,
        values.allSatisfy({ Self.same($0.input, first.input) })
      else { return nil }
      return NamedValue(name: name, value: first.report)
    }
  }

  // MARK: The report

  private func report(_ statements: [NaiveStatement], _ judgement: NaiveJudgement) -> Decision {
    var decision = Decision()
    let counted = statements.filter { !$0.isShadow }
    decision.verdict = counted.map(\.verdict).max() ?? .allow
    decision.types = judgement.call.types.map { policy.actionTypes[$0.type].name.text }
      .sorted(by: NaiveText.precedes)
    decision.isGranted = judgement.isGranted && decision.verdict == .allow
    decision.fired = fired(counted)
    decision.unmet = unmet(counted)
    decision.unknown = unknown(counted)
    decision.finalDecisionRequires = finalDecision(counted)
    decision.requiresHuman =
      decision.verdict == .ask || decision.finalDecisionRequires != nil
      || decision.fired.contains { $0.conflict?.type == "values_conflict" }
    decision.reason = reason(of: decision)
    decision.thresholds = thresholds(judgement)
    addObligations(&decision, counted)
    decision.waived = judgement.waived.sorted { left, right in
      Self.precedes(
        [left.rule, left.type, left.reason, left.until] + left.approvedBy,
        [right.rule, right.type, right.reason, right.until] + right.approvedBy)
    }
    let shadow = statements.filter(\.isShadow)
    decision.shadow =
      fired(shadow).map(ShadowEntry.fired) + unmet(shadow).map(ShadowEntry.unmet)
      + unknown(shadow).map(ShadowEntry.unknown)
    return decision
  }

  private static func precedes(_ left: [String], _ right: [String]) -> Bool {
    for (one, two) in zip(left, right) where Array(one.utf8) != Array(two.utf8) {
      return NaiveText.precedes(one, two)
    }
    return left.count < right.count
  }

  /// Severity, then rule, type, the clause's own text, its reason, and its place as a text.
  private func ordered(_ statements: [NaiveStatement]) -> [NaiveStatement] {
    statements.enumerated().sorted { left, right in
      let (one, two) = (left.element, right.element)
      if one.verdict != two.verdict { return one.verdict > two.verdict }
      let keys = (
        [one.name, one.type, one.clauseText, one.reason, place(one.span)],
        [two.name, two.type, two.clauseText, two.reason, place(two.span)]
      )
      if Self.precedes(keys.0, keys.1) { return true }
      return !Self.precedes(keys.1, keys.0) && left.offset < right.offset
    }.map(\.element)
  }

  private func fired(_ statements: [NaiveStatement]) -> [FiredEntry] {
    ordered(statements.filter { if case .fired = $0.kind { true } else { false } }).map { said in
      FiredEntry(
        rule: said.name, kind: said.word, type: said.type, verdict: said.verdict,
        reason: said.reason, at: place(said.span), conflict: said.conflict,
        clauseText: said.clauseText)
    }
  }

  private func unmet(_ statements: [NaiveStatement]) -> [UnmetEntry] {
    ordered(statements.filter { if case .unmet = $0.kind { true } else { false } }).map { said in
      UnmetEntry(
        rule: said.name, type: said.type, require: said.clauseText, verdict: said.verdict,
        reason: said.reason, at: place(said.span))
    }
  }

  private func unknown(_ statements: [NaiveStatement]) -> [UnknownEntry] {
    var entries: [String: UnknownEntry] = [:]
    for said in statements {
      guard case .unknown(let causes) = said.kind else { continue }
      for cause in causes {
        var entry = entries[cause] ?? UnknownEntry(cause: cause, verdict: .allow, rules: [])
        entry.verdict = max(entry.verdict, said.verdict)
        if !entry.rules.contains(said.name) { entry.rules.append(said.name) }
        entry.rules.sort(by: NaiveText.precedes)
        entries[cause] = entry
      }
    }
    return entries.values.sorted { left, right in
      left.verdict != right.verdict
        ? left.verdict > right.verdict : NaiveText.precedes(left.cause, right.cause)
    }
  }

  private func finalDecision(_ statements: [NaiveStatement]) -> String? {
    let first = ordered(
      statements.filter { if case .fired = $0.kind { $0.final != nil } else { false } }
    ).first
    return first?.final.map { $0 == .judgment ? "human_judgment" : "human_approval" }
  }

  private func reason(of decision: Decision) -> String {
    if let entry = decision.fired.first(where: { $0.verdict == decision.verdict }) {
      return entry.reason
    }
    if let entry = decision.unmet.first(where: { $0.verdict == decision.verdict }) {
      return entry.reason
    }
    if let entry = decision.unknown.first(where: { $0.verdict == decision.verdict }) {
      return "cannot be known: " + entry.cause
    }
    return "no rule matched"
  }

  private func thresholds(_ judgement: NaiveJudgement) -> [ThresholdReport] {
    policy.thresholds.indices.map { index in
      let threshold = policy.thresholds[index]
      let measure = judgement.call.scope.measured[Int32(index)] ?? NaiveMeasure()
      if let cause = measure.unmeasured {
        return ThresholdReport(
          name: threshold.name.text, unmeasured: cause, score: .zero, level: nil, factors: [])
      }
      let level = threshold.levels.isEmpty ? nil : threshold.levels[measure.levelIndex].name
      return ThresholdReport(
        name: threshold.name.text, unmeasured: nil, score: measure.score, level: level,
        factors: measure.factors.sorted { NaiveText.precedes($0.name, $1.name) })
    }.sorted { NaiveText.precedes($0.name, $1.name) }
  }

  /// Offers, checks, notifications and plans of the rules that restrict.
  private func addObligations(_ decision: inout Decision, _ counted: [NaiveStatement]) {
    for (index, rule) in policy.rules.enumerated() {
      let own = counted.filter { $0.rule == index && $0.verdict > .allow }
      guard !own.isEmpty else { continue }
      for offer in rule.offers where !Self.has(offer, decision.offers) {
        decision.offers.append(offer)
      }
      for check in rule.checks where !Self.has(check, decision.checks) {
        decision.checks.append(check)
      }
      for notify in rule.notifies where !Self.has(notify, decision.notify) {
        decision.notify.append(notify)
      }
      let isFired = own.contains { if case .fired = $0.kind { true } else { false } }
      if isFired, rule.kind == .boundary, let plan = rule.deliberation {
        decision.deliberation.append(NaiveDeliberation.plan(of: rule, plan))
      }
    }
  }

  private static func has(_ text: String, _ texts: [String]) -> Bool {
    texts.contains { Array($0.utf8) == Array(text.utf8) }
  }

  private func place(_ span: SourceSpan?) -> String {
    guard let span, let source = sources.first(where: { $0.id == span.source }) else { return "" }
    let before = source.bytes.prefix(Int(span.start))
    let line = before.filter { $0 == 0x0A }.count + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[start...].filter { $0 & 0xC0 != 0x80 }.count + 1
    return "\(source.name):\(line):\(column)"
  }
}
