import TractatusSource
import TractatusSyntax

/// The state of one check: what is declared, what it resolved to, and what is wrong.
///
/// INVARIANT: symbols are numbered in the order of their qualified names, so that a number is the
/// position in the checked policy.
final class Checker {
  /// The files by package, then name, so that their order is not seen.
  let files: [ParsedFile]
  let extent: CheckExtent
  var diagnostics: [Diagnostic] = []
  /// How many names may still be looked at for near ones.
  var nearNameBudget = 100_000
  var policy = CheckedPolicy()

  var packages: [PackageSymbol] = []
  var packageNumbers: [String: Int] = [:]
  var types: [TypeSymbol] = []
  var actions: [ActionSymbol] = []
  /// The number of the built-in `unmapped`.
  var unmapped: Int?
  var actionExtensions: [ActionExtension] = []
  var lets: [LetSymbol] = []
  var thresholds: [ThresholdSymbol] = []
  var rules: [RuleSymbol] = []
  var factNumbers: [String: Int] = [:]
  /// Packages that declare a fact, by the fact's number.
  var factPackages: [[Int]] = []
  var waives: [(package: Int, view: WaiveView)] = []
  var tests: [(package: Int, view: TestView)] = []
  var proofs: [(package: Int, view: ProveView)] = []
  var programs: [(package: Int, view: ProgramView)] = []
  var classifications: [ClassificationSymbol<ClassifyView>] = []
  var readings: [ClassificationSymbol<ReadingView>] = []
  /// What infers metadata, once it was asked for.
  var classifier: Classifier?
  /// The age of stored instructions by their sources: the place among all, oldest first.
  var storedPlaces: [SourceID: Int] = [:]
  /// The places in the policy of the declarations of a program, by its name.
  var programNumbers: [String: [Int]] = [:]
  /// Every spelling of an option that the declarations of a program have, once it was asked for.
  var programSpellings: [String: Set<String>] = [:]
  /// Where a contradiction of programs was reported: those of several names are one.
  var reportedContradictions: Set<SourceSpan> = []

  /// The action types from which an action type comes, by its number.
  var mappingSources: [Int: [Int]] = [:]
  /// What rules apply to, by their package and the tokens after `on`, where nothing is wrong.
  var appliesToCache: [String: ([Int]?, AppliesTo)] = [:]
  /// Parameters of several types together, by the types' numbers.
  var parameterTables: [[Int]: ParameterTable] = [:]
  /// What `let` lists stand for, by `let` and the type that they are read as.
  var constantCache: [ConstantKey: [OrdinalRange]] = [:]
  /// What `expect` clauses demand, for the search for conflicts.
  var expectations: [ExpectationSymbol] = []

  init(_ files: [ParsedFile], extent: CheckExtent) {
    self.extent = extent
    self.files = files.sorted { left, right in
      left.source.name != right.source.name
        ? left.source.name.utf8.lexicographicallyPrecedes(right.source.name.utf8)
        : left.source.id < right.source.id
    }
  }

  /// Adds an error.
  func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    secondary: [LabelledSpan] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(
        code, message, at: span, secondary: secondary, notes: notes, fixIts: fixIts))
  }

  /// The policy and the diagnostics in their order, each once.
  func finish() -> CheckResult {
    var seen: Set<Diagnostic> = []
    let unique = diagnostics.filter { seen.insert($0).inserted }
    return CheckResult(policy: policy, diagnostics: unique.sortedForDisplay())
  }
}

/// A kind of names of which each package has its own table.
enum Namespace: Int, CaseIterable {
  /// Types of values.
  case types
  /// Action types.
  case actions
  /// Policy rules, and thresholds.
  case rules
  /// `let` constants, and thresholds.
  case values
  /// What `classify` gives.
  case classifications
  /// Readings.
  case readings

  /// What a name of this kind is called.
  var noun: String {
    switch self {
    case .types: "type"
    case .actions: "action type"
    case .rules: "policy rule"
    case .values: "value"
    case .classifications: "classification"
    case .readings: "reading"
    }
  }
}

/// What a name stands for: the number of a symbol of the namespace's own kind, or of a threshold.
enum SymbolReference: Hashable {
  case own(Int)
  case threshold(Int)
}

/// A package with its names.
struct PackageSymbol {
  var name: String
  var title = ""
  var version = ""
  /// Where the first file names it.
  var span: SourceSpan
  /// Its files, by their place in `Checker.files`.
  var files: [Int] = []
  /// Packages that it uses directly, ascending.
  var uses: [Int] = []
  var tables: [[String: SymbolReference]] = Array(repeating: [:], count: Namespace.allCases.count)
  /// Where names are declared, for messages: by namespace and name.
  var spans: [[String: SourceSpan]] = Array(repeating: [:], count: Namespace.allCases.count)
  /// Components that its monitors declare.
  var components: Set<String> = []
  /// The `otherwise` declarations of its files.
  var otherwises: [OtherwiseView] = []
  /// Monitors and facts as written.
  var monitors: [MonitorView] = []
  var facts: [FactView] = []
}

/// A declared type of values.
struct TypeSymbol {
  var package: Int
  var name: String
  var span: SourceSpan
  var view: TypeView
  /// Nil until it is resolved, and where it cannot be.
  var type: ValueType?
}

/// A declared action type.
struct ActionSymbol {
  var package: Int?
  var name: QualifiedName
  var span: SourceSpan
  /// Nil for the built-in `unmapped`.
  var view: ActionView?
}

/// `action a.b.name { from … }`: more sources for an action type.
struct ActionExtension {
  var package: Int
  var view: ActionView
  /// Where it is resolved to.
  var target: Int?
}

/// A declared constant or named condition.
struct LetSymbol {
  var package: Int
  var name: String
  var span: SourceSpan
  var view: LetView
  /// The condition, once checked; nil for a constant and for what has an error.
  var condition: CheckedCondition?
  /// The action types after `on`; nil without.
  var types: [Int]?
  /// How many named conditions and constants are nested in it, itself included.
  var depth = 1
  /// Whether it has an error of its own that was reported.
  var isBroken = false
  /// Whether it is a condition.
  var isCondition = false
}

/// A declared threshold.
struct ThresholdSymbol {
  var package: Int
  var name: QualifiedName
  var span: SourceSpan
  var view: ThresholdView
  /// Its levels as a type of values; empty for a plain score.
  var levels: Enumeration
}

/// A declared policy rule.
struct RuleSymbol {
  var package: Int
  var name: QualifiedName
  var span: SourceSpan
  var view: RuleView
}

/// A key of `Checker.constantCache`.
struct ConstantKey: Hashable {
  var constant: Int
  var type: ValueType
}
