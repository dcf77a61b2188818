import Testing
import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

@Suite("the order of what is written")
struct OrderTests {
  /// A file with its declarations in another order.
  private func shuffled(_ text: String, _ random: inout SplitMix64) throws -> String {
    let source = SourceText(name: "whole", text: text)
    let tree = Parser.parse(source)
    let file = try #require(FileView(tree, tree.root))
    let header = try #require(file.policy)
    var parts: [String] = []
    for node in tree.children(of: tree.root) where tree.kind(of: node) != .policy {
      let span = tree.span(of: node)
      parts.append(source.string(from: span.start, to: span.end))
    }
    for index in stride(from: parts.count - 1, to: 0, by: -1) {
      parts.swapAt(index, Int(random.next() % UInt64(index + 1)))
    }
    let span = header.span
    return source.string(from: span.start, to: span.end) + "\n" + parts.joined(separator: "\n\n")
  }

  @Test("the order of declarations is not seen in the checked policy")
  func declarations() throws {
    let files = try PolicyFixture.shipped()
    let expected = PolicyFixture.content(PolicyFixture.check(files: files).policy)
    var random = SplitMix64(seed: 7)
    for _ in 0..<3 {
      let other = try files.map { ($0.0, try shuffled($0.1, &random)) }
      let result = PolicyFixture.check(files: other)
      #expect(result.diagnostics.isEmpty)
      #expect(PolicyFixture.content(result.policy) == expected)
    }
  }

  @Test("the order of clauses is not seen in the checked policy")
  func clauses() {
    let clauses = [
      "deny when session.tokens > 5", "warn", "require session.tokens < 7 else ask",
      "require session.tokens < 7", "expect description == \"a\"",
    ]
    let texts = [clauses, clauses.reversed()].map { order in
      PolicyFixture.content(
        PolicyFixture.check("rule only { on any\n" + order.joined(separator: "\n") + "}").policy)
    }
    #expect(texts[0] == texts[1])
  }
}
