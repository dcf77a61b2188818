import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `coarser-unit`.
  static let coarserUnit = LintRule(
    406, "coarser-unit", .note, "A length of time that a larger unit says in a smaller number.",
    why:
      "`3600 seconds` has to be worked out, `1 hour` is read. Whoever changes it sees what it is.",
    avoid: """
      action approve "Approve" { created_at: time }

      rule fresh "Approvals are fresh" {
          on approve
          ask unless created_at within 1440 minutes because "The approval is old."
      }
      """,
    prefer: """
      action approve "Approve" { created_at: time }

      rule fresh "Approvals are fresh" {
          on approve
          ask unless created_at within 24 hours because "The approval is old."
      }
      """,
    fix: .safe, fixSummary: "Writes it in the larger unit."
  ) { run in
    for file in run.files {
      let tree = file.tree
      for view in file.views(.amount, AmountView.self) {
        guard let number = view.number, let unit = view.unit,
          let value = Int(tree.text(of: number).replacing("_", with: "")),
          let (count, name) = coarser(value, tree.text(of: unit))
        else { continue }
        let text = "\(count) \(name)" + (count == 1 ? "" : "s")
        run.report(
          "this is \(text)", at: view.span,
          fix: tree.hasComment(in: view.id)
            ? nil : FixIt("write `\(text)`", replacing: view.span, with: text))
      }
    }
  }

  private static func coarser(_ value: Int, _ unit: String) -> (Int, String)? {
    guard value > 0 else { return nil }
    switch unit {
    case "second", "seconds":
      if value.isMultiple(of: 3600) { return (value / 3600, "hour") }
      return value.isMultiple(of: 60) ? (value / 60, "minute") : nil
    case "minute", "minutes": return value.isMultiple(of: 60) ? (value / 60, "hour") : nil
    case "hour", "hours":
      return value.isMultiple(of: 24) && value >= 48 ? (value / 24, "day") : nil
    default: return nil
    }
  }
}
