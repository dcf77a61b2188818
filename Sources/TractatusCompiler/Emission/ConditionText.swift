import TractatusSemantics
import TractatusValues

/// Writes attributes, tests and rows of a lowered policy as a rule file would.
package struct ConditionText {
  let policy: LoweredPolicy

  /// Makes a writer for a policy.
  package init(_ policy: LoweredPolicy) { self.policy = policy }

  // MARK: Attributes

  /// The name by which a rule reads an attribute.
  package func attribute(_ index: Int) -> String {
    switch policy.attributes[index].source {
    case .parameter(let type, let parameter, let fields):
      Self.path(policy.checked.actionTypes[type].parameters[parameter].name, fields)
    case .actionType: "action.type"
    case .actionTool: "action.tool"
    case .description: "description"
    case .project: "project"
    case .cwd: "cwd"
    case .at: "at"
    case .actorID: "actor.id"
    case .actorRole: "actor.role"
    case .session(let name): "session." + name
    case .score(let name): "scores." + name
    case .reasoning(let name): "reasoning." + name
    case .fact(let fact, let fields): Self.path("facts." + policy.checked.facts[fact].name, fields)
    case .component(let name): "components." + name
    case .level(let threshold): policy.checked.thresholds[threshold].name.text
    case .thresholdScore(let threshold): policy.checked.thresholds[threshold].name.text + ".score"
    }
  }

  private static func path(_ name: String, _ fields: [String]) -> String {
    ([name] + fields).joined(".")
  }

  // MARK: Tests

  /// A test as a condition.
  package func test(_ index: Int) -> String {
    switch policy.tests[index] {
    case .exact(let attribute, let predicate):
      exact(self.attribute(attribute), policy.attributes[attribute].type, predicate)
    case .relation(let left, let relation, let right):
      Self.relation(attribute(left), relation, attribute(right))
    case .recent(let attribute, let windows):
      "\(self.attribute(attribute)) within \(Self.windows(windows))"
    case .history(let history, let keys, let ranges): self.history(history, keys, ranges)
    case .forms(let attribute, let predicate, _):
      exact(self.attribute(attribute), policy.attributes[attribute].type, predicate)
    case .place(let attribute, let test):
      "\(self.attribute(attribute)) \(CommandTestText.text(test.test))"
    case .command(let attribute, let test):
      "\(self.attribute(attribute)) \(CommandTestText.text(test.test))"
    case .quantified(let quantified): self.quantified(quantified)
    case .composite(let expression): self.expression(expression, isInner: false)
    }
  }

  /// A literal as a condition.
  package func literal(_ literal: LoweredLiteral) -> String {
    guard literal.isNegated else {
      if case .composite = policy.tests[literal.test] { return "(\(test(literal.test)))" }
      return test(literal.test)
    }
    if case .exact(_, .present) = policy.tests[literal.test] { return "not \(test(literal.test))" }
    return "not (\(test(literal.test)))"
  }

  /// A row as a condition; `true` without literals.
  package func row(_ row: LoweredRow) -> String {
    row.literals.isEmpty ? "true" : row.literals.map(literal).joined(" and ")
  }

  /// `previously a where (…) within 10 minutes`, or how often.
  private func history(_ index: Int, _ current: [Int], _ ranges: [OrdinalRange]) -> String {
    let history = policy.histories[index]
    var text = "previously " + policy.checked.actionTypes[history.type].name.text
    var parts: [String] = []
    if history.formula.rows != [LoweredRow(literals: [])] {
      parts.append(history.formula.rows.map(row).joined(" or "))
    }
    for (earlier, now) in zip(history.keys, current) {
      parts.append("\(attribute(earlier)) == this.\(attribute(now))")
    }
    if !parts.isEmpty { text += " where (\(parts.joined(" and ")))" }
    if let window = history.window { text += " within " + Self.windows([window]) }
    if let since = history.since {
      text += " since " + policy.checked.actionTypes[policy.histories[since].type].name.text
    }
    let isOnce = ranges == [OrdinalRange(Decimal.scale, Decimal.rawLimit - 1)]
    if isOnce { return text }
    return OrdinalText.test("count(\(text))", in: ranges, .int(bounds: NumberBounds()))
  }

  private func exact(_ name: String, _ type: ValueType, _ predicate: ExactPredicate) -> String {
    switch predicate {
    case .present: return "has \(name)"
    case .inRanges(let ranges): return OrdinalText.test(name, in: ranges, type)
    case .equalsText(let texts): return Self.oneOf(name, "==", "in", texts.map(Self.quoted))
    case .matches(let patterns): return Self.matches(name, patterns)
    case .containsText(let texts):
      return Self.oneOf(name, "contains", "contains", texts.map(Self.quoted))
    case .containsOrdinal(let ranges):
      guard case .list(let element) = type else { return "\(name) contains …" }
      return "any x in \(name) satisfies (\(OrdinalText.test("x", in: ranges, element)))"
    case .count(let ranges):
      return OrdinalText.test("count(\(name))", in: ranges, .int(bounds: NumberBounds()))
    case .measuredLevel(let level):
      guard case .enumeration(let levels) = type, levels.values.indices.contains(level) else {
        return "\(name) is level \(level)"
      }
      return "\(name) is \(levels.values[level])"
    case .unmeasured: return "\(name) is unmeasured"
    }
  }

  private static func oneOf(
    _ name: String, _ one: String, _ many: String, _ values: [String]
  ) -> String {
    let subject = name.isEmpty ? "" : name + " "
    return values.count == 1
      ? "\(subject)\(one) \(values[0])" : "\(subject)\(many) [\(values.joined(", "))]"
  }

  /// A test of patterns; without a name what would follow it.
  static func matches(_ name: String, _ patterns: [TextPattern]) -> String {
    var parts: [String] = []
    var rest = patterns[...]
    while let first = rest.first {
      let alike = rest.prefix { $0.kind == first.kind && $0.ignoresCase == first.ignoresCase }
      rest = rest.dropFirst(alike.count)
      let word = word(first.kind)
      let text = oneOf(name, word, word, alike.map(pattern))
      let saysCase = first.ignoresCase && first.kind != .regularExpression
      parts.append(saysCase ? text + " ignoring case" : text)
    }
    if parts.isEmpty { return oneOf(name, "matches", "matches", []) }
    return parts.count == 1 ? parts[0] : "(" + parts.joined(" or ") + ")"
  }

  private static func word(_ kind: TextPattern.Kind) -> String {
    switch kind {
    case .contains: "contains"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .glob, .pathGlob: "like"
    case .regularExpression: "matches"
    case .mentions: "mentions"
    }
  }

  private static func pattern(_ pattern: TextPattern) -> String {
    guard pattern.kind == .regularExpression else { return quoted(pattern.text) }
    let flags = (pattern.ignoresCase ? "i" : "") + (pattern.dotMatchesNewline ? "s" : "")
    var text = ""
    for scalar in pattern.text.unicodeScalars {
      if scalar == "/" { text += "\\/" } else { text.unicodeScalars.append(scalar) }
    }
    return "/\(text)/\(flags)"
  }

  private static func relation(
    _ left: String, _ relation: LoweredRelation, _ right: String
  ) -> String {
    let word =
      switch relation {
      case .compare(.equal): "=="
      case .compare(.notEqual): "!="
      case .compare(.less): "<"
      case .compare(.lessOrEqual): "<="
      case .compare(.greater): ">"
      case .compare(.greaterOrEqual): ">="
      case .isElement: "in"
      case .hasElement, .text(.contains): "contains"
      case .text(.startsWith): "starts with"
      case .text(.endsWith): "ends with"
      }
    return "\(left) \(word) \(right)"
  }

  private static func windows(_ windows: [Window]) -> String {
    windows.map { window in
      switch window.unit {
      case .messages: return "\(window.amount) messages"
      case .tokens: return "\(window.amount) tokens"
      case .time:
        let second = Int64(Instant.nanosecondsPerSecond)
        let units: [(String, Int64)] = [
          ("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1),
        ]
        for (name, seconds) in units where window.amount % (seconds * second) == 0 {
          return "\(window.amount / (seconds * second)) \(name)"
        }
        return "\(window.amount) nanoseconds"
      }
    }.joined(" and ")
  }

  /// A text in quotes, with what strings escape escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}": result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: Expressions

  private func expression(_ expression: LoweredExpression, isInner: Bool) -> String {
    switch expression {
    case .constant(let value): return value ? "true" : "false"
    case .test(let test): return self.test(test)
    case .not(let inner): return "not (\(self.expression(inner, isInner: false)))"
    case .and(let parts):
      let text = parts.map { self.expression($0, isInner: true) }.joined(" and ")
      return isInner ? "(\(text))" : text
    case .or(let parts):
      let text = parts.map { self.expression($0, isInner: true) }.joined(" or ")
      return isInner ? "(\(text))" : text
    }
  }

  private func quantified(_ quantified: LoweredQuantified) -> String {
    let condition = element(quantified.condition, isInner: false)
    return "\(quantified.isUniversal ? "all" : "any") x\(quantified.depth) in "
      + "\(operand(quantified.list).name) satisfies (\(condition))"
  }

  private func operand(_ operand: ElementOperand) -> (name: String, type: ValueType) {
    switch operand {
    case .attribute(let index): (attribute(index), policy.attributes[index].type)
    case .element(let depth, let fields, let type): (Self.path("x\(depth)", fields), type)
    }
  }

  private func element(_ expression: ElementExpression, isInner: Bool) -> String {
    switch expression {
    case .constant(let value): return value ? "true" : "false"
    case .exact(let left, let predicate, _):
      let (name, type) = operand(left)
      return exact(name, type, predicate)
    case .place(let left, let test):
      return "\(operand(left).name) \(CommandTestText.text(test.test))"
    case .command(let left, let test):
      return "\(operand(left).name) \(CommandTestText.text(test.test))"
    case .relation(let left, let relation, let right):
      return Self.relation(operand(left).name, relation, operand(right).name)
    case .recent(let left, let windows):
      return "\(operand(left).name) within \(Self.windows(windows))"
    case .quantified(let inner): return quantified(inner)
    case .not(let inner): return "not (\(element(inner, isInner: false)))"
    case .and(let parts):
      let text = parts.map { element($0, isInner: true) }.joined(" and ")
      return isInner ? "(\(text))" : text
    case .or(let parts):
      let text = parts.map { element($0, isInner: true) }.joined(" or ")
      return isInner ? "(\(text))" : text
    }
  }
}
