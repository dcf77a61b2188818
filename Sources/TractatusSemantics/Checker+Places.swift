import TractatusSource
import TractatusSyntax

/// What the places of a test are.
enum PlaceKind {
  case directory, domain
}

extension Checker {
  /// `within` and `outside` of a path, a URL or a host, or nil after a diagnostic.
  func place(_ view: PlaceTestView, _ left: Attribute, _ scope: Scope) -> CheckedTest? {
    let kind: PlaceKind
    switch left.operand.type {
    case .path: kind = .directory
    case .host, .url: kind = .domain
    case .command:
      report(
        .wrongOperator,
        "`\(left.name)` is a command, and places are of what it does: `\(left.name) writes "
          + "\(view.isOutside ? "outside" : "within") …`", at: view.span)
      return nil
    default:
      report(
        .wrongOperator,
        "`\(left.name)` is \(left.operand.type.described), and only paths, URLs and hosts lie in "
          + "places", at: view.span)
      return nil
    }
    return places(view, kind, scope).map { CheckedTest(.place($0)) }
  }

  /// The places of a test, each once; nil after a diagnostic.
  func places(_ view: PlaceTestView, _ kind: PlaceKind, _ scope: Scope) -> PlaceTest? {
    guard let value = view.places else { return nil }
    guard let found = places(value, kind, scope, isElement: false) else { return nil }
    guard !found.isEmpty else {
      report(.emptyTerm, "this list is empty, so no place is meant", at: span(of: value))
      return nil
    }
    return PlaceTest(isOutside: view.isOutside, places: Place.sortedUnique(found))
  }

  private func places(
    _ value: ValueView, _ kind: PlaceKind, _ scope: Scope, isElement: Bool
  ) -> [Place]? {
    switch plain(value, .text, scope) {
    case .failed, .word: return nil
    case .attribute(let attribute):
      switch (attribute.operand.reference, kind) {
      case (.cwd, .directory): return [.cwd]
      case (.project, .directory): return [.project]
      default:
        report(
          .notConstant,
          kind == .directory
            ? "a place is a constant, `cwd` or `project`, and `\(attribute.name)` is an attribute"
            : "a domain is a constant, and `\(attribute.name)` is an attribute",
          at: span(of: value))
        return nil
      }
    case .literal(let literal):
      guard let token = literal.token, literal.tree[token].isString else {
        reportWrongValue(
          literal, .text,
          needed: kind == .directory
            ? "a directory, such as `\"/srv\"`," : "a domain, such as `\"acme.example\"`,")
        return nil
      }
      let text = literal.tree.string(of: token)
      guard check(text, kind, at: literal.span) else { return nil }
      return [kind == .directory ? .directory(text) : .domain(text)]
    case .list(let list, let inner, _):
      if isElement {
        let failed: RightSide<[Place]> = reportList(value)
        if case .failed = failed { return nil }
      }
      var found: [Place] = []
      var isComplete = true
      for element in list.elements {
        if let places = places(element, kind, inner, isElement: true) {
          found += places
        } else {
          isComplete = false
        }
      }
      return isComplete ? found : nil
    }
  }

  /// Whether a text names a place of a kind; reports it otherwise.
  private func check(_ text: String, _ kind: PlaceKind, at span: SourceSpan) -> Bool {
    let problem = kind == .directory ? directoryProblem(text) : domainProblem(text)
    guard let problem else { return true }
    report(
      .wrongPlace, problem.message, at: span, notes: problem.notes,
      fixIts: problem.better.map {
        [FixIt("write `\"\($0)\"`", replacing: span, with: "\"\($0)\"")]
      } ?? [])
    return false
  }

  private func directoryProblem(_ text: String) -> PlaceProblem? {
    if text.isEmpty { return PlaceProblem("no directory has an empty name") }
    if text.hasSuffix("/**") || text.hasSuffix("/*") {
      let stars = text.hasSuffix("/**") ? 3 : 2
      return PlaceProblem(
        "a place is a directory with all that is below it, and no pattern",
        better: text.utf8.count > stars ? String(text.dropLast(stars)) : "/")
    }
    if text.contains("*") || text.contains("?") {
      return PlaceProblem(
        "a place is a directory with all that is below it, and no pattern",
        notes: ["Patterns are tested by `like`."])
    }
    if text.hasPrefix("$HOME") {
      return PlaceProblem(
        "variables are not read in a place; the home directory is `~`",
        better: "~" + text.dropFirst(5))
    }
    if text.hasPrefix("$") { return PlaceProblem("variables are not read in a place") }
    if text.hasPrefix("~"), text != "~", !text.hasPrefix("~/") {
      return PlaceProblem("of the home directories only one's own, `~`, is known")
    }
    if text.unicodeScalars.contains(where: { $0.value == 0 }) {
      return PlaceProblem("no path has a NUL in it")
    }
    guard !text.hasPrefix("/") else { return nil }
    var depth = 0
    for part in text.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 {
        return PlaceProblem(
          "a place that is not absolute lies below `project`, and this leaves it")
      }
    }
    return nil
  }

  private func domainProblem(_ text: String) -> PlaceProblem? {
    if text.isEmpty { return PlaceProblem("no domain has an empty name") }
    if text.hasPrefix("*.") || text.hasPrefix(".") {
      return PlaceProblem(
        "a domain stands for its subdomains too",
        better: String(text.dropFirst(text.hasPrefix("*.") ? 2 : 1)))
    }
    if text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0 == "*" || $0 == "?" }) {
      return PlaceProblem(
        "a place is a domain with its subdomains, or an address, and no pattern",
        notes: ["Patterns are tested by `like`."])
    }
    if text.contains("/") || text.contains("@") {
      return PlaceProblem("a place of a URL is the domain of its host alone")
    }
    // Two colons are those of an IPv6 address.
    let colons = text.utf8.count { $0 == 0x3A }
    if colons == 1 { return PlaceProblem("a place of a host has no port") }
    return nil
  }
}

/// Why a text is no place.
private struct PlaceProblem {
  var message: String
  var better: String?
  var notes: [String]

  init(_ message: String, better: String? = nil, notes: [String] = []) {
    self.message = message
    self.better = better?.isEmpty == true ? nil : better
    self.notes = notes
  }
}

extension Place {
  /// The places in the order of their kinds and texts, each once.
  static func sortedUnique(_ places: [Place]) -> [Place] {
    var directories: [String] = []
    var domains: [String] = []
    var roots: [Place] = []
    for place in places {
      switch place {
      case .directory(let text): directories.append(text)
      case .domain(let text): domains.append(text)
      case .cwd, .project: if !roots.contains(place) { roots.append(place) }
      }
    }
    if roots.first == .project { roots.reverse() }
    return roots + TextBytes.sortedUnique(directories).map { .directory($0) }
      + TextBytes.sortedUnique(domains).map { .domain($0) }
  }
}
