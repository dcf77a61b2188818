import TractatusJSON
import TractatusValues

/// Checks that sections can be evaluated without a trap, whoever made them.
///
/// Linear in the program, except for nothing. What it does not check is whether a program means
/// what some policy says: a damaged image is caught by its checksum, and a hostile one can at
/// worst decide wrongly, which whoever can supply an image can do anyway.
struct ProgramVerifier {
  /// The most levels of value types, quantifiers and composite tests in one another.
  static let depthLimit = 256
  /// Entries of one section.
  static let entryLimit = 1 << 28

  let image: ProgramSections
  /// How many constants there are.
  let constantCount: Int

  init(_ image: ProgramSections) {
    self.image = image
    let tape = Program.readConstants(image.constants)
    constantCount = tape.map { $0.childCount(.root) } ?? -1
  }

  /// Whether everything holds.
  var isSound: Bool {
    constantCount >= 0 && sizesAreSound && textsAreSound && typesAreSound && slotsAreSound
      && tablesOfNamesAreSound && testsAreSound && codeIsSound && quantifiersAreSound
      && indexesAreSound && rowsAreSound && tablesAreSound && clausesAreSound && rulesAreSound
      && thresholdsAreSound && mappingsAreSound && depthsAreSound && placesAndCommandsAreSound
      && historiesAreSound
  }

  // MARK: Ranges

  func holds(_ index: UInt32, _ count: Int) -> Bool { Int(index) < count }

  func mayHold(_ index: UInt32, _ count: Int) -> Bool { index == noIndex || Int(index) < count }

  func holds(_ extent: Extent, _ count: Int) -> Bool {
    Int(extent.start) + Int(extent.count) <= count
  }

  func isText(_ extent: Extent) -> Bool { holds(extent, image.bytes.count) }

  func areTexts(_ extent: Extent) -> Bool { holds(extent, image.texts.count) }

  /// Whether an extent of `words` holds indexes below a count.
  func areWords(_ extent: Extent, below count: Int) -> Bool {
    holds(extent, image.words.count)
      && image.words[extent.range].allSatisfy { Int($0) < count }
  }

  func isConstant(_ index: UInt32) -> Bool { mayHold(index, constantCount) }

  func mayBeNumber(_ index: UInt32) -> Bool { mayHold(index, image.numbers.count) }

  func isNumber(_ index: UInt32) -> Bool { holds(index, image.numbers.count) }

  func isDecimal(_ index: UInt32) -> Bool {
    isNumber(index) && Decimal(raw: image.numbers[at: index]) != nil
  }

  private var sizesAreSound: Bool {
    [
      image.bytes.count, image.texts.count, image.words.count, image.numbers.count,
      image.slots.count, image.tests.count, image.rows.count, image.clauses.count,
      image.hashSlots.count, image.attributes.count,
    ].allSatisfy { $0 < Self.entryLimit }
      && image.rangeLower.count == image.rangeUpper.count
      && image.intervalLower.count == image.intervalTests.count
      && image.intervalUpper.count == image.intervalTests.count
      && image.intervalReach.count == image.intervalTests.count
      && image.tables.count == image.actionTypes.count + 1
      && image.typeOrder.count == image.actionTypes.count
  }

  private var textsAreSound: Bool {
    image.texts.allSatisfy(isText)
      && image.templates.allSatisfy { holds($0.segments, image.segments.count) }
      && image.segments.allSatisfy { segment in
        switch segment.kind {
        case 0: isText(segment.content)
        case 1: holds(segment.content.start, image.attributes.count)
        default: true
        }
      }
  }

  // MARK: Types and slots

  private var typesAreSound: Bool {
    var depths: [Int] = []
    for (index, type) in image.valueTypes.enumerated() {
      var depth = 1
      switch ValueKind(rawValue: type.kind) {
      case .bool: break
      case .text: guard TextForm(rawValue: type.a) != nil else { return false }
      case .int, .number, .time:
        guard mayBeNumber(type.a) && mayBeNumber(type.b) else { return false }
      case .enumeration:
        guard type.b < noIndex, areTexts(Extent(start: Int(type.a), count: Int(type.b))) else {
          return false
        }
      case .list:
        guard holds(type.a, index) else { return false }
        depth = depths[at: type.a] + 1
      case .record:
        guard type.b < noIndex,
          holds(Extent(start: Int(type.a), count: Int(type.b)), image.recordFields.count)
        else { return false }
        for field in image.recordFields[Int(type.a)..<(Int(type.a) + Int(type.b))] {
          guard isText(field.name), holds(field.valueType, index) else { return false }
          depth = max(depth, depths[at: field.valueType] + 1)
        }
      case nil: return false
      }
      guard depth <= Self.depthLimit else { return false }
      depths.append(depth)
    }
    return true
  }

  private var slotsAreSound: Bool {
    let header = image.header
    let values = Int(header.valueCount)
    guard values == image.slots.count + image.fieldAttributes.count,
      image.slots.count >= RootSlot.allCases.count,
      Int(header.rootSlots.count) == RootSlot.allCases.count,
      [header.rootSlots, header.facts, header.components, header.scores]
        .allSatisfy({ holds($0, image.slots.count) }),
      holds(header.scoreType, image.valueTypes.count),
      holds(header.componentType, image.valueTypes.count)
    else { return false }
    for slot in image.slots {
      guard let kind = SlotKind(rawValue: slot.kind), isText(slot.name),
        holds(slot.valueType, image.valueTypes.count), isConstant(slot.fallback),
        areTexts(slot.path)
      else { return false }
      let isScored = kind == .level || kind == .thresholdScore
      if isScored && !holds(slot.owner, image.thresholds.count) { return false }
    }
    for (index, attribute) in image.fieldAttributes.enumerated() {
      guard holds(attribute, image.attributes.count),
        Int(image.attributes[at: attribute].value) == image.slots.count + index
      else { return false }
    }
    return image.attributes.allSatisfy(isSound(attribute:))
  }

  private func isSound(attribute: AttributeRecord) -> Bool {
    guard holds(attribute.slot, image.slots.count), areTexts(attribute.fields),
      holds(attribute.value, Int(image.header.valueCount)),
      holds(attribute.valueType, image.valueTypes.count),
      mayHold(attribute.index, image.attributeIndexes.count), isText(attribute.name),
      isPart(attribute.part, of: attribute.valueType),
      areCommands(attribute.commands, attribute.valueType)
    else { return false }
    if !attribute.fields.isEmpty || attribute.part != URLPart.whole.rawValue {
      return Int(attribute.value) >= image.slots.count
    }
    return attribute.value == attribute.slot
      && attribute.valueType == image.slots[at: attribute.slot].valueType
  }

  /// Whether an attribute, or an operand's type, is a list.
  func isList(_ type: UInt32) -> Bool {
    holds(type, image.valueTypes.count)
      && image.valueTypes[at: type].kind == ValueKind.list.rawValue
  }

  // MARK: Names

  private var tablesOfNamesAreSound: Bool {
    let header = image.header
    let names = [
      (header.typeNames, image.actionTypes.count), (header.toolNames, image.toolMappings.count),
      (header.resultNames, image.toolMappings.count),
      (header.eventNames, image.toolMappings.count),
      (header.factNames, image.slots.count), (header.componentNames, image.slots.count),
      (header.scoreNames, image.slots.count), (header.sessionNames, image.slots.count),
      (header.reasoningNames, image.slots.count),
    ]
    return image.keyEntries.allSatisfy {
      isText($0.key) && holds($0.values, image.words.count) && !$0.values.isEmpty
    }
      && names.allSatisfy { isKeyTable($0.0, valuesBelow: $0.1) }
      && holds(header.unmappedType, image.actionTypes.count) && isText(header.digest)
  }

  /// Whether a key table's entries are there and their values are below a count.
  func isKeyTable(_ table: UInt32, valuesBelow count: Int) -> Bool {
    guard holds(table, image.keyTables.count) else { return false }
    let record = image.keyTables[at: table]
    guard isMask(record) else { return false }
    for slot in image.hashSlots[Int(record.slots)...(Int(record.slots) + Int(record.mask))] {
      guard slot == 0 || holds(slot - 1, image.keyEntries.count) else { return false }
      if slot != 0 && !areWords(image.keyEntries[at: slot - 1].values, below: count) {
        return false
      }
    }
    return true
  }

  func isNumberTable(_ table: UInt32) -> Bool {
    guard holds(table, image.numberTables.count) else { return false }
    let record = image.numberTables[at: table]
    guard isMask(record) else { return false }
    for slot in image.hashSlots[Int(record.slots)...(Int(record.slots) + Int(record.mask))] {
      guard slot == 0 || holds(slot - 1, image.numberEntries.count) else { return false }
      if slot == 0 { continue }
      let entry = image.numberEntries[at: slot - 1]
      guard isNumber(entry.number), areWords(entry.values, below: image.tests.count) else {
        return false
      }
    }
    return true
  }

  /// Whether a table's mask is one less than a power of two and its slots are there.
  private func isMask(_ table: KeyTableRecord) -> Bool {
    table.mask < UInt32.max && (table.mask + 1) & table.mask == 0
      && Int(table.slots) + Int(table.mask) < image.hashSlots.count
  }
}
