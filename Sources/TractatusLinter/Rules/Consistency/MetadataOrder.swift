import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `metadata-order`.
  static let metadataOrder = LintRule(
    402, "metadata-order", .note, "Metadata in another order than everywhere else.",
    why: """
      In one order a reader finds at once what is there and what is not: quadrant, persistence, scope, verification, \
      explicitness, source, since, until, active, replaces; of a boundary section, then domain.
      """,
    avoid: """
      instruction inst_1 "Databases listen on 27027" {
          verification: required
          persistence: medium
          on deploy
          expect port == 27027 because "The port is 27027."
      }
      """,
    prefer: """
      instruction inst_1 "Databases listen on 27027" {
          persistence: medium
          verification: required
          on deploy
          expect port == 27027 because "The port is 27027."
      }
      """,
    fix: .safe, fixSummary: "Puts the entries in order."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.ruleDeclaration, RuleView.self) {
        let entries = view.metadata
        guard entries.count > 1 else { continue }
        let ranks = entries.map { entry in
          entry.name.flatMap { order.firstIndex(of: tree.name(of: $0)) } ?? order.count
        }
        guard let wrong = ranks.indices.dropFirst().first(where: { ranks[$0] < ranks[$0 - 1] }),
          let name = entries[wrong].name
        else { continue }
        let sorted = entries.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
        let hasComment = entries.contains { tree.hasComment(in: $0.id) }
        let edits = zip(entries.indices, sorted).filter { $0 != $1 }.map { place, source in
          SourceEdit(entries[place].span, replacement: tree.text(of: entries[source].id))
        }
        run.report(
          "`\(tree.name(of: name))` stands before `\(previous(entries, wrong))` everywhere else",
          at: tree.span(of: name),
          fix: hasComment ? nil : FixIt("put the metadata in order", edits: edits))
      }
    }
  }

  private static func previous(_ entries: [MetadataView], _ index: Int) -> String {
    let entry = entries[index - 1]
    return entry.name.map { entry.tree.name(of: $0) } ?? ""
  }

  private static let order = [
    "section", "domain", "quadrant", "persistence", "scope", "verification", "explicitness",
    "source", "since", "until", "active", "replaces",
  ]
}
