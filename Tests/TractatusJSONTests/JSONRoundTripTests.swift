import Testing
import TractatusJSON
import TractatusValues

@Suite struct JSONRoundTripTests {
  @Test("what the writer writes reads back the same")
  func randomDocuments() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2_000 {
      let document = DocumentGenerator(seed: random.next()).document()
      let first = try #require(respelled(document), "\(String(decoding: document, as: UTF8.self))")
      #expect(respelled(Array(first.utf8)) == first)
    }
  }

  @Test("the writer puts commas and escapes where they belong")
  func writing() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("text")
    writer.string("a\"b\\c\n\u{1}\u{1F}é")
    writer.key("list")
    writer.beginArray()
    writer.beginArray()
    writer.endArray()
    writer.number(Decimal(5))
    writer.number(-7)
    writer.bool(true)
    writer.null()
    writer.beginObject()
    writer.endObject()
    writer.raw(Array("[1]".utf8).span)
    writer.endArray()
    writer.key("last" as String)
    writer.bool(false)
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"text":"a\"b\\c\n\u0001\u001fé","list":[[],5,-7,true,null,{},[1]],"last":false}"#)
    writer.reset()
    writer.null()
    #expect(writer.bytes == Array("null".utf8))
  }

  @Test("a text that is itself a document is read with a second tape")
  func nestedDocument() throws {
    var outer = JSONTape()
    try outer.parse(Array(#"{"arguments":"{\"port\":\"\\u0032\",\"n\":1}"}"#.utf8).span)
    let text = try #require(outer.member(.root, "arguments"))
    var inner = JSONTape()
    try inner.parse(outer.bytes.span.extracting(outer.content(text)))
    #expect(inner.string(try #require(inner.member(.root, "port"))) == "2")
    #expect(inner.decimal(try #require(inner.member(.root, "n"))) == .one)
  }

  @Test("the hash of a key is the same in the tape and outside")
  func keyHashes() throws {
    var tape = JSONTape()
    for count in 0..<40 {
      let key = String(repeating: "k", count: count)
      try tape.parse(Array("{\"\(key)\":1,\"other\":2}".utf8).span)
      let member = try #require(tape.firstChild(.root))
      #expect(tape.keyHash(member) == JSONTape.keyHash(Array(key.utf8).span))
      #expect(tape.member(.root, named: Array(key.utf8).span) == member)
    }
  }
}
