import TractatusEngine
import TractatusSemantics
import TractatusValues

/// The plan of a boundary's deliberation as reports carry it.
enum NaiveDeliberation {
  static func plan(of rule: PolicyRule, _ deliberation: Deliberation) -> DeliberationPlan {
    func text(_ name: String) -> String? {
      switch rule.metadata.first(where: { $0.name == name })?.value {
      case .text(let text): text
      case .enumeration(let word): word
      default: nil
      }
    }
    return DeliberationPlan(
      boundary: rule.name.text, section: text("section"), domain: text("domain"),
      plan: entries(of: deliberation))
  }

  /// What was declared, the rounds, who is awaited, and an outcome that is still to be filled in.
  private static func entries(of deliberation: Deliberation) -> [NamedValue] {
    func named(_ name: String, _ value: ReportValue) -> NamedValue {
      NamedValue(name: name, value: value)
    }
    func texts(_ texts: [String]) -> ReportValue { .list(texts.map(ReportValue.text)) }
    var groups: [String] = []
    for framework in deliberation.frameworks {
      for group in framework.from where !groups.contains(group) { groups.append(group) }
    }
    var entries = deliberation.metadata.map { named($0.name, $0.value.report) }
    entries.append(named("tensions", texts(deliberation.tensions)))
    let frameworks = deliberation.frameworks.map { framework in
      ReportValue.record([
        named("name", .text(framework.name)), named("holds", .text(framework.holds)),
        named("from", texts(framework.from)),
      ])
    }
    entries.append(named("frameworks", .list(frameworks)))
    let processes = [
      "critical": "minutes to hours: triage and review by people at once, all rounds later",
      "urgent": "hours to days: all rounds, compressed", "important": "weeks: all rounds",
      "routine": "months: a match with precedents, and a light review",
    ]
    if case .text(let urgency)? = deliberation.metadata.first(where: { $0.name == "urgency" })?
      .value
      .report, let process = processes[urgency]
    {
      entries.append(named("process", .text(process)))
    }
    entries.append(
      named(
        "rounds",
        texts([
          "positions", "shared values and accommodations",
          "agreement and irreducible differences", "decision with dissent and moral remainder",
        ])))
    let awaited = groups.map { group in
      ReportValue.record([
        named("group", .text(group)), named("status", .text("awaiting_human_approval")),
      ])
    }
    entries.append(named("stakeholders", .list(awaited)))
    let outcome = ["decision", "dissent", "moral_remainder"].map { named($0, .null) }
    entries.append(named("outcome", .record(outcome)))
    if let days = deliberation.reviewAfterDays, let number = Decimal(exactly: Int(days)) {
      entries.append(named("review_after_days", .number(number)))
    }
    return entries
  }
}
