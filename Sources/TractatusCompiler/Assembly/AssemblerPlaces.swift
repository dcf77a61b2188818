import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// The tests of places: those of one attribute together, and those of elements.
struct AssembledPlaces {
  /// By set: its queries, each once, in the order of first use.
  private(set) var sets: [[PlaceQuery]] = []
  private var places: [PlaceTable] = []
  private var ofAttribute: [Int: Int] = [:]

  /// The set of an attribute's queries; -1 stands for all elements.
  mutating func set(of attribute: Int) -> Int {
    if let known = ofAttribute[attribute] { return known }
    ofAttribute[attribute] = sets.count
    sets.append([])
    places.append(PlaceTable())
    return sets.count - 1
  }

  /// The number of a query in a set.
  mutating func query(_ query: PlaceQuery, in set: Int) -> Int {
    let hash = query.hashValue
    let known = places[set].place(hash: hash, where: { sets[set][$0] == query })
    if let known { return known }
    places[set].add(sets[set].count, hash: hash)
    sets[set].append(query)
    return sets[set].count - 1
  }
}

extension Assembler {
  /// Gives every path, host and URL whose tests look at more than its bytes a place for its forms.
  mutating func addForms() {
    var needsForms = Set<Int>()
    for test in lowered.tests {
      switch test {
      case .forms(let attribute, _, _), .place(let attribute, _): needsForms.insert(attribute)
      case .quantified(let quantified):
        collectForms(of: quantified.condition, into: &needsForms)
      case .exact, .relation, .recent, .history, .command, .composite: continue
      }
    }
    for (number, attribute) in needsForms.sorted().enumerated() {
      pools.sections.attributes[attribute].forms = UInt32(clamping: number)
    }
  }

  /// As deep as the condition, which checking bounds.
  private func collectForms(of expression: ElementExpression, into attributes: inout Set<Int>) {
    switch expression {
    case .exact(.attribute(let attribute), let predicate, _):
      let type = lowered.attributes[attribute].type
      switch predicate {
      case .equalsText, .matches:
        if type == .path || type == .host { attributes.insert(attribute) }
      default: return
      }
    case .place(.attribute(let attribute), _): attributes.insert(attribute)
    case .quantified(let inner): collectForms(of: inner.condition, into: &attributes)
    case .not(let inner): collectForms(of: inner, into: &attributes)
    case .and(let parts), .or(let parts):
      for part in parts { collectForms(of: part, into: &attributes) }
    case .constant, .exact, .relation, .recent, .place, .command: return
    }
  }

  /// A test of places of an attribute, or (nil) of an element.
  mutating func add(_ test: LoweredPlaceTest, of attribute: Int?) -> UInt32 {
    let set = placeSets.set(of: attribute ?? -1)
    if let attribute { pools.sections.attributes[attribute].places = UInt32(clamping: set) }
    var record = PlaceTestRecord()
    record.set = UInt32(clamping: set)
    record.query = UInt32(clamping: placeSets.query(PlaceQuery(test.test), in: set))
    record.ambiguityHolds = test.ambiguityHolds ? 1 : 0
    record.inputs = test.test.inputs.rawValue
    record.text = pools.text(CommandTestText.text(test.test))
    pools.sections.placeTests.append(record)
    return UInt32(clamping: pools.sections.placeTests.count - 1)
  }

  /// Puts the tests of places into the program.
  mutating func addPlaceSets() {
    pools.sections.placeSets = placeSets.sets.map { PlaceSet($0) }
  }
}

extension PlaceQuery {
  /// The plain form of a test of places.
  init(_ test: PlaceTest) {
    self.init(
      isOutside: test.isOutside,
      places: test.places.map { place in
        switch place {
        case .directory(let text): .directory(Array(text.utf8))
        case .domain(let text): .domain(Array(text.utf8))
        case .cwd: .cwd
        case .project: .project
        }
      })
  }
}
