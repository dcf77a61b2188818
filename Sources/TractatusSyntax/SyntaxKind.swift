/// What a node of the tree is; all but the last two are productions of the grammar, by the
/// names that they have in `grammar/tractatus.ebnf`.
package enum SyntaxKind: UInt8, Sendable, CaseIterable {
  // Whole file.
  /// A whole file: its `policy`, then declarations.
  case file
  /// `policy a.b "title" version "1.0"`.
  case policy

  // Declarations.
  /// `use a.b`.
  case useDeclaration
  /// `let name = …`.
  case letDeclaration
  /// `type name = …`.
  case typeDeclaration
  /// `fact a.b: text optional else …`.
  case factDeclaration
  /// `action name "title" { … }`.
  case actionDeclaration
  /// `otherwise verdict because …`, of a package or an action type.
  case otherwise
  /// `rule`, `instruction`, `boundary` or `requirement`.
  case ruleDeclaration
  /// `threshold name "title" { … }`.
  case thresholdDeclaration
  /// `monitor { … }`.
  case monitorDeclaration
  /// `waive rule on … from … until … because … approved by …`.
  case waiveDeclaration
  /// `test "title" { … }`.
  case testDeclaration
  /// `prove "title" { … }`.
  case proveDeclaration
  /// `program a, b "title" { … }`.
  case programDeclaration
  /// `classify name of text { … }`.
  case classifyDeclaration
  /// `reading name "title" { … }`.
  case readingDeclaration

  // Types.
  /// `one of [a, b]`.
  case enumerationShape
  /// `list of T`.
  case listShape
  /// `{ name: T, … }`.
  case recordShape
  /// `int in 1..65535`: a type's name, perhaps with bounds.
  case namedShape
  /// `name: T optional`.
  case field
  /// One end of a range of a type.
  case bound

  // Parts of an action type.
  /// `extract port from description matching /…/`.
  case extract
  /// `from tool "Bash" with a = b`.
  case toolSource
  /// `from result of "Read" with text = tool_response`.
  case resultSource
  /// `from event "prompt" with text = prompt`.
  case eventSource
  /// `from action bash when …`.
  case actionSource
  /// `path = file_path`.
  case fieldMapping

  // Parts of a policy rule.
  /// `name: value`.
  case metadata
  /// `on types when … unless …`.
  case on
  /// `any`, or names of action types.
  case types
  /// `when condition`.
  case whenGuard
  /// `unless condition`.
  case unlessGuard
  /// `because "…"`.
  case because
  /// `deny when …`, or `needs human judgment when …`.
  case effect
  /// `expect a == v instead of d correct`.
  case expect
  /// `instead of value`.
  case insteadOf
  /// `require condition else ask`.
  case require
  /// `else verdict`.
  case elseVerdict
  /// `offer`, `check` or `notify` with its text.
  case obligation
  /// `example deny { … } given { … }`.
  case example
  /// `given { … }`.
  case given
  /// `deliberate { … }`.
  case deliberate
  /// `tension "…"`.
  case tension
  /// `framework "…" holds "…" from […]`.
  case framework
  /// `review after 90 days`.
  case review

  // Parts of a threshold.
  /// `given scores.x`.
  case givenScore
  /// `base 0.5`.
  case base
  /// `factor name 30% = sum else 0`.
  case factor
  /// `add 0.2 when …` or `subtract 0.2 when …`; in a classification also `add 2 for each …`.
  case point
  /// `level name from 30% warn because …`.
  case level
  /// `unmeasured ask because …`.
  case unmeasured
  /// Products with `+` and `-` between them.
  case sum
  /// Operands with `*` and `/` between them.
  case product
  /// A number, `count(path)`, a sum in parentheses or a path.
  case operand

  // Parts of a classification.
  /// `case name { … }`.
  case classifyCase
  /// `otherwise name`.
  case classifyOtherwise
  /// `store from 60%`.
  case storedFrom
  /// `usual port 80, 8080 when …`.
  case usualValue

  // Parts of a monitor.
  /// `component name stale after 20 messages or 30_000 tokens`.
  case component
  /// `checkpoints 25%, 50% of 200_000 tokens`.
  case checkpoints
  /// `report every 20 messages or 40_000 tokens`.
  case reportRhythm

  // Parts of a test.
  /// `earlier name { … }`.
  case earlierAction
  /// `action name { … }` in a test.
  case testAction
  /// `expect deny by a, b correcting { … }` in a test.
  case testExpectation

  // Parts of a proof.
  /// `never allow types when … unless …`, or with `always`.
  case claim

  // Parts of a program.
  /// `flag -f --force deletes operands`.
  case programFlag
  /// `option -o --output takes path writes`.
  case programOption
  /// `subcommand push { … }`.
  case programSubcommand
  /// `writes last operand`, `escalates`.
  case programEffect

  // Conditions.
  /// Unary conditions with `and` or `or` between them; also with one alone.
  case condition
  /// `not condition`.
  case notCondition
  /// `(condition)`.
  case groupCondition
  /// `true` or `false`.
  case literalCondition
  /// `has path`.
  case hasCondition
  /// `any x in list satisfies (…)` or with `all`.
  case quantifiedCondition
  /// `count(list) > 3`.
  case countCondition
  /// `previously a where (…) within 10 minutes` or with `since b`.
  case previously
  /// `path? not test`, or the path alone.
  case attributeCondition

  // Tests of an attribute.
  /// `== value` and its like.
  case comparisonTest
  /// `in value` or `in low..high`.
  case membershipTest
  /// `like`, `matches`, `mentions`, `contains`, `starts with`, `ends with`.
  case textTest
  /// `within 20 messages and 30_000 tokens`.
  case windowTest
  /// `within "/srv"`, `outside ["a.example", "b.example"]`.
  case placeTest
  /// `is opaque`, `is undeclared`.
  case stateTest
  /// `only runs "git push" with "--force" operand like "+*"`.
  case runsTest
  /// `with all ["-r", "-f"]` or with `without`.
  case optionsTest
  /// `operand not within "/etc"`, `without operand`.
  case operandTest
  /// `to not like "/usr/*"`, of the value that a variable is set to.
  case valueTest
  /// `only writes within cwd`, `escalates`.
  case effectTest
  /// `pipes "curl" into ["sh", "bash"]`.
  case pipesTest

  // Values.
  /// A string, regular expression, number with its sign and unit, percentage, date, time or truth
  /// value.
  case literal
  /// `[a, b]`.
  case list
  /// `{ a: 1, b.c: 2 }`.
  case record
  /// `a.b: value`.
  case recordField
  /// `90 days`.
  case amount
  /// `a.b.c`.
  case path
  /// One name where something is named.
  case name

  // What is no production.
  /// Tokens that belong nowhere; a diagnostic speaks of them.
  case unexpected
  /// The place of something that should be there; it has no tokens.
  case missing
}

extension SyntaxKind {
  /// Whether the kind is a declaration that may stand after `policy`.
  package var isDeclaration: Bool {
    switch self {
    case .useDeclaration, .letDeclaration, .typeDeclaration, .factDeclaration,
      .actionDeclaration, .otherwise, .ruleDeclaration, .thresholdDeclaration,
      .monitorDeclaration, .waiveDeclaration, .testDeclaration, .proveDeclaration,
      .programDeclaration, .classifyDeclaration, .readingDeclaration:
      true
    default: false
    }
  }

  /// Whether the kind is a type: an enumeration, a list, a record or a name.
  package var isShape: Bool {
    self == .enumerationShape || self == .listShape || self == .recordShape || self == .namedShape
  }

  /// Whether the kind is a value: a literal, a list, a record or a path.
  package var isValue: Bool {
    self == .literal || self == .list || self == .record || self == .path
  }

  /// Whether the kind is an operand of `and` and `or`.
  package var isUnaryCondition: Bool {
    switch self {
    case .notCondition, .groupCondition, .literalCondition, .hasCondition, .quantifiedCondition,
      .countCondition, .previously, .attributeCondition:
      true
    default: false
    }
  }

  /// Whether the kind is a test of an attribute.
  package var isTest: Bool {
    switch self {
    case .comparisonTest, .membershipTest, .textTest, .windowTest, .placeTest, .stateTest,
      .runsTest, .effectTest, .pipesTest:
      true
    default: false
    }
  }
}
