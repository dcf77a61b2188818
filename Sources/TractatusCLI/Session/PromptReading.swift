import TractatusCompiler
import TractatusJSON
import TractatusSemantics
import TractatusSession
import TractatusValues

/// What a session's rules make of the prompts of people: instructions, which are stored, and how
/// often the status is due.
struct PromptReading {
  private let policy: CheckedPolicy

  /// Reads as much of the rules as instructions and monitors need.
  ///
  /// - Throws: why the rules cannot be read.
  init(rules: [String]) throws(RuleProblem) {
    let loaded = try RuleReader.load(rules, for: .deciding)
    policy = PolicyChecker.check(loaded.files, extent: .instructions).policy
  }

  /// After how much the status is due.
  var rhythm: SessionMonitor.Limits { SessionPolicy.monitor(of: policy).report }

  /// Stores each sentence that asks for something, if it is explicit enough and not stored yet;
  /// gives a line for each that was stored.
  ///
  /// - Throws: why they are not stored although they should be.
  func remember(
    _ prompt: String, in store: SessionStore, at time: Instant?
  ) throws(RuleProblem) -> [String] {
    if policy.classifications.isEmpty { return [] }
    guard let classifier = Classifier(policy) else {
      throw InstructionClassification.unclassifiable
    }
    let sentences = Sentences(of: prompt)
    var known: Set<String> = []
    for record in store.readInstructions().value ?? [] where record.isActive {
      known.insert(record.text)
    }
    var found: [InstructionClassification] = []
    for text in sentences.texts
    where text.utf8.count <= InstructionHistory.textLimit && known.insert(text).inserted {
      let one = try InstructionClassification.classify(text, by: classifier, at: time)
      if one.isStorable { found.append(one) }
    }
    if !found.isEmpty { try InstructionClassification.store(&found, in: store, at: time) }
    var lines = found.map(\.storedLine)
    if sentences.isCut {
      lines.append("Only the first \(Sentences.limit) sentences were read for instructions.")
    }
    return lines
  }
}
