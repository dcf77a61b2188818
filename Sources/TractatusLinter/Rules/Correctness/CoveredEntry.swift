import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `covered-entry`.
  static let coveredEntry = LintRule(
    111, "covered-entry", .warning,
    "An entry that another one of the list covers, after `contains`, `starts with` or `ends with`.",
    why: "It never decides anything. Whoever reads the list takes it for a case of its own.",
    avoid: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? contains ["urgent", "urgently", "now"] because "Pressing message."
      }
      """,
    prefer: """
      rule urgent "Urgent messages are read" {
          on deploy
          warn when message? contains ["urgent", "now"] because "Pressing message."
      }
      """,
    fix: .safe, fixSummary: "Removes it."
  ) { run in
    for file in run.files {
      for test in file.views(.textTest, TextTestView.self) {
        guard case .list(let list)? = test.terms, list.elements.count <= 256 else { continue }
        let texts = list.elements.map { element -> [UInt8]? in
          guard case .literal(let literal) = element, let token = literal.token,
            file.tree[token].isString
          else { return nil }
          return Array(file.tree.string(of: token).utf8)
        }
        for (index, text) in texts.enumerated() where index > 0 {
          guard let text,
            let cover = texts.enumerated().first(where: { other, cover in
              guard let cover, other != index, cover != text, !cover.isEmpty else { return false }
              return covers(cover, text, test.operation)
            })
          else { continue }
          run.report(
            "another entry covers this one", at: file.tree.span(of: list.elements[index].id),
            secondary: [
              LabelledSpan(file.tree.span(of: list.elements[cover.offset].id), "covers it")
            ], fix: list.removal(of: index, "remove it"))
        }
      }
    }
  }

  private static func covers(_ cover: [UInt8], _ text: [UInt8], _ operation: Word?) -> Bool {
    guard cover.count < text.count else { return false }
    switch operation {
    case .starts: return text.starts(with: cover)
    case .ends: return text.reversed().starts(with: cover.reversed())
    case .contains:
      return (0...(text.count - cover.count)).contains {
        text[$0...].starts(with: cover)
      }
    default: return false
    }
  }
}
