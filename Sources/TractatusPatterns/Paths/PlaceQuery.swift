/// `within …` or `outside …`, as a policy has it.
package struct PlaceQuery: Hashable, Sendable {
  /// A directory with all below it, or a domain with its subdomains.
  package enum Place: Hashable, Sendable {
    /// Absolute, below `~`, or relative to the project; as written.
    case directory([UInt8])
    /// The working directory, the root of the project.
    case cwd, project
    /// A domain, or an address.
    case domain([UInt8])
  }

  /// Whether it asks for what is within none of the places, and not for what is within some.
  package var isOutside: Bool
  /// The places.
  package var places: [Place]

  /// Makes a query.
  package init(isOutside: Bool = false, places: [Place]) {
    self.isOutside = isOutside
    self.places = places
  }
}

/// The memory that a `PlaceSet` works in; one serves all sets of a thread.
package struct PlaceScratch: Sendable {
  /// The queries that `candidates` found: each once, in an order that depends on set and target.
  package internal(set) var found: [UInt32] = []
  var places: [UInt8] = []
  var directory = FoundDirectory()
  private var marks: [UInt32] = []
  private var round: UInt32 = 0

  /// Makes an empty scratch.
  package init() {}

  /// Begins to collect queries of a set of so many.
  mutating func begin(_ count: Int) {
    found.removeAll(keepingCapacity: true)
    round &+= 1
    if round == 0 || marks.count < count {
      marks = [UInt32](repeating: 0, count: max(count, marks.count))
      round = 1
    }
  }

  @inline(__always)
  mutating func add(_ query: UInt32) {
    guard marks[Int(query)] != round else { return }
    marks[Int(query)] = round
    found.append(query)
  }
}
