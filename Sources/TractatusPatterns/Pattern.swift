/// One test of a text against a constant: what `==`, `contains`, `starts with`, `ends with`,
/// `like`, `matches` and `mentions` mean.
package struct Pattern: Sendable, Hashable {
  /// What the text of a pattern says.
  package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// The whole value is the text.
    case equals
    /// The text occurs in the value.
    case contains
    /// The value begins with the text.
    case startsWith
    /// The value ends with the text.
    case endsWith
    /// A glob over the whole value; `*` and `?` match any scalar.
    case glob
    /// A glob over a path: `*`, `?` and `[…]` stop at `/`, `**` does not, `**/` at the start of a
    /// component may be nothing, and a pattern without `/` tests the last component alone.
    case pathGlob
    /// A regular expression of RE2's syntax, which may match anywhere.
    case regularExpression
    /// Whole words of natural-language text, case folded.
    case mentions
  }

  /// Most automaton states of one pattern.
  package static let stateLimit = 10_000
  /// Deepest nesting of groups in a regular expression.
  package static let nestingLimit = 64

  /// What `text` says.
  package var kind: Kind
  /// The pattern as UTF-8, without quotes or slashes.
  package var text: [UInt8]
  /// Whether case is folded (flag `i`, `ignoring case`); `mentions` always folds.
  package var ignoringCase: Bool
  /// Whether `.` of a regular expression matches a newline (flag `s`).
  package var dotMatchesNewline: Bool

  /// Makes a pattern; nothing is checked yet.
  package init(
    _ kind: Kind, _ text: [UInt8], ignoringCase: Bool = false, dotMatchesNewline: Bool = false
  ) {
    self.kind = kind
    self.text = text
    self.ignoringCase = ignoringCase
    self.dotMatchesNewline = dotMatchesNewline
  }

  /// What is wrong with the pattern, or nil when a `PatternSet` takes it.
  ///
  /// Linear in the text and in the automaton, which `stateLimit` bounds.
  package func problem() -> PatternError? {
    if isPlainTerm { return nil }
    do {
      _ = try CompiledPattern(self)
      return nil
    } catch {
      return error
    }
  }

  /// PERF: whether it is a `mentions` whose text is a short list of ASCII words and wildcards
  /// between single spaces, of which one is a word: nothing can be wrong with it.
  var isPlainTerm: Bool {
    guard kind == .mentions else { return false }
    var hasWord = false
    // What stands before: a space, a letter or a digit, or a wildcard.
    var before = UInt8(ascii: " ")
    for byte in text {
      let isWord = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
      if isWord {
        if before == UInt8(ascii: "*") { return false }
        hasWord = true
        before = UInt8(ascii: "a")
      } else if byte == UInt8(ascii: "*") || byte == UInt8(ascii: " ") {
        if byte == UInt8(ascii: "*"), before != UInt8(ascii: " ") { return false }
        before = byte
      } else {
        return false
      }
    }
    return hasWord && text.count <= 128
  }

  /// An upper estimate of the automaton's states, saturating, before anything is simplified; nil
  /// when the pattern is not well formed. Over `stateLimit` the pattern is refused as too large.
  package func stateEstimate() -> Int? {
    let tree: PatternTree?
    switch kind {
    case .equals, .contains, .startsWith, .endsWith: return text.count + 3
    case .glob, .pathGlob:
      tree = try? GlobParser.parse(text, isPath: kind == .pathGlob, ignoringCase: ignoringCase)
    case .regularExpression:
      tree = try? RegularExpressionParser.parse(
        text, ignoringCase: ignoringCase, dotMatchesNewline: dotMatchesNewline)
    case .mentions: return (try? WordPattern(text))?.size
    }
    return tree.map(AutomatonBuilder.stateCount)
  }
}
