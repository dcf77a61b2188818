import TractatusSource
import TractatusSyntax
import TractatusValues

/// What a clause is checked with.
struct RuleContext {
  var number: Int
  var kind: PolicyRule.Kind
  var metadata: RuleMetadata
  var isShadow: Bool
  var scope: Scope
  var appliesTo: AppliesTo
  /// The rule's guard with what it says to be present, as it restricts unless all clauses loosen.
  var guardCondition: CheckedCondition
  /// The guard as it loosens, for `allow` clauses beside others; nil where both are the same.
  var allowGuard: Condition?
}

extension Checker {
  /// Checks every policy rule.
  func checkRules() { checkRules { policyRule($0) } }

  /// Takes every policy rule from a function of its number.
  func checkRules(_ rule: (Int) -> PolicyRule) {
    policy.rules.reserveCapacity(rules.count)
    for number in rules.indices { policy.rules.append(rule(number)) }
    let topology = Topology(policy.rules.map { $0.replaces.map { Int($0.index) } })
    for cycle in topology.cycles {
      reportCycle(
        cycle.map { (rules[$0].name.name, rules[$0].span) },
        "rules replace each other, so that none applies,")
    }
  }

  private func kind(_ word: Word?) -> PolicyRule.Kind {
    switch word {
    case .instruction: .instruction
    case .boundary: .boundary
    case .requirement: .requirement
    default: .rule
    }
  }

  /// The types after `on`, and what applies to them; nil where none of them is known.
  func appliesTo(_ view: TypesView?, from package: Int) -> (types: [Int]?, AppliesTo)? {
    guard let view else { return nil }
    if view.isAny { return (nil, .any) }
    let key = "\(package) " + view.tree.normalisedText(of: view.id)
    if let known = appliesToCache[key] { return known }
    let errorCount = diagnostics.count
    guard let types = resolveTypes(view, from: package) else { return (nil, .any) }
    if types.isEmpty { return nil }
    let found: ([Int]?, AppliesTo) = (types, .types(types.map { ActionTypeID($0) }))
    if diagnostics.count == errorCount { appliesToCache[key] = found }
    return found
  }

  /// Checks one policy rule.
  func policyRule(_ number: Int) -> PolicyRule {
    let symbol = rules[number]
    let view = symbol.view
    var metadata = metadata(of: view, number)
    let inferred = infer(&metadata, of: view, package: symbol.package)
    var rule = PolicyRule(
      name: symbol.name, package: PackageID(symbol.package), kind: kind(view.head),
      title: view.title.map { view.tree.string(of: $0) } ?? symbol.name.name,
      isSealed: view.isSealed, isShadow: view.isShadow, isActive: metadata.isActive,
      since: metadata.since, until: metadata.until, on: .any, guardCondition: .constant(true),
      clauses: [], offers: [], checks: [], notifies: [], deliberation: nil,
      replaces: metadata.replaces.map { RuleID($0) }, metadata: metadata.entries, examples: [],
      span: symbol.span)
    rule.inferred = inferred
    // Without types, names in the body would be reported for nothing.
    guard let (types, appliesTo) = appliesTo(view.on?.types, from: symbol.package) else {
      return rule
    }
    let scope = scope(package: symbol.package, types: types)
    rule.on = appliesTo
    var guardCondition = guards(
      view.on?.whenGuard, view.on?.unlessGuard, scope, isShadow: view.isShadow)
    let allowGuard = orient(&guardCondition, for: view)
    rule.guardCondition = guardCondition.condition
    let context = RuleContext(
      number: number, kind: rule.kind, metadata: metadata, isShadow: view.isShadow, scope: scope,
      appliesTo: appliesTo, guardCondition: guardCondition, allowGuard: allowGuard)
    clauses(of: view, context, into: &rule)
    return rule
  }

  /// Orients a rule's guard by its clauses; returns what `allow` clauses need besides.
  private func orient(_ guardCondition: inout CheckedCondition, for view: RuleView) -> Condition? {
    var (allows, restricts) = (false, false)
    for clause in view.clauses {
      switch clause {
      case .effect(let effect) where effect.verdict.map { view.tree[$0].word } == .allow:
        allows = true
      case .effect, .expect, .require: restricts = true
      case .obligation, .example, .deliberate: break
      }
    }
    let loosening = allows ? oriented(guardCondition, loosens: true) : nil
    if let loosening, !restricts {
      guardCondition.condition = loosening
      return nil
    }
    guardCondition.condition = oriented(guardCondition, loosens: false)
    return loosening.flatMap { $0.difference(from: guardCondition.condition) }
  }

  private func clauses(of view: RuleView, _ context: RuleContext, into rule: inout PolicyRule) {
    // Two `require` of one condition differ in what follows it.
    var texts: [String] = []
    for clause in view.clauses {
      var checked: Clause?
      var text = ""
      switch clause {
      case .effect(let inner): checked = effect(inner, context)
      case .expect(let inner): checked = expect(inner, context)
      case .require(let inner):
        checked = require(inner, context)
        text = inner.tree.normalisedText(of: inner.id)
      case .obligation(let inner): obligation(inner, into: &rule)
      case .example(let inner):
        if extent == .everything, let example = example(inner, context) {
          rule.examples.append(example)
        }
      case .deliberate(let inner): deliberate(inner, view, into: &rule)
      }
      guard let checked else { continue }
      rule.clauses.append(checked)
      texts.append(text)
    }
    if rule.clauses.count > 1 {
      let order = rule.clauses.indices.sorted { left, right in
        (rule.clauses[left].text, texts[left], left) < (
          rule.clauses[right].text, texts[right], right
        )
      }
      rule.clauses = order.map { rule.clauses[$0] }
    }
    checkSeverity(of: view, context)
  }

  /// A sealed instruction says what decides the severity of its expectations.
  private func checkSeverity(of view: RuleView, _ context: RuleContext) {
    guard view.isSealed, context.kind == .instruction,
      view.clauses.contains(where: { if case .expect = $0 { true } else { false } })
    else { return }
    var missing: [String] = []
    for name in ["persistence", "verification"] where !isStated(name, view) {
      missing.append(name)
    }
    guard !missing.isEmpty else { return }
    report(
      .missingSeverity,
      "a sealed instruction with an `expect` states its "
        + missing.map { "`\($0)`" }.joined(separator: " and ")
        + ", because its verdict rests on that and is not left to be inferred",
      at: rules[context.number].span)
  }

  /// Whether metadata of a name are written down.
  func isStated(_ name: String, _ view: RuleView) -> Bool {
    view.metadata.contains { entry in entry.name.map { view.tree.name(of: $0) } == name }
  }

  private func obligation(_ view: ObligationView, into rule: inout PolicyRule) {
    guard let token = view.text else { return }
    let text = view.tree.string(of: token)
    switch view.kind {
    case .offer: rule.offers.append(text)
    case .check: rule.checks.append(text)
    default: rule.notifies.append(text)
    }
  }

  private func deliberate(
    _ view: DeliberateView, _ rule: RuleView, into result: inout PolicyRule
  ) {
    let tree = view.tree
    guard result.kind == .boundary else {
      report(
        .misplacedClause, "only a boundary is deliberated; this is a policy rule of another kind",
        at: view.span)
      return
    }
    guard result.deliberation == nil else {
      report(.misplacedClause, "a boundary has one plan for its deliberation", at: view.span)
      return
    }
    var plan = Deliberation(
      metadata: metadata(of: view),
      tensions: view.tensions.compactMap { $0.text.map { tree.string(of: $0) } }, frameworks: [],
      reviewAfterDays: nil)
    for framework in view.frameworks {
      guard let name = framework.framework, let holds = framework.position else { continue }
      plan.frameworks.append(
        Deliberation.Framework(
          name: tree.string(of: name), holds: tree.string(of: holds),
          from: stakeholders(framework.stakeholders)))
    }
    for review in view.reviews {
      guard let amount = review.amount, let window = window(amount) else { continue }
      let day = Int64(86_400) * 1_000_000_000
      if window.unit == .time, window.amount % day == 0 {
        plan.reviewAfterDays = window.amount / day
      } else {
        report(.wrongUnit, "a review is some whole days later", at: amount.span)
      }
    }
    result.deliberation = plan
  }

  private func stakeholders(_ list: ListView?) -> [String] {
    guard let list else { return [] }
    var found: [String] = []
    for element in list.elements {
      switch element {
      case .path(let path): found.append(path.joined)
      case .literal(let literal):
        if let token = literal.token, list.tree[token].isString {
          found.append(list.tree.string(of: token))
        } else {
          fallthrough
        }
      default:
        report(.wrongValue, "stakeholders are names or strings", at: span(of: element))
      }
    }
    return found
  }
}
