import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `open-prefix`.
  static let openPrefix = LintRule(
    202, "open-prefix", .warning, "A prefix or suffix that ends within a name.",
    why: """
      `starts with "/srv/app"` also passes `/srv/application`, and `ends with "acme.example"` also \
      `evilacme.example`; `mcp__git*` takes the tools of a server `gitx`. A restriction says too much then, an exception \
      opens what nobody named.
      """,
    avoid: """
      rule sources "The application's files are read by people" {
          on read_file
          ask when path starts with "/srv/app" because "This is the application's."
      }
      """,
    prefer: """
      rule sources "The application's files are read by people" {
          on read_file
          ask when path within "/srv/app" because "This is the application's."
      }
      """,
    fix: .deciding,
    fixSummary: "Writes `within` in its place, and `__` before the `*` of a server's tools.",
    needsCheck: true
  ) { run in
    for test in run.patternTests where test.file.tree[test.token].isString {
      guard let reason = reason(test) else { continue }
      run.report(reason, at: test.span, fix: fix(test))
    }
    for file in run.files {
      for source in file.views(.toolSource, ToolSourceView.self) {
        for token in source.tools {
          let name = file.tree.string(of: token)
          guard name.hasSuffix("*"), isOpenServer(String(name.dropLast())) else { continue }
          let span = file.tree.span(of: token)
          let whole = "\"\(name.dropLast())__*\""
          run.report(
            "tools of servers such as `\(name.dropLast())x` are taken as well", at: span,
            fix: FixIt("write \(whole)", replacing: span, with: whole))
        }
      }
    }
  }

  /// Whether a beginning of tools' names ends within the name of a server.
  private static func isOpenServer(_ name: String) -> Bool {
    guard name.hasPrefix("mcp__"), isOpen(name.utf8.last) else { return false }
    return !name.dropFirst(5).contains("__")
  }

  private static func reason(_ test: PatternTest) -> String? {
    let text = test.pattern.text
    switch (test.type, test.test.operation) {
    case (.path, .starts) where isOpen(text.utf8.last):
      return "paths such as `\(text)x` pass this as well"
    case (.host, .ends) where isOpen(text.utf8.first) && text.utf8.contains(UInt8(ascii: ".")):
      return "hosts such as `x\(text)` pass this as well"
    case (_, .starts) where isOpenServer(text) && test.attribute?.names == ["action", "tool"]:
      return "tools of servers such as `\(text)x` pass this as well"
    case (.url, .starts) where isWholeHost(text):
      return "URLs of other hosts, such as `\(text).other.example`, pass this as well"
    default: return nil
    }
  }

  /// Whether a name may go on at a byte.
  private static func isOpen(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Whether a text is a scheme and a host, and nothing that ends the host.
  private static func isWholeHost(_ text: String) -> Bool {
    let parts = text.split(separator: "://", maxSplits: 1)
    guard parts.count == 2 else { return false }
    return isOpen(parts[1].utf8.last) && !parts[1].contains("/")
  }

  private static func fix(_ test: PatternTest) -> FixIt? {
    let tree = test.file.tree
    guard case .literal? = test.test.terms, test.type == .path || test.type == .host,
      !test.test.ignoresCase
    else {
      return nil
    }
    let place = tree.text(of: test.token)
    return FixIt(
      "write `within \(place)`", replacing: tree.span(of: test.test.id), with: "within \(place)")
  }
}
