import TractatusEngine
import TractatusJSON
import TractatusSource

/// What `--explain` adds to a decision: every clause considered, and why it did or did not fire.
enum ExplanationReport {
  /// Adds the member `considered` to the decision's JSON object.
  static func splice(_ explanations: [RuleExplanation], into decision: inout [UInt8]) {
    guard decision.last == UInt8(ascii: "}") else { return }
    decision.removeLast()
    decision += Array(",\"considered\":".utf8)
    var json = JSONWriter()
    json.beginArray()
    for entry in explanations {
      json.beginObject()
      for (key, text) in [
        ("rule", entry.rule), ("type", entry.type), ("clause", entry.clause), ("at", entry.at),
        ("truth", entry.truth.word),
      ] {
        json.key(key)
        json.string(text)
      }
      if !entry.because.isEmpty {
        json.key("because")
        json.beginArray()
        for reason in entry.because { json.string(reason) }
        json.endArray()
      }
      json.endObject()
    }
    json.endArray()
    decision += json.bytes
    decision.append(UInt8(ascii: "}"))
  }

  /// The same for people.
  static func text(_ explanations: [RuleExplanation], style: Style) -> String {
    var text = "\n" + style.paint("considered", .heading) + "\n"
    for entry in explanations {
      let word = entry.truth.word
      let padding = String(repeating: " ", count: max(0, 7 - word.count))
      text += "  \(word)\(padding)  \(shown(entry.rule))  as \(shown(entry.type))\n"
      if !entry.clause.isEmpty { text += "           \(shown(entry.clause))\n" }
      for reason in entry.because { text += "           - \(shown(reason))\n" }
      text += "           \(style.paint(shown(entry.at), .faint))\n"
    }
    return text
  }

  private static func shown(_ text: String) -> String {
    SourceLineExcerpt.visible(text)
  }
}
