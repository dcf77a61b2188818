import TractatusSemantics
import TractatusSource
import TractatusValues

/// Lowers conditions, templates and scores as one action type sees them, into shared tests.
struct ConditionLowering {
  /// Nodes of one condition beyond which it is refused.
  static let nodeLimit = 100_000
  /// Nesting of one condition, named conditions inlined, beyond which it is refused.
  static let depthLimit = 512

  let policy: CheckedPolicy
  let passes: [Pass]
  let rowLimit: Int
  var table = TestTable()
  /// The package of the sealed rule at hand, where programs that it does not know are declared.
  var visiblePackage: Int?
  /// The tests of the condition at hand, as written.
  private var leaves: [Int] = []
  private var nodeCount = 0
  /// The depth of the innermost quantifier at hand.
  private var quantifierDepth = 0
  /// Whether a condition since the last look was larger than the limits.
  private(set) var isTooLarge = false
  /// The queries for earlier actions that tests were met with.
  var histories = HistoryTable()
  private let parameters: [[String: Int]]
  private let facts: [String: Int]

  init(_ policy: CheckedPolicy, passes: [Pass], rowLimit: Int) {
    self.policy = policy
    self.passes = passes
    self.rowLimit = rowLimit
    parameters = policy.actionTypes.map { type in
      Dictionary(
        type.parameters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    facts = Dictionary(
      policy.facts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a condition was too large since the last call.
  mutating func takeIsTooLarge() -> Bool {
    defer { isTooLarge = false }
    return isTooLarge
  }

  /// The rows of a conjunction of conditions, as `type` sees them (`nil`: only roots).
  mutating func formula(_ conditions: [Condition], type: Int?) -> LoweredFormula {
    formula(conditions, and: nil, type: type)
  }

  /// The same with one exact test more.
  mutating func formula(
    _ conditions: [Condition], and extra: (attribute: Int, ExactPredicate)?, type: Int?
  ) -> LoweredFormula {
    leaves.removeAll(keepingCapacity: true)
    nodeCount = 0
    var parts: [Draft] = []
    for condition in conditions {
      if case .constant(true) = condition { continue }
      parts.append(draft(condition, isNegated: false, type: type, depth: 0))
    }
    if let extra {
      let literal = table.literal(attribute: extra.attribute, extra.1, isNegated: false)
      parts.append(.literal(literal))
    }
    if nodeCount > Self.nodeLimit {
      isTooLarge = true
      return LoweredFormula(rows: [], tests: [])
    }
    let whole: Draft = parts.count == 1 ? parts[0] : .and(parts)
    return LoweredFormula(rows: rows(whole), tests: sortedLeaves())
  }

  private mutating func rows(_ whole: Draft) -> [LoweredRow] {
    var draft = whole
    for case .draft(_, let apply) in passes { draft = apply(draft, &table) }
    var rows = RowExpansion.rows(of: draft, limit: rowLimit, in: &table)
    for case .rows(_, let apply) in passes { rows = apply(rows, &table) }
    return rows
  }

  private func sortedLeaves() -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(leaves.count)
    for test in leaves.sorted() where result.last != test { result.append(test) }
    return result
  }

  // MARK: Conditions

  private mutating func draft(
    _ condition: Condition, isNegated: Bool, type: Int?, depth: Int
  ) -> Draft {
    nodeCount += 1
    if depth > Self.depthLimit { nodeCount = Self.nodeLimit + 1 }
    guard nodeCount <= Self.nodeLimit else { return .constant(false) }
    switch condition {
    case .constant(let value): return .constant(value != isNegated)
    case .test(let test):
      if let elements = test.overElements(depth: 0) {
        return draft(.quantified(elements), isNegated: isNegated, type: type, depth: depth)
      }
      return self.test(test, isNegated: isNegated, type: type)
    case .not(let inner):
      return draft(inner, isNegated: !isNegated, type: type, depth: depth + 1)
    case .and(let parts), .or(let parts):
      var drafts: [Draft] = []
      drafts.reserveCapacity(parts.count)
      for part in parts {
        drafts.append(draft(part, isNegated: isNegated, type: type, depth: depth + 1))
      }
      if case .and = condition { return isNegated ? .or(drafts) : .and(drafts) }
      return isNegated ? .and(drafts) : .or(drafts)
    case .quantified(let quantified):
      guard let lowered = self.quantified(quantified, type: type, depth: depth) else {
        return .constant(isNegated)
      }
      return leaf(table.test(.quantified(lowered)), isNegated: isNegated)
    }
  }

  private mutating func leaf(_ test: Int, isNegated: Bool) -> Draft {
    leaves.append(test)
    return .literal(LoweredLiteral(test: test, isNegated: isNegated))
  }

  /// A test; constantly false where it reads a parameter that the type does not have.
  private mutating func test(_ test: Test, isNegated: Bool, type: Int?) -> Draft {
    if case .history(let query) = test.operand.reference,
      case .inRanges(let ranges) = test.predicate
    {
      return history(query, ranges, isNegated: isNegated, type: type)
    }
    guard let attribute = attribute(test.operand, type: type) else { return .constant(isNegated) }
    if let predicate = test.predicate.exact {
      if test.readsForms {
        // The forms of a host do not disagree.
        let holds = test.ambiguityHolds || test.operand.type == .host
        return leaf(
          table.test(.forms(attribute: attribute, predicate, ambiguityHolds: holds)),
          isNegated: isNegated)
      }
      if let known = knownType(test.operand.reference, predicate, type: type) {
        return .constant(known != isNegated)
      }
      let literal = table.literal(attribute: attribute, predicate, isNegated: isNegated)
      leaves.append(literal.test)
      return .literal(literal)
    }
    if let own = free(test, attribute) { return leaf(table.test(own), isNegated: isNegated) }
    guard let (relation, right) = test.predicate.relation,
      let other = self.attribute(right, type: type)
    else { return .constant(isNegated) }
    return leaf(
      table.test(.relation(attribute: attribute, relation, other: other)), isNegated: isNegated)
  }

  /// A test of what came before; without an action where the type lacks what is compared.
  private mutating func history(
    _ query: HistoryQuery, _ ranges: [OrdinalRange], isNegated: Bool, type: Int?
  ) -> Draft {
    var keys: [Int] = []
    for key in query.keys {
      guard let current = attribute(key.current, type: type),
        attribute(key.earlier, type: Int(query.type.index)) != nil
      else {
        let holds = ranges.contains { $0.lower <= 0 && 0 <= $0.upper }
        return .constant(holds != isNegated)
      }
      keys.append(current)
    }
    let capacity = Int(clamping: ranges.greatestCount / Decimal.scale) + 1
    let index = histories.index(of: query, capacity: capacity, package: visiblePackage)
    return leaf(table.test(.history(index, keys: keys, ranges)), isNegated: isNegated)
  }

  /// A test of one attribute that is no exact one, or nil.
  private func free(_ test: Test, _ attribute: Int) -> LoweredTest? {
    switch test.predicate {
    case .recent(let windows): .recent(attribute: attribute, windows)
    case .place(let place):
      .place(attribute: attribute, self.place(place, test))
    case .command(let command):
      .command(attribute: attribute, self.command(command, test))
    default: nil
    }
  }

  private func place(_ place: PlaceTest, _ test: Test) -> LoweredPlaceTest {
    LoweredPlaceTest(
      place, ambiguityHolds: test.ambiguityHolds || test.operand.type != .path)
  }

  private func command(_ command: CommandTest, _ test: Test) -> LoweredCommandTest {
    LoweredCommandTest(command, ambiguityHolds: test.ambiguityHolds, package: visiblePackage)
  }

  /// What a test of `action.type` says where the type that is judged is known already.
  private func knownType(_ reference: Reference, _ predicate: ExactPredicate, type: Int?) -> Bool? {
    guard case .actionType = reference, let type, case .equalsText(let names) = predicate else {
      return nil
    }
    return names.contains(policy.actionTypes[type].name.text)
  }

  // MARK: Quantifiers

  /// A quantifier, or nil (false) when its list is a parameter that the type does not have.
  private mutating func quantified(
    _ quantified: Quantified, type: Int?, depth: Int
  ) -> LoweredQuantified? {
    guard let list = element(quantified.list, type: type) else { return nil }
    let outer = quantifierDepth
    quantifierDepth = quantified.depth
    defer { quantifierDepth = outer }
    return LoweredQuantified(
      isUniversal: quantified.isUniversal, list: list, depth: quantified.depth,
      condition: element(quantified.condition, type: type, depth: depth + 1))
  }

  private mutating func element(
    _ condition: Condition, type: Int?, depth: Int
  ) -> ElementExpression {
    nodeCount += 1
    if depth > Self.depthLimit { nodeCount = Self.nodeLimit + 1 }
    guard nodeCount <= Self.nodeLimit else { return .constant(false) }
    switch condition {
    case .constant(let value): return .constant(value)
    case .test(let test):
      if let elements = test.overElements(depth: quantifierDepth + 1) {
        return element(.quantified(elements), type: type, depth: depth)
      }
      return element(test, type: type)
    case .not(let inner): return .not(element(inner, type: type, depth: depth + 1))
    case .and(let parts), .or(let parts):
      var lowered: [ElementExpression] = []
      for part in parts { lowered.append(element(part, type: type, depth: depth + 1)) }
      if case .and = condition { return .and(lowered) }
      return .or(lowered)
    case .quantified(let inner):
      guard let lowered = quantified(inner, type: type, depth: depth) else {
        return .constant(false)
      }
      return .quantified(lowered)
    }
  }

  private mutating func element(_ test: Test, type: Int?) -> ElementExpression {
    guard let operand = element(test.operand, type: type) else { return .constant(false) }
    if let predicate = test.predicate.exact {
      if let known = knownType(test.operand.reference, predicate, type: type) {
        return .constant(known)
      }
      // Tests that mean the same are the same: the flag counts where there are forms.
      return .exact(
        operand, predicate,
        ambiguityHolds: test.ambiguityHolds || !test.readsForms || test.operand.type == .host)
    }
    switch test.predicate {
    case .recent(let windows): return .recent(operand, windows)
    case .place(let place):
      return .place(operand, self.place(place, test))
    case .command(let command): return .command(operand, self.command(command, test))
    default: break
    }
    guard let (relation, right) = test.predicate.relation,
      let other = element(right, type: type)
    else { return .constant(false) }
    return .relation(operand, relation, other)
  }

  private mutating func element(_ operand: Operand, type: Int?) -> ElementOperand? {
    if case .element(let depth, let fields) = operand.reference {
      return .element(depth: depth, fields: fields, type: operand.type)
    }
    return attribute(operand, type: type).map { .attribute($0) }
  }

  // MARK: Attributes

  /// The attribute that an operand reads; nil for a parameter that the type does not have.
  mutating func attribute(_ operand: Operand, type: Int?) -> Int? {
    guard let source = source(operand.reference, type: type) else { return nil }
    let policy = self.policy
    return table.attribute(
      source, type: operand.type,
      domain: Self.domain(source, type: operand.type, in: policy))
  }

  private func source(_ reference: Reference, type: Int?) -> LoweredAttribute.Source? {
    switch reference {
    case .parameter(let name, let fields):
      guard let type, let parameter = parameters[type][name] else { return nil }
      return .parameter(type: type, parameter: parameter, fields: fields)
    case .element, .history: return nil
    case .actionType: return .actionType
    case .actionTool: return .actionTool
    case .description: return .description
    case .project: return .project
    case .cwd: return .cwd
    case .at: return .at
    case .session(let name): return .session(name)
    case .score(let name): return .score(name)
    case .reasoning(let name): return .reasoning(name)
    case .fact(let name, let fields):
      guard let fact = facts[name] else { return nil }
      return .fact(fact, fields: fields)
    case .actorID: return .actorID
    case .actorRole: return .actorRole
    case .component(let name): return .component(name)
    case .level(let id): return .level(Int(id.index))
    case .thresholdScore(let id): return .thresholdScore(Int(id.index))
    }
  }

  private static func domain(
    _ source: LoweredAttribute.Source, type: ValueType, in policy: CheckedPolicy
  ) -> AttributeDomain {
    switch source {
    case .level(let threshold):
      let last = max(0, policy.thresholds[threshold].levels.count - 1)
      return AttributeDomain(
        scale: OrdinalRange(0, Int128(last)), isUnbounded: false, canBeAbsent: false)
    case .parameter(let type_, let parameter, let fields):
      let isOptional = policy.actionTypes[type_].parameters[parameter].isOptional
      return AttributeDomain(type: type, canBeAbsent: isOptional || !fields.isEmpty)
    case .fact(let fact, let fields):
      let isOptional = policy.facts[fact].isOptional
      return AttributeDomain(type: type, canBeAbsent: isOptional || !fields.isEmpty)
    case .actionType, .description, .project, .cwd, .at, .session, .score, .reasoning,
      .thresholdScore:
      return AttributeDomain(type: type, canBeAbsent: false)
    case .actionTool, .actorID, .actorRole, .component:
      return AttributeDomain(type: type, canBeAbsent: true)
    }
  }

  // MARK: Templates and scores

  /// A reason, or `fallback` where there is none; `name` where even that is empty.
  mutating func template(
    _ template: Template?, fallback: String, name: String, type: Int?
  ) -> LoweredTemplate {
    var segments: [LoweredTemplate.Segment] = []
    for segment in template?.segments ?? [] {
      switch segment {
      case .text(let text): if !text.isEmpty { segments.append(.text(text)) }
      case .value(let operand): segments.append(.value(attribute: attribute(operand, type: type)))
      }
    }
    if segments.isEmpty { segments = [.text(fallback.isEmpty ? name : fallback)] }
    return LoweredTemplate(segments: segments)
  }

  /// A factor's arithmetic over roots; nil only for an operand that the checker refuses.
  mutating func arithmetic(_ arithmetic: Arithmetic) -> LoweredArithmetic? {
    switch arithmetic {
    case .number(let number): return .number(number)
    case .operand(let operand): return attribute(operand, type: nil).map { .attribute($0) }
    case .count(let operand): return attribute(operand, type: nil).map { .count($0) }
    case .add(let left, let right): return pair(left, right) { .add($0, $1) }
    case .subtract(let left, let right): return pair(left, right) { .subtract($0, $1) }
    case .multiply(let left, let right): return pair(left, right) { .multiply($0, $1) }
    case .divide(let left, let right): return pair(left, right) { .divide($0, $1) }
    }
  }

  private mutating func pair(
    _ left: Arithmetic, _ right: Arithmetic,
    _ make: (LoweredArithmetic, LoweredArithmetic) -> LoweredArithmetic
  ) -> LoweredArithmetic? {
    guard let left = arithmetic(left), let right = arithmetic(right) else { return nil }
    return make(left, right)
  }
}

extension Predicate {
  /// The predicate where it asks one attribute against constants.
  var exact: ExactPredicate? {
    switch self {
    case .present: .present
    case .inRanges(let ranges): .inRanges(ranges)
    case .equalsText(let texts): .equalsText(texts)
    case .matches(let patterns): .matches(patterns)
    case .containsOrdinal(let ranges): .containsOrdinal(ranges)
    case .containsText(let texts): .containsText(texts)
    case .count(let ranges): .count(ranges)
    case .recent, .compare, .isElement, .hasElement, .textRelation, .place, .command: nil
    }
  }

  /// The relation and the attribute on the right where it compares two.
  fileprivate var relation: (LoweredRelation, Operand)? {
    switch self {
    case .compare(let comparison, let right): (.compare(comparison), right)
    case .isElement(let right): (.isElement, right)
    case .hasElement(let right): (.hasElement, right)
    case .textRelation(let relation, let right): (.text(relation), right)
    case .present, .inRanges, .equalsText, .matches, .containsOrdinal, .containsText, .count,
      .recent, .place, .command:
      nil
    }
  }
}
