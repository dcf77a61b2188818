/// A part of an image that says itself how it is written.
package protocol ImagePart {
  /// Appends the part, the same bytes on every machine.
  func write(into bytes: inout [UInt8])

  /// Reads a part back; nil for bytes that cannot be one. Linear in the bytes.
  ///
  /// - Parameters:
  ///   - bytes: what holds the part, which reads from it for as long as it lives.
  ///   - range: where in them it lies.
  ///   - isTrusted: whether a seal has shown that this very build wrote the bytes; then no number
  ///     in them is checked.
  init?(reading bytes: ImageBytes, _ range: Range<Int>, isTrusted: Bool)
}

/// The bytes of an image, which stay where they lie for as long as anything is read from them: a
/// copy, or memory that stands for a file.
@safe
package final class ImageBytes: Sendable {
  // SAFETY: nothing writes to this memory, and it lasts as long as this object.
  private nonisolated(unsafe) let start: UnsafeRawPointer
  /// What keeps the memory in place; nil where it is this object's own.
  private let owner: (any AnyObject & Sendable)?
  /// How many bytes there are.
  package let count: Int

  /// A copy of bytes.
  package init(_ bytes: [UInt8]) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    // SAFETY: there is room for every byte.
    unsafe bytes.withUnsafeBytes { source in
      if let base = source.baseAddress {
        unsafe memory.copyMemory(from: base, byteCount: source.count)
      }
    }
    unsafe start = UnsafeRawPointer(memory)
    owner = nil
    count = bytes.count
  }

  /// Bytes, at least one, that `owner` keeps in place, and that nothing changes while it lives.
  @unsafe
  package init(_ start: UnsafeRawPointer, count: Int, of owner: any AnyObject & Sendable) {
    unsafe self.start = unsafe start
    self.owner = owner
    self.count = count
  }

  deinit {
    if owner == nil { unsafe start.deallocate() }
  }

  /// A copy of bytes that are only borrowed.
  package convenience init(copying bytes: Span<UInt8>) {
    // SAFETY: the buffer is copied while the span is borrowed.
    self.init(unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) })
  }

  /// A byte; its place must be below the count.
  package subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < count)
    // SAFETY: the place is below the count.
    return unsafe start.load(fromByteOffset: place, as: UInt8.self)
  }

  /// Where the byte at a place lies, which the caller has checked; while this object lives.
  @unsafe
  func address(of place: Int) -> UnsafeRawPointer { unsafe start + place }

  /// Gives a part of the bytes, as much of it as is there, to `body`, which must not keep it.
  package func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    unsafe try body(part(range))
  }

  /// Gives a part of the bytes, as much of it as is there, to `body` as a span.
  package func withSpan<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    let part = unsafe part(range)
    // SAFETY: the span does not outlive the call.
    let span = unsafe Span<UInt8>(_unsafeBytes: part)
    return body(span)
  }

  @unsafe
  private func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let range = range.clamped(to: 0..<count)
    return unsafe UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
  }
}
