import Foundation
import Testing
import TractatusLinter
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// The texts of every hit of every rule.
private let hits: [(rule: LintRule, text: String)] = LintRules.all.flatMap { rule in
  ((try? LintCase(rule).hits) ?? []).map { (rule, LintCase.whole($0.text)) }
}

@Suite("laws of linting")
struct LintLawTests {
  @Test("a comment with a reason after code silences the findings of its line, and is used")
  func lineSuppression() {
    for (rule, text) in hits where rule.category != .suppression {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let index = LineIndex(SourceText(name: "", text: text))
      let found = LintFixture.findings(of: rule, in: text)
      for line in Set(found.map { index.line(at: $0.span.start) }) {
        lines[line - 1] += "  // tractatus:disable \(rule.name) a test says so"
      }
      let result = Linter.lint(LintFixture.input(lines.joined(separator: "\n")))
      #expect(result.findings.filter { $0.code == rule.code }.map(\.message) == [], "\(rule.name)")
      #expect(result.suppressed.filter { $0.code == rule.code }.count == found.count)
      #expect(!result.findings.contains { $0.code.hasPrefix("L09") }, "\(rule.name)")
    }
  }

  @Test("a comment for the file silences every finding of its rule, by name and by code")
  func fileSuppression() {
    for (rule, text) in hits where rule.category != .suppression {
      for name in [rule.name, rule.code] {
        let comment = "// tractatus:disable-file \(name) a test says so\n"
        let result = Linter.lint(LintFixture.input(comment + text))
        #expect(!result.findings.contains { $0.code == rule.code }, "\(rule.name)")
        #expect(!result.findings.contains { $0.code.hasPrefix("L09") }, "\(rule.name)")
      }
    }
  }

  @Test("a comment alone on its line silences what follows it, declaration or clause")
  func blockSuppression() {
    let text =
      LintFixture.prelude + """
        // tractatus:disable broad-place every absolute path is meant here
        rule one "One" {
            on read_file
            warn when path within "/" because "A file is read."
        }

        rule two "Two" {
            on read_file
            // tractatus:disable broad-place every absolute path is meant here
            warn when path within "/"
                because "A file is read."
            ask when path within ["/", "/x"] because "A file is read."
        }

        """
    let result = Linter.lint(LintFixture.input(text))
    #expect(result.suppressed.map(\.rule) == ["broad-place", "broad-place"])
    #expect(result.findings.filter { $0.rule == "broad-place" }.count == 1)
  }

  @Test(
    "fixes silence their findings, leave a text that parses, and change nothing the second time")
  func fixes() {
    for (rule, text) in hits {
      let hasErrors = LintFixture.input(text).hasErrors
      let fixed = LintFixture.fixed(text, by: rule)
      #expect(LintFixture.fixed(fixed, by: rule) == fixed, "\(rule.name) is not idempotent")
      #expect(
        !LintFixture.findings(of: rule, in: fixed).contains { $0.fixIt != nil }, "\(rule.name)")
      #expect(hasErrors || !LintFixture.input(fixed).hasErrors, "\(rule.name) breaks:\n\(fixed)")
      let all = LintFixture.fixed(text, by: nil, isDeciding: false)
      #expect(LintFixture.fixed(all, by: nil, isDeciding: false) == all, "\(rule.name): all fixes")
      #expect(hasErrors || !LintFixture.input(all).hasErrors, "\(rule.name) breaks:\n\(all)")
    }
  }

  @Test("a rule whose fixes are safe has none that decides, and every rule with a fix shows one")
  func fixKinds() {
    for rule in LintRules.all {
      let fixes = hits.filter { $0.rule.code == rule.code }.flatMap {
        LintFixture.findings(of: rule, in: $0.text)
      }
      #expect(fixes.contains { $0.fixIt != nil } == (rule.fix != .none), "\(rule.name)")
    }
  }

  @Test(
    "every rule has a hit, which a comment silences, and a miss; every fix a text that it mends",
    arguments: LintRules.all.map(\.name))
  func completeness(name: String) throws {
    let rule = try #require(LintRules.named(name))
    let recorded = try LintCase(rule)
    #expect(!recorded.hits.isEmpty && !recorded.misses.isEmpty)
    #expect(recorded.hits.contains { $0.fixed != nil } == (rule.fix != .none))
    #expect(hits.contains { $0.rule.code == rule.code })
  }

  @Test("linting mutated texts traps nowhere, and their fixes stay within them")
  func mutations() {
    var random = SplitMix64(seed: 2_026)
    for (_, text) in hits {
      let bytes = Array(text.utf8)
      for _ in 0..<4 {
        let mutated = mutation(of: bytes, &random)
        var sources = SourceSet()
        let source = sources.add(name: "rules.tract", bytes: mutated)
        let input = LintInput(files: [ParsedFile(parsing: source)], today: LintFixture.today)
        let result = Linter.lint(input)
        for finding in result.findings {
          #expect(Int(finding.span.end) <= mutated.count + 1)
          #expect(finding.fingerprint.utf8.count == 16)
        }
        let outcome = FixApplication.apply(result.findings, to: sources, isDeciding: true)
        for (_, bytes) in outcome.texts {
          var sources = SourceSet()
          let source = sources.add(name: "rules.tract", bytes: bytes)
          _ = Linter.lint(LintInput(files: [ParsedFile(parsing: source)]))
        }
      }
    }
  }

  /// A text with bytes taken out, put in, doubled or exchanged.
  private func mutation(of bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var result = bytes
    for _ in 0..<(1 + Int(random.next() % 4)) where !result.isEmpty {
      let place = Int(random.next() % UInt64(result.count))
      let end = min(result.count, place + 1 + Int(random.next() % 12))
      switch random.next() % 4 {
      case 0: result.removeSubrange(place..<end)
      case 1: result.insert(contentsOf: result[place..<end], at: place)
      case 2: result[place] = UInt8(truncatingIfNeeded: random.next())
      default: result.insert(contentsOf: Array("/ \" { not".utf8), at: place)
      }
    }
    return result
  }

  @Test("fingerprints stay when lines move, and differ from each other")
  func fingerprints() {
    let text = LintFixture.text(of: LintRule.named("broad-place").avoid)
    let moved = text.replacing("rule inside", with: "// One.\n\n// Two.\nrule inside")
    let first = Linter.lint(LintFixture.input(text)).findings
    let second = Linter.lint(LintFixture.input(moved)).findings
    #expect(first.map(\.fingerprint) == second.map(\.fingerprint))
    #expect(Set(first.map(\.fingerprint)).count == first.count)
  }
}

extension LintRule {
  /// A rule that is there.
  static func named(_ name: String) -> LintRule { LintRules.named(name) ?? LintRules.all[0] }
}
