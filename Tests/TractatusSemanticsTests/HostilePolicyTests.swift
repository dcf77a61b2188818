import Testing
import TractatusSemantics
import TractatusSource
import TractatusSyntax

@Suite("policies that are broken or large")
struct HostilePolicyTests {
  @Test("every prefix of the example, cut at a token, is checked without a trap")
  func prefixes() throws {
    let files = try PolicyFixture.shipped()
    let text = try #require(files.first { $0.0.hasSuffix("platform.tract") }).1
    let tree = Parser.parse(SourceText(name: "whole", text: text))
    let bytes = Array(text.utf8)
    for token in tree.tokens {
      let source = SourceText(name: "prefix", bytes: Array(bytes[..<Int(token.start)]))
      _ = PolicyChecker.check([ParsedFile(parsing: source)])
    }
  }

  @Test("the example without any one of its tokens is checked without a trap")
  func droppedTokens() throws {
    let files = try PolicyFixture.shipped()
    let text = try #require(files.first { $0.0.hasSuffix("platform.tract") }).1
    let tree = Parser.parse(SourceText(name: "whole", text: text))
    let bytes = Array(text.utf8)
    for token in tree.tokens {
      let rest = Array(bytes[..<Int(token.start)]) + [0x20] + Array(bytes[Int(token.end)...])
      _ = PolicyChecker.check([ParsedFile(parsing: SourceText(name: "rest", bytes: rest))])
    }
  }

  @Test("a long chain of named conditions is refused, not followed to the end")
  func chain() {
    var text = "let c0 = session.tokens > 1\n"
    for number in 1..<5_000 { text += "let c\(number) = not c\(number - 1)\n" }
    text += "rule deep { on any deny when c4999 }\n"
    let result = PolicyFixture.check(text)
    #expect(result.diagnostics.map(\.code) == [.writtenOutTooLarge])
  }

  @Test("a circle of thousands of thresholds is reported once")
  func circle() {
    var text = ""
    for number in 0..<3_000 {
      text += "threshold t\(number) { factor x 100% = t\((number + 1) % 3_000).score }\n"
    }
    #expect(PolicyFixture.check(text).diagnostics.map(\.code) == [.cyclicDefinition])
  }

  @Test("thousands of unknown names among thousands of known ones are reported in short time")
  func unknownNames() {
    var text = "rule names { on any\n"
    for number in 0..<3_000 { text += "deny when unknown_\(number)x > 5\n" }
    text += "}\n"
    for number in 0..<3_000 { text += "let known_\(number) = 5\n" }
    #expect(PolicyFixture.check(text).diagnostics.count == 3_000)
  }

  @Test("a name of a million parts is refused")
  func parts() {
    let name = Array(repeating: "a", count: 200_000).joined(separator: ".")
    let result = PolicyFixture.check("rule long { on any deny when \(name) }\nlet x = \(name)?\n")
    #expect(result.diagnostics.allSatisfy { $0.code == .tooManyParts })
    #expect(result.diagnostics.count == 2)
  }
}
