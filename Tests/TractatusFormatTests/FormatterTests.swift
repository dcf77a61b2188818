import Testing
import TractatusSource
import TractatusSyntax

@testable import TractatusFormat

@Suite("What the formatter leaves alone")
struct FormatterTests {
  private let head = "policy a \"A\" version \"1\"\n"

  @Test("an empty file stays empty, and one of white space becomes empty")
  func empty() {
    #expect(formatted("") == "")
    #expect(formatted(" \n\n\t") == "")
    #expect(formatted("\n\n// a\n\n\n// b") == "// a\n\n// b\n")
  }

  @Test("a byte order mark is dropped, and line ends become line feeds")
  func lineEnds() {
    #expect(formatted("\u{FEFF}\(head)use  b\r\nuse c") == "\(head)use b\nuse c\n")
  }

  @Test("a broken declaration stays as it is, and those around it are formatted")
  func brokenDeclaration() {
    let text = "\(head)\nlet   a = 1\nrule  b  { on   any  deny   whn  x }\nlet   c = 2"
    let result = formatChecked(Array(text.utf8))
    #expect(result.skipped.count == 1)
    #expect(
      String(decoding: result.bytes, as: UTF8.self)
        == "\(head)\nlet a = 1\nrule  b  { on   any  deny   whn  x }\nlet c = 2\n")
  }

  @Test("what is no token is never lost")
  func junk() {
    for text in [
      "let a = 1;", "let a = 1; let b  = 2", "# note\nlet a  = 1", "use  b\n;", ";", "@\n",
    ] {
      let result = formatChecked(Array((head + text).utf8))
      let ink = String(decoding: result.bytes, as: UTF8.self).filter { !$0.isWhitespace }
      #expect(ink == (head + text).filter { !$0.isWhitespace })
    }
  }

  @Test("a string without an end, before carriage returns, does not become another")
  func brokenStringBeforeCarriageReturns() {
    let result = formatChecked(Array((head + "let a = \"b\r\r\r\n").utf8))
    #expect(result.refusal == .errorsReachFurther)
  }

  @Test("a file past the limit stays as it is")
  func tooLarge() {
    let bytes = [UInt8](repeating: 0x20, count: SourceText.byteCountLimit + 1)
    let result = Formatter.format(Parser.parse(SourceText(name: "a", bytes: bytes)))
    #expect(result.refusal == .tooLarge)
    #expect(result.bytes.count == bytes.count)
  }

  @Test("a file with more errors than are listed stays as it is")
  func tooManyErrors() {
    let text = head + String(repeating: "use a @\n", count: 1_200)
    let result = formatChecked(Array(text.utf8))
    #expect(result.refusal == .tooManyErrors)
  }

  @Test("every refusal has an explanation")
  func explanations() {
    let all: [FormattedText.Refusal] = [
      .tooLarge, .tooManyErrors, .tokensDiffer, .errorsReachFurther,
    ]
    for one in all { #expect(one.explanation.first?.isLowercase == true) }
  }
}
