import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `text-on-path`.
  static let textOnPath = LintRule(
    204, "text-on-path", .warning, "A path tested as text, where `within` or `like` says it.",
    why: """
      `starts with "/srv/"` misses the same file by a relative path, by `~` or behind a link, and an expression must \
      spell every separator itself. `within` knows directories, `like` knows names: `like "**/.ssh/**"`.
      """,
    avoid: """
      rule keys "Keys stay unread" {
          on read_file
          deny when path contains "/.ssh/" because "{path} holds keys."
      }
      """,
    prefer: """
      rule keys "Keys stay unread" {
          on read_file
          deny when path like "**/.ssh/**" because "{path} holds keys."
      }
      """,
    needsCheck: true
  ) { run in
    for test in run.patternTests where test.type == .path {
      let text = test.pattern.text
      switch test.test.operation {
      case .starts where text.hasSuffix("/") && text.utf8.count > 1:
        run.report(
          "`within \"\(text.dropLast())\"` says this of every spelling of a path", at: test.span)
      case .contains where text.contains("/"):
        run.report(
          "a glob says this by whole names: `like \"**\(text.hasPrefix("/") ? "" : "/*")\(text)**\"`",
          at: test.span)
      case .matches where isDirectory(text):
        run.report("`within` and `like` say this of every spelling of a path", at: test.span)
      default: continue
      }
    }
  }

  /// Whether an expression spells the beginning of an absolute path.
  private static func isDirectory(_ pattern: String) -> Bool {
    let items = ExpressionItems(pattern).items
    return items.first == .caret && items.count > 2 && items[1] == .literal(UInt8(ascii: "/"))
  }
}
