/// What is left of a file of the state folder.
package enum Kept<Value: Sendable>: Sendable {
  /// The file is as it was written.
  case sound(Value)
  /// The file cannot be used, and its copy of the generation before can: at most the last write is
  /// not in it.
  case previous(Value, StateProblem)
  /// Neither can be used; the problem is the file's.
  case lost(StateProblem)

  /// What is left, whether or not it is all.
  package var value: Value? {
    switch self {
    case .sound(let value), .previous(let value, _): value
    case .lost: nil
    }
  }

  /// Whether reading again would find the same, whoever is writing meanwhile.
  var isSettled: Bool {
    switch self {
    case .sound: true
    case .previous: false
    case .lost(let problem): problem.kind != .damaged
    }
  }

  /// Why this is not all; nil when it is.
  package var problem: StateProblem? {
    switch self {
    case .sound: nil
    case .previous(_, let problem), .lost(let problem): problem
    }
  }
}
