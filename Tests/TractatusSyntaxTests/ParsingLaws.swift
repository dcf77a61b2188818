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
  // One check of many laws: an expectation costs more than a parse.
  let broken = brokenLaws(tree, bytes)
  if !broken.isEmpty { Issue.record("\(broken) in \(bytes)", sourceLocation: location) }
  return tree
}

/// The laws that a tree breaks.
private func brokenLaws(_ tree: SyntaxTree, _ bytes: [UInt8]) -> [String] {
  var broken: [String] = []
  if tree.printed != bytes { broken.append("printing gives back other bytes") }
  var offset: UInt32 = 0
  for token in tree.tokens {
    if token.start < offset || token.end < token.start { broken.append("tokens out of order") }
    offset = token.end
  }
  for (index, node) in tree.nodes.enumerated() {
    let parent = tree.nodes[Int(node.parent)]
    if node.firstToken < parent.firstToken || node.tokenEnd > parent.tokenEnd
      || node.nodeEnd > parent.nodeEnd || node.nodeEnd <= index
    {
      broken.append("a node outside its parent")
    }
  }
  let end = UInt32(bytes.count)
  for diagnostic in tree.diagnostics {
    let edits = diagnostic.fixIts.flatMap(\.edits)
    if diagnostic.span.end > end || diagnostic.secondary.contains(where: { $0.span.end > end })
      || edits.contains(where: { $0.span.end > end })
    {
      broken.append("a diagnostic outside the text")
    }
  }
  return broken
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
