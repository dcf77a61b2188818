import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// A node, by its number in its tree.
typealias NodePlace = NodeID

/// What one package declares.
struct PackageNames {
  var name: String
  /// Packages that it uses, ascending.
  var uses: [String] = []
  var types: Set<String> = []
  var actions: Set<String> = []
  var rules: Set<String> = []
  var thresholds: Set<String> = []
  var constants: Set<String> = []
  var facts: Set<String> = []
  var components: Set<String> = []
  var classifications: Set<String> = []
}

/// What the files of a policy declare, and where: from the trees, so that it stands also where the
/// policy does not compile; types of parameters and facts are those that checking found.
final class NameTable {
  let files: [ParsedFile]
  let policy: CheckedPolicy
  /// The package of each file; empty where it names none.
  private(set) var packageOfFile: [String] = []
  private(set) var packages: [String: PackageNames] = [:]
  private(set) var sites: [NamedThing: [DeclarationSite]] = [:]
  private(set) var actionTypes: [QualifiedName: ActionType] = [:]
  private(set) var facts: [String: Fact] = [:]
  private(set) var thresholds: [QualifiedName: Threshold] = [:]
  private(set) var valueTypes: [QualifiedName: NamedShape] = [:]
  private var usesOfFile: [Int: [NameUse]] = [:]

  /// A declared type, as far as it is known without checking.
  struct NamedShape {
    var file: Int
    var view: TypeView
  }

  init(files: [ParsedFile], policy: CheckedPolicy) {
    (self.files, self.policy) = (files, policy)
    for type in policy.actionTypes { actionTypes[type.name] = type }
    for fact in policy.facts { facts[fact.name] = fact }
    for threshold in policy.thresholds { thresholds[threshold.name] = threshold }
    for index in files.indices { declare(index) }
  }

  // MARK: Declarations

  private func declare(_ index: Int) {
    let tree = files[index].tree
    let view = FileView(tree, tree.root)
    let name = view?.policy?.path?.joined ?? ""
    packageOfFile.append(name)
    var names = packages[name] ?? PackageNames(name: name)
    if let path = view?.policy?.path, let policy = view?.policy {
      add(.package(name), index, policy.id, path.span)
    }
    for node in tree.children(of: tree.root) {
      guard let declaration = DeclarationView(tree, node) else { continue }
      declare(declaration, index, &names)
    }
    packages[name] = names
  }

  private func add(_ thing: NamedThing, _ file: Int, _ node: NodeID, _ span: SourceSpan) {
    sites[thing, default: []].append(
      DeclarationSite(file: file, node: node, start: span.start, end: span.end))
  }

  private func declare(_ view: DeclarationView, _ file: Int, _ names: inout PackageNames) {
    let tree = files[file].tree
    func qualified(_ token: TokenID) -> QualifiedName {
      QualifiedName(package: names.name, name: tree.name(of: token))
    }
    switch view {
    case .use(let view):
      if let path = view.path, !names.uses.contains(path.joined) {
        names.uses.append(path.joined)
        names.uses.sort()
      }
    case .constant(let view):
      guard let token = view.name else { return }
      names.constants.insert(tree.name(of: token))
      add(.constant(qualified(token)), file, view.id, tree.span(of: token))
    case .type(let view):
      guard let token = view.name else { return }
      let name = qualified(token)
      names.types.insert(name.name)
      valueTypes[name] = NamedShape(file: file, view: view)
      add(.valueType(name), file, view.id, tree.span(of: token))
      if case .enumeration(let shape)? = view.shape {
        for word in shape.names {
          add(.word(name.text, tree.name(of: word)), file, view.id, tree.span(of: word))
        }
      }
    case .fact(let view):
      guard let path = view.path else { return }
      names.facts.insert(path.joined)
      add(.fact(path.joined), file, view.id, path.span)
    case .action(let view): declare(view, file, &names)
    case .rule(let view):
      guard let token = view.name else { return }
      names.rules.insert(tree.name(of: token))
      add(.policyRule(qualified(token)), file, view.id, tree.span(of: token))
    case .threshold(let view): declare(view, file, &names)
    case .monitor(let view):
      for component in view.components {
        guard let token = component.name else { continue }
        names.components.insert(tree.name(of: token))
        add(.component(tree.name(of: token)), file, component.id, tree.span(of: token))
      }
    case .program(let view):
      for token in view.names {
        let name = tree[token].isString ? tree.string(of: token) : tree.name(of: token)
        add(.program(name), file, view.id, tree.span(of: token))
      }
    case .classification(let view):
      guard let token = view.name else { return }
      names.classifications.insert(tree.name(of: token))
      add(.classification(qualified(token)), file, view.id, tree.span(of: token))
    case .reading(let view):
      guard let token = view.name else { return }
      add(.reading(qualified(token)), file, view.id, tree.span(of: token))
    case .otherwise, .waive, .test, .prove: break
    }
  }

  private func declare(_ view: ActionView, _ file: Int, _ names: inout PackageNames) {
    let tree = files[file].tree
    guard let path = view.path, path.segments.count == 1, let token = path.segments.first else {
      return
    }
    let name = QualifiedName(package: names.name, name: tree.name(of: token))
    names.actions.insert(name.name)
    add(.actionType(name), file, view.id, tree.span(of: token))
    for field in view.fields {
      guard let token = field.name else { continue }
      add(.parameter(name, tree.name(of: token)), file, field.id, tree.span(of: token))
    }
  }

  private func declare(_ view: ThresholdView, _ file: Int, _ names: inout PackageNames) {
    let tree = files[file].tree
    guard let token = view.name else { return }
    let name = QualifiedName(package: names.name, name: tree.name(of: token))
    names.thresholds.insert(name.name)
    add(.threshold(name), file, view.id, tree.span(of: token))
    for level in view.levels {
      guard let token = level.name else { continue }
      add(.level(name, tree.name(of: token)), file, level.id, tree.span(of: token))
    }
    for factor in view.factors {
      guard let token = factor.name else { continue }
      add(.factor(name, tree.name(of: token)), file, factor.id, tree.span(of: token))
    }
  }

  // MARK: Looking up

  /// A kind of names of which each package has a table.
  enum Space: CaseIterable {
    case types, actions, rules, values
  }

  /// What a package itself declares under a name.
  private func own(_ name: String, _ space: Space, _ package: String) -> NamedThing? {
    guard let names = packages[package] else { return nil }
    let full = QualifiedName(package: package, name: name)
    switch space {
    case .types: return names.types.contains(name) ? .valueType(full) : nil
    case .actions: return names.actions.contains(name) ? .actionType(full) : nil
    case .rules:
      if names.rules.contains(name) { return .policyRule(full) }
      return names.thresholds.contains(name) ? .threshold(full) : nil
    case .values:
      if names.constants.contains(name) { return .constant(full) }
      return names.thresholds.contains(name) ? .threshold(full) : nil
    }
  }

  /// What a single name stands for in a package and those that it uses; nil where in none or, of
  /// the used ones, in several.
  func visible(_ name: String, _ space: Space, from package: String) -> NamedThing? {
    if let found = own(name, space, package) { return found }
    var found: NamedThing?
    for used in packages[package]?.uses ?? [] where used != package {
      guard let thing = own(name, space, used) else { continue }
      if found != nil { return nil }
      found = thing
    }
    if found == nil, space == .actions, name == "unmapped" {
      return .actionType(QualifiedName(package: "", name: name))
    }
    if found == nil, space == .types, BuiltInNames.types.keys.contains(name) {
      return .valueType(QualifiedName(package: "", name: name))
    }
    return found
  }

  /// What a name, with dots or without, stands for.
  func find(_ names: [String], _ space: Space, from package: String) -> NamedThing? {
    guard let name = names.last else { return nil }
    guard names.count > 1 else { return visible(name, space, from: package) }
    let owner = names.dropLast().joined(separator: ".")
    guard owner == package || packages[package]?.uses.contains(owner) ?? false else { return nil }
    return own(name, space, owner)
  }

  /// The packages whose names a package may write alone: itself first.
  func seen(from package: String) -> [PackageNames] {
    let names = [package] + (packages[package]?.uses ?? []).filter { $0 != package }
    return names.compactMap { packages[$0] }
  }

  /// Every name of a file with what it stands for, in the order of the file.
  func uses(ofFile index: Int) -> [NameUse] {
    if let known = usesOfFile[index] { return known }
    var walk = NameWalk(self, file: index)
    walk.run()
    usesOfFile[index] = walk.uses
    return walk.uses
  }

  /// The use that an offset lies in or directly after.
  func use(at offset: Int, inFile index: Int) -> NameUse? {
    let uses = uses(ofFile: index)
    return uses.first { Int($0.start) <= offset && offset < Int($0.end) }
      ?? uses.first { Int($0.end) == offset }
  }
}
