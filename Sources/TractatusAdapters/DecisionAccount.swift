import TractatusEngine
import TractatusValues

/// A decision in a few lines, for a model and the person beside it: what was decided and why, what
/// would be right, and what may be done instead.
package enum DecisionAccount {
  /// How many causes are listed: a model reads no hundred of them.
  private static let entryLimit = 8

  /// The lines of a decision, without a newline at the end.
  package static func text(_ decision: Decision) -> String {
    let causes = causes(decision)
    let head = "Tractatus \(phrase(decision)): "
    var lines: [String]
    if causes.count > 1 {
      lines = [head + decision.reason]
      for cause in causes.prefix(entryLimit) { lines.append("- " + cause) }
      if causes.count > entryLimit { lines.append("- and \(causes.count - entryLimit) more") }
    } else {
      lines = [head + (causes.first ?? decision.reason)]
    }
    if !decision.correctedAction.isEmpty {
      let changes = decision.correctedAction.map { "\($0.name) = \(value($0.value))" }
      let verb = decision.isCorrected ? "Corrected" : "Expected"
      lines.append("\(verb): " + changes.joined(separator: ", "))
    }
    for offer in decision.offers { lines.append("You may instead: " + offer) }
    for check in decision.checks { lines.append("A person should check: " + check) }
    return lines.joined(separator: "\n")
  }

  private static func phrase(_ decision: Decision) -> String {
    switch decision.verdict {
    case .deny: "denies this"
    case .ask: "asks a person"
    case .warn: decision.isCorrected ? "corrected this" : "warns"
    case .allow: "allows this"
    }
  }

  /// What led to the verdict: all that is as severe, each once.
  private static func causes(_ decision: Decision) -> [String] {
    var causes: [String] = []
    for entry in decision.fired where entry.verdict == decision.verdict {
      var words = entry.reason
      if let conflict = entry.conflict, let name = conflict.attribute,
        let expected = conflict.expected
      {
        let actual = conflict.actual.map(value) ?? "absent"
        words += " (\(name) is \(actual), expected \(value(expected)))"
      }
      causes.append("\(words) [\(entry.rule)]")
    }
    for entry in decision.unmet where entry.verdict == decision.verdict {
      causes.append("\(entry.reason) (requires \(entry.require)) [\(entry.rule)]")
    }
    for entry in decision.unknown where entry.verdict == decision.verdict {
      causes.append("cannot be known: \(entry.cause) [\(entry.rules.joined(separator: ", "))]")
    }
    var distinct: [String] = []
    for cause in causes where !distinct.contains(cause) { distinct.append(cause) }
    return distinct
  }

  private static func value(_ value: ReportValue) -> String {
    switch value {
    case .null: "absent"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): text
    case .list(let values): "[" + values.map(self.value).joined(separator: ", ") + "]"
    case .record(let entries):
      "{" + entries.map { "\($0.name): \(self.value($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}
