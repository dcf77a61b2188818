import Testing
import TractatusLanguageServer

@Suite("cutting a stream into messages")
struct MessageReaderTests {
  private func frames(_ text: String, by size: Int = .max) -> [MessageReader.Frame] {
    var reader = MessageReader()
    var found: [MessageReader.Frame] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let end = min(bytes.count, index + min(size, bytes.count))
      reader.feed(bytes[index..<end])
      while let frame = reader.next() { found.append(frame) }
      index = end
    }
    return found
  }

  private func message(_ text: String) -> MessageReader.Frame { .message(Array(text.utf8)) }

  @Test("messages come whole, however the bytes arrive", arguments: [1, 2, 3, 7, 1_000])
  func whole(size: Int) {
    let text =
      "Content-Length: 2\r\n\r\n{}content-length:4\r\nContent-Type: x\r\n\r\nnull"
      + "Content-Length: 0\n\nContent-Length: 2\r\n\r\n[]"
    #expect(
      frames(text, by: size) == [message("{}"), message("null"), message(""), message("[]")])
  }

  @Test("after a bad header the next one is found", arguments: [1, 5, 1_000])
  func badHeaders(size: Int) {
    let good = "Content-Length: 2\r\n\r\n{}"
    for bad in [
      "Content-Type: x\r\n\r\njunk", "Content-Length: x\r\n\r\n{}", "Content-Length: -1\r\n\r\n",
      "\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length\r\n\r\n",
      "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ] {
      let found = frames(bad + good, by: size)
      #expect(found.first == .badHeader, "\(bad)")
      #expect(found.last == message("{}"), "\(bad)")
    }
  }

  @Test("a message of more than 16 MiB is passed over, and one beside it is not")
  func tooLarge() {
    var reader = MessageReader()
    reader.feed(Array("Content-Length: 17000000\r\n\r\n".utf8))
    for _ in 0..<17 { reader.feed([UInt8](repeating: 0x20, count: 1_000_000)) }
    reader.feed(Array("Content-Length: 2\r\n\r\n{}".utf8))
    #expect(reader.next() == .tooLarge)
    #expect(reader.next() == message("{}"))
    #expect(reader.next() == nil)
  }

  @Test("a header without an end is given up")
  func endless() {
    var reader = MessageReader()
    reader.feed([UInt8](repeating: 0x41, count: 100_000))
    #expect(reader.next() == .badHeader)
    #expect(reader.next() == nil)
  }
}
