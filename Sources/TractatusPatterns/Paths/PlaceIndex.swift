import TractatusValues

/// Queries by the places that they name: one hash table, and lists of queries.
struct PlaceIndex: Sendable, Equatable {
  private typealias Kind = PlaceSet.Kind

  /// A key with the queries that have it; only while the index is made.
  private struct Key: Hashable {
    var kind: UInt32
    var bytes: [UInt8]
  }

  private var building: [Key: [UInt32]] = [:]
  private var order: [Key] = []

  /// Of each key: its kind, where its bytes start and how many they are, its first query and how
  /// many they are.
  private var keys = Packed<UInt32>()
  private var bytes = Packed<UInt8>()
  private var queries = Packed<UInt32>()
  /// The keys by their hashes, and `UInt32.max` where a slot is free.
  private var slots = Packed<UInt32>()
  /// The most bytes of a key: of a longer text no more are looked at.
  private var longest = 0

  /// No places.
  init() {}

  /// Appends the index to an image.
  func write(into image: inout ImageWriter) {
    image.write(keys)
    image.write(bytes)
    image.write(queries)
    image.write(slots)
  }

  /// Reads an index of so many queries; nil where some number is out of range.
  init?(reading image: inout ImageReader, queries count: Int) {
    guard let keys = image.words(), let bytes = image.numbers(UInt8.self),
      let queries = image.words(),
      let slots = image.words(), keys.count % 5 == 0, slots.count >= 2,
      slots.count & (slots.count - 1) == 0
    else { return nil }
    (self.keys, self.bytes, self.queries, self.slots) = (keys, bytes, queries, slots)
    for key in stride(from: 0, to: keys.count, by: 5) {
      longest = max(longest, Int(keys[key + 2]))
    }
    if image.isTrusted { return }
    for key in stride(from: 0, to: keys.count, by: 5) {
      guard Int(keys[key + 1]) + Int(keys[key + 2]) <= bytes.count,
        Int(keys[key + 3]) + Int(keys[key + 4]) <= queries.count
      else { return nil }
    }
    for query in queries where Int(query) >= count { return nil }
    // INVARIANT: a search ends, for some slot is free.
    var hasFree = false
    for slot in slots {
      hasFree = hasFree || slot == UInt32.max
      guard slot == UInt32.max || Int(slot) < keys.count / 5 else { return nil }
    }
    guard hasFree else { return nil }
  }

  /// Adds a query with one of its places, a directory with a `/` at its end.
  mutating func add(_ kind: PlaceSet.Kind, _ place: Span<UInt8>, _ query: Int) {
    switch kind {
    case .absolute, .home, .project:
      let end = max(0, place.count - 1)
      if kind == .project, end >= 2, place[0] == 0x2E, place[1] == 0x2E, place[2] == 0x2F {
        return note(.always, place.extracting(0..<0), query)
      }
      note(kind, place.extracting(0..<end), query)
      guard let above = kind.above, end > 0 else { break }
      for offset in 0..<end where offset == 0 || place[offset] == UInt8(ascii: "/") {
        note(above, place.extracting(0..<offset), query)
      }
      if kind == .absolute, PlaceReader.mayHoldHome(place) {
        note(.homes, place.extracting(0..<0), query)
      }
    case .cwd: note(.always, place.extracting(0..<0), query)
    case .unreadable:
      note(.always, place.extracting(0..<0), query)
    default: note(kind, place, query)
    }
  }

  private mutating func note(_ kind: PlaceSet.Kind, _ place: Span<UInt8>, _ query: Int) {
    var bytes: [UInt8] = []
    for offset in place.indices { bytes.append(place[offset]) }
    let key = Key(kind: kind.rawValue, bytes: bytes)
    let number = UInt32(truncatingIfNeeded: query)
    if building[key] == nil { order.append(key) }
    if building[key]?.last != number { building[key, default: []].append(number) }
  }

  /// Lays the index out.
  mutating func finish() {
    var size = 2
    while size < order.count * 2 { size *= 2 }
    var slots = [UInt32](repeating: UInt32.max, count: size)
    for key in order {
      let list = building[key] ?? []
      var slot = Self.hash(key.kind, key.bytes.span) & (size - 1)
      while slots[slot] != UInt32.max { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: keys.count / 5)
      keys += [
        key.kind, UInt32(truncatingIfNeeded: bytes.count),
        UInt32(truncatingIfNeeded: key.bytes.count), UInt32(truncatingIfNeeded: queries.count),
        UInt32(truncatingIfNeeded: list.count),
      ]
      bytes += key.bytes
      queries += list
      longest = max(longest, key.bytes.count)
    }
    self.slots = Packed(slots)
    building = [:]
    order = []
  }

  private static func hash(_ kind: UInt32, _ bytes: Span<UInt8>) -> Int {
    Int(truncatingIfNeeded: StableHash.hash(bytes, seed: UInt64(kind)))
  }

  /// Adds the queries of a key.
  func collect(_ kind: PlaceSet.Kind, _ place: Span<UInt8>, _ scratch: inout PlaceScratch) {
    if place.count > longest { return }
    var slot = Self.hash(kind.rawValue, place) & (slots.count - 1)
    while slots[slot] != UInt32.max {
      let key = Int(slots[slot]) * 5
      if keys[key] == kind.rawValue, isEqual(key, place) {
        let first = Int(keys[key + 3])
        for place in first..<first + Int(keys[key + 4]) { scratch.add(queries[place]) }
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private func isEqual(_ key: Int, _ place: Span<UInt8>) -> Bool {
    let start = Int(keys[key + 1])
    guard Int(keys[key + 2]) == place.count else { return false }
    for offset in place.indices where bytes[start + offset] != place[offset] { return false }
    return true
  }

  /// Adds the queries of a directory and all above it, and with `above` those below it. No more
  /// of it is looked at than what the longest key has.
  func collect(
    ancestorsOf rest: Span<UInt8>, _ kind: PlaceSet.Kind, _ above: PlaceSet.Kind?,
    _ scratch: inout PlaceScratch
  ) {
    collect(kind, rest.extracting(0..<0), &scratch)
    for offset in 0..<min(rest.count, longest + 1)
    where offset > 0 && rest[offset] == UInt8(ascii: "/") {
      collect(kind, rest.extracting(0..<offset), &scratch)
    }
    if !rest.isEmpty { collect(kind, rest, &scratch) }
    if let above { collect(above, rest, &scratch) }
  }

  /// Adds all queries of a kind of directories.
  func collectAll(
    _ kind: PlaceSet.Kind, _ above: PlaceSet.Kind, _ scratch: inout PlaceScratch
  ) {
    collect(kind, [UInt8]().span, &scratch)
    collect(above, [UInt8]().span, &scratch)
  }
}

extension PlaceSet.Kind {
  /// The kind of the keys of directories that lie above one of this kind.
  var above: PlaceSet.Kind? {
    switch self {
    case .absolute: .aboveAbsolute
    case .home: .aboveHome
    case .project: .aboveProject
    default: nil
    }
  }
}

/// Reads the places of a policy.
struct PlaceReader {
  /// The place that was read last: a directory's rest with a `/` at its end, a domain.
  private(set) var bytes: [UInt8] = []
  private var builder = PathBuilder()
  private var path = PathText()
  private var host = HostName()

  /// Reads a place; says what it is.
  mutating func read(_ place: PlaceQuery.Place) -> PlaceSet.Kind {
    bytes.removeAll(keepingCapacity: true)
    switch place {
    case .cwd: return .cwd
    case .project: return .project
    case .domain(let text):
      host.read(text.span)
      guard host.state != .unknown else { return .unreadable }
      bytes = host.bytes
      return host.state == .address ? .address : .domain
    case .directory(let text):
      builder.begin(PathContext())
      builder.append(plain: text.span)
      builder.finish(into: &path)
      guard path.isKnown else { return .unreadable }
      bytes = Array(path.text.bytes[path.knownRest])
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "/")) }
      switch path.root {
      case .absolute: return .absolute
      case .home: return .home
      case .relative: return .project
      case .userHome, .unknown:
        bytes.removeAll()
        return .unreadable
      }
    }
  }

  /// Whether a directory below `/`, with a `/` at its end, may be or hold a home directory, or lie
  /// in one.
  static func mayHoldHome(_ place: Span<UInt8>) -> Bool {
    var end = 0
    while end < place.count, place[end] != UInt8(ascii: "/") { end += 1 }
    let name = place.extracting(0..<end)
    return isName(name, "home") || isName(name, "Users") || isName(name, "root")
  }

  /// Whether bytes are a name.
  static func isName(_ bytes: Span<UInt8>, _ name: StaticString) -> Bool {
    guard bytes.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe buffer[index] != bytes[index] { return false }
      return true
    }
  }
}
