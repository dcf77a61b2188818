extension PolicyGenerator {
  /// Whether a condition may ask what came before.
  func mayAskBefore(_ scope: GeneratedScope) -> Bool {
    shape == .histories && !isEarlier && scope.depth == 0 && !policy.actions.isEmpty
  }

  /// Whether a named condition, which may ask what came before, may stand in a place.
  func mayName(_ scope: GeneratedScope) -> Bool {
    shape != .histories || (!isEarlier && scope.depth == 0)
  }

  /// `previously …` or a count of it.
  mutating func previously(_ scope: GeneratedScope, _ order: SourceTree.Order) -> SourceTree {
    let type = random.below(policy.actions.count)
    var parts: [SourceTree] = [.text("previously " + typeName(type))]
    let inner = GeneratedScope(roots: true, types: [policy.actions[type]])
    var asked: [SourceTree] = []
    if random.chance(1, in: 2) {
      isEarlier = true
      asked.append(condition(inner, depth: 1))
      isEarlier = false
    }
    if random.chance(1, in: 2), let key = key(inner, scope) { asked.append(.text(key)) }
    if random.chance(1, in: 6), let key = key(inner, scope) { asked.append(.text(key)) }
    if !asked.isEmpty {
      parts += [" where (", .list(asked, separator: " and ", order: order, least: 1), ")"]
    }
    switch random.below(4) {
    case 0:
      let windows = ["5 messages", "2 messages", "20 tokens", "300 tokens", "12 hours", "2 days"]
      parts.append(.text(" within " + random.pick(windows)))
    case 1: parts.append(.text(" since " + typeName(random.below(policy.actions.count))))
    default: break
    }
    guard random.chance(1, in: 2) else { return .parts(parts) }
    let test = random.pick(["> 1", ">= 2", "== 1", "< 2", "in 1..3", "!= 0", "not in [0, 2]"])
    return .parts(["count("] + parts + [.text(") \(test)")])
  }

  /// `a == this.b`, of attributes of one type.
  private mutating func key(_ inner: GeneratedScope, _ scope: GeneratedScope) -> String? {
    let pairs = inner.attributes.flatMap { one in
      scope.attributes.filter { two in
        guard one.type == two.type, !one.isElement, !two.isElement else { return false }
        switch one.type {
        case .list, .record: return false
        default: return true
        }
      }.map { "\(one.path) == this.\($0.path)" }
    }
    return pairs.isEmpty ? nil : random.pick(pairs)
  }
}
