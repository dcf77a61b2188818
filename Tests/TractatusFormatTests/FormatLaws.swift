import Foundation
import Testing
import TractatusSource
import TractatusSyntax

@testable import TractatusFormat

/// Formats a text and checks what holds for every input: the same tokens and comments, the same
/// tree and documentation, broken declarations as they were, and nothing left to do a second time.
@discardableResult
func formatChecked(
  _ bytes: [UInt8], location: Testing.SourceLocation = #_sourceLocation
) -> FormattedText {
  let tree = Parser.parse(SourceText(name: "a.tract", bytes: bytes))
  let result = Formatter.format(tree)
  let broken = brokenLaws(tree, result)
  if !broken.isEmpty {
    Issue.record(
      """
      \(broken) in
      \(String(decoding: bytes, as: UTF8.self))
      ---- formatted
      \(String(decoding: result.bytes, as: UTF8.self))
      """, sourceLocation: location)
  }
  return result
}

/// Formats a text as `formatChecked` and gives the text.
func formatted(
  _ text: String, location: Testing.SourceLocation = #_sourceLocation
) -> String {
  String(decoding: formatChecked(Array(text.utf8), location: location).bytes, as: UTF8.self)
}

/// The laws that a result breaks.
private func brokenLaws(_ tree: SyntaxTree, _ result: FormattedText) -> [String] {
  let source = tree.source
  var broken: [String] = []
  if result.refusal == .tokensDiffer { broken.append("the tokens would differ") }
  if result.refusal != nil {
    return result.bytes == source.bytes ? broken : broken + ["a refused file was changed"]
  }
  let text = SourceText(name: "a.tract", bytes: result.bytes)
  let again = Parser.parse(text)
  if spellings(source) != spellings(text) { broken.append("other tokens") }
  if comments(source) != comments(text) { broken.append("other comments") }
  if shape(tree) != shape(again) { broken.append("another tree") }
  if documentation(tree) != documentation(again) { broken.append("other documentation") }
  if tree.diagnostics.count != again.diagnostics.count { broken.append("other diagnostics") }
  let second = Formatter.format(again)
  if second.bytes != result.bytes || second.refusal != nil { broken.append("not idempotent") }
  if tree.diagnostics.isEmpty {
    if !result.skipped.isEmpty { broken.append("a sound declaration was skipped") }
    broken += unsoundLines(again)
  }
  for span in result.skipped {
    let bytes = source.bytes[Int(span.start)..<Int(span.end)]
    let isKept = result.bytes.firstRange(of: Array(bytes)) != nil
    if !isKept { broken.append("a broken declaration was changed") }
  }
  return broken
}

private func spellings(_ source: SourceText) -> [String] {
  Parser.tokens(of: source).map { "\($0.kind) \(source.string(from: $0.start, to: $0.end))" }
}

/// The comments of a file without white space after them.
private func comments(_ source: SourceText) -> [String] {
  var found: [String] = []
  var end: UInt32 = 0
  for token in Parser.tokens(of: source) {
    let trivia = source.string(from: end, to: token.start)
    for line in trivia.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      guard let place = line.firstRange(of: "//") else { continue }
      var text = line[place.lowerBound...]
      while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
      found.append(String(text))
    }
    end = token.end
  }
  return found
}

private func shape(_ tree: SyntaxTree) -> [String] {
  tree.nodes.map { "\($0.kind) \($0.firstToken) \($0.tokenEnd)" }
}

private func documentation(_ tree: SyntaxTree) -> [String] {
  tree.nodes.indices.compactMap { index in
    guard tree.nodes[index].kind.isDeclaration else { return nil }
    return tree.documentation(of: NodeID(rawValue: UInt32(index)))?
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
  }
}

/// What no formatted line has: white space at its end, a tab before its text, two empty lines.
private func unsoundLines(_ tree: SyntaxTree) -> [String] {
  var broken: [String] = []
  let source = tree.source
  var end: UInt32 = 0
  for token in tree.tokens {
    let trivia = source.string(from: end, to: token.start)
    if trivia.contains("\t") && !trivia.contains("//") { broken.append("a tab") }
    if trivia.contains("\r\n") { broken.append("a carriage return") }
    if trivia.contains(" \n") { broken.append("white space at the end of a line") }
    if trivia.contains("\n\n\n") || end == 0 && trivia.hasPrefix("\n") {
      broken.append("empty lines")
    }
    end = token.end
  }
  if let last = source.bytes.last, last != 0x0A { broken.append("no line end at the end") }
  if source.bytes.suffix(2) == [0x0A, 0x0A] { broken.append("an empty line at the end") }
  return broken
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
