import Testing
import TractatusCompiler
import TractatusSource
import TractatusValues

@testable import TractatusTestRunner

@Suite("Running examples and tests")
struct TestRunnerTests {
  private static let types = """
    policy acme.a "A" version "1.0.0"

    fact frozen: bool
    fact owner: text optional

    action call "Call" {
        port: int optional
        name: text optional
        otherwise ask because "Nothing allows it."
    }

    """

  private func results(_ text: String) throws -> [TestResult] {
    let file = RuleFile(name: "a.tract", bytes: Array((Self.types + text).utf8))
    let compilation = Compilation.compile(PolicyLoader.load([file]))
    var renderer = DiagnosticRenderer(sources: compilation.sources)
    #expect(!compilation.hasErrors, "\(renderer.render(compilation.diagnostics))")
    return TestRunner.run(compilation)
  }

  private func verdicts(_ text: String) throws -> [Verdict] { try results(text).map(\.actual) }

  @Test("an example judges its rule alone, without `otherwise` and other rules")
  func focus() throws {
    let results = try results(
      """
      rule a "A" {
          on call
          deny when port? == 1
          example deny { port: 1 }
          example allow { port: 2 }
      }
      rule b "B" {
          on call
          deny
      }
      """)
    #expect(results.map(\.isPassed) == [true, true])
    #expect(results.map(\.place) == ["a.tract:14:5", "a.tract:15:5"])
    #expect(results.map(\.name) == ["acme.a.a example 1", "acme.a.a example 2"])
  }

  @Test("what an example's `given` leaves out is unknown and asks")
  func unsupplied() throws {
    let results = try results(
      """
      rule a "A" {
          on call
          deny when facts.frozen
          example allow {}
          example deny {} given { facts.frozen: true }
          example allow {} given { facts.frozen: false }
      }
      """)
    #expect(results.map(\.actual) == [.ask, .deny, .allow])
    #expect(results.map(\.isPassed) == [false, true, true])
    let diagnostic = try #require(TestRunner.diagnostics(results).first)
    #expect(diagnostic.code == .exampleFails)
    #expect(diagnostic.message == "the example fails (verdict: expected allow, got ask)")
    #expect(diagnostic.notes == ["Not known: fact `frozen` was not supplied."])
  }

  @Test("`example allow` of a rule with `allow` clauses needs one that fires")
  func allowNeedsAClause() throws {
    let results = try results(
      """
      rule a "A" {
          on call
          allow when port? == 1
          example allow { port: 1 }
          example allow { port: 2 }
      }
      """)
    #expect(results.map(\.isPassed) == [true, false])
  }

  @Test("examples of a shadow rule judge what it would have said")
  func shadowRule() throws {
    let results = try results(
      """
      shadow rule a "A" {
          on call
          deny when port? == 1
          example deny { port: 1 }
          example allow { port: 2 }
      }
      """)
    #expect(results.map(\.isPassed) == [true, true])
  }

  @Test("a rule that is not active has no examples to run")
  func inactiveRule() throws {
    let results = try results(
      """
      rule a "A" {
          active: false
          on call
          deny when port? == 1
          example deny { port: 1 }
      }
      """)
    #expect(results.isEmpty)
  }

  @Test("an example of a rule on any action judges a call that nothing maps")
  func anyRule() throws {
    let results = try results(
      """
      rule a "A" {
          on any
          deny when description contains "drop"
          example deny {} given { description: "drop it" }
          example allow {}
      }
      """)
    #expect(results.map(\.isPassed) == [true, true])
  }

  @Test("a test judges the whole policy, and says what else gave the verdict")
  func wholePolicy() throws {
    let results = try results(
      """
      rule a "A" {
          on call
          deny when port? == 1
          allow when port? == 2
      }
      test "denied" { action call { port: 1 } expect deny by a }
      test "allowed" { action call { port: 2 } expect allow by a }
      test "asked" { action call { port: 3 } expect ask by call }
      test "wrong" { action call { port: 3 } expect deny by a }
      """)
    #expect(results.map(\.isPassed) == [true, true, true, false])
    #expect(
      results[3].summary
        == "verdict: expected deny, got ask; by: expected `acme.a.a`, got `acme.a.call`")
  }

  @Test("a test compares the corrected action as a whole")
  func correcting() throws {
    let results = try results(
      """
      instruction a "A" {
          persistence: high
          on call
          expect port == 27027 instead of 27017
      }
      test "right" { action call { port: 27017 } expect deny by a correcting { port: 27027 } }
      test "wrong" { action call { port: 27017 } expect deny correcting { port: 5 } }
      """)
    #expect(results.map(\.isPassed) == [true, false])
    #expect(results[1].summary == "correcting: expected { port: 5 }, got { port: 27027 }")
  }
}
