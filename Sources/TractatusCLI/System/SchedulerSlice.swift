import Glibc

/// How long this process asks to run at a time.
///
/// PERF: of processes that work for a few milliseconds each, Linux lets run first what is new, and
/// who has not ended at the next tick of its clock waits for all others once more. Who asks for
/// less at a time than the usual 1.4 ms is due sooner, and so ends what it began. It gets no more
/// of the processor for that.
enum SchedulerSlice {
  /// Nanoseconds that a hook asks for.
  static let short: UInt64 = 300_000
  /// `struct sched_attr` of sched_setattr(2) in words of eight bytes: its size and the policy,
  /// flags, nice and priority, the slice, and two that are not used here.
  private static let wordCount = 6
  static let sliceWord = 3

  #if arch(x86_64)
    private static let (setCall, getCall) = (314, 315)
  #else
    private static let (setCall, getCall) = (274, 275)
  #endif

  /// Asks for short slices; all else stays as it is. Nothing happens where the process is not
  /// scheduled as most are, or the kernel knows no such wish (before Linux 6.12).
  static func askForShort() {
    guard var words = attributes(), words[0] >> 32 == UInt64(SCHED_OTHER) else { return }
    words[sliceWord] = short
    // SAFETY: the kernel reads as many bytes as the first word says, which it has written.
    _ = unsafe words.withUnsafeMutableBytes { unsafe systemCall(setCall, 0, $0.baseAddress, 0, 0) }
  }

  /// How this process is scheduled, in words; nil where the kernel does not say.
  static func attributes() -> [UInt64]? {
    var words = [UInt64](repeating: 0, count: wordCount)
    // SAFETY: the kernel writes no more than the bytes that there are.
    let result = unsafe words.withUnsafeMutableBytes { bytes in
      unsafe systemCall(getCall, 0, bytes.baseAddress, bytes.count, 0)
    }
    return result == 0 ? words : nil
  }
}

// SAFETY: syscall(2) with the parameters of the calls above; its own are of any number, which Swift
// does not import, and are handed over alike.
@_silgen_name("syscall")
private func systemCall(
  _ number: Int, _ process: Int, _ attributes: UnsafeMutableRawPointer?, _ size: Int, _ flags: Int
) -> Int
