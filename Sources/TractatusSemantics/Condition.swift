import TractatusSource
import TractatusValues

/// A checked condition: names resolved, named conditions inlined, sugar removed.
///
/// Its meaning is Kleene's: `and` is the minimum of its parts, `or` the maximum, `not` swaps true
/// and false and keeps unknown. INVARIANT: `and` and `or` have at least two parts.
package indirect enum Condition: Hashable, Sendable {
  case constant(Bool)
  case test(Test)
  case not(Condition)
  case and([Condition])
  case or([Condition])
  case quantified(Quantified)
}

/// One test of one attribute.
///
/// Meaning, in this order: `operand` (or the right-hand operand of a comparison) absent: false;
/// either unknown: unknown; else what `predicate` says of the value. So `x? == 5` is the test
/// itself, `x? not in [5]` is `and(has x, not(test))`, and a bare boolean `x` is `x == true`.
package struct Test: Hashable, Sendable {
  package var operand: Operand
  package var predicate: Predicate
  /// What the test says where the forms of one path disagree (as given and link-resolved, a home
  /// directory that may be another's): true where truth restricts, false where it loosens. True
  /// where the operand has no forms.
  package var ambiguityHolds: Bool
  package init(operand: Operand, predicate: Predicate, ambiguityHolds: Bool = true) {
    self.operand = operand
    self.predicate = predicate
    self.ambiguityHolds = ambiguityHolds
  }
}

/// `any x in list satisfies (…)`, `all x in list satisfies (…)`: Kleene's `or` and `and` over the
/// elements; an empty (or absent) list gives false for both.
///
/// More than `Limits.elementTests` element tests, those of nested quantifiers included and nothing
/// short-circuited, make the outermost quantifier unknown ("spent budget").
package struct Quantified: Hashable, Sendable {
  package var isUniversal: Bool
  package var list: Operand
  /// In it, `Reference.element(depth:…)` with this quantifier's depth is the element;
  /// depth 0 is the outermost quantifier.
  package var depth: Int
  package var condition: Condition
  package init(isUniversal: Bool, list: Operand, depth: Int, condition: Condition) {
    self.isUniversal = isUniversal
    self.list = list
    self.depth = depth
    self.condition = condition
  }
}

/// An attribute as a condition names it, with its type.
package struct Operand: Hashable, Sendable {
  package var reference: Reference
  package var type: ValueType
  package init(reference: Reference, type: ValueType) {
    self.reference = reference
    self.type = type
  }
}

/// What an operand refers to. `fields` lead into records.
package enum Reference: Hashable, Sendable {
  /// A parameter of the type that is judged; absent when that type has none of the name.
  case parameter(String, fields: [String])
  /// The element of the quantifier at `depth`, itself when `fields` is empty.
  case element(depth: Int, fields: [String])
  /// `action.type`: the qualified name, always known.
  case actionType
  /// `action.tool`: absent when the call names no tool.
  case actionTool
  /// `description`: empty when not given, never absent or unknown.
  case description
  case project, cwd, at
  /// `session.tokens` and its like: one of `Roots.session`.
  case session(String)
  /// `scores.x`, 0 to 1.
  case score(String)
  /// `reasoning.steps` and its like: one of `Roots.reasoning`.
  case reasoning(String)
  case fact(String, fields: [String])
  case actorID, actorRole
  /// `components.X` or its bare name: the last use; only under `Predicate.recent`.
  case component(String)
  /// A threshold's level as the ordinal of its place from 0; unknown while unmeasured.
  case level(ThresholdID)
  /// A threshold's score.
  case thresholdScore(ThresholdID)
  /// How often actions came before; only under `Predicate.inRanges`.
  indirect case history(HistoryQuery)
}

/// `previously a where (…) within 10 minutes`: which earlier actions are asked for.
///
/// The current action is none of them. One counts when its verdict let it go ahead; it is unknown
/// when it asked and nothing reported its result.
package struct HistoryQuery: Hashable, Sendable {
  /// What an earlier action has in common with the current one.
  package struct Key: Hashable, Sendable {
    /// Of the earlier action.
    package var earlier: Operand
    /// Of the current action: `this.x`.
    package var current: Operand
    package init(earlier: Operand, current: Operand) {
      self.earlier = earlier
      self.current = current
    }
  }
  package var type: ActionTypeID
  /// Over the earlier action's parameters and surroundings, as it was judged.
  package var condition: Condition
  /// All of them must be equal.
  package var keys: [Key]
  package var window: Window?
  /// The type of which no action came after it.
  package var since: ActionTypeID?
  package init(
    type: ActionTypeID, condition: Condition, keys: [Key], window: Window?, since: ActionTypeID?
  ) {
    self.type = type
    self.condition = condition
    self.keys = keys
    self.window = window
    self.since = since
  }
}

/// A place in the order of a scalar type, on one scale for comparison within a type:
/// bool 0/1; int and number `Decimal.raw`; time `Instant.ordinal`; enumeration and level the index.
package typealias Ordinal = Int128

/// A closed range of ordinals. Every scale is discrete, so `> 5` is `lower = ordinal(5) + 1`.
package struct OrdinalRange: Hashable, Sendable {
  package var lower: Ordinal
  package var upper: Ordinal
  package init(_ lower: Ordinal, _ upper: Ordinal) {
    self.lower = lower
    self.upper = upper
  }
}

/// What is asked of a value.
package enum Predicate: Hashable, Sendable {
  /// `has x`.
  case present
  /// A scalar lies in one of these ranges: ascending, disjoint, not adjacent, possibly none.
  case inRanges([OrdinalRange])
  /// A text equals one of these, byte for byte: ascending, unique.
  case equalsText([String])
  /// A text matches one of these.
  case matches([TextPattern])
  /// A list of scalars has an element in one of these ranges.
  case containsOrdinal([OrdinalRange])
  /// A list of texts has an element equal to one of these.
  case containsText([String])
  /// `count(list)` lies in one of these ranges, on the scale of numbers.
  case count([OrdinalRange])
  /// `within 20 messages and 30_000 tokens`, of a component's last use or of a time:
  /// every window must hold, each bound included.
  case recent([Window])
  /// The value compared with another attribute's: both scalars of one scale, or both texts
  /// (by bytes, `==` and `!=` only).
  case compare(Comparison, Operand)
  /// `x in list` where the list is an attribute: some element equals the value.
  case isElement(of: Operand)
  /// `list contains x` where `x` is an attribute.
  case hasElement(Operand)
  /// `contains`, `starts with`, `ends with` where the right side is a text attribute.
  case textRelation(TextRelation, Operand)
  /// `within`, `outside`: of a path, a URL or a host.
  case place(PlaceTest)
  /// Of a command; of an element under a quantifier over a command, one simple command.
  case command(CommandTest)
}

/// A sign between two attributes.
package enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// How one text lies in another.
package enum TextRelation: UInt8, Hashable, Sendable, CaseIterable {
  case contains, startsWith, endsWith
}

/// One term of a text test.
package struct TextPattern: Hashable, Sendable {
  /// How the term is compared.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case contains, startsWith, endsWith
    /// A glob over the whole value.
    case glob
    /// A glob over a path: `*` stops at `/`, a pattern without `/` tests the last component.
    case pathGlob
    case regularExpression
    case mentions
  }
  package var kind: Kind
  /// The decoded text; for a regular expression what stands between the slashes, its flags apart.
  package var text: String
  package var ignoresCase: Bool
  /// The flag `s`: `.` also matches a newline.
  package var dotMatchesNewline: Bool
  package init(
    kind: Kind, text: String, ignoresCase: Bool = false, dotMatchesNewline: Bool = false
  ) {
    self.kind = kind
    self.text = text
    self.ignoresCase = ignoresCase
    self.dotMatchesNewline = dotMatchesNewline
  }
}

extension TextPattern {
  /// Texts are the same when their bytes are; Swift's strings already when they look the same.
  package static func == (left: TextPattern, right: TextPattern) -> Bool {
    left.kind == right.kind && left.ignoresCase == right.ignoresCase
      && left.dotMatchesNewline == right.dotMatchesNewline
      && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the text's bytes and everything else.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(ignoresCase)
    hasher.combine(dotMatchesNewline)
    hasher.combine(TextBytes(text))
  }
}

/// A text that is equal to another when their bytes are, which is what equality means in rules.
/// (Swift's strings are equal already when they are canonically equivalent.)
package struct TextBytes: Hashable, Sendable {
  /// The text.
  package let text: String

  /// Makes a key of a text.
  package init(_ text: String) { self.text = text }

  /// Compares bytes.
  package static func == (left: TextBytes, right: TextBytes) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes as the string does: equal bytes are equal strings.
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// The texts ascending by bytes, each once. O(n · log n).
  package static func sortedUnique(_ texts: [String]) -> [String] {
    var result: [String] = []
    let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for text in sorted where !(result.last?.utf8.elementsEqual(text.utf8) ?? false) {
      result.append(text)
    }
    return result
  }
}

/// One bound of an age: at most `amount` of `unit`.
package struct Window: Hashable, Sendable {
  /// What an age is measured in.
  package enum Unit: UInt8, Hashable, Sendable {
    case messages, tokens
    /// `amount` is in nanoseconds.
    case time
  }
  package var unit: Unit
  package var amount: Int64
  package init(unit: Unit, amount: Int64) {
    self.unit = unit
    self.amount = amount
  }
}
