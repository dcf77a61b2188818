import Testing
import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis
@testable import TractatusConformanceSupport

/// What `analyse` claims of random policies, no action contradicts; what it shows is so.
@Suite("The law of claims")
struct ClaimLawTests {
  private static let usual = 12

  @Test("no claim of an analysis is contradicted", arguments: AnalysisLaws.cases(usual))
  func claims(place: Int) {
    for seed in AnalysisLaws.seeds(of: place, Self.usual) {
      guard let policy = AnalysedPolicy(seed: seed, AnalysisLaws.shape(of: seed), actions: 0),
        let result = Analyser.analyse(policy.compilation)
      else { continue }
      var trial = ClaimTrial(policy, result.findings, seed: seed)
      if let failure = trial.run(actions: AnalysisLaws.actions) {
        Issue.record("policy \(seed): \(failure)")
        return
      }
    }
  }

  @Test("the claims of random policies are of many kinds")
  func kinds() {
    var kinds: Set<AnalysisKind> = []
    for seed in UInt64(0)..<24 {
      guard let policy = AnalysedPolicy(seed: seed, .free, actions: 0) else { continue }
      for finding in Analyser.analyse(policy.compilation)?.findings ?? []
      where finding.claim != nil { kinds.insert(finding.kind) }
    }
    #expect(kinds.count >= 4, "\(kinds)")
  }
}

/// What an action finds of clauses, by number.
private struct Traces {
  /// Whether each fires, or is unmet.
  var clauses: [Int: Truth] = [:]
  /// The truth of its condition alone: commands that are opaque take out what allows anything.
  var conditions: [Int: Truth] = [:]

  init(_ traces: [ClauseTrace]) {
    for trace in traces {
      let condition = trace.rows.reduce(Truth.false) { $0 | $1 }
      clauses[trace.clause] = max(clauses[trace.clause] ?? .false, trace.truth)
      conditions[trace.clause] = max(conditions[trace.clause] ?? .false, condition)
    }
  }
}

/// The claims of one policy, held against actions.
struct ClaimTrial: ~Copyable {
  private let policy: AnalysedPolicy
  private let findings: [AnalysisFinding]
  private var run: WitnessRun
  private var actions: SteeredActions
  private var random: SplitMix64
  private var history = ActionHistory()
  private let clauses: [LoweredClause]
  /// The policy without what a finding says to change nothing.
  private var without: [(finding: AnalysisFinding, run: OtherRun)] = []
  /// The policy with requirements that nothing meets as rules that fire where something does.
  private var meeting: [(finding: AnalysisFinding, clause: ClauseTrace, run: OtherRun)] = []

  /// Another program's run.
  private final class OtherRun {
    var run: WitnessRun
    init(_ program: Program) { run = WitnessRun(program) }
  }

  /// Findings of one policy whose policy without them is compiled.
  private static let compiledLimit = 6

  init(_ policy: AnalysedPolicy, _ findings: [AnalysisFinding], seed: UInt64) {
    self.policy = policy
    self.findings = findings
    run = WitnessRun(policy.program)
    actions = SteeredActions(policy, seed: seed)
    random = SplitMix64(seed: seed)
    clauses = (policy.lowered.tables + [policy.lowered.anyTable]).flatMap(\.clauses)
    for finding in findings.shuffled(using: &random) where without.count < Self.compiledLimit {
      guard let change = finding.claim.flatMap(Self.change),
        let program = policy.program(changing: change)
      else { continue }
      without.append((finding, OtherRun(program)))
    }
    for finding in findings {
      guard case .unmeetable(let number) = finding.claim,
        case .rule(let rule, let place) = clauses[number].origin,
        let program = policy.program(changing: {
          $0.rules[rule].clauses[place].kind = .effect(final: nil, conflict: nil)
        }), let clause = run.allClauses.first(where: { $0.clause == number })
      else { continue }
      meeting.append((finding, clause, OtherRun(program)))
    }
  }

  /// What contradicts a finding; nil where nothing does.
  mutating func run(actions count: Int) -> String? {
    for finding in findings {
      guard let witness = finding.witness else { continue }
      if run.decide(witness.document)?.verdict != witness.decision.verdict {
        return "\(finding.message): its witness has another verdict: \(witness.text)"
      }
    }
    let claimed = findings.filter { $0.claim != nil }
    if claimed.isEmpty { return nil }
    for _ in 0..<count {
      let document = actions.next()
      run.history = known()
      guard let (decision, update) = run.decideAndFeed(document) else { continue }
      let traces = Traces(run.clauses(of: document))
      for finding in claimed {
        guard let claim = finding.claim,
          let wrong = contradiction(claim, decision, traces, document)
        else {
          continue
        }
        let speaking = decision.fired.map { "\($0.rule) \($0.verdict.word)" }
        let rest = decision.unmet.map(\.rule) + decision.unknown.map(\.cause)
        return "\(finding.message): \(wrong): \(String(decoding: document, as: UTF8.self)): "
          + "\(decision.verdict.word) by \(speaking + rest)"
      }
      if let failure = compare(document, decision) { return failure }
      if decision.verdict < .ask || random.chance(1, in: 2) {
        history.record(update, as: random.chance(1, in: 6) ? .asked(id: nil) : .happened)
      }
    }
    return nil
  }

  private mutating func known() -> KnownHistory {
    random.chance(1, in: 8) ? .unknown : .session(history)
  }

  /// Holds a decision against those of the policy without what changes nothing.
  private mutating func compare(_ document: [UInt8], _ decision: Decision) -> String? {
    for (finding, clause, other) in meeting {
      other.run.history = run.history
      let isMet = other.run.clauses(of: document).contains {
        $0.at == clause.at && $0.type == clause.type && $0.truth == .true
      }
      if isMet {
        return "\(finding.message): it is met: \(String(decoding: document, as: UTF8.self))"
      }
    }
    for (finding, other) in without {
      other.run.history = run.history
      let verdict = other.run.decide(document)?.verdict
      if verdict != decision.verdict {
        return "\(finding.message): without it \(verdict?.word ?? "an error"), with it "
          + "\(decision.verdict.word): \(String(decoding: document, as: UTF8.self))"
      }
    }
    return nil
  }

  // MARK: Claims

  /// What of a decision contradicts a claim.
  private func contradiction(
    _ claim: AnalysisClaim, _ decision: Decision, _ all: Traces, _ document: [UInt8]
  ) -> String? {
    let traces = all.clauses
    switch claim {
    case .neverFires(let numbers, _, _, let changesNothing):
      if numbers.contains(where: { traces[$0] == .true }) { return "it fires" }
      let isUnknown = numbers.contains { traces[$0] == .unknown }
      return changesNothing && isUnknown ? "it is unknown" : nil
    case .alwaysTrue(let numbers):
      for number in numbers {
        let isRequired = clauses[number].required != nil
        guard let truth = isRequired ? traces[number] : all.conditions[number] else { continue }
        if isRequired ? truth != .false : truth == .false { return "it is \(truth.word)" }
      }
      return nil
    case .shadowed(let pairs, _, _):
      for (number, other) in pairs {
        guard let own = traces[number], let truth = traces[other] else { continue }
        let isEnough = min(clauses[other].verdict, .ask) >= clauses[number].verdict
        let least: Truth = own == .true && !isEnough ? .true : .unknown
        if own != .false, truth < least {
          return "it is \(own.word), the other \(truth.word)"
        }
      }
      return nil
    case .unreached(let threshold, let level):
      let declared = policy.compilation.checked.thresholds[threshold]
      let report = decision.thresholds.first { $0.name == declared.name.text }
      return report?.level == declared.levels[level].name ? "the score lies in it" : nil
    case .unrestricted(let type):
      let name = policy.compilation.checked.actionTypes[type].name.text
      return decision.types == [name] && decision.verdict > .allow ? "it is restricted" : nil
    case .wholeWaiver(let waiver): return exception(to: waiver, decision, document)
    case .idlePart, .unmeetable, .idleWaiver: return nil
    }
  }

  /// What a rule says where a waiver of all of it lasts.
  private func exception(to number: Int, _ decision: Decision, _ document: [UInt8]) -> String? {
    let waiver = policy.compilation.checked.waivers[number]
    let text = String(decoding: document, as: UTF8.self)
    guard case .string(let at)? = (try? JSONText(reading: text))?["at"],
      let time = Instant(Array(String(String.UnicodeScalarView(at)).utf8).span),
      waiver.from <= time, time <= waiver.until
    else { return nil }
    let rule = policy.compilation.checked.rules[Int(waiver.rule.index)].name.text
    let fired = decision.fired.contains { $0.rule == rule && $0.verdict > .allow }
    return fired || decision.unmet.contains { $0.rule == rule } ? "the rule speaks" : nil
  }

  /// The change to a policy that a claim says to change nothing.
  private static func change(_ claim: AnalysisClaim) -> ((inout CheckedPolicy) -> Void)? {
    switch claim {
    case .neverFires(_, let rule, let place, true), .shadowed(_, let rule, let place):
      return { $0.rules[rule].clauses.remove(at: place) }
    case .idleWaiver(let waiver): return { $0.waivers.remove(at: waiver) }
    case .idlePart(let part, let rule, let place):
      return { $0.rules[rule].dropPart(part, ofClause: place) }
    default: return nil
    }
  }
}

extension PolicyRule {
  /// Takes out one conjunct of the rule's guard and a clause's condition; the other clauses keep
  /// the guard.
  fileprivate mutating func dropPart(_ part: Int, ofClause place: Int) {
    // A requirement's guard decides by itself.
    if clauses.contains(where: { if case .require = $0.kind { true } else { false } }) { return }
    var all = Self.parts(guardCondition) + Self.parts(clauses[place].condition)
    all.remove(at: part)
    for index in clauses.indices {
      clauses[index].condition =
        index == place ? .and(all) : .and([guardCondition, clauses[index].condition])
    }
    guardCondition = .constant(true)
  }

  private static func parts(_ condition: Condition) -> [Condition] {
    switch condition {
    case .constant(true): []
    case .and(let parts): parts.flatMap(Self.parts)
    default: [condition]
    }
  }
}
