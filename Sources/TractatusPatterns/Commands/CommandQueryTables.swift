import TractatusValues

/// What a set of tests of commands consists of.
struct CommandQueryTables: ~Copyable, Sendable {
  let records: CommandQueryRecords
  /// The tests of targets: those of each verb, then those of operands.
  let targetTests: [TargetTests]
  let index: CommandQueryIndex
  /// What differs between sets, so that a memory knows its own.
  let identity = Identity()

  /// An object that is nothing but itself.
  final class Identity: Sendable {}

  /// How many queries there are.
  var count: Int { records.queries.count }

  /// Builds a set.
  ///
  /// - Throws: `PatternSet.Refusal` of the first pattern that is refused.
  init(_ queries: [CommandQuery]) throws(PatternSet.Refusal) {
    var records = CommandQueryRecords()
    var targets = Targets()
    var visibles: [[UInt32]: UInt32] = [:]
    for (number, query) in queries.enumerated() {
      var record = CommandQueryRecords.Query()
      targets.owner = UInt32(truncatingIfNeeded: number)
      switch query.kind {
      case .isOpaque: record.kind = .isOpaque
      case .isUndeclared: record.kind = .isUndeclared
      case .runs(let runs):
        record.kind = .runs
        record.terms = records.add(runs.programs)
        record.options = records.add(
          runs.options,
          runs.options.map { targets.add($0.argument, CommandQueryRecords.operands) })
        if runs.isOnly { record.flags |= CommandQueryRecords.Query.isOnly }
        if runs.operand?.isNegated == true { record.flags |= CommandQueryRecords.Query.isNegated }
        if runs.lacksOperand { record.flags |= CommandQueryRecords.Query.lacksOperand }
        record.target = targets.add(runs.operand, CommandQueryRecords.operands)
      case .effect(let effect):
        record.kind = .effect
        record.verb = UInt32(effect.verb.rawValue)
        if effect.isOnly { record.flags |= CommandQueryRecords.Query.isOnly }
        if effect.undeclaredIsUnknown {
          record.flags |= CommandQueryRecords.Query.undeclaredIsUnknown
        }
        if effect.target?.isNegated == true {
          record.flags |= CommandQueryRecords.Query.isNegated
        }
        if effect.value?.isNegated == true {
          record.flags |= CommandQueryRecords.Query.isValueNegated
        }
        record.target = targets.add(effect.target, Int(effect.verb.rawValue))
        record.value = targets.add(effect.value, CommandQueryRecords.operands)
      case .pipes(let sources, let sinks):
        record.kind = .pipes
        record.terms = records.add(sources)
        record.sinks = records.add(sinks)
      }
      if let visible = query.visible {
        let next = UInt32(truncatingIfNeeded: records.visibles.count / 2)
        record.visible = visibles[visible] ?? next
        if visibles[visible] == nil {
          visibles[visible] = next
          records.visibles += [
            UInt32(truncatingIfNeeded: records.packages.count),
            UInt32(truncatingIfNeeded: visible.count),
          ]
          records.packages += visible
        }
      }
      records.queries.append(record)
    }
    var tests: [TargetTests] = []
    for group in targets.places.indices {
      tests.append(
        TargetTests(
          places: PlaceSet(targets.places[group]), placeOwners: targets.placeOwners[group],
          texts: try TextQuerySet(targets.texts[group]), textOwners: targets.textOwners[group]))
    }
    targetTests = tests
    index = CommandQueryIndex(records)
    self.records = records
  }

  /// The tests of operands, arguments and targets, as they are collected.
  private struct Targets {
    var places = [[PlaceQuery]](repeating: [], count: CommandQueryRecords.operands + 1)
    var placeOwners = [[UInt32]](repeating: [], count: CommandQueryRecords.operands + 1)
    var texts = [[[Pattern]]](repeating: [], count: CommandQueryRecords.operands + 1)
    var textOwners = [[UInt32]](repeating: [], count: CommandQueryRecords.operands + 1)
    /// The query that they are of.
    var owner: UInt32 = 0

    /// Adds a test; gives its number, as `CommandQueryRecords.Query.target`.
    mutating func add(_ target: CommandQuery.Target?, _ group: Int) -> UInt32 {
      switch target?.kind {
      case nil: return CommandQueryRecords.Query.none
      case .place(let place):
        places[group].append(place)
        placeOwners[group].append(owner)
        return UInt32(truncatingIfNeeded: (places[group].count - 1) * 2)
      case .text(let patterns):
        texts[group].append(patterns)
        textOwners[group].append(owner)
        return UInt32(truncatingIfNeeded: (texts[group].count - 1) * 2 + 1)
      }
    }
  }

  /// Whether both are made of the same queries.
  func equals(_ other: borrowing CommandQueryTables) -> Bool {
    guard records == other.records, targetTests.count == other.targetTests.count else {
      return false
    }
    for group in targetTests.indices where !targetTests[group].equals(other.targetTests[group]) {
      return false
    }
    return true
  }

  // MARK: Images

  /// Appends the set to `bytes`.
  func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(Self.magic)
    records.write(into: &image)
    for tests in targetTests { tests.write(into: &image) }
    index.write(into: &image)
    bytes += image.bytes
  }

  /// What an image of this layout begins with.
  private static let magic: UInt32 = 0x3551_4354

  /// Reads a set; nil for bytes that cannot be one.
  ///
  /// Of a trusted image no number is checked.
  init?(reading image: consuming ImageReader) {
    guard image.word() == Self.magic, let records = CommandQueryRecords(reading: &image) else {
      return nil
    }
    var tests: [TargetTests] = []
    for _ in 0...CommandQueryRecords.operands {
      guard let one = TargetTests(reading: &image, queries: records.queries.count) else {
        return nil
      }
      tests.append(one)
    }
    guard let index = CommandQueryIndex(reading: &image, records), image.isAtEnd,
      image.isTrusted || Self.isSound(records, tests)
    else { return nil }
    targetTests = tests
    self.index = index
    self.records = records
  }

  /// Whether the targets that queries name are there.
  private static func isSound(
    _ records: borrowing CommandQueryRecords, _ tests: borrowing [TargetTests]
  ) -> Bool {
    func isThere(_ target: CommandQueryRecords.Target) -> Bool {
      let number = Int(target.number / 2)
      let tests = tests[target.group]
      return number < (target.number % 2 == 0 ? tests.places.count : tests.texts.count)
    }
    for query in records.queries {
      if let target = records.target(of: query), !isThere(target) { return false }
      if let value = records.value(of: query), !isThere(value) { return false }
      for option in query.options {
        if let target = records.option(option, isOnly: false).argument, !isThere(target) {
          return false
        }
      }
    }
    return true
  }
}
