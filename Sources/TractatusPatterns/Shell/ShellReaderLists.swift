extension ShellReader {
  /// Reads a list of commands up to what ends it.
  ///
  /// - Parameter required: whether it must hold a command.
  mutating func readSequence(required: Bool) throws(ShellFault) {
    let sequence = open(.sequence, at: pos)
    try skipLines()
    if required && endsSequence() { throw unexpected() }
    while !endsSequence() {
      let first = try readAndOr()
      skipBlanks()
      switch at(pos) {
      case UInt8(ascii: ";"):
        if endsSequence() { break }
        try pass(1)
      case UInt8(ascii: "&"):
        try pass(1)
        nodes[first].flags |= ShellNode.background
      case UInt8(ascii: "\n"), UInt8(ascii: "#"), 0: break
      default: if !endsSequence() { throw unexpected() }
      }
      try skipLines()
    }
    close(sequence)
  }

  /// Reads pipelines joined by `&&` and `||`; gives the node of the first command.
  private mutating func readAndOr() throws(ShellFault) -> Int {
    let first = try readPipeline(.next)
    while true {
      skipBlanks()
      let byte = at(pos)
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"), at(pos + 1) == byte else {
        return first
      }
      try pass(2)
      try skipLines()
      _ = try readPipeline(byte == UInt8(ascii: "&") ? .and : .or)
    }
  }

  /// Reads commands joined by `|` and `|&`; gives the node of the first.
  private mutating func readPipeline(_ joint: ShellJoint) throws(ShellFault) -> Int {
    let (flags, key) = try readPrefixes()
    let first = nodes.count
    if flags != 0 && (endsSequence() || isSeparator(at(pos))) {
      leaf(.simple, pos, pos)
    } else {
      try readCommand(key)
    }
    nodes[first].joint = joint
    nodes[first].flags |= flags
    while true {
      skipBlanks()
      guard at(pos) == UInt8(ascii: "|"), at(pos + 1) != UInt8(ascii: "|") else { return first }
      let both = at(pos + 1) == UInt8(ascii: "&")
      try pass(both ? 2 : 1)
      try skipLines()
      let next = nodes.count
      let key = reservedWord(at: pos).key
      if key == ShellName.bang { throw unexpected() }
      try readCommand(key)
      nodes[next].joint = both ? .pipeBoth : .pipe
    }
  }

  /// Whether a pipeline that has a prefix may be empty before the byte.
  private mutating func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "&")
      || byte == UInt8(ascii: "#")
  }

  /// Reads `!` and `time` before a pipeline; gives flags of its first command, and the reserved
  /// word that it may begin with.
  private mutating func readPrefixes() throws(ShellFault) -> (flags: UInt16, key: UInt64) {
    var flags: UInt16 = 0
    while true {
      let word = reservedWord(at: pos)
      if word.key == ShellName.bang {
        flags ^= ShellNode.negated
        pos = word.end
      } else if word.key == ShellName.time {
        flags |= ShellNode.timed
        pos = word.end
        skipBlanks()
        if at(pos) == UInt8(ascii: "-") && at(pos + 1) == UInt8(ascii: "p")
          && ShellByte.endsWord(at(pos + 2))
        {
          pos += 2
          skipBlanks()
        }
        if at(pos) == UInt8(ascii: "-") && at(pos + 1) == UInt8(ascii: "-")
          && ShellByte.endsWord(at(pos + 2))
        {
          pos += 2
        }
      } else {
        // A pipeline that `! !` leaves as it was has a prefix all the same.
        return (flags, word.key)
      }
      skipBlanks()
    }
  }

  /// Reads one command with its redirections.
  mutating func readCommand() throws(ShellFault) {
    try readCommand(reservedWord(at: pos).key)
  }

  /// Reads one command, which may begin with a reserved word, with its redirections.
  private mutating func readCommand(_ key: UInt64) throws(ShellFault) {
    try checkCount()
    if at(pos) == UInt8(ascii: "(") {
      return try readParenthesis()
    }
    switch key {
    case 0: try readSimple()
    case ShellName.open: try readGroup()
    case ShellName.if: try readIf()
    case ShellName.while: try readWhile(until: false)
    case ShellName.until: try readWhile(until: true)
    case ShellName.for: try readFor(select: false)
    case ShellName.select: try readFor(select: true)
    case ShellName.case: try readCase()
    case ShellName.function: try readFunction()
    case ShellName.coproc: try readCoprocess()
    case ShellName.condition: try readCondition()
    case ShellName.bang, ShellName.in, ShellName.conditionEnd: throw unexpected()
    case let key where ShellName.endsList(key): throw unexpected()
    default: try readSimple()
    }
  }

  /// Reads assignments, words and redirections, or the definition of a function by `name()`.
  private mutating func readSimple() throws(ShellFault) {
    let command = open(.simple, at: pos)
    var words = 0
    var takesArrays = false
    while true {
      skipBlanks()
      let byte = at(pos)
      switch byte {
      case UInt8(ascii: "&") where at(pos + 1) == UInt8(ascii: ">"): try readRedirection()
      case 0, UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "|"),
        UInt8(ascii: "&"), UInt8(ascii: "#"):
        if nodes.count == command + 1 { throw unexpected() }
        return close(command)
      case UInt8(ascii: "("):
        guard words == 1, nodes.count == Int(nodes[command + 1].next),
          nodes[command + 1].kind == .word, at(pos + 1) != UInt8(ascii: "(")
        else { throw unexpected() }
        return try readFunctionBody(command)
      default:
        if beginsRedirection(byte) {
          try readRedirection()
        } else if let nameEnd = assignmentName(array: words > 0, allowed: takesArrays) {
          if try readAssignment(nameEnd, argument: words > 0) { words += 1 }
        } else {
          let word = nodes.count
          try readWord(.argument)
          try refuseContinued(word, first: words == 0)
          if words == 0 { takesArrays = declares(word) }
          words += 1
        }
      }
    }
  }

  /// Whether the word is a builtin that takes arrays as arguments.
  private mutating func declares(_ word: Int) -> Bool {
    guard nodes[word].isLeaf(word), nodes[word].end - nodes[word].start <= 8 else {
      return false
    }
    switch ShellName.key(bytes, Int(nodes[word].start), Int(nodes[word].end)) {
    case ShellName.declare, ShellName.typeset, ShellName.local, ShellName.export,
      ShellName.readonly, ShellName.alias, ShellName.eval, ShellName.`let`:
      return true
    default: return false
    }
  }

  /// Throws where a line continuation inside a word hides what a shell sees when it is gone: an
  /// assignment, a reserved word, a descriptor.
  private mutating func refuseContinued(_ word: Int, first: Bool) throws(ShellFault) {
    guard nodes[word].has(ShellNode.continued) else { return }
    let next = at(pos)
    var key: UInt64 = 0
    var count: UInt64 = 0
    var digits = true
    for offset in Int(nodes[word].start)..<pos {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") { continue }
      if first && byte == UInt8(ascii: "=") { throw fault(.continuedToken) }
      if !ShellByte.isDigit(byte) { digits = false }
      if count < 8 { key |= UInt64(byte) << (count * 8) }
      count += 1
    }
    let angle = next == UInt8(ascii: "<") || next == UInt8(ascii: ">")
    if angle && (digits || bytes[Int(nodes[word].start)] == UInt8(ascii: "{")) {
      throw fault(.continuedToken)
    }
    guard count <= 8 else { return }
    let isReserved =
      ShellName.endsList(key) || ShellName.beginsCompound(key) || key == ShellName.function
      || key == ShellName.coproc || key == ShellName.time || key == ShellName.in
    if isReserved { throw fault(.continuedToken) }
  }
}
