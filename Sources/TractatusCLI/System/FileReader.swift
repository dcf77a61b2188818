import Glibc

/// Reads whole files, with their size limited before memory is taken.
package enum FileReader {
  /// The bytes of the file at `path`, which may be a pipe or a device.
  ///
  /// - Throws: `SystemError`, `.tooLarge` when the file has more than `limit` bytes.
  package static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = try openForReading(path)
    defer { closeFile(descriptor) }
    return try read(descriptor: descriptor, limit: limit)
  }

  /// An open descriptor of the file at `path`; close it with `closeFile`.
  ///
  /// - Throws: `SystemError`.
  static func openForReading(_ path: String) throws(SystemError) -> Int32 {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError.last(errno) }
    return descriptor
  }

  /// Closes a descriptor of `openForReading`.
  static func closeFile(_ descriptor: Int32) {
    _ = close(descriptor)
  }

  /// All bytes that an open descriptor still yields.
  ///
  /// - Throws: `SystemError`, `.tooLarge` when there are more than `limit` bytes.
  package static func read(descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError.last(errno) }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw .isDirectory }
    var bytes: [UInt8] = []
    var room = 65_536
    if kind == S_IFREG {
      let size = Int(clamping: status.st_size)
      if size > limit { throw .tooLarge(limit: limit) }
      // One byte past the expected end tells the end from a file that has grown.
      bytes = try first(upTo: max(size, 0) + 1, from: descriptor)
      if bytes.isEmpty { return bytes }
      room = max(1, size + 1 - bytes.count)
    }
    while true {
      let count = try append(upTo: min(room, limit - bytes.count + 1), from: descriptor, to: &bytes)
      if bytes.count > limit { throw .tooLarge(limit: limit) }
      if count == 0 { return bytes }
      // PERF: what is left of the room, for nearly always the end comes next.
      room = room > count ? room - count : 65_536
    }
  }

  /// What one `read` yields, nothing at the end; `count` must be positive.
  ///
  /// PERF: `append` writes zeros first, which for a program image costs as much as reading it.
  private static func first(
    upTo count: Int, from descriptor: Int32
  ) throws(SystemError) -> [UInt8] {
    var got = 0
    var number: Int32 = 0
    // SAFETY: the buffer has room for `count` bytes, of which the first `got` are written.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      repeat {
        got = unsafe Glibc.read(descriptor, buffer.baseAddress, count)
        number = errno
      } while got < 0 && number == EINTR
      initialized = max(got, 0)
    }
    if got < 0 { throw SystemError.last(number) }
    return bytes
  }

  /// The first bytes of the file at `path`, at most `count`.
  ///
  /// - Throws: `SystemError`.
  static func head(of path: String, count: Int) throws(SystemError) -> [UInt8] {
    let descriptor = try openForReading(path)
    defer { closeFile(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < count {
      let got = try append(upTo: count - bytes.count, from: descriptor, to: &bytes)
      if got == 0 { break }
    }
    return bytes
  }

  /// Appends what one `read` yields, 0 at the end; `count` must be positive.
  static func append(
    upTo count: Int, from descriptor: Int32, to bytes: inout [UInt8]
  ) throws(SystemError) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    while true {
      // SAFETY: the buffer has `count` bytes from `start`, which outlive the call.
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + start }, count)
      }
      if got < 0, errno == EINTR { continue }
      let number = errno
      bytes.removeLast(count - max(got, 0))
      if got < 0 { throw SystemError.last(number) }
      return got
    }
  }
}
