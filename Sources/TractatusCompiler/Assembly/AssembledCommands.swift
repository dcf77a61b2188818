import TractatusSemantics
import TractatusValues

/// The tests of every command that some test reads: those of one command, whoever asks them, are
/// decided together.
struct AssembledCommands {
  /// By command: its tests, each once, in the order of first use.
  private(set) var queries: [[LoweredCommandTest]] = []
  private var places: [PlaceTable] = []
  private var ofValue: [Int: Int] = [:]

  /// The number of the command that a value of the program is.
  mutating func holder(ofValue value: Int) -> Int {
    if let known = ofValue[value] { return known }
    let holder = addCommand()
    ofValue[value] = holder
    return holder
  }

  /// A command that no value of the program is: an element of a list, or a part of one.
  mutating func addCommand() -> Int {
    queries.append([])
    places.append(PlaceTable())
    return queries.count - 1
  }

  /// The number of a test among those of a command.
  mutating func query(_ test: LoweredCommandTest, of holder: Int) -> Int {
    let hash = test.hashValue
    let known = places[holder].place(hash: hash, where: { queries[holder][$0] == test })
    if let known { return known }
    places[holder].add(queries[holder].count, hash: hash)
    queries[holder].append(test)
    return queries[holder].count - 1
  }
}
