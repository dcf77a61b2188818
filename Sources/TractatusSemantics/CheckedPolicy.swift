import TractatusSource
import TractatusValues

/// Everything that the loaded packages declare, resolved and checked: what is lowered to a program
/// and what the tests' naive evaluator walks.
///
/// Every list is in the order of qualified names (waivers, mappings and tests: of package, then
/// content, then place), so that the order of files and declarations is not seen.
package struct CheckedPolicy: Sendable {
  package var packages: [CheckedPackage] = []
  package var actionTypes: [ActionType] = []
  package var toolMappings: [ToolMapping] = []
  package var actionMappings: [ActionMapping] = []
  package var facts: [Fact] = []
  package var components: [Component] = []
  package var monitors: [Monitor] = []
  package var thresholds: [Threshold] = []
  /// Thresholds in an order in which each comes after those that its factors read.
  package var thresholdOrder: [ThresholdID] = []
  /// Every policy rule, those with `active: false` included (`isActive` is false).
  package var rules: [PolicyRule] = []
  package var waivers: [Waiver] = []
  package var tests: [PolicyTest] = []
  /// What is claimed of all actions, unless only decisions are checked.
  package var proofs: [PolicyProof] = []
  /// What programs do, by package and then the first name.
  package var programs: [ProgramDeclaration] = []
  /// How instructions are classified, unless only decisions are checked and none rests on it.
  package var classifications: [Classification] = []
  /// How instructions become clauses, unless only decisions are checked.
  package var readings: [Reading] = []
  package init() {}
}

/// A name within its package: `acme.platform` and `inst_042`.
package struct QualifiedName: Hashable, Comparable, Sendable {
  package var package: String
  package var name: String
  package init(package: String, name: String) {
    self.package = package
    self.name = name
  }
  /// `acme.platform.inst_042`; without a package the bare name.
  package var text: String { package.isEmpty ? name : package + "." + name }
  package static func < (a: QualifiedName, b: QualifiedName) -> Bool {
    if a.package == b.package { return a.name.utf8.lexicographicallyPrecedes(b.name.utf8) }
    return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

/// Index into `CheckedPolicy.packages`.
package struct PackageID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}
/// Index into `CheckedPolicy.actionTypes`.
package struct ActionTypeID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}
/// Index into `CheckedPolicy.thresholds`.
package struct ThresholdID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}
/// Index into `CheckedPolicy.rules`.
package struct RuleID: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}

/// One package with what it sets for all its types.
package struct CheckedPackage: Sendable {
  package var name: String
  package var title: String
  package var version: String
  /// Packages that a file of this one `use`s, by name, ascending.
  package var uses: [PackageID]
  package var otherwise: Otherwise?
  package init(
    name: String, title: String, version: String, uses: [PackageID], otherwise: Otherwise?
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.uses = uses
    self.otherwise = otherwise
  }
}

/// A default verdict. `sealed otherwise` of a package is a floor under every call.
package struct Otherwise: Sendable {
  package var verdict: Verdict
  package var because: Template?
  package var isSealed: Bool
  package var span: SourceSpan
  package init(verdict: Verdict, because: Template?, isSealed: Bool, span: SourceSpan) {
    self.verdict = verdict
    self.because = because
    self.isSealed = isSealed
    self.span = span
  }
}

/// A text with attributes in braces.
package struct Template: Hashable, Sendable {
  /// A piece of text, or an attribute whose value is put in.
  package enum Segment: Hashable, Sendable {
    case text(String)
    case value(Operand)
  }
  package var segments: [Segment]
  package init(segments: [Segment]) { self.segments = segments }
}

// MARK: Action types

/// An action type. The built-in `unmapped` (package empty, no parameters, `otherwise ask`) is
/// always among them.
package struct ActionType: Sendable {
  package var name: QualifiedName
  /// `nil` for the built-in `unmapped`.
  package var package: PackageID?
  package var title: String
  package var isClosed: Bool
  package var isSealed: Bool
  /// In the order of their names.
  package var parameters: [Parameter]
  package var extractions: [Extraction]
  package var otherwise: Otherwise?
  package var span: SourceSpan
  package init(
    name: QualifiedName, package: PackageID?, title: String, isClosed: Bool, isSealed: Bool,
    parameters: [Parameter], extractions: [Extraction], otherwise: Otherwise?, span: SourceSpan
  ) {
    self.name = name
    self.package = package
    self.title = title
    self.isClosed = isClosed
    self.isSealed = isSealed
    self.parameters = parameters
    self.extractions = extractions
    self.otherwise = otherwise
    self.span = span
  }
}

/// A declared parameter of an action type.
package struct Parameter: Sendable {
  package var name: String
  package var type: ValueType
  package var isOptional: Bool
  package init(name: String, type: ValueType, isOptional: Bool) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
  }
}

/// `extract port from description matching /…(\d+)…/`, `extract port from command option ["-p"]`:
/// fills `parameter` where the call lacks it.
package struct Extraction: Sendable {
  /// What is taken out of the source.
  package enum Search: Hashable, Sendable {
    /// The first group of every match of a regular expression.
    case matching(TextPattern)
    /// The argument of every one of these options that an invocation gives; the source is a
    /// command. As written, with their dashes, ascending, at least one.
    case options([String])
  }
  package var parameter: String
  /// What is searched: `description`, or a text parameter that the call itself carries (of this
  /// type, or under `from action` of the other).
  package var source: Reference
  package var search: Search
  /// Whether all that one text gives is one value, a line end between the matches.
  package var isJoined: Bool
  package var span: SourceSpan
  package init(
    parameter: String, source: Reference, search: Search, isJoined: Bool, span: SourceSpan
  ) {
    self.parameter = parameter
    self.source = source
    self.search = search
    self.isJoined = isJoined
    self.span = span
  }

  /// The regular expression; nil where options are searched for.
  package var pattern: TextPattern? {
    if case .matching(let pattern) = search { pattern } else { nil }
  }
}

/// What is mapped to an action type.
package enum MappedOccasion: UInt8, Hashable, Sendable, CaseIterable {
  /// A call of a tool.
  case call
  /// What a call of a tool returned.
  case result
  /// Another event.
  case event

  /// The names of events.
  package static let events = ["compact", "prompt", "session_end", "session_start", "stop"]
}

/// `from tool "Edit" with path = file_path`, `from result of "Read"`, `from event "prompt"`.
package struct ToolMapping: Sendable {
  package var type: ActionTypeID
  /// The package whose file wrote it.
  package var package: PackageID
  package var occasion: MappedOccasion
  /// Whole tool names, by case, in which `*` is any run; the name of an event.
  package var tools: [String]
  /// Parameters that are read from another field (a path into the call's parameters).
  package var fields: [(parameter: String, path: [String])]
  package var span: SourceSpan
  package init(
    type: ActionTypeID, package: PackageID, occasion: MappedOccasion = .call, tools: [String],
    fields: [(parameter: String, path: [String])], span: SourceSpan
  ) {
    self.type = type
    self.package = package
    self.occasion = occasion
    self.tools = tools
    self.fields = fields
    self.span = span
  }
}

/// `from action bash when …`: a call of `source` is a call of `type` too.
///
/// A parameter of `type` takes the value of the source type's parameter of the same name and type;
/// one that the mapping does not yield is absent when optional, else unknown.
package struct ActionMapping: Sendable {
  package var type: ActionTypeID
  package var source: ActionTypeID
  package var package: PackageID
  /// Over the source type's parameters and the roots; `.constant(true)` without `when`.
  package var condition: Condition
  package var span: SourceSpan
  package init(
    type: ActionTypeID, source: ActionTypeID, package: PackageID, condition: Condition,
    span: SourceSpan
  ) {
    self.type = type
    self.source = source
    self.package = package
    self.condition = condition
    self.span = span
  }
}

/// `fact git.branch: text optional`, the same in every package that declares it.
package struct Fact: Sendable {
  /// `git.branch`.
  package var name: String
  package var type: ValueType
  package var isOptional: Bool
  /// The value when the caller supplies none; without one the fact is unknown then.
  package var fallback: ConstantValue?
  package init(name: String, type: ValueType, isOptional: Bool, fallback: ConstantValue?) {
    self.name = name
    self.type = type
    self.isOptional = isOptional
    self.fallback = fallback
  }
}

/// A component whose use is tracked.
package struct Component: Sendable {
  package var name: String
  package var stale: [Window]
  package init(name: String, stale: [Window]) {
    self.name = name
    self.stale = stale
  }
}

/// What else a `monitor` declares, kept for the session.
package struct Monitor: Sendable {
  package var package: PackageID
  /// Checkpoints as shares (0.25) of `checkpointBudget` tokens.
  package var checkpoints: [Decimal]
  package var checkpointBudget: Int64?
  package var report: [Window]
  package init(
    package: PackageID, checkpoints: [Decimal], checkpointBudget: Int64?, report: [Window]
  ) {
    self.package = package
    self.checkpoints = checkpoints
    self.checkpointBudget = checkpointBudget
    self.report = report
  }
}

/// A constant as written, after checking against the type where it stands.
package indirect enum ConstantValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Decimal)
  case text(String)
  case time(Instant)
  case enumeration(String)
  case list([ConstantValue])
  /// In the order of names.
  case record([RecordEntry])
}

/// One entry of a record constant.
package struct RecordEntry: Hashable, Sendable {
  package var name: String
  package var value: ConstantValue
  package init(name: String, value: ConstantValue) {
    self.name = name
    self.value = value
  }
}
