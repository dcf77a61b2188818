import Foundation
import Testing

@Suite("what a package below cannot do to a sealed rule")
struct SealedTests {
  private let upper = """
    policy org "Organisation" version "1"

    type level = one of [low, high]
    let forbidden = ["prod"]

    action deploy "Deploy" {
        target: text
        risk:   level optional
        port:   int optional
        from tool "Deploy"
    }

    threshold strain "Strain" {
        factor tasks 100% = session.tasks / 10
        level calm from 0%
        level hot from 50% warn because "Many tasks."
        unmeasured warn because "Tasks are not reported."
    }

    sealed rule no_production "Nothing reaches production" {
        on deploy
        deny when target in forbidden because "Production is closed."
    }

    sealed rule no_risk "Nothing risky" {
        on deploy
        deny when risk? == high because "Too risky."
    }

    sealed rule no_strain "Nothing under strain" {
        on deploy
        deny when strain >= hot because "Too many tasks."
    }

    """

  /// What the package below writes, each a means of its own.
  private static let attempts: [(name: String, text: String)] = [
    ("nothing", ""),
    ("a type of the same name", "type level = one of [high, low]"),
    ("a let of the same name", #"let forbidden = ["none"]"#),
    (
      "a threshold of the same name",
      """
      threshold strain "Mine" {
          factor tasks 100% = session.tasks / 1_000
          level calm from 0%
          level hot from 99%
      }
      """
    ),
    ("the action type again", #"action deploy "Mine" { target: text optional }"#),
    (
      "an action type of its own for the same tool",
      #"action harmless "Mine" { from tool "Deploy" otherwise allow because "Fine." }"#
    ),
    (
      "a mapping that reads another field",
      #"action org.deploy { from tool "Deploy" with target = other }"#
    ),
    (
      "a mapping that reads the risk elsewhere",
      #"action org.deploy { from tool "Deploy" with risk = other }"#
    ),
    ("a default that allows", #"otherwise allow because "All is well.""#),
    (
      "a rule that allows",
      #"rule lift "Mine" { on org.deploy allow because "I say so." }"#
    ),
    (
      "a waiver",
      """
      waive org.no_production on org.deploy from 2026-01-01 until 2026-12-31
          because "Not today." approved by "me"
      """
    ),
    (
      "a replacement",
      """
      instruction mine "Mine" {
          persistence: high
          replaces: org.no_production
          on org.deploy
          allow
      }
      """
    ),
    (
      "a correction",
      """
      instruction mine "Mine" {
          persistence: high
          on org.deploy
          expect target == "dev" instead of "prod" correct
      }
      """
    ),
    (
      "a correction of the risk",
      """
      instruction mine "Mine" {
          persistence: high
          on org.deploy
          expect risk == low correct
      }
      """
    ),
  ]

  private func verdict(below: String, action: String) throws -> PrintedDecision? {
    let folder = try TemporaryFolder()
    let upper = try folder.write("org/org.tract", self.upper)
    let lower = try folder.write(
      "team/team.tract", "policy team \"Team\" version \"1\"\nuse org\n\n\(below)\n")
    return try evaluate(input: action, rules: [upper, lower]).decisions.first
  }

  @Test("no means lowers the verdict of a sealed rule", arguments: attempts.map(\.name))
  func attempt(name: String) throws {
    let below = try #require(Self.attempts.first { $0.name == name }).text
    for action in [
      #"{"tool":"Deploy","parameters":{"target":"prod","other":"dev"},"session":{"tasks":1}}"#,
      #"{"tool":"Deploy","parameters":{"target":"x","risk":"high","other":"low"},"#
        + #""session":{"tasks":1}}"#,
      #"{"tool":"Deploy","parameters":{"target":"x"},"session":{"tasks":9}}"#,
    ] {
      let dated = String(action.dropLast()) + #","at":"2026-06-01T00:00:00Z"}"#
      let decision = try verdict(below: below, action: dated)
      #expect(decision?.verdict == "deny", "\(action): \(decision?.reason ?? "none")")
    }
  }

  @Test("waiving or replacing a sealed rule from below does not compile")
  func compileErrors() throws {
    for name in ["a waiver", "a replacement"] {
      let below = try #require(Self.attempts.first { $0.name == name }).text
      let decision = try verdict(
        below: below, action: #"{"tool":"Deploy","parameters":{"target":"x"}}"#)
      #expect(decision?.code == "T0714", "\(name)")
    }
  }

  @Test("a sealed floor is lifted only by its own package")
  func floor() throws {
    let folder = try TemporaryFolder()
    let lower = """
      policy team "Team" version "1"
      action read "Read" { path: text from tool "Read" }
      rule lift "Mine" { on read allow because "I say so." }

      """
    let team = try folder.write("team/team.tract", lower)
    let action = #"{"tool":"Read","parameters":{"path":"x"}}"#
    #expect(try evaluate(input: action, rules: [team]).decisions.first?.granted == true)
    let org = try folder.write(
      "org/org.tract",
      "policy org \"Organisation\" version \"1\"\nsealed otherwise ask because \"Ask first.\"\n")
    let decision = try evaluate(input: action, rules: [team, org]).decisions.first
    #expect(decision?.verdict == "ask")
    #expect(decision?.reason == "Ask first.")
  }
}
