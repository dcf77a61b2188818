import TractatusValues

/// All tests of the commands that one attribute holds, numbered, with an index of what they ask
/// for.
///
/// Immutable flat arrays, part of a program image. A query's number is its position in the list
/// that the set was built from. Keep one scratch for each set and thread.
package struct CommandQuerySet: Sendable, Equatable {
  var records = CommandQueryRecords()
  /// The tests of places: those of each verb, then those of operands.
  var places: [PlaceSet] = []
  /// Of each test of a place, by verb: the number of its query.
  var placeOwners: [[UInt32]] = []
  /// The tests of texts, of all verbs and operands.
  var texts: TextQuerySet
  /// Of each test of a text: the number of its query.
  var textOwners: [UInt32] = []
  var index = CommandQueryIndex()

  /// How many queries there are.
  package var count: Int { records.queries.count }

  /// Builds a set.
  ///
  /// - Throws: `PatternSet.Refusal` of the first pattern that is refused.
  package init(_ queries: [CommandQuery]) throws(PatternSet.Refusal) {
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
    places = targets.places.map { PlaceSet($0) }
    placeOwners = targets.placeOwners
    texts = try TextQuerySet(targets.texts)
    textOwners = targets.textOwners
    index = CommandQueryIndex(records)
  }

  /// The tests of operands, arguments and targets, as they are collected.
  private struct Targets {
    var places = [[PlaceQuery]](repeating: [], count: CommandQueryRecords.operands + 1)
    var placeOwners = [[UInt32]](repeating: [], count: CommandQueryRecords.operands + 1)
    var texts: [[Pattern]] = []
    var textOwners: [UInt32] = []
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
        texts.append(patterns)
        textOwners.append(owner)
        return UInt32(truncatingIfNeeded: (texts.count - 1) * 2 + 1)
      }
    }
  }

  // MARK: Images

  /// Appends the set to `bytes`, in a form that `init(reading:_:)` takes back.
  package func write(into bytes: inout [UInt8]) {
    var image = ImageWriter()
    image.write(Self.magic)
    records.write(into: &image)
    for (set, owners) in zip(places, placeOwners) {
      var bytes: [UInt8] = []
      set.write(into: &bytes)
      image.write(bytes)
      image.write(owners)
    }
    texts.write(into: &image)
    image.write(textOwners)
    bytes += image.bytes
  }

  /// What an image of this layout begins with.
  private static let magic: UInt32 = 0x3351_4354

  /// Reads a set that `write(into:)` wrote to a part of `bytes`; nil for bytes that cannot be one.
  ///
  /// Never traps: every number is checked, so that a set that is returned can be asked safely
  /// whatever the bytes, though bytes that were changed on purpose can make another of it.
  package init?(reading bytes: [UInt8], _ range: Range<Int>) {
    var image = ImageReader(bytes, range)
    guard image.word() == Self.magic, let records = CommandQueryRecords(reading: &image) else {
      return nil
    }
    for _ in 0...CommandQueryRecords.operands {
      guard let bytes = image.byteArray(), let set = PlaceSet(reading: bytes, 0..<bytes.count),
        let owners = image.words(), owners.count == set.count
      else { return nil }
      places.append(set)
      placeOwners.append(owners)
    }
    guard let texts = TextQuerySet(reading: &image), let textOwners = image.words(),
      textOwners.count == texts.count, image.isAtEnd
    else { return nil }
    self.texts = texts
    self.textOwners = textOwners
    self.records = records
    guard isSound() else { return nil }
    index = CommandQueryIndex(records)
  }

  /// Whether queries and their targets name each other.
  private func isSound() -> Bool {
    for owners in placeOwners + [textOwners] {
      for owner in owners where Int(owner) >= count { return false }
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

  private func isThere(_ target: CommandQueryRecords.Target) -> Bool {
    let number = Int(target.number / 2)
    return number < (target.number % 2 == 0 ? places[target.group].count : texts.count)
  }
}
