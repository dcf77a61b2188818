extension ShellParser {
  /// Expands `$name` and `${…}`.
  mutating func expandParameter(_ index: Int, quoted: Bool, fields: Bool) {
    let this = node(index)
    let name = Int(this.start)..<max(Int(this.start), Int(this.link))
    let operation = ShellParameterOperation(rawValue: this.flags & 15) ?? .other
    let many = splits(quoted, fields)
    // What is in the braces runs, though mostly its text is not what comes of it.
    let base = pieces.count
    let subscripted = Int(this.next) > index + 1 && node(index + 1).kind == .index
    if Int(this.next) > index + 1 { expandChildren(of: index, quoted: true, fields: false) }
    let provenance = pieces.count
    switch operation {
    case .plain:
      pushValue(
        of: name, subscript: subscripted ? index + 1 : nil, quoted: quoted, fields: fields)
    case .length: push(.number, 0..<0, quoted: quoted, many: many && !separatorsAreKnown)
    case .orElse, .assign, .orFail:
      let isKnown = !subscripted && hasText(name)
      if isKnown {
        pushValue(of: name, subscript: nil, quoted: quoted, fields: fields)
      } else if operation == .orElse, let folder = temporaryFolder(name, this) {
        push(literal: folder.lowerBound, folder.upperBound, quoted: quoted)
      } else {
        push(.variable, name, quoted: quoted, many: many || isAll(name))
        if operation == .assign, !name.isEmpty {
          variables.kill(variables.add(name, in: reader.bytes))
        }
      }
    case .prompt:
      note(.evaluatedText, name.lowerBound, Int(this.end), command: Int(context.parent))
      push(.unknown, 0..<0, quoted: quoted, many: many)
    case .indirect:
      if let value = scalar(name), let text = line.knownText(value), subscripts(text) {
        note(.evaluatedText, name.lowerBound, Int(this.end), command: Int(context.parent))
      }
      push(.unknown, 0..<0, quoted: quoted, many: fields)
    case .change, .transform, .alternative, .other:
      push(.variable, name, quoted: quoted, many: many || (fields && subscripted) || isAll(name))
    }
    // Where the text may come from, a substitution in the braces, is told after the parameter.
    if provenance > base { keepProvenance(base, provenance, many: many) }
  }

  /// The default of `${TMPDIR:-/tmp}` where nothing on the line can have set that: the variable
  /// names a folder for the same purpose.
  private mutating func temporaryFolder(_ name: Range<Int>, _ this: ShellNode) -> Range<Int>? {
    guard isText(name, "TMPDIR"), context.level == 0, !context.repeats, !context.isRepeated,
      variables.isUntouched, variables.find(name, in: reader.bytes) == nil
    else { return nil }
    var start = name.upperBound
    while start < Int(this.end), reader.bytes[start] == 0x3A || reader.bytes[start] == 0x2D {
      start += 1
    }
    let text = start..<max(start, Int(this.end) - 1)
    return isText(text, "/tmp") || isText(text, "/var/tmp") ? text : nil
  }

  private mutating func isText(_ range: Range<Int>, _ string: StaticString) -> Bool {
    guard range.count == string.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count {
      // SAFETY: the static string has as many bytes as its count says, and lives for ever.
      let byte = unsafe string.utf8Start[offset]
      if reader.bytes[range.lowerBound + offset] != byte { return false }
    }
    return true
  }

  /// Moves the substitutions among the pieces before `middle` behind the others.
  private mutating func keepProvenance(_ base: Int, _ middle: Int, many: Bool) {
    let end = pieces.count
    step(end - base)
    for offset in base..<middle where pieces[offset].part.kind == .substitution {
      var piece = pieces[offset]
      piece.role = many ? .many : .part
      piece.part.isQuoted = !many
      pieces.append(piece)
    }
    // A known value needs no more than itself.
    if (middle..<end).allSatisfy({ !pieces[$0].part.isUnknown }) {
      pieces.truncate(to: end)
    }
    pieces.removeSubrange(base..<middle)
  }

  /// Whether the name is `@` or `*`.
  private mutating func isAll(_ name: Range<Int>) -> Bool {
    guard name.count == 1 else { return false }
    let byte = reader.bytes[name.lowerBound]
    return byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
  }

  /// The certain value of a variable that is a single word.
  private mutating func scalar(_ name: Range<Int>) -> ShellWord? {
    guard !name.isEmpty, ShellByte.beginsName(reader.bytes[name.lowerBound]),
      let id = variables.find(name, in: reader.bytes)
    else { return nil }
    let value = variables.value(id)
    return value.kind == .scalar ? line.words[Int(value.first)] : nil
  }

  /// Whether a variable is certain to hold some text.
  private mutating func hasText(_ name: Range<Int>) -> Bool {
    guard let word = scalar(name), word.partCount > 0 else { return false }
    return !word.flags.contains(.hasUnknown) || word.flags.contains(.isKnown)
  }

  /// Adds the value of a parameter.
  private mutating func pushValue(
    of name: Range<Int>, subscript index: Int?, quoted: Bool, fields: Bool
  ) {
    let many = splits(quoted, fields)
    guard let first = name.isEmpty ? nil : reader.bytes[name.lowerBound] else {
      return push(.unknown, 0..<0, quoted: quoted, many: many)
    }
    guard ShellByte.beginsName(first) else {
      switch first {
      case UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: "!"):
        push(.number, 0..<0, quoted: quoted, many: many && !separatorsAreKnown)
      default: push(.variable, name, quoted: quoted, many: fields && (many || isAll(name)))
      }
      return
    }
    guard let id = variables.find(name, in: reader.bytes) else {
      let isElements = index.map { selectsAll($0) } ?? false
      return push(.variable, name, quoted: quoted, many: fields && (many || isElements))
    }
    let value = variables.value(id)
    switch value.kind {
    case .home where index == nil: push(.home, 0..<0, quoted: quoted)
    case .workingDirectory where index == nil: push(.workingDirectory, 0..<0, quoted: quoted)
    case .number where index == nil:
      push(.number, 0..<0, quoted: quoted, many: many && !separatorsAreKnown)
    case .scalar where index == nil:
      push(value: line.words[Int(value.first)], quoted: quoted, fields: fields)
    case .array: pushElements(of: value, name, index, quoted: quoted, fields: fields)
    default: push(.variable, name, quoted: quoted, many: fields && (many || index != nil))
    }
  }

  /// Whether a subscript is `[@]` or `[*]`.
  private mutating func selectsAll(_ index: Int) -> Bool {
    let this = node(index)
    guard this.end - this.start == 3 else { return false }
    let byte = reader.bytes[Int(this.start) + 1]
    return byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
  }

  /// Adds elements of an array.
  private mutating func pushElements(
    of value: ShellValue, _ name: Range<Int>, _ index: Int?, quoted: Bool, fields: Bool
  ) {
    let words = Int(value.first)..<(Int(value.first) + Int(value.count))
    var chosen = words.prefix(1)
    if let index {
      let this = node(index)
      let inner = (Int(this.start) + 1)..<max(Int(this.start) + 1, Int(this.end) - 1)
      let isStar = selectsAll(index) && reader.bytes[inner.lowerBound] == UInt8(ascii: "*")
      if selectsAll(index), fields, !(isStar && quoted) {
        chosen = words[...]
      } else if let number = plainNumber(inner) {
        chosen = words.dropFirst(number).prefix(1)
      } else {
        return push(.variable, name, quoted: quoted, many: fields)
      }
    }
    var isFirst = true
    for word in chosen {
      if !isFirst { push(mark: .split) }
      isFirst = false
      push(value: line.words[word], quoted: quoted, fields: fields)
    }
    if chosen.isEmpty && quoted && index.map({ !selectsAll($0) }) ?? true {
      push(mark: .nothing)
    }
  }

  /// The number that a few digits give.
  private mutating func plainNumber(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 6 else { return nil }
    // A leading zero would make it octal.
    if range.count > 1 && reader.bytes[range.lowerBound] == 0x30 { return nil }
    var value = 0
    for offset in range {
      guard ShellByte.isDigit(reader.bytes[offset]) else { return nil }
      value = value * 10 + Int(reader.bytes[offset] - 0x30)
    }
    return value
  }

  /// Adds a value that is a word: as it is between quotes, else split into fields, with its
  /// patterns alive.
  mutating func push(value word: ShellWord, quoted: Bool, fields: Bool) {
    var cost = 8
    for part in word.parts {
      cost += 8 + (line.parts[part].kind == .literal ? Int(line.parts[part].count) : 0)
    }
    expansionBudget -= cost
    step(cost / 8)
    let splitting = splits(quoted, fields)
    guard expansionBudget >= 0, !splitting || separatorsAreKnown else {
      return push(.unknown, 0..<0, quoted: quoted, many: splitting)
    }
    if quoted && fields { push(mark: .nothing) }
    for index in word.parts {
      let part = line.parts[index]
      if part.kind == .literal {
        if splitting {
          pushFields(part)
        } else {
          push(literal: part.range.lowerBound, part.range.upperBound, quoted: true)
        }
      } else {
        let isSplit = splitting && part.isUnknown && part.kind != .number
        push(part.kind, part.range, quoted: !splitting, many: isSplit)
      }
    }
  }

  /// Adds known text of an unquoted expansion: split at blanks, with patterns alive.
  private mutating func pushFields(_ part: ShellPart) {
    var offset = part.range.lowerBound
    let end = part.range.upperBound
    var start = offset
    while offset < end {
      let byte = reader.bytes[offset]
      let isSeparator = ShellByte.separatesFields(byte)
      let isGlob =
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
      if isSeparator || isGlob {
        if offset > start { push(literal: start, offset, quoted: false) }
        if isSeparator {
          push(mark: .split)
        } else if byte == UInt8(ascii: "[") {
          // Alone it is the name of a program; before more it may be a bracket expression.
          if part.count == 1 {
            push(literal: offset, offset + 1, quoted: false)
          } else {
            push(.unknown, 0..<0, quoted: false, many: true)
          }
        } else {
          push(.glob, offset..<(offset + 1), quoted: false)
        }
        start = offset + 1
      }
      offset += 1
    }
    if end > start { push(literal: start, end, quoted: false) }
  }
}
