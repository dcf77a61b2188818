import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `text-on-url`.
  static let textOnURL = LintRule(
    205, "text-on-url", .warning, "The host or scheme of a URL tested as text.",
    why: """
      A URL names a host in many ways: user names before `@`, capitals, ports, Punycode, numbers. `https://acme.example@\
      evil.example/` begins with what was asked for. `url within`, `url.host` and `url.scheme` read it as clients do.
      """,
    avoid: """
      rule requests "Requests stay inside" {
          on fetch
          deny unless url starts with "https://acme.example/" because "This leaves the company."
      }
      """,
    prefer: """
      rule requests "Requests stay inside" {
          on fetch
          deny unless url within "acme.example" because "This leaves the company."
      }
      """,
    needsCheck: true
  ) { run in
    for test in run.patternTests where test.type == .url {
      guard let operation = test.test.operation, operation != .mentions else { continue }
      let text = test.pattern.text.replacing("\\", with: "")
      guard text.contains("://") || namesHost(text) else { continue }
      run.report(
        "this looks for a host or scheme in the text of a URL, which can name it in many ways",
        at: test.span, notes: ["`url within \"acme.example\"` and `url.scheme` read the URL."])
    }
  }

  /// Whether a text holds a name with a dot that does not follow a `/` or begin a file's ending.
  private static func namesHost(_ text: String) -> Bool {
    guard !text.hasPrefix("/"), !text.hasPrefix(".") else { return false }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)[0]
      .split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return false }
    return last.utf8.count >= 2 && last.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
      && parts.dropLast().allSatisfy { !$0.isEmpty }
  }
}
