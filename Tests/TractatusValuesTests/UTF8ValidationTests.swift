import Testing
import TractatusValues

@Suite struct UTF8ValidationTests {
  @Test("every scalar is valid, and no sequence of up to four bytes is judged wrongly")
  func everySequence() {
    for lead in UInt8.min...UInt8.max {
      for second in [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF] as [UInt8] {
        for third in [0x41, 0x80, 0xBF, 0xC0] as [UInt8] {
          for fourth in [0x41, 0x80, 0xBF, 0xC0] as [UInt8] {
            for count in 1...4 {
              let bytes = Array([lead, second, third, fourth][0..<count])
              let expected = String(validating: bytes, as: UTF8.self) != nil
              #expect(UTF8Validation.isValid(bytes.span) == expected, "\(bytes)")
            }
          }
        }
      }
    }
  }

  @Test("the place of the first fault is given, wherever it lies", arguments: 0..<20)
  func offsets(start: Int) {
    let filler = Array(repeating: UInt8(ascii: "a"), count: start)
    #expect(UTF8Validation.firstInvalidOffset(in: filler.span) == nil)
    #expect(UTF8Validation.firstInvalidOffset(in: (filler + [0xC3, 0x28, 0x61]).span) == start)
    #expect(UTF8Validation.firstInvalidOffset(in: (filler + [0xE2, 0x82]).span) == start)
    let text = filler + Array("é€😀".utf8) + filler
    #expect(UTF8Validation.firstInvalidOffset(in: text.span) == nil)
    #expect(
      UTF8Validation.firstInvalidOffset(in: (text + [0xED, 0xA0, 0x80]).span) == text.count)
  }
}
