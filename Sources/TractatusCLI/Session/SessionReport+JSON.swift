import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusValues

// MARK: As JSON

extension SessionReport {
  /// One object; what is empty is left out.
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("command")
    json.string(command)
    json.key("exit")
    json.number(Int(status.rawValue))
    json.key("summary")
    json.string(headline)
    if let state { write(state, to: &json) }
    if let checkpoints, let state {
      json.key("checkpoints")
      json.raw(checkpoints.json(at: state.tokenEstimate).span)
    }
    if let instructions { write(instructions, to: &json) }
    list("pressure", pressures, to: &json) { Self.write($1, to: &$0) }
    if let trend = state?.pressureTrend, !pressures.isEmpty {
      json.key("trend")
      json.string(trend.rawValue)
    }
    list("components", components, to: &json) { Self.write($1, to: &$0) }
    list("checks", checks, to: &json) { json, check in
      json.beginObject()
      json.key("holds")
      if let holds = check.holds { json.bool(holds) } else { json.null() }
      json.key("check")
      json.string(check.text)
      list("because", check.because, to: &json) { $0.string($1) }
      json.endObject()
    }
    if let decision {
      json.key("decision")
      json.raw(DecisionWriter.json(decision).span)
    }
    list("issues", issues, to: &json) { json, issue in
      json.beginObject()
      json.key("severity")
      json.string(issue.severity.rawValue)
      json.key("issue")
      json.string(issue.text)
      json.key("command")
      json.string(issue.command)
      json.endObject()
    }
    list("done", done, to: &json) { $0.string($1) }
    list("lost", lost, to: &json) { $0.string($1) }
    if let next {
      json.key("next")
      json.string(next)
    }
    json.endObject()
    return json.bytes
  }

  private func list<Element>(
    _ name: StaticString, _ elements: [Element], to json: inout JSONWriter,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    json.key(name)
    json.beginArray()
    for element in elements { write(&json, element) }
    json.endArray()
  }

  private func write(_ state: SessionState, to json: inout JSONWriter) {
    json.key("session")
    json.raw(state.json.span)
  }

  private func write(_ instructions: [InstructionRecord], to json: inout JSONWriter) {
    let active = instructions.filter(\.isActive)
    json.key("instructions")
    json.beginObject()
    json.key("active")
    json.number(active.count)
    let fields: [(StaticString, KeyPath<InstructionRecord, String?>)] = [
      ("by_persistence", \.persistence), ("by_quadrant", \.quadrant),
    ]
    for (name, field) in fields {
      json.key(name)
      json.beginObject()
      for (word, count) in Self.counts(of: active, field) {
        json.key(word)
        json.number(count)
      }
      json.endObject()
    }
    json.endObject()
  }

  private static func write(_ pressure: SessionPressure, to json: inout JSONWriter) {
    json.beginObject()
    json.key("threshold")
    json.string(pressure.name)
    if let level = pressure.level {
      json.key("score")
      json.number(pressure.score)
      json.key("level")
      json.string(level.uppercased())
      json.key("factors")
      json.beginObject()
      for factor in pressure.factors {
        json.key(factor.name)
        if case .number(let number) = factor.value { json.number(number) } else { json.null() }
      }
      json.endObject()
    } else {
      json.key("unmeasured")
      json.string(pressure.unmeasured ?? "")
    }
    if let recommendation = pressure.recommendation {
      json.key("recommendation")
      json.string(recommendation)
    }
    json.endObject()
  }

  private static func write(
    _ component: SessionAssessment.Component, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("component")
    json.string(component.name)
    json.key("status")
    switch component.condition {
    case .fresh: json.string("ok")
    case .stale: json.string("stale")
    case .neverUsed: json.string("never used")
    }
    if case .stale(let messages, let tokens) = component.condition {
      json.key("messages")
      json.number(messages)
      json.key("tokens")
      json.number(tokens)
    }
    if let use = component.use {
      json.key("last_message")
      json.number(use.mark.message)
    }
    json.endObject()
  }
}
