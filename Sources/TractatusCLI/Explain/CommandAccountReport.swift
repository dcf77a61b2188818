import TractatusJSON
import TractatusSource

/// Writes a command's account for people and for programs.
enum CommandAccountReport {
  /// For people: commands, invocations, what stands alone, opacities.
  static func text(_ account: CommandAccount, style: Style) -> String {
    var text = section("commands", account.commands, style)
    if !account.invocations.isEmpty {
      text += style.paint("invocations", .heading) + "\n"
      for (index, invocation) in account.invocations.enumerated() {
        text += self.text(invocation, number: index + 1)
      }
    }
    text += section("effects of redirections and assignments", account.effects, style)
    text += section("opaque", account.opacities, style)
    return text
  }

  private static func section(_ title: String, _ lines: [String], _ style: Style) -> String {
    guard !lines.isEmpty else { return "" }
    return style.paint(title, .heading) + "\n"
      + lines.map { "  \(shown($0))\n" }.joined()
  }

  private static func text(_ invocation: CommandAccount.Invocation, number: Int) -> String {
    let name = invocation.program.isEmpty ? "…" : shown(invocation.program)
    var text = "  \(number) \(name)"
    if !invocation.isDeclared { text += "  (undeclared)" }
    if let runner = invocation.runBy { text += "  (run by \(runner))" }
    text += "\n"
    for (title, values) in [
      ("options", invocation.options), ("operands", invocation.operands),
    ] where !values.isEmpty {
      text += "      \(title): \(values.map(shown).joined(separator: ", "))\n"
    }
    for effect in invocation.effects { text += "      \(shown(effect))\n" }
    for note in invocation.notes { text += "      - \(note)\n" }
    return text
  }

  private static func shown(_ text: String) -> String { SourceLineExcerpt.visible(text) }

  /// Writes the members of the account into an object.
  static func write(_ account: CommandAccount, to json: inout JSONWriter) {
    write("commands", account.commands, to: &json)
    json.key("invocations")
    json.beginArray()
    for invocation in account.invocations {
      json.beginObject()
      json.key("program")
      json.string(invocation.program)
      json.key("declared")
      json.bool(invocation.isDeclared)
      if let runner = invocation.runBy {
        json.key("run_by")
        json.number(runner)
      }
      write("options", invocation.options, to: &json)
      write("operands", invocation.operands, to: &json)
      write("effects", invocation.effects, to: &json)
      write("notes", invocation.notes, to: &json)
      json.endObject()
    }
    json.endArray()
    write("effects", account.effects, to: &json)
    write("opaque", account.opacities, to: &json)
  }

  /// A list of texts, absent when it is empty.
  private static func write(_ name: String, _ values: [String], to json: inout JSONWriter) {
    guard !values.isEmpty else { return }
    json.key(name)
    json.beginArray()
    for value in values { json.string(value) }
    json.endArray()
  }
}
