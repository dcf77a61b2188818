import TractatusAnalysis
import TractatusEngine
import TractatusJSON
import TractatusSource
import TractatusValues

/// What `diff` prints.
struct DiffReport {
  var old: String
  var new: String
  /// Nil where one side is an image without its rules, of which only a log can tell.
  var difference: PolicyDifference?
  var log: LogDifference?

  /// Whether something is decided more mildly.
  var isLoosened: Bool {
    (difference?.count(.loosened) ?? 0) + (log?.count(loosened: true) ?? 0) > 0
  }

  /// Whether something is decided otherwise.
  var isChanged: Bool { difference?.changes.isEmpty == false || log?.changes.isEmpty == false }

  /// Whether something could not be told, where it might be decided more mildly.
  var isUndecided: Bool { difference?.undecided.isEmpty == false }

  // MARK: Text

  func text(_ style: Style) -> String {
    var text = ""
    for kind in PolicyDifference.Class.allCases {
      for change in difference?.changes ?? [] where change.kind == kind {
        let head = style.paint(kind.rawValue, kind == .loosened ? .bad : .good)
        text += "\(head)  \(change.type), by \(change.rule): \(Self.arrow(change))\n"
        text += "      action: \(SourceLineExcerpt.visible(change.action))\n"
        if let story = change.story {
          let action = story.action.map { " \(SourceLineExcerpt.visible($0))" } ?? ""
          text += "      session: \(story.words)\(action)\n"
        }
        text += "      before: \(SourceLineExcerpt.visible(change.old.reason))\n"
        text += "      after:  \(SourceLineExcerpt.visible(change.new.reason))\n"
      }
    }
    for rule in difference?.unchanged ?? [] {
      text += "reason only  \(rule): no verdict changes by it\n"
    }
    for note in difference?.undecided ?? [] { text += "not decided  \(note)\n" }
    for change in difference?.declarations ?? [] {
      text += "\(change.kind.rawValue)  \(change.word) \(SourceLineExcerpt.visible(change.name))\n"
    }
    for change in log?.changes ?? [] {
      let word = change.isLoosened ? "loosened" : "tightened"
      let doubt = change.isRedacted ? " (texts were taken out of the record)" : ""
      text += "log \(word)  \(change.place): \(change.old.word) → \(change.new.word)\(doubt)\n"
      text += "      action: \(SourceLineExcerpt.visible(change.action))\n"
    }
    return text + summary + "\n"
  }

  private static func arrow(_ change: PolicyDifference.Change) -> String {
    "\(change.old.verdict.word) → \(change.new.verdict.word)"
  }

  /// One line of totals.
  private var summary: String {
    var parts: [String] = []
    if let difference {
      parts = [
        "\(difference.count(.loosened)) loosened", "\(difference.count(.tightened)) tightened",
        "\(difference.unchanged.count) reason only", "\(difference.undecided.count) not decided",
      ]
    }
    if let log {
      parts.append(
        "of the log \(log.count(loosened: true)) loosened, \(log.count(loosened: false)) tightened,"
          + " \(log.reasonCount) reason only, \(log.sameCount) the same, \(log.impossibleCount) not"
          + " decided again")
    }
    return parts.joined(separator: ", ")
  }

  // MARK: Markdown

  /// For a comment on a pull request.
  var markdown: String {
    var text = "### What agents may do: \(Self.code(old)) → \(Self.code(new))\n\n\(summary).\n"
    if let difference, !difference.changes.isEmpty {
      text += "\n| | action type | by | verdict | action |\n| --- | --- | --- | --- | --- |\n"
      for change in difference.changes {
        text +=
          "| **\(change.kind.rawValue)** | `\(change.type)` | `\(change.rule)` | "
          + "\(Self.arrow(change)) | \(Self.code(change.action))"
        if let story = change.story {
          text += " \(story.words)" + (story.action.map { " \(Self.code($0))" } ?? "")
        }
        text += " |\n"
      }
    }
    if let difference {
      text += Self.list("Changed without another verdict", difference.unchanged.map { "`\($0)`" })
      text += Self.list("Not decided", difference.undecided.map(Self.plain))
      text += Self.list(
        "Declarations",
        difference.declarations.map {
          "\($0.kind.rawValue) \(Self.code("\($0.word) \($0.name)"))"
        })
    }
    if let log, !log.changes.isEmpty {
      text += "\n| past action | verdict | |\n| --- | --- | --- |\n"
      for change in log.changes.prefix(100) {
        text +=
          "| \(Self.plain(change.place)) | \(change.old.word) → \(change.new.word) | "
          + "\(Self.code(change.action)) |\n"
      }
    }
    return text
  }

  private static func list(_ title: String, _ items: [String]) -> String {
    if items.isEmpty { return "" }
    return "\n<details><summary>\(title): \(items.count)</summary>\n\n"
      + items.map { "- \($0)\n" }.joined() + "\n</details>\n"
  }

  /// A text as a code span, which it leaves as little as the cell of a table.
  private static func code(_ text: String) -> String {
    let inner = SourceLineExcerpt.visible(text).unicodeScalars.map { scalar in
      switch scalar {
      case "|": "\\|"
      case "`": "'"
      case "\n", "\r": " "
      default: String(scalar)
      }
    }
    return "`\(inner.joined())`"
  }

  /// A text outside code spans, in which nothing is a mark, a link, an element or a mention.
  private static func plain(_ text: String) -> String {
    SourceLineExcerpt.visible(text).unicodeScalars.map { scalar in
      switch scalar {
      case "\n", "\r": " "
      case "&": "&amp;"
      case "<": "&lt;"
      case "@": "&#64;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!": "\\\(scalar)"
      default: String(scalar)
      }
    }.joined()
  }

  // MARK: JSON

  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("old")
    json.string(old)
    json.key("new")
    json.string(new)
    if let difference { write(difference, to: &json) }
    if let log { write(log, to: &json) }
    json.endObject()
    return json.bytes
  }

  private func write(_ difference: PolicyDifference, to json: inout JSONWriter) {
    for (key, kind): (StaticString, PolicyDifference.Class) in [
      ("loosened", .loosened), ("tightened", .tightened),
    ] {
      json.key(key)
      json.beginArray()
      for change in difference.changes where change.kind == kind { write(change, to: &json) }
      json.endArray()
    }
    for (key, texts): (StaticString, [String]) in [
      ("reason_only", difference.unchanged), ("not_decided", difference.undecided),
    ] {
      json.key(key)
      json.beginArray()
      for text in texts { json.string(text) }
      json.endArray()
    }
    json.key("declarations")
    json.beginArray()
    for change in difference.declarations {
      json.beginObject()
      for (key, text): (StaticString, String) in [
        ("change", change.kind.rawValue), ("word", change.word), ("name", change.name),
      ] {
        json.key(key)
        json.string(text)
      }
      json.endObject()
    }
    json.endArray()
  }

  private func write(_ change: PolicyDifference.Change, to json: inout JSONWriter) {
    json.beginObject()
    json.key("type")
    json.string(change.type)
    json.key("rule")
    json.string(change.rule)
    json.key("action")
    json.raw(change.document.span)
    if let earlier = change.earlier {
      json.key("earlier")
      json.beginArray()
      for document in earlier { json.raw(document.span) }
      json.endArray()
    }
    for (key, decision): (StaticString, Decision) in [
      ("old", change.old), ("new", change.new),
    ] {
      json.key(key)
      json.beginObject()
      json.key("verdict")
      json.string(decision.verdict.word)
      json.key("reason")
      json.string(decision.reason)
      json.endObject()
    }
    json.endObject()
  }

  private func write(_ log: LogDifference, to json: inout JSONWriter) {
    json.key("log")
    json.beginObject()
    for (key, count): (StaticString, Int) in [
      ("loosened", log.count(loosened: true)), ("tightened", log.count(loosened: false)),
      ("reason_only", log.reasonCount), ("same", log.sameCount),
      ("not_decided_again", log.impossibleCount),
    ] {
      json.key(key)
      json.number(count)
    }
    json.key("changes")
    json.beginArray()
    for change in log.changes {
      json.beginObject()
      for (key, text): (StaticString, String) in [
        ("at", change.place), ("old", change.old.word), ("new", change.new.word),
      ] {
        json.key(key)
        json.string(text)
      }
      if change.isRedacted {
        json.key("redacted")
        json.bool(true)
      }
      json.key("action")
      json.raw(Array(change.action.utf8).span)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
