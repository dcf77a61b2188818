import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `version-form`.
  static let versionForm = LintRule(
    407, "version-form", .note,
    "A policy without a version, or with one that is not `major.minor.patch`.",
    why: """
      Decisions report the version of each package, and logs are searched by it. Three numbers say at a glance whether \
      a change loosens, restricts or only words.
      """,
    avoid: """
      policy acme.rules "Acme's rules" version "2nd"
      """,
    prefer: """
      policy acme.rules "Acme's rules" version "2.0.0"
      """
  ) { run in
    for file in run.files {
      for view in file.views(.policy, PolicyView.self) {
        guard let token = view.version else {
          guard let path = view.path else { continue }
          run.report("this policy has no version", at: path.span)
          continue
        }
        let parts = file.tree.string(of: token).split(
          separator: ".", omittingEmptySubsequences: false)
        let isNumbers = parts.allSatisfy { part in
          !part.isEmpty && part.utf8.allSatisfy { $0 &- 0x30 < 10 }
        }
        if parts.count == 3, isNumbers { continue }
        run.report(
          "a version is three numbers with points between them", at: file.tree.span(of: token))
      }
    }
  }
}
