import TractatusSemantics

/// The causes for which something is not known, as reports word them.
enum NaiveCause {
  static func fact(_ name: String) -> String { "fact `\(name)` was not supplied" }
  static func input(_ name: String) -> String { "`\(name)` was not supplied" }
  static func component(_ name: String) -> String { "the last use of `\(name)` is not known" }
  static func future(_ name: String) -> String { "`\(name)` lies in the future" }
  static func extractions(_ name: String) -> String {
    "several values, or an unfit one, were extracted for `\(name)`"
  }
  static func mappings(_ name: String) -> String {
    "the mappings give several values for `\(name)`"
  }
  static func notYielded(_ name: String) -> String { "`\(name)` does not follow from the call" }
  static func threshold(_ name: String) -> String { "threshold `\(name)` is unmeasured" }
  static func division(_ factor: String) -> String { "factor `\(factor)` divides by 0" }
  static func digits(_ factor: String) -> String { "factor `\(factor)` has more than 18 digits" }
  static func unread(_ reference: Reference) -> String {
    switch reference {
    case .element: "an element cannot be read"
    case .parameter(let name, _): "`\(name)` cannot be read"
    default: "`\(reference.naiveName)` cannot be read"
    }
  }
  static let budget = "more than 10000 element tests"
}

extension Reference {
  /// The name as a policy writes it.
  var naiveName: String {
    switch self {
    case .parameter(let name, let fields): ([name] + fields).joined(separator: ".")
    case .element(_, let fields): fields.joined(separator: ".")
    case .actionType: "action.type"
    case .actionTool: "action.tool"
    case .description: "description"
    case .project: "project"
    case .cwd: "cwd"
    case .at: "at"
    case .session(let name): "session." + name
    case .score(let name): "scores." + name
    case .reasoning(let name): "reasoning." + name
    case .fact(let name, let fields): (["facts", name] + fields).joined(separator: ".")
    case .actorID: "actor.id"
    case .actorRole: "actor.role"
    case .component(let name): name
    case .level(let id), .thresholdScore(let id): "threshold \(id.index)"
    case .history: "what came before"
    }
  }
}

extension NaiveCause {
  /// An optional attribute that is known to be absent where a number is needed.
  static func absent(_ reference: Reference) -> String {
    if case .fact(let name, let fields) = reference {
      return "fact `\(([name] + fields).joined(separator: "."))` is absent"
    }
    return "`\(reference.naiveName)` is absent"
  }
}
