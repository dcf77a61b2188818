import Glibc

/// Takes the lock of an open file: whoever asked first has it first, and nobody waits for ever.
///
/// The system wakes those who wait in the order in which they came. Who looks again after a pause
/// instead finds the lock held by whoever looked at a better moment, time and again.
enum FileLock {
  /// What came of asking for a lock.
  enum Outcome: Equatable {
    case taken
    /// Others held it all the time.
    case busy
    /// The system refuses with this `errno`.
    case refused(Int32)
  }

  /// Milliseconds between the signals that end a wait.
  private static let pause = 10
  /// The signal that ends a wait: one that by itself does nothing.
  private static let signal = SIGURG

  /// Takes the lock of a file, which is let go when the last descriptor of this opening is closed.
  static func take(_ descriptor: Int32, waitingMilliseconds limit: Int) -> Outcome {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return .taken }
    if errno != EWOULDBLOCK, errno != EINTR { return .refused(errno) }
    guard limit > 0 else { return .busy }
    let begin = milliseconds()
    // The first timer of a process has the number 0, which reads as no pointer.
    var timer: timer_t?
    guard unsafe start(&timer, milliseconds: limit) else { return .refused(errno) }
    defer { _ = unsafe timer_delete(timer) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { return .refused(errno) }
      // Other signals end a wait as well.
      if milliseconds() - begin >= limit { return .busy }
    }
    return .taken
  }

  /// Starts a timer that ends the waits of this thread from then on; false with `errno` where there
  /// is none.
  ///
  /// A signal just before the wait would end nothing, so another follows and another.
  private static func start(_ timer: inout timer_t?, milliseconds: Int) -> Bool {
    var action = sigaction()
    // Without `SA_RESTART`, so that the call ends.
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    var unblocked = sigset_t()
    _ = unsafe sigemptyset(&unblocked)
    _ = unsafe sigaddset(&unblocked, signal)
    var event = unsafe sigevent()
    unsafe event.sigev_notify = Int32(SIGEV_THREAD_ID)
    unsafe event.sigev_signo = signal
    unsafe event._sigev_un._tid = LinuxCalls.threadNumber
    guard unsafe sigaction(signal, &action, nil) == 0,
      unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, nil) == 0,
      unsafe timer_create(CLOCK_MONOTONIC, &event, &timer) == 0
    else { return false }
    var time = itimerspec(
      it_interval: timespec(tv_sec: 0, tv_nsec: pause * 1_000_000),
      it_value: timespec(
        tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000))
    if unsafe timer_settime(timer, 0, &time, nil) == 0 { return true }
    let number = errno
    _ = unsafe timer_delete(timer)
    errno = number
    return false
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    // SAFETY: the pointer is to a local variable that outlives the call.
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return .max / 2 }
    return Int(clamping: time.tv_sec) &* 1_000 &+ Int(clamping: time.tv_nsec) / 1_000_000
  }
}
