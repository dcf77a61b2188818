import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// Compiles a policy together with the instructions of a history.
///
/// Each active instruction that a reading covers becomes an ordinary instruction rule of the
/// reading's package, written as a source of its own, so that it is checked, lowered and reported
/// as any other. One that would not compile is left out and said to be recorded alone: what people
/// say in a session must not stop every decision.
struct InstructionCompilation {
  /// The longest title of a rule that an instruction becomes, in scalars.
  private static let titleLimit = 200

  private var sources: SourceSet
  private let files: [ParsedFile]
  /// The sources that were written, in their order.
  private var written: [ParsedFile] = []
  private var stored: [StoredInstruction] = []
  /// The names of policy rules and thresholds, by package.
  private var taken: [String: Set<String>] = [:]

  /// Compiles; linear in the policy and in instructions times readings.
  static func compile(
    _ policy: LoadedPolicy, _ instructions: InstructionSource, extent: CheckExtent,
    limits: Lowering.Limits
  ) -> CompilationResult {
    var work = InstructionCompilation(policy)
    work.read(instructions)
    var result = work.compile(policy, extent, limits)
    if result.hasErrors, work.dropUnfit(result) { result = work.compile(policy, extent, limits) }
    work.noteReplacements(result.checked)
    result.instructions = work.stored
    return result
  }

  private init(_ policy: LoadedPolicy) {
    sources = policy.sources
    files = policy.files
    for file in files {
      guard let view = FileView(file.tree, file.tree.root), let package = view.policy?.path?.joined
      else { continue }
      for declaration in view.declarations {
        let name: TokenID? =
          switch declaration {
          case .rule(let rule): rule.name
          case .threshold(let threshold): threshold.name
          default: nil
          }
        if let name { taken[package, default: []].insert(file.tree.name(of: name)) }
      }
    }
  }

  private func compile(
    _ policy: LoadedPolicy, _ extent: CheckExtent, _ limits: Lowering.Limits
  ) -> CompilationResult {
    Compilation.compile(
      files: files + written, sources: sources, diagnostics: policy.diagnostics, extent: extent,
      limits: limits)
  }

  // MARK: Reading

  private mutating func read(_ instructions: InstructionSource) {
    let classifier = Classifier(PolicyChecker.check(files, extent: .instructions).policy)
    let places = Self.places(of: instructions.records)
    for (number, record) in instructions.records.enumerated() {
      var entry = StoredInstruction(record: record)
      defer { stored.append(entry) }
      guard record.isActive else {
        entry.idle = .inactive
        continue
      }
      if Self.isPrecedent(record) {
        entry.idle = .precedent
        continue
      }
      for (reading, values) in classifier?.readings(covering: record.text) ?? [] {
        let name = freeName(for: record.id, reading)
        let source = write(
          record, as: name, reading, values, history: instructions.name, place: places[number])
        guard let source else { continue }
        entry.rules.append(
          StoredInstruction.Rule(name: name, reading: reading.name, source: source))
      }
      if entry.rules.isEmpty { entry.idle = .uncovered }
    }
  }

  /// Whether an instruction says of itself that it binds nobody.
  private static func isPrecedent(_ record: InstructionRecord) -> Bool {
    record.parameters.contains { $0.name == "precedent_binding" && $0.value == .bool(false) }
  }

  /// The place of each instruction by age, the oldest first: those without a time before all that
  /// have one, else as they stand in the history.
  private static func places(of records: [InstructionRecord]) -> [Int] {
    let order = records.indices.sorted { left, right in
      switch (records[left].timestamp, records[right].timestamp) {
      case (nil, .some): true
      case (.some, nil): false
      case (.some(let a), .some(let b)) where a != b: a < b
      default: left < right
      }
    }
    var places = [Int](repeating: 0, count: order.count)
    for (place, number) in order.enumerated() { places[number] = place }
    return places
  }

  /// The instruction's own name where the package has no rule of that name, else a longer one.
  private mutating func freeName(for id: String, _ reading: Reading) -> QualifiedName {
    let package = reading.name.package
    var name = id
    if taken[package]?.contains(name) == true { name += "_" + reading.name.name }
    while taken[package]?.contains(name) == true { name += "_stored" }
    taken[package, default: []].insert(name)
    return QualifiedName(package: package, name: name)
  }

  /// Writes the rule of an instruction as a source; nil where its package has no file.
  private mutating func write(
    _ record: InstructionRecord, as name: QualifiedName, _ reading: Reading,
    _ values: [ConstantValue], history: String, place: Int
  ) -> SourceID? {
    let home = files.first {
      FileView($0.tree, $0.tree.root)?.policy?.path?.joined == name.package
    }
    guard let home, let header = FileView(home.tree, home.tree.root)?.policy else { return nil }
    let title = RuleText.escaped(RuleText.shortened(record.text, to: Self.titleLimit))
    var text = home.tree.text(of: header.id) + "\n\n"
    text += "/// Stored in the instruction history, read by `\(reading.name.text)`.\n"
    // A name that could be a word of the language stands in backticks.
    let word = name.name.contains("_") ? name.name : "`\(name.name)`"
    text += "instruction \(word) \"\(title)\" {\n"
    for (key, value) in metadata(of: record) { text += "  \(key): \(value)\n" }
    text += reading.body(values) + "}\n"
    let source = sources.add(name: "\(history)#\(name.name)", bytes: Array(text.utf8))
    var file = ParsedFile(parsing: source, rulesRoot: home.rulesRoot)
    file.storedPlace = place
    written.append(file)
    return source.id
  }

  private func metadata(of record: InstructionRecord) -> [(String, String)] {
    var entries: [(String, String)] = []
    if let word = record.quadrant { entries.append(("quadrant", word)) }
    if let word = record.persistence { entries.append(("persistence", word)) }
    if let word = record.scope { entries.append(("scope", word)) }
    if let word = record.verification { entries.append(("verification", word)) }
    if let share = record.explicitness { entries.append(("explicitness", share.description)) }
    entries.append(("source", "\"\(RuleText.escaped(record.source))\""))
    return entries
  }

  // MARK: What does not compile

  /// Leaves out the rules of which an error speaks; false where there is none.
  private mutating func dropUnfit(_ result: CompilationResult) -> Bool {
    var reasons: [SourceID: String] = [:]
    for diagnostic in result.diagnostics where diagnostic.severity == .error {
      if reasons[diagnostic.span.source] == nil {
        reasons[diagnostic.span.source] = diagnostic.message
      }
    }
    let unfit = Set(written.map(\.source.id)).intersection(reasons.keys)
    guard !unfit.isEmpty else { return false }
    written.removeAll { unfit.contains($0.source.id) }
    for index in stored.indices {
      guard let first = stored[index].rules.first(where: { unfit.contains($0.source) }) else {
        continue
      }
      stored[index].rules.removeAll { unfit.contains($0.source) }
      if stored[index].rules.isEmpty {
        stored[index].idle = .unfit(reasons[first.source] ?? "it does not compile")
      }
    }
    return true
  }

  private mutating func noteReplacements(_ policy: CheckedPolicy) {
    var owners: [QualifiedName: Int] = [:]
    for (index, entry) in stored.enumerated() {
      for rule in entry.rules { owners[rule.name] = index }
    }
    for rule in policy.rules where owners[rule.name] != nil {
      for other in rule.replaces {
        let name = policy.rules[Int(other.index)].name
        if let owner = owners[name] { stored[owner].replacedBy.append(rule.name.name) }
      }
    }
    for index in stored.indices { stored[index].replacedBy.sort() }
  }
}
