import Glibc

/// How long this process asks to run at a time.
///
/// PERF: of processes that work for a few milliseconds each, Linux lets run first what is new, and
/// who has not ended at the next tick of its clock waits for all others once more. Who asks for
/// less at a time than the usual 1.4 ms is due sooner, and so ends what it began. It gets no more
/// of the processor for that.
enum SchedulerSlice {
  /// Nanoseconds that a hook asks for.
  private static let short: UInt64 = 300_000
  /// `struct sched_attr` of sched_setattr(2) in words of eight bytes: its size and the policy,
  /// flags, nice and priority, the slice, and two that are not used here.
  private static let wordCount = 6
  private static let sliceWord = 3

  #if arch(x86_64)
    private static let (setCall, getCall) = (314, 315)
  #else
    private static let (setCall, getCall) = (274, 275)
  #endif

  /// Asks for short slices; all else stays as it is. Nothing happens where the process is not
  /// scheduled as most are, or the kernel knows no such wish (before Linux 6.12).
  static func askForShort() {
    var words = [UInt64](repeating: 0, count: wordCount)
    unsafe words.withUnsafeMutableBytes { bytes in
      // SAFETY: the kernel writes and reads no more than the bytes that there are.
      guard unsafe systemCall(getCall, 0, bytes.baseAddress, bytes.count, 0) == 0 else { return }
      let policy = unsafe bytes.load(fromByteOffset: 4, as: UInt32.self)
      guard policy == UInt32(SCHED_OTHER) else { return }
      unsafe bytes.storeBytes(of: short, toByteOffset: sliceWord * 8, as: UInt64.self)
      _ = unsafe systemCall(setCall, 0, bytes.baseAddress, 0, 0)
    }
  }
}

// SAFETY: syscall(2) with the parameters of the calls above; its own are of any number, which Swift
// does not import, and are handed over alike.
@_silgen_name("syscall")
private func systemCall(
  _ number: Int, _ process: Int, _ attributes: UnsafeMutableRawPointer?, _ size: Int, _ flags: Int
) -> Int
