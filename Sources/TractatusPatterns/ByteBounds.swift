/// Where classes of bytes end: a set of bytes below 255, each the last of its class.
struct ByteBounds {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0
  private var highest: UInt64 = 0

  /// How many classes there are.
  var classCount: Int {
    1 + low.nonzeroBitCount + middle.nonzeroBitCount + high.nonzeroBitCount
      + highest.nonzeroBitCount
  }

  /// Tells the bytes from `first` to `last` apart from all others.
  mutating func mark(_ first: UInt8, _ last: UInt8) {
    if first > 0 { mark(first - 1) }
    // What ends after the last byte separates nothing.
    if last < .max { mark(last) }
  }

  private mutating func mark(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low |= bit
    case 1: middle |= bit
    case 2: high |= bit
    default: highest |= bit
    }
  }

  /// A number that is mostly different for different classes.
  ///
  /// PERF: made by hand, because a dictionary with keys of a type of its own costs much at first.
  var key: Int {
    var hash: UInt64 = 0
    for part in [low, middle, high, highest] {
      hash = (hash ^ part) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash)
  }

  /// Whether a class ends after a byte.
  private func isEnd(_ byte: UInt8) -> Bool {
    let part = byte < 128 ? (byte < 64 ? low : middle) : (byte < 192 ? high : highest)
    return part >> UInt64(byte & 63) & 1 != 0
  }

  /// Appends the class of each of the 256 bytes, numbered from 0.
  func appendClasses(to classes: inout Packed<UInt8>) {
    var current: UInt8 = 0
    for part in [low, middle, high, highest] {
      var rest = part
      var left = 64
      // Each set bit ends a run of bytes of one class.
      while rest != 0 {
        let run = rest.trailingZeroBitCount + 1
        classes.append(contentsOf: repeatElement(current, count: run))
        current += 1
        left -= run
        rest = rest >> UInt64(run)
      }
      classes.append(contentsOf: repeatElement(current, count: left))
    }
  }

  /// Whether these are the classes of the 256 bytes.
  func areClasses(_ classes: Slice<Packed<UInt8>>) -> Bool {
    guard classes.count == 256 else { return false }
    var current: UInt8 = 0
    for byte: UInt8 in 0...255 {
      if classes[classes.startIndex + Int(byte)] != current { return false }
      if isEnd(byte) { current += 1 }
    }
    return true
  }
}
