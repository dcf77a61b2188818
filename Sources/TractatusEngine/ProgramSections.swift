import TractatusPatterns

/// Everything a program consists of, as flat arrays: what the assembler fills and `Program`
/// verifies.
package struct ProgramSections: Sendable {
  package var header = HeaderRecord()
  /// Every text, back to back.
  package var bytes: [UInt8] = []
  /// Lists of texts.
  package var texts: [Extent] = []
  /// Lists of indexes.
  package var words: [UInt32] = []
  /// Ordinals, decimals (times 10^18) and window amounts.
  package var numbers: [Int128] = []
  /// A JSON list: the constants.
  package var constants: [UInt8] = []
  package var packages: [PackageRecord] = []
  package var otherwises: [OtherwiseRecord] = []
  package var actionTypes: [ActionTypeRecord] = []
  /// The action types in an order in which each comes after those that its mappings start from.
  package var typeOrder: [UInt32] = []
  package var slots: [SlotRecord] = []
  package var valueTypes: [ValueTypeRecord] = []
  package var recordFields: [RecordFieldRecord] = []
  package var attributes: [AttributeRecord] = []
  /// Attributes with fields, by their value less the number of slots.
  package var fieldAttributes: [UInt32] = []
  package var tests: [TestRecord] = []
  /// Closed ranges of ordinals.
  package var rangeLower: [Int128] = []
  package var rangeUpper: [Int128] = []
  package var windows: [WindowRecord] = []
  package var code: [CodeRecord] = []
  package var elementOperands: [ElementOperandRecord] = []
  package var quantifiers: [QuantifierRecord] = []
  package var placeTests: [PlaceTestRecord] = []
  package var commandTests: [CommandTestRecord] = []
  package var histories: [HistoryRecord] = []
  package var historyTests: [HistoryTestRecord] = []
  package var attributeIndexes: [AttributeIndexRecord] = []
  package var keyTables: [KeyTableRecord] = []
  package var numberTables: [KeyTableRecord] = []
  package var hashSlots: [UInt32] = []
  package var keyEntries: [KeyEntryRecord] = []
  package var numberEntries: [NumberEntryRecord] = []
  /// Intervals by their lower bounds, each with the greatest upper bound of the subtree that it
  /// roots in the implicit balanced tree over its extent.
  package var intervalLower: [Int128] = []
  package var intervalUpper: [Int128] = []
  package var intervalReach: [Int128] = []
  package var intervalTests: [UInt32] = []
  package var rows: [RowRecord] = []
  package var formulas: [FormulaRecord] = []
  package var tables: [TableRecord] = []
  package var probes: [ProbeRecord] = []
  package var clauses: [ClauseRecord] = []
  package var expectations: [ExpectationRecord] = []
  package var rules: [RuleRecord] = []
  package var waivers: [WaiverRecord] = []
  package var waiverFormulas: [WaiverFormulaRecord] = []
  package var templates: [TemplateRecord] = []
  package var segments: [SegmentRecord] = []
  package var thresholds: [ThresholdRecord] = []
  package var factors: [FactorRecord] = []
  package var arithmetic: [ArithmeticRecord] = []
  package var points: [PointRecord] = []
  package var levels: [LevelRecord] = []
  package var bindingTargets: [BindingTargetRecord] = []
  package var toolMappings: [ToolMappingRecord] = []
  package var toolWildcards: [ToolWildcardRecord] = []
  package var actionMappings: [ActionMappingRecord] = []
  package var extractions: [ExtractionRecord] = []
  /// Packages whose `otherwise` is a floor under every call, ascending.
  package var floors: [UInt32] = []
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
