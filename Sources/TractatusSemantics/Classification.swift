import TractatusSource
import TractatusValues

/// `classify quadrant of text { … }`: how one part of an instruction's metadata follows from its
/// text.
package struct Classification: Sendable {
  /// What a classification gives.
  package enum Form: Sendable {
    /// A word of an enumeration.
    case words(cases: [Case], otherwise: String)
    /// A number from 0 to 1.
    case share(Share)
    /// Values that the text gives for parameters.
    case parameters([Extract], [Usual])
  }

  /// `case system { … }`.
  package struct Case: Sendable {
    package var word: String
    package var points: [Point]
    package init(word: String, points: [Point]) {
      self.word = word
      self.points = points
    }
  }

  /// Points, and what gives them.
  package struct Point: Sendable {
    /// What gives the points.
    package enum Reason: Sendable {
      case when(Condition)
      /// Once for each of the terms that the text mentions.
      case each([TextPattern])
    }
    /// Negative for `subtract`.
    package var amount: Decimal
    package var reason: Reason
    package init(amount: Decimal, reason: Reason) {
      self.amount = amount
      self.reason = reason
    }
  }

  /// How explicitly something was said.
  package struct Share: Sendable {
    package var start: Decimal
    package var points: [Point]
    /// The bands with where each begins, ascending.
    package var bands: [Band]
    /// From which on an instruction is stored; nil where nothing says it.
    package var storedFrom: Decimal?
    package init(start: Decimal, points: [Point], bands: [Band], storedFrom: Decimal?) {
      self.start = start
      self.points = points
      self.bands = bands
      self.storedFrom = storedFrom
    }
  }

  /// A named part of the scale, up to where the next one begins.
  package struct Band: Hashable, Sendable {
    package var name: String
    package var from: Decimal
    package init(name: String, from: Decimal) {
      self.name = name
      self.from = from
    }
  }

  /// `extract port from text matching /…/`.
  package struct Extract: Sendable {
    package var name: String
    package var pattern: TextPattern
    package init(name: String, pattern: TextPattern) {
      self.name = name
      self.pattern = pattern
    }
  }

  /// `usual port 80, 8080 when …`.
  package struct Usual: Sendable {
    package var name: String
    /// As `InstructionRecord.Value` has a text that is converted.
    package var values: [InstructionRecord.Value]
    package var condition: Condition
    package init(name: String, values: [InstructionRecord.Value], condition: Condition) {
      self.name = name
      self.values = values
      self.condition = condition
    }
  }

  package var name: QualifiedName
  package var package: PackageID
  package var form: Form
  /// The classifications that conditions name, by their names, ascending; `departs` is the one of
  /// the parameters.
  package var uses: [Use]
  package var span: SourceSpan

  /// A classification that another one names.
  package struct Use: Hashable, Sendable {
    package var name: String
    /// Its place in `CheckedPolicy.classifications`.
    package var classification: Int
    package init(name: String, classification: Int) {
      self.name = name
      self.classification = classification
    }
  }

  package init(
    name: QualifiedName, package: PackageID, form: Form, uses: [Use], span: SourceSpan
  ) {
    self.name = name
    self.package = package
    self.form = form
    self.uses = uses
    self.span = span
  }
}

/// The names that `classify` takes, and what conditions in it may test.
package enum ClassificationNames {
  /// The words of each name that gives one, in the order of the enumeration.
  package static let words: [(name: String, words: [String])] = [
    ("quadrant", ["strategic", "operational", "tactical", "system", "stochastic"]),
    ("persistence", ["variable", "low", "medium", "high", "critical"]),
    ("scope", ["task", "session", "phase", "sprint", "project", "permanent"]),
    ("verification", ["none", "optional", "advisory", "required", "mandatory"]),
  ]
  /// How explicitly an instruction was given.
  package static let explicitness = "explicitness"
  /// What the text says of parameters.
  package static let parameters = "parameters"
  /// Whether a parameter has another value than its usual one.
  package static let departs = "departs"
  /// The text that is classified.
  package static let text = "text"

  /// All names.
  package static let all = words.map(\.name) + [explicitness, parameters]

  /// The words that a name gives; nil for another name.
  package static func words(of name: String) -> [String]? {
    words.first { $0.name == name }?.words
  }
}

/// Metadata of an instruction that nobody wrote down, and what they were inferred by.
package struct InferredMetadata: Hashable, Sendable {
  /// One entry.
  package struct Entry: Hashable, Sendable {
    /// The key, such as `persistence`.
    package var name: String
    package var value: ConstantValue
    /// The package whose `classify` says so.
    package var package: String
    package init(name: String, value: ConstantValue, package: String) {
      self.name = name
      self.value = value
      self.package = package
    }
  }
  /// In the order of names, at least one.
  package var entries: [Entry]
  package init(entries: [Entry]) { self.entries = entries }

  /// The value of a key; nil where it is stated, or nothing infers it.
  package subscript(name: String) -> ConstantValue? {
    entries.first { $0.name == name }?.value
  }
}
