import TractatusSemantics
import TractatusValues

/// What stands around the clauses of two versions: scores, programs, and which calls are of a type.
extension DifferenceSearch {
  /// Most changed programs of which lines are tried.
  private static var programLimit: Int { 200 }

  /// Says what is only compared by itself, and shows what changed programs change.
  mutating func compareContexts() {
    for declaration in result.declarations where declaration.isContext {
      note(
        "`\(declaration.word) \(declaration.name)` was \(declaration.kind.rawValue): what follows "
          + "from that alone is not looked for")
    }
    let before = VersionContext(old.probed.lowered)
    let after = VersionContext(new.probed.lowered, joined: joined)
    for name in VersionContext.changedScores(before, after) {
      tryScores(of: name)
      note(
        "the score of `\(name)` is made or divided into levels otherwise: only scores around its "
          + "levels' limits were tried")
    }
    for name in VersionContext.changedSources(before, after) {
      note("other calls are also of `\(name)`: what follows from that alone is not looked for")
    }
    let programs = VersionContext.changedPrograms(before, after)
    if programs.isEmpty || !readsCommands { return }
    for name in programs.prefix(Self.programLimit) { tryLines(of: name) }
    let names = programs.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    note(
      "what is declared of \(names)\(programs.count > 3 ? " and \(programs.count - 3) more" : "") "
        + "differs: only plain command lines of these were tried")
  }

  /// Whether what programs do can change a decision: something is asked of a command.
  private var readsCommands: Bool {
    let readsOptions = [old.checked, new.checked].contains { policy in
      policy.actionTypes.contains { !$0.extractions.isEmpty }
    }
    return readsOptions
      || model.policy.tests.contains { test in
        switch test {
        case .command, .quantified, .history: true
        default: false
        }
      }
  }

  /// Decides plain lines of a program by both versions.
  private mutating func tryLines(of program: String) {
    let declared = (old.checked.programs + new.checked.programs).filter {
      $0.names.contains(program)
    }
    let lines = ProgramLines.lines(of: program, declared)
    let builder = WitnessBuilder(model)
    let none = Assignment(tests: [:], states: [:], dependsOnFree: [])
    for (type, action) in old.checked.actionTypes.enumerated() {
      guard let parameter = action.parameters.first(where: { $0.type == .command }),
        new.checked.actionTypes.contains(where: { $0.name.text == action.name.text }),
        let base = builder.documents(for: none, type: type).first,
        let line = try? ActionLine(setting: parameter.name, in: base)
      else { continue }
      for text in lines {
        let document = line.document(with: text)
        guard let one = oldRun.decide(document), let other = newRun.decide(document),
          one.verdict != other.verdict
        else { continue }
        add(
          Witness(document: document, decision: one), "program \(program)", action.name.text)
      }
    }
  }

  /// Decides actions with scores around the limits of a threshold's levels by both versions.
  private mutating func tryScores(of name: String) {
    var limits: Set<Decimal> = []
    for policy in [old.checked, new.checked] {
      guard let threshold = policy.thresholds.first(where: { $0.name.text == name }) else {
        continue
      }
      limits.formUnion(threshold.levels.map(\.from))
    }
    let step = Decimal.scale / 1_000
    let scores = limits.sorted().flatMap { limit in
      [limit.raw - step, limit.raw, limit.raw + step].filter { 0...Decimal.scale ~= $0 }
        .compactMap { Decimal(raw: $0) }
    }
    for version in [old, new] {
      let policy = version.probed.lowered
      guard let threshold = policy.checked.thresholds.firstIndex(where: { $0.name.text == name })
      else { continue }
      let builder = WitnessBuilder(version.verdicts.model)
      for (type, action) in policy.checked.actionTypes.enumerated() {
        for score in scores {
          let document = builder.document(measuring: threshold, score, type: type)
          guard let one = oldRun.decide(document), let other = newRun.decide(document),
            one.verdict != other.verdict
          else { continue }
          add(Witness(document: document, decision: one), name, action.name.text)
        }
      }
    }
  }
}
