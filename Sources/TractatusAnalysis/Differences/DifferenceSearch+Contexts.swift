import TractatusSemantics
import TractatusValues

/// What stands around the clauses of two versions: scores, programs, and which calls are of a type.
extension DifferenceSearch {
  /// Most changed programs of which lines are tried.
  private static var programLimit: Int { 200 }

  /// Says what is only compared by itself, and shows what changed programs change.
  func compareContexts() {
    let before = VersionContext(old.probed.lowered)
    let after = VersionContext(new.probed.lowered, joined: joined)
    for name in VersionContext.changedScores(before, after) {
      tryScores(of: name)
      let open = undecidedClasses(of: name)
      if open.isEmpty { continue }
      note(
        "whether anything is \(open) by how the score of `\(name)` is made: scores around its "
          + "levels' limits were tried")
    }
    for name in VersionContext.changedSources(before, after) {
      note("other calls are also of `\(name)`: what follows from that alone is not looked for")
    }
    let programs = VersionContext.changedPrograms(before, after)
    if programs.isEmpty || !readsCommands { return }
    let tests = CommandTests(model.policy)
    for name in programs.prefix(Self.programLimit) {
      let count = tryLines(of: name, tests)
      let open = undecidedClasses(of: "program \(name)")
      if open.isEmpty { continue }
      note(
        "whether anything is \(open) by what is declared of `\(name)`: \(count) command lines of "
          + "it were decided by both versions")
    }
    if programs.count > Self.programLimit {
      note("what is declared of \(programs.count - Self.programLimit) more programs differs")
    }
  }

  /// The classes of which nothing was shown by an owner, as words of a sentence.
  func undecidedClasses(of owner: String) -> String {
    PolicyDifference.Class.allCases.map(\.rawValue).filter { !shown.contains("\($0) \(owner)") }
      .joined(separator: " or ")
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

  /// Decides lines of a program by both versions; how many.
  private func tryLines(of program: String, _ tests: CommandTests) -> Int {
    let lines = ProgramLines(program, old.checked.programs, new.checked.programs).lines(for: tests)
    let builder = WitnessBuilder(model)
    for (type, action) in old.checked.actionTypes.enumerated() {
      guard let parameter = action.parameters.first(where: { $0.type == .command }),
        new.checked.actionTypes.contains(where: { $0.name.text == action.name.text })
      else { continue }
      let trees = builder.trees(for: .nothing, type: type, limit: 1)
      for text in lines {
        for var tree in trees.suffix(2) {
          tree.set(.text(text), at: ["parameters", parameter.name])
          let owner = "program \(program)"
          if show(tree.json, owner, action.name.text) { break }
        }
      }
    }
    return lines.count
  }

  /// Shows an action that both versions decide otherwise; whether they do.
  func show(_ document: [UInt8], _ owner: String, _ type: String) -> Bool {
    guard oldRun.begin(after: nil), newRun.begin(after: nil), let one = oldRun.judge(document),
      let other = newRun.judge(document), one.verdict != other.verdict
    else { return false }
    add(Witness(document: document, decision: one), owner, type)
    return true
  }

  /// Decides actions with scores around the limits of a threshold's levels by both versions.
  private func tryScores(of name: String) {
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
