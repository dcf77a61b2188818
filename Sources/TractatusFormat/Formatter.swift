import TractatusSource
import TractatusSyntax

/// Brings rule files into the one canonical layout.
package enum Formatter {
  /// The widest line that is written where the text can be broken.
  package static let columnLimit = 100
  /// The columns by which what is inside stands further to the right.
  package static let indentWidth = 4

  /// Formats a parsed file, in O(bytes).
  ///
  /// Only white space between tokens changes: tokens and comments stay, in order. A declaration
  /// with a syntax error stays as it is, byte for byte, and a file in which a change could be
  /// another one than meant stays as a whole, with the reason.
  package static func format(_ tree: SyntaxTree) -> FormattedText {
    let source = tree.source
    var result = FormattedText(bytes: source.bytes)
    if source.isTooLarge {
      result.refusal = .tooLarge
      return result
    }
    let diagnostics = tree.diagnostics
    if diagnostics.contains(where: { $0.code == .tooManyDiagnostics }) {
      result.refusal = .tooManyErrors
      return result
    }
    var layout = Layout(tree)
    layout.build()
    let written = layout.write()
    // What the parser put right in a broken declaration is not what the lexer had found.
    let before = layout.broken.isEmpty ? tree.tokens : Parser.tokens(of: source)
    guard keepsTokens(before, source, written) else {
      // A broken token may end with its line, so that its end moves with what is after it.
      result.refusal = layout.broken.isEmpty ? .tokensDiffer : .errorsReachFurther
      return result
    }
    if !layout.broken.isEmpty, !isStable(tree, written) {
      result.refusal = .errorsReachFurther
      return result
    }
    result.bytes = written
    for node in layout.broken { result.skipped.append(tree.span(of: node)) }
    return result
  }

  /// Whether a text has the tokens of a file, and its comments: all that is not white space.
  private static func keepsTokens(
    _ before: [Token], _ source: SourceText, _ written: [UInt8]
  ) -> Bool {
    let after = Parser.tokens(of: SourceText(id: source.id, name: source.name, bytes: written))
    guard before.count == after.count else { return false }
    let old = source.bytes.span
    let new = written.span
    for index in before.indices {
      let (left, right) = (before[index], after[index])
      guard left.kind.rawValue == right.kind.rawValue else { return false }
      let count = Int(left.end - left.start)
      guard count == Int(right.end - right.start) else { return false }
      let (from, to) = (Int(left.start), Int(right.start))
      for offset in 0..<count where old[from + offset] != new[to + offset] { return false }
    }
    return hasSameInk(old, new)
  }

  /// Whether two texts are the same without white space and a byte order mark.
  private static func hasSameInk(_ old: Span<UInt8>, _ new: Span<UInt8>) -> Bool {
    var left = TriviaScan.byteOrderMarkLength(old)
    var right = TriviaScan.byteOrderMarkLength(new)
    while true {
      while left < old.count, TriviaScan.isWhite(old[left]) { left += 1 }
      while right < new.count, TriviaScan.isWhite(new[right]) { right += 1 }
      guard left < old.count, right < new.count else {
        return left == old.count && right == new.count
      }
      if old[left] != new[right] { return false }
      left += 1
      right += 1
    }
  }

  /// Whether a file with errors means the same after it was written anew: line ends tell the parser
  /// where to go on after an error, so there the layout could matter.
  private static func isStable(_ tree: SyntaxTree, _ written: [UInt8]) -> Bool {
    let text = SourceText(id: tree.source.id, name: tree.source.name, bytes: written)
    let again = Parser.parse(text)
    let (old, new) = (tree.nodes, again.nodes)
    guard old.count == new.count, tree.diagnostics.count == again.diagnostics.count else {
      return false
    }
    for index in old.indices {
      guard old[index].kind == new[index].kind, old[index].nodeEnd == new[index].nodeEnd,
        old[index].firstToken == new[index].firstToken,
        old[index].tokenEnd == new[index].tokenEnd
      else { return false }
    }
    var layout = Layout(again)
    layout.build()
    return layout.write() == written
  }
}
