import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusValues

/// Finds what two versions of a policy decide otherwise.
///
/// What gives verdicts is compared by type in a normal form, over one list of tests; for each part
/// that differs the solver looks for an action on which it gives more than all of the other
/// version does, and both evaluators say what they decide.
package final class DifferenceSearch {
  /// Most questions of one comparison.
  private static let questionLimit = 4_000

  let old: PolicyVersion
  let new: PolicyVersion
  let joined: JoinedPolicy
  let model: AnalysisModel
  /// Over the tests of both, with the other version's evaluator.
  private var againstNew: VerdictSearch
  private var againstOld: VerdictSearch
  var oldRun: WitnessRun
  var newRun: WitnessRun
  private var questions = 0
  var result = PolicyDifference()
  private var found: Set<String> = []
  /// Classes and what was shown to belong to them.
  private(set) var shown: Set<String> = []

  /// Compares two versions.
  package static func compare(_ old: PolicyVersion, _ new: PolicyVersion) -> PolicyDifference {
    let search = DifferenceSearch(old, new)
    return search.run()
  }

  private init(_ old: PolicyVersion, _ new: PolicyVersion) {
    (self.old, self.new) = (old, new)
    joined = JoinedPolicy.joining(old.probed.lowered, new.probed.lowered)
    model = AnalysisModel(joined.policy)
    let texts = CandidateTexts()
    againstNew = VerdictSearch(model, new.program, beside: old.program, texts)
    againstOld = VerdictSearch(model, old.program, beside: new.program, texts)
    oldRun = WitnessRun(old.program)
    newRun = WitnessRun(new.program)
  }

  private func run() -> PolicyDifference {
    result.declarations = DeclarationChange.changes(from: old.files, to: new.files)
    var numbers: [String: Int] = [:]
    for (index, type) in new.checked.actionTypes.enumerated() { numbers[type.name.text] = index }
    var changed: Set<String> = []
    for (index, type) in old.checked.actionTypes.enumerated() {
      if let other = numbers[type.name.text] { compare(type.name.text, index, other, &changed) }
    }
    for declaration in result.declarations where declaration.kind == .changed {
      if declaration.word == "rule", !changed.contains(declaration.name) {
        result.unchanged.append(declaration.name)
      }
    }
    compareContexts()
    compareCalls()
    result.changes.sort { left, right in
      (left.kind.rawValue, left.type, left.rule) < (right.kind.rawValue, right.type, right.rule)
    }
    return result
  }

  // MARK: One type

  /// What gives a type its verdicts in both versions, where it differs.
  private struct Parts {
    var old: [Contribution]
    var new: [Contribution]
    /// Those of one version that the other has not.
    var removed: [Contribution] = []
    var added: [Contribution] = []
    /// Owners in the new version of what is not in the joined tests.
    var strange: [String] = []
  }

  private func compare(
    _ name: String, _ type: Int, _ newType: Int, _ changed: inout Set<String>
  ) {
    let parts = parts(type, newType)
    for contribution in parts.removed { changed.formUnion(contribution.owners(beside: parts.new)) }
    for contribution in parts.added { changed.formUnion(contribution.owners(beside: parts.old)) }
    if parts.removed.isEmpty, parts.added.isEmpty, parts.strange.isEmpty { return }
    let goals = old.verdicts.goals(ofType: type) + joinedGoals(newType)
    for contribution in parts.removed {
      look(for: contribution, against: parts.new, goals, name, type, isOld: true)
    }
    for contribution in parts.added {
      look(for: contribution, against: parts.old, goals, name, type, isOld: false)
    }
    for owner in parts.strange {
      note("`\(owner)` on `\(name)` tests what the old version does not have")
    }
    if (parts.old + parts.new).contains(where: { $0.corrects != nil }) {
      note("corrections of `\(name)`, where more than the first verdict counts")
    }
  }

  func note(_ text: String) {
    if !result.undecided.contains(text) { result.undecided.append(text) }
  }

  private func joinedGoals(_ type: Int) -> [Goal] {
    new.verdicts.goals(ofType: type).compactMap { goal in
      joined.expression(goal.expression).map { Goal($0, goal.truths) }
    }
  }

  private func parts(_ type: Int, _ newType: Int) -> Parts {
    var parts = Parts(old: old.verdicts.contributions(to: type), new: [])
    for contribution in new.verdicts.contributions(to: newType) {
      if let known = contribution.joined(by: joined) {
        parts.new.append(known)
      } else {
        parts.strange.append(contribution.owner)
      }
    }
    var before: [String: Int] = [:]
    for one in parts.old { before[one.normalForm, default: 0] += 1 }
    var after: [String: Int] = [:]
    for one in parts.new {
      let form = one.normalForm
      after[form, default: 0] += 1
      if before[form] == nil { parts.added.append(one) }
    }
    parts.removed = parts.old.filter { after[$0.normalForm] == nil }
    return parts
  }

  /// Looks for actions on which a part of one version gives more than the other version does.
  private func look(
    for contribution: Contribution, against others: [Contribution], _ goals: [Goal],
    _ name: String, _ type: Int, isOld: Bool
  ) {
    let owner = contribution.owners(beside: others).joined(separator: ", ")
    // What only corrects is not decided, which is said.
    if contribution.verdict == .allow { return }
    var levels = [contribution.verdict]
    if contribution.verdict == .deny { levels.append(.ask) }
    for level in levels {
      guard var question = contribution.reaching(level) else { continue }
      questions += 1
      if questions > Self.questionLimit {
        note("more than \(Self.questionLimit) parts differ: the rest was not compared")
        return
      }
      question.goals += goals
      switch find(question, others, below: level, type, isOld: isOld) {
      case .never: continue
      case .notDecided(let reason):
        note("what `\(owner)` changes for `\(name)`: \(reason)")
      case .possible(let tests, _):
        let text = ConditionText(joined.policy)
        let words = tests.prefix(3).map { "`\(text.test($0))`" }.joined(separator: ", ")
        note(
          "what `\(owner)` changes for `\(name)`: nothing excludes an action that shows it, and "
            + "none was found" + (words.isEmpty ? "" : "; it depends on \(words)"))
      case .confirmed(let witness):
        add(witness, owner, name)
        return
      }
    }
  }

  private func find(
    _ question: Question, _ others: [Contribution], below level: Verdict, _ type: Int, isOld: Bool
  ) -> VerdictSearch.Result {
    if isOld {
      return againstNew.find(question, others, below: level, types: [type]) {
        _, _, verdict, own in own.map { $0 > verdict } ?? false
      }
    }
    return againstOld.find(question, others, below: level, types: [type]) {
      _, _, verdict, own in own.map { $0 > verdict } ?? false
    }
  }

  func add(_ witness: Witness, _ owner: String, _ type: String) {
    guard oldRun.begin(after: witness.earlier), newRun.begin(after: witness.earlier),
      let before = oldRun.judge(witness.document), let after = newRun.judge(witness.document),
      before.verdict != after.verdict
    else { return }
    let kind: PolicyDifference.Class = after.verdict < before.verdict ? .loosened : .tightened
    shown.insert("\(kind.rawValue) \(owner)")
    guard found.insert("\(kind.rawValue) \(type) \(owner)").inserted else { return }
    result.changes.append(
      PolicyDifference.Change(
        kind: kind, type: type, rule: owner, document: witness.document, earlier: witness.earlier,
        old: before, new: after))
  }
}
