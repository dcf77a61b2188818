import Testing
import TractatusCompiler
import TractatusSemantics
import TractatusSource

@testable import TractatusAnalysis

/// What one test of paths, hosts, commands, lists or what came before says of another one: shown by
/// claims that need it, and by claims like these that do not hold.
@Suite struct ImplicationTests {
  private static let head = """
    policy test.implied "Implied" version "1.0.0"
    action bash { command: command }
    action edit { target: path  host: host  tags: list of text  paths: list of path }
    program rm { deletes operands  flag -r -R --recursive  flag -f --force }
    program send { sends operands }
    program git { subcommand push { flag -f --force } }

    """

  @Test(
    "a test that asks for more is covered by one that asks for less",
    arguments: [
      ("bash", "command runs \"git push\"", "command runs \"git push\" with \"--force\"", true),
      ("bash", "command runs \"git push\" with \"--force\"", "command runs \"git push\"", false),
      ("bash", "command runs \"git\"", "command runs \"git push\"", true),
      (
        "bash", "command runs \"rm\" with [\"-r\", \"-f\"]", "command runs \"rm\" with \"-r\"", true
      ),
      (
        "bash", "command runs \"rm\" with \"-r\"", "command runs \"rm\" with all [\"-r\", \"-f\"]",
        true
      ),
      ("bash", "command deletes", "command deletes within \"/srv\"", true),
      (
        "bash", "command deletes within \"/srv\"", "command deletes within \"/srv/app\"", true
      ),
      (
        "bash", "command deletes within \"/srv/app\"", "command deletes within \"/srv\"", false
      ),
      ("bash", "command reads within \"/srv\"", "command sends within \"/srv\"", true),
      ("bash", "command sends within \"/srv\"", "command reads within \"/srv\"", false),
      ("edit", "target within \"a\"", "target within \"a/b\"", true),
      ("edit", "target within \"a/b\"", "target within \"a\"", false),
      ("edit", "target within \"/a\"", "target within \"/ab\"", false),
      ("edit", "target outside \"/a/b\"", "target outside \"/a\"", true),
      ("edit", "target like \"**/*.pem\"", "target like \"keys/*.pem\"", true),
      ("edit", "host within \"acme.example\"", "host within \"api.acme.example\"", true),
      ("edit", "host within \"api.acme.example\"", "host within \"acme.example\"", false),
      ("edit", "host ends with \".example\"", "host == \"a.example\"", true),
      (
        "edit", "any t in tags satisfies (t starts with \"a\")",
        "any t in tags satisfies (t == \"ab\")", true
      ),
      (
        "edit", "any t in tags satisfies (t == \"ab\")",
        "any t in tags satisfies (t starts with \"a\")", false
      ),
      (
        "edit", "any t in tags satisfies (t starts with \"a\")",
        "all t in tags satisfies (t == \"ab\")", true
      ),
      (
        "edit", "any p in paths satisfies (p within \"/a\")",
        "any p in paths satisfies (p within \"/a/b\")", true
      ),
    ])
  func covered(type: String, wide: String, tight: String, isCovered: Bool) throws {
    #expect(try isImplied(wide, by: tight, on: type) == isCovered)
  }

  @Test(
    "tests that exclude each other never hold together",
    arguments: [
      ("edit", "host == \"a.example\" and host == \"b.example\"", true),
      ("edit", "host within \"a.example\" and host outside \"example\"", true),
      ("edit", "host == \"a.example\" and host within \"b.example\"", false),
      ("edit", "target within \"/a\" and target outside \"/a\"", false),
      (
        "edit",
        "all t in tags satisfies (t == \"a\") and any t in tags satisfies (t == \"b\")", true
      ),
      (
        "edit",
        "any t in tags satisfies (t == \"a\") and any t in tags satisfies (t == \"b\")", false
      ),
      ("edit", "any t in tags satisfies (t == \"a\") and count(tags) == 0", true),
      ("edit", "any t in tags satisfies (t == \"a\") and count(tags) == 1", false),
      (
        "bash", "command only writes within \"/a\" and command writes outside \"/a\"", true
      ),
      (
        "bash", "command only writes within \"/a/b\" and command writes outside \"/a\"", true
      ),
      (
        "bash", "command only writes within \"/a\" and command writes outside \"/a/b\"", false
      ),
      (
        "edit", "count(previously bash) > 20 and count(previously bash) < 5", true
      ),
      (
        "edit",
        "count(previously bash within 10 minutes) > 20 and count(previously bash) < 5", true
      ),
      (
        "edit",
        "count(previously bash) > 20 and count(previously bash within 10 minutes) < 5", false
      ),
    ])
  func excluded(type: String, condition: String, isNever: Bool) throws {
    let findings = try analyse(
      "rule one \"One\" { on \(type) deny when \(condition) because \"O.\" }")
    let found = findings.contains { $0.kind == .neverFires }
    #expect(found == isNever, "\(findings.map(\.message))")
  }

  @Test(
    "what came before in a tighter window came before in a wider one",
    arguments: [
      ("previously bash within 10 minutes", "previously bash within 5 minutes", true),
      ("previously bash within 5 minutes", "previously bash within 10 minutes", false),
      ("previously bash", "previously bash within 3 messages", true),
      ("previously bash within 3 messages", "previously bash", false),
      ("previously bash within 9 messages", "previously bash within 3 minutes", false),
      ("count(previously bash) > 2", "count(previously bash) > 5", true),
      ("count(previously bash) > 5", "count(previously bash) > 2", false),
      ("previously bash within 10 minutes", "count(previously bash within 5 minutes) > 3", true),
    ])
  func windows(wide: String, tight: String, isProved: Bool) throws {
    #expect(try isImplied(wide, by: tight, on: "edit") == isProved)
  }

  /// Whether it is proved that the one is not false where the other is true.
  private func isImplied(_ wide: String, by tight: String, on type: String) throws -> Bool {
    let text =
      Self.head
        + """
        rule wide "Wide" { on \(type) ask when \(wide) because "W." }
        rule tight "Tight" { on \(type) ask when \(tight) because "T." }
        """
    let compilation = AnalysedPolicy.compile([("a.tract", text)])
    let lowered = try #require(compilation.lowered, "\(compilation.diagnostics.map(\.message))")
    var formulas: [String: LoweredFormula] = [:]
    for clause in lowered.tables.flatMap(\.clauses) {
      guard case .rule(let rule, _) = clause.origin else { continue }
      formulas[lowered.checked.rules[rule].name.name] = clause.formula
    }
    var solver = Solver(AnalysisModel(lowered))
    let both = [
      Goal(try #require(formulas["tight"]), .isTrue),
      Goal(try #require(formulas["wide"]), .isFalse),
    ]
    return solver.find(both).isNever
  }

  private func analyse(_ rules: String) throws -> [AnalysisFinding] {
    let compilation = AnalysedPolicy.compile([("a.tract", Self.head + rules)])
    #expect(!compilation.hasErrors, "\(compilation.diagnostics.map(\.message))")
    return try #require(Analyser.analyse(compilation)).findings
  }
}
