import Glibc

/// Writes whole files and descriptors.
package enum FileWriter {
  /// Replaces the file at `path` in one step: the bytes go to a file beside it that is then
  /// renamed, so that no reader sees a part of them.
  ///
  /// - Throws: `SystemError`.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    try replace(path, with: bytes, version: nil)
  }

  /// Whether something stands at a path, be it a link that leads nowhere.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// Writes a file that is not there yet, in folders that are made where they are missing.
  ///
  /// - Throws: `SystemError`, also where something stands at the path.
  static func create(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      let folder = String(decoding: path.utf8.prefix(index), as: UTF8.self)
      if unsafe mkdir(folder, mode_t(0o777)) != 0, errno != EEXIST {
        throw SystemError.last(errno)
      }
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe open(path, flags, mode_t(0o666))
    guard descriptor >= 0 else { throw SystemError.last(errno) }
    defer { _ = close(descriptor) }
    try write(bytes, to: descriptor)
  }

  /// Replaces a file in one step, with its permissions kept, unless it is not what it was.
  ///
  /// - Throws: `SystemError`.
  static func replace(
    _ path: String, with bytes: [UInt8], unlessChangedSince version: FileVersion
  ) throws(SystemError) {
    try replace(path, with: bytes, version: version)
  }

  private static func replace(
    _ path: String, with bytes: [UInt8], version: FileVersion?
  ) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    let temporary = "\(path).\(getpid()).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe open(temporary, flags, mode_t(0o666))
    guard descriptor >= 0 else { throw SystemError.last(errno) }
    do throws(SystemError) {
      defer { _ = close(descriptor) }
      try write(bytes, to: descriptor)
      if let version {
        guard fchmod(descriptor, mode_t(version.mode)) == 0 else { throw SystemError.last(errno) }
        if try FileVersion(of: path) != version {
          throw SystemError.failed("it was changed by someone else in the meantime")
        }
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else {
      let number = errno
      _ = unsafe unlink(temporary)
      throw SystemError.last(number)
    }
  }

  /// Makes a folder, unless there is something of that name; what comes next says what it is.
  static func makeFolder(_ path: String) {
    if !path.utf8.contains(0) { _ = unsafe mkdir(path, mode_t(0o777)) }
  }

  /// Writes all bytes, however many calls it takes.
  ///
  /// - Throws: `SystemError`.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      // SAFETY: `done` stays below the array's count, and the array outlives the call.
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError.last(errno)
      }
      done += count
    }
  }
}
