import TractatusEngine
import TractatusSource
import TractatusTestRunner
import TractatusValues

/// What a failed example or test expected, what the decision is, and what led to it: lines for
/// people, without anything that a terminal would obey.
struct FailureText {
  /// How many entries of a kind are shown.
  private static let entryLimit = 10

  private(set) var lines: [String] = []

  init(_ result: TestResult) {
    let decision = result.decision
    if let error = decision.error {
      head("expected", Self.verdict(result.expected, result.expectedRules))
      head("got", "error \(error.code): \(error.reason)")
      return
    }
    head("expected", Self.verdict(result.expected, result.expectedRules))
    head(
      "got", Self.verdict(result.actual, result.actualRules) + ": \(decision.reason)")
    for difference in result.differences {
      switch difference.what {
      case "correcting":
        head("expected", "corrections \(difference.expected)")
        head("got", "corrections \(difference.actual)")
      case "verdict" where result.expected == result.actual:
        head("expected", difference.expected)
      default: break
      }
    }
    add(decision)
    let shown = Set(decision.fired.map(\.at) + decision.unmet.map(\.at))
    add(result.considered.filter { !shown.contains($0.at) })
  }

  private static func verdict(_ verdict: Verdict, _ rules: [String]) -> String {
    if rules.isEmpty { return verdict.word }
    return verdict.word + " by " + rules.map { "`\($0)`" }.joined(separator: ", ")
  }

  private mutating func head(_ word: String, _ text: String) {
    let padding = String(repeating: " ", count: max(0, 9 - word.count))
    lines.append("\(word)\(padding) \(SourceLineExcerpt.visible(text))")
  }

  private mutating func add(_ decision: Decision) {
    add("fired", decision.fired) { entry in
      "\(entry.verdict.word) by `\(entry.rule)`" + Self.at(entry.at)
    }
    add("unmet", decision.unmet) { entry in
      "\(entry.verdict.word) by `\(entry.rule)`\(Self.at(entry.at)): requires \(entry.require)"
    }
    add("unknown", decision.unknown) { entry in
      let rules = entry.rules.map { "`\($0)`" }.joined(separator: ", ")
      return "\(entry.verdict.word) by \(rules): \(entry.cause)"
    }
  }

  private mutating func add<Entry>(
    _ word: String, _ entries: [Entry], _ text: (Entry) -> String
  ) {
    for entry in entries.prefix(Self.entryLimit) { head(word, text(entry)) }
    if entries.count > Self.entryLimit {
      head(word, "and \(entries.count - Self.entryLimit) more")
    }
  }

  /// Why the rules that should have given the verdict did not.
  private mutating func add(_ considered: [RuleExplanation]) {
    let idle = considered.filter { $0.truth != .true || !$0.because.isEmpty }
    for entry in idle.prefix(Self.entryLimit) {
      head(entry.truth.word, "`\(entry.rule)`\(Self.at(entry.at)): \(entry.clause)")
      for reason in entry.because {
        lines.append("            - \(SourceLineExcerpt.visible(reason))")
      }
    }
    if idle.count > Self.entryLimit {
      head("", "and \(idle.count - Self.entryLimit) more clauses")
    }
  }

  private static func at(_ place: String) -> String { place.isEmpty ? "" : " (\(place))" }
}
