import TractatusSource

/// The pages of the lint rules, from the data in their files.
package enum LintPages {
  /// One rule's page as plain text, for `--explain`.
  package static func text(of rule: LintRule) -> String {
    var text = "\(rule.code): \(rule.name) (\(rule.category.name), \(rule.severity.name))\n\n"
    text += rule.summary + "\n\n" + rule.why + "\n"
    text += "\nAvoid:\n\n" + indented(rule.avoid) + "\nPrefer:\n\n" + indented(rule.prefer)
    switch rule.fix {
    case .none: break
    case .safe: text += "\nFix (`--fix`): \(rule.fixSummary)\n"
    case .deciding: text += "\nFix (`--fix-decisions`): \(rule.fixSummary)\n"
    }
    text += "\nConfiguration:\n\n    \(rule.name) = off | note | warning | error\n"
    for parameter in rule.parameters {
      text += "    \(rule.name).\(parameter.name) = \(parameter.value.text)\n"
      text += "        \(parameter.summary)\n"
    }
    return text
  }

  /// All rules, a line each, for `--list`.
  package static var list: String {
    let width = LintRules.all.map(\.name.utf8.count).max() ?? 0
    var text = ""
    for category in LintCategory.allCases {
      text += (text.isEmpty ? "" : "\n") + "\(category.name): \(category.summary)\n"
      for rule in LintRules.all where rule.category == category {
        let padding = String(repeating: " ", count: width - rule.name.utf8.count)
        let fix = rule.fix == .safe ? "fix" : rule.fix == .deciding ? "FIX" : "   "
        let severity = rule.severity.name
        let gap = String(repeating: " ", count: 7 - severity.utf8.count)
        text +=
          "  \(rule.code)  \(rule.name)\(padding)  \(severity)\(gap)  \(fix)  \(rule.summary)\n"
      }
    }
    return text + "\nfix: `--fix` applies it. FIX: `--fix-decisions` does; a decision may change.\n"
  }

  /// `grammar/lint.md`.
  package static var markdown: String {
    var text = """
      # Lint rules

      Generated from the rules' own files; `tractatus lint --explain RULE` prints a page, `tractatus lint --list` the list.
      A finding is suppressed by a comment with a reason: `// tractatus:disable RULE reason` after code on its line, alone on a
      line in the declaration or clause that follows, `// tractatus:disable-file RULE reason` in the whole file.
      Severities and parameters are set in `.tractatus-lint`, one `rule = off|note|warning|error` or `rule.parameter = value` a line.


      """
    for category in LintCategory.allCases {
      text += "## \(capitalised(category.name))\n\n\(category.summary)\n\n"
      for rule in LintRules.all where rule.category == category { text += markdown(of: rule) }
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  private static func markdown(of rule: LintRule) -> String {
    var text = "### \(rule.code) `\(rule.name)`\n\n\(rule.summary) (\(rule.severity.name))\n\n"
    text += "\(rule.why)\n\n"
    text += "Avoid:\n\n```\n\(rule.avoid)\n```\n\nPrefer:\n\n```\n\(rule.prefer)\n```\n\n"
    switch rule.fix {
    case .none: break
    case .safe: text += "Fix: \(rule.fixSummary)\n\n"
    case .deciding: text += "Fix, with `--fix-decisions` alone: \(rule.fixSummary)\n\n"
    }
    for parameter in rule.parameters {
      text += "`\(rule.name).\(parameter.name) = \(parameter.value.text)`: \(parameter.summary)\n\n"
    }
    return text
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }

  private static func capitalised(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
