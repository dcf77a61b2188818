import TractatusJSON
import TractatusValues

/// Writes decisions as compact JSON: one object on one line, keys in the contract's order, lists
/// and objects left out when empty.
package struct DecisionWriter: Sendable {
  private var json = JSONWriter()

  /// A writer of nothing so far.
  package init() {}

  /// What has been written since the last `reset`.
  package var bytes: [UInt8] { json.bytes }

  /// Forgets what has been written, and keeps the storage.
  package mutating func reset() { json.reset() }

  /// The JSON of one decision, without a newline.
  package static func json(_ decision: Decision) -> [UInt8] {
    var writer = DecisionWriter()
    writer.write(decision)
    return writer.bytes
  }

  /// Appends one decision, without a newline. Linear in the decision.
  package mutating func write(_ decision: Decision) {
    json.beginObject()
    if let error = decision.error {
      text("verdict", Verdict.deny.word)
      text("status", "ERROR")
      text("reason", error.reason)
      text("code", error.code)
    } else {
      writeSummary(decision)
      writeLists(decision)
      writePolicy(decision.policy)
    }
    json.endObject()
  }

  private mutating func writeSummary(_ decision: Decision) {
    text("verdict", decision.verdict.word)
    text("status", decision.verdict.status)
    texts("types", decision.types)
    json.key("requires_human")
    json.bool(decision.requiresHuman)
    if decision.isGranted {
      json.key("granted")
      json.bool(true)
    }
    text("reason", decision.reason)
    if let required = decision.finalDecisionRequires { text("final_decision_requires", required) }
  }

  private mutating func writeLists(_ decision: Decision) {
    list("fired", decision.fired) { writer, entry in writer.write(entry) }
    if decision.isCorrected {
      json.key("corrected")
      json.bool(true)
    }
    map("corrected_action", decision.correctedAction)
    if !decision.thresholds.isEmpty {
      json.key("thresholds")
      json.beginObject()
      for threshold in decision.thresholds { write(threshold) }
      json.endObject()
    }
    list("unmet", decision.unmet) { writer, entry in writer.write(entry) }
    list("unknown", decision.unknown) { writer, entry in writer.write(entry) }
    texts("offers", decision.offers)
    texts("checks", decision.checks)
    texts("notify", decision.notify)
    list("deliberation", decision.deliberation) { writer, entry in writer.write(entry) }
    list("waived", decision.waived) { writer, entry in writer.write(entry) }
    list("shadow", decision.shadow) { writer, entry in
      switch entry {
      case .fired(let entry): writer.write(entry)
      case .unmet(let entry): writer.write(entry)
      case .unknown(let entry): writer.write(entry)
      }
    }
  }

  private mutating func writePolicy(_ policy: PolicyIdentity) {
    json.key("policy")
    json.beginObject()
    text("digest", policy.digest)
    map("packages", policy.packages)
    json.endObject()
  }

  private mutating func write(_ entry: FiredEntry) {
    json.beginObject()
    text("rule", entry.rule)
    text("kind", entry.kind)
    text("type", entry.type)
    if let service = entry.service { text("service", service) }
    text("verdict", entry.verdict.word)
    text("reason", entry.reason)
    text("at", entry.at)
    if let conflict = entry.conflict {
      json.key("conflict")
      json.beginObject()
      text("type", conflict.type)
      if let attribute = conflict.attribute { text("attribute", attribute) }
      member("expected", conflict.expected)
      member("actual", conflict.actual)
      member("confidence", conflict.confidence.map { .number($0) })
      json.endObject()
    }
    json.endObject()
  }

  private mutating func write(_ entry: UnmetEntry) {
    json.beginObject()
    text("rule", entry.rule)
    text("type", entry.type)
    text("require", entry.require)
    text("verdict", entry.verdict.word)
    text("reason", entry.reason)
    text("at", entry.at)
    json.endObject()
  }

  private mutating func write(_ entry: UnknownEntry) {
    json.beginObject()
    text("cause", entry.cause)
    text("verdict", entry.verdict.word)
    texts("rules", entry.rules)
    json.endObject()
  }

  private mutating func write(_ threshold: ThresholdReport) {
    json.key(threshold.name)
    json.beginObject()
    if let missing = threshold.unmeasured {
      text("unmeasured", missing)
    } else {
      member("score", .number(threshold.score))
      if let level = threshold.level { text("level", level) }
      map("factors", threshold.factors)
    }
    json.endObject()
  }

  private mutating func write(_ plan: DeliberationPlan) {
    json.beginObject()
    text("boundary", plan.boundary)
    if let section = plan.section { text("section", section) }
    if let domain = plan.domain { text("domain", domain) }
    for entry in plan.plan {
      json.key(entry.name)
      write(entry.value)
    }
    json.endObject()
  }

  private mutating func write(_ entry: WaivedEntry) {
    json.beginObject()
    text("rule", entry.rule)
    text("type", entry.type)
    text("reason", entry.reason)
    texts("approved_by", entry.approvedBy)
    text("until", entry.until)
    json.endObject()
  }

  // MARK: Values

  /// Writes a value; as deep as the value types of a program are, which is bounded.
  private mutating func write(_ value: ReportValue) {
    switch value {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .number(let value): json.number(value)
    case .text(let value): json.string(value)
    case .list(let values):
      json.beginArray()
      for value in values { write(value) }
      json.endArray()
    case .record(let entries):
      json.beginObject()
      for entry in entries {
        json.key(entry.name)
        write(entry.value)
      }
      json.endObject()
    }
  }

  private mutating func text(_ key: StaticString, _ value: String) {
    json.key(key)
    json.string(value)
  }

  private mutating func member(_ key: StaticString, _ value: ReportValue?) {
    guard let value else { return }
    json.key(key)
    write(value)
  }

  private mutating func texts(_ key: StaticString, _ values: [String]) {
    list(key, values) { writer, value in writer.json.string(value) }
  }

  private mutating func map(_ key: StaticString, _ entries: [NamedValue]) {
    guard !entries.isEmpty else { return }
    json.key(key)
    write(ReportValue.record(entries))
  }

  private mutating func list<Element>(
    _ key: StaticString, _ elements: [Element],
    _ writeElement: (inout DecisionWriter, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    json.key(key)
    json.beginArray()
    for element in elements { writeElement(&self, element) }
    json.endArray()
  }
}
