import Glibc

/// Runs commands for `bench`, `hook status` and `diff`; nothing else starts processes.
enum ChildProcess {
  /// What one run took.
  struct Run {
    /// The exit status; 128 and the signal's number for one that a signal ended.
    var status: Int32
    /// Nanoseconds from before it was started until after it was waited for.
    var wallTime: UInt64
    /// Nanoseconds of processor time, its own and the kernel's for it.
    var processorTime: UInt64
  }

  /// Runs a program by its path, with what it writes thrown away, and waits.
  ///
  /// - Parameter input: the file that it reads; nil for nothing to read.
  /// - Throws: `SystemError`.
  static func run(
    _ words: [String], environment: [String], input: String? = nil
  ) throws(SystemError) -> Run {
    let start = MonotonicClock.nanoseconds()
    let process = unsafe try spawn(words, environment: environment) { actions in
      for descriptor: Int32 in 0...2 {
        let mode = descriptor == 0 ? O_RDONLY : O_WRONLY
        let path = descriptor == 0 ? input ?? "/dev/null" : "/dev/null"
        unsafe posix_spawn_file_actions_addopen(&actions, descriptor, path, mode, 0)
      }
    }
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw SystemError.last(errno) }
    }
    let wallTime = MonotonicClock.nanoseconds() - start
    return Run(
      status: exitStatus(status), wallTime: wallTime,
      processorTime: nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime))
  }

  /// What a process said.
  struct Answer {
    /// The exit status; 128 and the signal's number for one that a signal ended.
    var status: Int32
    var output: [UInt8]
    var errors: [UInt8]
  }

  /// The most that is read of an answer, in bytes.
  private static let answerLimit = 1 << 20

  /// Runs a program by its path with a short text to read, and waits for what it says.
  ///
  /// The text must fit into a pipe, and what it says on its error stream too: 64 KiB.
  /// - Throws: `SystemError`.
  static func ask(
    _ words: [String], environment: [String], input: [UInt8], limit: Int = answerLimit
  ) throws(SystemError) -> Answer {
    let pipes = [try pipeEnds(), try pipeEnds(), try pipeEnds()]
    defer { for ends in pipes { _ = close(ends.reading) } }
    let process: pid_t
    do throws(SystemError) {
      defer {
        _ = close(pipes[1].writing)
        _ = close(pipes[2].writing)
      }
      process = unsafe try spawn(words, environment: environment) { actions in
        for (descriptor, end) in [pipes[0].reading, pipes[1].writing, pipes[2].writing].enumerated()
        {
          unsafe posix_spawn_file_actions_adddup2(&actions, end, Int32(descriptor))
        }
      }
    } catch {
      _ = close(pipes[0].writing)
      throw error
    }
    // One that does not read is told by its status.
    try? FileWriter.write(input, to: pipes[0].writing)
    _ = close(pipes[0].writing)
    let output = try FileReader.read(descriptor: pipes[1].reading, limit: limit)
    let errors = try FileReader.read(descriptor: pipes[2].reading, limit: answerLimit)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemError.last(errno) }
    }
    return Answer(status: exitStatus(status), output: output, errors: errors)
  }

  private static func pipeEnds() throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw SystemError.last(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func exitStatus(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Starts a program by its path.
  private static func spawn(
    _ words: [String], environment: [String],
    _ redirect: (inout posix_spawn_file_actions_t) -> Void
  ) throws(SystemError) -> pid_t {
    guard let path = words.first, !words.contains(where: { $0.utf8.contains(0) }) else {
      throw .failed("no command")
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe redirect(&actions)
    // SAFETY: the copies live until they are freed below, after the process has its own.
    let argumentCopies = unsafe words.map { unsafe strdup($0) } + [nil]
    let environmentCopies = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe argumentCopies.indices { unsafe free(argumentCopies[index]) }
      for index in unsafe environmentCopies.indices { unsafe free(environmentCopies[index]) }
    }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, path, &actions, nil, argumentCopies, environmentCopies)
    guard failure == 0 else { throw SystemError.last(failure) }
    return process
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_usec) &* 1_000
  }

  /// A new folder below the system's folder for temporary files, that only the user can enter.
  ///
  /// - Throws: `SystemError`.
  static func temporaryFolder() throws(SystemError) -> String {
    var template = Array("/tmp/tractatus-bench-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw SystemError.last(errno) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The path of the running executable; nil where the system does not tell.
  static func ownPath() -> String? {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Removes a folder of files and folders, as far as it can be; links are not followed.
  static func remove(_ folder: String) {
    if let stream = unsafe opendir(folder) {
      for name in unsafe DirectoryWalk.names(in: stream).names where name != "." && name != ".." {
        let path = folder + "/" + name
        if unsafe unlink(path) != 0 { remove(path) }
      }
      _ = unsafe closedir(stream)
    }
    _ = unsafe rmdir(folder)
  }
}
