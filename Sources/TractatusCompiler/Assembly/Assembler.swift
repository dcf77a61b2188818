import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusValues

/// Packs a lowered policy into a program.
package struct Assembler {
  let lowered: LoweredPolicy
  let checked: CheckedPolicy
  let sources: SourceSet
  /// What checking has parsed already.
  let parsed: ParsedPatterns
  var pools = AssemblerPools()
  /// The first slot of each action type's parameters.
  var firstSlots: [Int] = []
  /// The type of each slot.
  var slotTypes: [ValueType] = []
  /// The slot of each root, fact, component, score and threshold.
  var firstRoot = 0
  var firstFact = 0
  var firstComponent = 0
  var componentSlots: [String: Int] = [:]
  var scoreSlots: [String: Int] = [:]
  var levelSlots: [Int] = []
  var thresholdScoreSlots: [Int] = []
  /// The program's place of each checked threshold.
  var thresholdPlaces: [Int] = []
  /// The pattern set of each attribute that has one, and the ids of its patterns.
  var patternSets: [Int: AssembledPatterns] = [:]
  /// The tests of every command.
  var commands = AssembledCommands()
  /// Whether some extraction takes the arguments of options.
  var readsOptions = false
  /// The tests of places.
  var placeSets = AssembledPlaces()
  /// What the quantifiers around an expression go over, by depth.
  var elements: [AssembledElement] = []
  /// The extractors by the bytes of their patterns' keys.
  var extractorIndex: [[UInt8]: UInt32] = [:]
  /// The line indexes of sources, by the number of the source.
  var lineIndexes: [Int: LineIndex] = [:]
  /// What the tests are like, for the choice of access.
  var profile = TestProfile()
  /// By what indexes reach each test.
  var covers = AccessCovers()
  /// The rows that each test reaches.
  var accessRows: [Int: [Int]] = [:]
  /// Of each exact test: the other tests whose rows it reaches.
  var accessAliases: [Int: [Int]] = [:]
  var isSound = true

  /// The program of a lowered policy; places of clauses come from `sources`.
  ///
  /// Linear in the policy, but for sorting. Nil when the policy is larger than an image can hold
  /// or holds a pattern that checking should have refused.
  package static func assemble(
    _ lowered: LoweredPolicy, sources: SourceSet, parsed: ParsedPatterns = ParsedPatterns()
  ) -> Program? {
    var assembler = Assembler(lowered, sources, parsed)
    assembler.addPackages()
    assembler.addSlots()
    assembler.addAttributes()
    assembler.addTests()
    assembler.addTypes()
    assembler.addThresholds()
    assembler.addRules()
    assembler.addTables()
    assembler.addHistories()
    assembler.addMappings()
    assembler.addIndexes()
    assembler.addPlaceSets()
    assembler.addCommandSets()
    assembler.addPrograms()
    assembler.pools.sections.header.digest = assembler.pools.text(lowered.digest)
    assembler.pools.finish()
    return assembler.isSound ? Program(assembler.pools.sections) : nil
  }

  private init(_ lowered: LoweredPolicy, _ sources: SourceSet, _ parsed: ParsedPatterns) {
    self.parsed = parsed
    self.lowered = lowered
    checked = lowered.checked
    self.sources = sources
    thresholdPlaces = Array(repeating: 0, count: lowered.checked.thresholds.count)
    for (place, threshold) in lowered.thresholds.enumerated() {
      thresholdPlaces[threshold.threshold] = place
    }
  }

  /// `file:line:column` of a span's start.
  mutating func place(_ span: SourceSpan) -> Extent {
    guard let source = sources[span.source] else { return pools.text("") }
    let number = Int(span.source.rawValue)
    let index = lineIndexes[number] ?? LineIndex(source)
    lineIndexes[number] = index
    let location = index.location(at: span.start)
    var text = Array(source.name.utf8)
    text.reserveCapacity(text.count + 16)
    for number in [location.line, location.column] {
      text.append(UInt8(ascii: ":"))
      Self.append(number, to: &text)
    }
    return pools.text(text.span)
  }

  /// Appends the digits of a number from 0 on.
  private static func append(_ number: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = number
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }

  /// A reason.
  mutating func template(_ template: LoweredTemplate?) -> UInt32 {
    var records: [SegmentRecord] = []
    for segment in template?.segments ?? [] {
      var record = SegmentRecord()
      switch segment {
      case .text(let text): record.content = pools.text(text)
      case .value(let attribute?):
        record.kind = 1
        record.content.start = UInt32(clamping: attribute)
      case .value(nil): record.kind = 2
      }
      records.append(record)
    }
    var record = TemplateRecord()
    record.segments = Extent(start: pools.sections.segments.count, count: records.count)
    pools.sections.segments += records
    pools.sections.templates.append(record)
    return UInt32(clamping: pools.sections.templates.count - 1)
  }

  // MARK: Packages

  private mutating func addPackages() {
    for (index, package) in checked.packages.enumerated() {
      var record = PackageRecord()
      record.name = pools.text(package.name)
      record.version = pools.text(package.version)
      record.uses = pools.words(package.uses.map { Int($0.index) })
      if let otherwise = package.otherwise {
        record.otherwise = add(
          otherwise, lowered.packageDefaults[index], package: UInt32(clamping: index))
        if otherwise.isSealed { pools.sections.floors.append(UInt32(clamping: index)) }
      }
      pools.sections.packages.append(record)
    }
  }

  /// A default verdict.
  mutating func add(
    _ otherwise: Otherwise, _ because: LoweredTemplate?, package: UInt32
  ) -> UInt32 {
    var record = OtherwiseRecord()
    record.verdict = UInt32(otherwise.verdict.rawValue)
    record.isSealed = otherwise.isSealed ? 1 : 0
    record.template = template(because)
    record.place = place(otherwise.span)
    record.package = package
    pools.sections.otherwises.append(record)
    return UInt32(clamping: pools.sections.otherwises.count - 1)
  }
}

/// The patterns of an attribute.
struct AssembledPatterns {
  /// Their set in the program, once it is made.
  var set = noIndex
  /// The id of each pattern, by the bytes of its key.
  private(set) var ids: [[UInt8]: Int] = [:]
  /// The patterns by their ids.
  private(set) var keys: [PatternKey] = []
  /// Those by which rows are reached.
  var reaching: Set<Int> = []

  /// Adds a pattern, unless it is there.
  mutating func add(_ pattern: TextPattern) {
    let key = PatternKey(pattern)
    if ids[key.bytes] != nil { return }
    ids[key.bytes] = keys.count
    keys.append(key)
  }
}

/// A pattern by its bytes.
struct PatternKey {
  private static let foldsCase: UInt8 = 1
  private static let dotMatchesNewline: UInt8 = 2
  /// How many bytes stand before the text.
  private static let header = 2

  private var kind: TextPattern.Kind
  /// The kind, flags, and the text.
  ///
  /// PERF: the first dictionary with keys of a type of its own costs as much as a few patterns.
  let bytes: [UInt8]

  init(_ pattern: TextPattern) {
    kind = pattern.kind
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pattern.text.utf8.count + Self.header)
    bytes.append(UInt8(clamping: pattern.kind.rawValue))
    bytes.append(
      (pattern.ignoresCase ? Self.foldsCase : 0)
        | (pattern.dotMatchesNewline ? Self.dotMatchesNewline : 0))
    bytes.append(contentsOf: pattern.text.utf8)
    self.bytes = bytes
  }

  /// The pattern as the engine matches it.
  var pattern: Pattern {
    let flags = bytes[1]
    return Pattern(
      Pattern.Kind(kind), Array(bytes[Self.header...]), ignoringCase: flags & Self.foldsCase != 0,
      dotMatchesNewline: flags & Self.dotMatchesNewline != 0)
  }
}
