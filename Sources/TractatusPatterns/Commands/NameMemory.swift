/// Which subcommands, or options, the words of a set of tests have named in the bodies of programs:
/// a program with many of them has as many tests, and each would look its own word up.
///
/// PERF: nothing is allocated once it has been made.
struct NameMemory: Sendable {
  private struct Place: Sendable {
    var word: UInt32 = .max
    var body: Int32 = -1
    var named: Int32 = -1
  }

  /// A power of two.
  private static let count = 256

  private var places: [Place] = []
  private var owner: CommandQueryTables.Identity?
  private var programs: ProgramTable?

  /// Forgets what is of another set or of other programs.
  mutating func adopt(_ identity: CommandQueryTables.Identity, _ table: ProgramTable) {
    if owner === identity, programs === table { return }
    owner = identity
    programs = table
    places = [Place](repeating: Place(), count: Self.count)
  }

  /// What a word names in a body; -1 for nothing, nil where that is not kept.
  @inline(__always)
  func find(_ word: Int, _ body: Int32) -> Int32? {
    if places.isEmpty { return nil }
    let place = places[word & (Self.count - 1)]
    return Int(place.word) == word && place.body == body ? place.named : nil
  }

  /// Keeps what a word names in a body.
  mutating func keep(_ word: Int, _ body: Int32, _ named: Int32) {
    if places.isEmpty { return }
    places[word & (Self.count - 1)] = Place(
      word: UInt32(truncatingIfNeeded: word), body: body, named: named)
  }
}
