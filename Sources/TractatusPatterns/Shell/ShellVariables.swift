/// What is known of the value of a variable.
struct ShellValue: Sendable {
  enum Kind: UInt8, Sendable {
    case unknown
    /// A word of the line.
    case scalar
    /// Words of the line, the elements from 0 on.
    case array
    /// Some whole number.
    case number
    /// The directory that `~` stands for.
    case home
    /// The directory that the line began in.
    case workingDirectory
    /// A space, a tab and a newline.
    case separators
  }

  var kind = Kind.unknown
  var first: UInt32 = 0
  var count: UInt32 = 0
  /// When it was assigned: larger is later.
  var stamp: UInt32 = 0
}

/// The variables that a line assigns, as far as their values are certain where it has been
/// followed to.
///
/// Scopes are kept with a trail of what they changed: a subshell's is undone; that of a branch,
/// which may not have been taken, makes what it changed unknown.
struct ShellVariables: ~Copyable, Sendable {
  /// A place in the trail, and what else a scope gets back.
  struct Mark {
    var trail: Int
    var forgetFloor: UInt32
    var callFloor: UInt32
    var isBroken: Bool
  }

  private struct Entry {
    var hash: UInt64
    var name: Range<Int>
    var value: ShellValue
    /// How often the line may assign it, as far as that has been counted.
    var events: UInt32 = 0
    var isFixed = false
    var isTainted = false
    var isSetInFunction = false
  }

  private var entries: [Entry] = []
  private var slots: [Int32] = []
  private var trail: [(id: Int, value: ShellValue)] = []
  /// The stretches of the trail that have been made unknown, in order and apart from one another:
  /// none is gone through again.
  private var killed: [Range<Int>] = []
  private var clock: UInt32 = 1
  /// What was assigned before is unknown: something may have changed anything.
  private var forgetFloor: UInt32 = 0
  /// What was assigned before, and is assigned in some function, is unknown: one was called.
  private var callFloor: UInt32 = 0
  /// Whether nothing assigned is certain any more.
  private(set) var isBroken = false
  /// In a function: when its body began, which is not when it runs.
  var bodyFloor: UInt32 = 0
  /// How often the line may change anything at all.
  var forgets: UInt32 = 0
  /// Whether the events have been counted.
  var isCounted = false
  /// Whether any variable may be one that a function assigns.
  var functionsSetAll = false
  /// Steps taken; for tests of linear time.
  private(set) var steps = 0
  /// Which of the three variables below have been assigned or made unknown: a bit of each.
  private(set) var touched: UInt8 = 0

  static let home = 0
  static let workingDirectory = 1
  static let separators = 2

  /// Forgets another line's.
  mutating func reset() {
    for entry in entries where !slots.isEmpty { clearSlot(entry.hash) }
    entries.clear()
    trail.clear()
    killed.clear()
    (clock, forgetFloor, callFloor, bodyFloor, forgets) = (1, 0, 0, 0, 0)
    (isBroken, isCounted, functionsSetAll, touched) = (false, false, false, 0)
    entries.append(Entry(hash: 0, name: 0..<0, value: ShellValue(kind: .home)))
    entries.append(Entry(hash: 0, name: 0..<0, value: ShellValue(kind: .workingDirectory)))
    entries.append(Entry(hash: 0, name: 0..<0, value: ShellValue(kind: .separators)))
  }

  private mutating func clearSlot(_ hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      slots[slot] = -1
      slot = (slot + 1) & mask
    }
  }

  /// The hash of a name (FNV-1a), never 0.
  static func hash(_ bytes: Span<UInt8>, _ name: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in name { hash = (hash ^ UInt64(bytes[offset])) &* 0x100_0000_01B3 }
    return (hash ^ hash >> 29) | 1
  }

  /// The variable of a name, or nil when the line has not spoken of it.
  mutating func find(_ name: Range<Int>, in bytes: [UInt8]) -> Int? {
    steps &+= 1
    switch ShellName.key(bytes, name.lowerBound, name.upperBound) {
    case ShellName.home where name.count == 4: return Self.home
    case ShellName.workingDirectory where name.count == 3: return Self.workingDirectory
    case ShellName.separators where name.count == 3: return Self.separators
    default: break
    }
    guard entries.count > 3 else { return nil }
    let slot = self.slot(Self.hash(bytes.span, name), name, bytes)
    return slots[slot] < 0 ? nil : Int(slots[slot])
  }

  /// The slot of a name, or the free one where it belongs.
  private mutating func slot(_ hash: UInt64, _ name: Range<Int>, _ bytes: [UInt8]) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      steps &+= 1
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash && isEqual(entry.name, name, bytes) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ one: Range<Int>, _ other: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    for index in 0..<one.count
    where bytes[one.lowerBound + index] != bytes[other.lowerBound + index] {
      return false
    }
    return true
  }

  /// The variable of a name, which is added when it is new.
  mutating func add(_ name: Range<Int>, in bytes: [UInt8]) -> Int {
    if let found = find(name, in: bytes) { return found }
    if entries.count * 2 >= slots.count { grow() }
    let hash = Self.hash(bytes.span, name)
    let slot = self.slot(hash, name, bytes)
    slots[slot] = Int32(truncatingIfNeeded: entries.count)
    entries.append(Entry(hash: hash, name: name, value: ShellValue()))
    return entries.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: max(64, slots.count * 2))
    let mask = slots.count - 1
    for id in 3..<max(3, entries.count) {
      var slot = Int(truncatingIfNeeded: entries[id].hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: id)
    }
  }

  /// What is certain of a variable's value here.
  func value(_ id: Int) -> ShellValue {
    let entry = entries[id]
    let value = entry.value
    if isBroken || entry.isTainted || value.stamp < forgetFloor { return ShellValue() }
    if value.stamp < callFloor, entry.isSetInFunction || functionsSetAll { return ShellValue() }
    if value.stamp < bodyFloor {
      // When the body runs, only what the line assigns once, and before, has kept its value.
      if forgets > 0 || entry.events > (value.stamp == 0 ? 0 : 1) { return ShellValue() }
    }
    return value
  }

  /// Whether nothing so far can have set variables that the line does not name, and this is no
  /// function's body.
  var isUntouched: Bool {
    !isBroken && forgetFloor == 0 && callFloor == 0 && bodyFloor == 0 && forgets == 0
  }

  /// Assigns a value.
  mutating func set(_ id: Int, _ value: ShellValue) {
    if id < 3 { touched |= 1 << UInt8(truncatingIfNeeded: id) }
    trail.append((id, entries[id].value))
    if entries[id].isFixed { entries[id].isTainted = true }
    entries[id].value = value
    entries[id].value.stamp = clock
    clock &+= 1
  }

  /// Makes unknown what was touched in the line that a text belongs to.
  mutating func touch(_ bits: UInt8) {
    for id in 0..<3 where bits & 1 << UInt8(truncatingIfNeeded: id) != 0 { kill(id) }
  }

  /// Makes a value unknown.
  mutating func kill(_ id: Int) { set(id, ShellValue()) }

  /// Makes every value unknown that was assigned so far.
  mutating func forgetAll() {
    forgetFloor = clock
    clock &+= 1
  }

  /// Makes every value unknown for good.
  mutating func breakAll() { isBroken = true }

  /// Makes a variable's values unknown for good: assignments to it do not do what they say.
  mutating func taint(_ id: Int) { entries[id].isTainted = true }

  /// Notes that a variable is read-only, so that a later assignment may fail.
  mutating func fix(_ id: Int) { entries[id].isFixed = true }

  /// Counts one more place where the line may assign a variable.
  mutating func countEvent(_ id: Int) { entries[id].events &+= 1 }

  /// Notes that a function assigns a variable.
  mutating func noteFunction(_ id: Int) { entries[id].isSetInFunction = true }

  /// Notes that a function may have run.
  mutating func noteCall() {
    callFloor = clock
    clock &+= 1
  }

  /// Begins the body of a function; gives what `leaveBody` needs.
  mutating func enterBody() -> UInt32 {
    let outer = bodyFloor
    bodyFloor = clock
    clock &+= 1
    return outer
  }

  /// The present place.
  func mark() -> Mark {
    Mark(
      trail: trail.count, forgetFloor: forgetFloor, callFloor: callFloor, isBroken: isBroken)
  }

  /// Takes back all that was assigned since, as when a subshell ends.
  mutating func undo(_ mark: Mark) {
    while trail.count > mark.trail {
      let last = trail.removeLast()
      entries[last.id].value = last.value
      steps &+= 1
    }
    while let last = killed.last, last.upperBound > trail.count {
      killed.removeLast()
      if last.lowerBound < trail.count { killed.append(last.lowerBound..<trail.count) }
    }
    (forgetFloor, callFloor) = (mark.forgetFloor, mark.callFloor)
    isBroken = mark.isBroken
  }

  /// Makes unknown all that was assigned since, as when a branch ends.
  mutating func kill(since mark: Mark) {
    var index = trail.count
    while index > mark.trail {
      steps &+= 1
      if let last = killed.last, last.upperBound == index {
        index = last.lowerBound
        killed.removeLast()
      } else {
        index -= 1
        entries[trail[index].id].value = ShellValue()
      }
    }
    if index < trail.count { killed.append(index..<trail.count) }
  }
}
