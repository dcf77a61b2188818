import TractatusSource

/// A part of a string that is interpolated: text, or an attribute in braces.
package enum StringPart: Hashable, Sendable {
  /// Text, with its escapes decoded.
  case text(String)
  /// The names of an attribute's path, and where it stands.
  case attribute([String], SourceSpan)
}

extension SyntaxTree {
  /// The text that a string or block string stands for, with braces as they are.
  package func string(of token: TokenID) -> String {
    String(decoding: bytes(of: token).dropFirst().dropLast(), as: UTF8.self)
  }

  /// The parts of an interpolated string, such as a reason.
  package func parts(of token: TokenID) -> [StringPart] {
    [.text(string(of: token))]
  }

  /// The pattern of a regular expression without its slashes, in which `\/` is `/`, and its flags.
  package func regularExpression(of token: TokenID) -> (pattern: String, flags: String) {
    (text(of: token), "")
  }
}
