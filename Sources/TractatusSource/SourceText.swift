/// Identifies one source among those of a run; assigned by `SourceSet` in the order of adding.
package struct SourceID: Hashable, Comparable, Sendable {
  /// The position of the source in its `SourceSet`.
  package let rawValue: UInt32

  /// Makes the id of the source at a position.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Orders sources as they were added.
  package static func < (left: SourceID, right: SourceID) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The bytes of one rule file under the name that diagnostics show.
package struct SourceText: Sendable {
  /// The largest file that is parsed: 4 MiB.
  package static let byteCountLimit = 4 << 20

  /// The id by which spans refer to this source.
  package let id: SourceID

  /// The file's name as shown, usually its path as the user wrote it.
  package let name: String

  /// The file's content, unchanged, in any encoding errors and all.
  package let bytes: [UInt8]

  /// Whether the text is longer than `byteCountLimit`.
  package var isTooLarge: Bool { bytes.count > Self.byteCountLimit }

  /// The end of the text as an offset; beyond 4 GiB it stays at the largest offset.
  package var endOffset: UInt32 { UInt32(clamping: bytes.count) }

  /// Makes a source from bytes.
  package init(id: SourceID = SourceID(rawValue: 0), name: String, bytes: [UInt8]) {
    self.id = id
    self.name = name
    self.bytes = bytes
  }

  /// Makes a source from a string, encoded as UTF-8.
  package init(id: SourceID = SourceID(rawValue: 0), name: String, text: String) {
    self.init(id: id, name: name, bytes: Array(text.utf8))
  }

  /// The bytes of a range, cut to the text, as a string in which bad UTF-8 is replaced.
  package func string(from start: UInt32, to end: UInt32) -> String {
    let upper = min(Int(end), bytes.count)
    let lower = min(Int(start), upper)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
