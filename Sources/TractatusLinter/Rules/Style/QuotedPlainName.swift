import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `quoted-plain-name`.
  static let quotedPlainName = LintRule(
    512, "quoted-plain-name", .note, "Backticks around a name that needs none.",
    why:
      "Backticks make a name of a word of the language. Around any other they make a reader look for the word.",
    avoid: """
      rule ports "The usual port" {
          on deploy
          warn when `port` == 27017 because "This is the default port."
      }
      """,
    prefer: """
      rule ports "The usual port" {
          on deploy
          warn when port == 27017 because "This is the default port."
      }
      """,
    fix: .safe, fixSummary: "Removes them."
  ) { run in
    for file in run.files {
      for (index, token) in file.tree.tokens.enumerated() where token.kind == .quotedName {
        let id = TokenID(rawValue: UInt32(clamping: index))
        let name = file.tree.name(of: id)
        let bytes = Array(name.utf8)
        guard let first = bytes.first, Word(rawValue: name) == nil, first &- 0x30 >= 10,
          bytes.allSatisfy({
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_")
          })
        else { continue }
        let span = file.tree.span(of: id)
        run.report(
          "`\(name)` is no word of the language, so it needs no backticks", at: span,
          fix: FixIt("remove them", replacing: span, with: name))
      }
    }
  }
}
