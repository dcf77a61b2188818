/// The records of a program's sections: fixed numbers of 32-bit words, no padding, no references
/// but indexes. `Program` verifies every index once; the evaluator relies on that.
///
/// A field that ends in a section's singular is an index into that section, `noIndex` where it may
/// be missing. Texts are extents of `bytes`, lists of texts extents of `texts`, lists of indexes
/// extents of `words`, numbers and times indexes into `numbers`.

/// A package.
package struct PackageRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var version = Extent()
  /// Packages that it uses, in `words`.
  package var uses = Extent()
  /// Its `otherwise`, or none.
  package var otherwise = noIndex
  package init() {}
}

/// A default verdict.
package struct OtherwiseRecord: BitwiseCopyable, Sendable {
  package var verdict: UInt32 = 0
  package var isSealed: UInt32 = 0
  package var template: UInt32 = 0
  package var place = Extent()
  /// The package that declares it; none for the built-in one of `unmapped`.
  package var package = noIndex
  package init() {}
}

/// An action type; the first fields of a call that decide about it are in `SlotRecord`s.
package struct ActionTypeRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var package = noIndex
  package var isClosed: UInt32 = 0
  package var isSealed: UInt32 = 0
  /// Its parameters, extents of `slots`, by name.
  package var slots = Extent()
  package var otherwise = noIndex
  /// How it is bound when the call names it.
  package var binding: UInt32 = 0
  /// Extents of `extractions`.
  package var extractions = Extent()
  /// Extents of `actionMappings`: those that bring it.
  package var mappings = Extent()
  /// Tests, in `words`: while one of them is true, no `allow` clause under `on any` fires as this
  /// type; they ask whether its commands are opaque.
  package var opacities = Extent()
  package init() {}
}

/// Where an input value comes from.
package enum SlotKind: UInt32, Sendable {
  case parameter, root, fact, component, score, level, thresholdScore
}

/// One input value of a decision: a parameter of a type, or something that surrounds the call.
package struct SlotRecord: BitwiseCopyable, Sendable {
  /// A `SlotKind`.
  package var kind: UInt32 = 0
  /// The action type of a parameter, the threshold of a level or score.
  package var owner = noIndex
  package var name = Extent()
  package var valueType: UInt32 = 0
  package var isOptional: UInt32 = 0
  /// Whether a text must be kept: some test, template or extraction reads the slot.
  package var isRead: UInt32 = 0
  /// A constant, or none.
  package var fallback = noIndex
  /// The parts of a fact's name, in `texts`.
  package var path = Extent()
  package init() {}
}

/// What a `ValueTypeRecord` is.
package enum ValueKind: UInt32, Sendable {
  case bool, int, number, time, text, enumeration, list, record
}

/// What structure a text has; the raw value is stored.
package enum TextForm: UInt32, Sendable, CaseIterable {
  case plain, command, path, url, host
}

/// What of a URL an attribute or element reads; the raw value is stored.
package enum URLPart: UInt32, Sendable, CaseIterable {
  /// The value is no part of a URL, but itself.
  case whole
  case scheme, host, port
}

/// A value's type.
package struct ValueTypeRecord: BitwiseCopyable, Sendable {
  /// A `ValueKind`.
  package var kind: UInt32 = 0
  /// The `TextForm` of a text. Bounds as indexes into `numbers` or none; an enumeration's words in
  /// `texts` and a record's fields in `recordFields` as start and count; a list's element type,
  /// which is a lower index.
  package var a: UInt32 = noIndex
  package var b: UInt32 = noIndex
  package init() {}
}

/// A field of a record type; its type is a lower index than that of the record.
package struct RecordFieldRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var valueType: UInt32 = 0
  package var isOptional: UInt32 = 0
  package init() {}
}

/// Something that tests, templates or scores read.
package struct AttributeRecord: BitwiseCopyable, Sendable {
  package var slot: UInt32 = 0
  /// The way into a record, in `texts`.
  package var fields = Extent()
  /// Where its value is kept: the slot, or a place after all slots when it has fields.
  package var value: UInt32 = 0
  package var valueType: UInt32 = 0
  /// A `URLPart`: what is read of the URL that the slot and fields lead to.
  package var part: UInt32 = 0
  /// Of `commandSets`: the tests of the command that it is, or none.
  package var commands = noIndex
  /// Its place among the paths, hosts and URLs whose tests look at more than the bytes, or none;
  /// no two attributes share one.
  package var forms = noIndex
  /// Of `placeSets`: the tests of places of it that reach rows, or none.
  package var places = noIndex
  /// Its entry in `attributeIndexes`, or none.
  package var index = noIndex
  /// As the policy names it.
  package var name = Extent()
  package init() {}
}

/// What a `TestRecord` asks.
package enum TestKind: UInt32, Sendable {
  case present, inRanges, equalsText, matches, containsOrdinal, containsText, count
  case measuredLevel, unmeasured, relation, recent, quantified, composite
  case place, command, history
}

/// One test.
package struct TestRecord: BitwiseCopyable, Sendable {
  /// A `TestKind`.
  package var kind: UInt32 = 0
  /// The attribute; none for `quantified`, `composite` and `history`.
  package var attribute = noIndex
  /// Start and count in `rangeLower`, `texts`, `words` (patterns), `windows` or `code`; the level;
  /// a relation's code and other attribute; a quantifier; an index of `placeTests`,
  /// `commandTests` or `historyTests`.
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  /// 1 when it depends on `action.type`, so that it is judged anew for each type.
  package var isPerType: UInt32 = 0
  /// 1 when a probe of the attribute's index finds it whenever it is true.
  package var isIndexed: UInt32 = 0
  /// 1 when a test of a path's text is true where the forms of the path disagree.
  package var ambiguityHolds: UInt32 = 1
  /// Rows that are reached through it, in `words`.
  package var rows = Extent()
  package init() {}
}

/// What two attributes are asked; the raw value is stored.
package enum RelationCode: UInt32, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case isElement, hasElement
  case contains, startsWith, endsWith
}

/// One bound of an age.
package struct WindowRecord: BitwiseCopyable, Sendable {
  /// 0 messages, 1 tokens, 2 time.
  package var unit: UInt32 = 0
  /// Of nanoseconds for a time.
  package var amount: UInt32 = 0
  package init() {}
}

/// What a `CodeRecord` does to the stack of truth values.
package enum CodeOperation: UInt32, Sendable {
  /// Pushes the truth value `a`.
  case constant
  /// Pushes test `a`.
  case test
  /// Pushes the exact test of kind `a` with payload `b`, `c` of operand `d`; `e` its pattern set.
  case exact
  /// Pushes relation `a` of the operands `b` and `c`.
  case relation
  /// Pushes the windows from `a`, `b` of them, of operand `c`.
  case recent
  /// Pushes quantifier `a`.
  case quantified
  /// Negates the top.
  case not
  /// Joins the `a` topmost values.
  case and
  case or
  /// Pushes the test `a` of `placeTests` of operand `b`.
  case place
  /// Pushes the test `a` of `commandTests` of operand `b`.
  case command
}

/// One step of an expression in postfix order.
package struct CodeRecord: BitwiseCopyable, Sendable {
  /// A `CodeOperation`.
  package var operation: UInt32 = 0
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
  package var d: UInt32 = 0
  package var e: UInt32 = noIndex
  /// Of an exact test of a path's text: 1 when it is true where the forms of the path disagree.
  package var f: UInt32 = 1
  package init() {}
}

/// What a test of places or of a command depends on beside its value, for the causes of its being
/// unknown; the raw values are added up.
package struct TestInputs: OptionSet, Sendable {
  /// The bits.
  package let rawValue: UInt32
  /// Inputs of some bits.
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Where a relative path lies: it asks whether something lies within or outside directories.
  package static let directory = TestInputs(rawValue: 1)
  /// The attribute `cwd`.
  package static let cwd = TestInputs(rawValue: 2)
  /// The attribute `project`, or a directory below it.
  package static let project = TestInputs(rawValue: 4)
  /// Programs that are not declared, and options of programs that are not.
  package static let declarations = TestInputs(rawValue: 8)
}

/// `within …` or `outside …`.
package struct PlaceTestRecord: BitwiseCopyable, Sendable {
  /// Of `placeSets`.
  package var set: UInt32 = 0
  /// Of the set.
  package var query: UInt32 = 0
  package var ambiguityHolds: UInt32 = 1
  /// `TestInputs`.
  package var inputs: UInt32 = 0
  /// The test as a rule file would write it.
  package var text = Extent()
  package init() {}
}

/// A test of a command or of one of its invocations.
package struct CommandTestRecord: BitwiseCopyable, Sendable {
  /// Of the query set of the command.
  package var query: UInt32 = 0
  package var ambiguityHolds: UInt32 = 1
  /// Where programs that neither this package nor what it uses declares count as not declared.
  package var package = noIndex
  /// `TestInputs`.
  package var inputs: UInt32 = 0
  /// The test as a rule file would write it.
  package var text = Extent()
  package init() {}
}

/// Which earlier actions a test asks for.
package struct HistoryRecord: BitwiseCopyable, Sendable {
  /// The name of what a session keeps of them.
  package var name = Extent()
  /// The earlier action's type.
  package var type: UInt32 = 0
  /// What the earlier action is asked.
  package var formula: UInt32 = 0
  /// Attributes of the earlier action, in `words`.
  package var keys = Extent()
  /// How many actions the test tells apart.
  package var capacity: UInt32 = 1
  /// Of `histories`: actions that must not have come afterwards, or none.
  package var since = noIndex
  /// Of `windows`: how far back it lies at most, or none.
  package var window = noIndex
  package init() {}
}

/// How many actions came before.
package struct HistoryTestRecord: BitwiseCopyable, Sendable {
  /// Of `histories`.
  package var history: UInt32 = 0
  /// Attributes of the current action, as many as the history's own, in `words`.
  package var keys = Extent()
  /// The numbers for which the test is true, of `rangeLower`.
  package var ranges = Extent()
  /// The name of what a decision found, for its replay.
  package var answer = Extent()
  package init() {}
}

/// What a test under a quantifier reads: an attribute, or (with fields) an element.
package struct ElementOperandRecord: BitwiseCopyable, Sendable {
  package var isElement: UInt32 = 0
  /// The attribute, or the quantifier's depth from 0.
  package var index: UInt32 = 0
  package var fields = Extent()
  package var valueType: UInt32 = 0
  /// A `URLPart`.
  package var part: UInt32 = 0
  /// Of `commandSets`: the tests of the command that it is, or none.
  package var commands = noIndex
  /// The fields as the policy names them.
  package var name = Extent()
  package init() {}
}

/// A quantifier; those inside it have higher indexes and depths.
package struct QuantifierRecord: BitwiseCopyable, Sendable {
  package var isUniversal: UInt32 = 0
  /// Of `elementOperands`.
  package var list: UInt32 = 0
  package var depth: UInt32 = 0
  package var code = Extent()
  package init() {}
}

/// What finds the true tests of one attribute from its value.
package struct AttributeIndexRecord: BitwiseCopyable, Sendable {
  package var attribute: UInt32 = 0
  /// The test for presence, or none.
  package var present = noIndex
  /// Key tables: texts that equal the value, or an element.
  package var valueTexts = noIndex
  package var elementTexts = noIndex
  /// Number tables: ordinals that equal the value, or an element.
  package var valueNumbers = noIndex
  package var elementNumbers = noIndex
  /// Extents of `intervalLower`: ranges of the value, of an element, of the count.
  package var valueIntervals = Extent()
  package var elementIntervals = Extent()
  package var countIntervals = Extent()
  package var patternSet = noIndex
  /// In `words`: for each pattern where its tests begin, and after the last where they end.
  package var patternTests: UInt32 = 0
  /// Whether the queries of the attribute's command set reach rows; in `words`, from here, as
  /// `patternTests` for patterns; none when they do not.
  package var commandTests = noIndex
  /// The same for the queries of the attribute's places.
  package var placeTests = noIndex
  package init() {}
}

/// A hash table from texts to lists of words: open addressing, `mask + 1` entries of `hashSlots`
/// that hold 0 or an index into `keyEntries` plus 1.
package struct KeyTableRecord: BitwiseCopyable, Sendable {
  package var slots: UInt32 = 0
  package var mask: UInt32 = 0
  package init() {}
}

/// A key with what stands under it.
package struct KeyEntryRecord: BitwiseCopyable, Sendable {
  package var key = Extent()
  package var hash: UInt32 = 0
  /// In `words`.
  package var values = Extent()
  package init() {}
}

/// A number with what stands under it; its table is a `KeyTableRecord` over `numberEntries`.
package struct NumberEntryRecord: BitwiseCopyable, Sendable {
  package var number: UInt32 = 0
  package var values = Extent()
  package init() {}
}
