import Foundation
import TractatusLinter

/// The cases of one lint rule: `hit` sections with the `findings`, and after fixing the `fixed`
/// text, and `miss` sections in which the rule finds nothing.
///
/// A text without a `policy` of its own stands behind the prelude of `LintFixture`.
struct LintCase {
  struct Hit {
    var text: String
    var findings = ""
    var fixed: String?
  }

  let rule: LintRule
  var hits: [Hit] = []
  var misses: [String] = []

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func url(of rule: LintRule) -> URL {
    folder.appendingPathComponent("\(rule.code)-\(rule.name).case")
  }

  /// Reads a rule's cases; without a file those of its page.
  init(_ rule: LintRule) throws {
    self.rule = rule
    guard FileManager.default.fileExists(atPath: Self.url(of: rule).path) else {
      hits = [Hit(text: rule.avoid + "\n")]
      misses = [rule.prefer + "\n"]
      return
    }
    var sections: [(name: String, text: String)] = []
    let content = try String(contentsOf: Self.url(of: rule), encoding: .utf8)
    for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if let last = sections.indices.last {
        sections[last].text += line + "\n"
      }
    }
    if let last = sections.indices.last { sections[last].text.removeLast() }
    for section in sections {
      switch section.name {
      case "hit": hits.append(Hit(text: section.text))
      case "findings": hits[hits.count - 1].findings = section.text
      case "fixed": hits[hits.count - 1].fixed = section.text
      default: misses.append(section.text)
      }
    }
  }

  /// The cases as they are written.
  var written: String {
    var text = ""
    for hit in hits {
      text += "-- hit --\n\(hit.text)-- findings --\n\(hit.findings)"
      if let fixed = hit.fixed { text += "-- fixed --\n\(fixed)" }
    }
    for miss in misses { text += "-- miss --\n\(miss)" }
    return text
  }

  /// The text of a section with what it needs.
  static func whole(_ text: String) -> String {
    text.hasPrefix("policy ") ? text : LintFixture.prelude + text
  }
}
