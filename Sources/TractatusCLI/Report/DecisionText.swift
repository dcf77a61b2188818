import TractatusEngine
import TractatusSource
import TractatusValues

/// Writes a decision for people: the verdict, the reason, then what led to it.
struct DecisionText {
  private let style: Style
  /// The decision's own reason.
  private let headline: String
  private var text = ""

  /// The text of a decision, which ends with a newline.
  static func render(_ decision: Decision, style: Style) -> String {
    var writer = DecisionText(style: style, headline: decision.reason)
    writer.write(decision)
    return writer.text
  }

  private init(style: Style, headline: String) {
    self.style = style
    self.headline = headline
  }

  private mutating func write(_ decision: Decision) {
    if let error = decision.error {
      line(style.paint("DENY", .bad) + "  error \(shown(error.code))")
      line("  " + shown(error.reason))
      return
    }
    var head = style.paint(decision.verdict.word.uppercased(), tint(decision.verdict))
    if !decision.types.isEmpty { head += "  " + decision.types.map(shown).joined(separator: ", ") }
    if decision.isGranted { head += "  (granted)" }
    if decision.isCorrected { head += "  (corrected)" }
    line(head)
    line("  " + shown(decision.reason))
    if let required = decision.finalDecisionRequires { line("  requires: " + shown(required)) }
    section("fired", decision.fired) { $0.write($1) }
    section("corrected action", decision.correctedAction) { writer, entry in
      writer.line("  \(writer.shown(entry.name)): \(writer.value(entry.value))")
    }
    section("unmet", decision.unmet) { $0.write($1) }
    section("unknown", decision.unknown) { $0.write($1) }
    bullets("offers", decision.offers)
    bullets("checks", decision.checks)
    bullets("notify", decision.notify)
    section("deliberation", decision.deliberation) { $0.write($1) }
    section("waived", decision.waived) { writer, entry in
      writer.line("  \(writer.shown(entry.rule))  until \(writer.shown(entry.until))")
      let people = entry.approvedBy.map(writer.shown).joined(separator: ", ")
      writer.line("        \(writer.shown(entry.reason)) (approved by \(people))")
    }
    section("shadow", decision.shadow) { writer, entry in
      switch entry {
      case .fired(let entry): writer.write(entry)
      case .unmet(let entry): writer.write(entry)
      case .unknown(let entry): writer.write(entry)
      }
    }
    section("thresholds", decision.thresholds) { $0.write($1) }
  }

  // MARK: Entries

  private mutating func write(_ entry: FiredEntry) {
    let service = entry.service.map { ", \($0)" } ?? ""
    entryHead(entry.verdict, "\(shown(entry.rule))  \(entry.kind)\(service)")
    reasonDetail(entry.reason)
    if let conflict = entry.conflict {
      var words = conflict.type
      if let attribute = conflict.attribute, let expected = conflict.expected {
        let actual = conflict.actual.map(value) ?? "absent"
        words += ": \(shown(attribute)) is \(actual), expected \(value(expected))"
      }
      if let confidence = conflict.confidence { words += " (confidence \(confidence))" }
      detail(words)
    }
    placeDetail(entry.at)
  }

  private mutating func write(_ entry: UnmetEntry) {
    entryHead(entry.verdict, shown(entry.rule))
    reasonDetail(entry.reason)
    detail("requires " + shown(entry.require))
    placeDetail(entry.at)
  }

  private mutating func write(_ entry: UnknownEntry) {
    entryHead(entry.verdict, shown(entry.cause))
    detail("in " + entry.rules.map(shown).joined(separator: ", "))
  }

  private mutating func write(_ plan: DeliberationPlan) {
    let section = plan.section.map { " (section \(shown($0)))" } ?? ""
    line("  \(shown(plan.boundary))\(section)")
    for entry in plan.plan { detail("\(shown(entry.name)): \(value(entry.value))") }
  }

  private mutating func write(_ threshold: ThresholdReport) {
    if let missing = threshold.unmeasured {
      line("  \(shown(threshold.name))  unmeasured: \(shown(missing))")
      return
    }
    let level = threshold.level.map { " \(shown($0))" } ?? ""
    let factors = threshold.factors.map { "\(shown($0.name)) \(value($0.value))" }
    let parts = factors.isEmpty ? "" : "  = " + factors.joined(separator: " + ")
    // The exact score is in the JSON form; its level is that of the exact one.
    let score = threshold.score.rounded(places: 2) ?? threshold.score
    line("  \(shown(threshold.name))  \(score)\(level)\(parts)")
  }

  // MARK: Lines

  private mutating func entryHead(_ verdict: Verdict, _ words: String) {
    let padding = String(repeating: " ", count: max(0, 5 - verdict.word.count))
    line("  \(style.paint(verdict.word, tint(verdict)))\(padding) \(words)")
  }

  private mutating func detail(_ words: String) {
    line("        " + words)
  }

  /// A reason, but for the decision's own, which stands above.
  private mutating func reasonDetail(_ reason: String) {
    if reason != headline { detail(shown(reason)) }
  }

  private mutating func placeDetail(_ place: String) {
    if !place.isEmpty { detail(style.paint(shown(place), .faint)) }
  }

  private mutating func bullets(_ name: String, _ items: [String]) {
    section(name, items) { writer, item in writer.line("  - " + writer.shown(item)) }
  }

  private mutating func section<Entry>(
    _ name: String, _ entries: [Entry], _ write: (inout DecisionText, Entry) -> Void
  ) {
    guard !entries.isEmpty else { return }
    line()
    line(style.paint(name, .heading))
    for entry in entries { write(&self, entry) }
  }

  private mutating func line(_ words: String = "") {
    text += words + "\n"
  }

  private func tint(_ verdict: Verdict) -> Style.Tint {
    switch verdict {
    case .allow: .good
    case .warn, .ask: .doubtful
    case .deny: .bad
    }
  }

  /// A text of unknown origin, without anything that a terminal would obey.
  private func shown(_ text: String) -> String {
    SourceLineExcerpt.visible(text)
  }

  private func value(_ value: ReportValue) -> String {
    switch value {
    case .null: "absent"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): shown(text)
    case .list(let values): "[" + values.map(self.value).joined(separator: ", ") + "]"
    case .record(let entries):
      "{ " + entries.map { "\(shown($0.name)): \(self.value($0.value))" }.joined(separator: ", ")
        + " }"
    }
  }
}
