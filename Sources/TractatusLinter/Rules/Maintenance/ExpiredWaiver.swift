import TractatusSource
import TractatusSyntax
import TractatusValues

extension LintRule {
  /// `expired-waiver`.
  static let expiredWaiver = LintRule(
    604, "expired-waiver", .warning, "A waiver whose last day is over.",
    why: """
      It does nothing any more but make readers believe in an exemption. Renewing it is a decision, with a new reason \
      and approval; else it goes.
      """,
    avoid: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive prod when host? == "db2.acme.example" from 2020-01-01 until 2020-06-30
          because "The migration deploys by night." approved by "platform-leads"
      """,
    prefer: """
      rule prod "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive prod when host? == "db2.acme.example" from 2099-01-01 until 2099-06-30
          because "The migration deploys by night." approved by "platform-leads"
      """
  ) { run in
    guard let today = run.input.today else { return }
    for file in run.files {
      for view in file.views(.waiveDeclaration, WaiveView.self) {
        guard let token = view.until, let last = CalendarDate(file.tree.bytes(of: token).span),
          last < today
        else { continue }
        run.report(
          "this waiver ended \(last.days(to: today)) days ago", at: file.tree.span(of: token))
      }
    }
  }
}
