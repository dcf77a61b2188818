import Glibc

/// Large pages for memory that is about to be filled.
///
/// PERF: a process pays 2 µs for each page of four kilobytes that it touches first, where filling
/// it takes a tenth of that; a large page, of 512 such, costs about 60 µs. A decision touches 120
/// pages, one from a large program or from sources a thousand. So what a process allocates lies on
/// large pages from the start. A system that has none, or gives none, does as it would have done.
enum LargePages {
  /// The size of a large page on most machines: 2 MiB.
  private static let pageSize = 2 << 20
  /// How much is asked for, below the largest block that the C library keeps in its heap. What is
  /// never touched costs nothing.
  private static let byteCount = 16 << 20

  /// Has the next 16 MiB or so that are allocated lie on large pages.
  static func prepare() {
    // A large block that is freed tells the C library to keep blocks of that size in its heap, so
    // that the next one is a part of the heap, and is not given back when it is freed.
    unsafe free(self.block(of: byteCount + 4_096))
    guard let block = unsafe self.block(of: byteCount) else { return }
    let start = Int(bitPattern: block)
    let first = (start + pageSize - 1) & ~(pageSize - 1)
    let last = (start + byteCount) & ~(pageSize - 1)
    if first < last {
      // SAFETY: the range lies in the block; advice does not change what it holds.
      _ = unsafe madvise(block + (first - start), last - first, MADV_HUGEPAGE)
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
