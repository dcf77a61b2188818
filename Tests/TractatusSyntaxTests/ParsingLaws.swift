import Testing
import TractatusSource

@testable import TractatusSyntax

/// Parses a text and checks what holds for every input: the tree prints back the same bytes, its
/// tokens lie in order, its nodes nest, and its spans and diagnostics lie in the text.
@discardableResult
func parseChecked(
  _ bytes: [UInt8], name: String = "test.tract", location: SourceLocationOfTest = #_sourceLocation
) -> SyntaxTree {
  let tree = Parser.parse(SourceText(name: name, bytes: bytes))
  #expect(tree.printed == bytes, "printing gives back the bytes", sourceLocation: location)
  var offset: UInt32 = 0
  var areTokensOrdered = true
  for token in tree.tokens {
    if token.start < offset || token.end < token.start { areTokensOrdered = false }
    offset = token.end
  }
  #expect(areTokensOrdered, "tokens lie in order", sourceLocation: location)
  var doNodesNest = true
  for (index, node) in tree.nodes.enumerated() {
    let parent = tree.nodes[Int(node.parent)]
    if node.firstToken < parent.firstToken || node.tokenEnd > parent.tokenEnd
      || node.nodeEnd > parent.nodeEnd || node.nodeEnd <= index
    {
      doNodesNest = false
    }
  }
  #expect(doNodesNest, "nodes lie in their parents", sourceLocation: location)
  let end = UInt32(bytes.count)
  let areSpansInside = tree.diagnostics.allSatisfy { diagnostic in
    diagnostic.span.end <= end && diagnostic.secondary.allSatisfy { $0.span.end <= end }
      && diagnostic.fixIts.allSatisfy { $0.edits.allSatisfy { $0.span.end <= end } }
  }
  #expect(areSpansInside, "diagnostics lie in the text", sourceLocation: location)
  return tree
}

typealias SourceLocationOfTest = Testing.SourceLocation

/// Checks the laws on a text, on every prefix of it, and on it without each of its tokens.
func checkEverywhere(_ text: String) {
  let bytes = Array(text.utf8)
  let tree = parseChecked(bytes)
  for end in 0..<bytes.count { parseChecked(Array(bytes[..<end])) }
  for token in tree.tokens where token.end > token.start {
    parseChecked(Array(bytes[..<Int(token.start)] + bytes[Int(token.end)...]))
  }
}

/// The messages of a text's diagnostics with their codes, for expectations that show them.
func complaints(_ text: String) -> [String] {
  parseChecked(Array(text.utf8)).diagnostics.map { "\($0.code.identifier) \($0.message)" }
}

/// A seeded generator of random numbers (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
