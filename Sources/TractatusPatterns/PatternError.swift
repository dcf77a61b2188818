/// Why the text of a pattern was refused, and where.
///
/// The target imports nothing, so this is a plain value that the compiler turns into a diagnostic.
package struct PatternError: Error, Sendable, Hashable {
  /// The reason as a closed set, for a diagnostic's code and explanation.
  package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// The text of the pattern is not UTF-8.
    case notUTF8
    /// `(` without `)`, or `)` without `(`.
    case unbalancedGroup
    /// `[` without `]`.
    case unclosedClass
    /// A range in a class that runs backwards or has a class as an end.
    case badClassRange
    /// An unknown `\p{…}` or `[:…:]` name.
    case unknownClassName
    /// An escape that the syntax lacks, or one cut short.
    case badEscape
    /// A repetition without anything to repeat, or a repetition of a repetition.
    case badRepetition
    /// A repetition count over 1,000 or with its bounds swapped.
    case badRepetitionCount
    /// A group that starts with `(?` and is not known, or bad flags.
    case badGroup
    /// Backreferences, look-around and others that linear time rules out.
    case unsupported
    /// Deeper than `Pattern.nestingLimit`.
    case tooDeep
    /// More states than `Pattern.stateLimit`.
    case tooLarge
    /// `*` of `mentions` inside a word.
    case wildcardInWord
    /// `mentions` without a word.
    case noWord
    /// An extraction without a group.
    case noGroup
  }

  /// Where, as a byte offset into the pattern's text; at most its length.
  package var offset: Int
  /// The reason.
  package var kind: Kind
  /// The reason as a sentence part: lower-case, the pattern's text in backticks.
  package var message: String

  /// Makes an error at a byte offset.
  package init(offset: Int, kind: Kind, message: String) {
    self.offset = offset
    self.kind = kind
    self.message = message
  }
}
