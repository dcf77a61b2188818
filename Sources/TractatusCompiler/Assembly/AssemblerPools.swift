import TractatusEngine
import TractatusSemantics
import TractatusValues

/// The shared pools of a program that is being assembled: each text, number, constant and value
/// type is kept once.
struct AssemblerPools {
  /// The sections; the pools among them grow here.
  var sections = ProgramSections()
  private var textIndex = PlaceTable()
  private var textExtents: [Extent] = []
  /// Differs from run to run, so that nobody can write texts that all meet in one slot.
  private let textSeed = UInt64(bitPattern: Int64(Hasher().finalize()))
  private var numberIndex = PlaceTable()
  private var constants: [ReportValue] = []
  private var types: [(type: ValueType, index: UInt32)] = []
  private var typeIndex = PlaceTable()

  /// A text of the program.
  mutating func text(_ string: String) -> Extent { text(string.utf8Span.span) }

  /// A text of the program.
  mutating func text(_ text: Span<UInt8>) -> Extent {
    let hash = Int(truncatingIfNeeded: StableHash.hash(text, seed: textSeed))
    let known = textIndex.place(hash: hash) { place in
      let extent = textExtents[place]
      guard Int(extent.count) == text.count else { return false }
      return sections.bytes.withSpan(extent.range) { known in
        for offset in 0..<text.count where known[offset] != text[offset] { return false }
        return true
      }
    }
    if let known { return textExtents[known] }
    let start = sections.bytes.count
    for offset in 0..<text.count { sections.bytes.append(text[offset]) }
    let extent = Extent(start: start, count: text.count)
    textIndex.add(textExtents.count, hash: hash)
    textExtents.append(extent)
    return extent
  }

  /// A text of the program, read back.
  func string(_ extent: Extent) -> String {
    String(decoding: sections.bytes[extent.range], as: UTF8.self)
  }

  /// A list of texts of the program.
  mutating func texts(_ strings: [String]) -> Extent {
    let extents = strings.map { text($0) }
    let start = sections.texts.count
    sections.texts += extents
    return Extent(start: start, count: extents.count)
  }

  /// A list of indexes.
  mutating func words(_ indexes: [UInt32]) -> Extent {
    let start = sections.words.count
    sections.words += indexes
    return Extent(start: start, count: indexes.count)
  }

  /// A list of indexes.
  mutating func words(_ indexes: [Int]) -> Extent {
    words(indexes.map { UInt32(clamping: $0) })
  }

  /// A number.
  mutating func number(_ number: Int128) -> UInt32 {
    let hash = number.hashValue
    let known = numberIndex.place(hash: hash, where: { sections.numbers[$0] == number })
    if let known { return UInt32(clamping: known) }
    numberIndex.add(sections.numbers.count, hash: hash)
    sections.numbers.append(number)
    return UInt32(clamping: sections.numbers.count - 1)
  }

  /// A number, or none.
  mutating func number(_ number: Int128?) -> UInt32 {
    guard let number else { return noIndex }
    return self.number(number)
  }

  /// A constant, or none.
  mutating func constant(_ value: ConstantValue?) -> UInt32 {
    guard let value else { return noIndex }
    return constant(Self.report(value))
  }

  /// A constant as reports write it.
  mutating func constant(_ value: ReportValue) -> UInt32 {
    constants.append(value)
    return UInt32(clamping: constants.count - 1)
  }

  /// Puts the constants into the sections.
  mutating func finish() { sections.setConstants(constants) }

  /// A constant as a report, and an input, spells it.
  static func report(_ value: ConstantValue) -> ReportValue {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .text(let text): .text(text)
    case .time(let instant): .text(instant.description)
    case .enumeration(let word): .text(word)
    case .list(let values): .list(values.map { report($0) })
    case .record(let entries):
      .record(entries.map { NamedValue(name: $0.name, value: report($0.value)) })
    }
  }

  // MARK: Types

  private static func form(_ type: ValueType) -> TextForm {
    switch type {
    case .command: .command
    case .path: .path
    case .url: .url
    case .host: .host
    default: .plain
    }
  }

  /// A value type; those that it is made of come before it.
  mutating func type(_ type: ValueType) -> UInt32 {
    let hash = type.hashValue
    if let known = typeIndex.place(hash: hash, where: { types[$0].type == type }) {
      return types[known].index
    }
    let record = typeRecord(type)
    let index = UInt32(clamping: sections.valueTypes.count)
    sections.valueTypes.append(record)
    typeIndex.add(types.count, hash: hash)
    types.append((type, index))
    return index
  }

  private mutating func typeRecord(_ type: ValueType) -> ValueTypeRecord {
    var record = ValueTypeRecord()
    func set(_ kind: ValueKind) { record.kind = kind.rawValue }
    switch type {
    case .bool: set(.bool)
    case .int(let bounds), .number(let bounds):
      if case .int = type { set(.int) } else { set(.number) }
      record.a = number(bounds.lower?.raw)
      record.b = number(bounds.upper?.raw)
    case .time(let bounds):
      set(.time)
      record.a = number(bounds.lower?.ordinal)
      record.b = number(bounds.upper?.ordinal)
    case .text, .command, .path, .url, .host:
      set(.text)
      record.a = Self.form(type).rawValue
    case .enumeration(let enumeration):
      set(.enumeration)
      let words = texts(enumeration.values)
      record.a = words.start
      record.b = words.count
    case .list(let element):
      set(.list)
      record.a = self.type(element)
    case .record(let fields):
      set(.record)
      let records = fields.map { field in
        var record = RecordFieldRecord()
        record.name = text(field.name)
        record.valueType = self.type(field.type)
        record.isOptional = field.isOptional ? 1 : 0
        return record
      }
      record.a = UInt32(clamping: sections.recordFields.count)
      record.b = UInt32(clamping: records.count)
      sections.recordFields += records
    }
    return record
  }
}
