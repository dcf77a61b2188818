/// Finds the places of entries in an array by the entries' hashes.
///
/// PERF: the first dictionary with keys of a type of its own makes the runtime look through every
/// conformance of the program, which takes longer than to check a small policy. This table has no
/// type parameters: the entries stay in the user's array.
package struct PlaceTable: Sendable {
  /// Hashes and places of entries, open addressing; a place is -1 where there is none.
  private var hashes: [Int] = []
  private var places: [Int] = []
  private var count = 0

  /// Makes an empty table.
  package init() {}

  /// The place of the first entry with a hash that `isEntry` takes; expected O(1).
  package func place(hash: Int, where isEntry: (Int) -> Bool) -> Int? {
    guard count > 0 else { return nil }
    var slot = Self.slot(hash, of: places.count)
    while places[slot] >= 0 {
      if hashes[slot] == hash, isEntry(places[slot]) { return places[slot] }
      slot = (slot &+ 1) & (places.count - 1)
    }
    return nil
  }

  /// Enters a place under a hash; amortised O(1).
  package mutating func add(_ place: Int, hash: Int) {
    if count &* 2 >= places.count { grow() }
    enter(place, hash)
    count += 1
  }

  private mutating func enter(_ place: Int, _ hash: Int) {
    var slot = Self.slot(hash, of: places.count)
    while places[slot] >= 0 { slot = (slot &+ 1) & (places.count - 1) }
    hashes[slot] = hash
    places[slot] = place
  }

  private mutating func grow() {
    let (oldHashes, oldPlaces) = (hashes, places)
    hashes = Array(repeating: 0, count: max(16, oldHashes.count * 2))
    places = Array(repeating: -1, count: hashes.count)
    for (slot, place) in oldPlaces.enumerated() where place >= 0 { enter(place, oldHashes[slot]) }
  }

  /// The slot where the search for a hash begins; `count` is a power of two.
  private static func slot(_ hash: Int, of count: Int) -> Int {
    let mixed = UInt64(truncatingIfNeeded: hash) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & (count - 1)
  }
}
