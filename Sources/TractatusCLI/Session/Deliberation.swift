import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource
import TractatusValues

/// Plans of deliberations, and what came of them.
enum Deliberation {
  // MARK: Plans

  /// The plans of the boundaries that an action touches; what is only technical has none.
  static func plan(_ description: String, _ request: SessionRequest) -> ExitStatus {
    do throws(SessionFailure) {
      let context = try request.context()
      let reading = context.store.read()
      let history = context.store.readInstructions()
      let decision = try SessionFailure.decision { () throws(DecisionError) in
        var judge = try context.judge(reading, history)
        return try judge.judge(action(description))
      }
      tell(decision, request)
      return decision.deliberation.isEmpty ? .fail : .pass
    } catch {
      return request.fail(error)
    }
  }

  private static func action(_ description: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("tool")
    json.string("tractatus deliberate")
    json.key("description")
    json.string(description)
    json.endObject()
    return json.bytes
  }

  private static func tell(_ decision: Decision, _ request: SessionRequest) {
    let output = request.console.output
    if request.writesJSON {
      output.write(DecisionWriter.json(decision))
      output.line()
      return
    }
    guard !decision.deliberation.isEmpty else {
      output.line(
        "No boundary that deliberates is touched: there is no conflict of values to settle.")
      return
    }
    for plan in decision.deliberation {
      let section = plan.section.map { ", section \(SourceLineExcerpt.visible($0))" } ?? ""
      output.line("\(plan.boundary)\(section)")
      for entry in plan.plan { output.write(lines(entry.name, entry.value, indent: "  ")) }
    }
  }

  /// A named value over as many lines as it has parts.
  private static func lines(_ name: String, _ value: ReportValue, indent: String) -> String {
    let head = indent + name.replacing("_", with: " ")
    switch value {
    case .list(let values):
      let items = values.map { value -> String in
        guard case .record(let entries) = value else { return "\(indent)  - \(text(value))\n" }
        let fields = entries.map { "\($0.name): \(text($0.value))" }
        return "\(indent)  - \(fields.joined(separator: "; "))\n"
      }
      return head + ":\n" + items.joined()
    case .record(let entries):
      return head + ":\n" + entries.map { lines($0.name, $0.value, indent: indent + "  ") }.joined()
    default: return "\(head): \(text(value))\n"
    }
  }

  private static func text(_ value: ReportValue) -> String {
    switch value {
    case .null: "to be decided by people"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): number.description
    case .text(let words): SourceLineExcerpt.visible(words)
    case .list(let values): values.map { text($0) }.joined(separator: ", ")
    case .record(let entries):
      entries.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
    }
  }

  // MARK: Outcomes

  /// Keeps what people decided. Without a name of somebody who did there is nothing to keep.
  static func record(
    _ decision: String, _ request: SessionRequest
  ) throws(UsageError) -> ExitStatus {
    let arguments = request.arguments
    guard !arguments.values("by").isEmpty else {
      throw UsageError(message: "`deliberate record` needs `--by`: the people who decided")
    }
    let review = arguments.value("review")
    if let review, CalendarDate(Array(review.utf8).span) == nil {
      throw UsageError(message: "`--review` takes a date such as 2026-12-31, not `\(review)`")
    }
    var record = InstructionRecord(id: "", text: "Outcome of a deliberation: \(decision)")
    record.timestamp = request.now
    record.quadrant = "strategic"
    record.persistence = "high"
    record.scope = "project"
    record.verification = "none"
    record.note = "a precedent that informs and never binds"
    record.parameters = parameters(decision, arguments)
    do throws(StateProblem) {
      try request.store.updateInstructions(at: request.now) { history, _ throws(StateProblem) in
        record.id = InstructionHistory.nextID(after: history)
        history.append(record)
      }
    } catch {
      return request.fail(.state(error))
    }
    var report = SessionReport("deliberate record", headline: "Recorded as \(record.id)")
    report.done = [record.text]
    request.answer(report)
    return .pass
  }

  /// The outcome's fields; lists as one text each.
  private static func parameters(
    _ decision: String, _ arguments: Arguments
  ) -> [InstructionRecord.Parameter] {
    var parameters: [InstructionRecord.Parameter] = []
    func add(_ name: String, _ values: [String]) {
      guard !values.isEmpty else { return }
      parameters.append(.init(name: name, value: .text(values.joined(separator: "; "))))
    }
    func one(_ name: String) -> [String] { arguments.value(name).map { [$0] } ?? [] }
    add("decision_made", [decision])
    add("boundary", one("boundary"))
    add("decided_by", arguments.values("by"))
    add("values_prioritized", arguments.values("prioritized"))
    add("values_deprioritized", arguments.values("deprioritized"))
    add("moral_remainder", arguments.values("remainder"))
    add("dissenting_perspectives", arguments.values("dissent"))
    add("justification", one("because"))
    add("precedent_applicability", one("applies-to"))
    parameters.append(.init(name: "precedent_binding", value: .bool(false)))
    add("review_date", one("review"))
    add("review_trigger", one("trigger"))
    return parameters
  }
}
