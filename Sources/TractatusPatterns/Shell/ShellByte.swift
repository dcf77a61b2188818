/// The classes of bytes in a shell command line.
///
/// PERF: each is a switch over constants, which compiles to a test of a bit, without a table in
/// memory.
enum ShellByte {
  /// Whether the byte stands for itself in an unquoted word, wherever it is.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 0x09, 0x0A, 0x20, 0x22, 0x24, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2C, 0x3B, 0x3C, 0x3E,
      0x3F, 0x5B, 0x5C, 0x60, 0x7B, 0x7C, 0x7D, 0x7E:
      false
    default: true
    }
  }

  /// Whether an unquoted word ends before the byte. Zero stands for the end of the text.
  @inline(__always)
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 0x09, 0x0A, 0x20, 0x26, 0x28, 0x29, 0x3B, 0x3C, 0x3E, 0x7C: true
    default: false
    }
  }

  /// Whether the byte stands for itself between double quotes and in here-documents.
  @inline(__always)
  static func isQuotedPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x24, 0x5C, 0x60: false
    default: true
    }
  }

  /// Whether an identifier can begin with the byte.
  @inline(__always)
  static func beginsName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  /// Whether an identifier can go on with the byte.
  @inline(__always)
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x30...0x39: true
    default: false
    }
  }

  /// Whether the byte is a decimal digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether the byte is a space or a tab, which alone separate words within a line.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether the byte separates the fields of an unquoted expansion while `IFS` is untouched.
  @inline(__always)
  static func separatesFields(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  /// The value of a hexadecimal digit, or nil.
  static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }
}

extension Array {
  /// Drops the elements from an index on and keeps the storage.
  ///
  /// PERF: to drop several at once costs about as much as to drop four one by one.
  @inline(__always)
  mutating func truncate(to count: Int) {
    var excess = self.count - count
    if excess <= 0 { return }
    if excess > 4 { return removeLast(excess) }
    while excess > 0 {
      removeLast()
      excess -= 1
    }
  }

  /// Drops all elements and keeps the storage, as `removeAll(keepingCapacity:)` does.
  ///
  /// PERF: most arrays that are emptied are empty, or hold little.
  @inline(__always)
  mutating func clear() { truncate(to: 0) }
}
