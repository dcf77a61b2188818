import TractatusSource

/// A part of a string that is interpolated: text, or an attribute in braces.
package enum StringPart: Hashable, Sendable {
  /// Text, with its escapes decoded.
  case text(String)
  /// The names of an attribute's path, and where it stands, without the braces.
  case attribute([String], SourceSpan)
}

extension SyntaxTree {
  /// The text that a string or block string stands for, with braces as they are; escapes that
  /// strings do not have stand for their own spelling.
  package func string(of token: TokenID) -> String {
    let decoder = decoder(token, interpolates: false)
    if case .text(let text)? = decoder.parts.first { return text }
    return ""
  }

  /// The parts of an interpolated string, such as a reason; braces that hold no attribute are text.
  package func parts(of token: TokenID) -> [StringPart] {
    decoder(token, interpolates: true).parts
  }

  /// The pattern of a regular expression without its slashes, in which `\/` is `/`, and its
  /// flags as they are written.
  package func regularExpression(of token: TokenID) -> (pattern: String, flags: String) {
    let all = bytes(of: token)
    let content = all.dropFirst()
    guard let close = content.lastIndex(of: 0x2F) else {
      return (String(decoding: content, as: UTF8.self), "")
    }
    var pattern: [UInt8] = []
    var isEscaped = false
    for byte in content[..<close] {
      if isEscaped, byte == 0x2F { pattern.removeLast() }
      pattern.append(byte)
      isEscaped = byte == 0x5C && !isEscaped
    }
    return (
      String(decoding: pattern, as: UTF8.self),
      String(decoding: content[(close + 1)...], as: UTF8.self)
    )
  }

  private func decoder(_ token: TokenID, interpolates: Bool) -> StringDecoder {
    StringDecoder(source: source, token: self[token], interpolates: interpolates)
  }
}
