import TractatusSource
import TractatusSyntax

/// Names with dots between them, and where they stand.
struct NamePath {
  var names: [String]
  var span: SourceSpan
  /// The span of each name; empty where it is not known.
  var spans: [SourceSpan]

  init(_ view: PathView) {
    let segments = view.segments
    names = segments.map { view.tree.name(of: $0) }
    span = view.span
    spans = segments.map { view.tree.span(of: $0) }
  }

  init(names: [String], span: SourceSpan) {
    self.names = names
    self.span = span
    spans = []
  }

  var joined: String { names.count == 1 ? names[0] : names.joined(separator: ".") }
  var first: String { names.first ?? "" }
  /// The span of one name, or of the whole.
  func span(of index: Int) -> SourceSpan { index < spans.count ? spans[index] : span }
}

/// What a name was found to be.
enum Found {
  case symbol(SymbolReference)
  /// Several used packages have it.
  case ambiguous([Int])
  /// A loaded package has it that is not used here.
  case unused(Int)
  case nothing
}

extension Checker {
  /// Looks a name up: a single one in the package and those that it uses, `a.b.name` there.
  func find(_ names: some Collection<String>, _ space: Namespace, from package: Int) -> Found {
    guard let name = names.first else { return .nothing }
    if names.count > 1 { return findQualified(Array(names), space, from: package) }
    let found = findVisible(name, space, from: package)
    guard case .nothing = found else { return found }
    let other = packages.indices.first { packages[$0].tables[space.rawValue][name] != nil }
    return other.map { .unused($0) } ?? .nothing
  }

  /// Looks a single name up where it is seen: in the package and those that it uses.
  func findVisible(_ name: String, _ space: Namespace, from package: Int) -> Found {
    if let own = packages[package].tables[space.rawValue][name] { return .symbol(own) }
    var found: (owner: Int, symbol: SymbolReference)?
    for used in packages[package].uses {
      guard let symbol = packages[used].tables[space.rawValue][name] else { continue }
      if found != nil {
        return .ambiguous(
          packages[package].uses.filter { packages[$0].tables[space.rawValue][name] != nil })
      }
      found = (used, symbol)
    }
    if let found { return .symbol(found.symbol) }
    if space == .actions, name == "unmapped", let unmapped { return .symbol(.own(unmapped)) }
    return .nothing
  }

  private func findQualified(_ names: [String], _ space: Namespace, from package: Int) -> Found {
    let owner = names.dropLast().joined(separator: ".")
    guard let name = names.last, let number = packageNumbers[owner],
      let symbol = packages[number].tables[space.rawValue][name]
    else { return .nothing }
    if number == package || packages[package].uses.contains(number) { return .symbol(symbol) }
    return .unused(number)
  }

  /// What a name stands for, or nil after saying why it stands for nothing.
  func resolve(
    _ path: NamePath, _ space: Namespace, from package: Int, code: DiagnosticCode
  ) -> SymbolReference? {
    switch find(path.names, space, from: package) {
    case .symbol(let symbol): return symbol
    case .ambiguous(let owners): reportAmbiguous(path, owners)
    case .unused(let owner): reportUnused(path, space, owner)
    case .nothing:
      let near =
        (space == .types ? Self.borrowedType(path.joined) : nil)
        ?? near(to: path.joined, among: visibleNames(space, from: package))
      report(
        code, "there is no \(space.noun) `\(path.joined)`" + suggestion(near), at: path.span,
        fixIts: fixIt(near, at: path.span))
    }
    return nil
  }

  /// The type that other languages call so.
  private static func borrowedType(_ name: String) -> String? {
    switch name.lowercased() {
    case "string", "str", "varchar", "char": "text"
    case "integer", "long", "uint", "int32", "int64": "int"
    case "boolean": "bool"
    case "float", "double", "decimal", "real": "number"
    case "date", "datetime", "timestamp", "instant": "time"
    case "file", "filename", "filepath", "directory", "folder": "path"
    case "uri", "link": "url"
    case "hostname", "domain", "ip": "host"
    default: nil
    }
  }

  /// Says that several used packages have a name.
  func reportAmbiguous(_ path: NamePath, _ owners: [Int]) {
    let names = owners.map { packages[$0].name + "." + path.joined }
    report(
      .ambiguousName,
      "`\(path.joined)` is declared in several used packages; write which one is meant",
      at: path.span,
      fixIts: names.map { FixIt("write `\($0)`", replacing: path.span, with: $0) })
  }

  /// Says that a name belongs to a package that is not used.
  func reportUnused(_ path: NamePath, _ space: Namespace, _ owner: Int) {
    report(
      .packageNotUsed,
      "\(space.noun) `\(path.names.last ?? "")` belongs to package `\(packages[owner].name)`, "
        + "which this package does not use",
      at: path.span, notes: ["Add `use \(packages[owner].name)` after `policy`."])
  }

  /// The names of a kind that a package may write alone, and `unmapped`.
  func visibleNames(_ space: Namespace, from package: Int) -> [String] {
    var names = Array(packages[package].tables[space.rawValue].keys)
    for used in packages[package].uses { names += packages[used].tables[space.rawValue].keys }
    if space == .actions { names.append("unmapped") }
    if space == .types { names += builtInTypeNames }
    return names
  }

  /// The numbers of the action types after `on`, ascending, each once; nil for `any`, and an empty
  /// list when none is known.
  func resolveTypes(_ view: TypesView, from package: Int) -> [Int]? {
    if view.isAny { return nil }
    var numbers: [Int: SourceSpan] = [:]
    for path in view.paths {
      let names = NamePath(path)
      guard
        case .own(let number) = resolve(names, .actions, from: package, code: .undeclaredActionType)
      else { continue }
      if let first = numbers[number] {
        report(
          .repeatedEntry, "`\(names.joined)` is listed twice", at: names.span,
          secondary: [LabelledSpan(first, "listed here already")])
      } else {
        numbers[number] = names.span
      }
    }
    return numbers.keys.sorted()
  }
}
