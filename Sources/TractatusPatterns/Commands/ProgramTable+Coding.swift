extension ProgramTable {
  /// Appends the table, the same bytes on every machine.
  package func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(programs)
    image.write(bodies)
    image.write(options)
    image.write(effects)
    image.write(entries)
    image.write(terminators)
    image.write(packages)
    image.write(slots)
    image.write(views)
    image.write(texts)
    bytes += image.bytes
  }

  /// Reads a table that `write(into:)` wrote; nil for bytes that cannot be one.
  package convenience init?(reading bytes: Span<UInt8>) {
    self.init(reading: ImageBytes(copying: bytes), 0..<bytes.count)
  }

  /// Reads a table back; nil when the bytes are no table, so that no index of one that is read
  /// lies outside its array, and every search ends.
  ///
  /// Linear in the bytes.
  ///
  /// - Parameters:
  ///   - bytes: what holds the table.
  ///   - range: where in them it lies.
  ///   - isTrusted: whether a seal has shown that this very build wrote the bytes; then no number
  ///     in them is checked.
  package convenience init?(
    reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool = false
  ) {
    var image = ImageReader(bytes, range, isTrusted: isTrusted)
    var tables = ProgramTableBuilder.Tables()
    guard let programs = image.words(), let bodies = image.words(),
      let options = image.words(), let effects = image.words(),
      let entries = image.words(), let terminators = image.words(),
      let packages = image.words(), let slots = image.words(),
      let views = image.words(), let texts = image.numbers(UInt8.self),
      image.isAtEnd
    else { return nil }
    tables.programs = programs
    tables.bodies = bodies
    tables.options = options
    tables.effects = effects
    tables.entries = entries
    tables.terminators = terminators
    tables.packages = packages
    tables.slots = slots
    tables.views = views
    tables.texts = texts
    guard isTrusted || tables.isSound else { return nil }
    self.init(tables)
  }
}

extension ProgramTableBuilder.Tables {
  /// Whether every index lies inside its array, and every search comes to an end.
  var isSound: Bool {
    guard programs.count % 5 == 0, bodies.count % 6 == 0, options.count % 6 == 0,
      effects.count % 5 == 0, entries.count % ProgramTable.entrySize == 0,
      terminators.count % 2 == 0,
      areProgramsSound, areOptionsSound, areEntriesSound
    else { return false }
    for at in stride(from: 0, to: bodies.count, by: 6) {
      guard holds(bodies[at], bodies[at + 1], effects.count / 5),
        holds(bodies[at + 2], bodies[at + 3], entries.count / ProgramTable.entrySize),
        bodies[at + 4] < views.count,
        views[Int(bodies[at + 4])] <= ProgramTable.readingLimit,
        holds(bodies[at + 4] + 1, views[Int(bodies[at + 4])], views.count)
      else { return false }
    }
    for at in stride(from: 0, to: effects.count, by: 5) {
      guard effects[at] < 9, effects[at + 1] < 9,
        holds(effects[at + 3], effects[at + 4], texts.count)
      else { return false }
    }
    for at in stride(from: 0, to: terminators.count, by: 2) {
      guard holds(terminators[at], terminators[at + 1], texts.count) else { return false }
    }
    return true
  }

  /// Whether a run of elements lies in an array of so many.
  private func holds(_ first: UInt32, _ count: UInt32, _ limit: Int) -> Bool {
    UInt64(first) + UInt64(count) <= UInt64(limit)
  }

  private var areProgramsSound: Bool {
    for at in stride(from: 0, to: programs.count, by: 5) {
      guard programs[at] < bodies.count / 6,
        holds(programs[at + 1], programs[at + 2], packages.count),
        holds(programs[at + 3], programs[at + 4], texts.count)
      else { return false }
    }
    return true
  }

  private var areOptionsSound: Bool {
    for at in stride(from: 0, to: options.count, by: 6) {
      guard options[at] <= 7 || options[at] == ProgramTable.untilArgument,
        holds(options[at + 2], options[at + 3], effects.count / 5),
        holds(options[at + 4], options[at + 5], terminators.count / 2)
      else { return false }
    }
    return true
  }

  private var areEntriesSound: Bool {
    for at in stride(from: 0, to: entries.count, by: ProgramTable.entrySize) {
      guard holds(entries[at + 1], entries[at + 2], texts.count) else { return false }
      let named = entries[at + 3]
      if entries[at] == ProgramTable.programScope {
        guard named < programs.count / 5 else { return false }
      } else {
        let isBody = named & ProgramTable.subcommandBit != 0
        let limit = isBody ? bodies.count / 6 : options.count / 6
        guard entries[at] < bodies.count / 6, named & ~ProgramTable.subcommandBit < limit else {
          return false
        }
      }
    }
    // The slots are a power of two, and some are free, or a search would go round for ever.
    if slots.isEmpty { return entries.isEmpty }
    guard slots.count & (slots.count - 1) == 0 else { return false }
    var isFree = false
    for slot in slots {
      if slot == UInt32.max {
        isFree = true
      } else if slot >= entries.count / ProgramTable.entrySize {
        return false
      }
    }
    return isFree
  }
}
