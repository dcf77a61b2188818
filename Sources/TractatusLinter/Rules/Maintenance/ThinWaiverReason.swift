import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `thin-waiver-reason`.
  static let thinWaiverReason = LintRule(
    605, "thin-waiver-reason", .warning, "A waiver whose reason does not say why.",
    why: "Who reviews the rules in a year must be able to tell whether the reason still holds.",
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive prod when host? == "db2.acme.example" from 2099-01-01 until 2099-06-30
          because "temporary" approved by "platform-leads"
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive prod when host? == "db2.acme.example" from 2099-01-01 until 2099-06-30
          because "The migration deploys by night." approved by "platform-leads"
      """,
    parameters: [.init("words", .number(3), "How many words a reason has at least.")]
  ) { run in
    let least = run.number("words")
    for file in run.files {
      for view in file.views(.waiveDeclaration, WaiveView.self) {
        guard let text = view.because?.text else { continue }
        let words = file.tree.string(of: text).split { $0 == " " || $0 == "\n" }.count
        guard words < least else { continue }
        run.report("this does not say why the rule is waived", at: file.tree.span(of: text))
      }
    }
  }
}
