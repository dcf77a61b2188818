/// Patterns of tools' names, in which `*` is any run of bytes.
enum ToolNames {
  /// Whether some name is of both patterns. O(n · m).
  static func meet(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    // Of the row above: whether the beginnings of both patterns meet.
    var row = [Bool](repeating: false, count: other.count + 1)
    row[0] = true
    for (index, byte) in other.enumerated() { row[index + 1] = row[index] && byte == star }
    for byte in one {
      var next = row
      next[0] = row[0] && byte == star
      for (index, otherByte) in other.enumerated() {
        if byte == star || otherByte == star {
          // A star ends, or takes one more.
          next[index + 1] = row[index + 1] || next[index]
        } else {
          next[index + 1] = row[index] && byte == otherByte
        }
      }
      row = next
    }
    return row[other.count]
  }
}
