import TractatusSemantics
import TractatusValues

/// The truth of a condition, with the causes of every unknown test that it contains.
struct NaiveTruth {
  var truth: Truth
  /// In the order in which they were met, possibly repeated.
  var causes: [String]

  init(_ truth: Truth, _ causes: [String] = []) {
    self.truth = truth
    self.causes = causes
  }

  static func & (left: NaiveTruth, right: NaiveTruth) -> NaiveTruth {
    NaiveTruth(left.truth & right.truth, left.causes + right.causes)
  }

  static func | (left: NaiveTruth, right: NaiveTruth) -> NaiveTruth {
    NaiveTruth(left.truth | right.truth, left.causes + right.causes)
  }

  static prefix func ! (value: NaiveTruth) -> NaiveTruth {
    NaiveTruth(!value.truth, value.causes)
  }
}

/// Where conditions are judged: the surroundings, and one type's parameters.
struct NaiveScope {
  let policy: CheckedPolicy
  let surroundings: NaiveSurroundings
  /// The qualified name of the type that is judged.
  var type = ""
  var parameters: [String: NaiveState] = [:]
  /// The link-resolved forms that the caller supplied, by parameter.
  var resolved: [String: [Unicode.Scalar]] = [:]
  /// What came before; nil where that is not known.
  var earlier: [NaiveEarlier]?
  /// What was measured, by threshold.
  var measured: [Int32: NaiveMeasure] = [:]
  /// The commands that were read.
  var lines = NaiveCommandLines()
  /// The packages whose programs the one who judges sees; nil for all.
  var visible: Set<PackageID>?
  /// The elements of the quantifiers around, outermost first.
  var elements: [NaiveValue] = []

  /// What is known of an attribute.
  func state(of operand: Operand) -> NaiveState {
    switch operand.reference {
    case .parameter(let name, let fields):
      let whole = parameters[name] ?? .absent
      if fields.count == 1, case .known(.text(let url)) = whole {
        return part(fields[0], of: url, name)
      }
      return whole.field(fields)
    case .element(let depth, let fields):
      return NaiveState.known(elements[depth]).field(fields)
    case .actionType: return .known(.text(Array(type.unicodeScalars)))
    case .level(let id), .thresholdScore(let id):
      guard let measure = measured[id.index], measure.unmeasured == nil else {
        let name = policy.thresholds[Int(id.index)].name.text
        return .unknown([NaiveCause.threshold(name)])
      }
      if case .level = operand.reference { return .known(.word("", measure.levelIndex)) }
      return .known(.number(measure.score))
    default:
      return surroundings.state(of: operand.reference, type: operand.type) ?? .absent
    }
  }

  /// The truth of a condition.
  func judge(_ condition: Condition) -> NaiveTruth {
    switch condition {
    case .constant(let value): return NaiveTruth(Truth(value))
    case .test(let test): return overElements(test).map { judge($0) } ?? judge(test)
    case .not(let part): return !judge(part)
    case .and(let parts): return parts.map { judge($0) }.reduce(NaiveTruth(.true), &)
    case .or(let parts): return parts.map { judge($0) }.reduce(NaiveTruth(.false), |)
    case .quantified(let quantified): return judge(quantified)
    }
  }

  // MARK: Quantifiers

  private func judge(_ quantified: Quantified) -> NaiveTruth {
    let list: [NaiveValue]
    switch state(of: quantified.list) {
    case .absent: return NaiveTruth(.false)
    case .unknown(let causes): return NaiveTruth(.unknown, causes)
    case .known(.list(let elements)): list = elements
    case .known(.text(let text)) where quantified.list.type == .command:
      list = parts(of: text, quantified.list.reference.naiveName)
    case .known: return NaiveTruth(.false)
    }
    guard !list.isEmpty else { return NaiveTruth(.false) }
    if quantified.depth == 0, elementTests(of: quantified) > Limits.elementTests {
      return NaiveTruth(.unknown, [NaiveCause.budget])
    }
    let each = list.map { with($0).judge(quantified.condition) }
    let all =
      quantified.isUniversal
      ? each.reduce(NaiveTruth(.true), &) : each.reduce(NaiveTruth(.false), |)
    // A quantifier is one test: what it contains counts only while it is unknown itself.
    return all.truth == .unknown ? all : NaiveTruth(all.truth)
  }

  private func with(_ element: NaiveValue) -> NaiveScope {
    var inner = self
    inner.elements.append(element)
    return inner
  }

  /// The tests that a quantifier makes, nothing skipped.
  private func elementTests(of quantified: Quantified) -> Int {
    let list: [NaiveValue]
    switch state(of: quantified.list) {
    case .known(.list(let elements)): list = elements
    case .known(.text(let text)) where quantified.list.type == .command:
      list = parts(of: text, quantified.list.reference.naiveName)
    default: return 0
    }
    return list.map { with($0).tests(in: quantified.condition) }.reduce(0, +)
  }

  private func tests(in condition: Condition) -> Int {
    switch condition {
    case .constant: 0
    case .test(let test):
      overElements(test).map { elementTests(of: $0) } ?? (isSettled(test) ? 0 : 1)
    case .not(let part): tests(in: part)
    case .and(let parts), .or(let parts): parts.map { tests(in: $0) }.reduce(0, +)
    case .quantified(let inner): elementTests(of: inner)
    }
  }

  /// `contains` of a list of paths or hosts, as the quantifier that it is.
  private func overElements(_ test: Test) -> Quantified? {
    guard case .list(let type) = test.operand.type, type == .path || type == .host,
      case .containsText(let texts) = test.predicate
    else { return nil }
    let depth = elements.count
    let element = Operand(reference: .element(depth: depth, fields: []), type: type)
    return Quantified(
      isUniversal: false, list: test.operand, depth: depth,
      condition: .test(
        Test(
          operand: element, predicate: .equalsText(texts), ambiguityHolds: test.ambiguityHolds)))
  }

  /// Whether the type that is judged settles a test: it lacks the parameter, or is what is asked.
  private func isSettled(_ test: Test) -> Bool {
    guard let type = policy.actionTypes.first(where: { NaiveProgram.same($0.name.text, type) })
    else {
      return false
    }
    if case .actionType = test.operand.reference, case .equalsText = test.predicate { return true }
    return [test.operand, test.predicate.other].contains { operand in
      guard case .parameter(let name, _)? = operand?.reference else { return false }
      return !type.parameters.contains { NaiveProgram.same($0.name, name) }
    }
  }

  // MARK: Tests

  private func judge(_ test: Test) -> NaiveTruth {
    if case .history(let query) = test.operand.reference {
      guard case .inRanges(let ranges) = test.predicate else { return NaiveTruth(.false) }
      return judge(query, ranges)
    }
    if case .component(let name) = test.operand.reference {
      guard case .recent(let windows) = test.predicate else { return NaiveTruth(.false) }
      return recent(component: name, windows)
    }
    let left = state(of: test.operand)
    if case .present = test.predicate {
      switch left {
      case .known: return NaiveTruth(.true)
      case .absent: return NaiveTruth(.false)
      case .unknown(let causes): return NaiveTruth(.unknown, causes)
      }
    }
    let right = test.predicate.other.map { state(of: $0) }
    if left == .absent || right == .absent { return NaiveTruth(.false) }
    var causes: [String] = []
    if case .unknown(let more) = left { causes += more }
    if case .unknown(let more)? = right { causes += more }
    guard causes.isEmpty, case .known(let value) = left else {
      return NaiveTruth(.unknown, causes)
    }
    if case .command(let asked) = test.predicate { return command(test, asked, value) }
    if case .recent(let windows) = test.predicate {
      return recent(value, name: test.operand.reference.naiveName, windows)
    }
    if case .known(let other)? = right {
      return compared(test, value, other)
    }
    return structured(test, value) ?? NaiveTruth(Truth(holds(test.predicate, value)))
  }

  private func lies(_ value: NaiveValue, in ranges: [OrdinalRange]) -> Bool {
    guard let ordinal = value.ordinal else { return false }
    return ranges.contains { $0.lower <= ordinal && ordinal <= $0.upper }
  }

  private func equals(_ value: NaiveValue, _ texts: [String]) -> Bool {
    guard case .text(let scalars) = value else { return false }
    return texts.contains { Array($0.unicodeScalars) == scalars }
  }

  /// What a predicate says of a value.
  func holds(_ predicate: Predicate, _ value: NaiveValue) -> Bool {
    switch (predicate, value) {
    case (.inRanges(let ranges), _): return lies(value, in: ranges)
    case (.equalsText(let texts), _): return equals(value, texts)
    case (.matches(let patterns), .text(let scalars)):
      return patterns.contains { NaiveText.matches($0, scalars) }
    case (.containsOrdinal(let ranges), .list(let list)):
      return list.contains { lies($0, in: ranges) }
    case (.containsText(let texts), .list(let list)):
      return list.contains { equals($0, texts) }
    case (.count(let ranges), .list(let list)):
      return lies(.number(Decimal(clamping: list.count)), in: ranges)
    default: return false
    }
  }

  /// What a predicate says of two values.
  func holds(_ predicate: Predicate, _ value: NaiveValue, _ other: NaiveValue) -> Bool {
    switch (predicate, value, other) {
    case (.compare(let comparison, _), .text(let left), .text(let right)):
      return comparison == .equal ? left == right : comparison == .notEqual && left != right
    case (.compare(let comparison, _), _, _):
      guard let left = value.ordinal, let right = other.ordinal else { return false }
      switch comparison {
      case .equal: return left == right
      case .notEqual: return left != right
      case .less: return left < right
      case .lessOrEqual: return left <= right
      case .greater: return left > right
      case .greaterOrEqual: return left >= right
      }
    case (.isElement, _, .list(let list)): return list.contains { same($0, value) }
    case (.hasElement, .list(let list), _): return list.contains { same($0, other) }
    case (.textRelation(.contains, _), .text(let left), .text(let right)):
      return NaiveText.occurs(right, in: left)
    case (.textRelation(.startsWith, _), .text(let left), .text(let right)):
      return left.starts(with: right)
    case (.textRelation(.endsWith, _), .text(let left), .text(let right)):
      return left.reversed().starts(with: right.reversed())
    default: return false
    }
  }

  private func same(_ left: NaiveValue, _ right: NaiveValue) -> Bool {
    if case .text(let one) = left, case .text(let two) = right { return one == two }
    guard let one = left.ordinal, let two = right.ordinal else { return false }
    return one == two
  }

  // MARK: Ages

  private func recent(_ value: NaiveValue, name: String, _ windows: [Window]) -> NaiveTruth {
    guard case .time(let instant) = value else { return NaiveTruth(.false) }
    return joined(
      windows.map { window in
        guard let now = surroundings.at else {
          return NaiveTruth(.unknown, [NaiveCause.input("at")])
        }
        return age(now.ordinal - instant.ordinal, within: Int128(window.amount), name)
      })
  }

  private func recent(component name: String, _ windows: [Window]) -> NaiveTruth {
    guard let components = surroundings.components else {
      return NaiveTruth(.unknown, [NaiveCause.component(name)])
    }
    guard let use = components[name] else { return NaiveTruth(.false) }
    return joined(windows.map { recent(use, name: name, $0) })
  }

  private func recent(
    _ use: NaiveSurroundings.NaiveUse, name: String, _ window: Window
  ) -> NaiveTruth {
    let then: Ordinal?
    let now: Ordinal?
    let clock: String
    var limit = Int128(window.amount)
    switch window.unit {
    case .messages:
      (then, now) = (use.message?.raw, surroundings.session["messages"]?.raw)
      clock = "session.messages"
      limit *= Decimal.scale
    case .tokens:
      (then, now) = (use.tokens?.raw, surroundings.session["tokens"]?.raw)
      clock = "session.tokens"
      limit *= Decimal.scale
    case .time:
      (then, now) = (use.timestamp?.ordinal, surroundings.at?.ordinal)
      clock = "at"
    }
    guard let then else { return NaiveTruth(.unknown, [NaiveCause.component(name)]) }
    guard let now else { return NaiveTruth(.unknown, [NaiveCause.input(clock)]) }
    return age(now - then, within: limit, name)
  }

  private func age(_ age: Ordinal, within limit: Ordinal, _ name: String) -> NaiveTruth {
    guard age >= 0 else { return NaiveTruth(.unknown, [NaiveCause.future(name)]) }
    return NaiveTruth(Truth(age <= limit))
  }

  /// All windows together are one test: the causes of its windows count while it is unknown.
  private func joined(_ windows: [NaiveTruth]) -> NaiveTruth {
    let all = windows.reduce(NaiveTruth(.true), &)
    return all.truth == .unknown ? all : NaiveTruth(all.truth)
  }
}

extension Predicate {
  /// The attribute on the right of a comparison of two.
  fileprivate var other: Operand? {
    switch self {
    case .compare(_, let operand), .isElement(of: let operand), .hasElement(let operand),
      .textRelation(_, let operand):
      operand
    default: nil
    }
  }
}
