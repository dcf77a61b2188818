import Foundation
import Testing
import TractatusCompiler

@testable import TractatusAnalysis

/// Edits as reviewers make them, kept as data in `Tests/Conformance/differences`: each is
/// classified with an action that both evaluators judge, or said not to be decided.
@Suite struct DifferenceCaseTests {
  /// An edit of a case's policy.
  struct Edit: CustomTestStringConvertible, Sendable {
    var name: String
    var old: String
    var new: String
    /// `loosened edit_file kept` and its like, ascending; `not decided 1`.
    var expected: [String]
    var testDescription: String { name }
  }

  @Test("an edit is classified with its rule", arguments: try DifferenceCaseTests.edits())
  func edit(_ edit: Edit) throws {
    let before = try #require(Self.version(edit.old))
    let after = try #require(Self.version(edit.new))
    let difference = DifferenceSearch.compare(before, after)
    var found = difference.changes.map { change in
      let type = change.type.split(separator: ".").last ?? ""
      let isNamed = change.rule.contains(" ")
      let rule =
        isNamed ? change.rule : change.rule.split(separator: ".").last.map(String.init) ?? ""
      return "\(change.kind.rawValue) \(type) \(rule)"
    }
    if !difference.undecided.isEmpty { found.append("not decided \(difference.undecided.count)") }
    #expect(
      found.sorted() == edit.expected.sorted(),
      "\(difference.undecided) \(difference.changes.map(\.action))")
    for change in difference.changes {
      #expect((change.kind == .loosened) == (change.new.verdict < change.old.verdict))
    }
  }

  private static func version(_ text: String) -> PolicyVersion? {
    PolicyVersion(AnalysedPolicy.compile([("a.tract", text)]))
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Conformance/differences")

  static func edits() throws -> [Edit] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try files.filter { $0.hasSuffix(".edits") }.flatMap { name in
      let url = folder.appendingPathComponent(name)
      return read(try String(contentsOf: url, encoding: .utf8), name)
    }
  }

  /// The edits of a file: each takes out what follows `- ` and writes what follows `+ `, which go
  /// on to the next line that begins so; `= ` is what is expected.
  private static func read(_ text: String, _ file: String) -> [Edit] {
    let sections = text.components(separatedBy: "\n-- ").dropFirst().map { section in
      section.components(separatedBy: " --\n")
    }
    guard let policy = sections.first(where: { $0[0] == "policy" })?.dropFirst().joined() else {
      return []
    }
    return sections.filter { $0[0].hasPrefix("edit: ") }.map { section in
      var parts: [(sign: Character, text: String)] = []
      for line in section.dropFirst().joined(separator: " --\n").components(separatedBy: "\n") {
        if let sign = line.first, "-+=".contains(sign), line.dropFirst().first == " " {
          parts.append((sign, String(line.dropFirst(2))))
        } else if !parts.isEmpty {
          parts[parts.count - 1].text += "\n" + line
        }
      }
      var new = policy
      for (place, part) in parts.enumerated() where part.sign == "-" && place + 1 < parts.count {
        new = new.replacingOccurrences(of: part.text, with: parts[place + 1].text)
      }
      let expected = parts.filter { $0.sign == "=" }
        .map { $0.text.trimmingCharacters(in: .whitespacesAndNewlines) }
      let name = "\(file): \(section[0].dropFirst("edit: ".count))"
      if new == policy { Issue.record("\(name) changes nothing") }
      return Edit(name: name, old: policy, new: new, expected: expected)
    }
  }
}
