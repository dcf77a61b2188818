import Glibc
import TractatusPatterns

/// A folder that belongs to the user alone, held open, so that nothing can be put in its place.
struct PrivateFolder: ~Copyable {
  private let descriptor: Int32

  /// Opens a folder; nil when it is not there, is a link, belongs to somebody else, can be written
  /// by others, or is one of `guarded` or lies below one.
  ///
  /// With `creating` it is made when it is not there, and the folder around it.
  init?(_ path: String, outside guarded: [String], creating: Bool) {
    guard path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    if creating {
      if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
        _ = unsafe mkdir(String(path[..<slash]), mode_t(0o700))
      }
      _ = unsafe mkdir(path, mode_t(0o700))
    }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe Glibc.open(path, flags)
    guard opened >= 0 else { return nil }
    guard Self.isPrivate(opened), Self.isOutside(guarded, opened) else {
      _ = close(opened)
      return nil
    }
    descriptor = opened
  }

  deinit { _ = close(descriptor) }

  private static func isPrivate(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
      && status.st_mode & 0o022 == 0
  }

  /// Whether no guarded folder is this one or around it.
  private static func isOutside(_ guarded: [String], _ descriptor: Int32) -> Bool {
    var forbidden: [stat] = []
    for path in guarded {
      var status = stat()
      if unsafe stat(path, &status) == 0 {
        forbidden.append(status)
      } else if errno != ENOENT {
        return false
      }
    }
    var path = "."
    var last = stat()
    for _ in 0..<256 {
      var status = stat()
      guard unsafe fstatat(descriptor, path, &status, 0) == 0 else { return false }
      if forbidden.contains(where: { areSame($0, status) }) { return false }
      // The root is its own parent.
      if path.utf8.count > 1, areSame(last, status) { return true }
      last = status
      path += "/.."
    }
    return false
  }

  private static func areSame(_ left: stat, _ right: stat) -> Bool {
    left.st_dev == right.st_dev && left.st_ino == right.st_ino
  }

  /// The content of a file of the user's alone, which nobody else may read or write; nil when it is
  /// not there, is no such file, or has more than `limit` bytes.
  borrowing func read(_ name: String, limit: Int) -> [UInt8]? {
    guard let opened = open(name) else { return nil }
    defer { _ = close(opened.descriptor) }
    return try? FileReader.read(descriptor: opened.descriptor, limit: limit)
  }

  /// The content of such a file as memory that nothing changes while it is used, if the system can
  /// give it; else as `read` does.
  borrowing func map(_ name: String, limit: Int) -> ImageBytes? {
    guard let opened = open(name) else { return nil }
    defer { _ = close(opened.descriptor) }
    if opened.count <= limit,
      let bytes = FileMapping.bytes(of: opened.descriptor, count: opened.count)
    {
      return bytes
    }
    return (try? FileReader.read(descriptor: opened.descriptor, limit: limit)).map(ImageBytes.init)
  }

  /// Opens a file of the user's alone, which nobody else may read or write.
  private borrowing func open(_ name: String) -> (descriptor: Int32, count: Int)? {
    // Opening must not wait, should somebody have put a pipe there.
    let opened = unsafe openat(
      descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else { return nil }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o077 == 0, status.st_nlink == 1
    else {
      _ = close(opened)
      return nil
    }
    return (opened, Int(clamping: status.st_size))
  }

  /// Puts a file of the user's alone in place in one step, for readers and other writers.
  borrowing func replace(_ name: String, with bytes: [UInt8]) {
    guard let temporary = write(bytes, beside: name) else { return }
    if unsafe renameat(descriptor, temporary, descriptor, name) != 0 {
      _ = unsafe unlinkat(descriptor, temporary, 0)
    }
  }

  /// Puts a file of the user's alone in place, unless there is one already.
  borrowing func create(_ name: String, with bytes: [UInt8]) {
    guard let temporary = write(bytes, beside: name) else { return }
    _ = unsafe linkat(descriptor, temporary, descriptor, name, 0)
    _ = unsafe unlinkat(descriptor, temporary, 0)
  }

  /// Writes a new file under a name of its own.
  private borrowing func write(_ bytes: [UInt8], beside name: String) -> String? {
    var random = SystemRandomNumberGenerator()
    let temporary = ".\(name).\(String(random.next(), radix: 16)).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(descriptor, temporary, flags, mode_t(0o600))
    guard opened >= 0 else { return nil }
    defer { _ = close(opened) }
    do {
      try FileWriter.write(bytes, to: opened)
      return temporary
    } catch {
      _ = unsafe unlinkat(descriptor, temporary, 0)
      return nil
    }
  }

  /// Removes the files whose names `isOurs` accepts, but for the `count` that were written last.
  borrowing func keepLatest(_ count: Int, where isOurs: (String) -> Bool) {
    // The stream takes a descriptor of its own, which it closes.
    let own = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { return }
    guard let stream = unsafe fdopendir(own) else {
      _ = close(own)
      return
    }
    defer { _ = unsafe closedir(stream) }
    var found: [(time: timespec, name: String)] = []
    for name in unsafe DirectoryWalk.names(in: stream).names where isOurs(name) {
      var status = stat()
      guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      found.append((status.st_mtim, name))
    }
    guard found.count > count else { return }
    found.sort { left, right in
      (left.time.tv_sec, left.time.tv_nsec, left.name)
        > (right.time.tv_sec, right.time.tv_nsec, right.name)
    }
    for file in found[count...] { _ = unsafe unlinkat(descriptor, file.name, 0) }
  }
}
