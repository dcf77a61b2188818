import Foundation
import Testing

@testable import TractatusCLI

/// Faults of every kind, planted in the policy of a thousand rules that `bench` measures, are
/// found, each by its kind and rule, and the rules around them are not blamed.
@Suite struct PlantedFaultTests {
  /// A fault: what finds it, the words by which it is told, and declarations that have it.
  private struct Fault {
    var kind: String
    var name: String
    var text: String
  }

  /// Faults of what clauses say, some against the rules of the bench: `r1` is on a user, `r10` and
  /// `r11` on accounts.
  private static let clauses = [
    Fault(
      kind: "conflicting-expectations", name: "`expect_two`",
      text: """
        instruction expect_one "Region 1 for the team" {
            persistence: high
            on call when user == "team-lead"
            expect region == "region-1"
        }
        instruction expect_two "Region 2 for teams" {
            persistence: high
            on call when user starts with "team-l"
            expect region == "region-2"
        }
        """),
    Fault(
      kind: "shadowed", name: "`narrow`",
      text: """
        rule narrow "One user's big calls" {
            on call
            ask when user == "user-1" and size > 3 because "Big."
        }
        """),
    Fault(
      kind: "never-fires", name: "`never`",
      text: "rule never \"N\" { on call deny when account < 10 and account > 20 because \"N.\" }"),
    Fault(
      kind: "never-fires", name: "`never_text`",
      text: """
        rule never_text "N" {
            on call
            deny when note starts with "web" and note == "api" because "N."
        }
        """),
    Fault(
      kind: "always-true", name: "`always`",
      text: "rule always \"A\" { on note warn when size >= 0 because \"A.\" }"),
    Fault(
      kind: "redundant-condition", name: "`twice`",
      text: """
        rule twice "T" {
            on call
            deny when host starts with "prod" and host starts with "prod-eu" and account == 9999
                because "T."
        }
        """),
    Fault(
      kind: "overlap", name: "`narrow`",
      text: "rule near \"N\" { on call warn when account in 5..15 because \"N.\" }"),
    Fault(
      kind: "unmeetable", name: "`impossible`",
      text: """
        requirement impossible "I" {
            on call when host == "zzz"
            require account == 1 and account == 2
        }
        """),
    Fault(
      kind: "idle-waiver", name: "`r10`",
      text: """
        waive r10 on call when account == 11 from 2026-07-01 until 2026-12-31
            because "Idle." approved by "lead"
        """),
    Fault(
      kind: "whole-waiver", name: "`r11`",
      text: """
        waive r11 on call when account > 5 from 2026-07-01 until 2026-12-31
            because "Whole." approved by "lead"
        """),
    Fault(
      kind: "fragile-deny", name: "`fragile`",
      text: "rule fragile \"F\" { on shell deny when command matches /^rm -rf/ because \"F.\" }"),
    Fault(
      kind: "fragile-deny", name: "`one_name`",
      text: """
        program erase { deletes operands }
        program zap { deletes operands }
        rule one_name "F" { on shell deny when command runs "erase" because "F." }
        """),
    Fault(
      kind: "unsupported", name: "`asking`",
      text: "rule asking \"A\" { on note ask when size == 7 because \"A.\" }"),
  ]

  /// Faults of types, thresholds and patterns.
  private static let others = [
    Fault(
      kind: "unrestricted-type", name: "`idle`",
      text: "action idle \"Nothing restricts it\" { x: text }"),
    Fault(
      kind: "uncovered", name: "`deploy`",
      text: """
        action deploy "Deploys" { target: one of [dev, production] otherwise ask because "No rule." }
        rule to_dev "D" { on deploy allow when target == dev }
        """),
    Fault(
      kind: "unreached-level", name: "`top`",
      text: """
        threshold flat "F" {
            on note
            base 0.1
            add 0.2 when facts.late
            level low from 0%
            level top from 90% ask because "T."
            unmeasured warn because "?"
        }
        """),
    Fault(
      kind: "unsupported", name: "clause of `flat`", text: ""),
    Fault(
      kind: "dead-pattern", name: "hosts are compared in lower case",
      text: "rule folded \"F\" { on note deny when place? matches /ACME/ because \"F.\" }"),
    Fault(
      kind: "dead-pattern", name: "needs a letter",
      text:
        "rule forced \"F\" { on call deny when command matches /push \\b--force/ because \"F.\" }"),
    Fault(
      kind: "class-for-alternation", name: "prod|staging",
      text: "rule stages \"S\" { on call deny when note matches /^[prod|staging]$/ because \"S.\" }"
    ),
    Fault(
      kind: "duplicate-entry", name: "",
      text: "rule doubled \"D\" { on call deny when host in [\"web-1\", \"web-1\"] because \"D.\" }"
    ),
    Fault(
      kind: "covered-entry", name: "",
      text: """
        rule covered "C" { on call deny when host starts with ["web-", "web-2-"] because "C." }
        """),
  ]

  private static let head = """
    policy bench.generated "Generated for measuring" version "1.0.0"
    fact late: bool
    action shell "Runs a command" { command: command }
    action note "Takes a note" { size: int in 0..1_000  place: host optional }

    """

  @Test("planted faults of every kind are found in the bench's policy of 1,000 rules")
  func faults() throws {
    let faults = Self.clauses + Self.others
    let folder = try TemporaryFolder()
    for (number, file) in BenchWorkload(ruleCount: 1_000, seed: 1).files.enumerated() {
      try folder.write("generated-\(number).tract", String(decoding: file, as: UTF8.self))
    }
    try folder.write("faults.tract", Self.head + faults.map(\.text).joined(separator: "\n"))
    let result = run("analyse", folder.path, "--client", "mcp", "--format", "json")
    #expect(result.status == 1 && result.errors.isEmpty, "\(result.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let findings = try #require(json?["findings"] as? [[String: Any]])
    let found = findings.map { finding in
      (
        kind: finding["rule"] as? String ?? "",
        message: (finding["message"] as? String ?? "").filter { $0 != "`" }
      )
    }
    for fault in faults {
      // Messages say of which package a rule is.
      let name = String(fault.name.filter { $0 != "`" })
      let isFound = found.contains {
        $0.kind == fault.kind && (name.isEmpty || $0.message.contains(name))
      }
      let others = found.filter { $0.kind == fault.kind }.map(\.message)
      #expect(isFound, "\(fault.kind) of \(fault.name): \(others.prefix(4))")
    }
    // Rules of the bench are named where a fault is against them, and blamed for nothing.
    let blamed = found.filter { finding in
      !["overlap", "unsupported", "uncovered"].contains(finding.kind)
        && finding.message.firstMatch(of: /clause of (bench\.generated\.)?r\d/) != nil
    }
    #expect(blamed.isEmpty, "\(blamed.first?.message ?? "")")
  }
}
