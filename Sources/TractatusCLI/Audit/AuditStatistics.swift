import TractatusJSON
import TractatusSource

/// What a log holds, counted.
struct AuditStatistics {
  private var verdicts: [String: Int] = [:]
  private var tools: [String: Int] = [:]
  private var rules: [String: Int] = [:]
  private var sessions: Set<String> = []
  private var count = 0
  private var shadowCount = 0
  private var refusals: [String] = []
  private var first: String?
  private var last: String?
  /// How many rules, tools and refusals are listed.
  private static let listLimit = 10

  /// Adds a record.
  mutating func add(_ tape: borrowing JSONTape) {
    func text(_ node: JSONNode?, _ key: StaticString) -> String? {
      node.flatMap { tape.member($0, key) }.flatMap { tape.string($0) }
    }
    count += 1
    if tape.member(.root, "shadow") != nil { shadowCount += 1 }
    if let session = text(.root, "session") { sessions.insert(session) }
    if let time = text(tape.member(.root, "surroundings"), "at") {
      first = first ?? time
      last = time
    }
    if let tool = text(tape.member(.root, "action"), "tool") { tools[tool, default: 0] += 1 }
    guard let decision = tape.member(.root, "decision") else { return }
    let status = text(decision, "status") == "ERROR" ? "error" : text(decision, "verdict")
    verdicts[status ?? "none", default: 0] += 1
    if let verdict = text(decision, "verdict"), verdict == "deny" || verdict == "ask" {
      let words = [
        last ?? "", verdict, text(tape.member(.root, "action"), "tool") ?? "",
        text(decision, "reason") ?? "",
      ]
      refusals.append(words.filter { !$0.isEmpty }.joined(separator: "  "))
      if refusals.count > Self.listLimit { refusals.removeFirst() }
    }
    var seen: Set<String> = []
    for key in ["fired", "unmet"] as [StaticString] {
      guard let list = tape.member(decision, key) else { continue }
      for entry in tape.children(list) {
        guard let rule = text(entry, "rule"), text(entry, "verdict") != "allow" else { continue }
        if seen.insert(rule).inserted { rules[rule, default: 0] += 1 }
      }
    }
  }

  /// Names by their counts, highest first, then by name.
  private static func ranked(_ counts: [String: Int]) -> [(name: String, count: Int)] {
    counts.map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// In words, with a newline at the end.
  var text: String {
    var text = "\(count) decisions in \(sessions.count) sessions"
    if let first, let last { text += ", \(first) to \(last)" }
    text += shadowCount > 0 ? ", \(shadowCount) of a shadow\n" : "\n"
    for (title, counts) in [("verdicts", verdicts), ("tools", tools), ("rules", rules)] {
      let ranked = Self.ranked(counts)
      if ranked.isEmpty { continue }
      text += "\n\(title)\n"
      for entry in ranked.prefix(Self.listLimit) { text += "  \(entry.count)  \(entry.name)\n" }
      if ranked.count > Self.listLimit { text += "  … \(ranked.count - Self.listLimit) more\n" }
    }
    return text
  }

  /// What a person wants to know of a log, with a newline at the end.
  func report(_ verification: AuditVerification) -> String {
    let state =
      verification.firstBreak.map { "NOT WHOLE: \($0.file):\($0.line): \($0.reason)" } ?? "whole"
    var text = "log  \(state)\n" + text
    if !refusals.isEmpty { text += "\nlast refusals\n" }
    for refusal in refusals.reversed() { text += "  \(SourceLineExcerpt.visible(refusal))\n" }
    return text
  }

  /// The counts as a monitoring system reads them (the text format of Prometheus, version 0.0.4).
  var metrics: String {
    var text = ""
    for (name, label, counts) in [
      ("decisions", "verdict", verdicts), ("tool_decisions", "tool", tools),
      ("rule_findings", "rule", rules),
    ] {
      text += "# TYPE tractatus_\(name)_total counter\n"
      for entry in Self.ranked(counts) {
        let value = entry.name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
          .replacing("\n", with: "\\n")
        text += "tractatus_\(name)_total{\(label)=\"\(value)\"} \(entry.count)\n"
      }
    }
    return text
  }

  /// As one object, with a newline at the end.
  var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("decisions")
    json.number(count)
    json.key("sessions")
    json.number(sessions.count)
    json.key("shadow")
    json.number(shadowCount)
    for (key, time) in [("from", first), ("to", last)] {
      guard let time else { continue }
      json.key(key)
      json.string(time)
    }
    for (key, counts) in [("verdicts", verdicts), ("tools", tools), ("rules", rules)] {
      json.key(key)
      json.beginObject()
      for entry in Self.ranked(counts) {
        json.key(entry.name)
        json.number(entry.count)
      }
      json.endObject()
    }
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }
}
