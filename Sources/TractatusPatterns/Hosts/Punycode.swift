/// The encoding of Unicode labels in ASCII (RFC 3492).
enum Punycode {
  // The parameters of section 5.
  private static let base: UInt32 = 36
  private static let lowest: UInt32 = 1
  private static let highest: UInt32 = 26
  private static let skew: UInt32 = 38
  private static let damp: UInt32 = 700
  private static let initialBias: UInt32 = 72
  private static let initialScalar: UInt32 = 0x80

  /// Appends the encoding of a label, without `xn--`; false when a number overflows.
  ///
  /// Quadratic in the label's length, which the caller bounds.
  static func append(_ label: Span<UInt32>, to bytes: inout [UInt8]) -> Bool {
    var handled: UInt32 = 0
    for index in label.indices where label[index] < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: label[index]))
      handled += 1
    }
    let basic = handled
    if basic > 0 { bytes.append(UInt8(ascii: "-")) }
    var scalar = initialScalar
    var delta: UInt32 = 0
    var bias = initialBias
    while handled < UInt32(truncatingIfNeeded: label.count) {
      var next = UInt32.max
      for index in label.indices where label[index] >= scalar { next = min(next, label[index]) }
      let (step, overflow) = (next - scalar).multipliedReportingOverflow(by: handled + 1)
      let (sum, second) = delta.addingReportingOverflow(step)
      if overflow || second { return false }
      delta = sum
      scalar = next
      for index in label.indices {
        if label[index] < scalar {
          delta &+= 1
          if delta == 0 { return false }
        }
        guard label[index] == scalar else { continue }
        append(delta, bias: bias, to: &bytes)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta &+= 1
      scalar += 1
    }
    return true
  }

  /// Appends a generalised variable-length integer (section 3.3).
  private static func append(_ delta: UInt32, bias: UInt32, to bytes: inout [UInt8]) {
    var rest = delta
    var place = base
    while true {
      let threshold =
        place <= bias ? lowest : place >= bias + highest ? highest : place - bias
      if rest < threshold { break }
      bytes.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      place += base
    }
    bytes.append(digit(rest))
  }

  private static func digit(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
  }

  /// Adapts the bias (section 6.1).
  private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var place: UInt32 = 0
    while delta > ((base - lowest) * highest) / 2 {
      delta /= base - lowest
      place += base
    }
    return place + (base - lowest + 1) * delta / (delta + skew)
  }
}
