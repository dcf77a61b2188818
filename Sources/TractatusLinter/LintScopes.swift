import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// Finds the types of attributes as a condition names them.
///
/// Only what is certain has a type here: a parameter of the action types that the declaration is
/// about, a fact, a root, a part of a URL, an element of a list.
struct LintScopes {
  /// An attribute: its type, and whether a call may lack it.
  struct Attribute {
    var type: ValueType
    var isOptional: Bool
  }

  private let policy: CheckedPolicy
  private var facts: [String: Fact] = [:]
  private var types: [String: [ActionType]] = [:]

  init(_ run: LintRun) {
    policy = run.policy
    for fact in policy.facts { facts[fact.name] = fact }
    for type in policy.actionTypes {
      types[type.name.name, default: []].append(type)
      if !type.name.package.isEmpty { types[type.name.text, default: []].append(type) }
    }
  }

  /// The action types that a name stands for in a package; several only where that is not certain.
  func actionTypes(named path: PathView, in package: String) -> [ActionType] {
    let found = types[path.joined] ?? []
    let own = found.filter { $0.name.package == package }
    return own.isEmpty ? found : own
  }

  /// The action types whose parameters a node's conditions name; nil where that is not certain.
  func actionTypes(around node: NodeID, _ file: LintFile) -> [ActionType]? {
    let tree = file.tree
    if let source = file.enclosing(node, .actionSource) {
      return ActionSourceView(tree, source)?.path.map {
        actionTypes(named: $0, in: file.package)
      }
    }
    let declaration = file.declaration(of: node)
    let claim = file.enclosing(node, .claim)
    let types: TypesView?
    switch DeclarationView(tree, declaration) {
    case .rule(let view): types = view.on?.types
    case .threshold(let view): types = view.on?.types
    case .constant(let view): types = view.types
    case .waive(let view): types = view.types
    case .prove: types = claim.flatMap { ClaimView(tree, $0)?.types }
    default: types = nil
    }
    guard let types, !types.isAny else { return nil }
    return types.paths.flatMap { actionTypes(named: $0, in: file.package) }
  }

  /// What the attribute is that a condition names; nil where that is not certain.
  func attribute(_ path: PathView, _ file: LintFile) -> Attribute? {
    let names = path.names
    guard let first = names.first else { return nil }
    if let root = root(names) { return root }
    if let element = element(first, around: path, file) {
      return field(names.dropFirst(), of: Attribute(type: element, isOptional: false))
    }
    guard let types = actionTypes(around: path.id, file), !types.isEmpty else { return nil }
    var found: Attribute?
    var missing = false
    for type in types {
      guard let parameter = type.parameters.first(where: { $0.name == first }) else {
        missing = true
        continue
      }
      if let known = found, known.type != parameter.type { return nil }
      found = Attribute(
        type: parameter.type, isOptional: parameter.isOptional || found?.isOptional ?? false)
    }
    guard var found else { return nil }
    if missing { found.isOptional = true }
    return field(names.dropFirst(), of: found)
  }

  private func root(_ names: [String]) -> Attribute? {
    switch names[0] {
    case "description" where names.count == 1: return Attribute(type: .text, isOptional: false)
    case "action" where names == ["action", "type"]:
      return Attribute(type: .text, isOptional: false)
    case "action", "actor": return Attribute(type: .text, isOptional: true)
    case "cwd", "project": return Attribute(type: .path, isOptional: false)
    case "session": return Attribute(type: .int(bounds: NumberBounds()), isOptional: false)
    case "scores": return Attribute(type: .number(bounds: NumberBounds()), isOptional: false)
    case "facts":
      for count in stride(from: names.count, to: 1, by: -1) {
        guard let fact = facts[names[1..<count].joined(separator: ".")] else { continue }
        return field(
          names[count...], of: Attribute(type: fact.type, isOptional: fact.isOptional))
      }
      return nil
    default: return nil
    }
  }

  /// The type of the elements that a name stands for under a quantifier; nil where it is none.
  private func element(_ name: String, around path: PathView, _ file: LintFile) -> ValueType? {
    var node = path.tree.parent(of: path.id)
    while let current = node {
      if let view = QuantifiedConditionView(path.tree, current), view.path?.id != path.id,
        let token = view.name, path.tree.name(of: token) == name, let list = view.path
      {
        switch attribute(list, file)?.type {
        case .list(let element): return element
        case .command: return .command
        default: return nil
        }
      }
      node = path.tree.parent(of: current)
    }
    return nil
  }

  private func field(_ names: ArraySlice<String>, of attribute: Attribute) -> Attribute? {
    guard let name = names.first else { return attribute }
    let isOptional = attribute.isOptional
    switch attribute.type {
    case .record(let fields):
      guard let field = fields.first(where: { $0.name == name }) else { return nil }
      return self.field(
        names.dropFirst(),
        of: Attribute(type: field.type, isOptional: isOptional || field.isOptional))
    case .url:
      switch name {
      case "host": return Attribute(type: .host, isOptional: isOptional)
      case "scheme": return Attribute(type: .text, isOptional: isOptional)
      case "port": return Attribute(type: .int(bounds: NumberBounds()), isOptional: true)
      default: return nil
      }
    default: return nil
    }
  }
}
