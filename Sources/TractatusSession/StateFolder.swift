import Glibc

/// An open state folder: its files are read whole, and replaced whole.
///
/// Links are followed nowhere, and nothing is taken that belongs to somebody else.
struct StateFolder: ~Copyable {
  /// How the copy of the generation before is called.
  static let previousSuffix = ".bak"
  /// How a file is called that could not be read when it was replaced.
  static let damagedSuffix = ".damaged"
  private static let newSuffix = ".tmp"

  private let descriptor: Int32
  private let path: String
  private let owner: uid_t
  private let fault: WriteFault?

  deinit { _ = close(descriptor) }

  /// Opens a folder; with `creating` it is made when it is not there.
  ///
  /// - Throws: `StateProblem`: it is missing, a link, no folder, another user's, or open to all.
  init(_ path: String, creating: Bool, fault: WriteFault?) throws(StateProblem) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StateProblem(.unusable, path, "is no name of a folder")
    }
    if creating, unsafe mkdir(path, mode_t(0o755)) != 0, errno != EEXIST {
      throw StateProblem(.unusable, path, "cannot be made: \(Self.words(errno))")
    }
    let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    try self.init(opened, errno, path, fault)
  }

  /// Opens a folder within another one, which is made when it is not there.
  ///
  /// - Throws: `StateProblem` as above.
  init(_ name: String, in folder: borrowing StateFolder) throws(StateProblem) {
    let path = folder.path + "/" + name
    if unsafe mkdirat(folder.descriptor, name, mode_t(0o755)) != 0, errno != EEXIST {
      throw StateProblem(.unusable, path, "cannot be made: \(Self.words(errno))")
    }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(folder.descriptor, name, flags)
    try self.init(opened, errno, path, folder.fault)
  }

  private init(
    _ opened: Int32, _ number: Int32, _ path: String, _ fault: WriteFault?
  ) throws(StateProblem) {
    guard opened >= 0 else {
      switch number {
      case ENOENT: throw StateProblem(.missing, path, "does not exist")
      case ELOOP: throw StateProblem(.unusable, path, "is a link: name the folder that it leads to")
      // Linux says this of a link as well.
      case ENOTDIR: throw StateProblem(.unusable, path, "is a link, or no folder")
      default: throw StateProblem(.unusable, path, "cannot be opened: \(Self.words(number))")
      }
    }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      let words = Self.words(errno)
      _ = close(opened)
      throw StateProblem(.unusable, path, "cannot be opened: \(words)")
    }
    // The administrator may look after anybody's folder.
    guard status.st_uid == geteuid() || geteuid() == 0 else {
      _ = close(opened)
      throw StateProblem(.unusable, path, "belongs to another user")
    }
    guard status.st_mode & 0o002 == 0 else {
      _ = close(opened)
      throw StateProblem(.unusable, path, "can be written by every user")
    }
    descriptor = opened
    self.path = path
    owner = status.st_uid
    self.fault = fault
  }

  /// Whether the folder is held open, which it is as long as this value lives.
  var isOpen: Bool { descriptor >= 0 }

  // MARK: The lock

  /// Waits until no other process holds the folder, at most so many milliseconds; it is let go when
  /// this value ends, and when the process does.
  ///
  /// - Throws: `StateProblem`, `.busy` when the time is over.
  borrowing func lock(waitingMilliseconds limit: Int) throws(StateProblem) {
    switch FileLock.take(descriptor, waitingMilliseconds: limit) {
    case .taken: return
    case .busy:
      throw StateProblem(.busy, path, "is held by other processes for more than \(limit) ms")
    case .refused(let number):
      throw StateProblem(.unusable, path, "cannot be locked: \(Self.words(number))")
    }
  }

  // MARK: Reading

  /// The content of a file.
  ///
  /// - Throws: `StateProblem`: it is missing, a link, no plain file, another user's, too large.
  borrowing func read(_ name: String, limit: Int) throws(StateProblem) -> [UInt8] {
    // Opening must not wait, should somebody have put a pipe there.
    let opened = unsafe openat(
      descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else {
      switch errno {
      case ENOENT: throw StateProblem(.missing, name, "does not exist")
      case ELOOP: throw StateProblem(.unusable, name, "is a link")
      default: throw StateProblem(.unusable, name, "cannot be opened: \(Self.words(errno))")
      }
    }
    defer { _ = close(opened) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else {
      throw StateProblem(.unusable, name, "cannot be read: \(Self.words(errno))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw StateProblem(.unusable, name, "is a folder")
    default: throw StateProblem(.unusable, name, "is no plain file")
    }
    guard status.st_uid == owner || status.st_uid == geteuid() else {
      throw StateProblem(.unusable, name, "belongs to another user")
    }
    let size = Int(clamping: status.st_size)
    guard size <= limit else {
      throw StateProblem(.damaged, name, "is larger than \(limit >> 10) KiB")
    }
    return try Self.bytes(of: opened, name, count: size)
  }

  /// The bytes of a file that has so many; of one that changes meanwhile, those that it had.
  private static func bytes(
    of opened: Int32, _ name: String, count: Int
  ) throws(StateProblem) -> [UInt8] {
    var number: Int32 = 0
    // SAFETY: the buffer has room for `count` bytes, of which the first `done` are written.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
      while done < count {
        let place = unsafe buffer.baseAddress.map { unsafe $0 + done }
        let got = unsafe Glibc.read(opened, place, count - done)
        if got < 0, errno == EINTR { continue }
        if got < 0 { number = errno }
        if got <= 0 { return }
        done += got
      }
    }
    guard number == 0 else {
      throw StateProblem(.unusable, name, "cannot be read: \(words(number))")
    }
    return bytes
  }

  // MARK: Writing

  /// Puts a file in place in one step, and keeps the one before as its copy.
  ///
  /// To be called under the lock. Whoever comes after a process that was killed at any point of
  /// this finds the old file or the new one, whole, and so does who reads under the lock; who reads
  /// without it may meet a file that is being written, and has to look again.
  /// - Parameters:
  ///   - isPreviousSound: whether what is there now is worth keeping as the copy; what is not is
  ///     put aside under the name of a damaged file, and the copy stays what it was.
  ///   - isSynced: whether this waits for the disk, so that a power cut loses nothing either.
  /// - Throws: `StateProblem`; the file is what it was then.
  borrowing func replace(
    _ name: String, with bytes: [UInt8], isPreviousSound: Bool, isSynced: Bool
  ) throws(StateProblem) {
    if !isSynced, isPreviousSound, try exchange(name, with: bytes) { return }
    let new = name + Self.newSuffix
    // What a process left that was killed; nobody else writes under the lock.
    _ = unsafe unlinkat(descriptor, new, 0)
    var isStopped = false
    do throws(StateProblem) {
      try write(bytes, to: new, of: name, isSynced: isSynced, &isStopped)
      try keepPrevious(name, isSound: isPreviousSound, &isStopped)
      try take(.rename, of: name, &isStopped)
      guard unsafe renameat(descriptor, new, descriptor, name) == 0 else {
        throw Self.refused(name, errno)
      }
    } catch {
      if !isStopped { _ = unsafe unlinkat(descriptor, new, 0) }
      throw error
    }
    guard isSynced else { return }
    try take(.syncFolder, of: name, &isStopped)
    // Some file systems cannot do it to folders; the file is in place all the same.
    _ = fsync(descriptor)
  }

  /// Writes over the copy of the generation before, and has it change names with the file.
  ///
  /// Until then nobody needs the copy, as the file itself is sound. The copy may be anything: one
  /// that is not the user's plain file of this one name is not written to.
  ///
  /// PERF: a new file, and the end of an old one, take space on the disk and give it back, for
  /// which the system may wait under the lock: 160 µs and now and then many milliseconds, where
  /// this takes 25 µs.
  /// - Returns: false where there is no such copy, or the file system exchanges no names; the file
  ///   is what it was then.
  private borrowing func exchange(
    _ name: String, with bytes: [UInt8]
  ) throws(StateProblem) -> Bool {
    let previous = name + Self.previousSuffix
    let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let opened = unsafe openat(descriptor, previous, flags)
    guard opened >= 0 else { return false }
    defer { _ = close(opened) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_nlink == 1, status.st_uid == owner || status.st_uid == geteuid()
    else { return false }
    var isStopped = false
    try put(bytes, into: opened, of: name, &isStopped)
    if status.st_size > bytes.count, ftruncate(opened, bytes.count) != 0 {
      throw Self.refused(name, errno)
    }
    try take(.exchange, of: name, &isStopped)
    return LinuxCalls.exchange(previous, name, in: descriptor) == 0
  }

  private borrowing func write(
    _ bytes: [UInt8], to new: String, of name: String, isSynced: Bool, _ isStopped: inout Bool
  ) throws(StateProblem) {
    try take(.create, of: name, &isStopped)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(descriptor, new, flags, mode_t(0o600))
    guard opened >= 0 else { throw Self.refused(name, errno) }
    defer { _ = close(opened) }
    try put(bytes, into: opened, of: name, &isStopped)
    guard isSynced else { return }
    try take(.syncFile, of: name, &isStopped)
    guard fsync(opened) == 0 || errno == EINVAL else { throw Self.refused(name, errno) }
  }

  /// Writes all bytes from the beginning of an open file.
  private borrowing func put(
    _ bytes: [UInt8], into opened: Int32, of name: String, _ isStopped: inout Bool
  ) throws(StateProblem) {
    var count = bytes.count
    var problem: StateProblem?
    switch fault?.outcome(name, .write(byteCount: count)) ?? .proceed {
    case .proceed: break
    case .fail(let number): problem = Self.refused(name, number)
    case .stop(let some):
      count = min(max(some, 0), count)
      isStopped = true
      problem = StateProblem(.unusable, name, "was not written: stopped")
    }
    var done = 0
    while done < count {
      // SAFETY: `done` stays below `count`, which is at most the array's, which outlives the call.
      let got = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(opened, buffer.baseAddress.map { unsafe $0 + done }, count - done)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw Self.refused(name, errno) }
      done += got
    }
    if let problem { throw problem }
  }

  /// Makes the present file the copy of the generation before, or puts it aside.
  private borrowing func keepPrevious(
    _ name: String, isSound: Bool, _ isStopped: inout Bool
  ) throws(StateProblem) {
    guard isSound else {
      let aside = name + Self.damagedSuffix
      if unsafe renameat(descriptor, name, descriptor, aside) != 0, errno != ENOENT {
        throw Self.refused(name, errno)
      }
      return
    }
    let previous = name + Self.previousSuffix
    try take(.unlinkPrevious, of: name, &isStopped)
    _ = unsafe unlinkat(descriptor, previous, 0)
    try take(.linkPrevious, of: name, &isStopped)
    if unsafe linkat(descriptor, name, descriptor, previous, 0) == 0 { return }
    // A file system without links: for a moment there is the copy alone, which readers take then.
    if unsafe renameat(descriptor, name, descriptor, previous) != 0, errno != ENOENT {
      throw Self.refused(name, errno)
    }
  }

  /// Removes a file, if it is there.
  borrowing func remove(_ name: String) {
    _ = unsafe unlinkat(descriptor, name, 0)
  }

  private borrowing func take(
    _ step: WriteStep, of name: String, _ isStopped: inout Bool
  ) throws(StateProblem) {
    switch fault?.outcome(name, step) ?? .proceed {
    case .proceed: return
    case .fail(let number): throw Self.refused(name, number)
    case .stop:
      isStopped = true
      throw StateProblem(.unusable, name, "was not written: stopped")
    }
  }

  private static func refused(_ name: String, _ number: Int32) -> StateProblem {
    StateProblem(.unusable, name, "cannot be written: \(words(number))")
  }

  private static func words(_ number: Int32) -> String {
    // SAFETY: `strerror` returns a terminated text, copied before the next call.
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words).lowercased()
  }
}
