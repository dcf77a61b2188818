/// One verb of the command line.
package struct Command: Sendable {
  /// The headings of `tractatus help`, in order.
  package enum Group: String, CaseIterable, Sendable {
    case decide, author, analyse, session, audit, help
  }

  /// The verb.
  package var name: String
  package var group: Group
  /// One line for `tractatus help`.
  package var summary: String
  /// The operands as usage shows them, such as `[PATH…]`.
  package var operands: String
  package var options: [Option]
  /// Further help: paragraphs of lines that fit 80 columns.
  package var details: String
  /// A command line that works as it stands, as help shows it.
  package var example: String
  /// Does it; `--help` and bad options are handled before.
  package var run: @Sendable (Arguments, Console) throws(UsageError) -> ExitStatus

  /// A verb of the command line.
  package init(
    _ name: String, group: Group, summary: String, operands: String = "", options: [Option] = [],
    details: String = "", example: String = "",
    run: @escaping @Sendable (Arguments, Console) throws(UsageError) -> ExitStatus
  ) {
    self.name = name
    self.group = group
    self.summary = summary
    self.operands = operands
    self.options = options
    self.details = details
    self.example = example
    self.run = run
  }

  /// The long help of `tractatus VERB --help`.
  package var help: String {
    var text = "tractatus \(name): \(summary)\n\nUsage: tractatus \(name)"
    text += options.isEmpty ? "" : " [options]"
    text += operands.isEmpty ? "\n" : " \(operands)\n"
    if !details.isEmpty { text += "\n\(details)\n" }
    let all = options + [CLI.helpOption]
    let width = all.map(\.spelling.count).max() ?? 0
    text += "\nOptions:\n"
    for option in all {
      let padding = String(repeating: " ", count: width - option.spelling.count)
      text += "  \(option.spelling)\(padding)  \(option.summary)\n"
    }
    if !example.isEmpty { text += "\nExample:\n  \(example)\n" }
    return text
  }
}
