import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Decides what `prove` claims: `grammar/semantics.md` §14.
package struct Prover: ~Copyable {
  private let checked: CheckedPolicy
  private let probed: ProbedPolicy
  private let verdicts: VerdictModel
  /// By proof: the number of its first claim's probe.
  private var firstProbes: [Int] = []
  private var search: VerdictSearch?

  /// Decides the proofs of some sources, in the order of places; nothing where the policy does
  /// not compile.
  ///
  /// - Parameter sources: whose proofs are decided; by default those that the compilation says.
  package static func prove(
    _ compilation: CompilationResult, sources: Set<SourceID>? = nil
  ) -> [ProofResult] {
    let sources = sources ?? compilation.testedSources
    let policy = compilation.checked
    guard compilation.program != nil,
      policy.proofs.contains(where: { sources.contains($0.span.source) })
    else { return [] }
    var prover = Prover(policy, compilation.sources)
    var results: [ProofResult] = []
    for (index, proof) in policy.proofs.enumerated() where sources.contains(proof.span.source) {
      results.append(prover.prove(index))
    }
    return results.sorted { $0.span < $1.span }
  }

  /// A prover for the proofs of a policy without errors.
  package init(_ policy: CheckedPolicy, _ sources: SourceSet) {
    checked = policy
    var probes: [ConditionProbe] = []
    for proof in policy.proofs {
      firstProbes.append(probes.count)
      for claim in proof.claims { probes.append(ConditionProbe(claim.condition, on: claim.on)) }
    }
    probed = ProbedPolicy(policy, probes)
    verdicts = VerdictModel(probed)
    if !probed.diagnostics.hasErrors {
      search = Assembler.assemble(probed.lowered, sources: sources).map {
        VerdictSearch(verdicts.model, $0)
      }
    }
  }

  /// Decides one proof of the policy.
  package mutating func prove(_ index: Int) -> ProofResult {
    let proof = checked.proofs[index]
    var claims: [ClaimResult] = []
    for (number, claim) in proof.claims.enumerated() {
      claims.append(ClaimResult(claim: claim, outcome: decide(claim, firstProbes[index] + number)))
    }
    return ProofResult(
      name: proof.name, package: checked.packages[Int(proof.package.index)].name,
      span: proof.span, claims: claims)
  }

  /// Whether an action, a native document, is one that a claim is about and has a verdict that the
  /// claim does not permit. An input error contradicts nothing.
  package mutating func isContradicted(
    _ proof: Int, claim number: Int, by document: [UInt8]
  ) -> Bool {
    let claim = checked.proofs[proof].claims[number]
    let rule = probed.rule(of: firstProbes[proof] + number)
    guard let verdict = search?.verdict(of: document), !claim.permits(verdict),
      let decision = search?.decide(document)
    else { return false }
    for type in types(of: claim) {
      guard decision.types.contains(checked.actionTypes[type].name.text) else { continue }
      if VerdictBand(claim).least != nil {
        let range = [type] + verdicts.companions(of: type)
        let names = Set(range.map { checked.actionTypes[$0].name.text })
        guard names.isSuperset(of: decision.types) else { continue }
      }
      if search?.holds(rule, of: document) ?? false { return true }
    }
    return false
  }

  private func types(of claim: ProofClaim) -> [Int] {
    switch claim.on {
    case .any: Array(checked.actionTypes.indices)
    case .types(let ids): ids.map { Int($0.index) }
    }
  }

  private mutating func decide(_ claim: ProofClaim, _ probe: Int) -> ClaimResult.Outcome {
    guard search != nil else { return .notDecided("the policy with its claims is too large") }
    var outcome = ClaimResult.Outcome.proved
    for type in types(of: claim) {
      outcome = outcome.worse(decide(claim, probe, type))
      if outcome.isRefuted { break }
    }
    return outcome
  }

  // MARK: One type

  private mutating func decide(
    _ claim: ProofClaim, _ probe: Int, _ type: Int
  ) -> ClaimResult.Outcome {
    let band = VerdictBand(claim)
    let own = verdicts.contributions(to: type)
    var base = Question()
    base.goals = verdicts.goals(ofType: type)
    base.goals.append(range(of: probe, type))
    var outcome = ClaimResult.Outcome.proved
    func add(_ next: ClaimResult.Outcome) { outcome = outcome.worse(next) }
    if let least = band.least {
      let companions = verdicts.companions(of: type)
      for other in [type] + companions {
        let contributions =
          (other == type ? own : []) + verdicts.contributions(to: other, beside: type)
        for contribution in contributions {
          guard let reaching = contribution.reaching(least), !outcome.isRefuted else { continue }
          var question = base
          question.add(reaching)
          let documents = other == type ? [type] : [type, other]
          add(
            find(
              question, own, band, claim, probe, documents, range: [type] + companions))
        }
      }
    } else {
      add(find(base, own, band, claim, probe, [type]))
    }
    if band.holdsWarn { add(corrected(base, own, claim, probe, type)) }
    if band.below == .deny { add(brought(claim, probe, type)) }
    return outcome
  }

  /// That a call is in the range of a claim, judged as a type.
  private func range(of probe: Int, _ type: Int) -> Goal {
    Goal(verdicts.settled(probed.expression(of: probe, type: type), as: type), .notFalse)
  }

  /// A call that is corrected passes with a warning, whatever held it back before.
  private mutating func corrected(
    _ base: Question, _ own: [Contribution], _ claim: ProofClaim, _ probe: Int, _ type: Int
  ) -> ClaimResult.Outcome {
    var outcome = ClaimResult.Outcome.proved
    let companions = verdicts.companions(of: type)
    let all = own + companions.flatMap { verdicts.contributions(to: $0, beside: type) }
    let correcting = all.filter { $0.corrects != nil }
    if correcting.isEmpty { return outcome }
    let fixed = own.filter { !verdicts.mayChange($0, by: correcting, type: type) }
    let band = VerdictBand(least: nil, below: .ask)
    for contribution in correcting {
      guard case .condition(let condition) = contribution.subject else { continue }
      var question = base
      question.goals.append(Goal(condition, .isTrue))
      outcome = outcome.worse(find(question, fixed, band, claim, probe, [type]))
      if outcome.isRefuted { break }
    }
    return outcome
  }

  /// A call that another one brings only perhaps: what would deny then asks.
  private mutating func brought(
    _ claim: ProofClaim, _ probe: Int, _ type: Int
  ) -> ClaimResult.Outcome {
    var outcome = ClaimResult.Outcome.proved
    for (index, mapping) in checked.actionMappings.enumerated()
    where Int(mapping.type.index) == type {
      let source = Int(mapping.source.index)
      var question = Question()
      question.goals = verdicts.goals(ofType: source)
      let mapping = probed.lowered.actionMappings[index].expression
      question.goals.append(Goal(verdicts.settled(mapping, as: source), .isUnknown))
      // What is in range as this type, the question about the other may see otherwise.
      let inRange = range(of: probe, type)
      if !verdicts.readsTypeName(inRange.expression) { question.goals.append(inRange) }
      let isBrought = checked.actionMappings.contains { Int($0.type.index) == source }
      let own = isBrought ? [] : verdicts.contributions(to: source)
      outcome = outcome.worse(
        find(question, own, VerdictBand(least: nil, below: .deny), claim, probe, [source]))
      if outcome.isRefuted { break }
    }
    return outcome
  }

  /// Asks one question.
  ///
  /// - Parameter range: the types that an action may have to count; nil for any.
  private mutating func find(
    _ question: Question, _ demands: [Contribution], _ band: VerdictBand, _ claim: ProofClaim,
    _ probe: Int, _ types: [Int], range: [Int]? = nil
  ) -> ClaimResult.Outcome {
    let rule = probed.rule(of: probe)
    let names = range.map { Set($0.map { checked.actionTypes[$0].name.text }) }
    let result = search?.find(question, demands, below: band.below, types: types) {
      run, document, verdict, _ in
      if claim.permits(verdict) || !VerdictSearch.holds(rule, of: document, &run) { return false }
      guard let names else { return true }
      return names.isSuperset(of: run.decide(document)?.types ?? [])
    }
    switch result {
    case .never: return .proved
    case .notDecided(let reason): return .notDecided(reason)
    case .confirmed(let witness): return .refuted(witness)
    case .possible(let tests, let document):
      let text = ConditionText(probed.lowered)
      return .possible(
        tests.map { text.test($0) }, action: document.map { String(decoding: $0, as: UTF8.self) })
    case nil: return .notDecided("the policy with its claims is too large")
    }
  }
}

/// Which verdicts contradict a claim.
struct VerdictBand {
  /// At least this one; nil for any.
  var least: Verdict?
  /// Less than this one; nil for any.
  var below: Verdict?

  /// The band of these ends.
  init(least: Verdict?, below: Verdict?) {
    (self.least, self.below) = (least, below)
  }

  /// The band of a claim: the verdicts that it does not permit.
  init(_ claim: ProofClaim) {
    let refused = Verdict.allCases.filter { !claim.permits($0) }
    least = refused.min() == .allow ? nil : refused.min()
    below = Verdict.allCases.first { verdict in refused.max().map { verdict > $0 } ?? false }
  }

  /// Whether `warn` contradicts the claim.
  var holdsWarn: Bool { (least ?? .allow) <= .warn && (below.map { $0 > .warn } ?? true) }
}
