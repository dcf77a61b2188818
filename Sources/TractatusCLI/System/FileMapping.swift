import Glibc
import TractatusPatterns

/// A file's bytes as memory, under a lease (`F_SETLEASE` of fcntl(2)) that keeps them as they are.
///
/// Linux gives a lease for reading only where nobody has the file open for writing, by a mapping
/// neither, and only to the file's owner. Whoever opens or truncates it to write waits then, and
/// this process gets `SIGIO`, at which `CrashGuard` ends it. So what was checked is what is read,
/// and no byte vanishes. For processes that live for a decision alone, then: others would be ended
/// by a stranger's `touch`.
@safe
final class FileMapping: Sendable {
  // SAFETY: the memory is read-only, and unmapped when nothing refers to this object.
  private nonisolated(unsafe) let start: UnsafeMutableRawPointer
  private let count: Int

  /// `F_SETLEASE` of <fcntl.h>, the same on every machine that Linux runs on.
  private static let setLease: Int32 = 1_024
  /// The file systems that nobody but this kernel writes, by the numbers of statfs(2): ext2 to
  /// ext4, XFS, Btrfs, F2FS, tmpfs and overlays. What another machine writes changes in spite of a
  /// lease.
  private static let ownFileSystems = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x0102_1994, 0x794C_7630,
  ]

  private init(_ start: UnsafeMutableRawPointer, count: Int) {
    unsafe self.start = unsafe start
    self.count = count
  }

  deinit { _ = unsafe munmap(start, count) }

  /// The first `count` bytes, at least one, of an open regular file of that many bytes; nil where
  /// the system gives no lease or no memory, or is not the only one that writes. Reads nothing.
  ///
  /// The lease ends with the mapping: the mapping holds the open file.
  static func bytes(of descriptor: Int32, count: Int) -> ImageBytes? {
    guard count > 0, isOwn(descriptor), fcntl(descriptor, setLease, Int32(F_RDLCK)) == 0 else {
      return nil
    }
    // It may have been cut short before the lease.
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, Int(status.st_size) == count else { return nil }
    // PERF: not with `MAP_POPULATE`, which looks at every page by itself: to touch them maps
    // sixteen at once, and large ones as a whole.
    guard let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe start != MAP_FAILED
    else { return nil }
    let mapping = unsafe FileMapping(start, count: count)
    return unsafe ImageBytes(UnsafeRawPointer(start), count: count, of: mapping)
  }

  /// Whether a file lies where nobody but this kernel writes.
  private static func isOwn(_ descriptor: Int32) -> Bool {
    // The type is the first word of a structure of 120 bytes.
    var words = [Int](repeating: 0, count: 32)
    // SAFETY: the buffer has twice the size that the call writes.
    let result = unsafe words.withUnsafeMutableBytes { buffer in
      unsafe buffer.baseAddress.map { unsafe fstatfs(descriptor, $0) } ?? -1
    }
    return result == 0 && ownFileSystems.contains(words[0])
  }
}

// SAFETY: the C function's own parameters and result, which the module of its headers leaves out.
@_silgen_name("fstatfs")
private func fstatfs(_ descriptor: Int32, _ status: UnsafeMutableRawPointer) -> Int32
