import TractatusSemantics
import TractatusSource
import TractatusValues

/// What a client can do with a decision, as `semantics.md` lists it.
package struct ClientAbility: Sendable {
  /// The name that `--client` takes.
  package let name: String
  /// Whether it can ask a person before a call.
  let canAsk: Bool
  /// Whether it can show a warning and go on.
  let canWarn: Bool
  /// Whether it takes a corrected call.
  let canCorrect: Bool

  /// The clients that are known, by name.
  package static let all: [ClientAbility] = [
    ClientAbility(name: "anthropic", canAsk: true, canWarn: true, canCorrect: true),
    ClientAbility(name: "claude-code", canAsk: true, canWarn: true, canCorrect: true),
    ClientAbility(name: "codex", canAsk: false, canWarn: true, canCorrect: false),
    ClientAbility(name: "cursor", canAsk: true, canWarn: true, canCorrect: false),
    ClientAbility(name: "gemini", canAsk: false, canWarn: false, canCorrect: false),
    ClientAbility(name: "langchain", canAsk: true, canWarn: true, canCorrect: true),
    ClientAbility(name: "mcp", canAsk: false, canWarn: false, canCorrect: false),
    ClientAbility(name: "openai", canAsk: true, canWarn: false, canCorrect: false),
  ]
}

/// Clauses that a client cannot honour.
extension Analyser {
  func analyse(_ client: ClientAbility) {
    var seen: Set<SourceSpan> = []
    for clause in clauses where !dead.contains(clause.number) && !seen.contains(clause.span) {
      guard let lack = lack(of: client, for: clause) else { continue }
      seen.insert(clause.span)
      let owner = clause.rule.map { name($0) } ?? thresholdName(of: clause)
      report(
        AnalysisFinding(
          .unsupported, witnesses[clause.number] == nil ? .possible : .shown,
          "`\(client.name)` cannot \(lack.what), as this clause of `\(owner)` wants: \(lack.instead)",
          at: clause.span, witness: witnesses[clause.number]))
    }
  }

  /// The name of the threshold whose clause it is.
  private func thresholdName(of clause: AnalysedClause) -> String {
    switch clause.clause.origin {
    case .level(let threshold, _), .unmeasured(let threshold):
      checked.thresholds[threshold].name.name
    case .rule(let rule, _): name(rule)
    }
  }

  private func lack(
    of client: ClientAbility, for clause: AnalysedClause
  ) -> (what: String, instead: String)? {
    if !client.canCorrect, clause.isCorrecting(in: checked) {
      return ("take a corrected call", "the call is refused")
    }
    switch clause.clause.verdict {
    case .ask where !client.canAsk: return ("ask a person", "the call is refused")
    case .warn where !client.canWarn: return ("show a warning", "the call goes on without one")
    default: return nil
    }
  }
}
