/// What pieces that are not known lead each row of an automaton to, found once for a row and a
/// kind of piece.
///
/// Flat arrays, emptied when they are full or the rows are others.
struct RowReach: Sendable {
  /// A note: its row and kind, and where in `rows` it has what is reached.
  private struct Note: Sendable {
    var key: UInt64
    var first: UInt32
    /// `tooMany` where there are more rows than may be.
    var count: UInt32
  }

  /// The count of a note of more rows than may be.
  static let tooMany = UInt32.max
  /// The most rows in all notes.
  private static let limit = 1 << 16
  /// The most notes.
  private static let noteLimit = 1 << 14

  /// The rows that the notes have, one note's behind the other.
  private(set) var rows: [UInt32] = []
  private var notes: [Note] = []
  /// Notes by hash, open addressing: one more than their numbers, 0 where none.
  private var slots: [UInt32] = []

  /// Forgets everything.
  mutating func removeAll() {
    if notes.isEmpty { return }
    rows.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }

  /// What a row is led to by a kind of piece: how many rows, and where in `rows`; nil where that
  /// is not noted.
  func find(_ row: UInt32, _ kind: UInt32) -> (first: Int, count: UInt32)? {
    if slots.isEmpty { return nil }
    let key = Self.key(row, kind)
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] != 0 {
      let note = notes[Int(slots[slot]) - 1]
      if note.key == key { return (Int(note.first), note.count) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Makes room for so many notes of so many rows: what is noted from now on stays until then.
  mutating func reserve(notes count: Int, of size: Int) {
    if rows.count + count * size > Self.limit || notes.count + count > Self.noteLimit {
      removeAll()
    }
  }

  /// Adds a row to the note that is added next.
  mutating func append(_ row: UInt32) { rows.append(row) }

  /// Notes what stands in `rows` from `first` on, or that there are too many.
  mutating func add(_ row: UInt32, _ kind: UInt32, from first: Int, isTooMany: Bool) {
    let count = isTooMany ? Self.tooMany : UInt32(truncatingIfNeeded: rows.count - first)
    notes.append(
      Note(key: Self.key(row, kind), first: UInt32(truncatingIfNeeded: first), count: count))
    if notes.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: max(256, slots.count * 2))
      for number in notes.indices { insert(number) }
    } else {
      insert(notes.count - 1)
    }
  }

  private mutating func insert(_ number: Int) {
    var slot = Self.hash(notes[number].key) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(truncatingIfNeeded: number + 1)
  }

  private static func key(_ row: UInt32, _ kind: UInt32) -> UInt64 {
    UInt64(row) << 32 | UInt64(kind)
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 33)
  }
}
