import TractatusSemantics
import TractatusValues

/// What is built into the language beside its words, with its meaning.
enum BuiltInNames {
  /// A built-in attribute.
  struct Attribute {
    var type: ValueType
    var isOptional = false
    var meaning: String
  }

  /// The built-in types of values.
  static let types: [String: String] = [
    "bool": "`true` or `false`.",
    "int": "A number of integral value, exact.",
    "number": "An exact decimal of at most 18 digits on either side of the point.",
    "text": "Unicode text.",
    "time": "An instant, written as a date or an RFC 3339 time.",
    "command": "A shell command line: tests ask what it runs, reads, writes, deletes, connects to.",
    "path": "A path of a file: tests compare its normalised forms, `within` asks for a directory.",
    "url": "A URL, with `.scheme`, `.host` and `.port`; `within` asks for its host's domain.",
    "host": "A host's name or address, normalised; `within` asks for a domain.",
  ]

  /// The names that every condition reaches, with what they hold.
  static let roots: [String: String] = [
    "action": "What is judged: `action.type` and `action.tool`.",
    "description": "What the call says of itself; empty when it says nothing.",
    "project": "The project's folder, which the caller supplies and the agent cannot move.",
    "cwd": "The working directory of the action.",
    "at": "The time of the action; nothing reads a clock.",
    "session": "Figures of the session that the caller supplies.",
    "scores": "Scores from 0 to 1 that the caller supplies.",
    "reasoning": "What the agent says of its reasons.",
    "components": "The last use of each component that a `monitor` declares.",
    "facts": "Facts about the surroundings, each declared by `fact`.",
    "actor": "Who acts: `actor.id` and `actor.role`.",
  ]

  private static let figure = ValueType.int(bounds: NumberBounds(lower: .zero))

  /// The attributes of the roots, by their whole names.
  static let attributes: [String: Attribute] = [
    "description": Attribute(type: .text, meaning: roots["description"] ?? ""),
    "project": Attribute(type: .path, meaning: roots["project"] ?? ""),
    "cwd": Attribute(type: .path, meaning: roots["cwd"] ?? ""),
    "at": Attribute(type: .time(bounds: TimeBounds()), meaning: roots["at"] ?? ""),
    "action.type": Attribute(
      type: .text, meaning: "The action type as which the call is judged, with its package."),
    "action.tool": Attribute(
      type: .text, isOptional: true, meaning: "The client's name of the tool."),
    "actor.id": Attribute(type: .text, isOptional: true, meaning: "Who acts."),
    "actor.role": Attribute(type: .text, isOptional: true, meaning: "The role of who acts."),
    "session.messages": Attribute(type: figure, meaning: "Messages of the session so far."),
    "session.tokens": Attribute(type: figure, meaning: "Tokens of the session so far."),
    "session.token_budget": Attribute(type: figure, meaning: "Tokens that the session may use."),
    "session.tasks": Attribute(type: figure, meaning: "Tasks under way at once."),
    "session.recent_errors": Attribute(type: figure, meaning: "Errors of late."),
    "session.instructions": Attribute(type: figure, meaning: "Instructions in force."),
    "session.compactions": Attribute(
      type: figure, meaning: "How often the session was compacted."),
    "reasoning.explanation": Attribute(type: .text, meaning: "Why the agent acts."),
    "reasoning.steps": Attribute(type: .list(.text), meaning: "The steps of its reasoning."),
    "reasoning.evidence": Attribute(type: .list(.text), meaning: "What it rests on."),
    "reasoning.alternatives": Attribute(
      type: .list(.text), meaning: "What else was considered."),
    "reasoning.error_handling": Attribute(
      type: .bool, meaning: "Whether it says what happens when something fails."),
    "reasoning.backup": Attribute(type: .bool, meaning: "Whether there is a way back."),
    "reasoning.tests": Attribute(type: .bool, meaning: "Whether it is tested."),
  ]

  /// The parts of a URL.
  static let urlParts: [String: ValueType] = [
    "scheme": .text, "host": .host,
    "port": .int(bounds: NumberBounds(lower: .zero, upper: Decimal(exactly: 65_535))),
  ]

  /// A key of metadata.
  struct Metadata {
    /// The kinds of policy rules that have it; empty for all.
    var kinds: [PolicyRule.Kind] = []
    /// The words that it takes, in their order; empty where it takes something else.
    var words: [String] = []
    var meaning: String
  }

  /// The keys of metadata, in the order in which they are written.
  static let metadata: [(key: String, value: Metadata)] = [
    (
      "quadrant",
      Metadata(
        kinds: [.instruction],
        words: ClassificationNames.words(of: "quadrant") ?? [],
        meaning: "What kind of instruction it is.")
    ),
    (
      "persistence",
      Metadata(
        kinds: [.instruction], words: ClassificationNames.words(of: "persistence") ?? [],
        meaning: "How firmly it holds: `expect` denies with `high` and `critical`, warns with "
          + "`medium`, else is noted.")
    ),
    (
      "scope",
      Metadata(
        kinds: [.instruction],
        words: ClassificationNames.words(of: "scope") ?? [],
        meaning: "How long it is meant to hold.")
    ),
    (
      "verification",
      Metadata(
        kinds: [.instruction],
        words: ClassificationNames.words(of: "verification") ?? [],
        meaning: "How strictly it is verified: `expect` denies with `mandatory`, and at least "
          + "warns with `required`.")
    ),
    (
      "explicitness",
      Metadata(
        kinds: [.instruction],
        meaning: "How explicit it was, from 0 to 1: the confidence of conflicts. Below 0.5 "
          + "`expect` asks at least.")
    ),
    ("section", Metadata(kinds: [.boundary], meaning: "The section that states the boundary.")),
    ("domain", Metadata(kinds: [.boundary], meaning: "The domain that belongs to people.")),
    ("source", Metadata(meaning: "Who said it.")),
    ("since", Metadata(meaning: "The first day or instant at which the rule applies.")),
    ("until", Metadata(meaning: "The last day or instant at which the rule applies.")),
    ("active", Metadata(meaning: "`false` takes the rule out.")),
    ("replaces", Metadata(meaning: "Rules that this one takes out while it lives.")),
  ]

  /// The words of `urgency` in a deliberation.
  static let urgency = ["critical", "urgent", "important", "routine"]
}
