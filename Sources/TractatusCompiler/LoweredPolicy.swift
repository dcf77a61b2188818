import TractatusSemantics
import TractatusValues

/// The intermediate form between a checked policy and a program: attributes and tests are numbered
/// and shared, names and sugar are gone, conditions are disjunctions of rows.
///
/// Indexes are plain `Int` positions in the arrays here; the program packs them into 32 bits.
/// `CheckedPolicy`'s packages, action types and rules keep their indexes.
package struct LoweredPolicy: Sendable {
  package var checked: CheckedPolicy
  package var attributes: [LoweredAttribute] = []
  package var tests: [LoweredTest] = []
  /// One per action type, then nothing else: the clauses that judge calls of that type.
  package var tables: [LoweredTable] = []
  /// The clauses under `on any`, judged once as each type of the call.
  package var anyTable = LoweredTable()
  /// In evaluation order (`CheckedPolicy.thresholdOrder`).
  package var thresholds: [LoweredThreshold] = []
  /// Same indexes as `CheckedPolicy.actionMappings`.
  package var actionMappings: [LoweredFormula] = []
  package var waivers: [LoweredWaiver] = []
  /// Which earlier actions tests ask for.
  package var histories: [LoweredHistory] = []
  /// Reasons of the types' own `otherwise`, by action type; `nil` where a type has none. Never
  /// empty: the type's title where there is no `because`.
  package var typeDefaults: [LoweredTemplate?] = []
  /// By action type: tests, one for each of its commands, that it is opaque. They take out the
  /// `allow` clauses under `on any`; those on types have the tests in their conditions.
  package var opacityTests: [[Int]] = []
  /// Reasons of the packages' `otherwise`, by package, over roots alone.
  package var packageDefaults: [LoweredTemplate?] = []
  /// `sha256:…` over the sorted digests of the sources.
  package var digest = ""
  package init(checked: CheckedPolicy) { self.checked = checked }
}

extension LoweredPolicy {
  /// Whether some test may depend on where paths lie or what a command does.
  package var mayReadPlaces: Bool {
    tests.contains { test in
      switch test {
      case .forms, .place, .command, .quantified: true
      case .exact, .relation, .recent, .history, .composite: false
      }
    }
  }
}

/// One attribute that some test, template, extraction or score reads.
package struct LoweredAttribute: Hashable, Sendable {
  /// Where the value of an attribute comes from.
  package enum Source: Hashable, Sendable {
    /// Of `CheckedPolicy.actionTypes[type].parameters[parameter]`.
    case parameter(type: Int, parameter: Int, fields: [String])
    case actionType, actionTool, description, project, cwd, at, actorID, actorRole
    case session(String)
    case score(String)
    case reasoning(String)
    /// Of `CheckedPolicy.facts`.
    case fact(Int, fields: [String])
    case component(String)
    /// Of `CheckedPolicy.thresholds`.
    case level(Int)
    case thresholdScore(Int)
  }
  package var source: Source
  package var type: ValueType
  package init(source: Source, type: ValueType) {
    self.source = source
    self.type = type
  }
}

/// One test, with a truth value in every decision. An exact one asks one attribute against
/// constants; the rest are free.
package enum LoweredTest: Hashable, Sendable {
  case exact(attribute: Int, ExactPredicate)
  /// Two attributes.
  case relation(attribute: Int, LoweredRelation, other: Int)
  case recent(attribute: Int, [Window])
  /// How many actions came before of those that `LoweredPolicy.histories[history]` asks for, with
  /// these attributes of the current one.
  case history(Int, keys: [Int], [OrdinalRange])
  /// A test of a path's text. It is true when some form of the path passes, so that two of them
  /// are not one test of what both allow.
  case forms(attribute: Int, ExactPredicate, ambiguityHolds: Bool)
  case place(attribute: Int, LoweredPlaceTest)
  case command(attribute: Int, LoweredCommandTest)
  /// The whole quantifier; each is one test of its own.
  case quantified(LoweredQuantified)
  /// A condition whose rows would be too many, kept whole.
  case composite(LoweredExpression)
}

/// A test of one value against constants; see `Predicate` for the meaning of each.
package enum ExactPredicate: Hashable, Sendable {
  case present
  case inRanges([OrdinalRange])
  case equalsText([String])
  case matches([TextPattern])
  case containsOrdinal([OrdinalRange])
  case containsText([String])
  case count([OrdinalRange])
  /// Of a level attribute: measured, and this level; never unknown.
  case measuredLevel(Int)
  /// Of a level attribute: true while unmeasured; never unknown.
  case unmeasured
}

extension ExactPredicate {
  /// Texts are the same when their bytes are; Swift's strings already when they look the same.
  package static func == (left: ExactPredicate, right: ExactPredicate) -> Bool {
    switch (left, right) {
    case (.present, .present), (.unmeasured, .unmeasured): true
    case (.inRanges(let one), .inRanges(let other)): one == other
    case (.equalsText(let one), .equalsText(let other)): same(one, other)
    case (.matches(let one), .matches(let other)): one == other
    case (.containsOrdinal(let one), .containsOrdinal(let other)): one == other
    case (.containsText(let one), .containsText(let other)): same(one, other)
    case (.count(let one), .count(let other)): one == other
    case (.measuredLevel(let one), .measuredLevel(let other)): one == other
    default: false
    }
  }

  private static func same(_ one: [String], _ other: [String]) -> Bool {
    one.elementsEqual(other) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Hashes what is compared; strings of equal bytes hash alike.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .present: hasher.combine(0)
    case .inRanges(let ranges):
      hasher.combine(1)
      hasher.combine(ranges)
    case .equalsText(let texts):
      hasher.combine(2)
      hasher.combine(texts)
    case .matches(let patterns):
      hasher.combine(3)
      hasher.combine(patterns)
    case .containsOrdinal(let ranges):
      hasher.combine(4)
      hasher.combine(ranges)
    case .containsText(let texts):
      hasher.combine(5)
      hasher.combine(texts)
    case .count(let ranges):
      hasher.combine(6)
      hasher.combine(ranges)
    case .measuredLevel(let level):
      hasher.combine(7)
      hasher.combine(level)
    case .unmeasured: hasher.combine(8)
    }
  }
}

/// How two attributes are compared.
package enum LoweredRelation: Hashable, Sendable {
  case compare(Comparison)
  case isElement
  case hasElement
  case text(TextRelation)
}

/// Which earlier actions a test asks for: what a session keeps of them has the name.
package struct LoweredHistory: Sendable {
  /// `sha256` of the normal form, in hexadecimal digits.
  package var name = ""
  package var type: Int
  package var formula: LoweredFormula
  /// Attributes of the earlier action.
  package var keys: [Int]
  package var window: Window?
  /// Of `LoweredPolicy.histories`: what must not have come afterwards.
  package var since: Int?
  /// How many actions the test tells apart.
  package var capacity: Int
}

/// A boolean combination of tests, in Kleene's logic.
package indirect enum LoweredExpression: Hashable, Sendable {
  case constant(Bool)
  case test(Int)
  case not(LoweredExpression)
  case and([LoweredExpression])
  case or([LoweredExpression])
}

/// A quantifier with its condition over elements.
package struct LoweredQuantified: Hashable, Sendable {
  package var isUniversal: Bool
  package var list: ElementOperand
  package var depth: Int
  package var condition: ElementExpression
  package init(isUniversal: Bool, list: ElementOperand, depth: Int, condition: ElementExpression) {
    self.isUniversal = isUniversal
    self.list = list
    self.depth = depth
    self.condition = condition
  }
}

/// What a test under a quantifier reads.
package enum ElementOperand: Hashable, Sendable {
  case attribute(Int)
  /// The element of the quantifier at `depth` and a path into it; `type` is that of what is read.
  case element(depth: Int, fields: [String], type: ValueType)
}

/// A condition over the elements of a list, in Kleene's logic.
package indirect enum ElementExpression: Hashable, Sendable {
  case constant(Bool)
  /// `ambiguityHolds` counts for paths alone.
  case exact(ElementOperand, ExactPredicate, ambiguityHolds: Bool)
  case place(ElementOperand, LoweredPlaceTest)
  case command(ElementOperand, LoweredCommandTest)
  case relation(ElementOperand, LoweredRelation, ElementOperand)
  case recent(ElementOperand, [Window])
  case quantified(LoweredQuantified)
  case not(ElementExpression)
  case and([ElementExpression])
  case or([ElementExpression])
}

/// A disjunction of rows. No row: false; a row without literals: true.
package struct LoweredFormula: Hashable, Sendable {
  package var rows: [LoweredRow]
  /// Every test that the condition contains before any pass, ascending: where the formula is
  /// unknown, the causes of those that are unknown are reported.
  package var tests: [Int]
  package init(rows: [LoweredRow], tests: [Int]) {
    self.rows = rows
    self.tests = tests
  }
}

/// A conjunction of literals, ascending by test, each test once or in both polarities.
package struct LoweredRow: Hashable, Sendable {
  package var literals: [LoweredLiteral]
  package init(literals: [LoweredLiteral]) { self.literals = literals }
}

/// A test or its negation.
package struct LoweredLiteral: Hashable, Sendable {
  package var test: Int
  package var isNegated: Bool
  package init(test: Int, isNegated: Bool) {
    self.test = test
    self.isNegated = isNegated
  }
}

/// The clauses that judge calls of one type, in the order of rule, then clause.
package struct LoweredTable: Sendable {
  package var clauses: [LoweredClause] = []
  package init() {}
}

/// One clause as it judges one type (or every type, under `on any`).
package struct LoweredClause: Sendable {
  /// What of the checked policy a clause was made from.
  package enum Origin: Hashable, Sendable {
    /// `CheckedPolicy.rules[rule].clauses[clause]`.
    case rule(Int, clause: Int)
    /// `CheckedPolicy.thresholds[threshold].levels[level]`.
    case level(threshold: Int, level: Int)
    case unmeasured(threshold: Int)
  }
  package var origin: Origin
  package var verdict: Verdict
  /// For `effect` and `expect`: guard and condition together. For `require`: the guard.
  package var formula: LoweredFormula
  /// For `require`: what is required.
  package var required: LoweredFormula?
  package var because: LoweredTemplate
  /// For `expect`: the attribute whose value is reported.
  package var expectAttribute: Int?
  package init(
    origin: Origin, verdict: Verdict, formula: LoweredFormula, required: LoweredFormula?,
    because: LoweredTemplate, expectAttribute: Int?
  ) {
    self.origin = origin
    self.verdict = verdict
    self.formula = formula
    self.required = required
    self.because = because
    self.expectAttribute = expectAttribute
  }
}

/// A reason: texts and values; never empty (the rule's title where there is no `because`).
package struct LoweredTemplate: Hashable, Sendable {
  /// One piece of a reason.
  package enum Segment: Hashable, Sendable {
    case text(String)
    /// `nil`: a parameter that this type does not have, shown as `absent`.
    case value(attribute: Int?)
  }
  package var segments: [Segment]
  package init(segments: [Segment]) { self.segments = segments }
}

/// What a threshold reads; the rest stands in the checked policy.
package struct LoweredThreshold: Sendable {
  /// Of `CheckedPolicy.thresholds`.
  package var threshold: Int
  package var given: Int?
  package var factors: [LoweredArithmetic]
  package var points: [LoweredFormula]
  package init(
    threshold: Int, given: Int?, factors: [LoweredArithmetic], points: [LoweredFormula]
  ) {
    self.threshold = threshold
    self.given = given
    self.factors = factors
    self.points = points
  }
}

/// The arithmetic of a factor over attributes.
package indirect enum LoweredArithmetic: Hashable, Sendable {
  case number(Decimal)
  case attribute(Int)
  case count(Int)
  case add(LoweredArithmetic, LoweredArithmetic)
  case subtract(LoweredArithmetic, LoweredArithmetic)
  case multiply(LoweredArithmetic, LoweredArithmetic)
  case divide(LoweredArithmetic, LoweredArithmetic)
}

/// A waiver's condition by the type it is judged as.
package struct LoweredWaiver: Sendable {
  /// Of `CheckedPolicy.waivers`.
  package var waiver: Int
  /// By action type; one with key -1 for `on any`.
  package var formulas: [(type: Int, formula: LoweredFormula)]
  package init(waiver: Int, formulas: [(type: Int, formula: LoweredFormula)]) {
    self.waiver = waiver
    self.formulas = formulas
  }
}
