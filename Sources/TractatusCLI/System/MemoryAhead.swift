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
  /// How much a hook touches, of its heap and of its stack.
  private static let heapByteCount = 320 << 10
  private static let stackByteCount = 88 << 10
  /// `MADV_POPULATE_WRITE` of madvise(2), of Linux 5.14.
  private static let populate: Int32 = 23

  /// Has the next 16 MiB or so that are allocated lie on large pages: for what compiles, or decides
  /// much.
  static func prepareLargePages() {
    heap(largeByteCount, pageSize: largePage, MADV_HUGEPAGE)
  }

  /// Has there be what a hook touches, which is too little for a large page: to fill that takes as
  /// long as a hundred faults.
  ///
  /// Pages of files are left alone, of which the system maps sixteen when one is touched, and so is
  /// zeroed data, of which most is never touched.
  static func prepareHook() {
    heap(heapByteCount, pageSize: 4_096, populate)
    var place = 0
    unsafe withUnsafeMutablePointer(to: &place) { place in
      let end = UnsafeMutableRawPointer(place)
      let unaligned = Int(bitPattern: end) & 4_095
      // SAFETY: this changes nothing of what the pages hold; where some of them are no part of the
      // stack yet, nothing more happens.
      _ = unsafe madvise(end - unaligned - stackByteCount, stackByteCount, populate)
    }
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
