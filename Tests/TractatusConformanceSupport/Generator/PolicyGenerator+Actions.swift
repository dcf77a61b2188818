import TractatusValues

extension PolicyGenerator {
  /// Declares an action type.
  mutating func addAction(to declarations: inout [SourceTree]) {
    let name = random.chance(1, in: 6) ? "shared_\(policy.actions.count % 2)" : nil
    let index = policy.actions.count
    var action = GeneratedPolicy.Action(
      package: package, name: name ?? "act\(index)", parameters: [])
    if policy.actions.contains(where: { $0.package == package && $0.name == action.name }) {
      action.name = "act\(index)"
    }
    let open = Vocabulary.parameters.filter { hasCommands || $0.type != .command }
    for (name, _) in random.some(open, least: 1, most: 8) {
      if isAboutCommands, name == "command" { continue }
      action.parameters.append((name, random.chance(2, in: 3)))
    }
    if isAboutCommands { action.parameters.append(("command", random.chance(1, in: 3))) }
    var body: [SourceTree] = action.parameters.map { parameter in
      let type = Self.type(of: parameter.name)
      return .text(
        "\(parameter.name): \(type.source)\(parameter.isOptional ? " optional" : "")")
    }
    addSources(to: &body, &action, index)
    addExtractions(to: &body, action)
    if random.chance(1, in: 3) { body.append(.parts(["otherwise ", otherwise()])) }
    var head = random.chance(1, in: 6) ? "sealed " : ""
    if random.chance(1, in: 20) { head += "closed " }
    declarations.append(
      .parts([
        .text("\(head)action \(action.name) \"Action \(action.name)\" {\n"), .lines(body), "\n}",
      ]))
    policy.actions.append(action)
  }

  /// The type of a parameter.
  static func type(of parameter: String) -> GeneratedType {
    Vocabulary.parameters.first { $0.name == parameter }?.type ?? .text
  }

  private mutating func addSources(
    to body: inout [SourceTree], _ action: inout GeneratedPolicy.Action, _ index: Int
  ) {
    for _ in 0..<random.below(3) { body.append(toolMapping(&action)) }
    guard index > 0 else { return }
    for _ in 0..<(random.chance(1, in: 2) ? 1 + random.below(2) : 0) {
      let source = random.below(index)
      let scope = GeneratedScope(roots: true, types: [policy.actions[source]])
      var parts: [SourceTree] = [.text("from action \(typeName(source))")]
      if random.chance(3, in: 4) {
        let toward = scope.toward(.restricting)
        parts += [" when ", condition(toward, depth: 1, isInClause: false)]
      }
      body.append(.parts(parts))
    }
  }

  private mutating func toolMapping(_ action: inout GeneratedPolicy.Action) -> SourceTree {
    let tools = random.some(Vocabulary.toolPatterns, least: 1, most: 2)
    var parts: [SourceTree] = []
    switch shape == .histories ? random.below(4) : 3 {
    case 0:
      action.results += tools
      parts += ["from result of ", .commas(tools.map { .text(quoted($0)) })]
    case 1:
      let event = random.pick(Vocabulary.events)
      action.events.append(event)
      parts.append(.text("from event " + quoted(event)))
    default:
      action.tools += tools
      parts += ["from tool ", .commas(tools.map { .text(quoted($0)) })]
    }
    if random.chance(1, in: 2) {
      let renamed = random.some(action.parameters, least: 1, most: 2)
      let fields = renamed.map { parameter -> SourceTree in
        let path = random.pick([
          ["\(parameter.name)_field"], ["args", parameter.name],
          ["\(Self.type(of: parameter.name).source.filter(\.isLetter).prefix(6))_field"],
        ])
        action.fields.append((parameter.name, path))
        return .text("\(parameter.name) = \(path.joined(separator: "."))")
      }
      parts += [" with ", .commas(fields)]
    }
    return .parts(parts)
  }

  private mutating func addExtractions(
    to body: inout [SourceTree], _ action: GeneratedPolicy.Action
  ) {
    for _ in 0..<random.below(3) {
      let fit = action.parameters.filter { parameter in
        switch Self.type(of: parameter.name) {
        case .list, .record, .bool: false
        default: true
        }
      }
      guard !fit.isEmpty else { return }
      let commands = action.parameters.map(\.name).filter { Self.type(of: $0) == .command }
      if !commands.isEmpty, random.chance(1, in: 2) {
        let target = random.pick(fit).name
        let source = random.pick(commands)
        guard source != target else { continue }
        let options = random.some(Self.testedOptions, least: 1, most: 3).map {
          SourceTree.text(quoted($0))
        }
        body.append(
          .parts([
            .text("extract \(target) from \(source) option ["), .commas(options), "]",
          ]))
        continue
      }
      let texts = action.parameters.map(\.name).filter { Self.type(of: $0).isText }
      let target = random.pick(fit).name
      let source = random.chance(1, in: 2) ? "description" : random.pick(texts + ["description"])
      guard source != target else { continue }
      let pattern = random.pick(Vocabulary.extractions)
      let isJoined = Self.type(of: target) == .text && pattern.hasPrefix("([a-z]")
      body.append(
        .text(
          "extract \(target) from \(source) matching /\(pattern)/" + (isJoined ? " joined" : "")))
    }
  }

  /// Maps a tool to an action type of another package.
  mutating func addForeignMapping(to declarations: inout [SourceTree]) {
    let foreign = policy.actions.indices.filter { policy.actions[$0].package != package }
    guard let index = foreign.isEmpty ? nil : random.pick(foreign) else { return }
    var action = policy.actions[index]
    let mapping = toolMapping(&action)
    policy.actions[index] = action
    declarations.append(.parts([.text("action \(typeName(index)) {\n"), mapping, "\n}"]))
  }
}
