/// What `${…}` does with its parameter.
enum ShellParameterOperation: UInt16, Sendable {
  case plain, length, indirect, orElse, assign, alternative, orFail, change, transform, prompt,
    other
}

extension ShellReader {
  /// Reads what `$` begins.
  mutating func readDollar(inDouble: Bool) throws(ShellFault) {
    try checkCount()
    let start = pos
    // The continuation that could hide what the dollar begins.
    if isContinuation(start + 1) { throw fault(.continuedToken) }
    let next = at(start + 1)
    switch next {
    case UInt8(ascii: "("):
      if at(start + 2) == UInt8(ascii: "("), !notArithmetic.contains(start) {
        let saved = attempt()
        let node = open(.arithmetic, at: start)
        pos += 3
        if try readArithmetic() { return close(node) }
        try retreat(to: saved)
        notArithmetic.insert(start)
      }
      if isContinuation(start + 2) { throw fault(.continuedToken) }
      try readSubstitution(.command)
    case UInt8(ascii: "{"): try readParameter(inDouble: inDouble)
    case UInt8(ascii: "["):
      let node = open(.arithmetic, at: start)
      pos += 2
      try readSubscript()
      close(node)
    case UInt8(ascii: "'") where !inDouble:
      pos += 1
      try readSingle(.ansi)
    case UInt8(ascii: "\"") where !inDouble:
      pos += 1
      try readDouble()
    default:
      pos += 1
      if ShellByte.beginsName(next) {
        while ShellByte.isName(at(pos)) { pos += 1 }
        steps &+= pos - start
        addParameter(start + 1)
        // The name goes on after a continuation.
        if isContinuation(pos), ShellByte.isName(at(pastContinuations(pos))) {
          throw fault(.continuedToken)
        }
      } else if ShellByte.isDigit(next) || isSpecialParameter(next) {
        pos += 1
        addParameter(start + 1)
      } else {
        leaf(.literal, start, pos)
      }
    }
  }

  private mutating func addParameter(_ start: Int) {
    leaf(.parameter, start, pos)
    nodes[nodes.count - 1].link = UInt32(truncatingIfNeeded: pos)
  }

  /// Whether the byte names a parameter by itself.
  private mutating func isSpecialParameter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"),
      UInt8(ascii: "-"), UInt8(ascii: "$"), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  /// Reads `$(…)`, `<(…)` or `>(…)`.
  mutating func readSubstitution(_ kind: ShellNodeKind) throws(ShellFault) {
    let node = open(kind, at: pos)
    pos += 2
    try enter()
    let outer = (hereBase, inSubstitution)
    (hereBase, inSubstitution) = (pendingHere.count, true)
    try readSequence(required: false)
    // A here-document that has no line inside.
    if pendingHere.count > hereBase { throw fault(.ambiguous) }
    (hereBase, inSubstitution) = outer
    try expect(byte: UInt8(ascii: ")"))
    leave()
    close(node)
  }

  /// Reads a substitution in backticks, from which one layer of backslashes is taken first.
  mutating func readBackticks(inDouble: Bool) throws(ShellFault) {
    let start = pos + 1
    var close = start
    var isEscaped = false
    while at(close) != UInt8(ascii: "`") {
      if close >= end { throw fault(.unterminated) }
      if at(close) == UInt8(ascii: "\\") {
        isEscaped = true
        close += 1
      }
      close += 1
    }
    steps &+= close - start
    let node = open(.command, at: pos)
    nodes[node].flags |= ShellNode.special
    try enter()
    let outer = (end, hereBase, inSubstitution, noBracketBefore)
    (hereBase, inSubstitution) = (pendingHere.count, false)
    if isEscaped {
      let region = try addUnescaped(start, close, inDouble: inDouble)
      (pos, end, noBracketBefore) = (region, bytes.count, 0)
    } else {
      (pos, end) = (start, close)
    }
    try readSequence(required: false)
    if pos < end { throw unexpected() }
    try readHereBodies()
    (end, hereBase, inSubstitution, noBracketBefore) = outer
    leave()
    pos = close + 1
    self.close(node)
  }

  /// Adds the text in backticks as a shell unescapes it; gives the place where it begins.
  private mutating func addUnescaped(
    _ start: Int, _ close: Int, inDouble: Bool
  ) throws(ShellFault) -> Int {
    budget -= close - start
    guard budget >= 0 else { throw fault(.tooMuchText) }
    let region = addRegion(standingFor: start - 1, close + 1)
    var offset = start
    while offset < close {
      var byte = bytes[offset]
      if byte == UInt8(ascii: "\\"), offset + 1 < close {
        let next = bytes[offset + 1]
        let isQuoted =
          next == UInt8(ascii: "`") || next == UInt8(ascii: "\\") || next == UInt8(ascii: "$")
          || (next == UInt8(ascii: "\"") && inDouble)
        if isQuoted {
          byte = next
          offset += 1
        } else {
          // The byte after a backslash that stays is not looked at again.
          bytes.append(byte)
          byte = next
          offset += 1
        }
      }
      bytes.append(byte)
      offset += 1
    }
    steps &+= close - start
    return region
  }

  /// Begins a text beside the line that stands for a range of `bytes`; gives where it begins.
  mutating func addRegion(standingFor start: Int, _ end: Int) -> Int {
    // A byte between regions, so that no text ends where the next begins.
    bytes.append(0)
    var origin = UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: end)
    if let first = regions.first, start >= first.start {
      origin = ShellRegion.origin(start, in: regions, lineCount: 0)
    }
    regions.append(ShellRegion(start: bytes.count, origin: origin))
    return bytes.count
  }

  /// Reads `${…}`.
  private mutating func readParameter(inDouble: Bool) throws(ShellFault) {
    try enter()
    let node = open(.parameter, at: pos + 2)
    pos += 2
    var operation = ShellParameterOperation.plain
    let first = at(pos)
    let second = at(pos + 1)
    if first == UInt8(ascii: "#"), ShellByte.isName(second) || isSpecialParameter(second),
      at(pos + 2) == UInt8(ascii: "}") || ShellByte.isName(second)
    {
      operation = .length
      pos += 1
    } else if first == UInt8(ascii: "!"), ShellByte.isName(second) || isSpecialParameter(second),
      second != UInt8(ascii: "-"), second != UInt8(ascii: "?")
    {
      operation = .indirect
      pos += 1
    } else if ShellByte.isBlank(first) || first == UInt8(ascii: "\n")
      || first == UInt8(ascii: "|") || first == UInt8(ascii: "(")
    {
      // `${ …; }` is a substitution to some shells and an error to others.
      throw fault(.ambiguous)
    }
    nodes[node].start = UInt32(truncatingIfNeeded: pos)
    if ShellByte.beginsName(at(pos)) {
      while ShellByte.isName(at(pos)) { pos += 1 }
    } else if ShellByte.isDigit(at(pos)) {
      while ShellByte.isDigit(at(pos)) { pos += 1 }
    } else if isSpecialParameter(at(pos)) {
      pos += 1
    } else if at(pos) != UInt8(ascii: "}") {
      operation = .other
    }
    steps &+= 4
    nodes[node].link = UInt32(truncatingIfNeeded: pos)
    if isContinuation(pos) { throw fault(.continuedToken) }
    if at(pos) == UInt8(ascii: "["), operation != .other {
      let child = open(.index, at: pos)
      pos += 1
      try readSubscript()
      close(child)
    }
    operation = readOperation(operation)
    nodes[node].flags |= operation.rawValue
    try readBraceWord(inDouble: inDouble, patterns: operation == .change)
    close(node)
    leave()
  }

  /// Reads the operator after the name in `${…}`.
  private mutating func readOperation(
    _ operation: ShellParameterOperation
  ) -> ShellParameterOperation {
    if operation == .other || at(pos) == UInt8(ascii: "}") { return operation }
    var found: ShellParameterOperation
    if at(pos) == UInt8(ascii: ":") {
      pos += 1
      found = .change
    } else {
      found = .other
    }
    switch at(pos) {
    case UInt8(ascii: "-"): found = .orElse
    case UInt8(ascii: "="): found = .assign
    case UInt8(ascii: "+"): found = .alternative
    case UInt8(ascii: "?"): found = .orFail
    case UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: "^"),
      UInt8(ascii: ","):
      found = .change
    case UInt8(ascii: "@"): found = at(pos + 1) == UInt8(ascii: "P") ? .prompt : .transform
    default: return operation == .plain ? found : operation
    }
    pos += 1
    // `${!x}` with an operator is read through `x` all the same.
    return operation == .indirect && found != .assign ? .indirect : found
  }

  /// Reads the rest of `${…}` up to the first brace that closes.
  private mutating func readBraceWord(
    inDouble: Bool, patterns: Bool
  ) throws(ShellFault) {
    while true {
      steps &+= 1
      let start = pos
      switch at(pos) {
      case UInt8(ascii: "}"):
        pos += 1
        return
      case UInt8(ascii: "\\"):
        if at(pos + 1) == UInt8(ascii: "\n") {
          pos += 2
        } else if pos + 1 < end {
          leaf(.escaped, pos + 1, pos + 2)
          pos += 2
        } else {
          throw fault(.unterminated)
        }
      case UInt8(ascii: "'"):
        try inDouble && !patterns ? readQuotesInDouble() : readSingle(.single)
      case UInt8(ascii: "\""): try readDouble()
      case UInt8(ascii: "$"): try readDollar(inDouble: false)
      case UInt8(ascii: "`"): try readBackticks(inDouble: inDouble)
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if !inDouble, beginsProcess(pos) {
          let isInput = at(pos) == UInt8(ascii: "<")
          try readSubstitution(isInput ? .processInput : .processOutput)
        } else {
          pos += 1
          leaf(.literal, start, pos)
        }
      default:
        if pos >= end { throw fault(.unterminated) }
        repeat { pos += 1 } while isBraceWordPlain(at(pos))
        steps &+= pos - start
        leaf(.literal, start, pos)
      }
    }
  }

  private mutating func isBraceWordPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 0x22, 0x24, 0x27, 0x3C, 0x3E, 0x5C, 0x60, 0x7D: false
    default: true
    }
  }

  /// Reads `'…'` in `"${x:-…}"`, which hides a closing brace but not what expands.
  private mutating func readQuotesInDouble() throws(ShellFault) {
    let start = pos + 1
    var close = start
    while close < end, bytes[close] != UInt8(ascii: "'") { close += 1 }
    steps &+= close - start
    guard close < end else { throw fault(.unterminated) }
    let outer = end
    leaf(.literal, pos, start)
    (pos, end) = (start, close)
    try readQuotedSegments(closing: false)
    leaf(.literal, close, close + 1)
    (pos, end) = (close + 1, outer)
  }

  /// Reads arithmetic up to `))`.
  ///
  /// - Returns: whether it is arithmetic: a single parenthesis that closes more than was opened
  ///   says that the two that began it open subshells.
  mutating func readArithmetic() throws(ShellFault) -> Bool {
    try enter()
    var level = 0
    while true {
      let byte = at(pos)
      if byte == UInt8(ascii: ")") {
        if level == 0 {
          leave()
          guard at(pos + 1) == UInt8(ascii: ")") else { return false }
          pos += 2
          return true
        }
        level -= 1
      } else if byte == UInt8(ascii: "(") {
        level += 1
      }
      try readArithmeticByte(byte)
    }
  }

  /// Reads what stands in brackets up to the one that closes them.
  mutating func readSubscript() throws(ShellFault) {
    try enter()
    var level = 0
    while true {
      let byte = at(pos)
      if byte == UInt8(ascii: "]") {
        if level == 0 { break }
        level -= 1
      } else if byte == UInt8(ascii: "[") {
        level += 1
      }
      try readArithmeticByte(byte)
    }
    pos += 1
    leave()
  }

  /// Goes past a byte of arithmetic, or reads what it begins.
  private mutating func readArithmeticByte(_ byte: UInt8) throws(ShellFault) {
    steps &+= 1
    switch byte {
    case UInt8(ascii: "'"): try readSingle(.single)
    case UInt8(ascii: "\""): try readDouble()
    case UInt8(ascii: "$"): try readDollar(inDouble: true)
    case UInt8(ascii: "`"): try readBackticks(inDouble: false)
    case UInt8(ascii: "\\"): pos = min(pos + 2, end)
    default:
      if pos >= end { throw fault(.unterminated) }
      pos += 1
    }
  }
}
