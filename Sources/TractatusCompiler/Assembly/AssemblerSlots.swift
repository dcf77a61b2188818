import TractatusEngine
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// Every input of a decision: parameters by type and name, roots, facts, components, scores,
  /// thresholds.
  mutating func addSlots() {
    for (index, type) in checked.actionTypes.enumerated() {
      firstSlots.append(pools.sections.slots.count)
      for parameter in type.parameters {
        var slot = slot(.parameter, parameter.name, parameter.type)
        slot.owner = UInt32(clamping: index)
        slot.isOptional = parameter.isOptional ? 1 : 0
        pools.sections.slots.append(slot)
      }
    }
    addRoots()
    addFacts()
    addComponents()
    addScores()
    addThresholdSlots()
  }

  private mutating func slot(
    _ kind: SlotKind, _ name: String, _ type: ValueType
  ) -> SlotRecord {
    slotTypes.append(type)
    var slot = SlotRecord()
    slot.kind = kind.rawValue
    slot.name = pools.text(name)
    slot.valueType = pools.type(type)
    return slot
  }

  private static let figure = ValueType.int(bounds: NumberBounds(lower: .zero))
  private static let share = ValueType.number(bounds: NumberBounds(lower: .zero, upper: .one))

  /// The last use of a component; the fields are in the order of their names.
  private static let use = ValueType.record([
    RecordField(name: "message", type: figure, isOptional: true),
    RecordField(name: "timestamp", type: .time(bounds: TimeBounds()), isOptional: true),
    RecordField(name: "tokens", type: figure, isOptional: true),
  ])

  private mutating func addRoots() {
    firstRoot = pools.sections.slots.count
    var reasoning: [(String, Int)] = []
    var session: [(String, Int)] = []
    for root in RootSlot.allCases {
      let (name, type) = Self.describe(root)
      let place = pools.sections.slots.count
      if name.hasPrefix("session.") { session.append((String(name.dropFirst(8)), place)) }
      if name.hasPrefix("reasoning.") { reasoning.append((String(name.dropFirst(10)), place)) }
      pools.sections.slots.append(slot(.root, name, type))
    }
    pools.sections.header.rootSlots = Extent(start: firstRoot, count: RootSlot.allCases.count)
    pools.sections.header.sessionNames = names(session)
    pools.sections.header.reasoningNames = names(reasoning)
  }

  /// The name and type of a root.
  private static func describe(_ root: RootSlot) -> (String, ValueType) {
    func reasoning(_ name: String) -> (String, ValueType) {
      let type = Roots.reasoning.first { $0.name == name }?.type
      return ("reasoning." + name, type ?? .text)
    }
    func session(_ name: String) -> (String, ValueType) { ("session." + name, figure) }
    return switch root {
    case .actionTool: ("action.tool", .text)
    case .actionType: ("action.type", .text)
    case .actorID: ("actor.id", .text)
    case .actorRole: ("actor.role", .text)
    case .at: ("at", .time(bounds: TimeBounds()))
    case .cwd: ("cwd", .path)
    case .description: ("description", .text)
    case .project: ("project", .path)
    case .explanation: reasoning("explanation")
    case .steps: reasoning("steps")
    case .evidence: reasoning("evidence")
    case .alternatives: reasoning("alternatives")
    case .errorHandling: reasoning("error_handling")
    case .backup: reasoning("backup")
    case .tests: reasoning("tests")
    case .messages: session("messages")
    case .tokens: session("tokens")
    case .tokenBudget: session("token_budget")
    case .tasks: session("tasks")
    case .recentErrors: session("recent_errors")
    case .instructions: session("instructions")
    case .compactions: session("compactions")
    }
  }

  /// A table from names to one slot each, as members of JSON objects.
  private mutating func names(_ slots: [(String, Int)]) -> UInt32 {
    let entries = slots.map { name, slot in (pools.text(name), pools.words([slot])) }
    return pools.sections.addKeyTable(entries, hash: .member)
  }

  private mutating func addFacts() {
    firstFact = pools.sections.slots.count
    var plain: [(String, Int)] = []
    for fact in checked.facts {
      var slot = slot(.fact, fact.name, fact.type)
      slot.isOptional = fact.isOptional ? 1 : 0
      slot.fallback = pools.constant(fact.fallback)
      let path = fact.name.split(separator: ".").map(String.init)
      slot.path = pools.texts(path)
      if path.count == 1 { plain.append((fact.name, pools.sections.slots.count)) }
      pools.sections.slots.append(slot)
    }
    pools.sections.header.facts = Extent(start: firstFact, count: checked.facts.count)
    pools.sections.header.factNames = names(plain)
  }

  private mutating func addComponents() {
    firstComponent = pools.sections.slots.count
    var known = Set(checked.components.map(\.name))
    for attribute in lowered.attributes {
      if case .component(let name) = attribute.source { known.insert(name) }
    }
    let sorted = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in sorted {
      componentSlots[name] = pools.sections.slots.count
      pools.sections.slots.append(slot(.component, name, Self.use))
    }
    pools.sections.header.components = Extent(start: firstComponent, count: sorted.count)
    pools.sections.header.componentNames = names(sorted.map { ($0, componentSlots[$0] ?? 0) })
    pools.sections.header.componentType = pools.type(Self.use)
  }

  private mutating func addScores() {
    let first = pools.sections.slots.count
    var known: Set<String> = []
    for attribute in lowered.attributes {
      if case .score(let name) = attribute.source { known.insert(name) }
    }
    let sorted = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in sorted {
      scoreSlots[name] = pools.sections.slots.count
      pools.sections.slots.append(slot(.score, "scores." + name, Self.share))
    }
    pools.sections.header.scores = Extent(start: first, count: sorted.count)
    pools.sections.header.scoreNames = names(sorted.map { ($0, scoreSlots[$0] ?? 0) })
    pools.sections.header.scoreType = pools.type(Self.share)
  }

  private mutating func addThresholdSlots() {
    for (index, threshold) in checked.thresholds.enumerated() {
      let levels = Enumeration(
        name: threshold.name.text, values: threshold.levels.map(\.name))
      for (kind, type) in [
        (SlotKind.level, ValueType.enumeration(levels)), (.thresholdScore, Self.share),
      ] {
        var slot = slot(kind, threshold.name.text, type)
        slot.owner = UInt32(clamping: thresholdPlaces[index])
        if kind == .level {
          levelSlots.append(pools.sections.slots.count)
        } else {
          thresholdScoreSlots.append(pools.sections.slots.count)
        }
        pools.sections.slots.append(slot)
      }
    }
  }

  // MARK: Attributes

  /// The attributes, at the same places as in the lowered policy.
  mutating func addAttributes() {
    for attribute in lowered.attributes {
      var record = AttributeRecord()
      let (slot, path, name) = resolve(attribute.source)
      let (fields, part) = Self.split(path, of: slotTypes[slot])
      record.slot = UInt32(clamping: slot)
      record.fields = pools.texts(fields)
      record.part = part.rawValue
      record.name = pools.text(name)
      if fields.isEmpty, part == .whole {
        record.value = record.slot
        record.valueType = pools.sections.slots[slot].valueType
      } else {
        let values = pools.sections.slots.count + pools.sections.fieldAttributes.count
        record.value = UInt32(clamping: values)
        record.valueType = pools.type(attribute.type)
        pools.sections.fieldAttributes.append(UInt32(clamping: pools.sections.attributes.count))
      }
      pools.sections.slots[slot].isRead = 1
      pools.sections.attributes.append(record)
    }
    readSurroundings()
    let values = pools.sections.slots.count + pools.sections.fieldAttributes.count
    pools.sections.header.valueCount = UInt32(clamping: values)
  }

  /// Keeps the texts of `cwd` and `project` where tests of paths or commands depend on them.
  private mutating func readSurroundings() {
    guard lowered.mayReadPlaces else { return }
    for root in [RootSlot.cwd, .project] {
      pools.sections.slots[firstRoot + Int(root.rawValue)].isRead = 1
    }
  }

  /// A way into a value in fields of records and, after these, the part of a URL.
  static func split(_ path: [String], of type: ValueType?) -> (fields: [String], part: URLPart) {
    var type = type
    for (index, name) in path.enumerated() {
      switch type {
      case .record(let fields): type = fields.first { $0.name == name }?.type
      case .url: return (Array(path[..<index]), part(name))
      default: return (path, .whole)
      }
    }
    return (path, .whole)
  }

  private static func part(_ name: String) -> URLPart {
    switch name {
    case "scheme": .scheme
    case "host": .host
    case "port": .port
    default: .whole
    }
  }

  /// The slot of an attribute, the fields below it, and its name in the policy.
  private func resolve(
    _ source: LoweredAttribute.Source
  ) -> (slot: Int, fields: [String], name: String) {
    func root(_ root: RootSlot) -> (Int, [String], String) {
      (firstRoot + Int(root.rawValue), [], Self.describe(root).0)
    }
    func named(_ prefix: String, _ name: String) -> (Int, [String], String) {
      let found = RootSlot.allCases.first { Self.describe($0).0 == prefix + name }
      return root(found ?? .description)
    }
    switch source {
    case .parameter(let type, let parameter, let fields):
      let name = checked.actionTypes[type].parameters[parameter].name
      let path = ([name] + fields).joined(separator: ".")
      return (firstSlots[type] + parameter, fields, path)
    case .actionType: return root(.actionType)
    case .actionTool: return root(.actionTool)
    case .description: return root(.description)
    case .project: return root(.project)
    case .cwd: return root(.cwd)
    case .at: return root(.at)
    case .actorID: return root(.actorID)
    case .actorRole: return root(.actorRole)
    case .session(let name): return named("session.", name)
    case .reasoning(let name): return named("reasoning.", name)
    case .score(let name): return (scoreSlots[name] ?? 0, [], "scores." + name)
    case .fact(let fact, let fields):
      let name = (["facts", checked.facts[fact].name] + fields).joined(separator: ".")
      return (firstFact + fact, fields, name)
    case .component(let name): return (componentSlots[name] ?? 0, [], name)
    case .level(let threshold):
      return (levelSlots[threshold], [], checked.thresholds[threshold].name.text)
    case .thresholdScore(let threshold):
      let name = checked.thresholds[threshold].name.text + ".score"
      return (thresholdScoreSlots[threshold], [], name)
    }
  }
}
