import TractatusSource
import TractatusSyntax

extension Checker {
  /// Checks every `let`, each after those that it names.
  func checkLets() {
    let dependencies = lets.map { letDependencies($0) }
    let topology = Topology(dependencies)
    for cycle in topology.cycles {
      reportCycle(cycle.map { (lets[$0].name, lets[$0].span) }, "`let` stand for each other")
    }
    for (number, isBlocked) in topology.isBlocked.enumerated() where isBlocked {
      lets[number].isBroken = true
    }
    for number in topology.order {
      let depth = (dependencies[number].map { lets[$0].depth }.max() ?? 0) + 1
      lets[number].depth = depth
      if depth > DeclarationLimits.letDepth {
        // Only the first one too deep is reported: those above it rest on it.
        if depth == DeclarationLimits.letDepth + 1 {
          report(
            .writtenOutTooLarge,
            "more than \(DeclarationLimits.letDepth) `let` stand for one another here",
            at: lets[number].span)
        }
        lets[number].isBroken = true
      } else {
        check(letNumber: number)
      }
    }
  }

  private func letDependencies(_ symbol: LetSymbol) -> [Int] {
    let tree = symbol.view.tree
    var needed: Set<Int> = []
    for path in paths(in: symbol.view.id, of: tree) {
      let names = path.names.prefix(DeclarationLimits.nameParts)
      for count in 1..<max(2, names.count + 1) {
        if case .symbol(.own(let number)) = find(names.prefix(count), .values, from: symbol.package)
        {
          needed.insert(number)
        }
      }
    }
    return needed.sorted()
  }

  private func check(letNumber number: Int) {
    let symbol = lets[number]
    var types: [Int]?
    if let view = symbol.view.types, !view.isAny {
      types = resolveTypes(view, from: symbol.package)
      lets[number].types = types
      if types?.isEmpty == true {
        lets[number].isBroken = true
        return
      }
    }
    if let view = symbol.view.condition {
      lets[number].isCondition = true
      let scope = scope(package: symbol.package, types: types)
      let checked = condition(view, scope)
      reportUnguarded(checked, present: [])
      lets[number].isBroken = checked.isBroken
      lets[number].condition = checked
    } else if let value = symbol.view.value {
      if types != nil {
        report(
          .notCondition, "only a named condition is on action types, and this is a constant",
          at: symbol.span)
      }
      alias(value, number)
    } else {
      lets[number].isBroken = true
    }
  }

  /// Makes a `let` that names a condition one itself.
  private func alias(_ value: ValueView, _ number: Int) {
    guard case .path(let path) = value else { return }
    let names = NamePath(path)
    guard case .symbol(.own(let other)) = find(names.names, .values, from: lets[number].package)
    else { return }
    lets[number].isBroken = lets[other].isBroken
    lets[number].isCondition = lets[other].isCondition
    lets[number].condition = lets[other].condition
    lets[number].types = lets[other].types
  }

  /// Reports each use of an optional attribute that nothing guards.
  func reportUnguarded(_ checked: CheckedCondition, present: Set<Reference>) {
    for use in checked.uses(without: present) {
      let fixIts = use.fixAt.map {
        [FixIt("test only when it is there: `\(use.name)?`", replacing: $0, with: "?")]
      }
      report(
        .unguardedOptional,
        "`\(use.name)` may be absent, so a test of it needs a guard that says what then",
        at: use.span,
        notes: fixIts == nil
          ? ["Write `has \(use.name) and …`."]
          : ["Write `\(use.name)?`, or `has \(use.name) and …`, or `not has \(use.name) or …`."],
        fixIts: fixIts ?? [])
    }
  }

  /// Reports each test of a shadow threshold in something that counts.
  func reportShadows(_ checked: CheckedCondition, unless isShadow: Bool) {
    guard !isShadow else { return }
    for use in checked.shadows {
      let symbol = thresholds[use.threshold]
      report(
        .shadowTested,
        "`\(symbol.name.name)` is a shadow threshold, which changes no decision, and this would "
          + "let it", at: use.span,
        secondary: [LabelledSpan(symbol.span, "declared here")])
    }
  }

  /// `when A unless B` as `A and not B`, checked and guarded by what is present already.
  func guards(
    _ whenGuard: GuardView?, _ unlessGuard: GuardView?, _ scope: Scope, isShadow: Bool,
    present: Set<Reference> = []
  ) -> CheckedCondition {
    var parts: [CheckedCondition] = []
    if let view = whenGuard?.condition { parts.append(condition(view, scope)) }
    if let view = unlessGuard?.condition { parts.append(condition(view, scope).negated) }
    guard !parts.isEmpty else { return CheckedCondition(.constant(true)) }
    let joined = CheckedCondition.joined(parts, isAnd: true)
    reportUnguarded(joined, present: present)
    reportShadows(joined, unless: isShadow)
    return joined
  }

  /// The text of a reason with its attributes resolved.
  func template(_ because: BecauseView?, _ scope: Scope) -> Template? {
    guard let because, let token = because.text else { return nil }
    var segments: [Template.Segment] = []
    for part in because.tree.parts(of: token) {
      switch part {
      case .text(let text): if !text.isEmpty { segments.append(.text(text)) }
      case .attribute(let names, let span):
        let path = NamePath(names: names, span: span)
        guard let attribute = attribute(path, scope, instead: "its value"),
          isUsable(attribute, at: span)
        else { continue }
        segments.append(.value(attribute.operand))
      }
    }
    return Template(segments: segments)
  }
}
