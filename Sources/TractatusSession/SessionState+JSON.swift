import TractatusJSON
import TractatusValues

extension SessionState {
  /// The version of the file's schema.
  private static let version = 1
  private static let fields: [StaticString] = [
    "version", "session_id", "client_session", "started", "updated", "message_count",
    "token_estimate", "token_budget", "task_count", "compaction_count", "instruction_count",
    "recent_errors", "last_framework_activity", "staleness_thresholds", "alerts", "pressure",
    "last_status", "last_handoff", "history", "doubt", "checksum",
  ]
  private static let markFields: [StaticString] = ["message", "tokens", "timestamp"]

  // MARK: Writing

  /// The state as a JSON object.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("version")
    json.number(Self.version)
    json.member("session_id", sessionID)
    json.member("client_session", clientSession)
    json.member("started", startedAt)
    json.member("updated", updatedAt)
    json.member("message_count", messageCount)
    json.member("token_estimate", tokenEstimate)
    json.member("token_budget", tokenBudget)
    json.member("task_count", taskCount)
    json.member("compaction_count", compactionCount)
    json.member("instruction_count", instructionCount)
    json.key("recent_errors")
    json.list(errors) { json, error in json.mark(error) }
    json.key("last_framework_activity")
    json.beginObject()
    for use in activity {
      json.key(use.component)
      json.beginObject()
      json.markMembers(use.mark)
      json.member("last_result", use.result)
      json.endObject()
    }
    json.endObject()
    json.key("staleness_thresholds")
    json.beginObject()
    json.member("messages", staleness.messages)
    json.member("tokens", staleness.tokens)
    json.endObject()
    writeRest(to: &json)
    json.endObject()
    return json.bytes
  }

  private func writeRest(to json: inout JSONWriter) {
    json.key("alerts")
    json.list(alerts) { json, alert in
      json.beginObject()
      json.member("severity", alert.severity.rawValue)
      json.member("text", alert.text)
      json.markMembers(alert.mark)
      json.endObject()
    }
    json.key("pressure")
    json.list(pressures) { json, pressure in
      json.beginObject()
      json.key("score")
      json.number(pressure.score)
      json.member("level", pressure.level)
      json.markMembers(pressure.mark)
      json.endObject()
    }
    if let lastStatus {
      json.key("last_status")
      json.mark(lastStatus)
    }
    if let lastHandoff {
      json.key("last_handoff")
      json.mark(lastHandoff)
    }
    json.key("history")
    history.write(to: &json)
    if let doubt {
      json.key("doubt")
      json.beginObject()
      json.member("since", doubt.since)
      json.member("reason", doubt.reason)
      json.endObject()
    }
  }

  // MARK: Reading

  /// Reads what `json` gives, sealed or not.
  ///
  /// - Throws: `StateProblem`, `.damaged`, for anything else.
  init(_ tape: JSONTape, file: String) throws(StateProblem) {
    let root = try StrictObject(
      tape, .root, known: Self.fields, name: "the session's state", file: file)
    let version = try root.count("version")
    guard version == Self.version else {
      throw root.damaged("version \(version) is not known to this program")
    }
    self.init(
      sessionID: try root.text("session_id"), startedAt: try root.optionalTime("started"),
      monitor: SessionMonitor())
    clientSession = try root.optionalText("client_session")
    updatedAt = try root.optionalTime("updated")
    messageCount = try root.count("message_count")
    tokenEstimate = try root.count("token_estimate")
    tokenBudget = try root.optionalCount("token_budget")
    taskCount = try root.count("task_count")
    compactionCount = try root.count("compaction_count")
    instructionCount = try root.count("instruction_count")
    for node in try root.elements("recent_errors", limit: SessionLimits.errors) {
      errors.append(try Self.mark(try root.object(node, known: Self.markFields, "an error")))
    }
    if let limits = try root.optionalObject(
      "staleness_thresholds", known: ["messages", "tokens"])
    {
      staleness.messages = try limits.optionalCount("messages")
      staleness.tokens = try limits.optionalCount("tokens")
    }
    activity = try Self.activity(root)
    alerts = try Self.alerts(root)
    pressures = try Self.pressures(root)
    if let mark = try root.optionalObject("last_status", known: Self.markFields) {
      lastStatus = try Self.mark(mark)
    }
    if let mark = try root.optionalObject("last_handoff", known: Self.markFields) {
      lastHandoff = try Self.mark(mark)
    }
    history = try ActionHistory.read(root)
    if let object = try root.optionalObject("doubt", known: ["since", "reason"]) {
      doubt = SessionDoubt(
        since: try object.optionalTime("since"), reason: try object.text("reason"))
    }
  }

  private static func mark(_ object: StrictObject) throws(StateProblem) -> SessionMark {
    SessionMark(
      message: try object.count("message"), tokens: try object.count("tokens"),
      timestamp: try object.optionalTime("timestamp"))
  }

  private static func activity(_ root: StrictObject) throws(StateProblem) -> [ComponentUse] {
    var uses: [ComponentUse] = []
    let members = try root.members("last_framework_activity", limit: SessionLimits.components)
    for node in members {
      let name = root.tape.keyString(node)
      let object = try root.object(node, known: markFields + ["last_result"], "`\(name)`")
      uses.append(
        ComponentUse(
          component: name, mark: try mark(object), result: try object.optionalText("last_result")))
    }
    return uses.sorted { precedes($0.component, $1.component) }
  }

  private static func alerts(_ root: StrictObject) throws(StateProblem) -> [SessionAlert] {
    var alerts: [SessionAlert] = []
    for node in try root.elements("alerts", limit: SessionLimits.alerts) {
      let object = try root.object(node, known: markFields + ["severity", "text"], "an alert")
      guard let severity = SessionSeverity(rawValue: try object.text("severity")) else {
        throw root.damaged("an alert's severity is none that there is")
      }
      alerts.append(
        SessionAlert(severity: severity, text: try object.text("text"), mark: try mark(object)))
    }
    return alerts
  }

  private static func pressures(_ root: StrictObject) throws(StateProblem) -> [PressureMark] {
    var pressures: [PressureMark] = []
    for node in try root.elements("pressure", limit: SessionLimits.pressures) {
      let object = try root.object(node, known: markFields + ["score", "level"], "a pressure")
      guard let score = try object.optionalDecimal("score", from: .zero, to: .one) else {
        throw root.damaged("a pressure has no score")
      }
      pressures.append(
        PressureMark(score: score, level: try object.text("level"), mark: try mark(object)))
    }
    return pressures
  }
}
