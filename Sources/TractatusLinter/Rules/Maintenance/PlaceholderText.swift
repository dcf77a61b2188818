import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `placeholder-text`.
  static let placeholderText = LintRule(
    614, "placeholder-text", .warning, "A title, reason or offer that was to be written later.",
    why: "It is shown to agents and people as it stands, on the day on which it matters.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "TBD"
      }
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "Ask the release team."
      }
      """
  ) { run in
    for file in run.files {
      for token in file.prose {
        let words = file.tree.bytes(of: token).split { byte in
          !((byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80)
        }
        guard let found = words.first(where: { placeholders.contains(Array($0)) }) else {
          continue
        }
        let word = String(decoding: found, as: UTF8.self)
        run.report("`\(word)` stands for a text that is missing", at: file.tree.span(of: token))
      }
    }
  }

  private static let placeholders: Set<[UInt8]> = Set(
    [
      "TBD", "TO" + "DO", "FIX" + "ME", "XX" + "X", "TBC", "Lorem", "lorem",
    ].map { Array($0.utf8) })
}
