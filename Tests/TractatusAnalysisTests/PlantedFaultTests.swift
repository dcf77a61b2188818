import Testing
import TractatusCompiler
import TractatusSemantics
import TractatusSource

@testable import TractatusAnalysis

/// Faults of every kind, planted in a policy of a thousand rules, are found, each by its kind and
/// rule, and the rules around them are not blamed.
@Suite struct PlantedFaultTests {
  /// Declarations with a fault each, what finds it, and the words by which it is told.
  private static let faults: [(kind: AnalysisKind, name: String, text: String)] = [
    (
      .conflictingExpectations, "`expect_two`",
      """
      instruction expect_one "Port 5432 on db1" {
          persistence: high
          on connect when host == "db1"
          expect port == 5432
      }
      instruction expect_two "Port 5433 on db hosts" {
          persistence: high
          on connect when host starts with "db"
          expect port == 5433
      }
      """
    ),
    (
      .shadowed, "`narrow`",
      """
      rule wide "Low ports" { on connect deny when port < 1024 because "Low." }
      rule narrow "Port 22" { on connect ask when port == 22 and host == "a" because "Low." }
      """
    ),
    (
      .neverFires, "`never`",
      "rule never \"N\" { on connect deny when port < 10 and port > 20 because \"N.\" }"
    ),
    (
      .neverFires, "`never_text`",
      "rule never_text \"N\" { on connect deny when host starts with \"web\" and host == \"api\" because \"N.\" }"
    ),
    (
      .alwaysTrue, "`always`",
      "rule always \"A\" { on note warn when size >= 0 because \"A.\" }"
    ),
    (
      .redundantCondition, "`twice`",
      """
      rule twice "T" {
          on connect
          deny when host starts with "prod" and host starts with "prod-eu" and port == 9999 because "T."
      }
      """
    ),
    (
      .overlap, "`big`",
      """
      rule big "B" { on connect warn when port > 60_000 because "B." }
      rule named "N" { on connect deny when name? contains "bad" because "N." }
      """
    ),
    (.unrestrictedType, "`idle`", "action idle \"Nothing restricts it\" { x: text }"),
    (
      .uncovered, "`deploy`",
      """
      action deploy "Deploys" { target: one of [dev, production] otherwise ask because "No rule." }
      rule to_dev "D" { on deploy allow when target == dev }
      """
    ),
    (
      .unreachedLevel, "`top`",
      """
      threshold flat "F" {
          on note
          base 0.1
          add 0.2 when facts.late
          level low from 0%
          level top from 90% ask because "T."
          unmeasured warn because "?"
      }
      """
    ),
    (
      .unmeetable, "`impossible`",
      """
      requirement impossible "I" {
          on connect when host == "zzz"
          require port == 1 and port == 2
      }
      """
    ),
    (
      .idleWaiver, "`waived`",
      """
      rule waived "W" { on connect deny when port == 7_777 because "W." }
      waive waived on connect when port == 8_888 from 2026-07-01 until 2026-12-31
          because "Idle." approved by "lead"
      """
    ),
    (
      .wholeWaiver, "`waived_whole`",
      """
      rule waived_whole "W" { on connect deny when port == 7_778 because "W." }
      waive waived_whole on connect when port > 7_000 from 2026-07-01 until 2026-12-31
          because "Whole." approved by "lead"
      """
    ),
    (
      .fragileDeny, "`fragile`",
      "rule fragile \"F\" { on shell deny when command matches /^rm -rf/ because \"F.\" }"
    ),
    (
      .unsupported, "`asking`",
      "rule asking \"A\" { on note ask when size == 7 because \"A.\" }"
    ),
  ]

  private static let head = """
    policy test.big "Big" version "1.0.0"
    fact late: bool
    action connect "Connects" { port: int in 1..65_535  host: text  name: text optional }
    action shell "Runs a command" { command: command }
    action note "Takes a note" { size: int in 0..1_000 }
    """

  private static func policy(rules: Int) -> String {
    var text = head
    for fault in faults { text += "\n" + fault.text }
    for number in 0..<rules {
      text += """

        rule plain_\(number) "Plain \(number)" {
            on connect
            deny when port == \(10_000 + number) and host == "h\(number)" because "Plain."
        }
        """
    }
    return text
  }

  @Test("planted faults of every kind are found in a policy of 1,000 rules")
  func faults() throws {
    var sources = SourceSet()
    sources.add(name: "big.tract", bytes: Array(Self.policy(rules: 1_000).utf8))
    let files = sources.sources.map { ParsedFile(parsing: $0) }
    let compilation = Compilation.compile(files: files, sources: sources)
    #expect(!compilation.hasErrors, "\(compilation.diagnostics.first?.message ?? "")")
    let result = try #require(Analyser.analyse(compilation, clients: ["mcp"]))
    for fault in Self.faults {
      let found = result.findings.filter {
        $0.kind == fault.kind && $0.message.contains(fault.name.dropFirst().dropLast())
      }
      #expect(!found.isEmpty, "\(fault.kind.name) of \(fault.name)")
    }
    let blamed = result.findings.filter {
      $0.kind.severity > .note && $0.message.contains("plain_")
    }
    #expect(blamed.isEmpty, "\(blamed.first?.message ?? "")")
    #expect(result.undecided.isEmpty)
  }
}
