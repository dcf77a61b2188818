import TractatusSource
import TractatusSyntax

extension Checker {
  /// Groups the files into packages and numbers these by name.
  func loadPackages() {
    var names: [(file: Int, name: String, policy: PolicyView)] = []
    for (number, file) in files.enumerated() {
      guard let view = FileView(file.tree, file.tree.root), let policy = view.policy,
        let path = policy.path, !path.names.isEmpty
      else { continue }
      names.append((number, path.joined, policy))
    }
    // Files keep their order within a package, because the sort is by name, then file.
    names.sort {
      $0.name != $1.name
        ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.file < $1.file
    }
    for entry in names {
      if packageNumbers[entry.name] == nil {
        packageNumbers[entry.name] = packages.count
        packages.append(makePackage(entry.name, entry.policy))
      } else if let number = packageNumbers[entry.name], let first = packages[number].files.first {
        compareHeader(entry.policy, file: files[entry.file], with: packages[number], files[first])
      }
      packages[packages.count - 1].files.append(entry.file)
    }
  }

  private func makePackage(_ name: String, _ policy: PolicyView) -> PackageSymbol {
    var package = PackageSymbol(name: name, span: policy.path?.span ?? policy.span)
    package.title = policy.title.map { policy.tree.string(of: $0) } ?? name
    package.version = policy.version.map { policy.tree.string(of: $0) } ?? ""
    return package
  }

  /// Reports where a further file of a package says something else than the first one.
  private func compareHeader(
    _ policy: PolicyView, file: ParsedFile, with package: PackageSymbol, _ first: ParsedFile
  ) {
    let place = LabelledSpan(package.span, "the first file of the package")
    if file.rulesRoot != first.rulesRoot {
      report(
        .packageInTwoRoots,
        "package `\(package.name)` lies under two rules roots, and a second one could change what "
          + "the first means",
        at: policy.path?.span ?? policy.span, secondary: [place])
      return
    }
    let title = policy.title.map { policy.tree.string(of: $0) }
    if let title, let token = policy.title, title != package.title {
      report(
        .policyHeadersDiffer,
        "this file calls package `\(package.name)` “\(title)”, another one “\(package.title)”",
        at: policy.tree.span(of: token), secondary: [place])
    }
    let version = policy.version.map { policy.tree.string(of: $0) }
    if let version, let token = policy.version, version != package.version {
      report(
        .policyHeadersDiffer,
        "this file has version `\(version)` of package `\(package.name)`, another one "
          + "`\(package.version)`",
        at: policy.tree.span(of: token), secondary: [place])
    }
  }

  /// Resolves every `use`, and reports packages that use each other in a circle.
  func checkUses() {
    var places: [[Int: SourceSpan]] = Array(repeating: [:], count: packages.count)
    for number in packages.indices {
      for file in packages[number].files {
        for use in useViews(of: files[file]) {
          guard let path = use.path, !path.names.isEmpty else { continue }
          guard let target = packageNumbers[path.joined] else {
            reportUnknownPackage(path)
            continue
          }
          if places[number][target] == nil { places[number][target] = path.span }
        }
      }
      packages[number].uses = places[number].keys.sorted()
    }
    let topology = Topology(packages.map(\.uses))
    for cycle in topology.cycles {
      guard let first = cycle.first else { continue }
      let next = cycle.count > 1 ? cycle[1] : first
      let names = (cycle + [first]).map { "`\(packages[$0].name)`" }.joined(separator: " uses ")
      report(
        .cyclicDefinition,
        cycle.count > 1
          ? "packages use each other in a circle: \(names)"
          : "package `\(packages[first].name)` uses itself, which says nothing",
        at: places[first][next] ?? packages[first].span)
    }
    for number in packages.indices { packages[number].uses.removeAll { $0 == number } }
  }

  private func useViews(of file: ParsedFile) -> [UseView] {
    file.tree.children(of: file.tree.root).compactMap { UseView(file.tree, $0) }
  }

  private func reportUnknownPackage(_ path: PathView) {
    let near = near(to: path.joined, among: packages.map(\.name))
    report(
      .unknownPackage,
      "no package `\(path.joined)` is loaded" + suggestion(near),
      at: path.span,
      notes: near == nil ? ["A package is built in, or a file of it lies on the rules path."] : [],
      fixIts: fixIt(near, at: path.span))
  }

  /// The nearest of some names, which are listed only while searching is affordable.
  ///
  /// PERF: a search looks at every name, so in a file full of unknown names the later ones are not
  /// searched for.
  func near(to name: String, among names: @autoclosure () -> [String]) -> String? {
    guard nearNameBudget > 0 else { return nil }
    let candidates = names()
    nearNameBudget -= candidates.count + 1
    return NearName.nearest(to: name, among: candidates)
  }

  /// `; did you mean …?`, or nothing.
  func suggestion(_ near: String?) -> String { near.map { "; did you mean `\($0)`?" } ?? "" }

  /// The fix-it that writes the near name.
  func fixIt(_ near: String?, at span: SourceSpan) -> [FixIt] {
    near.map { [FixIt("write `\($0)`", replacing: span, with: $0)] } ?? []
  }
}
