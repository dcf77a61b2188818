import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `text-on-command`.
  static let textOnCommand = LintRule(
    203, "text-on-command", .warning, "A command line tested as text, where its structure says it.",
    why: """
      Text passes for another by quotes, escapes, variables, wrappers, a path before the program or an option spelt \
      otherwise: `rm -r -f`, `r"m" -rf`, `/bin/rm --recursive`. `runs`, `reads`, `writes`, `deletes`, `connects` and \
      `pipes` see what would run. A text test beside a structural one, which narrows it, is left alone.
      """,
    avoid: """
      rule removal "Nothing is removed" {
          on bash
          deny when command matches /\\brm\\s+-rf/ because "This removes files."
      }
      """,
    prefer: """
      rule removal "Nothing is removed" {
          on bash
          deny when command runs "rm" with ["-r", "-f"] because "This removes files."
      }
      """,
    needsCheck: true
  ) { run in
    var programs: Set<String> = []
    for program in run.policy.programs { programs.formUnion(program.names) }
    for test in run.patternTests where test.type == .command {
      let file = test.file
      guard file.polarity(of: test.test.id) != nil else { continue }
      if file.hasCompanion(test.test.id, where: { isStructural(file.tree.kind(of: $0)) }) {
        continue
      }
      guard let spelt = spelling(test.pattern.text, programs) else { continue }
      run.report(
        "this looks for \(spelt) in the text of the command, which can be spelt in many ways",
        at: test.span,
        notes: ["`command runs`, `deletes`, `writes`, `connects` and `pipes` see what would run."])
    }
  }

  private static func isStructural(_ kind: SyntaxKind) -> Bool {
    kind == .runsTest || kind == .effectTest || kind == .pipesTest || kind == .stateTest
  }

  /// What of a pattern structure could say: the name of a program, or a place.
  private static func spelling(_ pattern: String, _ programs: Set<String>) -> String? {
    let bytes = Array(pattern.utf8)
    var place = 0
    while place < bytes.count {
      guard isWord(bytes[place]) else {
        place += 1
        continue
      }
      var start = place
      while place < bytes.count, isWord(bytes[place]) { place += 1 }
      // The letter after a backslash is an escape's.
      if start > 0, bytes[start - 1] == UInt8(ascii: "\\") { start += 1 }
      let word = String(decoding: bytes[start..<place], as: UTF8.self)
      if word.utf8.count > 1, programs.isEmpty || programs.contains(word) { return "`\(word)`" }
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
  }
}
