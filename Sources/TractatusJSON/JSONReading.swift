import TractatusValues

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
  /// Reads the document from its first byte to its last. It holds its place in a few locals and
  /// the open lists and objects in `frames`, so that depth costs no stack.
  mutating func read(_ document: Span<UInt8>) throws(JSONError) {
    guard document.count <= Self.byteLimit else { throw JSONError(.tooLarge, at: Self.byteLimit) }
    copy(document)
    var offset = try start()
    var frame = JSONFrame()
    frames.removeAll(keepingCapacity: true)
    while true {
      var key = JSONKey()
      if frame.isObject { (key, offset) = try readKey(at: offset, in: &frame) }
      let index = entries.count
      if frame.last != 0 { entries[frame.last].next = UInt32(truncatingIfNeeded: index) }
      frame.last = index
      frame.childCount += 1
      let byte = bytes[offset]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        let kind = byte == UInt8(ascii: "{") ? JSONKind.object : .array
        append(kind, at: offset, length: 0, key: key)
        let first = skipSpace(at: offset + 1)
        // The closing bracket of either kind is its opening one plus 2.
        if bytes[first] != byte + 2 {
          guard frames.count < Self.depthLimit else { throw JSONError(.tooDeep, at: offset) }
          frames.append(frame)
          frame = JSONFrame(container: index, isObject: kind == .object)
          offset = first
          continue
        }
        offset = first + 1
        entries[index].length = UInt32(truncatingIfNeeded: offset - Int(entries[index].offset))
      } else {
        offset = try readScalar(byte, at: offset, key: key)
      }
      // After a value: close what ends here, and go on after a comma.
      while true {
        offset = skipSpace(at: offset)
        if frames.isEmpty { return try finish(at: offset) }
        let byte = bytes[offset]
        if byte == UInt8(ascii: ",") {
          offset = skipSpace(at: offset + 1)
          if bytes[offset] == UInt8(ascii: "}") || bytes[offset] == UInt8(ascii: "]") {
            throw JSONError(.trailingComma, at: offset)
          }
          break
        }
        guard byte == (frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw failure(
            frame.isObject ? .expectedCommaOrBrace : .expectedCommaOrBracket, at: offset)
        }
        offset += 1
        try close(frame, at: offset)
        frame = frames.removeLast()
      }
    }
  }

  /// Takes in the document and its padding, in the storage that there is.
  private mutating func copy(_ document: Span<UInt8>) {
    byteCount = document.count
    bytes.removeAll(keepingCapacity: true)
    // SAFETY: the buffer is read only inside the closure.
    unsafe document.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: repeatElement(0, count: Self.padding))
    entries.removeAll(keepingCapacity: true)
  }

  /// The offset of the document's value.
  private func start() throws(JSONError) -> Int {
    if bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF {
      throw JSONError(.byteOrderMark, at: 0)
    }
    let offset = skipSpace(at: 0)
    guard offset < byteCount else { throw JSONError(.empty, at: offset) }
    return offset
  }

  /// Checks that nothing follows the document's value.
  private func finish(at offset: Int) throws(JSONError) {
    guard offset == byteCount else { throw JSONError(.trailingText, at: offset) }
  }

  /// Completes the entry of the list or object that ends before `offset`.
  @inline(__always)
  private mutating func close(_ frame: JSONFrame, at offset: Int) throws(JSONError) {
    let start = Int(entries[frame.container].offset)
    entries[frame.container].length = UInt32(truncatingIfNeeded: offset - start)
    entries[frame.container].childCount = frame.childCount
    if frame.isObject && frame.childCount > Self.smallObject {
      try rejectDuplicates(in: frame.container)
    }
  }

  /// The first offset from `offset` on that holds no white space.
  @inline(__always)
  func skipSpace(at offset: Int) -> Int {
    bytes[offset] > 0x20 ? offset : skipMoreSpace(at: offset)
  }

  @inline(never)
  private func skipMoreSpace(at start: Int) -> Int {
    var offset = start
    while true {
      if load(offset) == 0x2020_2020_2020_2020 {
        offset += 8
        continue
      }
      switch bytes[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return offset
      }
    }
  }

  /// Reads a key and its colon; gives it and the offset of the member's value.
  @inline(__always)
  private mutating func readKey(
    at offset: Int, in frame: inout JSONFrame
  ) throws(JSONError) -> (JSONKey, Int) {
    guard bytes[offset] == UInt8(ascii: "\"") else { throw failure(.expectedKey, at: offset) }
    let (length, end) = try readString(at: offset + 1)
    let key = JSONKey(
      offset: offset + 1, length: length, hash: keyHash(at: offset + 1, count: length))
    let bit: UInt64 = 1 << UInt64(key.hash >> 26)
    if frame.keys & bit != 0 && frame.childCount < Self.smallObject {
      try rejectDuplicate(key, in: frame)
    }
    frame.keys |= bit
    let colon = skipSpace(at: end)
    guard bytes[colon] == UInt8(ascii: ":") else { throw failure(.expectedColon, at: colon) }
    return (key, skipSpace(at: colon + 1))
  }

  /// Reads a value that is no list and no object; gives the offset after it.
  @inline(__always)
  private mutating func readScalar(
    _ byte: UInt8, at offset: Int, key: JSONKey
  ) throws(JSONError) -> Int {
    if byte == UInt8(ascii: "\"") {
      let (length, end) = try readString(at: offset + 1)
      append(.string, at: offset + 1, length: length, key: key)
      return end
    }
    if byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") {
      let end = try readNumber(at: offset)
      append(.number, at: offset, length: end - offset, key: key)
      return end
    }
    let word = UInt32(truncatingIfNeeded: load(offset))
    if word == 0x6C6C_756E {
      append(.null, at: offset, length: 4, key: key)
      return offset + 4
    }
    if word == 0x6575_7274 {
      append(.true, at: offset, length: 4, key: key)
      return offset + 4
    }
    if word == 0x736C_6166 && bytes[offset + 4] == UInt8(ascii: "e") {
      append(.false, at: offset, length: 5, key: key)
      return offset + 5
    }
    throw wordFailure(at: offset)
  }

  @inline(__always)
  private mutating func append(_ kind: JSONKind, at offset: Int, length: Int, key: JSONKey) {
    entries.append(
      JSONEntry(
        offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: length),
        keyOffset: UInt32(truncatingIfNeeded: key.offset),
        keyLength: UInt32(truncatingIfNeeded: key.length), keyHash: key.hash, kind: kind))
  }
}

/// A member's key, while its value is read.
struct JSONKey {
  var offset = 0
  var length = 0
  var hash: UInt32 = 0
}
