import TractatusValues

extension PolicyGenerator {
  /// `when … unless …`, or nothing.
  mutating func guards(
    _ scope: GeneratedScope, isInClause: Bool, isRestricting: Bool = false
  ) -> SourceTree {
    var parts: [SourceTree] = []
    let scope = isRestricting ? scope.toward(.restricting) : scope
    if isRestricting ? random.chance(9, in: 10) : random.chance(1, in: 2) {
      parts += [" when ", condition(scope, depth: 1, isInClause: isInClause)]
    }
    if random.chance(1, in: 4) {
      parts += [" unless ", condition(scope.negated, depth: 1, isInClause: isInClause)]
    }
    return .parts(parts)
  }

  /// One or two types as `on` writes them; `nil` for `any`.
  mutating func someTypes() -> (String, [GeneratedPolicy.Action]?) {
    if random.chance(1, in: 5) { return ("any", nil) }
    if random.chance(1, in: 12) { return ("unmapped", []) }
    let indices = random.some(Array(policy.actions.indices), least: 1, most: 2)
    let names = indices.map { typeName($0) }
    return (names.joined(separator: ", "), indices.map { policy.actions[$0] })
  }

  /// Declares a policy rule of any kind.
  mutating func addRule(to declarations: inout [SourceTree]) {
    let name = "rule\(rules[package].count)of\(package)"
    let kind = random.pick(["rule", "instruction", "boundary", "requirement"])
    let (types, judged) = someTypes()
    let scope = GeneratedScope(roots: true, types: judged)
    var head = ""
    if random.chance(1, in: 5) { head = "sealed " }
    let isShadow = random.chance(1, in: 8)
    if isShadow { head += "shadow " }
    var clauses = (0..<(1 + random.below(3))).map { _ in clause(scope, judged) }
    clauses = clauses.map { .parts(["  ", $0]) }
    var obligations: [SourceTree] = []
    for word in ["offer", "check", "notify"] where random.chance(1, in: 4) {
      obligations.append(.text("  \(word) \"\(word) \(random.below(3))\""))
    }
    if kind == "boundary", random.chance(1, in: 3) { obligations.append(deliberation()) }
    declarations.append(
      .parts([
        .text("\(head)\(kind) \(name) \"Title of \(name)\" {\n"),
        .lines(metadata(kind, isSealed: head.contains("sealed")).map { .parts(["  ", $0]) }), "\n",
        .text("  on \(types)"), guards(scope, isInClause: false), "\n",
        .lines(clauses), "\n", .lines(obligations, order: .fixed), "\n}",
      ]))
    if head.contains("sealed") { sealedRules[package].insert(name) }
    rules[package].append(name)
  }

  private func deliberation() -> SourceTree {
    """
      deliberate {
        urgency: important
        tension "One against another"
        framework "Rights" holds "Consent first" from [affected_users]
        review after 90 days
      }
    """
  }

  private mutating func metadata(_ kind: String, isSealed: Bool) -> [SourceTree] {
    var lines: [SourceTree] = []
    if kind == "instruction" {
      if isSealed || isMild || random.chance(2, in: 3) {
        let words = ["variable", "low", "medium", "high", "critical"]
        let word = random.pick(isMild ? Array(words.prefix(3)) : words)
        lines.append(.text("persistence: \(word)"))
      }
      if isSealed || isMild || random.chance(2, in: 3) {
        let words = ["none", "optional", "advisory", "required", "mandatory"]
        let word = random.pick(isMild ? Array(words.prefix(4)) : words)
        lines.append(.text("verification: \(word)"))
      }
      if random.chance(1, in: 2) {
        lines.append(.text("explicitness: \(random.pick(["0.4", "0.5", "0.95"]))"))
      }
      if random.chance(1, in: 8) { lines.append("active: false") }
    }
    if kind == "boundary", random.chance(1, in: 2) { lines.append("section: \"12.1\"") }
    if kind == "instruction", shape != .guarded, random.chance(1, in: 4) {
      lines.append(.text("since: \(random.pick(Vocabulary.dates + Vocabulary.times))"))
    }
    if kind == "instruction", shape != .guarded, random.chance(1, in: 6) {
      lines.append("until: 2026-01-03")
    }
    if kind == "instruction", mayLoosen, random.chance(1, in: 4) {
      let open = (0...package).flatMap { owner in
        rules[owner].filter { owner == package || !sealedRules[owner].contains($0) }
          .map { (owner, $0) }
      }
      if !open.isEmpty {
        let (owner, rule) = random.pick(open)
        lines.append(.text("replaces: \(reference(rule, of: owner))"))
      }
    }
    return lines
  }

  private mutating func clause(
    _ scope: GeneratedScope, _ judged: [GeneratedPolicy.Action]?
  ) -> SourceTree {
    switch random.below(9) {
    case 3 where isMild, 0, 1: return expectation(scope, judged)
    case 2:
      var parts: [SourceTree] = [
        "require ", condition(scope.toward(.loosening), depth: 1),
      ]
      if isMild || random.chance(1, in: 3) {
        parts.append(.text(" else \(isMild ? "warn" : random.pick(["ask", "warn", "deny"]))"))
      }
      return .parts(parts + [because(scope)])
    case 3:
      let word = random.pick(["judgment", "approval"])
      return .parts([
        .text("needs human \(word)"), guards(scope, isInClause: true, isRestricting: true),
        because(scope),
      ])
    case 4 where mayLoosen, 5 where mayLoosen:
      return .parts([
        "allow", guards(scope.toward(.loosening), isInClause: true), because(scope),
      ])
    default:
      return .parts([
        .text(isMild ? "warn" : random.pick(["deny", "ask", "warn", "warn"])),
        guards(scope, isInClause: true, isRestricting: true), because(scope),
      ])
    }
  }

  private mutating func expectation(
    _ scope: GeneratedScope, _ judged: [GeneratedPolicy.Action]?
  ) -> SourceTree {
    let scalars = scope.attributes.filter { attribute in
      switch attribute.type {
      case .list, .record: false
      default: true
      }
    }
    let own = scalars.filter { attribute in
      (judged ?? []).contains { action in
        action.parameters.contains { $0.name == attribute.path.prefix { $0 != "." } }
      }
    }
    let attribute = random.pick(own.isEmpty || random.chance(1, in: 4) ? scalars : own)
    // Each has a guard of its own, since two that contradict each other do not compile.
    expectations += 1
    let always = "facts.limit != \(1_000 + expectations)"
    let condition = SourceTree.parts([
      " when ", .text(random.chance(3, in: 4) ? always : "(\(always) and facts.frozen)"),
      .text(random.chance(1, in: 4) ? " unless reasoning.backup" : ""),
    ])
    let isParameter = Vocabulary.parameters.contains { $0.name == attribute.path }
    if random.chance(2, in: 3) {
      var text = "expect \(attribute.path) == \(value(of: attribute))"
      if random.chance(1, in: 2) { text += " instead of \(value(of: attribute))" }
      if isParameter, mayLoosen, random.chance(2, in: 3) { text += " correct" }
      return .parts([.text(text), condition, because(scope)])
    }
    let word = random.pick(["!= ", "in [", "not in ["])
    let test = word + value(of: attribute) + (word.hasSuffix("[") ? "]" : "")
    return .parts([.text("expect \(attribute.path) \(test)"), condition, because(scope)])
  }

  /// A value that an attribute can have.
  private mutating func value(of attribute: GeneratedScope.Attribute) -> String {
    if attribute.path.hasPrefix("scores.") || attribute.path.hasPrefix("session.") {
      return random.pick(["0", "1"])
    }
    return attribute.type == .time ? random.pick(Vocabulary.times) : constant(attribute.type)
  }

  /// Declares a waiver.
  mutating func addWaiver(to declarations: inout [SourceTree]) {
    let open = (0...package).flatMap { owner in
      rules[owner].filter { owner == package || !sealedRules[owner].contains($0) }
        .map { (owner, $0) }
    }
    guard !open.isEmpty else { return }
    let (owner, rule) = random.pick(open)
    let scope = GeneratedScope(roots: true, types: nil)
    var parts: [SourceTree] = [.text("waive \(reference(rule, of: owner))")]
    parts += [guards(scope.toward(.loosening), isInClause: false)]
    let dates = random.pick([
      ("2025-12-31", "2026-01-01"), ("2026-01-01", "2026-01-02"), ("2026-01-02", "2026-06-01"),
      ("2025-12-01", "2026-06-01"),
    ])
    waivers += 1
    parts.append(
      .text(
        " from \(dates.0) until \(dates.1) because \"Waiver \(waivers)\" approved by \"lead\""))
    declarations.append(.parts(parts))
  }
}
