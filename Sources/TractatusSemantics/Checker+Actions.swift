import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Resolves the parameters of every action type and the targets of extensions.
  func declareActions() {
    for number in actions.indices { policy.actionTypes.append(actionType(number)) }
    for index in actionExtensions.indices {
      let view = actionExtensions[index].view
      guard let path = view.path else { continue }
      let from = actionExtensions[index].package
      if case .own(let number) = resolve(
        NamePath(path), .actions, from: from, code: .undeclaredActionType)
      {
        actionExtensions[index].target = number
      }
      reportForeignParts(view)
    }
    for (number, package) in packages.enumerated() {
      reportRepeated(package.otherwises)
      policy.packages.append(
        CheckedPackage(
          name: package.name, title: package.title, version: package.version,
          uses: package.uses.map { PackageID($0) },
          otherwise: otherwise(
            package.otherwises, Scope(package: number, parameters: .roots), isSealed: false)))
    }
  }

  private func actionType(_ number: Int) -> ActionType {
    let symbol = actions[number]
    guard let view = symbol.view, let package = symbol.package else {
      return ActionType(
        name: symbol.name, package: nil, title: "A call that nothing maps", isClosed: false,
        isSealed: false, parameters: [], extractions: [],
        otherwise: Otherwise(verdict: .ask, because: nil, isSealed: false, span: symbol.span),
        span: symbol.span)
    }
    return ActionType(
      name: symbol.name, package: PackageID(package),
      title: view.title.map { view.tree.string(of: $0) } ?? symbol.name.name,
      isClosed: view.isClosed, isSealed: view.isSealed,
      parameters: parameters(of: view, package: package), extractions: [], otherwise: nil,
      span: symbol.span)
  }

  private func parameters(of view: ActionView, package: Int) -> [Parameter] {
    var seen = SeenNames()
    var found: [Parameter] = []
    for field in view.fields {
      guard let token = field.name, let shape = field.shape else { continue }
      let name = view.tree.name(of: token)
      let span = view.tree.span(of: token)
      guard noteRepeated(name, at: span, in: &seen) else { continue }
      let isFree = checkParameterName(name, at: span, package: package)
      guard let type = resolve(shape, package: package), isFree else { continue }
      found.append(Parameter(name: name, type: type, isOptional: field.isOptional))
    }
    return found.sorted { $0.name < $1.name }
  }

  private func checkParameterName(_ name: String, at span: SourceSpan, package: Int) -> Bool {
    if Roots.names.contains(name) {
      report(
        .shadowedName, "`\(name)` is a root that every rule reaches, so no parameter has its name",
        at: span)
      return false
    }
    guard case .symbol(let symbol) = findVisible(name, .values, from: package) else { return true }
    let place: SourceSpan
    let noun: String
    switch symbol {
    case .own(let number): (place, noun) = (lets[number].span, "`let`")
    case .threshold(let number): (place, noun) = (thresholds[number].span, "threshold")
    }
    report(
      .shadowedName,
      "`\(name)` is a \(noun) that is visible here, so a rule could not tell the parameter from it",
      at: span, secondary: [LabelledSpan(place, "the \(noun)")])
    return false
  }

  /// Reports what an action type of another package may not be given.
  private func reportForeignParts(_ view: ActionView) {
    let tree = view.tree
    let name = view.path?.joined ?? ""
    func foreign(_ span: SourceSpan, _ what: String) {
      report(
        .foreignActionPart,
        "`\(name)` is declared elsewhere, and from here it takes more sources but no \(what)",
        at: span)
    }
    for token in tree.tokens(of: view.id) {
      if tree[token].word == .sealed || tree[token].word == .closed {
        foreign(tree.span(of: token), "`\(tree.text(of: token))`")
      }
    }
    if let title = view.title { foreign(tree.span(of: title), "title") }
    for field in view.fields { foreign(field.span, "parameters") }
    for extract in view.extracts { foreign(extract.span, "extractions") }
    for otherwise in view.otherwises { foreign(otherwise.span, "`otherwise`") }
  }

  /// The default verdict of an action type or package.
  func otherwise(_ views: [OtherwiseView], _ scope: Scope, isSealed: Bool) -> Otherwise? {
    guard let first = views.first else { return nil }
    guard let token = first.verdict, let verdict = verdict(token, first.tree) else { return nil }
    return Otherwise(
      verdict: verdict, because: template(first.because, scope),
      isSealed: first.isSealed || isSealed, span: first.span)
  }

  /// Reports a second default of a package, perhaps of another file.
  private func reportRepeated(_ views: [OtherwiseView]) {
    guard let first = views.first else { return }
    for other in views.dropFirst() {
      report(
        .redeclared, "`otherwise` is declared already, and only one default can hold",
        at: other.span, secondary: [LabelledSpan(first.span, "the first one")])
    }
  }

  /// The verdict of a token.
  func verdict(_ token: TokenID, _ tree: SyntaxTree) -> Verdict? {
    tree[token].word.flatMap { Verdict(word: $0.rawValue) }
  }

  /// Checks defaults, extractions and mappings, which name parameters.
  func checkActionBodies() {
    for number in actions.indices {
      guard let view = actions[number].view, let package = actions[number].package else {
        continue
      }
      let scope = scope(package: package, types: [number])
      policy.actionTypes[number].otherwise = otherwise(
        view.otherwises, scope, isSealed: policy.actionTypes[number].isSealed)
      mappings(of: view, number, package: package)
    }
    for extension_ in actionExtensions {
      guard let target = extension_.target else { continue }
      mappings(of: extension_.view, target, package: extension_.package)
    }
    sortMappings()
    checkMappingCycles()
    for number in actions.indices {
      guard let view = actions[number].view, let package = actions[number].package else {
        continue
      }
      policy.actionTypes[number].extractions = extractions(of: view, number, package: package)
    }
  }
}
