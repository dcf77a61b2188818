import Foundation
import Testing
import TractatusLinter
import TractatusSource
import TractatusSyntax

@Suite("lint rules and their cases")
struct RuleCaseTests {
  @Test(
    "each rule finds what its cases record, and fixes it so; UPDATE_GOLDEN=1 rewrites them",
    arguments: LintRules.all.map(\.name))
  func cases(name: String) throws {
    let rule = try #require(LintRules.named(name))
    var recorded = try LintCase(rule)
    let before = recorded.written
    for index in recorded.hits.indices {
      let text = LintCase.whole(recorded.hits[index].text)
      let findings = LintFixture.findings(of: rule, in: text)
      #expect(!findings.isEmpty, "hit \(index + 1) of \(name) finds nothing")
      recorded.hits[index].findings = findings.map { LintFixture.line($0, in: text) }.joined()
      let fixed = LintFixture.fixed(text, by: rule)
      recorded.hits[index].fixed =
        fixed == text
        ? nil
        : String(
          fixed.hasPrefix(LintFixture.prelude) && !recorded.hits[index].text.hasPrefix("policy ")
            ? fixed.dropFirst(LintFixture.prelude.count) : fixed[...])
    }
    let isThere = FileManager.default.fileExists(atPath: LintCase.url(of: rule).path)
    guard recorded.written != before || !isThere else { return }
    if LintFixture.updates {
      try recorded.written.write(to: LintCase.url(of: rule), atomically: true, encoding: .utf8)
    }
    Issue.record("\(name) differs from its cases:\n\(recorded.written)")
  }

  @Test("a rule finds nothing in what it is not about", arguments: LintRules.all.map(\.name))
  func misses(name: String) throws {
    let rule = try #require(LintRules.named(name))
    for miss in try LintCase(rule).misses {
      let text = LintCase.whole(miss)
      #expect(LintFixture.findings(of: rule, in: text).map(\.message) == [], "\(name): \(miss)")
      #expect(!LintFixture.input(text).hasErrors, "\(name): a miss does not compile:\n\(miss)")
    }
  }

  @Test("a page avoids what its rule finds, and prefers what it does not")
  func pages() {
    for rule in LintRules.all {
      let avoid = LintFixture.text(of: rule.avoid)
      #expect(!LintFixture.findings(of: rule, in: avoid).isEmpty, "\(rule.name): avoid")
      let prefer = LintFixture.text(of: rule.prefer)
      #expect(LintFixture.findings(of: rule, in: prefer).map(\.message) == [], "\(rule.name)")
      for text in [avoid, prefer] {
        let input = LintFixture.input(text)
        #expect(!input.hasErrors, "\(rule.name) does not compile:\n\(text)")
      }
      #expect(rule.fix == .none || !rule.fixSummary.isEmpty, "\(rule.name)")
      #expect(rule.summary.hasSuffix(".") && rule.why.hasSuffix("."), "\(rule.name)")
    }
  }

  @Test("codes ascend, names are unique, and there are enough rules and fixes")
  func registry() {
    let numbers = LintRules.all.map(\.number)
    #expect(Set(numbers).count == numbers.count)
    #expect(Set(LintRules.all.map(\.name)).count == numbers.count)
    #expect(LintRules.all.count >= 40)
    #expect(LintRules.all.filter { $0.fix != .none }.count >= 15)
    for rule in LintRules.all {
      #expect(LintRules.named(rule.name)?.code == rule.code)
      #expect(LintRules.named(rule.code)?.name == rule.name)
      #expect(rule.category.rawValue == rule.number / 100, "\(rule.name)")
    }
  }

  @Test("grammar/lint.md is what the rules' pages say; UPDATE_GOLDEN=1 rewrites it")
  func document() throws {
    let url = LintFixture.repository.appendingPathComponent("grammar/lint.md")
    let written = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    guard written != LintPages.markdown else { return }
    if LintFixture.updates {
      try LintPages.markdown.write(to: url, atomically: true, encoding: .utf8)
    }
    Issue.record("grammar/lint.md is not what the rules' pages say")
  }
}
