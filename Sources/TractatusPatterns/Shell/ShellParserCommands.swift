extension ShellParser {
  /// Follows a simple command.
  mutating func runSimple(_ index: Int) {
    // What an error of syntax left of a command.
    let prefixes = ShellNode.negated | ShellNode.timed
    if Int(node(index).next) == index + 1 && !node(index).has(prefixes) { return }
    let command = add(.simple, index)
    let saved = enter(command, .substitution)
    let end = Int(node(index).next)
    let (wordBase, assignmentBase) = (pendingWords.count, pendingAssignments.count)
    var hasWords = false
    var hasAssignments = false
    var child = index + 1
    while child < end {
      let next = node(child)
      if next.kind == .word {
        hasWords = true
        expand(word: child, fields: true)
      } else if next.kind == .assignment {
        hasAssignments = true
      }
      child = Int(next.next)
    }
    let words = commitWords(from: wordBase)
    line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
    line.commands[command].wordCount = UInt32(truncatingIfNeeded: words.count)
    if hasWords { takeRedirections(of: index, for: command) }
    let mark = variables.mark()
    if hasAssignments {
      child = index + 1
      while child < end {
        if node(child).kind == .assignment, !node(child).has(ShellNode.argument) {
          assign(child)
        }
        child = Int(node(child).next)
      }
      // The assignments before a command are its own; those before nothing stay.
      if !words.isEmpty {
        let mayBeNothing = line.words[words.lowerBound].flags.contains(.mayBeMany)
        if mayBeNothing { variables.kill(since: mark) } else { variables.undo(mark) }
      }
    }
    if !hasWords { takeRedirections(of: index, for: command) }
    context = saved
    declaresPlainly = false
    if !words.isEmpty { judge(command, index) }
    if hasAssignments { assignArguments(index, command) }
    // What `declare` and the like assign stands with the other assignments.
    commitAssignments(from: assignmentBase, for: command)
    if !words.isEmpty, !aliases.isEmpty { runAlias(command, index) }
  }

  /// Follows the arrays among the arguments of `declare` and the like.
  private mutating func assignArguments(_ index: Int, _ command: Int) {
    let plainly = declaresPlainly
    let saved = enter(command, .substitution)
    var child = index + 1
    while child < Int(node(index).next) {
      if node(child).kind == .assignment, node(child).has(ShellNode.argument) {
        let mark = variables.mark()
        assign(child)
        if !plainly { variables.kill(since: mark) }
      }
      child = Int(node(child).next)
    }
    context = saved
  }

  private mutating func commitAssignments(from base: Int, for command: Int) {
    if pendingAssignments.count == base { return }
    line.commands[command].firstAssignment = UInt32(truncatingIfNeeded: line.assignments.count)
    line.commands[command].assignmentCount =
      UInt32(truncatingIfNeeded: pendingAssignments.count - base)
    for index in base..<pendingAssignments.count {
      line.assignments.append(pendingAssignments[index])
    }
    pendingAssignments.truncate(to: base)
  }

  /// Says whether the program is unknown, and what a builtin does to variables.
  private mutating func judge(_ command: Int, _ index: Int) {
    let words = line.commands[command].words
    let first = line.words[words.lowerBound]
    guard line.knownText(first) != nil else {
      if !hasKnownName(first) {
        note(.unknownProgram, Int(node(index).start), Int(node(index).end), command: command)
      }
      // It may be a builtin that assigns; no path is the name of one.
      return variables.forgetAll()
    }
    followBuiltin(command, index)
  }

  /// Whether the last component of a program's path is known although the rest is not.
  private mutating func hasKnownName(_ word: ShellWord) -> Bool {
    if word.flags.contains(.mayBeMany) || word.flags.contains(.hasGlob) { return false }
    if !word.flags.contains(.hasUnknown) { return true }
    let suffix = line.knownSuffix(word)
    guard let last = suffix.last, reader.bytes[last] != UInt8(ascii: "/") else { return false }
    return reader.bytes[suffix].contains(UInt8(ascii: "/"))
  }

  /// Follows the redirections among the children of a node.
  mutating func takeRedirections(of index: Int, for command: Int) {
    let end = Int(node(index).next)
    let base = pendingRedirections.count
    var child = index + 1
    while child < end {
      if node(child).kind == .redirection { takeRedirection(child, for: command) }
      child = Int(node(child).next)
      step()
    }
    if pendingRedirections.count == base { return }
    line.commands[command].firstRedirection =
      UInt32(truncatingIfNeeded: line.redirections.count)
    line.commands[command].redirectionCount =
      UInt32(truncatingIfNeeded: pendingRedirections.count - base)
    for index in base..<pendingRedirections.count {
      line.redirections.append(pendingRedirections[index])
    }
    pendingRedirections.truncate(to: base)
  }

  private mutating func takeRedirection(_ index: Int, for command: Int) {
    let this = node(index)
    guard var operation = ShellRedirection.Operator(rawValue: UInt8(this.flags & 15)) else {
      return
    }
    let saved = enter(command, .substitution)
    defer { context = saved }
    let name = node(index + 1)
    var variable: Range<UInt32> = 0..<0
    var descriptor: Int32 = -1
    if this.has(ShellNode.braces) {
      variable = (name.start + 1)..<max(name.start + 1, name.end - 2 + 1)
      let id = variables.add(
        Int(variable.lowerBound)..<Int(variable.upperBound), in: reader.bytes)
      variables.kill(id)
    } else {
      descriptor = explicitDescriptor(name) ?? impliedDescriptor(operation)
    }
    let target: Int
    if operation == .hereDocument {
      target = takeHereBody(Int(this.link), verbatim: this.has(ShellNode.special))
    } else {
      let base = pendingWords.count
      let child = Int(name.next)
      if child < Int(this.next) {
        expand(word: child, fields: operation != .hereString)
      }
      if pendingWords.count != base + 1 {
        // None, or several: an error of the shell's, which words decide that are unknown here.
        pendingWords.truncate(to: base)
        appendUnknown(index)
      }
      target = commitWords(from: base).lowerBound
      if operation == .duplicateOutput, descriptor == 1, namesFile(target) {
        operation = .bothOutputs
      }
    }
    pendingRedirections.append(
      ShellRedirection(
        operation: operation, isVerbatim: this.has(ShellNode.special), descriptor: descriptor,
        variable: variable, target: UInt32(truncatingIfNeeded: target)))
  }

  /// Whether the target of `>&` is a file: it begins with what no descriptor begins with, or all of
  /// it is known and it is neither a descriptor nor `-`.
  private mutating func namesFile(_ target: Int) -> Bool {
    let word = line.words[target]
    guard let text = line.knownText(word), let last = text.last else {
      guard word.partCount > 0 else { return false }
      let first = line.parts[Int(word.firstPart)]
      switch first.kind {
      case .home, .userHome, .workingDirectory: return true
      case .literal:
        guard let byte = first.range.first.map({ reader.bytes[$0] }) else { return false }
        return !ShellByte.isDigit(byte) && byte != UInt8(ascii: "-")
      default: return false
      }
    }
    let digits = reader.bytes[last] == UInt8(ascii: "-") ? text.dropLast() : text
    return !digits.allSatisfy { ShellByte.isDigit(reader.bytes[$0]) }
  }

  private mutating func explicitDescriptor(_ name: ShellNode) -> Int32? {
    guard name.end > name.start else { return nil }
    // The reader takes no larger number for a descriptor.
    var value: Int32 = 0
    for offset in Int(name.start)..<Int(name.end) {
      value = value &* 10 &+ Int32(reader.bytes[offset] &- 0x30)
    }
    return value
  }

  private mutating func impliedDescriptor(_ operation: ShellRedirection.Operator) -> Int32 {
    switch operation {
    case .input, .inputOutput, .duplicateInput, .hereDocument, .hereString: 0
    case .output, .append, .clobber, .duplicateOutput, .bothOutputs, .bothAppend: 1
    }
  }

  /// Expands a here-document's body to a word.
  private mutating func takeHereBody(_ body: Int, verbatim: Bool) -> Int {
    let base = pendingWords.count
    if body == 0 {
      appendUnknown(0)
    } else {
      expand(hereBody: body, verbatim: verbatim)
    }
    return commitWords(from: base).lowerBound
  }

  mutating func runCondition(_ index: Int) {
    let command = add(.condition, index)
    takeRedirections(of: index, for: command)
    let saved = enter(command, .substitution)
    let base = pendingWords.count
    var child = index + 1
    while child < Int(node(index).next) {
      if node(child).kind == .word { expand(word: child, fields: false) }
      child = Int(node(child).next)
    }
    let words = commitWords(from: base)
    line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
    line.commands[command].wordCount = UInt32(truncatingIfNeeded: words.count)
    for word in words { refuseEvaluated(line.words[word], command) }
    context = saved
  }

  /// Notes an opacity when a word's text, or the value of the variable that it names, holds a
  /// substitution in a subscript, which names and numbers expand.
  mutating func refuseEvaluated(_ word: ShellWord, _ command: Int) {
    guard let text = line.knownText(word) else { return }
    var isRefused = subscripts(text)
    if !isRefused { isRefused = valueSubscripts(named: text) }
    if isRefused {
      line.commands[command].flags.insert(.opaque)
      line.opacities.append(
        ShellOpacity(
          reason: .evaluatedText, range: word.range,
          command: Int32(truncatingIfNeeded: command)))
    }
  }

  /// Whether the known text of the variable of a name has a bracket, and a substitution after it.
  private mutating func valueSubscripts(named name: Range<Int>) -> Bool {
    guard !name.isEmpty, name.count < 256, let id = variables.find(name, in: reader.bytes)
    else { return false }
    let value = variables.value(id)
    return value.kind == .scalar && valueSubscripts(Int(value.first))
  }

  /// Whether a text has a bracket, and a substitution after it.
  mutating func subscripts(_ text: Range<Int>) -> Bool {
    step(text.count)
    var isOpen = false
    for offset in text {
      switch reader.bytes[offset] {
      case UInt8(ascii: "["): isOpen = true
      case UInt8(ascii: "$"), UInt8(ascii: "`"): if isOpen { return true }
      default: break
      }
    }
    return false
  }

  mutating func runArithmeticCommand(_ index: Int) {
    let command = add(.arithmetic, index)
    takeRedirections(of: index, for: command)
    let saved = enter(command, .substitution)
    runArithmetic(index, command: command)
    context = saved
  }

  /// Follows the expansions in an arithmetic expression, and what it assigns.
  mutating func runArithmetic(_ index: Int, command: Int) {
    let base = pieces.count
    let saved = enter(command, .substitution)
    expandChildren(of: index, quoted: true, fields: false)
    context = saved
    pieces.truncate(to: base)
    forEachName(ofArithmetic: index) { parser, name in
      guard let id = parser.variables.find(name, in: parser.reader.bytes) else { return }
      let value = parser.variables.value(id)
      if value.kind == .scalar, parser.valueSubscripts(Int(value.first)) {
        parser.note(.evaluatedText, name.lowerBound, name.upperBound, command: command)
      }
    }
    guard arithmeticAssigns(index) else { return }
    forEachName(ofArithmetic: index) { parser, name in
      let id = parser.variables.add(name, in: parser.reader.bytes)
      // Which names are assigned, and whether, hangs on values: what was a number still is one.
      let isNumber =
        parser.isNumber(parser.variables.value(id)) || parser.assignsFirst(name, in: index)
      parser.variables.set(id, ShellValue(kind: isNumber ? .number : .unknown))
    }
  }

  /// Whether a value is a whole number for certain.
  private mutating func isNumber(_ value: ShellValue) -> Bool {
    if value.kind == .number { return true }
    guard value.kind == .scalar, let text = line.knownText(line.words[Int(value.first)]),
      let first = text.first, text.count <= 20
    else { return false }
    let digits = reader.bytes[first] == UInt8(ascii: "-") ? text.dropFirst() : text
    return !digits.isEmpty && digits.allSatisfy { ShellByte.isDigit(reader.bytes[$0]) }
  }

  /// Whether an arithmetic expression begins with the assignment of a plain number to a name.
  private mutating func assignsFirst(_ name: Range<Int>, in index: Int) -> Bool {
    let end = Int(node(index).end)
    var offset = Int(node(index).start)
    while offset < name.lowerBound, opensArithmetic(reader.bytes[offset]) { offset += 1 }
    guard offset == name.lowerBound else { return false }
    offset = name.upperBound
    while offset < end, ShellByte.isBlank(reader.bytes[offset]) { offset += 1 }
    guard offset < end, reader.bytes[offset] == UInt8(ascii: "=") else { return false }
    offset += 1
    while offset < end, ShellByte.isBlank(reader.bytes[offset]) { offset += 1 }
    let first = offset
    while offset < end, ShellByte.isDigit(reader.bytes[offset]) { offset += 1 }
    guard offset > first else { return false }
    while offset < end, ShellByte.isBlank(reader.bytes[offset]) { offset += 1 }
    guard offset < end else { return true }
    switch reader.bytes[offset] {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"): return true
    default: return false
    }
  }

  /// Whether a byte stands before an arithmetic expression, and changes nothing in it.
  private mutating func opensArithmetic(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "$") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
      || ShellByte.isBlank(byte)
  }

  /// Whether an arithmetic expression may assign: it has `=`, `++` or `--`.
  mutating func arithmeticAssigns(_ index: Int) -> Bool {
    var assigns = false
    forEachStretch(ofArithmetic: index) { parser, range in
      if assigns { return }
      parser.step(range.count)
      var previous: UInt8 = 0
      for offset in range {
        let byte = parser.reader.bytes[offset]
        let isTwice =
          byte == previous && (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"))
        if isTwice || byte == UInt8(ascii: "=") {
          assigns = true
          return
        }
        previous = byte
      }
    }
    return assigns
  }

  /// Calls a function with each stretch of an arithmetic expression that is its own: not that of
  /// a substitution or an expression in it, which are followed for themselves.
  private mutating func forEachStretch(
    ofArithmetic index: Int, _ body: (inout ShellParser, Range<Int>) -> Void
  ) {
    let this = node(index)
    var start = Int(this.start)
    var child = index + 1
    while child < Int(this.next) {
      let inner = node(child)
      switch inner.kind {
      case .arithmetic, .command, .processInput, .processOutput:
        body(&self, start..<max(start, Int(inner.start)))
        start = max(start, Int(inner.end))
        child = Int(inner.next)
      default: child += 1
      }
      step()
    }
    body(&self, start..<max(start, Int(this.end)))
  }

  /// Calls a function with each identifier in an arithmetic expression.
  mutating func forEachName(
    ofArithmetic index: Int, _ body: (inout ShellParser, Range<Int>) -> Void
  ) {
    forEachStretch(ofArithmetic: index) { parser, range in
      parser.forEachName(in: range, body)
    }
  }

  /// Whether the known text of a word that is a variable's value has a bracket, and a
  /// substitution after it. Its text is read once.
  private mutating func valueSubscripts(_ index: Int) -> Bool {
    let word = line.words[index]
    if word.flags.contains(.isSearched) { return word.flags.contains(.hasSubscripts) }
    guard let text = line.knownText(word) else { return false }
    line.words[index].flags.insert(.isSearched)
    guard subscripts(text) else { return false }
    line.words[index].flags.insert(.hasSubscripts)
    return true
  }

  /// Calls a function with each identifier in a range of the bytes.
  mutating func forEachName(
    in range: Range<Int>, _ body: (inout ShellParser, Range<Int>) -> Void
  ) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = reader.bytes[offset]
      guard ShellByte.isName(byte) else {
        offset += 1
        continue
      }
      let start = offset
      while offset < range.upperBound, ShellByte.isName(reader.bytes[offset]) { offset += 1 }
      if ShellByte.beginsName(byte) { body(&self, start..<offset) }
    }
    step(range.count)
  }
}
