import TractatusSource

/// A parameter as the types of a rule have it together.
struct ScopedParameter {
  var type: ValueType
  /// Whether one of the types lacks it or has it `optional`.
  var isOptional: Bool
  /// Whether types have it with different types.
  var differs: Bool
}

/// The parameters that bare names may mean.
final class ParameterTable {
  let entries: [String: ScopedParameter]
  /// Whether there are only roots, as under `on any`.
  let isAny: Bool
  /// The action types, ascending.
  let types: [Int]

  init(entries: [String: ScopedParameter], isAny: Bool, types: [Int]) {
    self.entries = entries
    self.isAny = isAny
    self.types = types
  }
}

/// The element of a quantifier.
struct ScopedVariable {
  var name: String
  var type: ValueType
  /// Whether it is one simple command of a command line.
  var isSimpleCommand = false
}

/// What names mean at a place.
struct Scope {
  /// The parameters of a place, if it has any.
  enum Parameters {
    case roots
    case table(ParameterTable)
  }

  /// The package whose names are seen.
  var package: Int
  var parameters: Parameters
  /// The elements of the quantifiers around, outermost first.
  var variables: [ScopedVariable] = []
  /// Whether it is that of an earlier action.
  var isEarlier = false
  /// Of an earlier action, where it is compared with the current one: the scope of that, alone.
  var current: [Scope] = []

  init(package: Int, parameters: Parameters) {
    self.package = package
    self.parameters = parameters
  }

  /// The parameter of a name.
  func parameter(_ name: String) -> ScopedParameter? {
    if case .table(let table) = parameters { table.entries[name] } else { nil }
  }

  /// The table of parameters.
  var table: ParameterTable? {
    if case .table(let table) = parameters { table } else { nil }
  }
}

extension Checker {
  /// The parameters of several types together; nil types are `any`.
  func parameterTable(_ numbers: [Int]?) -> ParameterTable {
    guard let numbers else { return ParameterTable(entries: [:], isAny: true, types: []) }
    if let known = parameterTables[numbers] { return known }
    var entries: [String: ScopedParameter] = [:]
    var counts: [String: Int] = [:]
    for number in numbers {
      for parameter in policy.actionTypes[number].parameters {
        counts[parameter.name, default: 0] += 1
        guard var entry = entries[parameter.name] else {
          entries[parameter.name] = ScopedParameter(
            type: parameter.type, isOptional: parameter.isOptional, differs: false)
          continue
        }
        entry.isOptional = entry.isOptional || parameter.isOptional
        if let merged = entry.type.merged(with: parameter.type) {
          entry.type = merged
        } else {
          entry.differs = true
        }
        entries[parameter.name] = entry
      }
    }
    for (name, count) in counts where count < numbers.count { entries[name]?.isOptional = true }
    let table = ParameterTable(entries: entries, isAny: false, types: numbers)
    parameterTables[numbers] = table
    return table
  }

  /// The scope of a rule on types.
  func scope(package: Int, types: [Int]?) -> Scope {
    Scope(package: package, parameters: .table(parameterTable(types)))
  }
}
