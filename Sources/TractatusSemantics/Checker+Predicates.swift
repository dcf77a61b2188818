import TractatusSource
import TractatusSyntax
import TractatusValues

/// What a test asks, and the attribute to the right of its operator.
struct CheckedTest {
  var predicate: Predicate
  /// Whether the test is that the predicate is false of a present value (`!=` of a text).
  var isInverted = false
  var right: Attribute?
  var rightSpan: SourceSpan?
  /// What it says of some part of a command.
  var somes: [SomeTest] = []

  init(_ predicate: Predicate, isInverted: Bool = false) {
    self.predicate = predicate
    self.isInverted = isInverted
  }

  init(_ predicate: Predicate, right: Attribute, span: SourceSpan) {
    self.predicate = predicate
    self.right = right
    rightSpan = span
  }
}

extension Checker {
  /// What a test asks of an attribute, or nil after a diagnostic.
  func predicate(
    _ test: TestOfAttributeView, of left: Attribute, _ scope: Scope
  ) -> CheckedTest? {
    switch test {
    case .window(let view): return window(view, left)
    case .state, .runs, .effect, .pipes: return commandTest(test, of: left, scope)
    case .comparison, .membership, .text, .place: break
    }
    guard isUsable(left, at: span(of: test)) else { return nil }
    switch test {
    case .comparison(let view): return comparison(view, left, scope)
    case .membership(let view): return membership(view, left, scope)
    case .text(let view): return text(view, left, scope)
    case .place(let view): return place(view, left, scope)
    case .window, .state, .runs, .effect, .pipes: return nil
    }
  }

  func span(of test: TestOfAttributeView) -> SourceSpan {
    switch test {
    case .comparison(let view): view.span
    case .membership(let view): view.span
    case .text(let view): view.span
    case .window(let view): view.span
    case .place(let view): view.span
    case .state(let view): view.span
    case .runs(let view): view.span
    case .effect(let view): view.span
    case .pipes(let view): view.span
    }
  }

  // MARK: Comparisons

  private func operation(_ view: ComparisonTestView) -> Comparison? {
    switch view.operation.map({ view.tree[$0].kind }) {
    case .equalEqual: .equal
    case .bangEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessOrEqual
    case .greater: .greater
    case .greaterEqual: .greaterOrEqual
    default: nil
    }
  }

  private func comparison(
    _ view: ComparisonTestView, _ left: Attribute, _ scope: Scope
  ) -> CheckedTest? {
    guard let operation = operation(view), let value = view.value else { return nil }
    let type = left.operand.type
    let isEquality = operation == .equal || operation == .notEqual
    guard type.isScalar || type.isText else {
      report(
        .wrongOperator,
        "`\(left.name)` is \(type.described), which is not compared as a whole", at: view.span,
        notes: notes(for: type))
      return nil
    }
    guard isEquality || (type.isScalar && type != .bool) else {
      report(
        .wrongOperator,
        "only numbers, times, enumerations and levels have an order, and `\(left.name)` is "
          + type.described, at: view.operation.map { view.tree.span(of: $0) } ?? view.span)
      return nil
    }
    if let scale = type.scale {
      switch ordinals(value, type, scope, allowsList: false) {
      case .failed: return nil
      case .constant(let ranges):
        guard let range = ranges.first else { return nil }
        return CheckedTest(.inRanges(RangeSet.comparing(operation, range, in: scale)))
      case .attribute(let right): return comparing(left, operation, right, at: span(of: value))
      }
    }
    switch formTexts(value, type, scope, allowsList: false) {
    case .failed: return nil
    case .constant(let texts):
      return CheckedTest(.equalsText(texts), isInverted: operation == .notEqual)
    case .attribute(let right): return comparing(left, operation, right, at: span(of: value))
    }
  }

  private func notes(for type: ValueType) -> [String] {
    switch type {
    case .list:
      ["A list is tested by `contains`, `count(…)`, `any … satisfies` and `all … satisfies`."]
    case .record: ["Test one of its fields."]
    default: []
    }
  }

  private func comparing(
    _ left: Attribute, _ operation: Comparison, _ right: Attribute, at span: SourceSpan
  ) -> CheckedTest? {
    guard isUsable(right, at: span) else { return nil }
    guard left.operand.type.isComparable(with: right.operand.type) else {
      reportIncomparable(left.operand.type, left.name, right, at: span)
      return nil
    }
    return CheckedTest(.compare(operation, right.operand), right: right, span: span)
  }

  private func reportIncomparable(
    _ type: ValueType, _ name: String, _ right: Attribute, at span: SourceSpan
  ) {
    report(
      .wrongValue,
      "`\(name)` is \(type.described) and `\(right.name)` \(right.operand.type.described), so they "
        + "are never equal", at: span)
  }

  /// Whether an attribute has a value that can be compared; a component's use and one simple
  /// command have none.
  func isUsable(_ attribute: Attribute, at span: SourceSpan) -> Bool {
    if attribute.isSimpleCommand {
      report(
        .wrongOperator,
        "`\(attribute.name)` is one simple command of a command line, of which is tested what it "
          + "does and not its text", at: span,
        notes: ["Write `\(attribute.name) runs …`, `\(attribute.name) writes …` and their like."])
      return false
    }
    guard case .component = attribute.operand.reference else { return true }
    report(
      .wrongOperator,
      "`\(attribute.name)` is a component, of which only the age of its last use can be tested",
      at: span, notes: ["Write `\(attribute.name) within 20 messages`."])
    return false
  }

  // MARK: Membership

  private func membership(
    _ view: MembershipTestView, _ left: Attribute, _ scope: Scope
  ) -> CheckedTest? {
    guard let low = view.low else { return nil }
    let type = left.operand.type
    guard type.isScalar || type.isText else {
      report(
        .wrongOperator, "`\(left.name)` is \(type.described), and `in` tests one value",
        at: view.span, notes: notes(for: type))
      return nil
    }
    if view.isRange {
      guard let high = view.high else { return nil }
      return range(view, low, high, left, scope)
    }
    if case .literal(let literal) = low {
      report(
        .wrongValue, "`in` needs a list or a range, and this is one value", at: literal.span,
        fixIts: [
          FixIt("write a list", replacing: literal.span, with: "[" + text(of: literal) + "]")
        ])
      return nil
    }
    if type.isScalar {
      switch ordinals(low, type, scope, allowsList: true) {
      case .failed: return nil
      case .constant(let ranges): return CheckedTest(.inRanges(RangeSet.normalised(ranges)))
      case .attribute(let right): return element(left, of: right, at: span(of: low))
      }
    }
    switch formTexts(low, type, scope, allowsList: true) {
    case .failed: return nil
    case .constant(let texts): return CheckedTest(.equalsText(texts))
    case .attribute(let right): return element(left, of: right, at: span(of: low))
    }
  }

  private func text(of literal: LiteralView) -> String { literal.tree.text(of: literal.id) }

  private func element(
    _ left: Attribute, of right: Attribute, at span: SourceSpan
  ) -> CheckedTest? {
    guard isUsable(right, at: span) else { return nil }
    guard case .list(let element) = right.operand.type else {
      report(
        .wrongValue, "`in` needs a list, and `\(right.name)` is \(right.operand.type.described)",
        at: span)
      return nil
    }
    guard element.isComparable(with: left.operand.type) else {
      reportIncomparable(left.operand.type, left.name, right, at: span)
      return nil
    }
    return CheckedTest(.isElement(of: right.operand), right: right, span: span)
  }

  private func range(
    _ view: MembershipTestView, _ low: ValueView, _ high: ValueView, _ left: Attribute,
    _ scope: Scope
  ) -> CheckedTest? {
    let type = left.operand.type
    guard type.isScalar, type != .bool else {
      report(
        .wrongOperator, "`\(left.name)` is \(type.described), which has no order and no ranges",
        at: view.span)
      return nil
    }
    var ends: [OrdinalRange] = []
    for end in [low, high] {
      switch ordinals(end, type, scope, allowsList: false) {
      case .failed: break
      case .constant(let ranges): ends += ranges
      case .attribute(let attribute):
        report(
          .notConstant,
          "the ends of a range are constants, and `\(attribute.name)` is an attribute",
          at: span(of: end), notes: ["Write two comparisons with `and`."])
      }
    }
    guard ends.count == 2 else { return nil }
    guard ends[0].lower <= ends[1].upper else {
      report(
        .emptyRange, "no value lies in this range, because it ends before it begins", at: view.span)
      return nil
    }
    return CheckedTest(.inRanges([OrdinalRange(ends[0].lower, ends[1].upper)]))
  }

  // MARK: Ages

  private func window(_ view: WindowTestView, _ left: Attribute) -> CheckedTest? {
    guard let windows = windows(view.amounts), windows.count == view.amounts.count else {
      return nil
    }
    if case .component = left.operand.reference { return CheckedTest(.recent(windows)) }
    guard case .time = left.operand.type else {
      report(
        .wrongOperator,
        "`within` tests the age of a time or of a component's last use, and `\(left.name)` is "
          + left.operand.type.described, at: view.span)
      return nil
    }
    for (window, amount) in zip(windows, view.amounts) where window.unit != .time {
      report(.wrongUnit, "the age of a time is itself a time, such as `24 hours`", at: amount.span)
      return nil
    }
    return CheckedTest(.recent(windows))
  }
}
