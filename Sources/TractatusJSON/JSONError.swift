/// Why a document is not accepted, and where.
package struct JSONError: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    case empty
    case unexpectedEnd
    case byteOrderMark
    case expectedValue
    case expectedKey
    case expectedColon
    case expectedCommaOrBrace
    case expectedCommaOrBracket
    case trailingComma
    case trailingText
    case malformedLiteral
    case notANumber
    case malformedNumber
    case tooManyDigits
    case controlCharacter
    case malformedEscape
    case loneSurrogate
    case invalidUTF8
    case duplicateKey
    case tooDeep
    case tooLarge
  }

  /// What is wrong.
  package let kind: Kind
  /// Where, in bytes from the start of the document; at most the document's length.
  package let byteOffset: Int

  /// An error of this kind at this offset.
  package init(_ kind: Kind, at byteOffset: Int) {
    self.kind = kind
    self.byteOffset = byteOffset
  }

  /// What is wrong, in words that start in lower case.
  package var message: String {
    switch kind {
    case .empty: "the document is empty"
    case .unexpectedEnd: "the document ends too early"
    case .byteOrderMark: "the document starts with a byte order mark"
    case .expectedValue: "a value is expected here"
    case .expectedKey: "a key in double quotes is expected here"
    case .expectedColon: "`:` is expected after a key"
    case .expectedCommaOrBrace: "`,` or `}` is expected after a member"
    case .expectedCommaOrBracket: "`,` or `]` is expected after an element"
    case .trailingComma: "no `,` may stand before the closing bracket"
    case .trailingText: "text follows the document's only value"
    case .malformedLiteral: "only `true`, `false` and `null` are written without quotes"
    case .notANumber: "`NaN` and `Infinity` are not numbers of JSON"
    case .malformedNumber: "the number is not written as JSON allows"
    case .tooManyDigits: "the number has more than 18 digits on one side of the point"
    case .controlCharacter: "a control character in a string must be escaped"
    case .malformedEscape: "the escape is none of JSON's"
    case .loneSurrogate: "the escape is half of a surrogate pair"
    case .invalidUTF8: "the text is not valid UTF-8"
    case .duplicateKey: "the object has this key twice"
    case .tooDeep: "the document is nested more than 128 deep"
    case .tooLarge: "the document is larger than 16 MiB"
    }
  }

  /// The line and the column, both from 1 and the column in bytes, of the error in `document`.
  package func position(in document: Span<UInt8>) -> (line: Int, column: Int) {
    var line = 1
    var lineStart = 0
    for offset in 0..<min(byteOffset, document.count) where document[offset] == 0x0A {
      line += 1
      lineStart = offset + 1
    }
    return (line, byteOffset - lineStart + 1)
  }
}
