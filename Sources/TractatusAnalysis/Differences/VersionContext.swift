import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// What stands around the clauses of a version, in a normal form that two versions share where it
/// is the same: scores, the conditions under which calls are of further types, what programs do.
struct VersionContext {
  /// By threshold: how its score is made, and how it is divided.
  private(set) var scores: [String: String] = [:]
  private(set) var levels: [String: String] = [:]
  /// By action type: the types that bring it, and when.
  private(set) var sources: [String: [String]] = [:]
  /// By program, every declaration of it.
  private(set) var programs: [String: Set<String>] = [:]

  /// The context of the old version.
  init(_ policy: LoweredPolicy) {
    self.init(policy, expression: { $0 }, attribute: { $0 })
  }

  /// The context of the new version, over the tests of both.
  init(_ policy: LoweredPolicy, joined: JoinedPolicy) {
    self.init(
      policy, expression: { joined.expression($0) }, attribute: { joined.attribute($0) })
  }

  private init(
    _ policy: LoweredPolicy, expression: (LoweredExpression) -> LoweredExpression?,
    attribute: (Int) -> Int?
  ) {
    /// What only one version tests is like nothing of the other.
    func text(_ formula: LoweredFormula) -> String {
      expression(formula.expression).map(Contribution.text) ?? "new"
    }
    func text(_ number: Int?) -> String {
      number.map { attribute($0).map(String.init) ?? "new" } ?? ""
    }
    let checked = policy.checked
    for lowered in policy.thresholds {
      let threshold = checked.thresholds[lowered.threshold]
      var parts = ["\(threshold.isSealed) \(text(lowered.given)) \(threshold.base)"]
      for (factor, value) in zip(threshold.factors, lowered.factors) {
        let fallback = factor.fallback.map { "\($0)" } ?? ""
        parts.append(
          "\(factor.name) \(factor.weight) \(Self.text(value, text)) else \(fallback)")
      }
      for (point, condition) in zip(threshold.points, lowered.points) {
        parts.append("\(point.amount) when \(text(condition))")
      }
      scores[threshold.name.text] = parts.joined(separator: "\n")
      levels[threshold.name.text] = threshold.levels.map { "\($0.name) from \($0.from)" }
        .joined(separator: "\n")
    }
    for (mapping, formula) in zip(checked.actionMappings, policy.actionMappings) {
      let source = checked.actionTypes[Int(mapping.source.index)].name.text
      sources[checked.actionTypes[Int(mapping.type.index)].name.text, default: []]
        .append("\(source) when \(text(formula))")
    }
    for program in checked.programs {
      // Who declared it counts for sealed rules.
      let package = checked.packages[Int(program.package.index)].name
      for name in program.names {
        programs[name, default: []].insert("\(package) \(program.body)")
      }
    }
  }

  private static func text(_ value: LoweredArithmetic, _ attribute: (Int?) -> String) -> String {
    func both(_ one: LoweredArithmetic, _ sign: String, _ other: LoweredArithmetic) -> String {
      "(\(text(one, attribute)) \(sign) \(text(other, attribute)))"
    }
    switch value {
    case .number(let number): return "\(number)"
    case .attribute(let number): return "a\(attribute(number))"
    case .count(let number): return "count \(attribute(number))"
    case .add(let one, let other): return both(one, "+", other)
    case .subtract(let one, let other): return both(one, "-", other)
    case .multiply(let one, let other): return both(one, "*", other)
    case .divide(let one, let other): return both(one, "/", other)
    }
  }

  // MARK: Comparing

  /// The thresholds of both versions whose scores are made otherwise, ascending.
  static func changedScores(_ old: VersionContext, _ new: VersionContext) -> [String] {
    old.scores.keys.filter { name in new.scores[name].map { $0 != old.scores[name] } ?? false }
      .sorted()
  }

  /// The thresholds whose scores both versions make alike and divide otherwise, ascending.
  static func changedLevels(_ old: VersionContext, _ new: VersionContext) -> [String] {
    old.levels.keys.filter { name in
      new.levels[name].map { $0 != old.levels[name] } ?? false
        && old.scores[name] == new.scores[name]
    }.sorted()
  }

  /// The action types of which other calls are because of what brings them, ascending.
  static func changedSources(_ old: VersionContext, _ new: VersionContext) -> [String] {
    Set(old.sources.keys).union(new.sources.keys).filter {
      old.sources[$0, default: []].sorted() != new.sources[$0, default: []].sorted()
    }.sorted()
  }

  /// The programs that do something else, ascending.
  static func changedPrograms(_ old: VersionContext, _ new: VersionContext) -> [String] {
    Set(old.programs.keys).union(new.programs.keys)
      .filter { old.programs[$0] != new.programs[$0] }.sorted()
  }
}
