import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// What `diff` says of two versions, both evaluators say, too.
@Suite struct DifferenceTests {
  private static func compile(_ files: [(name: String, text: String)]) -> CompilationResult {
    var sources = SourceSet()
    for file in files { sources.add(name: file.name, bytes: Array(file.text.utf8)) }
    let parsed = sources.sources.map { ParsedFile(parsing: $0) }
    return Compilation.compile(files: parsed, sources: sources)
  }

  private static let head = """
    policy acme.a "Acme" version "1"
    fact branch: text optional
    action deploy { environment: one of [dev, production]  port: int optional  otherwise ask }
    action bash { command: command }

    """

  private func compare(_ old: String, _ new: String) throws -> PolicyDifference {
    let before = try #require(PolicyVersion(Self.compile([("a.tract", Self.head + old)])))
    let after = try #require(PolicyVersion(Self.compile([("a.tract", Self.head + new)])))
    return DifferenceSearch.compare(before, after)
  }

  @Test(
    "each class of change is found, with its rule",
    arguments: [
      (
        "rule r { on deploy deny when port? > 10 }", "rule r { on deploy deny when port? > 20 }",
        ["loosened deploy r"]
      ),
      (
        "rule r { on deploy deny when port? > 10 }", "rule r { on deploy deny when port? > 5 }",
        ["tightened deploy r"]
      ),
      (
        "rule r { on deploy warn when port? > 10 } rule s { on deploy ask when port? > 10 }",
        "rule s { on deploy ask when port? > 10 }", []
      ),
      (
        "rule r { on deploy allow when environment == dev }",
        "rule r { on deploy allow when environment == dev or facts.branch? == \"main\" }",
        ["loosened deploy r"]
      ),
      (
        "rule r { on bash deny when command runs \"rm\" with [\"-r\", \"-f\"] }",
        "rule r { on bash deny when command runs \"rm\" with \"-r\" }", ["loosened bash r"]
      ),
      (
        "rule r \"A\" { on deploy deny when not (port? > 3 or port? > 5) because \"x\" }",
        "rule r \"B\" { on deploy deny when not port? > 3 because \"y\" }", []
      ),
      (
        "rule r { on any deny when description like \"*a*\" }",
        "rule r { on any deny when description like \"a*\" }",
        ["loosened bash r", "loosened deploy r", "loosened unmapped r"]
      ),
    ])
  func classes(old: String, new: String, wanted: [String]) throws {
    let difference = try compare(old, new)
    let found = difference.changes.map { change in
      let type = change.type.split(separator: ".").last ?? ""
      return "\(change.kind.rawValue) \(type) \(change.rule.split(separator: ".").last ?? "")"
    }
    #expect(found == wanted)
    #expect(difference.undecided.isEmpty)
  }

  @Test("versions of random policies are told apart as both evaluators do")
  func random() {
    var confirmed = 0
    for seed in AnalysedPolicy.seeds(6) {
      let policy = PolicyGenerator.policy(seed: seed, .free)
      let old = Self.compile(policy.sources)
      guard var checked = PolicyVersion(old) == nil ? nil : old.checked, !checked.rules.isEmpty
      else { continue }
      // Another version: the verdict of one clause after the other.
      var random = SplitMix64(seed: seed)
      let rule = Int(random.next() % UInt64(checked.rules.count))
      for index in checked.rules[rule].clauses.indices {
        let verdict = checked.rules[rule].clauses[index].verdict
        if verdict == .deny { checked.rules[rule].clauses[index].verdict = .ask }
        if verdict == .ask || verdict == .warn {
          checked.rules[rule].clauses[index].verdict = .deny
        }
      }
      var result = old
      result.checked = checked
      guard let before = PolicyVersion(old), let after = PolicyVersion(result) else { continue }
      let difference = DifferenceSearch.compare(before, after)
      var one = WitnessRun(before.program)
      var other = WitnessRun(after.program)
      for change in difference.changes {
        let verdicts = (
          one.decide(change.document)?.verdict, other.decide(change.document)?.verdict
        )
        #expect(verdicts.0 == change.old.verdict && verdicts.1 == change.new.verdict)
        confirmed += 1
      }
      guard difference.changes.isEmpty, difference.undecided.isEmpty else { continue }
      // Said to be equal: no action says otherwise.
      var actions = ActionGenerator(policy, seed: seed)
      for _ in 0..<200 {
        let document = Array(actions.action().written.utf8)
        #expect(one.decide(document)?.verdict == other.decide(document)?.verdict, "seed \(seed)")
      }
    }
    #expect(confirmed > 0)
  }
}
