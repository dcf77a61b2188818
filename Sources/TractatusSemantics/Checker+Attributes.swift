import TractatusSource
import TractatusSyntax
import TractatusValues

/// An attribute that a path names.
struct Attribute {
  var operand: Operand
  /// The optional parts of the path, each of which may be absent.
  var needs: [Reference] = []
  /// The number of the threshold that it is of, when that is a shadow.
  var shadow: Int?
  var name: String
  /// Whether it is one simple command of a command line.
  var isSimpleCommand = false
}

/// What a path means where an attribute or a condition may stand.
enum PathMeaning {
  case attribute(Attribute)
  /// A `let`.
  case constant(Int)
  /// Nothing; that was reported.
  case failed
}

extension Checker {
  /// `Roots.names`, to look up in.
  private static let roots = Set(Roots.names)

  /// What a path means in a scope.
  func meaning(of path: NamePath, _ scope: Scope) -> PathMeaning {
    guard isShort(path) else { return .failed }
    let name = path.first
    if let depth = scope.variables.lastIndex(where: { $0.name == name }) {
      return element(path, depth, scope)
    }
    if Self.roots.contains(name) { return root(path, scope) }
    let value = findVisible(name, .values, from: scope.package)
    if let parameter = scope.parameter(name) {
      if case .symbol(let symbol) = value { return reportAmbiguous(path, symbol, scope) }
      return self.parameter(path, parameter)
    }
    switch value {
    case .symbol(let symbol): return self.value(symbol, path, fields: 1)
    case .ambiguous(let owners):
      reportAmbiguous(path, owners)
      return .failed
    case .unused, .nothing: break
    }
    if path.names.count == 1, isComponent(name, from: scope.package) {
      return .attribute(component(name))
    }
    for count in stride(from: path.names.count - 1, to: 0, by: -1)
    where packageNumbers[path.names[..<count].joined(separator: ".")] != nil {
      switch find(path.names[...count], .values, from: scope.package) {
      case .symbol(let symbol): return self.value(symbol, path, fields: count + 1)
      case .unused(let owner):
        reportUnused(path, .values, owner)
        return .failed
      case .ambiguous, .nothing: break
      }
    }
    reportUnknown(path, scope)
    return .failed
  }

  /// Whether a name has no more parts than are looked at; reports it otherwise.
  func isShort(_ path: NamePath) -> Bool {
    guard path.names.count > DeclarationLimits.nameParts else { return true }
    report(
      .tooManyParts, "a name has at most \(DeclarationLimits.nameParts) parts", at: path.span)
    return false
  }

  private func reportAmbiguous(
    _ path: NamePath, _ symbol: SymbolReference, _ scope: Scope
  ) -> PathMeaning {
    report(
      .shadowedName,
      "`\(path.first)` is a parameter of the action type and a value that is visible here, so it "
        + "could mean either",
      at: path.span(of: 0),
      secondary: span(of: symbol).map { [LabelledSpan($0, "the value")] } ?? [],
      notes: ["Rename one of them; the value alone may be written with its package."])
    return .failed
  }

  private func span(of symbol: SymbolReference) -> SourceSpan? {
    switch symbol {
    case .own(let number): lets[number].span
    case .threshold(let number): thresholds[number].span
    }
  }

  private func parameter(_ path: NamePath, _ parameter: ScopedParameter) -> PathMeaning {
    guard !parameter.differs else {
      report(
        .differentTypes,
        "the action types of this rule have parameter `\(path.first)` with different types, so no "
          + "test means the same for all of them",
        at: path.span(of: 0), notes: ["Write a rule for each type."])
      return .failed
    }
    let whole = Reference.parameter(path.first, fields: [])
    return fields(
      of: parameter.type, path, from: 1, needs: parameter.isOptional ? [whole] : []
    ) { .parameter(path.first, fields: $0) }
  }

  private func element(_ path: NamePath, _ depth: Int, _ scope: Scope) -> PathMeaning {
    let variable = scope.variables[depth]
    let meaning = fields(of: variable.type, path, from: 1, needs: []) {
      Reference.element(depth: depth, fields: $0)
    }
    guard variable.isSimpleCommand, case .attribute(var attribute) = meaning else {
      return meaning
    }
    attribute.isSimpleCommand = true
    return .attribute(attribute)
  }

  /// Follows the names from `start` on into records.
  func fields(
    of type: ValueType, _ path: NamePath, from start: Int, needs: [Reference],
    _ reference: ([String]) -> Reference
  ) -> PathMeaning {
    var (type, needs) = (type, needs)
    for index in start..<max(start, path.names.count) {
      if type == .url, let part = part(of: reference([]), path, index, needs) { return part }
      guard case .record(let fields) = type else {
        report(
          .unknownField,
          "`\(path.names[..<index].joined(separator: "."))` is \(type.described) and has no fields",
          at: path.span(of: index))
        return .failed
      }
      guard let field = fields.first(where: { $0.name == path.names[index] }) else {
        reportUnknownField(path, index, among: fields.map(\.name))
        return .failed
      }
      type = field.type
      if field.isOptional { needs.append(reference(Array(path.names[start...index]))) }
    }
    let operand = Operand(reference: reference(Array(path.names[start...])), type: type)
    return .attribute(Attribute(operand: operand, needs: needs, name: path.joined))
  }

  /// A part of a parameter that is a URL: its scheme, host or port.
  private func part(
    of reference: Reference, _ path: NamePath, _ index: Int, _ needs: [Reference]
  ) -> PathMeaning? {
    guard case .parameter(let name, []) = reference, index == 1 else { return nil }
    let type: ValueType
    switch path.names[index] {
    case "scheme": type = .text
    case "host": type = .host
    case "port":
      type = .int(bounds: NumberBounds(lower: .zero, upper: Decimal(exactly: 65_535)))
    default:
      reportUnknownField(path, index, among: ["scheme", "host", "port"])
      return .failed
    }
    guard path.names.count == index + 1 else {
      report(
        .unknownField,
        "`\(path.names[...index].joined(separator: "."))` is \(type.described) and has no fields",
        at: path.span(of: index + 1))
      return .failed
    }
    let reference = Reference.parameter(name, fields: [path.names[index]])
    var needs = needs
    if path.names[index] == "port" { needs.append(reference) }
    return .attribute(
      Attribute(
        operand: Operand(reference: reference, type: type), needs: needs, name: path.joined))
  }

  /// Says that something has no such field.
  func reportUnknownField(_ path: NamePath, _ index: Int, among names: [String]) {
    let near = near(to: path.names[index], among: names)
    let owner = path.names[..<index].joined(separator: ".")
    report(
      .unknownField, "`\(owner)` has no field `\(path.names[index])`" + suggestion(near),
      at: path.span(of: index),
      notes: near == nil && !names.isEmpty ? ["It has \(ValueType.listed(names))."] : [],
      fixIts: path.spans.isEmpty ? [] : fixIt(near, at: path.span(of: index)))
  }

  /// A `let` or a threshold whose own name ends before `fields`.
  private func value(_ symbol: SymbolReference, _ path: NamePath, fields: Int) -> PathMeaning {
    switch symbol {
    case .own(let number):
      guard path.names.count == fields else {
        report(
          .unknownField,
          "`\(path.names[..<fields].joined(separator: "."))` is a `let` and has no "
            + "fields", at: path.span(of: fields))
        return .failed
      }
      return .constant(number)
    case .threshold(let number): return threshold(number, path, fields: fields)
    }
  }

  private func threshold(_ number: Int, _ path: NamePath, fields: Int) -> PathMeaning {
    let symbol = thresholds[number]
    let operand: Operand
    if path.names.count == fields {
      guard !symbol.levels.values.isEmpty else {
        report(
          .notAttribute,
          "threshold `\(path.joined)` has no levels; its number is "
            + "`\(path.joined).score`", at: path.span,
          fixIts: [FixIt("test the score", replacing: path.span, with: path.joined + ".score")])
        return .failed
      }
      operand = Operand(reference: .level(ThresholdID(number)), type: .enumeration(symbol.levels))
    } else if path.names.count == fields + 1, path.names[fields] == "score" {
      operand = Operand(
        reference: .thresholdScore(ThresholdID(number)),
        type: .number(bounds: NumberBounds(lower: .zero, upper: .one)))
    } else {
      reportUnknownField(path, fields, among: ["score"])
      return .failed
    }
    return .attribute(
      Attribute(
        operand: operand, shadow: symbol.view.isShadow ? number : nil, name: path.joined))
  }

  /// Whether a component of this name is declared in the package or one that it uses.
  func isComponent(_ name: String, from package: Int) -> Bool {
    packages[package].components.contains(name)
      || packages[package].uses.contains { packages[$0].components.contains(name) }
  }

  func component(_ name: String) -> Attribute {
    Attribute(operand: Operand(reference: .component(name), type: .record([])), name: name)
  }

  private func reportUnknown(_ path: NamePath, _ scope: Scope) {
    if case .unused(let owner) = find([path.first], .values, from: scope.package) {
      reportUnused(path, .values, owner)
      return
    }
    let name = path.first
    if factNumbers[path.joined] != nil {
      report(
        .unknownName, "`\(path.joined)` is a fact, and facts are read under `facts`", at: path.span,
        fixIts: [
          FixIt(
            "write `facts.\(path.joined)`", replacing: path.span,
            with: "facts." + path.joined)
        ])
      return
    }
    var names = visibleNames(.values, from: scope.package) + Roots.names.filter { $0 != "this" }
    names += scope.variables.map(\.name)
    names += packages[scope.package].components
    for used in packages[scope.package].uses { names += packages[used].components }
    var notes: [String] = []
    if let table = scope.table {
      names += table.entries.keys
      if table.isAny {
        notes = ["Under `on any` there are only roots, such as `description`, and values."]
      }
    } else {
      notes = ["No action type is judged here, so there are only roots and values."]
    }
    let near = near(to: name, among: names)
    report(
      .unknownName, "there is no attribute or value `\(name)` here" + suggestion(near),
      at: path.span(of: 0), notes: near == nil ? notes : [],
      fixIts: path.spans.isEmpty ? [] : fixIt(near, at: path.span(of: 0)))
  }
}
