extension ShellReader {
  /// Reads `(( … ))`, or a subshell.
  mutating func readParenthesis() throws(ShellFault) {
    let start = pos
    if at(start + 1) == UInt8(ascii: "("), !notArithmetic.contains(start) {
      let saved = attempt()
      let command = open(.arithmeticCommand, at: start)
      pos += 2
      if try readArithmetic() {
        close(command)
        return try readTrailing(command)
      }
      try retreat(to: saved)
      notArithmetic.insert(start)
    }
    let command = open(.subshell, at: start)
    try enter()
    // The continuation that could make arithmetic of it.
    try pass(1)
    try readInner(substitution: false)
    try expect(byte: UInt8(ascii: ")"))
    leave()
    close(command)
    try readTrailing(command)
  }

  /// Reads the list in parentheses.
  private mutating func readInner(substitution: Bool) throws(ShellFault) {
    let outer = inSubstitution
    inSubstitution = substitution
    try readSequence(required: !substitution)
    inSubstitution = outer
  }

  /// Reads the redirections after a compound command, into it.
  ///
  /// The command is the last node that was closed.
  mutating func readTrailing(_ command: Int) throws(ShellFault) {
    skipBlanks()
    guard beginsRedirection(at(pos)) else { return }
    openNodes.append(command)
    while beginsRedirection(at(pos)) {
      try readRedirection()
      skipBlanks()
    }
    close(command)
  }

  /// Reads `{ … }`.
  mutating func readGroup() throws(ShellFault) {
    let command = open(.group, at: pos)
    try readBraces()
    close(command)
    try readTrailing(command)
  }

  private mutating func readBraces() throws(ShellFault) {
    try enter()
    try expect(ShellName.open)
    try readSequence(required: true)
    try expect(ShellName.close)
    leave()
  }

  /// Reads `if … then … elif … else … fi`.
  mutating func readIf() throws(ShellFault) {
    let command = open(.ifClause, at: pos)
    try enter()
    try expect(ShellName.if)
    try readSequence(required: true)
    try expect(ShellName.then)
    try readSequence(required: true)
    while true {
      let word = reservedWord(at: pos)
      guard word.key == ShellName.elif else { break }
      pos = word.end
      try readSequence(required: true)
      try expect(ShellName.then)
      try readSequence(required: true)
    }
    let word = reservedWord(at: pos)
    if word.key == ShellName.else {
      pos = word.end
      try readSequence(required: true)
    }
    try expect(ShellName.fi)
    leave()
    close(command)
    try readTrailing(command)
  }

  /// Reads `while … do … done`.
  mutating func readWhile(until: Bool) throws(ShellFault) {
    let command = open(.whileLoop, at: pos)
    if until { nodes[command].flags |= ShellNode.variant }
    try enter()
    pos += 5
    try readSequence(required: true)
    try readLoopBody()
    leave()
    close(command)
    try readTrailing(command)
  }

  private mutating func readLoopBody() throws(ShellFault) {
    try expect(ShellName.do)
    try readSequence(required: true)
    try expect(ShellName.done)
  }

  /// Reads `for name in …; do … done` and `for (( … ))`, each also with `{ … }`.
  mutating func readFor(select: Bool) throws(ShellFault) {
    let command = open(.forLoop, at: pos)
    if select { nodes[command].flags |= ShellNode.variant }
    try enter()
    pos = reservedWord(at: pos).end
    skipBlanks()
    if !select, at(pos) == UInt8(ascii: "("), at(pos + 1) == UInt8(ascii: "(") {
      nodes[command].kind = .arithmeticFor
      let head = open(.arithmetic, at: pos)
      pos += 2
      guard try readArithmetic() else { throw unexpected() }
      close(head)
    } else {
      try readName()
      try skipLines()
      let word = reservedWord(at: pos)
      if word.key == ShellName.in {
        nodes[command].flags |= ShellNode.hasList
        pos = word.end
        skipBlanks()
        while !ShellByte.endsWord(at(pos)) || beginsProcess(pos) {
          if at(pos) == UInt8(ascii: "#") { break }
          try readWord(.argument)
          skipBlanks()
        }
        guard
          at(pos) == UInt8(ascii: ";") || at(pos) == UInt8(ascii: "\n")
            || at(pos) == UInt8(ascii: "#")
        else { throw unexpected() }
      }
    }
    skipBlanks()
    if at(pos) == UInt8(ascii: ";") { try pass(1) }
    try skipLines()
    if reservedWord(at: pos).key == ShellName.open {
      try readBraces()
    } else {
      try readLoopBody()
    }
    leave()
    close(command)
    try readTrailing(command)
  }

  /// Reads an identifier.
  private mutating func readName() throws(ShellFault) {
    let start = pos
    guard ShellByte.beginsName(at(pos)) else { throw unexpected() }
    while ShellByte.isName(at(pos)) { pos += 1 }
    leaf(.name, start, pos)
    guard ShellByte.endsWord(at(pastContinuations(pos))) else { throw unexpected() }
  }

  /// Reads `case … in … esac`.
  mutating func readCase() throws(ShellFault) {
    let command = open(.caseClause, at: pos)
    try enter()
    try expect(ShellName.case)
    skipBlanks()
    guard !ShellByte.endsWord(at(pos)) || beginsProcess(pos) else { throw unexpected() }
    try readWord(.subject)
    try skipLines()
    try expect(ShellName.in)
    try skipLines()
    while reservedWord(at: pos).key != ShellName.esac {
      let item = open(.caseItem, at: pos)
      if at(pos) == UInt8(ascii: "(") {
        pos += 1
        skipBlanks()
      }
      while true {
        guard !ShellByte.endsWord(at(pos)) || beginsProcess(pos) else { throw unexpected() }
        try readWord(.subject)
        skipBlanks()
        if at(pos) != UInt8(ascii: "|") { break }
        pos += 1
        skipBlanks()
      }
      try expect(byte: UInt8(ascii: ")"))
      try readSequence(required: false)
      close(item)
      if at(pos) == UInt8(ascii: ";") {
        let both = at(pos + 1) == UInt8(ascii: ";") && at(pos + 2) == UInt8(ascii: "&")
        try pass(both ? 3 : 2)
        try skipLines()
      } else if reservedWord(at: pos).key != ShellName.esac {
        throw unexpected()
      }
    }
    try expect(ShellName.esac)
    leave()
    close(command)
    try readTrailing(command)
  }

  /// Reads `function name [()] …`.
  mutating func readFunction() throws(ShellFault) {
    let command = open(.function, at: pos)
    pos = reservedWord(at: pos).end
    skipBlanks()
    guard !ShellByte.endsWord(at(pos)) else { throw unexpected() }
    try readWord(.subject)
    skipBlanks()
    if at(pos) == UInt8(ascii: "(") {
      let start = pos
      pos += 1
      skipBlanks()
      if at(pos) == UInt8(ascii: ")") {
        pos += 1
      } else {
        pos = start
      }
    }
    try readFunctionCommand(command)
  }

  /// Reads the rest of `name() …`, of which `command` holds the name.
  mutating func readFunctionBody(_ command: Int) throws(ShellFault) {
    nodes[command].kind = .function
    pos += 1
    skipBlanks()
    try expect(byte: UInt8(ascii: ")"))
    try readFunctionCommand(command)
  }

  /// Reads the compound command that a function runs.
  private mutating func readFunctionCommand(_ command: Int) throws(ShellFault) {
    try skipLines()
    try enter()
    guard beginsCompound(pos) else { throw unexpected() }
    try readCommand()
    leave()
    close(command)
  }

  /// Whether a compound command begins at a place.
  private mutating func beginsCompound(_ offset: Int) -> Bool {
    at(offset) == UInt8(ascii: "(")
      || ShellName.beginsCompound(reservedWord(at: offset).key)
  }

  /// Reads `coproc`, whose name can only stand before a compound command.
  mutating func readCoprocess() throws(ShellFault) {
    let command = open(.coprocess, at: pos)
    try enter()
    pos = reservedWord(at: pos).end
    skipBlanks()
    if !beginsCompound(pos), ShellByte.beginsName(at(pos)) {
      var offset = pos
      while ShellByte.isName(at(offset)) { offset += 1 }
      let nameEnd = offset
      while ShellByte.isBlank(at(offset)) { offset += 1 }
      steps &+= offset - pos
      if offset > nameEnd && beginsCompound(offset) {
        leaf(.name, pos, nameEnd)
        pos = offset
      }
    }
    try readCommand()
    leave()
    close(command)
  }

  /// Reads `[[ … ]]`: operands, and operators as words.
  mutating func readCondition() throws(ShellFault) {
    let command = open(.condition, at: pos)
    try enter()
    try expect(ShellName.condition)
    var parentheses = 0
    var isPattern = false
    while true {
      try skipLines()
      let byte = at(pos)
      if byte == UInt8(ascii: "]"), reservedWord(at: pos).key == ShellName.conditionEnd { break }
      let start = pos
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        parentheses += byte == UInt8(ascii: "(") ? 1 : -1
        if parentheses < 0 { throw unexpected() }
        pos += 1
      case UInt8(ascii: "&"), UInt8(ascii: "|"):
        guard at(pos + 1) == byte else { throw unexpected() }
        pos += 2
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if beginsProcess(pos) {
          try readWord(.subject)
        } else {
          pos += 1
          leaf(.word, start, pos)
        }
      default:
        guard !ShellByte.endsWord(byte) else { throw unexpected() }
        try readWord(isPattern ? .expression : .subject)
        isPattern =
          pos == start + 2 && bytes[start] == UInt8(ascii: "=")
          && bytes[start + 1] == UInt8(ascii: "~")
        continue
      }
      isPattern = false
    }
    if parentheses != 0 || Int(nodes.count) == command + 1 { throw unexpected() }
    try expect(ShellName.conditionEnd)
    leave()
    close(command)
    try readTrailing(command)
  }

  /// What a failed attempt goes back to.
  struct Attempt {
    var pos: Int
    var nodes: Int
    var open: Int
    var depth: Int
    var here: Int
    var notes: Int
  }

  /// Notes the present state.
  mutating func attempt() -> Attempt {
    Attempt(
      pos: pos, nodes: nodes.count, open: openNodes.count, depth: depth,
      here: pendingHere.count, notes: notes.count)
  }

  /// Goes back to a state, unless too much would be read once more.
  mutating func retreat(to saved: Attempt) throws(ShellFault) {
    budget -= pos - saved.pos
    guard budget >= 0 else { throw fault(.tooMuchText) }
    pos = saved.pos
    nodes.truncate(to: saved.nodes)
    openNodes.truncate(to: saved.open)
    depth = saved.depth
    pendingHere.truncate(to: saved.here)
    notes.truncate(to: saved.notes)
  }
}
