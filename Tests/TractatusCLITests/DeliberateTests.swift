import Foundation
import Testing

@testable import TractatusCLI

@Suite("deliberations")
struct DeliberateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func deliberate(_ words: String...) -> CommandRun {
    run(["deliberate"] + words + ["--state", folder.path, "--now", "2026-11-21T10:00:00Z"])
  }

  @Test("a conflict of values has a plan, a technical question has none")
  func plans() {
    let values = deliberate(
      "plan", "Put privacy or performance first?", "--rules", "tractatus.core")
    #expect(values.status == 0)
    for words in [
      "tractatus.core.values, section 12.1", "urgency: important", "Rights-based", "rounds:",
      "status: awaiting_human_approval", "decision: to be decided by people",
    ] {
      #expect(values.output.contains(words), "\(words)")
    }
    let technical = deliberate("plan", "A list or a hash table?", "--rules", "tractatus.core")
    #expect(technical.status == 1 && technical.output.contains("no conflict of values"))
    let json = deliberate(
      "plan", "Put privacy or performance first?", "--rules", "tractatus.core", "--format", "json")
    #expect(json.output.contains(#""deliberation":[{"boundary":"tractatus.core.values""#))
  }

  @Test("an outcome is kept as an instruction of high persistence that binds nobody")
  func outcomes() throws {
    #expect(deliberate("record", "Privacy first").errors.contains("`--by`"))
    #expect(deliberate("record", "Privacy first", "--by", "Ann", "--review", "soon").status == 2)
    let kept = deliberate(
      "record", "Privacy first", "--by", "Ann", "--by", "Ben", "--prioritized", "privacy",
      "--deprioritized", "speed", "--dissent", "Ben: speed saves lives", "--remainder",
      "slower pages are owed an apology", "--review", "2027-01-01")
    #expect(kept.status == 0 && kept.output.contains("Recorded as inst_001"))
    let text = try String(
      contentsOfFile: folder.path + "/instruction-history.json", encoding: .utf8)
    for words in [
      #""persistence":"HIGH""#, #""precedent_binding":false"#, #""decided_by":"Ann; Ben""#,
      #""verification_required":"NONE""#, #""review_date":"2027-01-01""#,
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(deliberate("record", "Speed first", "--by", "Ann").output.contains("inst_002"))
    let check = run(
      "check", "tractatus.core", "--instructions", folder.path + "/instruction-history.json")
    #expect(check.output.contains("a precedent: it informs and never binds"))
  }

  @Test("other verbs, and words too many or few, are usage errors")
  func usage() {
    #expect(run("deliberate").status == 2)
    #expect(run("deliberate", "vote", "x").errors.contains("`plan` or `record`"))
  }
}
