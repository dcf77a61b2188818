extension ShellParser {
  /// Expands a word and adds what it becomes to the pending words.
  ///
  /// - Parameter fields: whether it may become any number of words, as an argument does; else it
  ///   becomes one.
  mutating func expand(word index: Int, fields: Bool) {
    let this = node(index)
    if this.isLeaf(index) {
      return appendKnown(Int(this.start), Int(this.end))
    }
    let base = pieces.count
    expandChildren(of: index, quoted: false, fields: fields)
    if this.has(ShellNode.odd) {
      pieces.truncate(to: base)
      push(.unknown, 0..<0, quoted: false, many: true)
    }
    guard fields else { return finishWord(from: base, node: index) }
    if this.has(ShellNode.braces) {
      expandBraces(
        from: base, isJoined: this.has(ShellNode.continued) || this.has(ShellNode.joined))
    }
    if this.has(ShellNode.dollar), pieces[base...].contains(where: { $0.role == .split }) {
      pieces.truncate(to: base)
      push(.unknown, 0..<0, quoted: false, many: true)
    }
    finishFields(from: base, node: index)
  }

  /// Makes pending words of the pieces from `base` on: one for each field that has any piece.
  private mutating func finishFields(from base: Int, node index: Int) {
    var hasSplit = false
    for offset in base..<pieces.count where pieces[offset].role == .split { hasSplit = true }
    guard hasSplit else {
      if pieces.count > base { finishWord(from: base, node: index) }
      return
    }
    // The pieces of one field after the other go to the top, where words are made.
    let end = pieces.count
    var offset = base
    while offset < end {
      let start = pieces.count
      while offset < end, pieces[offset].role != .split {
        pieces.append(pieces[offset])
        offset += 1
      }
      if pieces.count > start { finishWord(from: start, node: index) }
      offset += 1
    }
    pieces.truncate(to: base)
  }

  /// Expands a here-document's body to one word.
  mutating func expand(hereBody index: Int, verbatim: Bool) {
    let this = node(index)
    if verbatim || Int(this.next) == index + 1 {
      return appendKnown(Int(this.start), Int(this.end))
    }
    let base = pieces.count
    expandChildren(of: index, quoted: true, fields: false)
    finishWord(from: base, node: index)
  }

  /// Expands the children of a node to pieces.
  mutating func expandChildren(of index: Int, quoted: Bool, fields: Bool) {
    depth += 1
    defer { depth -= 1 }
    var child = index + 1
    let end = Int(node(index).next)
    while child < end {
      expandPiece(child, quoted: quoted, fields: fields)
      child = Int(node(child).next)
    }
  }

  private mutating func expandPiece(_ index: Int, quoted: Bool, fields: Bool) {
    let this = node(index)
    let (start, end) = (Int(this.start), Int(this.end))
    step()
    switch this.kind {
    case .literal: push(literal: start, end, quoted: quoted, isPlain: !quoted)
    case .escaped: push(literal: start, end, quoted: true)
    case .single: pushQuoted(start, end)
    case .ansi: pushQuoted(decoded(start, end))
    case .double:
      if Int(this.next) == index + 1 {
        pushQuoted(start, end)
      } else {
        // The empty quotation keeps the word, whatever is in the quotes; not so "$@".
        let base = pieces.count
        expandChildren(of: index, quoted: true, fields: fields)
        let isAll =
          pieces.count == base + 1 && pieces[base].role == .many
          || (pieces.count == base && node(index + 1).kind == .parameter
            && node(index + 1).next == this.next)
        if !isAll { push(mark: .nothing) }
      }
    case .tilde: pushTilde(start, end)
    case .glob where fields: push(.glob, start..<end, quoted: false)
    case .fuzzy where fields || end - start != 1:
      expandInside(index)
      push(.unknown, 0..<0, quoted: false, many: fields)
    case .glob, .fuzzy: push(literal: start, end, quoted: quoted)
    case .braceOpen, .braceComma, .braceClose: pushBrace(this)
    case .parameter: expandParameter(index, quoted: quoted, fields: fields)
    case .command: pushCommands(.substitution, index, quoted: quoted, fields: fields)
    case .processInput: pushCommands(.processInput, index, quoted: true, fields: false)
    case .processOutput: pushCommands(.processOutput, index, quoted: true, fields: false)
    case .arithmetic:
      runArithmetic(index, command: Int(context.parent))
      push(.number, 0..<0, quoted: quoted, many: splits(quoted, fields) && !separatorsAreKnown)
    case .index: expandInside(index)
    case .extendedGlob:
      expandInside(index)
      push(.unknown, 0..<0, quoted: false, many: fields)
    default: break
    }
  }

  /// Follows the commands in what is not expanded to pieces.
  mutating func expandInside(_ index: Int) {
    let base = pieces.count
    expandChildren(of: index, quoted: true, fields: false)
    pieces.truncate(to: base)
  }

  /// Whether an expansion is split into fields.
  mutating func splits(_ quoted: Bool, _ fields: Bool) -> Bool { fields && !quoted }

  /// Whether `IFS` is what a shell begins with.
  var separatorsAreKnown: Bool {
    variables.value(ShellVariables.separators).kind == .separators
  }

  private mutating func pushQuoted(_ start: Int, _ end: Int) {
    pushQuoted(start..<end)
  }

  private mutating func pushQuoted(_ range: Range<Int>) {
    if range.isEmpty {
      push(mark: .nothing)
    } else {
      push(literal: range.lowerBound, range.upperBound, quoted: true)
    }
  }

  private mutating func pushBrace(_ this: ShellNode) {
    let role: ShellPiece.Role =
      switch this.kind {
      case .braceOpen: .braceOpen
      case .braceComma: .braceComma
      default: .braceClose
      }
    push(literal: Int(this.start), Int(this.end), quoted: false)
    pieces[pieces.count - 1].role = role
  }

  /// Adds the directory that a tilde with the name after it stands for.
  private mutating func pushTilde(_ start: Int, _ end: Int) {
    let name = (start + 1)..<end
    if name.isEmpty { return pushDirectory(ShellVariables.home, quoted: true) }
    let first = reader.bytes[name.lowerBound]
    if first == UInt8(ascii: "+"), name.count == 1 {
      pushDirectory(ShellVariables.workingDirectory, quoted: true)
    } else if first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
      || ShellByte.isDigit(first)
    {
      push(.unknown, 0..<0, quoted: true)
    } else {
      push(.userHome, name, quoted: true)
    }
  }

  /// Adds the home directory, or the working directory.
  mutating func pushDirectory(_ id: Int, quoted: Bool) {
    let value = variables.value(id)
    switch value.kind {
    case .home: push(.home, 0..<0, quoted: quoted)
    case .workingDirectory: push(.workingDirectory, 0..<0, quoted: quoted)
    case .scalar: push(value: line.words[Int(value.first)], quoted: quoted, fields: false)
    default: push(.unknown, 0..<0, quoted: quoted)
    }
  }

  /// Follows the commands of a substitution and adds what it becomes.
  private mutating func pushCommands(
    _ kind: ShellPart.Kind, _ index: Int, quoted: Bool, fields: Bool
  ) {
    let saved = context
    switch kind {
    case .processInput: context.relation = .processInput
    case .processOutput: context.relation = .processOutput
    default: context.relation = .substitution
    }
    context.flags.subtract([.negated, .timed, .followsSuccess, .followsFailure])
    let first = line.commands.count
    let mark = variables.mark()
    let end = Int(node(index).next)
    let body = pastBodies(index + 1, end)
    if body < end { run(sequence: body) }
    if first < line.commands.count { line.commands[first].flags.insert(.begins) }
    variables.undo(mark)
    context = saved
    push(
      kind, first..<line.commands.count, quoted: quoted, many: splits(quoted, fields))
  }

  /// Decodes the escapes of `$'…'`; gives where the text lies.
  private mutating func decoded(_ start: Int, _ end: Int) -> Range<Int> {
    var isPlain = true
    for offset in start..<end where reader.bytes[offset] == UInt8(ascii: "\\") {
      isPlain = false
      break
    }
    if isPlain { return start..<end }
    let from = reader.bytes.count
    var offset = start
    while offset < end {
      let byte = reader.bytes[offset]
      offset += 1
      if byte != UInt8(ascii: "\\") || offset >= end {
        reader.bytes.append(byte)
      } else if !decodeEscape(&offset, end) {
        // A NUL ends the text of the quotation.
        break
      }
    }
    step(end - start)
    return from..<reader.bytes.count
  }

  /// Decodes the escape whose backslash stands before `offset`; false when it gives a NUL.
  private mutating func decodeEscape(_ offset: inout Int, _ end: Int) -> Bool {
    let byte = reader.bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "a"): reader.bytes.append(0x07)
    case UInt8(ascii: "b"): reader.bytes.append(0x08)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): reader.bytes.append(0x1B)
    case UInt8(ascii: "f"): reader.bytes.append(0x0C)
    case UInt8(ascii: "n"): reader.bytes.append(0x0A)
    case UInt8(ascii: "r"): reader.bytes.append(0x0D)
    case UInt8(ascii: "t"): reader.bytes.append(0x09)
    case UInt8(ascii: "v"): reader.bytes.append(0x0B)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
      reader.bytes.append(byte)
    case 0x30...0x37:
      offset -= 1
      let value = digits(&offset, end, most: 3, base: 8) ?? 0
      guard value & 0xFF != 0 else { return false }
      reader.bytes.append(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "x"): return decodeHexadecimal(&offset, end)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let most = byte == UInt8(ascii: "u") ? 4 : 8
      guard let value = digits(&offset, end, most: most, base: 16) else {
        reader.bytes.append(UInt8(ascii: "\\"))
        reader.bytes.append(byte)
        return true
      }
      guard value != 0 else { return false }
      appendScalar(value)
    case UInt8(ascii: "c") where offset < end:
      var control = reader.bytes[offset]
      offset += 1
      // `\c\\` is one control character, not two.
      if control == UInt8(ascii: "\\"), offset < end, reader.bytes[offset] == control {
        offset += 1
      }
      if control >= 0x61 && control <= 0x7A { control -= 0x20 }
      let value = control == UInt8(ascii: "?") ? 0x7F : control & 0x1F
      guard value != 0 else { return false }
      reader.bytes.append(value)
    default:
      reader.bytes.append(UInt8(ascii: "\\"))
      reader.bytes.append(byte)
    }
    return true
  }

  /// Decodes `\xHH` or `\x{H…}`.
  private mutating func decodeHexadecimal(_ offset: inout Int, _ end: Int) -> Bool {
    var most = 2
    let isBraced = offset < end && reader.bytes[offset] == UInt8(ascii: "{")
    if isBraced {
      offset += 1
      most = end - offset
    }
    guard let value = digits(&offset, end, most: most, base: 16) else {
      reader.bytes.append(UInt8(ascii: "\\"))
      reader.bytes.append(UInt8(ascii: "x"))
      if isBraced { reader.bytes.append(UInt8(ascii: "{")) }
      return true
    }
    if isBraced, offset < end, reader.bytes[offset] == UInt8(ascii: "}") { offset += 1 }
    guard value & 0xFF != 0 else { return false }
    reader.bytes.append(UInt8(truncatingIfNeeded: value))
    return true
  }

  /// The number that digits give, at most `most` of them; nil when there are none.
  private mutating func digits(
    _ offset: inout Int, _ end: Int, most: Int, base: UInt32
  ) -> UInt32? {
    var value: UInt32 = 0
    var count = 0
    while count < most, offset < end,
      let digit = ShellByte.hexadecimal(reader.bytes[offset]), digit < base
    {
      value = value &* base &+ digit
      offset += 1
      count += 1
    }
    return count == 0 ? nil : value
  }

  /// Adds a scalar in UTF-8; one beyond Unicode as bytes that no known text has.
  private mutating func appendScalar(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else {
      return reader.bytes.append(0xFF)
    }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      reader.bytes.append(byte)
    }
  }
}
