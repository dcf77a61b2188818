import TractatusSemantics

/// What a name in a rule file stands for.
enum NamedThing: Hashable {
  /// A package.
  case package(String)
  /// A declared type of values, or a built-in one (without a package).
  case valueType(QualifiedName)
  /// An action type.
  case actionType(QualifiedName)
  /// A parameter of an action type.
  case parameter(QualifiedName, String)
  /// A `let`.
  case constant(QualifiedName)
  /// A policy rule.
  case policyRule(QualifiedName)
  /// A threshold.
  case threshold(QualifiedName)
  /// A level of a threshold.
  case level(QualifiedName, String)
  /// A factor of a threshold.
  case factor(QualifiedName, String)
  /// A classification of instructions.
  case classification(QualifiedName)
  /// A reading of instructions.
  case reading(QualifiedName)
  /// A fact, by its name with dots.
  case fact(String)
  /// A component.
  case component(String)
  /// A word of a named enumeration.
  case word(String, String)
  /// The element of a quantifier: its source and offset.
  case element(UInt32, UInt32)
  /// A program.
  case program(String)
  /// What is built in: a root and its attributes, a field.
  case builtIn(String)
  /// A key of metadata.
  case metadataKey(String)
  /// A word that a key of metadata takes.
  case metadataWord(String, String)
  /// A field of a record, by its name alone.
  case field(String)

  /// What it is called, in words.
  var noun: String {
    switch self {
    case .package: "package"
    case .valueType: "type"
    case .actionType: "action type"
    case .parameter: "parameter"
    case .constant: "constant"
    case .policyRule: "policy rule"
    case .threshold: "threshold"
    case .level: "level"
    case .factor: "factor"
    case .classification: "classification"
    case .reading: "reading"
    case .fact: "fact"
    case .component: "component"
    case .word: "word of an enumeration"
    case .element: "element"
    case .program: "program"
    case .builtIn: "built-in attribute"
    case .metadataKey, .metadataWord: "metadata"
    case .field: "field"
    }
  }

  /// Whether names in calls, and in what callers supply, are the same name.
  var isSpokenByCallers: Bool {
    switch self {
    case .parameter, .fact, .component, .word, .field: true
    default: false
    }
  }
}

/// Where something is declared.
struct DeclarationSite {
  /// The file's place in the analysis.
  var file: Int
  /// The declaration, or the part that declares.
  var node: NodePlace
  /// The name.
  var start: UInt32
  var end: UInt32
}

/// A place where a name stands.
struct NameUse {
  /// The bytes of the name.
  var start: UInt32
  var end: UInt32
  /// What it stands for: several parameters where a rule is on several types; none is not known.
  var things: [NamedThing]
  /// Whether it is declared here.
  var isDeclaration = false
  /// The type of the attribute that ends here.
  var type: ValueType?
  /// Whether the attribute may be absent.
  var isOptional = false
}
