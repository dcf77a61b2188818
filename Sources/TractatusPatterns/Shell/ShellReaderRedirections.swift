/// A here-document whose body comes after the next newline.
struct ShellPendingHere: Sendable {
  /// The node of its redirection.
  var node: Int
  /// Where its delimiter lies in `delimiters`.
  var delimiter: Range<Int>
  var isQuoted: Bool
  /// Whether tabs at the beginning of its lines are dropped (`<<-`).
  var dropsTabs: Bool
}

extension ShellReader {
  /// Whether a redirection begins here, with its descriptor if it has one.
  mutating func beginsRedirection(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return at(pos + 1) != UInt8(ascii: "(")
    case UInt8(ascii: "&"): return at(pos + 1) == UInt8(ascii: ">")
    case UInt8(ascii: "{"), 0x30...0x39:
      let angle = descriptorEnd()
      return angle > pos && !beginsProcess(angle)
    default: return false
    }
  }

  /// The place of the `<` or `>` right after digits or `{name}`; the present place if there is
  /// none.
  private mutating func descriptorEnd() -> Int {
    var offset = pos
    if at(pos) == UInt8(ascii: "{") {
      offset += 1
      guard ShellByte.beginsName(at(offset)) else { return pos }
      while ShellByte.isName(at(offset)) { offset += 1 }
      // An element of an array is one, too; its subscript is not read.
      guard at(offset) == UInt8(ascii: "}") else { return pos }
      offset += 1
    } else {
      while at(offset) == 0x30 { offset += 1 }
      var value = 0
      while ShellByte.isDigit(at(offset)) {
        value = min(value * 10 + Int(at(offset) - 0x30), 1 << 32)
        offset += 1
      }
      // Larger numbers are words, not descriptors.
      if value > Int(Int32.max) { return pos }
    }
    let byte = at(offset)
    return byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") ? offset : pos
  }

  /// Reads a redirection: its node begins where the operator, with its descriptor, does.
  mutating func readRedirection() throws(ShellFault) {
    let node = open(.redirection, at: pos)
    let angle = at(pos) == UInt8(ascii: "&") ? pos : descriptorEnd()
    if at(pos) == UInt8(ascii: "{") { nodes[node].flags |= ShellNode.braces }
    steps &+= angle - pos
    nodes[node].link = 0
    leaf(.name, pos, angle)
    pos = angle
    let operation = readOperator()
    nodes[node].flags |= UInt16(operation.rawValue)
    try pass(0)
    if operation == .hereDocument {
      let dropsTabs = at(pos) == UInt8(ascii: "-")
      if dropsTabs { try pass(1) }
      skipBlanks()
      try readDelimiter(node, dropsTabs: dropsTabs)
    } else {
      skipBlanks()
      guard !ShellByte.endsWord(at(pos)) || beginsProcess(pos) else { throw unexpected() }
      // `>&-` and `>&2` end with the descriptor, whatever follows.
      try readWord(operation == .hereString ? .subject : .argument)
    }
    close(node)
  }

  /// Goes past the operator of a redirection.
  private mutating func readOperator() -> ShellRedirection.Operator {
    let (first, second, third) = (at(pos), at(pos + 1), at(pos + 2))
    if first == UInt8(ascii: "&") {
      let appends = third == UInt8(ascii: ">")
      pos += appends ? 3 : 2
      return appends ? .bothAppend : .bothOutputs
    }
    if first == UInt8(ascii: "<") {
      switch second {
      case UInt8(ascii: "<"):
        pos += third == UInt8(ascii: "<") ? 3 : 2
        return third == UInt8(ascii: "<") ? .hereString : .hereDocument
      case UInt8(ascii: "&"):
        pos += 2
        return .duplicateInput
      case UInt8(ascii: ">"):
        pos += 2
        return .inputOutput
      default:
        pos += 1
        return .input
      }
    }
    switch second {
    case UInt8(ascii: ">"):
      pos += 2
      return .append
    case UInt8(ascii: "|"):
      pos += 2
      return .clobber
    case UInt8(ascii: "&"):
      pos += 2
      return .duplicateOutput
    default:
      pos += 1
      return .output
    }
  }

  /// Reads the delimiter of a here-document, which is not expanded.
  private mutating func readDelimiter(_ node: Int, dropsTabs: Bool) throws(ShellFault) {
    let start = delimiters.count
    let from = pos
    var isQuoted = false
    reading: while true {
      let byte = at(pos)
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        isQuoted = true
        pos += 1
        while at(pos) != byte {
          let inner = at(pos)
          if pos >= end { throw fault(.unterminated) }
          // What double quotes leave of these depends on the shell; so does a second line.
          if inner == UInt8(ascii: "\n") || byte == UInt8(ascii: "\"") && isLively(inner) {
            throw fault(.ambiguous)
          }
          delimiters.append(inner)
          pos += 1
        }
        pos += 1
      case UInt8(ascii: "\\"):
        if pos + 1 >= end || at(pos + 1) == UInt8(ascii: "\n") { throw fault(.continuedToken) }
        isQuoted = true
        delimiters.append(at(pos + 1))
        pos += 2
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        throw fault(.ambiguous)
      default:
        if ShellByte.endsWord(byte) { break reading }
        delimiters.append(byte)
        pos += 1
      }
    }
    steps &+= pos - from
    guard pos > from, !beginsProcess(pos), at(pos) != UInt8(ascii: "(") else {
      throw unexpected()
    }
    if isQuoted { nodes[node].flags |= ShellNode.special }
    pendingHere.append(
      ShellPendingHere(
        node: node, delimiter: start..<delimiters.count, isQuoted: isQuoted,
        dropsTabs: dropsTabs))
  }

  private mutating func isLively(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "`")
  }

  /// Reads the bodies of the here-documents that have begun, from the beginning of a line.
  mutating func readHereBodies() throws(ShellFault) {
    if hereBase > readHere && notes.isEmpty {
      notes.append(ShellFault(reason: .hereDocumentOrder, offset: min(pos, end)))
    }
    // More can begin while a body is read: those in its substitutions, which end in it.
    var index = hereBase
    while index < pendingHere.count {
      readHere += 1
      try readHereBody(pendingHere[index])
      index += 1
    }
    readHere -= index - hereBase
    pendingHere.truncate(to: hereBase)
  }

  /// Reads one body, and goes on after the line with its delimiter.
  private mutating func readHereBody(_ here: ShellPendingHere) throws(ShellFault) {
    let start = pos
    var bodyEnd = end
    var next = end
    var line = start
    while line < end {
      if let close = try delimiterEnd(line, here) {
        (bodyEnd, next) = (line, close)
        break
      }
      line = nextLine(line, joins: !here.isQuoted)
    }
    steps &+= next - start
    // Here-documents in one another are searched for their ends once for each.
    budget -= next - start
    guard budget >= 0 else { throw fault(.tooMuchText) }
    let body: Int
    if here.dropsTabs {
      let region = try addWithoutTabs(start, bodyEnd)
      body = open(.hereBody, at: region)
      if !here.isQuoted { try readHereSegments(region, bytes.count) }
      pos = bytes.count
    } else {
      body = open(.hereBody, at: start)
      if !here.isQuoted { try readHereSegments(start, bodyEnd) }
      pos = bodyEnd
    }
    close(body)
    if here.isQuoted { nodes[body].flags |= ShellNode.special }
    nodes[here.node].link = UInt32(truncatingIfNeeded: body)
    pos = next
  }

  /// Reads the expansions in a body.
  private mutating func readHereSegments(_ start: Int, _ bodyEnd: Int) throws(ShellFault) {
    let outer = (end, hereBase, inSubstitution, noBracketBefore)
    (pos, end, hereBase, inSubstitution) = (start, bodyEnd, pendingHere.count, false)
    noBracketBefore = 0
    try enter()
    try readQuotedSegments(closing: false)
    leave()
    (end, hereBase, inSubstitution, noBracketBefore) = outer
  }

  /// Where the text goes on if the delimiter is the line that begins at `line`.
  private mutating func delimiterEnd(
    _ line: Int, _ here: ShellPendingHere
  ) throws(ShellFault) -> Int? {
    var offset = line
    if here.dropsTabs { while at(offset) == 0x09 { offset += 1 } }
    for index in here.delimiter {
      if !here.isQuoted { offset = pastContinuations(offset) }
      guard at(offset) == delimiters[index], offset < end else { return nil }
      offset += 1
    }
    if !here.isQuoted { offset = pastContinuations(offset) }
    if offset >= end { return end }
    if at(offset) == UInt8(ascii: "\n") { return offset + 1 }
    // Shells take the parenthesis of a substitution after the delimiter, each in its own way.
    if inSubstitution {
      var close = offset
      while close < end, bytes[close] != UInt8(ascii: "\n") {
        if bytes[close] == UInt8(ascii: ")") { throw fault(.ambiguous) }
        close += 1
      }
    }
    return nil
  }

  /// The place where the next line begins; a backslash at a line's end joins it to the next.
  private mutating func nextLine(_ line: Int, joins: Bool) -> Int {
    var offset = line
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\n") { return offset }
      if joins && byte == UInt8(ascii: "\\") { offset += 1 }
    }
    return end
  }

  /// Adds a body without the tabs that begin its lines; gives the place where it begins.
  private mutating func addWithoutTabs(_ start: Int, _ bodyEnd: Int) throws(ShellFault) -> Int {
    budget -= bodyEnd - start
    guard budget >= 0 else { throw fault(.tooMuchText) }
    let region = addRegion(standingFor: start, bodyEnd)
    var begins = true
    for offset in start..<bodyEnd {
      let byte = bytes[offset]
      if begins && byte == 0x09 { continue }
      bytes.append(byte)
      begins = byte == UInt8(ascii: "\n")
    }
    return region
  }

  /// The end of the identifier of an assignment that begins here, or nil.
  ///
  /// - Parameters:
  ///   - array: whether a command word came before, so that only `name=(` counts, and that only
  ///   - allowed: if this is true.
  mutating func assignmentName(array: Bool, allowed: Bool) -> Int? {
    guard ShellByte.beginsName(at(pos)), !array || allowed else { return nil }
    var offset = pos
    while ShellByte.isName(at(offset)) { offset += 1 }
    let name = offset
    switch at(offset) {
    case UInt8(ascii: "["): return array ? nil : name
    case UInt8(ascii: "+"): offset += 1
    default: break
    }
    guard at(offset) == UInt8(ascii: "=") else { return nil }
    return array && at(offset + 1) != UInt8(ascii: "(") ? nil : name
  }

  /// Reads an assignment; gives whether it has turned out to be a word of a command.
  mutating func readAssignment(_ nameEnd: Int, argument: Bool) throws(ShellFault) -> Bool {
    let start = pos
    let node = open(.assignment, at: start)
    steps &+= nameEnd - start
    leaf(.name, start, nameEnd)
    pos = nameEnd
    if at(pos) == UInt8(ascii: "[") {
      let child = open(.index, at: pos)
      pos += 1
      try readSubscript()
      close(child)
    }
    if isContinuation(pos) { throw fault(.continuedToken) }
    if at(pos) == UInt8(ascii: "+"), at(pos + 1) == UInt8(ascii: "=") {
      nodes[node].flags |= ShellNode.special
      pos += 1
    }
    guard at(pos) == UInt8(ascii: "=") else {
      // `name[…]` is a word all the same, and blanks in the brackets belong to it.
      nodes[node].kind = .word
      nodes[node].flags |= ShellNode.odd
      try readSegments(.argument, of: node, from: pos)
      close(node)
      return true
    }
    pos += 1
    if at(pos) == UInt8(ascii: "(") {
      if argument { nodes[node].flags |= ShellNode.argument }
      try readArray()
    } else {
      let word = open(.word, at: pos)
      try readSegments(.value, of: word, from: pos)
      close(word)
    }
    close(node)
    return false
  }

  /// Reads the elements of an array: words, some with subscripts.
  private mutating func readArray() throws(ShellFault) {
    let array = open(.arrayValue, at: pos)
    try enter()
    try pass(1)
    while true {
      try skipLines()
      if at(pos) == UInt8(ascii: ")") { break }
      if at(pos) == UInt8(ascii: "[") {
        let child = open(.index, at: pos)
        pos += 1
        try readSubscript()
        close(child)
        if at(pos) == UInt8(ascii: "+") { pos += 1 }
        if at(pos) == UInt8(ascii: "=") { pos += 1 }
        if ShellByte.endsWord(at(pos)) && !beginsProcess(pos) { continue }
      } else if ShellByte.endsWord(at(pos)), !beginsProcess(pos) {
        throw unexpected()
      }
      try readWord(.argument)
    }
    pos += 1
    leave()
    close(array)
  }
}
