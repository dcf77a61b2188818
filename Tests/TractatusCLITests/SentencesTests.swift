import Testing

@testable import TractatusCLI

@Suite("sentences of a prompt")
struct SentencesTests {
  @Test(
    "each ends where it does for a reader",
    arguments: [
      ("", []),
      ("  \n\t\r\n ", []),
      ("Use port 27027", ["Use port 27027"]),
      ("Use port 27027. Never 27017! Why?", ["Use port 27027.", "Never 27017!", "Why?"]),
      ("Wrapped\nlines go\r\non. Here", ["Wrapped lines go on.", "Here"]),
      ("One\n\nTwo", ["One", "Two"]),
      ("- one\n- two\n  goes on\n3. three\n4) four", ["one", "two goes on", "three", "four"]),
      ("# A heading\ntext\n> a quote", ["A heading", "text", "a quote"]),
      ("Use 2.5 or v1.2, e.g. here, i.e. there.", ["Use 2.5 or v1.2, e.g. here, i.e. there."]),
      ("Read a.b.c and `x. Y` first. Then", ["Read a.b.c and `x. Y` first.", "Then"]),
      ("Say \"No. Never.\" Then stop.", ["Say \"No. Never.\"", "Then stop."]),
      ("A lone ` mark. Is one", ["A lone ` mark.", "Is one"]),
      ("Before\n```\nNever run this.\n```\nAfter", ["Before", "After"]),
      ("~~~ swift\nlet x\n```\n~~~\nAfter", ["After"]),
      ("```\nopen to the end. Never", []),
      ("Wirklich? Ja … doch. Größe", ["Wirklich?", "Ja … doch.", "Größe"]),
      ("?!... so", ["?!...", "so"]),
      ("-1 is no item. 27027 is no item", ["-1 is no item.", "27027 is no item"]),
    ] as [(String, [String])])
  func cases(text: String, expected: [String]) {
    let sentences = Sentences(of: text)
    #expect(sentences.texts == expected)
    #expect(!sentences.isCut)
  }

  @Test("a document is read as far as the limit, and said to be longer")
  func limit() {
    let text = String(repeating: "Never do that. ", count: Sentences.limit)
    #expect(Sentences(of: text).texts.count == Sentences.limit)
    #expect(!Sentences(of: text).isCut)
    let longer = Sentences(of: text + "Nor this")
    #expect(longer.texts.count == Sentences.limit && longer.isCut)
  }

  @Test("hostile texts are read in time linear in their length")
  func hostile() {
    let count = 20_000
    for piece in ["`", "\"", "a.", ".", "> ", "- ", "1. ", "`a", "\"a ", "\n", "``` "] {
      let text = String(repeating: piece, count: count)
      #expect(Sentences(of: text).texts.count <= Sentences.limit)
    }
  }
}
