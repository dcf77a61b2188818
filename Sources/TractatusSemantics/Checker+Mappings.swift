import TractatusSource
import TractatusSyntax

extension Checker {
  /// Adds the sources of an action type that a package writes.
  func mappings(of view: ActionView, _ number: Int, package: Int) {
    for source in view.toolSources { tool(source, number, package: package) }
    for source in view.actionSources { action(source, number, package: package) }
  }

  private func tool(_ view: ToolSourceView, _ number: Int, package: Int) {
    let tree = view.tree
    var seen = SeenNames()
    var tools: [String] = []
    for token in view.tools {
      let name = tree.string(of: token)
      let span = tree.span(of: token)
      guard view.isOfEvent ? checkEvent(name, at: span) : checkToolName(name, at: span),
        noteRepeated(name, at: span, in: &seen)
      else { continue }
      tools.append(name)
    }
    var fields: [(parameter: String, path: [String])] = []
    var mapped = SeenNames()
    for mapping in view.mappings {
      guard let token = mapping.name, let path = mapping.path else { continue }
      let name = tree.name(of: token)
      let span = tree.span(of: token)
      guard noteRepeated(name, at: span, in: &mapped),
        parameter(name, of: number, at: span) != nil
      else { continue }
      fields.append((name, path.names))
    }
    guard !tools.isEmpty else { return }
    policy.toolMappings.append(
      ToolMapping(
        type: ActionTypeID(number), package: PackageID(package),
        occasion: view.isOfEvent ? .event : view.isOfResult ? .result : .call,
        tools: tools.sorted(),
        fields: fields.sorted { $0.parameter < $1.parameter }, span: view.span))
  }

  private func checkEvent(_ name: String, at span: SourceSpan) -> Bool {
    if MappedOccasion.events.contains(name) { return true }
    let near = near(to: name, among: MappedOccasion.events)
    report(
      .malformedToolName, "there is no event `\(name)`" + suggestion(near), at: span,
      notes: ["There are \(ValueType.listed(MappedOccasion.events))."],
      fixIts: near.map { [FixIt("write \"\($0)\"", replacing: span, with: "\"\($0)\"")] } ?? [])
    return false
  }

  private func checkToolName(_ name: String, at span: SourceSpan) -> Bool {
    var reason: String?
    var hasTwoStars = false
    if name.isEmpty { reason = "is empty" }
    if name.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
      reason = "has white space or control characters"
    }
    var before: UInt8 = 0
    for byte in name.utf8 {
      if byte == UInt8(ascii: "*"), before == byte { hasTwoStars = true }
      before = byte
    }
    if hasTwoStars { reason = "has `**`, and one `*` is any run already" }
    guard let reason else { return true }
    report(.malformedToolName, "this name of a tool \(reason)", at: span)
    return false
  }

  /// The parameter of a name, or nil after a diagnostic.
  func parameter(_ name: String, of number: Int, at span: SourceSpan) -> Parameter? {
    if let found = parameterTable([number]).entries[name] {
      return Parameter(name: name, type: found.type, isOptional: found.isOptional)
    }
    let type = policy.actionTypes[number]
    // A parameter that was declared and is broken has had its diagnostic.
    if let view = actions[number].view,
      view.fields.contains(where: { $0.name.map { view.tree.name(of: $0) } == name })
    {
      return nil
    }
    let near = near(to: name, among: type.parameters.map(\.name))
    report(
      .unknownParameter,
      "action type `\(type.name.name)` has no parameter `\(name)`" + suggestion(near), at: span,
      notes: near == nil && !type.parameters.isEmpty
        ? ["It has \(ValueType.listed(type.parameters.map(\.name)))."] : [],
      fixIts: fixIt(near, at: span))
    return nil
  }

  private func action(_ view: ActionSourceView, _ number: Int, package: Int) {
    guard let path = view.path,
      case .own(let source) = resolve(
        NamePath(path), .actions, from: package, code: .undeclaredActionType)
    else { return }
    guard source != unmapped else {
      report(
        .undeclaredActionType, "`unmapped` is a call that nothing maps, so nothing comes from it",
        at: path.span)
      return
    }
    var condition = Condition.constant(true)
    if let written = view.condition {
      let checked = self.condition(written, scope(package: package, types: [source]))
      reportUnguarded(checked, present: [])
      reportShadows(checked, unless: false)
      condition = oriented(checked, loosens: false)
    }
    policy.actionMappings.append(
      ActionMapping(
        type: ActionTypeID(number), source: ActionTypeID(source), package: PackageID(package),
        condition: condition, span: view.span))
  }

  /// Puts mappings in the order of package, content and place.
  func sortMappings() {
    policy.toolMappings.sort { left, right in
      if left.package != right.package { return left.package.index < right.package.index }
      if left.type != right.type { return left.type.index < right.type.index }
      if left.occasion != right.occasion { return left.occasion.rawValue < right.occasion.rawValue }
      if left.tools != right.tools { return left.tools.lexicographicallyPrecedes(right.tools) }
      return left.span < right.span
    }
    policy.actionMappings.sort { left, right in
      if left.package != right.package { return left.package.index < right.package.index }
      if left.type != right.type { return left.type.index < right.type.index }
      if left.source != right.source { return left.source.index < right.source.index }
      return text(at: left.span) < text(at: right.span)
    }
  }

  /// The source text of a span, for an order that does not depend on where it stands.
  func text(at span: SourceSpan) -> String {
    files.first { $0.source.id == span.source }?.source.string(from: span.start, to: span.end) ?? ""
  }

  /// Reports action types that come from each other in a circle.
  func checkMappingCycles() {
    var sources: [Set<Int>] = Array(repeating: [], count: actions.count)
    var places: [Int: SourceSpan] = [:]
    for mapping in policy.actionMappings {
      sources[Int(mapping.type.index)].insert(Int(mapping.source.index))
      places[Int(mapping.type.index)] = mapping.span
    }
    let topology = Topology(sources.map { $0.sorted() })
    for cycle in topology.cycles {
      reportCycle(
        cycle.map { (actions[$0].name.name, places[$0] ?? actions[$0].span) },
        "action types come from each other")
    }
    if !topology.cycles.isEmpty { policy.actionMappings = [] }
    for mapping in policy.actionMappings {
      mappingSources[Int(mapping.type.index), default: []].append(Int(mapping.source.index))
    }
  }

  /// The extractions of an action type.
  func extractions(of view: ActionView, _ number: Int, package: Int) -> [Extraction] {
    var found: [Extraction] = []
    for extract in view.extracts {
      guard let token = extract.name, let path = extract.path else { continue }
      let span = view.tree.span(of: token)
      guard let target = parameter(view.tree.name(of: token), of: number, at: span) else {
        continue
      }
      switch target.type {
      case .bool, .list, .record:
        report(
          .wrongExtraction,
          "`\(target.name)` is \(target.type.described), which no piece of text can be", at: span)
        continue
      case .text: break
      default:
        guard !extract.isJoined else {
          report(
            .wrongExtraction,
            "`\(target.name)` is \(target.type.described), and what is joined is a plain text",
            at: span)
          continue
        }
      }
      let isOfCommand = extract.options != nil
      guard
        let source = source(
          NamePath(path), number, target: target.name, isOfCommand: isOfCommand),
        let search = search(extract, package: package)
      else { continue }
      found.append(
        Extraction(
          parameter: target.name, source: source, search: search, isJoined: extract.isJoined,
          span: extract.span))
    }
    return found.sorted {
      ($0.parameter, $0.search.text, $0.span) < ($1.parameter, $1.search.text, $1.span)
    }
  }

  /// What an extraction takes, or nil after a diagnostic.
  private func search(_ view: ExtractView, package: Int) -> Extraction.Search? {
    if let value = view.options {
      let scope = Scope(package: package, parameters: .roots)
      return options(value, of: nil, scope).map { .options($0) }
    }
    guard let token = view.pattern else { return nil }
    let (text, flags) = view.tree.regularExpression(of: token)
    return .matching(
      TextPattern(
        kind: .regularExpression, text: text, ignoresCase: flags.contains("i"),
        dotMatchesNewline: flags.contains("s")))
  }

  /// What an extraction searches: `description`, or a text of the type or of one that brings it.
  private func source(
    _ path: NamePath, _ number: Int, target: String, isOfCommand: Bool
  ) -> Reference? {
    if path.names == ["description"], !isOfCommand { return .description }
    let types = [number] + (mappingSources[number] ?? [])
    let found = types.compactMap { parameterTable([$0]).entries[path.joined] }
    if path.joined == target {
      report(
        .wrongExtraction, "`\(target)` is what is filled, so it is not what is searched",
        at: path.span)
      return nil
    }
    if found.contains(where: { isOfCommand ? $0.type == .command : $0.type.isText }) {
      return .parameter(path.joined, fields: [])
    }
    if let other = found.first {
      report(
        .wrongExtraction,
        "`\(path.joined)` is \(other.type.described), and only "
          + (isOfCommand ? "commands have options" : "texts are searched"), at: path.span)
      return nil
    }
    let candidates = types.flatMap { policy.actionTypes[$0].parameters }
    let fitting = candidates.filter { isOfCommand ? $0.type == .command : $0.type.isText }
    let near = near(
      to: path.joined, among: fitting.map(\.name) + (isOfCommand ? [] : ["description"]))
    report(
      .wrongExtraction,
      (isOfCommand
        ? "there is no command `\(path.joined)` to search: options are read of a parameter"
        : "there is no text `\(path.joined)` to search: an extraction reads `description` or a text"
          + " parameter") + " that the call itself carries" + suggestion(near), at: path.span,
      fixIts: fixIt(near, at: path.span))
    return nil
  }
}

extension Extraction.Search {
  /// What orders several of one parameter.
  fileprivate var text: String {
    switch self {
    case .matching(let pattern): pattern.text
    case .options(let options): options.joined(separator: " ")
    }
  }
}
