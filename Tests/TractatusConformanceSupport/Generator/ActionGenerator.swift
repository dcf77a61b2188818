import TractatusValues

/// Makes actions at random for a generated policy: mostly such that hit, some that are refused.
package struct ActionGenerator {
  private var random: SplitMix64
  private let policy: GeneratedPolicy

  /// A generator for a policy.
  package init(_ policy: GeneratedPolicy, seed: UInt64) {
    self.policy = policy
    random = SplitMix64(seed: seed)
  }

  /// The next action.
  package mutating func action() -> JSONText {
    var document: [(String, JSONText)] = []
    var fields: [(String, JSONText)] = []
    if policy.actions.contains(where: { !$0.results.isEmpty || !$0.events.isEmpty }),
      random.chance(1, in: 3)
    {
      addOccasion(to: &document, &fields)
      return finished(document, fields)
    }
    let isTool = random.chance(1, in: 2)
    if !isTool || random.chance(1, in: 10) {
      let action = random.pick(policy.actions)
      let isShared = policy.actions.filter { $0.name == action.name }.count > 1
      let isBare = !isShared && random.chance(1, in: 2)
      let name = PolicyGenerator.packages[action.package] + "." + action.name
      document.append(
        ("action", .text(random.chance(1, in: 60) ? "nothing" : isBare ? action.name : name)))
      addParameters(of: action, to: &fields)
    }
    if isTool {
      let tool = random.pick(Vocabulary.tools)
      document.append(("tool", .text(tool)))
      for action in policy.actions {
        let isBrought = Self.covers(action.tools, tool)
        if isBrought || random.chance(1, in: 20) { addParameters(of: action, to: &fields) }
      }
    }
    return finished(document, fields)
  }

  /// A result or an event, with what brings types.
  private mutating func addOccasion(
    to document: inout [(String, JSONText)], _ fields: inout [(String, JSONText)]
  ) {
    let isResult = random.chance(1, in: 2)
    let name = random.pick(isResult ? Vocabulary.tools : Vocabulary.events)
    document.append((isResult ? "result" : "event", .text(name)))
    for action in policy.actions {
      let isBrought = isResult ? Self.covers(action.results, name) : action.events.contains(name)
      if isBrought || random.chance(1, in: 20) { addParameters(of: action, to: &fields) }
    }
  }

  private static func covers(_ patterns: [String], _ tool: String) -> Bool {
    patterns.contains { pattern in
      NaiveGlob(Array(pattern.unicodeScalars), isPath: false).matches(Array(tool.unicodeScalars))
    }
  }

  private mutating func finished(
    _ document: [(String, JSONText)], _ parameters: [(String, JSONText)]
  ) -> JSONText {
    var (document, fields) = (document, parameters)
    if random.chance(1, in: 8) { set("extra", .number("1"), in: &fields) }
    if !fields.isEmpty || random.chance(1, in: 2) {
      document.append(("parameters", .members(fields)))
    }
    addSurroundings(to: &document)
    return .members(document.shuffled(using: &random))
  }

  private func set(
    _ name: String, _ value: JSONText, in fields: inout [(String, JSONText)]
  ) {
    fields.removeAll { $0.0 == name }
    fields.append((name, value))
  }

  private mutating func addParameters(
    of action: GeneratedPolicy.Action, to fields: inout [(String, JSONText)]
  ) {
    for parameter in action.parameters {
      guard parameter.isOptional ? random.chance(3, in: 5) : random.chance(149, in: 150) else {
        continue
      }
      if random.chance(1, in: parameter.isOptional ? 30 : 200) {
        set(parameter.name, .null, in: &fields)
      } else {
        set(parameter.name, value(of: parameter.name), in: &fields)
      }
    }
    for (parameter, path) in action.fields where random.chance(3, in: 4) {
      // A field of the same value now and then, so that mappings agree as well as differ.
      let same = fields.first { $0.0 == parameter }?.1
      let value = random.chance(1, in: 2) ? same ?? value(of: parameter) : value(of: parameter)
      guard let first = path.first else { continue }
      if path.count == 1 {
        set(first, value, in: &fields)
      } else {
        var record = fields.first { $0.0 == first }?.1 ?? .object([])
        record[path[1]] = value
        set(first, record, in: &fields)
      }
    }
    // Now and then a list of records, in which texts are put together.
    guard fields.count % 4 == 3,
      case .object(let members)? = fields.first(where: { $0.0 == "args" })?.1
    else { return }
    set("args", .array([.object(members), .object(Array(members.prefix(1)))]), in: &fields)
  }

  private mutating func value(of parameter: String) -> JSONText {
    if random.chance(1, in: 500) { return random.pick([.bool(true), .number("3"), .text("zz")]) }
    return value(PolicyGenerator.type(of: parameter))
  }

  /// A value of a type, sometimes in one of its other spellings.
  private mutating func value(_ type: GeneratedType) -> JSONText {
    switch type {
    case .bool: return .bool(random.chance(1, in: 2))
    case .small: return number(Vocabulary.numbers)
    case .int: return number(Vocabulary.wholeNumbers)
    case .number: return number(Vocabulary.decimals)
    case .text: return .text(random.pick(Vocabulary.texts))
    case .path: return .text(random.pick(Vocabulary.paths))
    case .host: return .text(random.pick(Vocabulary.hosts))
    case .url: return .text(random.pick(Vocabulary.urls))
    case .command:
      var lines = LineGenerator(random: SplitMix64(seed: random.next()), programs: policy.programs)
      return .text(lines.line())
    case .time: return .text(random.pick(Vocabulary.times))
    case .stage: return .text(random.pick(Vocabulary.words))
    case .list(let element):
      if random.chance(1, in: 6) { return value(element) }
      let count = random.chance(1, in: 4_000) ? 6_000 : random.below(4)
      return .array((0..<count).map { _ in value(element) })
    case .record(let fields):
      var members: [(String, JSONText)] = []
      for field in fields {
        if field.isOptional, random.chance(1, in: 3) { continue }
        members.append(
          (field.name, field.isOptional && random.chance(1, in: 8) ? .null : value(field.type)))
      }
      if random.chance(1, in: 6) { members.append(("more", .null)) }
      return .members(members.shuffled(using: &random))
    }
  }

  private mutating func number(_ texts: [String]) -> JSONText {
    let text = random.pick(texts)
    switch random.below(12) {
    case 0: return .text(text)
    case 1 where !text.contains("."): return .number(text + ".0")
    case 2 where !text.contains(".") && text.count < 9: return .number(text + "00e-2")
    default: return .number(text)
    }
  }

  // MARK: Surroundings

  private mutating func addSurroundings(to document: inout [(String, JSONText)]) {
    if random.chance(2, in: 3) {
      document.append(("description", .text(random.pick(Vocabulary.texts))))
    }
    if random.chance(2, in: 3) { document.append(("at", .text(random.pick(Vocabulary.times)))) }
    // Where commands start is mostly known, so that paths of which not all is known are rare.
    if !policy.programs.isEmpty {
      if random.chance(5, in: 6) {
        document.append(("cwd", .text(random.pick(["/srv/app", "/srv", "/"]))))
      }
      if random.chance(5, in: 6) {
        document.append(("project", .text(random.pick(["/srv", "/srv/app", "/etc"]))))
      }
    } else if random.chance(1, in: 2) {
      let cwd = random.pick(["/srv/app", "/srv", random.pick(Vocabulary.paths)])
      document.append(("cwd", .text(cwd)))
    }
    if policy.programs.isEmpty, random.chance(1, in: 2) {
      let project = random.chance(2, in: 3) ? "/srv" : random.pick(Vocabulary.paths)
      document.append(("project", .text(project)))
    }
    if random.chance(1, in: 2) {
      let names = random.some(["target", "link", "name", "files"], least: 1, most: 3)
      document.append(
        ("resolved", .members(names.map { ($0, .text(random.pick(Vocabulary.paths))) })))
    }
    if random.chance(4, in: 5) { document.append(("facts", facts())) }
    if random.chance(4, in: 5) { document.append(("session", session())) }
    if random.chance(1, in: 2) { document.append(("scores", scores())) }
    if random.chance(1, in: 2) { document.append(("reasoning", reasoning())) }
    if random.chance(1, in: 2) { document.append(("components", components())) }
    if random.chance(1, in: 2) {
      let role = random.pick([JSONText.null, .text("admin"), .text("ab")])
      document.append(("actor", .members([("role", role), ("id", .text("a"))])))
    }
    if random.chance(1, in: 10) { document.append(("note", .text("not read"))) }
  }

  private mutating func facts() -> JSONText {
    var facts = JSONText.object([])
    for fact in Vocabulary.facts where random.chance(3, in: 4) {
      var value = random.chance(1, in: 8) ? JSONText.null : value(fact.type)
      if fact.name == "share" {
        value = .number(
          random.pick(["0", "0.3", "0.5", "1", random.chance(1, in: 20) ? "1.5" : "0.7"]))
      }
      if random.chance(1, in: 1_500) { value = .array([.array([.null])]) }
      let names = fact.name.split(separator: ".").map(String.init)
      if names.count == 1 {
        facts[names[0]] = value
      } else {
        var inner = facts[names[0]] ?? .object([])
        inner[names[1]] = value
        facts[names[0]] = inner
      }
    }
    return facts
  }

  private mutating func session() -> JSONText {
    var members: [(String, JSONText)] = []
    for name in Vocabulary.session where random.chance(3, in: 4) {
      var text = random.pick(["0", "1", "2", "5", "7", "20", "300"])
      if random.chance(1, in: 100) { text = random.pick(["-1", "0.5"]) }
      members.append((name, random.chance(1, in: 20) ? .null : .number(text)))
    }
    return .members(members)
  }

  private mutating func scores() -> JSONText {
    var members: [(String, JSONText)] = []
    for name in Vocabulary.scores + ["given", "unread"] where random.chance(2, in: 3) {
      let text = random.chance(1, in: 80) ? "1.01" : random.pick(["0", "0.25", "0.5", "0.9", "1"])
      members.append((name, .number(text)))
    }
    return .members(members)
  }

  private mutating func reasoning() -> JSONText {
    var members: [(String, JSONText)] = []
    if random.chance(3, in: 4) { members.append(("steps", value(.list(.text)))) }
    if random.chance(3, in: 4) { members.append(("backup", .bool(random.chance(1, in: 2)))) }
    return .members(members)
  }

  private mutating func components() -> JSONText {
    var members: [(String, JSONText)] = []
    for name in Vocabulary.components where random.chance(3, in: 4) {
      var use: [(String, JSONText)] = []
      if random.chance(4, in: 5) { use.append(("message", .number(random.pick(["0", "2", "7"])))) }
      if random.chance(4, in: 5) {
        use.append(("tokens", .number(random.pick(["0", "7", "300"]))))
      }
      if random.chance(4, in: 5) {
        use.append(("timestamp", .text(random.pick(Vocabulary.times))))
      }
      members.append((name, random.chance(1, in: 20) ? .null : .members(use)))
    }
    return .members(members)
  }
}
