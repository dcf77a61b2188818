import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `wildcard-tool`.
  static let wildcardTool = LintRule(
    208, "wildcard-tool", .warning, "A mapping of every tool.",
    why: """
      A call that nothing maps is `unmapped`, and asks. A mapping of `*` takes that away from every tool that a client \
      or a server may add, known or not.
      """,
    avoid: """
      action anything "Anything else" {
          input: text optional
          from tool "*"
      }
      """,
    prefer: """
      action notes "The notes' tools" {
          input: text optional
          from tool "mcp__notes__*"
      }
      """
  ) { run in
    for file in run.files {
      for source in file.views(.toolSource, ToolSourceView.self) {
        for token in source.tools {
          let name = file.tree.string(of: token)
          guard !name.isEmpty, name.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) || name == "mcp__*"
          else { continue }
          run.report(
            "`\(name)` takes tools that nobody has looked at, which would ask otherwise",
            at: file.tree.span(of: token))
        }
      }
    }
  }
}
