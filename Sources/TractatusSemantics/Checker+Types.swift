import TractatusSource
import TractatusSyntax
import TractatusValues

/// Limits of what is declared, so that everything after can recurse.
enum DeclarationLimits {
  /// Names in a name with dots.
  static let nameParts = 64
  /// Levels of nesting of a type.
  static let typeDepth = 64
  /// Types inside a type.
  static let typeSize = 10_000
  /// Named conditions and constants that stand for one another.
  static let letDepth = 64
  /// Levels of nesting of a condition, named ones written out.
  static let conditionDepth = 256
  /// Tests, connectives and values of a condition, named ones written out.
  static let conditionSize = 100_000
  /// Words of all programs, those in a declaration's braces once for each of its names.
  static let programParts = 1_000_000
  /// Operands of a factor.
  static let factorOperands = 64
}

extension Checker {
  /// The names of the built-in types.
  var builtInTypeNames: [String] {
    ["bool", "int", "number", "text", "time", "command", "path", "url", "host"]
  }

  /// The built-in type of a name.
  func builtInType(_ name: String) -> ValueType? {
    switch name {
    case "bool": .bool
    case "int": .int(bounds: NumberBounds())
    case "number": .number(bounds: NumberBounds())
    case "text": .text
    case "time": .time(bounds: TimeBounds())
    case "command": .command
    case "path": .path
    case "url": .url
    case "host": .host
    default: nil
    }
  }

  /// Resolves every `type`, each after those that it names.
  func resolveTypes() {
    let topology = Topology(types.map { typeDependencies($0) })
    for cycle in topology.cycles {
      reportCycle(cycle.map { (types[$0].name, types[$0].span) }, "types are made of each other")
    }
    for number in topology.order {
      guard let shape = types[number].view.shape else { continue }
      var type = resolve(shape, package: types[number].package)
      if case .enumeration(var words) = type, case .enumeration = shape {
        words.name = packages[types[number].package].name + "." + types[number].name
        type = .enumeration(words)
      }
      types[number].type = type
    }
  }

  private func typeDependencies(_ symbol: TypeSymbol) -> [Int] {
    let tree = symbol.view.tree
    var needed: Set<Int> = []
    for path in paths(in: symbol.view.id, of: tree) {
      if case .symbol(.own(let number)) = find(path.names, .types, from: symbol.package) {
        needed.insert(number)
      }
    }
    return needed.sorted()
  }

  /// Every path below a node.
  func paths(in node: NodeID, of tree: SyntaxTree) -> [PathView] {
    var found: [PathView] = []
    var work = [node]
    while let next = work.popLast() {
      if let path = PathView(tree, next) {
        found.append(path)
      } else {
        work += tree.children(of: next).reversed()
      }
    }
    return found
  }

  /// Reports a circle of declarations at its first member.
  func reportCycle(_ members: [(name: String, span: SourceSpan)], _ message: String) {
    guard let first = members.first else { return }
    let names = (members.map(\.name) + [first.name]).map { "`\($0)`" }.joined(separator: " → ")
    report(
      .cyclicDefinition, "\(message) in a circle: \(names)", at: first.span,
      secondary: members.dropFirst().map { LabelledSpan($0.span, "`\($0.name)`") })
  }

  /// What a shape stands for, or nil after a diagnostic.
  func resolve(_ shape: ShapeView, package: Int) -> ValueType? {
    switch shape {
    case .enumeration(let view): return resolve(view)
    case .list(let view):
      guard let element = view.element, let type = resolve(element, package: package) else {
        return nil
      }
      return limited(.list(type), at: view.span)
    case .record(let view):
      return resolve(view, package: package).flatMap { limited(.record($0), at: view.span) }
    case .named(let view): return resolve(view, package: package)
    }
  }

  private func limited(_ type: ValueType, at span: SourceSpan) -> ValueType? {
    let (size, depth) = type.measure
    guard size <= DeclarationLimits.typeSize, depth <= DeclarationLimits.typeDepth else {
      report(
        .typeTooLarge,
        "this type has more than \(DeclarationLimits.typeSize) parts or "
          + "\(DeclarationLimits.typeDepth) levels",
        at: span)
      return nil
    }
    return type
  }

  private func resolve(_ view: EnumerationShapeView) -> ValueType? {
    var seen = SeenNames()
    var words: [String] = []
    for token in view.names {
      let name = view.tree.name(of: token)
      if noteRepeated(name, at: view.tree.span(of: token), in: &seen) { words.append(name) }
    }
    return words.isEmpty ? nil : .enumeration(Enumeration(name: "", values: words))
  }

  private func resolve(_ view: RecordShapeView, package: Int) -> [RecordField]? {
    var seen = SeenNames()
    var fields: [RecordField] = []
    var isComplete = true
    for field in view.fields {
      guard let token = field.name else { continue }
      let name = field.tree.name(of: token)
      guard noteRepeated(name, at: field.tree.span(of: token), in: &seen) else { continue }
      guard let shape = field.shape, let type = resolve(shape, package: package) else {
        isComplete = false
        continue
      }
      fields.append(RecordField(name: name, type: type, isOptional: field.isOptional))
    }
    return isComplete ? fields.sorted { $0.name < $1.name } : nil
  }

  /// Notes a name; false after reporting that it stands there already.
  func noteRepeated(
    _ name: String, at span: SourceSpan, in seen: inout SeenNames
  ) -> Bool {
    if let first = seen[name] {
      report(
        .repeatedEntry, "`\(name)` stands here twice", at: span,
        secondary: [LabelledSpan(first, "the first one")])
      return false
    }
    seen.add(name, at: span)
    return true
  }

  private func resolve(_ view: NamedShapeView, package: Int) -> ValueType? {
    guard let path = view.path, !path.names.isEmpty else { return nil }
    let names = NamePath(path)
    var type: ValueType?
    if names.names.count == 1, let builtIn = builtInType(names.first) {
      type = builtIn
    } else if case .own(let number) = resolve(names, .types, from: package, code: .unknownType) {
      type = types[number].type
    }
    guard let type, view.bounds.count == 2 else { return type }
    return bounded(type, view.bounds, at: view.span)
  }

  /// A type with bounds of its own, which lie within those that it has.
  private func bounded(
    _ type: ValueType, _ bounds: [BoundView], at span: SourceSpan
  ) -> ValueType? {
    guard let scale = type.scale, type != .bool else {
      report(
        .wrongBounds, "only numbers and times have bounds, and this is \(type.described)", at: span)
      return nil
    }
    if case .enumeration = type {
      report(.wrongBounds, "only numbers and times have bounds, not a list of words", at: span)
      return nil
    }
    guard let lower = ordinals(of: bounds[0], type), let upper = ordinals(of: bounds[1], type)
    else {
      return nil
    }
    guard lower.lower <= upper.upper else {
      report(.emptyRange, "no value lies in this range, because it ends before it begins", at: span)
      return nil
    }
    let old = type.boundOrdinals ?? scale
    guard lower.lower >= old.lower, upper.upper <= old.upper else {
      report(
        .wrongBounds, "these bounds reach beyond those of the type that they narrow", at: span)
      return nil
    }
    return type.bounded(lower.lower, upper.upper)
  }

  private func ordinals(of bound: BoundView, _ type: ValueType) -> OrdinalRange? {
    guard let token = bound.token else { return nil }
    let tree = bound.tree
    switch (tree[token].kind, type) {
    case (.number, .int), (.number, .number), (.percent, .number):
      guard let number = decimal(token, tree, isNegative: bound.isNegative) else { return nil }
      if case .int = type, !number.isIntegral {
        report(.wrongBounds, "the bounds of an integer are integers", at: bound.span)
        return nil
      }
      return OrdinalRange(number.raw, number.raw)
    case (.date, .time), (.time, .time): return instants(token, tree)
    default:
      report(
        .wrongBounds,
        "a bound of \(type.described) is one itself, and this is "
          + tree[token].kind.described, at: bound.span)
      return nil
    }
  }
}

extension ValueType {
  /// The ordinals that the bounds of the type leave; nil without bounds.
  var boundOrdinals: OrdinalRange? {
    guard let scale else { return nil }
    switch self {
    case .int(let bounds), .number(let bounds):
      return OrdinalRange(bounds.lower?.raw ?? scale.lower, bounds.upper?.raw ?? scale.upper)
    case .time(let bounds):
      return OrdinalRange(
        bounds.lower?.ordinal ?? scale.lower, bounds.upper?.ordinal ?? scale.upper)
    default: return nil
    }
  }

  /// The type with both bounds.
  func bounded(_ lower: Ordinal, _ upper: Ordinal) -> ValueType {
    let numbers = NumberBounds(lower: Decimal(raw: lower), upper: Decimal(raw: upper))
    switch self {
    case .int: return .int(bounds: numbers)
    case .number: return .number(bounds: numbers)
    case .time:
      return .time(
        bounds: TimeBounds(lower: Instant(ordinal: lower), upper: Instant(ordinal: upper)))
    default: return self
    }
  }
}
