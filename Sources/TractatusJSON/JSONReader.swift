/// The list or object that is being read.
struct JSONFrame {
  /// The index of its entry.
  var container = 0
  /// The index of the entry of its last child so far; 0 before the first.
  var last = 0
  var childCount: UInt32 = 0
  var isObject = false
  /// A set of the keys so far, one bit for each by its hash: a key whose bit is clear is new.
  var keys: UInt64 = 0
}

extension JSONTape {
  /// Reads `document` into the storage that there is, which grows until it is large enough.
  mutating func read(_ document: Span<UInt8>) throws(JSONError) {
    guard document.count <= Self.byteLimit else { throw JSONError(.tooLarge, at: Self.byteLimit) }
    byteCount = document.count
    nodeCount = 0
    if frames.isEmpty {
      frames = Array(repeating: JSONFrame(), count: Self.depthLimit)
      entries = Array(repeating: JSONEntry(), count: 64)
    }
    while true {
      bytes.removeAll(keepingCapacity: true)
      // SAFETY: the buffer is read only inside the closure.
      unsafe document.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
      bytes += Self.zeros
      if let count = try readOnce() {
        nodeCount = count
        return
      }
      // Strings have been decoded in place, so that reading starts anew; doubling keeps all this
      // linear. A value and what separates it from the next take two bytes or more.
      let growth = min(entries.count, max(64, document.count / 2 + 130 - entries.count))
      entries.append(contentsOf: repeatElement(JSONEntry(), count: growth))
    }
  }

  /// Reads the document in `bytes`; gives the number of values, or nil when `entries` are too few.
  private mutating func readOnce() throws(JSONError) -> Int? {
    // PERF: with the arrays taken out, their spans live side by side in registers.
    var (bytes, entries, frames) = ([UInt8](), [JSONEntry](), [JSONFrame]())
    swap(&bytes, &self.bytes)
    swap(&entries, &self.entries)
    swap(&frames, &self.frames)
    defer {
      swap(&bytes, &self.bytes)
      swap(&entries, &self.entries)
      swap(&frames, &self.frames)
    }
    var reader = JSONReader(byteCount: byteCount)
    var text = bytes.mutableSpan
    var values = entries.mutableSpan
    var open = frames.mutableSpan
    return try reader.read(&text, into: &values, frames: &open, slots: &slots)
  }
}

/// Reads one document. It holds its place in a few locals and the open lists and objects in
/// frames, so that depth costs no stack.
struct JSONReader {
  /// The length of the document without the padding.
  let byteCount: Int

  /// Reads the document from its first byte to its last; gives the number of values, or nil when
  /// there is no room for them.
  mutating func read(
    _ text: inout MutableSpan<UInt8>, into entries: inout MutableSpan<JSONEntry>,
    frames: inout MutableSpan<JSONFrame>, slots: inout [UInt32]
  ) throws(JSONError) -> Int? {
    var offset = try start(text)
    var frame = JSONFrame()
    var depth = 0
    var index = 0
    while index < entries.count {
      var entry = JSONEntry()
      if frame.isObject {
        offset = try readKey(&text, at: offset, of: &entry, in: &frame, entries)
      }
      if frame.last != 0 { entries[frame.last].next = UInt32(truncatingIfNeeded: index) }
      frame.last = index
      frame.childCount &+= 1
      let byte = text[offset]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        guard depth < frames.count else { throw JSONError(.tooDeep, at: offset) }
        entry.kind = byte == UInt8(ascii: "{") ? .object : .array
        entry.offset = UInt32(truncatingIfNeeded: offset)
        let first = Self.skipSpace(text, at: offset + 1)
        // The closing bracket of either kind is its opening one plus 2.
        if text[first] != byte + 2 {
          entries[index] = entry
          frames[depth] = frame
          depth += 1
          frame = JSONFrame(container: index, isObject: entry.kind == .object)
          index += 1
          offset = first
          continue
        }
        entry.length = UInt32(truncatingIfNeeded: first + 1 - offset)
        offset = first + 1
      } else {
        offset = try readScalar(&text, byte, at: offset, of: &entry)
      }
      entries[index] = entry
      index += 1
      // After a value: close what ends here, and go on after a comma.
      while true {
        offset = Self.skipSpace(text, at: offset)
        if depth == 0 {
          guard offset == byteCount else { throw JSONError(.trailingText, at: offset) }
          return index
        }
        let byte = text[offset]
        if byte == UInt8(ascii: ",") {
          offset = try skipComma(text, at: offset)
          break
        }
        guard byte == (frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw failure(
            frame.isObject ? .expectedCommaOrBrace : .expectedCommaOrBracket, at: offset)
        }
        offset += 1
        entries[frame.container].length =
          UInt32(truncatingIfNeeded: offset) &- entries[frame.container].offset
        entries[frame.container].childCount = frame.childCount
        if frame.isObject && frame.childCount > Self.smallObject {
          try Self.rejectDuplicates(in: frame, text, entries, slots: &slots)
        }
        depth -= 1
        frame = frames[depth]
      }
    }
    return nil
  }

  /// The offset of what follows the comma at `offset`, which is no closing bracket.
  @inline(__always)
  private func skipComma(
    _ text: borrowing MutableSpan<UInt8>, at offset: Int
  ) throws(JSONError) -> Int {
    let next = Self.skipSpace(text, at: offset + 1)
    if text[next] == UInt8(ascii: "}") || text[next] == UInt8(ascii: "]") {
      throw JSONError(.trailingComma, at: next)
    }
    return next
  }

  /// The offset of the document's value.
  private func start(_ text: borrowing MutableSpan<UInt8>) throws(JSONError) -> Int {
    if text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF {
      throw JSONError(.byteOrderMark, at: 0)
    }
    let offset = Self.skipSpace(text, at: 0)
    guard offset < byteCount else { throw JSONError(.empty, at: offset) }
    return offset
  }

  /// Eight bytes of the text as a little-endian word.
  @inline(__always)
  static func load(_ text: borrowing MutableSpan<UInt8>, _ offset: Int) -> UInt64 {
    // SAFETY: the load is bounds-checked, and every bit pattern is a UInt64.
    let raw = unsafe text.bytes
    return unsafe UInt64(
      littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The first offset from `offset` on that holds no white space.
  @inline(__always)
  private static func skipSpace(_ text: borrowing MutableSpan<UInt8>, at offset: Int) -> Int {
    text[offset] > 0x20 ? offset : skipMoreSpace(text, at: offset)
  }

  private static func skipMoreSpace(_ text: borrowing MutableSpan<UInt8>, at start: Int) -> Int {
    var offset = start
    while true {
      switch text[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return offset
      }
      while load(text, offset) == 0x2020_2020_2020_2020 { offset += 8 }
    }
  }

  /// Reads a key and its colon; gives the offset of the member's value.
  @inline(__always)
  private func readKey(
    _ text: inout MutableSpan<UInt8>, at offset: Int, of entry: inout JSONEntry,
    in frame: inout JSONFrame, _ entries: borrowing MutableSpan<JSONEntry>
  ) throws(JSONError) -> Int {
    guard text[offset] == UInt8(ascii: "\"") else { throw failure(.expectedKey, at: offset) }
    let (length, end) = try readString(&text, at: offset + 1)
    entry.keyOffset = UInt32(truncatingIfNeeded: offset + 1)
    entry.keyLength = UInt32(truncatingIfNeeded: length)
    entry.keyHash = Self.keyHash(text, at: offset + 1, count: length)
    let bit: UInt64 = 1 << UInt64(entry.keyHash >> 26)
    if frame.keys & bit != 0 && frame.childCount < Self.smallObject {
      try Self.rejectDuplicate(entry, in: frame, text, entries)
    }
    frame.keys |= bit
    let colon = Self.skipSpace(text, at: end)
    guard text[colon] == UInt8(ascii: ":") else { throw failure(.expectedColon, at: colon) }
    return Self.skipSpace(text, at: colon + 1)
  }

  /// Reads a value that is no list and no object; gives the offset after it.
  @inline(__always)
  private func readScalar(
    _ text: inout MutableSpan<UInt8>, _ byte: UInt8, at offset: Int, of entry: inout JSONEntry
  ) throws(JSONError) -> Int {
    if byte == UInt8(ascii: "\"") {
      let (length, end) = try readString(&text, at: offset + 1)
      entry.kind = .string
      entry.offset = UInt32(truncatingIfNeeded: offset + 1)
      entry.length = UInt32(truncatingIfNeeded: length)
      return end
    }
    let end: Int
    if byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") {
      end = try readNumber(text, at: offset)
      entry.kind = .number
    } else {
      let word = UInt32(truncatingIfNeeded: Self.load(text, offset))
      if word == 0x6C6C_756E {
        end = offset + 4
      } else if word == 0x6575_7274 {
        entry.kind = .true
        end = offset + 4
      } else if word == 0x736C_6166 && text[offset + 4] == UInt8(ascii: "e") {
        entry.kind = .false
        end = offset + 5
      } else {
        throw wordFailure(text, at: offset)
      }
    }
    entry.offset = UInt32(truncatingIfNeeded: offset)
    entry.length = UInt32(truncatingIfNeeded: end - offset)
    return end
  }
}
