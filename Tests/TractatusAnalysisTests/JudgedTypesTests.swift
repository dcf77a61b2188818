import Testing
import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource

@testable import TractatusAnalysis

/// What a call is judged as besides the type that is asked about: claims and findings count it.
@Suite struct JudgedTypesTests {
  private static let top = """
    policy acme.top "Top" version "1"
    fact open: bool

    """
  private static let low = """
    policy acme.low "Low" version "1"
    use acme.top
    action edit { target: path  from tool "Edit" }
    action shell { command: command optional  from tool "Bash" }
    action wide { from action shell }

    """

  private func compile(_ top: String, _ low: String) -> CompilationResult {
    let compilation = AnalysedPolicy.compile([
      ("top.tract", Self.top + top), ("low.tract", Self.low + low),
    ])
    #expect(!compilation.hasErrors, "\(compilation.diagnostics.map(\.message))")
    return compilation
  }

  @Test(
    "a sealed rule on what is not mapped restricts what packages below map",
    arguments: [
      ("sealed rule r { on unmapped ask when not facts.open }", false),
      ("rule r { on unmapped ask when not facts.open }", true),
      ("sealed rule r { on unmapped allow when facts.open }", true),
    ])
  func guarded(rule: String, isUnrestricted: Bool) throws {
    let compilation = compile(rule, "prove \"p\" { always allow edit when facts.open == false }")
    let findings = try #require(Analyser.analyse(compilation)).findings
    let found = findings.contains { $0.kind == .unrestrictedType && $0.message.contains("`edit`") }
    #expect(found == isUnrestricted, "\(findings.map(\.message))")
    let outcome = try #require(Prover.prove(compilation).first?.claims.first?.outcome)
    switch outcome {
    case .proved: #expect(isUnrestricted)
    case .refuted(let witness):
      #expect(!isUnrestricted)
      #expect(witness.text.contains("\"tool\":\"Edit\""))
    default: Issue.record("\(outcome)")
    }
  }

  @Test(
    "a claim about a type counts what rules say of the types that its calls have besides",
    arguments: [
      ("rule r { on any deny when action.type == \"acme.low.wide\" }", false),
      ("rule r { on any deny when action.type like \"*.wide\" }", false),
      ("rule r { on any deny when description == action.type }", false),
      ("rule r { on any deny when action.type == \"acme.low.edit\" }", true),
      ("rule r { on any deny when action.type like \"*.edit\" }", true),
    ])
  func besides(rule: String, isProved: Bool) throws {
    let compilation = compile(rule, "prove \"p\" { never deny shell }")
    let outcome = try #require(Prover.prove(compilation).first?.claims.first?.outcome)
    if case .proved = outcome { #expect(isProved) } else { #expect(!isProved, "\(outcome)") }
  }

  @Test(
    "what an instruction only notes, and corrects, passes with a warning",
    arguments: [("expect target == \"a\" correct", false), ("expect target == \"a\"", true)])
  func noted(clause: String, isProved: Bool) throws {
    let rule = """
      instruction notes "Notes" {
        persistence: low  verification: optional  explicitness: 0.9
        on edit
        \(clause)
      }
      """
    let compilation = compile("", rule + "\nprove \"p\" { always allow edit }")
    let outcome = try #require(Prover.prove(compilation).first?.claims.first?.outcome)
    if case .proved = outcome { #expect(isProved) } else { #expect(!isProved, "\(outcome)") }
  }

  @Test("a requirement of which nothing is known is unmet as one that is not met")
  func unknownRequirement() throws {
    let compilation = compile("rule r { on any require facts.open }", "")
    var run = WitnessRun(try #require(compilation.program))
    let document = Array("{\"action\":\"acme.low.shell\"}".utf8)
    #expect(run.decide(document)?.verdict == .deny)
    #expect(run.clauses(of: document).contains { $0.rule == "acme.top.r" && $0.truth == .true })
  }
}
