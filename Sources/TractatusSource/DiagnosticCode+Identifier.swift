extension DiagnosticCode {
  /// The code as shown: `T` and four digits.
  package var identifier: String {
    let digits = String(rawValue)
    return "T" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// The code that is shown as an identifier such as `T0203` or `t0203`, or nil.
  package init?(identifier: String) {
    let bytes = Array(identifier.utf8)
    guard bytes.count == 5, bytes[0] | 0x20 == 0x74 else { return nil }
    var number = 0
    for byte in bytes[1...] {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    self.init(rawValue: number)
  }

  /// The area that the code belongs to.
  package var area: DiagnosticArea {
    switch rawValue / 100 {
    case 1: .lexical
    case 2: .syntax
    case 3: .names
    case 4: .types
    case 5: .tables
    case 6: .evaluation
    case 7: .input
    default: .internal
    }
  }
}
