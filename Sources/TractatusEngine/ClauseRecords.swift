/// The records of what is judged: rows, clauses, rules, thresholds and mappings. See
/// `ProgramRecords.swift` for how they are to be read.

/// A conjunction of literals.
package struct RowRecord: BitwiseCopyable, Sendable {
  /// The clause whose table it is in; none for the rows of a formula that stands alone.
  package var clause = noIndex
  /// The table of the clause.
  package var table = noIndex
  /// In `words`: each a test times two, plus one when it is negated.
  package var literals = Extent()
  package init() {}
}

/// A disjunction of rows.
package struct FormulaRecord: BitwiseCopyable, Sendable {
  /// Extents of `rows`.
  package var rows = Extent()
  /// Every test that the condition contains, in `words`.
  package var tests = Extent()
  package init() {}
}

/// The clauses that judge one type; the last table judges every type.
package struct TableRecord: BitwiseCopyable, Sendable {
  /// Extents of `probes`.
  package var probes = Extent()
  /// Rows that no probe reaches, in `words`.
  package var always = Extent()
  /// Clauses that depend on `action.type`, in `words`.
  package var perType = Extent()
  /// Extents of `clauses`.
  package var clauses = Extent()
  package init() {}
}

/// An attribute through which rows of a table are reached.
package struct ProbeRecord: BitwiseCopyable, Sendable {
  package var attribute: UInt32 = 0
  /// All rows of the table that are reached through it, in `words`: the candidates when it is
  /// unknown.
  package var rows = Extent()
  package init() {}
}

/// What a clause is.
package enum ClauseKind: UInt32, Sendable {
  case effect, expect, require, level, unmeasured
}

/// A clause as it judges one type.
package struct ClauseRecord: BitwiseCopyable, Sendable {
  /// A `ClauseKind`.
  package var kind: UInt32 = 0
  package var verdict: UInt32 = 0
  /// The rule; the threshold of a level or of `unmeasured`.
  package var owner: UInt32 = 0
  package var table: UInt32 = 0
  /// Of `formulas`: guard and condition, or the guard of a requirement.
  package var formula: UInt32 = 0
  /// Of `formulas`, for a requirement.
  package var required = noIndex
  package var template: UInt32 = 0
  /// Of `expectations`.
  package var expectation = noIndex
  /// 0, or what the final decision requires: 1 judgment, 2 approval.
  package var finalDecision: UInt32 = 0
  /// 0, or a `ConflictCode`.
  package var conflict: UInt32 = 0
  package var text = Extent()
  package var place = Extent()
  package init() {}
}

/// What kind of conflict; the raw value is stored, 0 is none.
package enum ConflictCode: UInt32, Sendable {
  case trainingPatternOverride = 1
  case valuesConflict, semanticConflict, parameterConflict

  /// The word of the report.
  var word: String {
    switch self {
    case .trainingPatternOverride: "training_pattern_override"
    case .valuesConflict: "values_conflict"
    case .semanticConflict: "semantic_conflict"
    case .parameterConflict: "parameter_conflict"
    }
  }
}

/// What an `expect` clause reports.
package struct ExpectationRecord: BitwiseCopyable, Sendable {
  package var attribute: UInt32 = 0
  package var name = Extent()
  /// Constants, or none.
  package var expected = noIndex
  package var insteadOf = noIndex
  package var testText = Extent()
  package var isCorrecting: UInt32 = 0
  /// A `ConflictCode`.
  package var conflict: UInt32 = 1
  /// A number, or none.
  package var confidence = noIndex
  package init() {}
}

/// A policy rule.
package struct RuleRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var package: UInt32 = 0
  /// 0 rule, 1 instruction, 2 boundary, 3 requirement.
  package var kind: UInt32 = 0
  package var isSealed: UInt32 = 0
  package var isShadow: UInt32 = 0
  package var isActive: UInt32 = 1
  /// Ordinals of times, or none.
  package var since = noIndex
  package var until = noIndex
  /// Rules that replace it, in `words`.
  package var replacedBy = Extent()
  /// Waivers of it, in `words`.
  package var waivers = Extent()
  package var offers = Extent()
  package var checks = Extent()
  package var notifies = Extent()
  /// A constant (an object), or none.
  package var deliberation = noIndex
  /// Texts that are empty when there are none.
  package var section = Extent()
  package var domain = Extent()
  package init() {}
}

/// A waiver.
package struct WaiverRecord: BitwiseCopyable, Sendable {
  package var from: UInt32 = 0
  package var until: UInt32 = 0
  /// Extents of `waiverFormulas`.
  package var formulas = Extent()
  package var reason = Extent()
  package var approvedBy = Extent()
  package var untilText = Extent()
  package init() {}
}

/// A waiver's condition for one type, or (none) for any.
package struct WaiverFormulaRecord: BitwiseCopyable, Sendable {
  package var type = noIndex
  package var formula: UInt32 = 0
  package init() {}
}

/// A reason: an extent of `segments`.
package struct TemplateRecord: BitwiseCopyable, Sendable {
  package var segments = Extent()
  package init() {}
}

/// A part of a reason: 0 the text, 1 the value of the attribute `start`, 2 something absent.
package struct SegmentRecord: BitwiseCopyable, Sendable {
  package var kind: UInt32 = 0
  package var content = Extent()
  package init() {}
}

/// A weighted score. Its points read only thresholds of lower indexes.
package struct ThresholdRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var package: UInt32 = 0
  package var isSealed: UInt32 = 0
  package var isShadow: UInt32 = 0
  /// The attribute that may give the score, or none.
  package var given = noIndex
  package var base: UInt32 = 0
  package var factors = Extent()
  package var points = Extent()
  package var levels = Extent()
  package var levelSlot: UInt32 = 0
  package var scoreSlot: UInt32 = 0
  package init() {}
}

/// A factor of a score.
package struct FactorRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var weight: UInt32 = 0
  package var fallback = noIndex
  /// Extents of `arithmetic`, in postfix order.
  package var code = Extent()
  package init() {}
}

/// What a step of a factor's arithmetic does; the raw value is stored.
package enum ArithmeticOperation: UInt32, Sendable {
  /// Pushes the number `a`, the attribute `a`, the count of the list attribute `a`.
  case number, attribute, count
  case add, subtract, multiply, divide
}

/// A step of a factor's arithmetic.
package struct ArithmeticRecord: BitwiseCopyable, Sendable {
  package var operation: UInt32 = 0
  package var a: UInt32 = 0
  package init() {}
}

/// Points that a condition adds.
package struct PointRecord: BitwiseCopyable, Sendable {
  package var amount: UInt32 = 0
  package var formula: UInt32 = 0
  package init() {}
}

/// A level and where it begins.
package struct LevelRecord: BitwiseCopyable, Sendable {
  package var name = Extent()
  package var from: UInt32 = 0
  package init() {}
}

/// Where a field of the call goes.
package struct BindingTargetRecord: BitwiseCopyable, Sendable {
  package var slot: UInt32 = 0
  /// The rest of the way, below the field, in `texts`.
  package var path = Extent()
  package init() {}
}

/// A mapping from a tool.
package struct ToolMappingRecord: BitwiseCopyable, Sendable {
  package var type: UInt32 = 0
  package var package: UInt32 = 0
  /// A key table from fields to `bindingTargets`.
  package var binding: UInt32 = 0
  package init() {}
}

/// A tool name with `*`.
package struct ToolWildcardRecord: BitwiseCopyable, Sendable {
  package var pattern = Extent()
  package var mapping: UInt32 = 0
  /// A `CallOccasion`.
  package var occasion: UInt32 = 0
  package init() {}
}

/// What is mapped; the raw value is stored.
package enum CallOccasion: UInt32, Sendable {
  /// A call of a tool, what it returned, another event.
  case call, result, event
}

/// A mapping from an action type that comes earlier in `typeOrder` than its target.
package struct ActionMappingRecord: BitwiseCopyable, Sendable {
  package var type: UInt32 = 0
  package var source: UInt32 = 0
  package var package: UInt32 = 0
  package var formula: UInt32 = 0
  /// In `words`, in pairs: a slot of the source and the slot of the target that takes its value.
  package var pairs = Extent()
  /// In `words`, in pairs: an extraction of the target and a slot of the source that it searches.
  package var extractionSources = Extent()
  package init() {}
}

/// An extraction.
package struct ExtractionRecord: BitwiseCopyable, Sendable {
  package var slot: UInt32 = 0
  /// A slot that is searched, or none when only a mapping's source type has it.
  package var source = noIndex
  /// What searches the text; none when the values of options are taken.
  package var extractor = noIndex
  /// The spellings of the options of a command, in `texts`.
  package var options = Extent()
  /// In `words`: the packages whose declarations of programs do not count for some who read the
  /// parameter.
  package var unseen = Extent()
  /// Whether all matches in one text are one value.
  package var isJoined: UInt32 = 0
  package init() {}
}

/// What there is one of in a program.
package struct HeaderRecord: BitwiseCopyable, Sendable {
  package var digest = Extent()
  /// The slots of `RootSlot`, of facts, of components, of scores.
  package var rootSlots = Extent()
  package var facts = Extent()
  package var components = Extent()
  package var scores = Extent()
  /// Key tables: names of types to types (two words: ambiguous), tools, tools of results and
  /// events to mappings, and names to slots.
  package var typeNames: UInt32 = 0
  package var toolNames: UInt32 = 0
  package var resultNames: UInt32 = 0
  package var eventNames: UInt32 = 0
  package var factNames: UInt32 = 0
  package var componentNames: UInt32 = 0
  package var scoreNames: UInt32 = 0
  package var sessionNames: UInt32 = 0
  package var reasoningNames: UInt32 = 0
  /// The type of every score: a number from 0 to 1.
  package var scoreType: UInt32 = 0
  /// The type of every component's last use: a record of message, timestamp and tokens.
  package var componentType: UInt32 = 0
  package var unmappedType: UInt32 = 0
  /// The number of values that an evaluator keeps.
  package var valueCount: UInt32 = 0
  package init() {}
}

/// The roots with a slot of their own, in the order of their slots.
package enum RootSlot: UInt32, Sendable, CaseIterable {
  case actionTool, actionType, actorID, actorRole, at, cwd, description, project
  case explanation, steps, evidence, alternatives, errorHandling, backup, tests
  case messages, tokens, tokenBudget, tasks, recentErrors, instructions, compactions
}
