import TractatusEngine
import TractatusJSON
import TractatusSemantics
import TractatusSession
import TractatusSource
import TractatusValues

extension SessionVerb {
  /// `tractatus session check TYPE DESCRIPTION`.
  static let check = SessionVerb(name: "check") { request throws(UsageError) in
    guard request.words.count == 2 else {
      throw UsageError(
        message: "`session check` takes a type and a description, as in "
          + "`session check database \"Add an index\"`")
    }
    let (kind, description) = (request.words[0], request.words[1])
    return request.run { context throws(SessionFailure) in
      try SessionCheck.run(context, kind, description)
    }
  }
}

/// Judges a major action before it begins, with the session's figures around it, and shows every
/// check that applies.
///
/// The action is of the loaded type `pre_action`, whose parameter `kind` says which. Only what a
/// policy requires of that type is listed as a check; the other rules count as for any action.
enum SessionCheck {
  /// The action type that stands for a major action.
  private static let typeName = "pre_action"
  private static let parameter = "kind"

  /// Judges the action, and says of every check whether it holds.
  ///
  /// - Throws: `SessionFailure`, when the policy knows no such action.
  static func run(
    _ context: SessionContext, _ kind: String, _ description: String
  ) throws(SessionFailure) -> SessionReport {
    try expectKnown(kind, context.policy)
    let reading = context.store.read()
    let history = context.store.readInstructions()
    var report = SessionReport("check", headline: "")
    try SessionFailure.decision { () throws(DecisionError) in
      var judge = try context.judge(reading, history)
      let decision = try judge.judge(action(kind, description))
      report.decision = decision
      report.checks = checks(judge.explanations(), decision)
      report.checks += otherEntries(decision)
      report.status = decision.verdict.isBlocking ? .fail : .pass
    }
    report.issues = context.assessment(reading, history).issues.filter { $0.severity == .critical }
    if reading.certainState == nil || history.problem != nil { report.status = .error }
    let word =
      switch report.status {
      case .pass: "PASS"
      case .fail: "FAIL"
      case .error, .dangerous: "CANNOT TELL"
      }
    report.headline = "\(word)  \(kind): \(description)"
    report.folder = context.store.folder
    return report
  }

  private static func expectKnown(
    _ kind: String, _ policy: SessionPolicy
  ) throws(SessionFailure) {
    guard let kinds = kinds(of: policy.checked) else {
      throw .policy(
        PolicyFailure(
          reason: "no loaded package declares the action type `\(typeName)` with a `\(parameter)`: "
            + "add `--rules tractatus.claude_code`"))
    }
    guard !kinds.contains(kind) else { return }
    let near = NearName.nearest(to: kind, among: kinds)
    let hint = near.map { "; did you mean `\($0)`?" } ?? ""
    let listed = kinds.joined(separator: ", ")
    throw .policy(
      PolicyFailure(
        reason: "the loaded policy knows no major action `\(kind)`, but \(listed)\(hint)"))
  }

  /// The kinds of major actions that the loaded policy knows; nil when it has no such type.
  static func kinds(of policy: CheckedPolicy) -> [String]? {
    for type in policy.actionTypes where type.name.name == typeName {
      for parameter in type.parameters where parameter.name == Self.parameter {
        if case .enumeration(let type) = parameter.type { return type.values }
      }
    }
    return nil
  }

  /// The action as a native document.
  static func action(_ kind: String, _ description: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("action")
    json.string(typeName)
    json.key("description")
    json.string(description)
    json.key("parameters")
    json.beginObject()
    json.key(parameter)
    json.string(kind)
    json.endObject()
    json.endObject()
    return json.bytes
  }

  /// What is required and applies; of a requirement that does not apply the guard is false.
  private static func checks(
    _ explanations: [RuleExplanation], _ decision: Decision
  ) -> [SessionReport.Check] {
    explanations.compactMap { explanation -> SessionReport.Check? in
      // Tokens with a space between; a path reads better without.
      let text = explanation.clause.replacing(" . ", with: ".")
      if explanation.required == .true {
        return SessionReport.Check(holds: true, text: text, because: [])
      }
      let unmet = decision.unmet.first {
        $0.rule == explanation.rule && $0.require == explanation.clause
      }
      guard let unmet else { return nil }
      let unknown = explanation.because.filter { $0.hasSuffix(": unknown") }
      return SessionReport.Check(
        holds: unknown.isEmpty ? false : nil, text: text,
        because: unknown.isEmpty ? [unmet.reason] : unknown)
    }
  }

  /// What else stands against the action: boundaries, levels and what cannot be known.
  private static func otherEntries(_ decision: Decision) -> [SessionReport.Check] {
    let fired = decision.fired.filter { $0.verdict > .allow }.map { entry in
      SessionReport.Check(
        holds: entry.verdict.isBlocking ? false : true, isNoted: true,
        text: "\(entry.kind) \(entry.rule)", because: ["\(entry.verdict.word): \(entry.reason)"])
    }
    let unknown = decision.unknown.filter { $0.verdict > .allow }.map { entry in
      SessionReport.Check(
        holds: nil, text: entry.cause, because: entry.rules.map { "\(entry.verdict.word): \($0)" })
    }
    return fired + unknown
  }
}
