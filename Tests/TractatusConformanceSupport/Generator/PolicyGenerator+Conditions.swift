import TractatusValues

/// What conditions can speak of at a place.
struct GeneratedScope {
  struct Attribute {
    var path: String
    var type: GeneratedType
    var isOptional: Bool
    var isElement = false
    /// Whether it is a part of a command.
    var isPart = false
  }
  private(set) var attributes: [Attribute] = []
  private(set) var depth = 0
  /// Where some part of a command may be spoken of.
  var direction = GeneratedDirection.both
  /// The action types that are judged, if the place is about some.
  let types: [GeneratedPolicy.Action]?

  init(roots: Bool, types: [GeneratedPolicy.Action]?) {
    self.types = types
    if roots { addRoots() }
    for (name, type) in Vocabulary.parameters {
      let uses = (types ?? []).map { action in action.parameters.first { $0.name == name } }
      guard uses.contains(where: { $0 != nil }) else { continue }
      let isOptional = uses.contains { $0?.isOptional ?? true }
      add(name, type, isOptional: isOptional, isElement: false)
      guard type == .url else { continue }
      add(name + ".scheme", .text, isOptional: isOptional, isElement: false)
      add(name + ".host", .host, isOptional: isOptional, isElement: false)
      add(name + ".port", .small, isOptional: true, isElement: false)
    }
  }

  private mutating func addRoots() {
    attributes += [
      Attribute(path: "description", type: .text, isOptional: false),
      Attribute(path: "action.type", type: .text, isOptional: false),
      Attribute(path: "action.tool", type: .text, isOptional: true),
      Attribute(path: "cwd", type: .path, isOptional: false),
      Attribute(path: "project", type: .path, isOptional: false),
      Attribute(path: "at", type: .time, isOptional: false),
      Attribute(path: "actor.role", type: .text, isOptional: true),
      Attribute(path: "reasoning.steps", type: .list(.text), isOptional: false),
      Attribute(path: "reasoning.backup", type: .bool, isOptional: false),
    ]
    for name in Vocabulary.session {
      attributes.append(Attribute(path: "session." + name, type: .int, isOptional: false))
    }
    for name in Vocabulary.scores {
      attributes.append(Attribute(path: "scores." + name, type: .number, isOptional: false))
    }
    for fact in Vocabulary.facts {
      add("facts." + fact.name, fact.type, isOptional: fact.isOptional, isElement: false)
    }
  }

  private mutating func add(
    _ path: String, _ type: GeneratedType, isOptional: Bool, isElement: Bool
  ) {
    attributes.append(
      Attribute(path: path, type: type, isOptional: isOptional, isElement: isElement))
    guard case .record(let fields) = type else { return }
    for field in fields {
      add(
        path + "." + field.name, field.type, isOptional: isOptional || field.isOptional,
        isElement: isElement)
    }
  }

  /// The scope of a negation.
  var negated: GeneratedScope {
    var scope = self
    scope.direction = direction.negated
    return scope
  }

  /// The scope in a place.
  func toward(_ direction: GeneratedDirection) -> GeneratedScope {
    var scope = self
    scope.direction = direction
    return scope
  }

  /// The scope inside a quantifier, and the element's name.
  func inside(
    _ element: GeneratedType, isPart: Bool = false
  ) -> (scope: GeneratedScope, name: String) {
    var inner = self
    let name = "e\(depth)"
    inner.depth += 1
    inner.add(name, element, isOptional: false, isElement: true)
    if isPart { inner.attributes[inner.attributes.count - 1].isPart = true }
    // Elements are spoken of more often than what is around.
    for attribute in inner.attributes where attribute.path.hasPrefix(name) {
      inner.attributes += [attribute, attribute, attribute, attribute]
    }
    return (inner, name)
  }
}

extension PolicyGenerator {
  /// A condition that can stand where a unary one can.
  mutating func condition(
    _ scope: GeneratedScope, depth: Int, isInClause: Bool = true
  ) -> SourceTree {
    let order: SourceTree.Order = isInClause ? .freeInClause : .free
    if mayAskBefore(scope), random.chance(1, in: 3) { return previously(scope, order) }
    switch random.below(depth > 0 ? 12 : 6) {
    case 6, 7:
      let parts = (0..<(2 + random.below(2))).map { _ in
        condition(scope, depth: depth - 1, isInClause: isInClause)
      }
      let word = random.chance(1, in: 2) ? " and " : " or "
      return .parts(["(", .list(parts, separator: word, order: order, least: 1), ")"])
    case 8:
      return .parts([
        "not (", condition(scope.negated, depth: depth - 1, isInClause: isInClause), ")",
      ])
    case 9, 10: return quantifier(scope, depth: depth - 1, isInClause: isInClause)
    case 11: return (mayName(scope) ? named(scope) : nil) ?? test(scope, order)
    case 0 where scope.depth == 0: return levelOrWindow(scope) ?? test(scope, order)
    default: return test(scope, order)
    }
  }

  private mutating func named(_ scope: GeneratedScope) -> SourceTree? {
    let known = (0...package).flatMap { owner in
      conditionLets[owner].filter { item in
        guard let types = item.types else { return true }
        guard let judged = scope.types, !judged.isEmpty else { return false }
        return judged.allSatisfy { one in
          types.contains { policy.actions[$0].name == one.name }
        }
      }.map { (owner, $0.name) }
    }
    guard !known.isEmpty else { return nil }
    let (owner, name) = random.pick(known)
    return .text(reference(name, of: owner))
  }

  private mutating func levelOrWindow(_ scope: GeneratedScope) -> SourceTree? {
    if random.chance(1, in: 3) {
      let name = random.pick(Vocabulary.components)
      let windows = random.pick([
        "20 messages", "3 messages and 100 tokens", "1 hours", "2 days and 5 messages",
      ])
      return .text("\(random.chance(1, in: 2) ? "components." : "")\(name) within \(windows)")
    }
    let known = (0...package).flatMap { owner in
      thresholds[owner].map { (owner, $0.name, $0.levels) }
    }
    guard !known.isEmpty else { return nil }
    let (owner, name, levels) = random.pick(known)
    let path = reference(name, of: owner)
    guard levels.count > 1, random.chance(3, in: 4) else {
      let limit = random.pick(["0.5", "30%", "0"])
      return .text("\(path).score \(random.pick(["<", ">=", "=="])) \(limit)")
    }
    let sign = random.pick(["==", "!=", "<", "<=", ">", ">="])
    return .text("\(path) \(sign) \(random.pick(levels))")
  }

  private mutating func quantifier(
    _ scope: GeneratedScope, depth: Int, isInClause: Bool
  ) -> SourceTree {
    let lists = scope.attributes.filter { attribute in
      switch attribute.type {
      case .list: true
      case .command: scope.depth == 0 && !attribute.isElement
      default: false
      }
    }
    guard !lists.isEmpty, scope.depth < 3 else {
      return test(scope, isInClause ? .freeInClause : .free)
    }
    let commands = lists.filter { $0.type == .command }
    let list =
      !commands.isEmpty && random.chance(1, in: 2) ? random.pick(commands) : random.pick(lists)
    var element = GeneratedType.command
    if case .list(let type) = list.type { element = type }
    let isPart = list.type == .command
    let (inner, name) = scope.inside(element, isPart: isPart)
    let body = condition(inner, depth: depth, isInClause: isInClause)
    // Some part of a command is no reason to loosen.
    let isAll = isPart && scope.direction != .restricting
    let word = random.chance(1, in: 2) && !isAll ? "any" : "all"
    let whole = SourceTree.parts([
      "\(word) \(name) in \(list.path) satisfies (", body, ")",
    ])
    return list.isOptional ? .parts(["(has \(list.path) and ", whole, ")"]) : whole
  }

  /// A test of one attribute, guarded where it must be.
  mutating func test(_ scope: GeneratedScope, _ order: SourceTree.Order) -> SourceTree {
    let commands = scope.attributes.filter { $0.type == .command }
    let attribute =
      !commands.isEmpty && random.chance(1, in: isAboutCommands ? 1 : 3)
      ? random.pick(commands) : random.pick(scope.attributes)
    if attribute.isPart {
      return .parts([.text(attribute.path), " ", commandOperation(scope, order, isPart: true)])
    }
    if attribute.type == .command, random.chance(7, in: 8) {
      return guarded(attribute, [], commandOperation(scope, order, isPart: false), isCommand: true)
    }
    if case .record = attribute.type { return .text("has \(attribute.path)") }
    if random.chance(1, in: 12) { return .text("has \(attribute.path)") }
    if case .list(let element) = attribute.type {
      return listTest(attribute, element, scope, order)
    }
    let (operation, guards) = operation(on: attribute, scope, order)
    return guarded(attribute, guards, operation)
  }

  /// A test under the guards of its optional attributes.
  private mutating func guarded(
    _ attribute: GeneratedScope.Attribute, _ guards: [String], _ operation: SourceTree,
    count: Bool = false, isCommand: Bool = false
  ) -> SourceTree {
    var path = attribute.path
    var guards = guards
    if count { path = "count(\(path))" }
    var negation = ""
    if random.chance(1, in: 8), !isCommand, case .text(let text) = operation, text != "" {
      negation = "not "
    }
    if attribute.isOptional {
      if !count, random.chance(1, in: 2), operation.text != "" || !negation.isEmpty {
        path += "?"
      } else {
        guards.insert(attribute.path, at: 0)
      }
    }
    let plain = SourceTree.parts([.text(path), " ", .text(negation), operation])
    guard !guards.isEmpty else { return plain }
    let isWeak = random.chance(1, in: 3)
    let parts = guards.map { SourceTree.text(isWeak ? "not has \($0)" : "has \($0)") } + [plain]
    // Members stay together: a test without its guard does not compile.
    let joined = SourceTree.list(
      random.chance(1, in: 2) ? parts : parts.reversed(),
      separator: isWeak ? " or " : " and ", order: .fixed, least: parts.count)
    return .parts(["(", joined, ")"])
  }

  private mutating func listTest(
    _ attribute: GeneratedScope.Attribute, _ element: GeneratedType, _ scope: GeneratedScope,
    _ order: SourceTree.Order
  ) -> SourceTree {
    if case .record = element {
      return guarded(attribute, [], .text("\(sign()) \(random.below(4))"), count: true)
    }
    if random.chance(1, in: 3) {
      return guarded(attribute, [], .text("\(sign()) \(random.below(4))"), count: true)
    }
    let others = scope.attributes.filter { matches($0.type, element) && !$0.isPart }
    if random.chance(1, in: 3), !others.isEmpty {
      let other = random.pick(others)
      return guarded(
        attribute, other.isOptional ? [other.path] : [], .text("contains \(other.path)"))
    }
    return guarded(
      attribute, [], .parts(["contains ", constants(element, order, allowsOne: true)]))
  }

  private func matches(_ one: GeneratedType, _ other: GeneratedType) -> Bool {
    if one.isText { return other.isText }
    if one.isNumber { return other.isNumber }
    return one == other
  }

  private mutating func sign() -> String { random.pick(["==", "!=", "<", "<=", ">", ">="]) }

  /// What is asked of a scalar or a text, and the optional attributes on the right.
  private mutating func operation(
    on attribute: GeneratedScope.Attribute, _ scope: GeneratedScope, _ order: SourceTree.Order
  ) -> (SourceTree, guards: [String]) {
    let type = attribute.type
    if random.chance(1, in: 7) {
      let others = scope.attributes.filter {
        matches($0.type, type) && $0.path != attribute.path && !$0.isPart
      }
      if !others.isEmpty {
        let other = random.pick(others)
        let word =
          type == .bool
          ? random.pick(["==", "!="])
          : type.isText
            ? random.pick(["==", "!=", "contains", "starts with", "ends with"]) : sign()
        return (.text("\(word) \(other.path)"), other.isOptional ? [other.path] : [])
      }
    }
    if random.chance(1, in: 10) {
      let lists = scope.attributes.filter { list in
        if case .list(let element) = list.type { matches(element, type) } else { false }
      }
      if !lists.isEmpty {
        let list = random.pick(lists)
        return (.text("in \(list.path)"), list.isOptional ? [list.path] : [])
      }
    }
    switch type {
    case .bool: return (.text(random.pick(["", "== true", "!= true", "== false"])), [])
    case _ where type.isText: return (textOperation(type, order), [])
    case .time where random.chance(1, in: 5):
      return (.text("within \(random.pick(["24 hours", "1 days", "30 minutes"]))"), [])
    default: break
    }
    switch random.below(4) {
    case 0: return (.parts(["in ", constants(type, order, allowsOne: false)]), [])
    case 1:
      let ends = [constant(type), constant(type)]
      return (.text("in " + ordered(ends, type).joined(separator: "..")), [])
    default: return (.text("\(sign()) \(constant(type))"), [])
    }
  }

  private mutating func textOperation(
    _ type: GeneratedType, _ order: SourceTree.Order
  ) -> SourceTree {
    let folds = random.chance(1, in: 4) ? " ignoring case" : ""
    if type == .path || type == .host || type == .url, random.chance(1, in: 2) {
      return placeTest(type, order)
    }
    switch random.below(8) {
    case 0, 1: return .text("\(random.pick(["==", "!="])) \(constant(type))")
    case 2: return .parts(["in ", constants(type, order, allowsOne: false)])
    case 3:
      let globs = (type == .path ? Vocabulary.pathGlobs : Vocabulary.globs).map(quoted)
      return .parts(["like ", terms(globs, order), .text(folds)])
    case 4:
      let expressions = Vocabulary.expressions.map { "/\($0)/\(random.pick(["", "i", "s"]))" }
      return .parts(["matches ", terms(expressions, order), .text(folds)])
    case 5: return .parts(["mentions ", terms(Vocabulary.mentions.map(quoted), order)])
    default:
      let word = random.pick(["contains", "starts with", "ends with"])
      let lets = (0...package).flatMap { owner in termLets[owner].map { (owner, $0) } }
      if !lets.isEmpty, random.chance(1, in: 4) {
        let (owner, name) = random.pick(lets)
        return .text("\(word) \(reference(name, of: owner))\(folds)")
      }
      return .parts([
        .text(word), " ", terms(Vocabulary.texts.filter { !$0.isEmpty }.map(quoted), order),
        .text(folds),
      ])
    }
  }

  /// `within` or `outside` of directories or domains.
  mutating func placeTest(
    _ type: GeneratedType, _ order: SourceTree.Order
  ) -> SourceTree {
    var places = (type == .path ? Vocabulary.directories : Vocabulary.domains).map(quoted)
    if type == .path { places += ["cwd", "project", "cwd", "project"] }
    return .parts([.text(random.pick(["within ", "outside "])), terms(places, order)])
  }

  /// One term or a list of them.
  mutating func terms(_ terms: [String], _ order: SourceTree.Order) -> SourceTree {
    guard random.chance(1, in: 2) else { return .text(random.pick(terms)) }
    return .parts([
      "[", .commas(random.some(terms, least: 1, most: 4).map { .text($0) }, order: order), "]",
    ])
  }

  private mutating func constants(
    _ type: GeneratedType, _ order: SourceTree.Order, allowsOne: Bool
  ) -> SourceTree {
    if allowsOne, random.chance(1, in: 2) { return .text(constant(type)) }
    let values = (0..<(1 + random.below(3))).map { _ in constant(type) }
    return .parts(["[", .commas(Set(values).sorted().map { .text($0) }, order: order), "]"])
  }

  /// A constant of a type as source text.
  mutating func constant(_ type: GeneratedType) -> String {
    switch type {
    case .bool: random.pick(["true", "false"])
    case .small: random.pick(Vocabulary.numbers)
    case .int: random.pick(Vocabulary.wholeNumbers)
    case .number: random.pick(Vocabulary.decimals)
    case .text: quoted(random.pick(Vocabulary.texts))
    case .path: quoted(random.pick(Vocabulary.pathConstants))
    case .host: quoted(random.pick(Vocabulary.hostConstants))
    case .url: quoted(random.pick(Vocabulary.urls))
    case .command: quoted(random.pick(LineGenerator.operands))
    case .time: random.pick(Vocabulary.dates + Vocabulary.times)
    case .stage: random.pick(Vocabulary.words)
    case .list, .record: "[]"
    }
  }

  /// Two constants in an order in which they make a range.
  private func ordered(_ ends: [String], _ type: GeneratedType) -> [String] {
    switch type {
    case .stage:
      return ends.sorted {
        (Vocabulary.words.firstIndex(of: $0) ?? 0) < (Vocabulary.words.firstIndex(of: $1) ?? 0)
      }
    case .time:
      // The offset of one of the times makes no difference of a day to any other constant here.
      return ends.sorted()
    default:
      return ends.sorted {
        (NaiveNumber.reading(json: $0) ?? .zero) < (NaiveNumber.reading(json: $1) ?? .zero)
      }
    }
  }
}
