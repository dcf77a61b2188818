import TractatusSemantics
import TractatusValues

/// What bare names mean at a place.
struct NameScope {
  /// An element that a quantifier names.
  struct Variable {
    var name: String
    var type: ValueType?
    var thing: NamedThing
  }

  var package: String
  /// The action types whose parameters are seen.
  var types: [QualifiedName] = []
  /// The elements of the quantifiers around, outermost first.
  var variables: [Variable] = []
  /// Of an earlier action: the types of the current one, whose parameters are read after `this`.
  var current: [QualifiedName] = []
}

/// What a path stands for.
struct ResolvedPath {
  /// What each of its names stands for.
  var things: [[NamedThing]]
  /// The type of the attribute; nil for what is none or is not known.
  var type: ValueType?
  var isOptional = false

  init(count: Int) { things = Array(repeating: [], count: count) }
}

extension NameTable {
  /// What conditions in a classification of a package see.
  func classificationScope(_ package: String) -> NameScope {
    var scope = NameScope(package: package)
    scope.variables = [
      NameScope.Variable(
        name: ClassificationNames.text, type: .text, thing: .builtIn("classified.text")),
      NameScope.Variable(
        name: ClassificationNames.departs, type: .bool, thing: .builtIn("classified.departs")),
      NameScope.Variable(
        name: ClassificationNames.explicitness,
        type: .number(bounds: NumberBounds(lower: .zero, upper: .one)),
        thing: .metadataKey(ClassificationNames.explicitness)),
    ]
    for (name, words) in ClassificationNames.words {
      let owner = seen(from: package).first { $0.classifications.contains(name) }
      scope.variables.append(
        NameScope.Variable(
          name: name, type: .enumeration(Enumeration(name: name, values: words)),
          thing: owner.map { .classification(QualifiedName(package: $0.name, name: name)) }
            ?? .metadataKey(name)))
    }
    return scope
  }

  /// What a path means where an attribute or a value may stand.
  func resolve(_ names: [String], _ scope: NameScope) -> ResolvedPath {
    var result = ResolvedPath(count: names.count)
    guard let first = names.first else { return result }
    if let variable = scope.variables.last(where: { $0.name == first }) {
      result.things[0] = [variable.thing]
      follow(variable.type, names, from: 1, &result)
    } else if BuiltInNames.roots[first] != nil {
      resolveRoot(names, scope, &result)
    } else if !resolveParameter(names, scope, &result) {
      resolveValue(names, scope, &result)
    }
    return result
  }

  private func resolveParameter(
    _ names: [String], _ scope: NameScope, _ result: inout ResolvedPath
  ) -> Bool {
    var type: ValueType?
    var isOptional = false
    for owner in scope.types {
      guard let parameter = actionTypes[owner]?.parameters.first(where: { $0.name == names[0] })
      else {
        if sites[.parameter(owner, names[0])] != nil {
          result.things[0].append(.parameter(owner, names[0]))
        } else {
          isOptional = true
        }
        continue
      }
      result.things[0].append(.parameter(owner, names[0]))
      type = type ?? parameter.type
      isOptional = isOptional || parameter.isOptional
    }
    if result.things[0].isEmpty { return false }
    result.isOptional = isOptional
    follow(type, names, from: 1, &result)
    return true
  }

  private func resolveValue(
    _ names: [String], _ scope: NameScope, _ result: inout ResolvedPath
  ) {
    if let found = visible(names[0], .values, from: scope.package) {
      resolve(found, names, at: 0, &result)
      return
    }
    if seen(from: scope.package).contains(where: { $0.components.contains(names[0]) }) {
      result.things[0] = [.component(names[0])]
      return
    }
    for count in stride(from: names.count - 1, to: 0, by: -1) {
      guard packages[names[..<count].joined(separator: ".")] != nil,
        let found = find(Array(names[...count]), .values, from: scope.package)
      else { continue }
      let package = NamedThing.package(names[..<count].joined(separator: "."))
      for index in 0..<count { result.things[index] = [package] }
      resolve(found, names, at: count, &result)
      return
    }
  }

  /// A `let` or a threshold, of which the name stands at a place of a path.
  private func resolve(
    _ thing: NamedThing, _ names: [String], at index: Int, _ result: inout ResolvedPath
  ) {
    result.things[index] = [thing]
    guard case .threshold(let name) = thing else { return }
    if index + 1 == names.count, let threshold = thresholds[name], !threshold.levels.isEmpty {
      result.type = .enumeration(
        Enumeration(name: name.text, values: threshold.levels.map(\.name)))
    } else if index + 2 == names.count, names[index + 1] == "score" {
      result.things[index + 1] = [.builtIn("threshold.score")]
      result.type = .number(bounds: NumberBounds(lower: .zero, upper: .one))
    }
  }

  private func resolveRoot(
    _ names: [String], _ scope: NameScope, _ result: inout ResolvedPath
  ) {
    let root = names[0]
    result.things[0] = [.builtIn(root)]
    switch root {
    case "facts":
      for count in stride(from: names.count, to: 1, by: -1) {
        let name = names[1..<count].joined(separator: ".")
        guard sites[.fact(name)] != nil else { continue }
        for index in 1..<count { result.things[index] = [.fact(name)] }
        result.isOptional = facts[name]?.isOptional ?? false
        follow(facts[name]?.type, names, from: count, &result)
        return
      }
    case "components":
      if names.count > 1, sites[.component(names[1])] != nil {
        result.things[1] = [.component(names[1])]
      }
    default:
      guard names.count > 1 else {
        result.type = BuiltInNames.attributes[root]?.type
        return
      }
      let name = root + "." + names[1]
      if root == "scores" {
        result.things[1] = [.builtIn("scores")]
        result.type = .number(bounds: NumberBounds(lower: .zero, upper: .one))
      } else if let attribute = BuiltInNames.attributes[name] {
        result.things[1] = [.builtIn(name)]
        result.isOptional = attribute.isOptional
        result.type = attribute.type
      }
    }
  }

  /// Follows the names from a place on into records and URLs.
  private func follow(
    _ type: ValueType?, _ names: [String], from start: Int, _ result: inout ResolvedPath
  ) {
    var type = type
    for index in start..<max(start, names.count) {
      switch type {
      case .record(let fields)?:
        guard let field = fields.first(where: { $0.name == names[index] }) else { return }
        result.things[index] = [.field(field.name)]
        result.isOptional = result.isOptional || field.isOptional
        type = field.type
      case .url?:
        guard let part = BuiltInNames.urlParts[names[index]] else { return }
        result.things[index] = [.builtIn("url." + names[index])]
        result.isOptional = result.isOptional || names[index] == "port"
        type = part
      default: return
      }
    }
    result.type = type
  }
}
