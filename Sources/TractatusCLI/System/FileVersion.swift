import Glibc

/// What tells a file at one time from the same path's file at another.
struct FileVersion: Equatable, Sendable {
  /// The permissions.
  let mode: UInt32
  private let device: UInt64
  private let inode: UInt64
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// The version of the regular file at a path, which is no link.
  ///
  /// - Throws: `SystemError`.
  init(of path: String) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw SystemError.last(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory }
      throw .failed("it is no regular file")
    }
    mode = UInt32(status.st_mode) & 0o7777
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int(clamping: status.st_size)
    seconds = Int(clamping: status.st_mtim.tv_sec)
    nanoseconds = Int(clamping: status.st_mtim.tv_nsec)
  }
}
