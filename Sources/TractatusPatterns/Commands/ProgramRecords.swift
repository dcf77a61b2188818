/// An option of a `ProgramTable`.
struct ProgramOptionRecord {
  /// 0 for a flag, one more than the type's number for one word, else `untilArgument`.
  var argument: UInt32
  /// Whether operands count from the second while it is given.
  var replacesFirstOperand: Bool
  /// Its effects.
  var effects: Range<Int>
  /// The words that end its argument.
  var terminators: Range<Int>

  /// The type of its argument, if it is one word.
  var type: ProgramDescription.ArgumentType? {
    argument == 0 || argument > 7
      ? nil : ProgramDescription.ArgumentType(rawValue: UInt8(truncatingIfNeeded: argument - 1))
  }
}

/// An effect of a `ProgramTable`.
struct ProgramEffectRecord {
  /// What an effect is on, in the order of `ProgramDescription.Target`.
  enum Target: UInt8 {
    case argument, operands, firstOperand, lastOperand, otherOperands, cwd, input, after, none

    /// Whether it is some of the operands.
    var isOperand: Bool { rawValue >= 1 && rawValue <= 4 }
  }

  var verb: CommandEffectFact.Verb
  var target: Target
  var isJoined: Bool
  var isExtended: Bool
  /// Whether it says that the last name of what is printed matches an option's argument.
  var isName: Bool { verb == .yields && target == .argument && isExtended }
  /// The readings that see it.
  var mask: UInt32
  /// Of `after`: where the text lies in the table's texts.
  var text: Range<Int>
}

extension ProgramTable {
  /// Whether a spelling says that a program goes down into directories: `-r`, `-R`, `-a`,
  /// `--recursive`, `--archive`.
  static func isRecursive(_ spelling: Span<UInt8>) -> Bool {
    if spelling.count == 2 {
      guard spelling[0] == UInt8(ascii: "-") else { return false }
      return spelling[1] == UInt8(ascii: "r") || spelling[1] == UInt8(ascii: "R")
        || spelling[1] == UInt8(ascii: "a")
    }
    return isEqual(spelling, "--recursive") || isEqual(spelling, "--archive")
  }

  /// Whether a spelling says in which directory a program works: `-C`, `--directory`, `--chdir`,
  /// `--cd`, `--work-tree`.
  static func isDirectory(_ spelling: Span<UInt8>) -> Bool {
    isEqual(spelling, "-C") || isEqual(spelling, "--directory") || isEqual(spelling, "--chdir")
      || isEqual(spelling, "--cd") || isEqual(spelling, "--work-tree")
  }

  private static func isEqual(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
    guard text.count == other.utf8CodeUnitCount else { return false }
    // SAFETY: the static string has as many bytes as its count says, and lives for ever.
    for offset in 0..<text.count where unsafe text[offset] != other.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether an option says that the program goes down into directories.
  func isRecursive(_ option: Int) -> Bool { options[option * 6 + 1] & 4 != 0 }

  /// Whether an option says in which directory the program works.
  func isDirectory(_ option: Int) -> Bool { options[option * 6 + 1] & 8 != 0 }

  /// The option with a number.
  func option(_ number: Int) -> ProgramOptionRecord {
    let at = number * 6
    let effect = Int(options[at + 2])
    let terminator = Int(options[at + 4])
    return ProgramOptionRecord(
      argument: options[at], replacesFirstOperand: options[at + 1] & 1 != 0,
      effects: effect..<(effect + Int(options[at + 3])),
      terminators: terminator..<(terminator + Int(options[at + 5])))
  }

  /// The effect with a number.
  func effect(_ number: Int) -> ProgramEffectRecord {
    let at = number * 5
    let text = Int(effects[at + 3])
    return ProgramEffectRecord(
      verb: CommandEffectFact.Verb(rawValue: UInt8(truncatingIfNeeded: effects[at])) ?? .reads,
      target: ProgramEffectRecord.Target(rawValue: UInt8(truncatingIfNeeded: effects[at + 1]))
        ?? .none,
      isJoined: effects[at + 2] & 1 != 0, isExtended: effects[at + 2] & 2 != 0,
      mask: effects[at + 2] >> 8,
      text: text..<(text + Int(effects[at + 4])))
  }

  /// The effects of a body itself.
  func effects(of body: Int) -> Range<Int> {
    let first = Int(bodies[body * 6])
    return first..<(first + Int(bodies[body * 6 + 1]))
  }

  /// The entries of a body, sorted by their texts.
  func entries(of body: Int) -> Range<Int> {
    let first = Int(bodies[body * 6 + 2])
    return first..<(first + Int(bodies[body * 6 + 3]))
  }

  /// The traits of a body.
  @inline(__always)
  func traits(of body: Int) -> UInt32 { bodies[body * 6 + 5] }

  /// How many packages declare the program that a body is of, up to `readingLimit`: so many
  /// readings it has.
  func readingCount(of body: Int) -> Int { Int(views[Int(bodies[body * 6 + 4])]) }

  /// The traits of a body to one of the readings.
  func traits(of body: Int, reading: Int) -> UInt32 {
    views[Int(bodies[body * 6 + 4]) + 1 + reading]
  }

  /// The readings that see an entry.
  func mask(ofEntry entry: Int) -> UInt32 { entries[entry * Self.entrySize + 4] }

  /// The text of an entry, as a range of `texts`.
  func text(ofEntry entry: Int) -> Range<Int> {
    let start = Int(entries[entry * Self.entrySize + 1])
    return start..<(start + Int(entries[entry * Self.entrySize + 2]))
  }

  /// The text of a terminator, as a range of `texts`.
  func terminator(_ number: Int) -> Range<Int> {
    let start = Int(terminators[number * 2])
    return start..<(start + Int(terminators[number * 2 + 1]))
  }

  /// The first entry of a body whose text is not before `prefix`.
  ///
  /// Logarithmic in the body's entries.
  func firstEntry(notBefore prefix: Span<UInt8>, in body: Int) -> Int {
    let range = entries(of: body)
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if precedes(text(ofEntry: middle), prefix) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether an entry's text begins with a prefix.
  func begins(_ entry: Int, with prefix: Span<UInt8>) -> Bool {
    let text = text(ofEntry: entry)
    guard text.count >= prefix.count else { return false }
    for offset in 0..<prefix.count where texts[text.lowerBound + offset] != prefix[offset] {
      return false
    }
    return true
  }

  private func precedes(_ text: Range<Int>, _ other: Span<UInt8>) -> Bool {
    for offset in 0..<min(text.count, other.count) {
      let (left, right) = (texts[text.lowerBound + offset], other[offset])
      if left != right { return left < right }
    }
    return text.count < other.count
  }
}
