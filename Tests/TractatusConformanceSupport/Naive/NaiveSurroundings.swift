import TractatusSemantics
import TractatusValues

/// What the surroundings supply, checked and converted.
struct NaiveSurroundings {
  /// Facts by name, those that are declared.
  private(set) var facts: [String: NaiveState] = [:]
  private(set) var scores: [String: Decimal] = [:]
  private(set) var session: [String: Decimal] = [:]
  private(set) var reasoning: [String: NaiveValue] = [:]
  private(set) var actor: [String: NaiveState] = [:]
  private(set) var places: [String: NaiveValue] = [:]
  private(set) var at: Instant?
  /// The last uses by component; `nil` when nothing was said of any.
  private(set) var components: [String: NaiveUse]?
  let description: [Unicode.Scalar]
  let tool: [Unicode.Scalar]?

  /// The last use of a component, as far as it was given.
  struct NaiveUse {
    var message: Decimal?
    var tokens: Decimal?
    var timestamp: Instant?
  }

  /// Reads a call's document.
  init(_ document: JSONText, _ policy: CheckedPolicy) throws {
    description = try Self.text(document, "description") ?? []
    tool = try Self.text(document, "tool")
    for place in ["project", "cwd"] {
      places[place] = try Self.text(document, place).map { .text($0) }
    }
    if let at = document.given("at") { self.at = try Self.instant(at) }
    try readScores(document)
    try readSession(document)
    try readReasoning(document)
    try readActor(document)
    try readComponents(document)
    try readFacts(document, policy)
  }

  private static func text(_ document: JSONText, _ name: String) throws -> [Unicode.Scalar]? {
    guard let value = document.given(name) else { return nil }
    guard case .string(let scalars) = value else { throw NaiveMismatch(message: name) }
    return scalars
  }

  private static func instant(_ value: JSONText) throws -> Instant? {
    guard case .time(let instant) = try ValueType.time(bounds: TimeBounds()).converted(value)
    else { return nil }
    return instant
  }

  private static func number(
    _ value: JSONText, _ type: ValueType = .int(bounds: NumberBounds(lower: .zero))
  ) throws -> Decimal? {
    guard case .number(let number) = try type.converted(value) else { return nil }
    return number
  }

  /// The members of a root that is an object, without those that are `null`.
  private static func members(
    _ document: JSONText, _ name: String
  ) throws -> [(name: String, value: JSONText)]? {
    guard let value = document.given(name) else { return nil }
    guard case .object(let members) = value else { throw NaiveMismatch(message: name) }
    return members.compactMap { member in
      if case .null = member.value { return nil }
      return (NaiveText.string(member.key), member.value)
    }
  }

  private mutating func readScores(_ document: JSONText) throws {
    let share = ValueType.number(bounds: NumberBounds(lower: .zero, upper: .one))
    for (name, value) in try Self.members(document, "scores") ?? [] {
      scores[name] = try Self.number(value, share)
    }
  }

  private mutating func readSession(_ document: JSONText) throws {
    for (name, value) in try Self.members(document, "session") ?? []
    where Roots.session.contains(name) {
      session[name] = try Self.number(value)
    }
  }

  private mutating func readReasoning(_ document: JSONText) throws {
    for (name, value) in try Self.members(document, "reasoning") ?? [] {
      guard let root = Roots.reasoning.first(where: { $0.name == name }) else { continue }
      reasoning[name] = try root.type.converted(value)
    }
  }

  private mutating func readActor(_ document: JSONText) throws {
    guard document.given("actor") != nil else { return }
    guard case .object(let members)? = document.given("actor") else {
      throw NaiveMismatch(message: "actor")
    }
    for member in members {
      let name = NaiveText.string(member.key)
      guard ["id", "role"].contains(name) else { continue }
      if case .null = member.value {
        actor[name] = .absent
      } else {
        actor[name] = .known(try ValueType.text.converted(member.value))
      }
    }
  }

  private mutating func readComponents(_ document: JSONText) throws {
    guard let members = try Self.members(document, "components") else { return }
    var uses: [String: NaiveUse] = [:]
    for (name, value) in members {
      guard case .object = value else { throw NaiveMismatch(message: name) }
      var use = NaiveUse()
      if let message = value.given("message") { use.message = try Self.number(message) }
      if let tokens = value.given("tokens") { use.tokens = try Self.number(tokens) }
      if let timestamp = value.given("timestamp") { use.timestamp = try Self.instant(timestamp) }
      uses[name] = use
    }
    components = uses
  }

  private mutating func readFacts(_ document: JSONText, _ policy: CheckedPolicy) throws {
    if let facts = document.given("facts") {
      guard case .object = facts else { throw NaiveMismatch(message: "facts") }
    }
    for fact in policy.facts {
      facts[fact.name] = try Self.state(of: fact, in: document.given("facts"))
    }
  }

  /// A fact is supplied, absent (`null` where it is optional), has its fallback, or is unknown.
  private static func state(of fact: Fact, in facts: JSONText?) throws -> NaiveState {
    var found = facts
    for part in fact.name.split(separator: ".") { found = found?[String(part)] }
    switch found {
    case .some(.null) where fact.isOptional: return .absent
    case .some(.null), nil:
      guard let fallback = fact.fallback else { return .unknown([NaiveCause.fact(fact.name)]) }
      return .known(try fact.type.converted(fallback.input))
    case .some(let value): return .known(try fact.type.converted(value))
    }
  }

  /// What is known of a root's attribute; thresholds, parameters and elements are not here.
  func state(of reference: Reference, type: ValueType) -> NaiveState? {
    func supplied(_ value: NaiveValue?) -> NaiveState {
      value.map(NaiveState.known) ?? .unknown([NaiveCause.input(reference.naiveName)])
    }
    switch reference {
    case .actionTool: return tool.map { .known(.text($0)) } ?? .absent
    case .description: return .known(.text(description))
    case .project: return supplied(places["project"])
    case .cwd: return supplied(places["cwd"])
    case .at: return supplied(at.map { .time($0) })
    case .session(let name): return supplied(session[name].map { .number($0) })
    case .score(let name): return supplied(scores[name].map { .number($0) })
    case .reasoning(let name): return supplied(reasoning[name])
    case .actorID: return actor["id"] ?? supplied(nil)
    case .actorRole: return actor["role"] ?? supplied(nil)
    case .fact(let name, let fields): return facts[name]?.field(fields)
    case .actionType, .parameter, .element, .component, .level, .thresholdScore, .history:
      return nil
    }
  }
}
