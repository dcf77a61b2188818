import TractatusValues

extension PolicyGenerator {
  private static let levelNames = ["low", "middle", "high", "top"]

  /// Declares a threshold.
  mutating func addThreshold(to declarations: inout [SourceTree]) {
    let name = "score\(thresholdCount)of\(package)"
    thresholdCount += 1
    let isShadow = random.chance(1, in: 8)
    var body: [SourceTree] = []
    let scope = GeneratedScope(roots: true, types: nil)
    if shape != .guarded, random.chance(1, in: 3) { body.append("given scores.given") }
    if random.chance(1, in: 3) { body.append(.text("base \(random.pick(["0.1", "25%", "0"]))")) }
    if random.chance(5, in: 6) { addFactors(to: &body) }
    var points: [SourceTree] = []
    for _ in 0..<random.below(3) {
      let word = random.chance(2, in: 3) ? "add" : "subtract"
      let amount = random.pick(["0.2", "0.5", "5%"])
      points.append(
        .parts([
          .text("\(word) \(amount) when "), condition(scope, depth: 1, isInClause: false),
        ]))
    }
    let (levels, hasVerdicts) = levels()
    let names = Array(Self.levelNames.prefix(levels.count))
    var lines: [SourceTree] = []
    if random.chance(1, in: 3), !policy.actions.isEmpty {
      let (types, judged) = someTypes()
      let guarded = GeneratedScope(roots: true, types: judged)
      lines.append(
        .parts([.text("on \(types)"), guards(guarded.toward(.restricting), isInClause: false)]))
    }
    // Of several points the first one that is unknown is named, so their order means something.
    lines += [
      .lines(body), .lines(points, order: .fixed),
      .lines(levels, order: .fixed, least: levels.count),
    ]
    if hasVerdicts || random.chance(1, in: 4) {
      let word = shape == .guarded ? "deny" : verdict()
      lines.append(.parts([.text("unmeasured \(word)"), because(scope)]))
    }
    let head = isShadow ? "shadow " : random.chance(1, in: 6) ? "sealed " : ""
    declarations.append(
      .parts([
        .text("\(head)threshold \(name) \"Score \(name)\" {\n"),
        .lines(lines, order: .fixed, least: lines.count), "\n}",
      ]))
    // What counts may not test a shadow threshold.
    if !isShadow { thresholds[package].append((name, names)) }
  }

  private mutating func levels() -> ([SourceTree], hasVerdicts: Bool) {
    let limits = random.pick([
      [], ["0%", "30%", "50%"], ["0%", "50%"], ["0%", "25%", "50%", "75%"],
    ])
    guard !limits.isEmpty else { return ([], false) }
    var verdicts = [0, 1, 2, 3].map { _ in random.below(5) }.sorted()
    if random.chance(1, in: 4) { verdicts.reverse() }
    let words = isMild ? ["", "", "", "warn", "warn"] : ["", "", "warn", "ask", "deny"]
    let used = verdicts.prefix(limits.count).map { words[$0] }
    let levels = zip(zip(Self.levelNames, limits), used).map { head, word -> SourceTree in
      let reason =
        !word.isEmpty && random.chance(1, in: 2)
        ? " because \"Level \(head.0): {description}\"" : ""
      return .text("level \(head.0) from \(head.1) \(word)\(reason)")
    }
    return (levels, used.contains { !$0.isEmpty })
  }

  private mutating func addFactors(to body: inout [SourceTree]) {
    let weights = random.pick([
      ["100%"], ["60%", "40%"], ["50%", "30%", "20%"], ["33.3%", "66.7%"],
    ])
    let names = ["tokens", "size", "age"].shuffled(using: &random)
    for (weight, name) in zip(weights, names) {
      let hasFallback = shape != .guarded && random.chance(1, in: 2)
      let fallback = hasFallback ? " else \(random.pick(["0", "0.5", "1"]))" : ""
      body.append(.text("factor \(name) \(weight) = \(sum())\(fallback)"))
    }
  }

  private mutating func sum() -> String {
    switch random.below(7) {
    case 0: return "session.tokens / session.token_budget"
    case 1: return "session.messages / 7"
    case 2: return "(facts.limit + session.tasks) * 0.1"
    case 3: return "scores.\(random.pick(Vocabulary.scores))"
    case 4: return "count(reasoning.steps) / 3 - 0.1"
    case 5:
      let known = (0...package).flatMap { owner in
        thresholds[owner].map { (owner, $0.name) }
      }
      guard !known.isEmpty else { return "facts.share" }
      let (owner, name) = random.pick(known)
      return reference(name, of: owner) + ".score"
    default: return "facts.share * facts.limit / session.recent_errors"
    }
  }
}
