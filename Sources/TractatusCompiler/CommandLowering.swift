import TractatusSemantics

extension Test {
  /// Whether it asks the text of a path, which has several forms, or of a host, which may be none.
  var readsForms: Bool {
    guard operand.type == .path || operand.type == .host else { return false }
    switch predicate {
    case .equalsText, .matches: return true
    default: return false
    }
  }

  /// `paths contains "x"` as `any p in paths satisfies (p == "x")`: an element has several forms.
  /// So it is with a list of hosts.
  func overElements(depth: Int) -> Quantified? {
    guard case .list(let type) = operand.type, type == .path || type == .host,
      case .containsText(let texts) = predicate
    else { return nil }
    let element = Operand(reference: .element(depth: depth, fields: []), type: type)
    return Quantified(
      isUniversal: false, list: operand, depth: depth,
      condition: .test(
        Test(operand: element, predicate: .equalsText(texts), ambiguityHolds: ambiguityHolds)))
  }
}

/// What keeps an `allow` clause from firing on a command that nobody can read.
enum CommandOpacity {
  /// That none of the commands that a call of a type carries is opaque: one condition for each
  /// parameter that is a command, and for each such field of one.
  ///
  /// Linear in the parts of the parameters' types.
  static func guards(_ parameters: [Parameter]) -> [Condition] {
    var guards: [Condition] = []
    for parameter in parameters {
      collect(parameter.type, .parameter(parameter.name, fields: []), into: &guards)
    }
    return guards
  }

  /// As deep as the type, which checking bounds.
  private static func collect(
    _ type: ValueType, _ reference: Reference, into guards: inout [Condition]
  ) {
    switch type {
    case .command:
      let operand = Operand(reference: reference, type: type)
      guards.append(.not(.test(Test(operand: operand, predicate: .command(.isOpaque)))))
    case .record(let fields):
      for field in fields { collect(field.type, reference.field(field.name), into: &guards) }
    case .bool, .int, .number, .time, .text, .path, .url, .host, .enumeration, .list: break
    }
  }
}

extension Condition {
  /// Whether it tests somewhere whether a command, or a part of one, is opaque. As deep as the
  /// condition, which checking bounds.
  var testsOpacity: Bool {
    switch self {
    case .constant: false
    case .test(let test): test.predicate == .command(.isOpaque)
    case .not(let inner): inner.testsOpacity
    case .and(let parts), .or(let parts): parts.contains(where: \.testsOpacity)
    case .quantified(let quantified): quantified.condition.testsOpacity
    }
  }
}

extension Condition {
  /// Whether it tests a command anywhere. As deep as the condition, which checking bounds.
  fileprivate var testsCommands: Bool {
    switch self {
    case .constant: false
    case .test(let test): test.operand.type == .command
    case .not(let inner): inner.testsCommands
    case .and(let parts), .or(let parts): parts.contains(where: \.testsCommands)
    case .quantified(let quantified):
      quantified.list.type == .command || quantified.condition.testsCommands
    }
  }
}

extension Reference {
  /// The field of what this refers to.
  fileprivate func field(_ name: String) -> Reference {
    switch self {
    case .parameter(let parameter, let fields): .parameter(parameter, fields: fields + [name])
    default: self
    }
  }
}

extension CheckedPolicy {
  /// Which packages are a package itself and what it uses, directly or not; by package.
  package func visiblePackages(from package: Int) -> [Bool] {
    var isVisible = [Bool](repeating: false, count: packages.count)
    var pending = [package]
    isVisible[package] = true
    while let next = pending.popLast() {
      for used in packages[next].uses where !isVisible[Int(used.index)] {
        isVisible[Int(used.index)] = true
        pending.append(Int(used.index))
      }
    }
    return isVisible
  }

  /// The packages for whose sealed rules some program counts as not declared, besides.
  func packagesWithUnseenPrograms() -> [Bool] {
    let declaring = Set(programs.map { Int($0.package.index) })
    return packages.indices.map { package in
      if declaring.isEmpty { return false }
      let isVisible = visiblePackages(from: package)
      return declaring.contains { !isVisible[$0] }
    }
  }

  /// The packages whose declarations of programs do not count for some who read the parameters of
  /// a type, and may not lose by what is declared below them: sealed rules and thresholds, `allow`
  /// clauses that lift something sealed, and mappings from the type. Ascending.
  ///
  /// Linear in the rules, and in the packages for each that declares a program.
  func packagesUnseen(byReadersOf type: Int) -> [Int] {
    let declaring = Set(programs.map { Int($0.package.index) })
    if declaring.isEmpty { return [] }
    var readers = Set(sealed { $0.names(type) })
    for mapping in actionMappings where Int(mapping.source.index) == type {
      readers.insert(Int(mapping.package.index))
    }
    let views = readers.map { visiblePackages(from: $0) }
    return declaring.filter { package in views.contains { !$0[package] } }.sorted()
  }

  /// The packages of sealed rules and thresholds, and of rules that lift what is sealed, that are
  /// on some types. Linear in the rules.
  private func sealed(on covers: (AppliesTo) -> Bool) -> [Int] {
    let sealsDefaults = packagesWithSealedDefaults()
    var packages: [Int] = []
    for rule in rules where covers(rule.on) {
      let package = Int(rule.package.index)
      let lifts = sealsDefaults[package] && rule.clauses.contains(where: \.lifts)
      if rule.isSealed || lifts { packages.append(package) }
    }
    for threshold in thresholds where threshold.isSealed && covers(threshold.on) {
      packages.append(Int(threshold.package.index))
    }
    return packages
  }

  /// By package: whether something in it is sealed, or lifts what is.
  func packagesThatSeal() -> [Bool] {
    var result = [Bool](repeating: false, count: packages.count)
    for package in sealed(on: { _ in true }) { result[package] = true }
    return result
  }

  /// The packages that seal something on types that tests of commands bring, one after the other.
  func packagesThatSealMappedTypes() -> [Int] {
    var isMapped = [Bool](repeating: false, count: actionTypes.count)
    var goesOn = true
    while goesOn {
      goesOn = false
      for mapping in actionMappings where !isMapped[Int(mapping.type.index)] {
        guard mapping.condition.testsCommands || isMapped[Int(mapping.source.index)] else {
          continue
        }
        isMapped[Int(mapping.type.index)] = true
        goesOn = true
      }
    }
    return sealed { on in isMapped.indices.contains { isMapped[$0] && on.names($0) } }
  }

  /// By package: whether it has a sealed default, which its `allow` clauses lift.
  func packagesWithSealedDefaults() -> [Bool] {
    var result = packages.map { $0.otherwise?.isSealed == true }
    for type in actionTypes where type.isSealed {
      if let package = type.package { result[Int(package.index)] = true }
    }
    return result
  }
}

extension AppliesTo {
  /// Whether it names a type; under `any` no parameter is read.
  fileprivate func names(_ type: Int) -> Bool {
    guard case .types(let types) = self else { return false }
    return types.contains(ActionTypeID(type))
  }
}
