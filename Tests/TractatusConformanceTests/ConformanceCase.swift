import Foundation

/// A case of `Tests/Conformance`: a policy, and what it decides on some actions.
///
/// The file begins with what it shows. Sections follow, each begun by a line `-- title --`: files
/// `NAME.tract`, then either `errors` (the codes and places of every error) or pairs of
/// `action: WHY → VERDICT` and `decision`.
///
/// Where an action's section begins with `then` instead, all actions of the file are one session,
/// each judged after those above it; a section `report` says that the last one that was asked
/// about went ahead.
struct ConformanceCase: Sendable {
  /// One action with the verdict that its title argues for.
  struct Action: Sendable {
    var title: String
    var document: String
    var expected: String
    /// The word after the arrow.
    var verdict: String { title.components(separatedBy: "→ ").last ?? "" }
    /// Whether it reports that an action went ahead.
    var isReport: Bool { title == "report" }
  }

  var path: String
  var preamble = ""
  var files: [(name: String, text: String)] = []
  var errors: [String]?
  var actions: [Action] = []

  /// Whether the actions are those of one session.
  var isSession: Bool { actions.contains { $0.title.hasPrefix("then") } }

  /// The name by which tests show it.
  var name: String {
    path.components(separatedBy: "/").suffix(2).joined(separator: "/")
  }

  /// Reads a file.
  init(path: String) throws {
    self.path = path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var title: String?
    var body: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
        close(title, body)
        title = String(line.dropFirst(3).dropLast(3))
        body = []
      } else {
        body.append(line)
      }
    }
    close(title, body)
  }

  private mutating func close(_ title: String?, _ body: [Substring]) {
    let text = body.joined(separator: "\n").trimmingCharacters(in: .newlines)
    guard let title else {
      preamble = text
      return
    }
    if title.hasSuffix(".tract") {
      files.append((title, text + "\n"))
    } else if title == "errors" {
      errors = text.split(separator: "\n").map(String.init)
    } else if title == "decision" {
      if !actions.isEmpty { actions[actions.count - 1].expected = text }
    } else {
      actions.append(Action(title: title, document: text, expected: ""))
    }
  }

  /// The file's text.
  var text: String {
    var text = preamble + "\n"
    for file in files { text += "-- \(file.name) --\n\(file.text)" }
    if let errors { text += "-- errors --\n" + errors.map { $0 + "\n" }.joined() }
    for action in actions {
      if action.isReport {
        text += "-- report --\n"
        continue
      }
      text += "-- \(action.title) --\n\(action.document)\n-- decision --\n\(action.expected)\n"
    }
    return text
  }

  /// Every case, by path.
  static let all: [ConformanceCase] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Conformance").path
    let paths = (FileManager.default.enumerator(atPath: root)?.allObjects as? [String]) ?? []
    return paths.filter { $0.hasSuffix(".case") }.sorted().compactMap {
      try? ConformanceCase(path: root + "/" + $0)
    }
  }()
}
