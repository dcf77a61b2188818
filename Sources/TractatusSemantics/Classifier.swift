import TractatusPatterns
import TractatusValues

/// What was made of one text.
package struct TextClassification: Sendable, Hashable {
  /// What `classify` of each name gave, by name, and which one that was.
  package var results: [String: (value: ConstantValue, classification: Int)] = [:]
  /// The band of the explicitness; nil where there is none.
  package var band: String?
  /// Whether an instruction of this explicitness is stored.
  package var isStored = false
  /// What the text says of parameters, in the order of their declarations.
  package var parameters: [InstructionRecord.Parameter] = []
  /// A remark, such as `conflicts with training pattern 27017`.
  package var note: String?

  /// A classification that says nothing yet.
  package init() {}

  /// The word that was given for a name; nil where none was.
  package func word(_ name: String) -> String? {
    if case .enumeration(let word)? = results[name]?.value { word } else { nil }
  }

  /// How explicitly the text says what it says; nil where nothing tells.
  package var explicitness: Decimal? {
    if case .number(let share)? = results[ClassificationNames.explicitness]?.value {
      share
    } else {
      nil
    }
  }

  /// Compares what was given and what follows from it.
  package static func == (left: TextClassification, right: TextClassification) -> Bool {
    left.results.count == right.results.count
      && left.results.allSatisfy { name, found in right.results[name].map { $0 == found } ?? false }
      && left.band == right.band && left.isStored == right.isStored
      && left.parameters == right.parameters && left.note == right.note
  }

  /// Hashes what tells most apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(parameters)
    hasher.combine(note)
  }
}

/// Classifies texts of instructions by the `classify` of a policy, and finds the readings that
/// cover them.
///
/// Pure and total: what it says of a text rests on the text and the policy alone, in time linear in
/// the text and the policy.
package struct Classifier {
  let packages: [CheckedPackage]
  let classifications: [Classification]
  let readings: [Reading]
  private let finder: TextFinder

  /// Makes a classifier of a policy; nil where some pattern of it cannot be read.
  package init?(_ policy: CheckedPolicy) {
    packages = policy.packages
    classifications = policy.classifications
    readings = policy.readings
    guard let finder = TextFinder(policy.classifications, policy.readings) else { return nil }
    self.finder = finder
  }

  /// The classification of a name that a package sees: its own, else that of the one package that
  /// it uses which has it.
  func classification(_ name: String, from package: PackageID) -> Int? {
    if let own = classifications.firstIndex(where: {
      $0.package == package && $0.name.name == name
    }) {
      return own
    }
    let uses = packages[Int(package.index)].uses
    let used = classifications.indices.filter {
      classifications[$0].name.name == name && uses.contains(classifications[$0].package)
    }
    return used.count == 1 ? used[0] : nil
  }

  /// Whether a package classifies anything, by itself or by what it uses.
  package func classifies(_ package: PackageID) -> Bool {
    ClassificationNames.all.contains { classification($0, from: package) != nil }
  }

  /// Classifies a text as a package sees it.
  ///
  /// - Parameter stated: what is said of the instruction already, by name: it stands for what would
  ///   be inferred, and is no result.
  package func classify(
    _ text: String, from package: PackageID, stated: [String: ConstantValue] = [:]
  ) -> TextClassification {
    var numbers: [String: Int] = [:]
    for name in ClassificationNames.all {
      if let number = classification(name, from: package) { numbers[name] = number }
    }
    return classify(text, by: numbers, stated: stated)
  }

  /// Classifies a text by these classifications, by name.
  func classify(
    _ text: String, by numbers: [String: Int], stated: [String: ConstantValue]
  ) -> TextClassification {
    finder.read(text)
    var run = ClassificationRun(classifications, finder, stated: stated)
    var result = TextClassification()
    for name in ClassificationNames.all {
      guard let number = numbers[name] else { continue }
      if name == ClassificationNames.parameters {
        let found = run.parameters(number)
        (result.parameters, result.note) = (found.parameters, found.note)
      } else if stated[name] == nil, let value = run.value(number) {
        result.results[name] = (value, number)
      }
    }
    if let number = numbers[ClassificationNames.explicitness],
      case .share(let share) = classifications[number].form,
      case .number(let explicitness)? = stated[ClassificationNames.explicitness]
        ?? run.value(number)
    {
      result.band = share.bands.last { $0.from <= explicitness }?.name
      result.isStored = share.storedFrom.map { explicitness >= $0 } ?? false
    }
    return result
  }

  // MARK: Records

  /// The classification of each name where no package is spoken of: the only one, else the only
  /// one that is not built in; nil where there are several.
  package var ownClassifications: [String: Int]? {
    var result: [String: Int] = [:]
    for name in ClassificationNames.all {
      let all = classifications.indices.filter { classifications[$0].name.name == name }
      let own = all.filter { !classifications[$0].name.package.hasPrefix("tractatus.") }
      if all.isEmpty { continue }
      let candidates = all.count > 1 ? own : all
      guard candidates.count == 1 else { return nil }
      result[name] = candidates[0]
    }
    return result
  }

  /// The record of an instruction that somebody gave, and how it was classified; nil where nothing
  /// classifies, or several packages do.
  package func record(
    of text: String, id: String, source: String = "user", at timestamp: Instant? = nil
  ) -> (record: InstructionRecord, classification: TextClassification)? {
    guard let numbers = ownClassifications, !numbers.isEmpty else { return nil }
    let found = classify(text, by: numbers, stated: [:])
    var record = InstructionRecord(id: id, text: text, source: source)
    record.timestamp = timestamp
    record.quadrant = found.word("quadrant")
    record.persistence = found.word("persistence")
    record.scope = found.word("scope")
    record.verification = found.word("verification")
    record.explicitness = found.explicitness
    record.parameters = found.parameters
    record.note = found.note
    return (record, found)
  }

  // MARK: Readings

  /// The readings that cover a text, with the values that they take from it, in the order of their
  /// names.
  package func readings(
    covering text: String
  ) -> [(reading: Reading, values: [ConstantValue])] {
    finder.read(text)
    var run = ClassificationRun(classifications, finder, stated: [:])
    var found: [(Reading, [ConstantValue])] = []
    for reading in readings {
      guard run.holds(reading.condition, uses: []) else { continue }
      var values: [ConstantValue] = []
      for capture in reading.captures {
        guard let value = run.value(of: capture) else { break }
        values.append(value)
      }
      if values.count == reading.captures.count { found.append((reading, values)) }
    }
    return found
  }
}
