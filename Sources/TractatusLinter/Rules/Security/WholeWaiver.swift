import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `whole-waiver`.
  static let wholeWaiver = LintRule(
    214, "whole-waiver", .warning, "A waiver of a whole rule, without a condition.",
    why: """
      While it lasts the rule protects nothing. An exemption is for something: name it by `when`, so that the rest of \
      the rule stays.
      """,
    avoid: """
      rule production "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive production from 2026-07-01 until 2026-09-30
          because "The migration deploys by night." approved by "platform-leads"
      """,
    prefer: """
      rule production "Production is a person's" {
          on deploy
          deny when environment == production because "This is production."
      }

      waive production when host? == "db2.acme.example" from 2026-07-01 until 2026-09-30
          because "The migration deploys by night." approved by "platform-leads"
      """
  ) { run in
    for file in run.files {
      for waiver in file.views(.waiveDeclaration, WaiveView.self) {
        guard waiver.whenGuard == nil, waiver.unlessGuard == nil else { continue }
        let name = waiver.path?.joined ?? ""
        run.report("this takes `\(name)` out for every call", at: run.head(waiver.span))
      }
    }
  }
}
