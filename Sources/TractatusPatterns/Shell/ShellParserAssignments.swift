extension ShellParser {
  /// Follows an assignment: what its value runs, and what the variable is then.
  mutating func assign(_ index: Int) {
    let this = node(index)
    let name = Int(node(index + 1).start)..<Int(node(index + 1).end)
    var child = Int(node(index + 1).next)
    var hasSubscript = false
    if child < Int(this.next), node(child).kind == .index {
      hasSubscript = true
      expandInside(child)
      if arithmeticAssigns(child) {
        forEachName(ofArithmetic: child) { parser, name in parser.affect(name, .kill) }
      }
      child = Int(node(child).next)
    }
    let appends = this.has(ShellNode.special)
    let isArray = child < Int(this.next) && node(child).kind == .arrayValue
    let base = pendingWords.count
    var isList = true
    if isArray {
      isList = expandElements(child)
    } else if child < Int(this.next) {
      expand(word: child, fields: false)
    } else {
      appendKnown(name.upperBound, name.upperBound)
    }
    let words = commitWords(from: base)
    pendingAssignments.append(
      ShellAssignment(
        name: UInt32(
          truncatingIfNeeded: name.lowerBound)..<UInt32(truncatingIfNeeded: name.upperBound),
        firstWord: UInt32(truncatingIfNeeded: words.lowerBound),
        wordCount: UInt32(truncatingIfNeeded: words.count), appends: appends,
        hasSubscript: hasSubscript, isArray: isArray))
    let id = variables.add(name, in: reader.bytes)
    if hasSubscript || !isList || isDynamic(name) {
      variables.kill(id)
    } else if appends {
      append(words, isArray: isArray, to: id, node: index)
    } else {
      variables.set(
        id,
        ShellValue(
          kind: isArray ? .array : .scalar, first: UInt32(truncatingIfNeeded: words.lowerBound),
          count: UInt32(truncatingIfNeeded: words.count)))
    }
  }

  /// Expands the elements of an array; gives whether they are a plain list of known length.
  private mutating func expandElements(_ index: Int) -> Bool {
    var isList = true
    let base = pendingWords.count
    var child = index + 1
    while child < Int(node(index).next) {
      switch node(child).kind {
      case .word: expand(word: child, fields: true)
      case .index:
        isList = false
        expandInside(child)
      default: break
      }
      child = Int(node(child).next)
    }
    for index in base..<pendingWords.count
    where pendingWords[index].flags.contains(.mayBeMany)
      && pendingWords[index].flags.contains(.hasUnknown)
    {
      isList = false
    }
    return isList
  }

  /// Appends to a variable's value.
  private mutating func append(_ words: Range<Int>, isArray: Bool, to id: Int, node index: Int) {
    let old = variables.value(id)
    if isArray {
      guard old.kind == .array || old.kind == .scalar else { return variables.kill(id) }
      let base = pendingWords.count
      expansionBudget -= 8 * (Int(old.count) + words.count)
      guard expansionBudget >= 0 else { return variables.kill(id) }
      let first = Int(old.first)
      for word in first..<(first + Int(old.count)) { pendingWords.append(line.words[word]) }
      for word in words { pendingWords.append(line.words[word]) }
      let all = commitWords(from: base)
      variables.set(
        id,
        ShellValue(
          kind: .array, first: UInt32(truncatingIfNeeded: all.lowerBound),
          count: UInt32(truncatingIfNeeded: all.count)))
      return
    }
    guard old.kind == .scalar, words.count == 1 else { return variables.kill(id) }
    let base = pieces.count
    push(value: line.words[Int(old.first)], quoted: true, fields: false)
    push(value: line.words[words.lowerBound], quoted: true, fields: false)
    let pending = pendingWords.count
    finishWord(from: base, node: index)
    let word = commitWords(from: pending).lowerBound
    variables.set(
      id, ShellValue(kind: .scalar, first: UInt32(truncatingIfNeeded: word), count: 1))
  }

  /// Assigns what an argument of `declare` says, and notes it with the other assignments.
  mutating func declareOne(_ index: Int, _ id: Int, _ name: Range<Int>) {
    let argument = arguments[index]
    var offset = name.upperBound
    let end = argument.range.upperBound
    let appends = offset < end && reader.bytes[offset] == UInt8(ascii: "+")
    if appends { offset += 1 }
    guard offset < end, reader.bytes[offset] == UInt8(ascii: "=") else {
      // With a subscript, or a name alone: what it is then is not followed.
      return variables.kill(id)
    }
    // The value is the word without its beginning; text is one part, whatever it came from.
    var word = line.words[argument.word]
    let parts = word.parts
    let first = line.parts[parts.lowerBound]
    word.firstPart = UInt32(truncatingIfNeeded: line.parts.count)
    let cut = UInt32(truncatingIfNeeded: offset + 1 - argument.range.lowerBound)
    if first.count > cut {
      var rest = first
      rest.start += cut
      rest.count -= cut
      line.parts.append(rest)
    }
    expansionBudget -= 8 * parts.count
    for part in parts.dropFirst() { line.parts.append(line.parts[part]) }
    word.partCount = UInt32(truncatingIfNeeded: line.parts.count) - word.firstPart
    let isSplit = word.flags.contains(.mayBeMany) && word.flags.contains(.hasUnknown)
    word.flags.remove(.mayBeMany)
    line.words.append(word)
    let value = line.words.count - 1
    pendingAssignments.append(
      ShellAssignment(
        name: UInt32(
          truncatingIfNeeded: name.lowerBound)..<UInt32(truncatingIfNeeded: name.upperBound),
        firstWord: UInt32(truncatingIfNeeded: value), wordCount: 1, appends: appends,
        hasSubscript: false, isArray: false))
    // `declare` does not split its assignments, `local` in other shells does.
    if appends || isDynamic(name) || isSplit && word.partCount > 1 {
      variables.kill(id)
    } else {
      variables.set(
        id, ShellValue(kind: .scalar, first: UInt32(truncatingIfNeeded: value), count: 1))
    }
  }

  /// Whether the shell itself gives a variable values.
  private mutating func isDynamic(_ name: Range<Int>) -> Bool {
    let start = name.lowerBound
    // All names that begin with these letters: BASH_…, EPOCH…, PIPESTATUS, SHELLOPTS.
    if name.count > 4, ShellName.isDynamicPrefix(ShellName.key(reader.bytes, start, start + 4)) {
      return true
    }
    return name.count <= 8
      && ShellName.isDynamic(ShellName.key(reader.bytes, start, name.upperBound))
  }
}
