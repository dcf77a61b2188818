import TractatusSource
import TractatusValues

extension Checker {
  /// What a path that begins with a root means.
  func root(_ path: NamePath, _ scope: Scope) -> PathMeaning {
    switch path.first {
    case "description": return plain(path, .description, .text)
    case "project": return plain(path, .project, .path)
    case "cwd": return plain(path, .cwd, .path)
    case "at": return plain(path, .at, .time(bounds: TimeBounds()))
    case "facts": return fact(path, scope)
    case "this": return this(path, scope)
    default: return branch(path, scope)
    }
  }

  private func plain(_ path: NamePath, _ reference: Reference, _ type: ValueType) -> PathMeaning {
    fields(of: type, path, from: 1, needs: []) { _ in reference }
  }

  /// A root under which attributes have names.
  private func branch(_ path: NamePath, _ scope: Scope) -> PathMeaning {
    guard path.names.count > 1 else {
      report(
        .notAttribute,
        "`\(path.first)` holds attributes and is none itself; write which one is "
          + "meant, `\(path.first).\(branchNames(path.first).first ?? "x")`", at: path.span)
      return .failed
    }
    let name = path.names[1]
    switch path.first {
    case "action":
      if name == "type" { return leaf(path, .actionType, .text, isOptional: false) }
      if name == "tool" { return leaf(path, .actionTool, .text, isOptional: true) }
    case "actor":
      if name == "id" { return leaf(path, .actorID, .text, isOptional: true) }
      if name == "role" { return leaf(path, .actorRole, .text, isOptional: true) }
    case "session":
      if Roots.session.contains(name) {
        let bounds = NumberBounds(lower: .zero)
        return leaf(path, .session(name), .int(bounds: bounds), isOptional: false)
      }
    case "scores":
      let bounds = NumberBounds(lower: .zero, upper: .one)
      return leaf(path, .score(name), .number(bounds: bounds), isOptional: false)
    case "reasoning":
      if let entry = Roots.reasoning.first(where: { $0.name == name }) {
        return leaf(path, .reasoning(name), entry.type, isOptional: false)
      }
    default:
      if isComponent(name, from: scope.package), path.names.count == 2 {
        return .attribute(component(name))
      }
      return reportUnknownComponent(path, scope)
    }
    reportUnknownField(path, 1, among: branchNames(path.first))
    return .failed
  }

  private func leaf(
    _ path: NamePath, _ reference: Reference, _ type: ValueType, isOptional: Bool
  ) -> PathMeaning {
    fields(of: type, path, from: 2, needs: isOptional ? [reference] : []) { _ in reference }
  }

  private func reportUnknownComponent(_ path: NamePath, _ scope: Scope) -> PathMeaning {
    let used = packages[scope.package].uses.flatMap { packages[$0].components }
    let near = near(to: path.names[1], among: used + packages[scope.package].components)
    report(
      .unknownComponent,
      "no monitor of this package or one that it uses declares component "
        + "`\(path.names[1...].joined(separator: "."))`" + suggestion(near),
      at: path.span(of: 1), fixIts: fixIt(near, at: path.span(of: 1)))
    return .failed
  }

  /// The attributes under a root.
  func branchNames(_ root: String) -> [String] {
    switch root {
    case "action": ["type", "tool"]
    case "actor": ["id", "role"]
    case "session": Roots.session
    case "reasoning": Roots.reasoning.map(\.name)
    default: []
    }
  }

  /// A fact, the longest declared name of which begins the path, and its fields.
  private func fact(_ path: NamePath, _ scope: Scope) -> PathMeaning {
    guard path.names.count > 1 else { return branch(path, scope) }
    for count in stride(from: path.names.count, to: 1, by: -1) {
      let name = path.names[1..<count].joined(separator: ".")
      guard let number = factNumbers[name] else { continue }
      guard isVisible(fact: number, from: scope.package) else {
        let owner = packages[factPackages[number].first ?? scope.package].name
        report(
          .packageNotUsed,
          "fact `\(name)` is declared by package `\(owner)`, which this package does not use",
          at: path.span, notes: ["Add `use \(owner)`, or declare the fact alike here."])
        return .failed
      }
      let fact = policy.facts[number]
      let whole = Reference.fact(name, fields: [])
      return fields(of: fact.type, path, from: count, needs: fact.isOptional ? [whole] : []) {
        .fact(name, fields: $0)
      }
    }
    let wanted = path.names[1...].joined(separator: ".")
    let near = near(to: wanted, among: policy.facts.map(\.name))
    report(
      .unknownFact, "no fact `\(wanted)` is declared" + suggestion(near), at: path.span,
      notes: near == nil ? ["Declare it: `fact \(wanted): text`."] : [],
      fixIts: near.map { [FixIt("write `facts.\($0)`", replacing: path.span, with: "facts." + $0)] }
        ?? [])
    return .failed
  }

  private func isVisible(fact: Int, from package: Int) -> Bool {
    factPackages[fact].contains { $0 == package || packages[package].uses.contains($0) }
  }
}
