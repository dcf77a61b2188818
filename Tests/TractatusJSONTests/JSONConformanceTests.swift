import Testing
import TractatusJSON
import TractatusValues

/// The error that a document gives, or nil when it is accepted.
func failure(_ bytes: [UInt8]) -> JSONError? {
  var tape = JSONTape()
  do {
    try tape.parse(bytes.span)
    return nil
  } catch {
    return error
  }
}

/// The document as the writer spells it after reading, or nil when it is refused.
func respelled(_ bytes: [UInt8]) -> String? {
  var tape = JSONTape()
  guard (try? tape.parse(bytes.span)) != nil else { return nil }
  var writer = JSONWriter()
  writer.value(.root, of: tape)
  return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite struct JSONConformanceTests {
  @Test(
    "a document of RFC 8259 is accepted",
    arguments: [
      ("null", "null"), (" \t\r\n true \n", "true"), ("false", "false"), ("0", "0"),
      ("-0", "0"), ("-0.0e-0", "0"), ("12.50", "12.5"), ("1E2", "100"), ("1e-2", "0.01"),
      (#""""#, #""""#), ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("{\n}", "{}"),
      ("[1,2 , 3]", "[1,2,3]"), (#"{"a":1,"b":[{}]}"#, #"{"a":1,"b":[{}]}"#),
      (#"{"":0}"#, #"{"":0}"#), (#"[[[],{}],[]]"#, #"[[[],{}],[]]"#),
      (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#), (#""\u0041\u00e9""#, #""Aé""#),
      (#""\u20ac\uFFFF""#, "\"€\u{FFFF}\""), (#""\ud83d\ude00""#, #""😀""#),
      (#""\uD800\uDC00\uDBFF\uDFFF""#, "\"\u{10000}\u{10FFFF}\""),
      (#""\u0000\u001f""#, #""\u0000\u001f""#), ("\"\u{7F}\u{2028}\"", "\"\u{7F}\u{2028}\""),
      ("\"é€😀\"", "\"é€😀\""), (#""aé\nb€""#, #""aé\nb€""#),
      (
        #"{"k\u0065y":"long enough to take several steps of eight"}"#,
        #"{"key":"long enough to take several steps of eight"}"#
      ),
      (#"{"a":{"a":{"a":0}},"b":{"a":0}}"#, #"{"a":{"a":{"a":0}},"b":{"a":0}}"#),
      ("[0.000000000000000001,999999999999999999]", "[0.000000000000000001,999999999999999999]"),
      ("                        [1,                    2]", "[1,2]"),
    ])
  func accepted(text: String, spelling: String) {
    #expect(respelled(Array(text.utf8)) == spelling)
  }

  @Test(
    "what is no document is refused at its place",
    arguments: [
      ("", .empty, 0), (" \n", .empty, 2), ("\u{FEFF}{}", .byteOrderMark, 0),
      ("nul", .unexpectedEnd, 3), ("t", .unexpectedEnd, 1), ("True", .malformedLiteral, 0),
      ("nulll", .trailingText, 4), ("truefalse", .trailingText, 4), ("{} {}", .trailingText, 3),
      ("1 2", .trailingText, 2), ("[1]x", .trailingText, 3), ("undefined", .malformedLiteral, 0),
      ("NaN", .notANumber, 0), ("[Infinity]", .notANumber, 1), ("-Infinity", .notANumber, 0),
      ("+1", .expectedValue, 0), ("01", .malformedNumber, 0), ("-01", .malformedNumber, 0),
      ("[1.]", .malformedNumber, 1), ("[.5]", .expectedValue, 1), ("[1e]", .malformedNumber, 1),
      ("[1e+]", .malformedNumber, 1), ("[1.5.5]", .expectedCommaOrBracket, 4),
      ("[--1]", .malformedNumber, 1), ("[1-2]", .expectedCommaOrBracket, 2),
      ("0x10", .trailingText, 1), ("1_000", .trailingText, 1), ("-", .unexpectedEnd, 1),
      ("1.", .unexpectedEnd, 2), ("1e-", .unexpectedEnd, 3), ("[-]", .malformedNumber, 1),
      ("1000000000000000000", .tooManyDigits, 0), ("[1e18]", .tooManyDigits, 1),
      ("[1e400]", .tooManyDigits, 1), ("[0.0000000000000000001]", .tooManyDigits, 1),
      ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
      ("{", .unexpectedEnd, 1), (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5),
      (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1,"#, .unexpectedEnd, 7),
      (#"""#, .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""\"#, .unexpectedEnd, 2),
      (#""\u00"#, .unexpectedEnd, 5), ("]", .expectedValue, 0), ("}", .expectedValue, 0),
      ("[,1]", .expectedValue, 1), ("[1,]", .trailingComma, 3), ("[1,,2]", .expectedValue, 3),
      (#"{"a":1,}"#, .trailingComma, 7), ("[1}", .expectedCommaOrBracket, 2),
      (#"{"a":1]"#, .expectedCommaOrBrace, 6), ("[1 2]", .expectedCommaOrBracket, 3),
      ("{a:1}", .expectedKey, 1), ("{'a':1}", .expectedKey, 1), ("{1:1}", .expectedKey, 1),
      (#"{"a" 1}"#, .expectedColon, 5), (#"{"a",1}"#, .expectedColon, 4),
      (#"{"a"::1}"#, .expectedValue, 5), ("['a']", .expectedValue, 1),
      ("// c\n1", .expectedValue, 0), ("[1/*c*/]", .expectedCommaOrBracket, 2),
      ("\"a\nb\"", .controlCharacter, 2), ("\"a\tb\"", .controlCharacter, 2),
      ("\"\u{0}\"", .controlCharacter, 1), ("\u{0}", .expectedValue, 0),
      ("[1\u{0}]", .expectedCommaOrBracket, 2), ("\u{A0}1", .expectedValue, 0),
      (#""\x41""#, .malformedEscape, 1), (#""\U0041""#, .malformedEscape, 1),
      (#""\u00g0""#, .malformedEscape, 1), (#""\'""#, .malformedEscape, 1),
      (#""\u+041""#, .malformedEscape, 1), (#""\ud800""#, .loneSurrogate, 1),
      (#""\udc00""#, .loneSurrogate, 1), (#""\ud800\n""#, .loneSurrogate, 1),
      (#""\ud800\u0041""#, .loneSurrogate, 1), (#""\ud800\ud800""#, .loneSurrogate, 1),
      (#""\ude00\ud83d""#, .loneSurrogate, 1), (#""ab\ud83dx""#, .loneSurrogate, 3),
      ("{\"a\":\"x\"}garbage", .trailingText, 9), ("log line {}", .malformedLiteral, 0),
    ] as [(String, JSONError.Kind, Int)])
  func refused(text: String, kind: JSONError.Kind, offset: Int) {
    #expect(failure(Array(text.utf8)) == JSONError(kind, at: offset))
  }

  @Test(
    "bytes that are no UTF-8 are refused at their place",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80],
      [0xFF], [0xFE], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func invalidText(sequence: [UInt8]) {
    for padding in 0..<18 {
      let filler = Array(repeating: UInt8(ascii: "x"), count: padding)
      let plain = Array("\"".utf8) + filler + sequence + Array("\"".utf8)
      #expect(failure(plain) == JSONError(.invalidUTF8, at: 1 + padding))
      let escaped = Array("\"\\n".utf8) + filler + sequence + Array("\"".utf8)
      #expect(failure(escaped) == JSONError(.invalidUTF8, at: 3 + padding))
      let key = Array("{\"".utf8) + filler + sequence + Array("\":1}".utf8)
      #expect(failure(key) == JSONError(.invalidUTF8, at: 2 + padding))
    }
    #expect(failure(sequence) == JSONError(.expectedValue, at: 0))
  }

  @Test(
    "a key given twice in one object is refused, however it is spelled",
    arguments: [
      (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"\u0061":1,"a":2}"#, 12),
      (#"{"":1,"":2}"#, 6), (#"{"x":{"a":1,"b":2,"a":3}}"#, 18), (#"[{"é":1,"\u00e9":1}]"#, 9),
      (#"{"a/b":1,"a\/b":2}"#, 9),
      (#"{"a long key of more than eight":1,"a long key of more than eight":2}"#, 35),
    ])
  func duplicates(text: String, offset: Int) {
    #expect(failure(Array(text.utf8)) == JSONError(.duplicateKey, at: offset))
  }

  @Test("a key given twice is found in objects of every size", arguments: 1...70)
  func duplicatesBySize(count: Int) {
    let names = (0..<count).map { #""key\#($0)":\#($0)"# }
    #expect(failure(Array("{\(names.joined(separator: ","))}".utf8)) == nil)
    for repeated in [0, count / 2, count - 1] {
      let text = "{" + (names + [#""key\#(repeated)":0"#]).joined(separator: ",") + "}"
      #expect(failure(Array(text.utf8))?.kind == .duplicateKey)
    }
  }

  @Test("errors say in which line and column they are")
  func positions() {
    let text = Array("{\n  \"a\": 1,\n  \"b\": x\n}".utf8)
    let position = failure(text)?.position(in: text.span)
    #expect(position?.line == 3)
    #expect(position?.column == 8)
  }

  @Test("every kind of error has its own message in lower case")
  func messages() {
    let messages = JSONError.Kind.allCases.map { JSONError($0, at: 0).message }
    #expect(Set(messages).count == messages.count)
    let starts = messages.compactMap { $0.unicodeScalars.first }
    #expect(starts.allSatisfy { !$0.properties.isUppercase })
  }
}
