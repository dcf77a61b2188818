import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Checks every `test`.
  func checkTests() {
    var found: [(test: PolicyTest, text: String)] = []
    for (package, view) in tests {
      if let test = test(view, package: package) {
        found.append((test, view.tree.normalisedText(of: view.id)))
      }
    }
    found.sort { left, right in
      (left.test.package.index, left.text, left.test.span)
        < (right.test.package.index, right.text, right.test.span)
    }
    policy.tests = found.map(\.test)
  }

  private func test(_ view: TestView, package: Int) -> PolicyTest? {
    let tree = view.tree
    let (given, earlier) = setting(of: view, package: package)
    guard let action = view.actions.first, let expectation = view.expectations.first
    else { return nil }
    let by = expectation.rules.compactMap { culprit(NamePath($0), package: package) }
    guard let path = action.path,
      case .own(let number) = resolve(
        NamePath(path), .actions, from: package, code: .undeclaredActionType),
      let record = action.record,
      let parameters = parameters(record, of: number, package: package),
      let token = expectation.verdict, let verdict = verdict(token, tree)
    else { return nil }
    var result = PolicyTest(
      package: PackageID(package), name: view.title.map { tree.string(of: $0) } ?? "",
      given: given.sorted { $0.name < $1.name }, type: ActionTypeID(number),
      parameters: parameters, expected: verdict, by: by.sorted(),
      correcting: expectation.correcting.flatMap {
        self.parameters($0, of: number, package: package, isPartial: true)
      }, span: view.span)
    result.earlier = earlier
    return result
  }

  /// What a test begins with: what is given holds from where it stands on.
  private func setting(
    of view: TestView, package: Int
  ) -> (given: [RecordEntry], earlier: [EarlierAction]) {
    var given: [RecordEntry] = []
    var earlier: [EarlierAction] = []
    var seen: Set<String> = []
    for part in view.setting {
      switch part {
      case .given(let part):
        guard let record = part.record else { continue }
        for entry in givenEntries(record, package: package) {
          if !seen.insert(entry.name).inserted {
            report(.repeatedEntry, "`\(entry.name)` is given twice", at: view.span)
          }
          given.removeAll { $0.name == entry.name }
          given.append(entry)
        }
      case .earlier(let action):
        seen = []
        guard let path = action.path,
          case .own(let number) = resolve(
            NamePath(path), .actions, from: package, code: .undeclaredActionType),
          let record = action.record,
          let parameters = parameters(record, of: number, package: package)
        else { continue }
        earlier.append(
          EarlierAction(type: ActionTypeID(number), parameters: parameters, given: given))
      }
    }
    return (given, earlier)
  }

  /// What may have given a verdict: a rule, a threshold, a type or a package.
  private func culprit(_ path: NamePath, package: Int) -> QualifiedName? {
    let inRules = find(path.names, .rules, from: package)
    switch inRules {
    case .symbol(.own(let number)): return rules[number].name
    case .symbol(.threshold(let number)): return thresholds[number].name
    case .ambiguous(let owners):
      reportAmbiguous(path, owners)
      return nil
    case .unused, .nothing: break
    }
    if case .symbol(.own(let number)) = find(path.names, .actions, from: package) {
      return actions[number].name
    }
    if packageNumbers[path.joined] != nil { return QualifiedName(package: "", name: path.joined) }
    if case .unused(let owner) = inRules {
      reportUnused(path, .rules, owner)
      return nil
    }
    let names = visibleNames(.rules, from: package) + visibleNames(.actions, from: package)
    let near = near(to: path.joined, among: names + packages.map(\.name))
    report(
      .unknownRule,
      "there is no rule, threshold, action type or package `\(path.joined)`" + suggestion(near),
      at: path.span, fixIts: fixIt(near, at: path.span))
    return nil
  }
}
