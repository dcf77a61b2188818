import TractatusPatterns

/// Everything a program consists of, as flat arrays: what the assembler fills and `Program`
/// verifies.
package struct ProgramSections: Sendable {
  package var header = HeaderRecord()
  /// Every text, back to back.
  package var bytes = Packed<UInt8>()
  /// Lists of texts.
  package var texts = Packed<Extent>()
  /// Lists of indexes.
  package var words = Packed<UInt32>()
  /// Ordinals, decimals (times 10^18) and window amounts.
  package var numbers = Packed<Int128>()
  /// A JSON list: the constants.
  package var constants = Packed<UInt8>()
  package var packages = Packed<PackageRecord>()
  package var otherwises = Packed<OtherwiseRecord>()
  package var actionTypes = Packed<ActionTypeRecord>()
  /// The action types in an order in which each comes after those that its mappings start from.
  package var typeOrder = Packed<UInt32>()
  package var slots = Packed<SlotRecord>()
  package var valueTypes = Packed<ValueTypeRecord>()
  package var recordFields = Packed<RecordFieldRecord>()
  package var attributes = Packed<AttributeRecord>()
  /// Attributes with fields, by their value less the number of slots.
  package var fieldAttributes = Packed<UInt32>()
  package var tests = Packed<TestRecord>()
  /// Closed ranges of ordinals.
  package var rangeLower = Packed<Int128>()
  package var rangeUpper = Packed<Int128>()
  package var windows = Packed<WindowRecord>()
  package var code = Packed<CodeRecord>()
  package var elementOperands = Packed<ElementOperandRecord>()
  package var quantifiers = Packed<QuantifierRecord>()
  package var placeTests = Packed<PlaceTestRecord>()
  package var commandTests = Packed<CommandTestRecord>()
  package var histories = Packed<HistoryRecord>()
  package var historyTests = Packed<HistoryTestRecord>()
  package var attributeIndexes = Packed<AttributeIndexRecord>()
  package var keyTables = Packed<KeyTableRecord>()
  package var numberTables = Packed<KeyTableRecord>()
  package var hashSlots = Packed<UInt32>()
  package var keyEntries = Packed<KeyEntryRecord>()
  package var numberEntries = Packed<NumberEntryRecord>()
  /// Intervals by their lower bounds, each with the greatest upper bound of the subtree that it
  /// roots in the implicit balanced tree over its extent.
  package var intervalLower = Packed<Int128>()
  package var intervalUpper = Packed<Int128>()
  package var intervalReach = Packed<Int128>()
  package var intervalTests = Packed<UInt32>()
  package var rows = Packed<RowRecord>()
  package var formulas = Packed<FormulaRecord>()
  package var tables = Packed<TableRecord>()
  package var probes = Packed<ProbeRecord>()
  package var clauses = Packed<ClauseRecord>()
  package var expectations = Packed<ExpectationRecord>()
  package var rules = Packed<RuleRecord>()
  package var waivers = Packed<WaiverRecord>()
  package var waiverFormulas = Packed<WaiverFormulaRecord>()
  package var templates = Packed<TemplateRecord>()
  package var segments = Packed<SegmentRecord>()
  package var thresholds = Packed<ThresholdRecord>()
  package var factors = Packed<FactorRecord>()
  package var arithmetic = Packed<ArithmeticRecord>()
  package var points = Packed<PointRecord>()
  package var levels = Packed<LevelRecord>()
  package var bindingTargets = Packed<BindingTargetRecord>()
  package var toolMappings = Packed<ToolMappingRecord>()
  package var toolWildcards = Packed<ToolWildcardRecord>()
  package var actionMappings = Packed<ActionMappingRecord>()
  package var extractions = Packed<ExtractionRecord>()
  /// Packages whose `otherwise` is a floor under every call, ascending.
  package var floors = Packed<UInt32>()
  package var patternSets: [PatternSet] = []
  /// The declared programs; none when no test reads a command.
  package var programs = ProgramTable.empty
  /// By command: the tests that read it.
  package var commandSets: [CommandQuerySet] = []
  /// The places that one test names, each.
  package var placeSets: [PlaceSet] = []
  package var extractors: [Extractor] = []

  /// Sections without anything.
  package init() {}

  /// The package of a clause's rule or threshold when that is sealed.
  func sealedPackage(of clause: ClauseRecord) -> UInt32? {
    if clause.kind <= ClauseKind.require.rawValue {
      let rule = rules[at: clause.owner]
      return rule.isSealed == 1 ? rule.package : nil
    }
    let threshold = thresholds[at: clause.owner]
    return threshold.isSealed == 1 ? threshold.package : nil
  }

  /// The package of a clause's rule or threshold.
  func package(of clause: ClauseRecord) -> UInt32 {
    clause.kind <= ClauseKind.require.rawValue
      ? rules[at: clause.owner].package : thresholds[at: clause.owner].package
  }

  /// A text of the program.
  func string(_ extent: Extent) -> String {
    String(decoding: bytes[extent.range], as: UTF8.self)
  }

  /// A list of texts of the program.
  func strings(_ extent: Extent) -> [String] {
    texts[extent.range].map { string($0) }
  }
}
