import Glibc

/// Memory that is there before it is touched.
///
/// PERF: a process pays 2 µs for each page of four kilobytes that it touches first, where filling
/// it takes a tenth of that. What a process is about to allocate it takes in one call, as pages
/// that are there at once or as large ones, of 512 such. A system that gives neither does as it
/// would have done.
enum MemoryAhead {
  /// The size of a large page on most machines: 2 MiB.
  private static let largePage = 2 << 20
  /// How much lies on large pages, below the largest block that the C library keeps in its heap.
  /// What is never touched costs nothing.
  private static let largeByteCount = 16 << 20
  /// How much a hook touches, of its heap, of its stack, and of the functions that come first in
  /// the executable (`.ci/order`).
  private static let heapByteCount = 320 << 10
  private static let stackByteCount = 88 << 10
  private static let codeByteCount = 1_792 << 10
  /// `MADV_POPULATE_READ` and `MADV_POPULATE_WRITE` of madvise(2), of Linux 5.14.
  private static let populateForReading: Int32 = 22
  private static let populateForWriting: Int32 = 23

  /// Has the next 16 MiB or so that are allocated lie on large pages: for what compiles, or decides
  /// much.
  static func prepareLargePages() {
    heap(largeByteCount, pageSize: largePage, MADV_HUGEPAGE)
  }

  /// Has there be what a hook touches, which is too little for a large page: to fill that takes as
  /// long as a hundred faults.
  static func prepareHook() {
    heap(heapByteCount, pageSize: 4_096, populateForWriting)
    var place = 0
    unsafe withUnsafeMutablePointer(to: &place) { place in
      let end = Int(bitPattern: place)
      populate(end - stackByteCount..<end, populateForWriting)
    }
    for segment in segments() {
      if segment.isCode {
        let code = segment.start..<segment.start + min(codeByteCount, segment.fileByteCount)
        populate(code, populateForReading)
      } else if segment.fileByteCount < segment.byteCount {
        // What is zero at first.
        let end = segment.start + segment.byteCount
        populate(segment.start + segment.fileByteCount..<end, populateForWriting)
      }
    }
  }

  /// Has the pages be there that lie wholly in a range of addresses. Where some of it is not mapped
  /// nothing more happens.
  private static func populate(_ range: Range<Int>, _ advice: Int32) {
    let first = (range.lowerBound + 4_095) & ~4_095
    let last = range.upperBound & ~4_095
    guard first < last, let start = unsafe UnsafeMutableRawPointer(bitPattern: first) else {
      return
    }
    // SAFETY: this changes nothing of what the pages hold.
    _ = unsafe madvise(start, last - first, advice)
  }

  /// A part of the executable in memory.
  private struct Segment {
    var start: Int
    var byteCount: Int
    /// How many of the bytes come from the file.
    var fileByteCount: Int
    var isCode: Bool
  }

  /// The parts of the executable that are code, or can be written, by its program headers (elf(5));
  /// none where those are of another size.
  private static func segments() -> [Segment] {
    let (place, size, count) = (Int(getauxval(3)), getauxval(4), Int(getauxval(5)))
    guard size == 56, count > 0, count < 64,
      let start = unsafe UnsafeRawPointer(bitPattern: place)
    else { return [] }
    // SAFETY: the kernel says where the headers are, how many, and how large each is.
    let headers = unsafe UnsafeRawBufferPointer(start: start, count: count * 56)
    func number(_ header: Int, _ offset: Int) -> Int {
      unsafe headers.loadUnaligned(fromByteOffset: header * 56 + offset, as: Int.self)
    }
    // The headers lie behind the first 64 bytes of the file.
    var base = 0
    var segments: [Segment] = []
    for header in 0..<count {
      let kind = number(header, 0)
      guard kind & 0xFFFF_FFFF == 1 else { continue }
      if number(header, 8) == 0 { base = place - 64 - number(header, 16) }
      let (isWritten, isCode) = (kind >> 33 & 1 != 0, kind >> 32 & 1 != 0)
      guard isWritten || isCode else { continue }
      segments.append(
        Segment(
          start: base + number(header, 16), byteCount: number(header, 40),
          fileByteCount: number(header, 32), isCode: isCode))
    }
    return segments
  }

  /// Gives advice on the whole pages of so many bytes of the heap that are allocated next.
  private static func heap(_ byteCount: Int, pageSize: Int, _ advice: Int32) {
    // A large block that is freed tells the C library to keep blocks of that size in its heap, so
    // that the next one is a part of the heap, and is not given back when it is freed.
    unsafe free(self.block(of: byteCount + 4_096))
    guard let block = unsafe self.block(of: byteCount) else { return }
    let start = Int(bitPattern: block)
    let first = (start + pageSize - 1) & ~(pageSize - 1)
    let last = (start + byteCount) & ~(pageSize - 1)
    if first < last {
      // SAFETY: the range lies in the block; advice does not change what it holds.
      _ = unsafe madvise(block + (first - start), last - first, advice)
    }
    unsafe free(block)
    // What lies before the first large page is taken and never touched, so that what comes next
    // begins there.
    if first - start > 4_096 { _ = unsafe self.block(of: first - start - 64) }
  }

  /// A block of memory, taken by a call that no compiler leaves out.
  private static func block(of byteCount: Int) -> UnsafeMutableRawPointer? {
    var block: UnsafeMutableRawPointer?
    // SAFETY: the pointer outlives the call, which sets it when it gives 0.
    return unsafe posix_memalign(&block, 16, byteCount) == 0 ? block : nil
  }
}

// SAFETY: the C function's own parameter and result, which the module of its headers leaves out.
@_silgen_name("getauxval")
private func getauxval(_ kind: UInt) -> UInt
