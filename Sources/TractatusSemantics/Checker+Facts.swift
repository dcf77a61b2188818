import TractatusSource
import TractatusSyntax
import TractatusValues

/// A declaration that other packages may repeat, alike.
private struct FactDeclaration {
  var fact: Fact
  var package: Int
  var span: SourceSpan
}

extension Checker {
  /// Resolves the facts of all packages, which declare one fact alike.
  func declareFacts() {
    var found: [FactDeclaration] = []
    for number in packages.indices {
      for view in packages[number].facts {
        guard let path = view.path, !path.names.isEmpty, isShort(NamePath(path)),
          let shape = view.shape, let type = resolve(shape, package: number)
        else { continue }
        var fact = Fact(name: path.joined, type: type, isOptional: view.isOptional, fallback: nil)
        if let value = view.elseValue {
          let scope = Scope(package: number, parameters: .roots)
          var reader = ConstantReader(allowsNull: view.isOptional)
          reader.isInput = true
          fact.fallback = constant(value, type, scope, reader)
        }
        found.append(FactDeclaration(fact: fact, package: number, span: path.span))
      }
    }
    found.sort { ($0.fact.name, $0.package) < ($1.fact.name, $1.package) }
    var first: FactDeclaration?
    for declaration in found {
      if let first, first.fact.name == declaration.fact.name {
        compare(declaration, with: first)
        factPackages[factPackages.count - 1].append(declaration.package)
        continue
      }
      first = declaration
      reportPrefix(of: declaration, among: found)
      factNumbers[declaration.fact.name] = policy.facts.count
      factPackages.append([declaration.package])
      policy.facts.append(declaration.fact)
    }
  }

  private func compare(_ declaration: FactDeclaration, with first: FactDeclaration) {
    if declaration.package == first.package {
      report(
        .redeclared, "fact `\(declaration.fact.name)` is declared already", at: declaration.span,
        secondary: [LabelledSpan(first.span, "the first declaration")])
    } else if declaration.fact.type != first.fact.type
      || declaration.fact.isOptional != first.fact.isOptional
      || declaration.fact.fallback != first.fact.fallback
    {
      report(
        .declaredUnlike,
        "fact `\(declaration.fact.name)` is declared otherwise by package "
          + "`\(packages[first.package].name)`; the caller supplies it once, so both must be alike",
        at: declaration.span, secondary: [LabelledSpan(first.span, "the other declaration")])
    }
  }

  /// Reports a fact whose name continues that of another one, `git.branch` beside `git`.
  private func reportPrefix(of declaration: FactDeclaration, among all: [FactDeclaration]) {
    var names = declaration.fact.name.split(separator: ".").map(String.init)
    while names.count > 1 {
      names.removeLast()
      let prefix = names.joined(separator: ".")
      guard factNumbers[prefix] != nil, let other = all.first(where: { $0.fact.name == prefix })
      else { continue }
      report(
        .declaredUnlike,
        "fact `\(declaration.fact.name)` would be a field of fact `\(prefix)`",
        at: declaration.span, secondary: [LabelledSpan(other.span, "declared here")])
    }
  }

  /// Resolves monitors and the components that they declare.
  func declareMonitors() {
    var found: [(component: Component, span: SourceSpan)] = []
    for number in packages.indices {
      var seen = SeenNames()
      for view in packages[number].monitors {
        for component in view.components {
          guard let token = component.name else { continue }
          let name = view.tree.name(of: token)
          let span = view.tree.span(of: token)
          guard noteRepeated(name, at: span, in: &seen) else { continue }
          packages[number].components.insert(name)
          let stale = component.limits.isEmpty ? [] : windows(component.limits) ?? []
          found.append((Component(name: name, stale: stale), span))
        }
        policy.monitors.append(monitor(view, package: number))
      }
    }
    found.sort { $0.component.name < $1.component.name }
    for (component, span) in found {
      if let last = policy.components.last, last.name == component.name {
        if last.stale != component.stale {
          report(
            .declaredUnlike,
            "component `\(component.name)` is declared otherwise by another package; its use is "
              + "tracked once, so both must be alike",
            at: span)
        }
      } else {
        policy.components.append(component)
      }
    }
  }

  private func monitor(_ view: MonitorView, package: Int) -> Monitor {
    var monitor = Monitor(
      package: PackageID(package), checkpoints: [], checkpointBudget: nil, report: [])
    for checkpoints in view.checkpoints {
      for token in checkpoints.shares {
        guard let share = decimal(token, view.tree) else { continue }
        if share > .one || share < (monitor.checkpoints.last ?? .zero) {
          report(
            .wrongCheckpoint, "checkpoints ascend and end at 100%", at: view.tree.span(of: token))
        }
        monitor.checkpoints.append(share)
      }
      if let budget = checkpoints.budget, let window = window(budget) {
        if window.unit == .tokens {
          monitor.checkpointBudget = window.amount
        } else {
          report(.wrongUnit, "checkpoints are shares of a number of tokens", at: budget.span)
        }
      }
    }
    for rhythm in view.rhythms { monitor.report += windows(rhythm.intervals) ?? [] }
    return monitor
  }
}
