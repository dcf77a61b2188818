/// Records in memory of their own, or left where they lie in an image.
///
/// PERF: an image is read where it lies, so that the tables of which a decision looks at nothing
/// cost nothing. `public`, as `Truth` is, for other targets to have no call for each record.
///
/// INVARIANT: every bit pattern of the record's size is a record, and it has no padding.
@frozen
@safe
public struct Packed<Record: BitwiseCopyable & Sendable> {
  /// What keeps the records in place: an `ImageBytes`, or this collection's `OwnMemory`.
  @usableFromInline var owner: (any AnyObject & Sendable)?
  /// The first record, if there is any.
  // SAFETY: from there on lie `filled` records, for as long as the owner lives; nothing writes
  // there but this collection, and only where it alone has the owner.
  @usableFromInline nonisolated(unsafe) var start: UnsafeRawPointer
  @usableFromInline var filled: Int
  /// How many there is room for in memory of their own; 0 in an image.
  @usableFromInline var capacity: Int

  /// How many records there are.
  @inlinable public var count: Int { filled }

  /// No records.
  @inlinable
  public init() {
    owner = nil
    unsafe start = UnsafeRawPointer(noMemory.start)
    filled = 0
    capacity = 0
  }

  /// So many records of an image, from a place on, as far as they are there.
  package init(_ image: ImageBytes, from place: Int, count: Int) {
    self.init()
    let place = Swift.min(Swift.max(place, 0), image.count)
    filled = Swift.min(
      Swift.max(count, 0), (image.count - place) / MemoryLayout<Record>.stride)
    if filled == 0 { return }
    owner = image
    unsafe start = unsafe image.address(of: place)
  }

  /// Makes room for so many records, in memory that nobody else reads.
  @inlinable
  @inline(__always)
  mutating func reserve(_ wanted: Int) {
    if wanted <= capacity && isKnownUniquelyReferenced(&owner) { return }
    grow(wanted)
  }

  /// Takes memory for so many records.
  @usableFromInline
  mutating func grow(_ wanted: Int) {
    let room = Swift.max(wanted, capacity < wanted ? capacity * 2 : capacity, 4)
    let memory = OwnMemory(byteCount: room * MemoryLayout<Record>.stride)
    // SAFETY: there is room for all records, and these are `filled`.
    unsafe memory.start.copyMemory(from: start, byteCount: count * MemoryLayout<Record>.stride)
    unsafe start = UnsafeRawPointer(memory.start)
    owner = memory
    capacity = room
  }

  /// Stores a record in memory that was reserved.
  @inlinable
  @inline(__always)
  mutating func store(_ record: Record, at index: Int) {
    // SAFETY: `reserve` made the memory, which is this collection's own, and has room for it.
    unsafe UnsafeMutableRawPointer(mutating: start).storeBytes(
      of: record, toByteOffset: index * MemoryLayout<Record>.stride, as: Record.self)
  }

  /// Adds a record.
  @inlinable
  public mutating func append(_ record: Record) {
    reserve(count + 1)
    store(record, at: count)
    filled += 1
  }

  /// Gives the memory of the records to `body`, which must not keep it.
  @inlinable
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(owner) {
      unsafe try body(
        UnsafeRawBufferPointer(start: start, count: count * MemoryLayout<Record>.stride))
    }
  }
}

// SAFETY: a value; memory that several share is never written.
extension Packed: @unchecked Sendable {}

extension Packed: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable
  public subscript(index: Int) -> Record {
    @inline(__always)
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // SAFETY: the index is below the count.
      return unsafe start.loadUnaligned(
        fromByteOffset: index &* MemoryLayout<Record>.stride, as: Record.self)
    }
    set { replace(index, with: newValue) }
  }

  /// A record at an index that must be below the count.
  @unsafe
  @inline(__always)
  subscript(unchecked index: Int) -> Record {
    unsafe start.loadUnaligned(
      fromByteOffset: index &* MemoryLayout<Record>.stride, as: Record.self)
  }

  @inlinable
  mutating func replace(_ index: Int, with record: Record) {
    precondition(index >= 0 && index < count)
    reserve(count)
    store(record, at: index)
  }

  /// Puts records in the place of others. Linear in all.
  @inlinable
  public mutating func replaceSubrange(
    _ range: Range<Int>, with records: some Collection<Record>
  ) {
    var result = Self()
    result.reserve(count - range.count + records.count)
    result.append(contentsOf: self[..<range.lowerBound])
    result.append(contentsOf: records)
    result.append(contentsOf: self[range.upperBound...])
    self = result
  }

  /// Adds records.
  @inlinable
  public mutating func append(contentsOf records: some Sequence<Record>) {
    let isCopied: Void? = records.withContiguousStorageIfAvailable { records in
      reserve(count + records.count)
      guard let source = records.baseAddress else { return }
      let size = MemoryLayout<Record>.stride
      // SAFETY: `reserve` made room for them.
      unsafe (UnsafeMutableRawPointer(mutating: start) + count * size).copyMemory(
        from: source, byteCount: records.count * size)
      filled += records.count
    }
    if isCopied != nil { return }
    for record in records { append(record) }
  }

  /// The records as a buffer, where they are aligned.
  @inlinable
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Record>) throws -> Result
  ) rethrows -> Result? {
    guard Int(bitPattern: unsafe start) % MemoryLayout<Record>.alignment == 0 else { return nil }
    // SAFETY: the records are there, aligned, and every bit pattern is one.
    return unsafe try withUnsafeBytes { bytes in
      unsafe try bytes.withMemoryRebound(to: Record.self, body)
    }
  }
}

extension Packed: ExpressibleByArrayLiteral {
  public init(arrayLiteral records: Record...) { self.init(records) }
}

extension Packed: Equatable where Record: Equatable {
  public static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

extension Packed where Record == UInt8 {
  /// Gives some of the bytes, all of which must be there, to `body`.
  @inlinable
  @inline(__always)
  public func withSpan<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // SAFETY: the bytes are there, and the span does not outlive the call.
    let part = unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    let span = unsafe Span<UInt8>(_unsafeBytes: part)
    return body(span)
  }
}

/// Memory that is freed with its owner.
@safe
@usableFromInline
final class OwnMemory: Sendable {
  // SAFETY: written only by a collection that alone has this object.
  @usableFromInline nonisolated(unsafe) let start: UnsafeMutableRawPointer

  init(byteCount: Int) {
    unsafe start = .allocate(byteCount: byteCount, alignment: 16)
  }

  deinit { unsafe start.deallocate() }
}

/// What a collection without records points to; nothing is read from it.
@usableFromInline let noMemory = OwnMemory(byteCount: 16)
