import Glibc

/// How long the process may take, and how it ends when it takes longer.
///
/// A timer of the system and its signal, so that nothing that waits or works can outlast it: not an
/// input that never ends, not a rule file that is a pipe, not a lock.
package struct TimeBudget: Equatable, Sendable {
  /// How the process ends.
  package enum Ending: Equatable, Sendable {
    /// With status 2: the action is not allowed.
    case closed
    /// With status 1: something was not recorded, which stops nobody.
    case unrecorded
    /// With status 0: what only watches lets pass.
    case watching
  }

  package var milliseconds: Int
  package var ending: Ending

  /// Starts the clock in the place of one that was started before; false when there is none.
  package func start() -> Bool {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = handler
    var unblocked = sigset_t()
    _ = unsafe sigemptyset(&unblocked)
    _ = unsafe sigaddset(&unblocked, SIGALRM)
    guard unsafe sigaction(SIGALRM, &action, nil) == 0,
      unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, nil) == 0
    else { return false }
    var timer = itimerval()
    timer.it_value.tv_sec = milliseconds / 1_000
    timer.it_value.tv_usec = (milliseconds % 1_000) * 1_000
    return unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil) == 0
  }

  private var handler: @convention(c) (Int32) -> Void {
    switch ending {
    case .closed: Self.denied
    case .unrecorded: Self.unrecorded
    case .watching: Self.passed
    }
  }

  private static let denied: @convention(c) (Int32) -> Void = { _ in
    let line: StaticString =
      "tractatus: error[T0730]: no decision within the time: the action is not allowed\n"
    // SAFETY: a static text's bytes live as long as the process; only calls that a signal handler
    // may make.
    _ = unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
    _exit(2)
  }

  private static let unrecorded: @convention(c) (Int32) -> Void = { _ in
    let line: StaticString = "tractatus: error[T0730]: the event was not recorded within the time\n"
    // SAFETY: as above.
    _ = unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
    _exit(1)
  }

  private static let passed: @convention(c) (Int32) -> Void = { _ in
    let line: StaticString = "tractatus: error[T0730]: no decision within the time\n"
    // SAFETY: as above.
    _ = unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
    _exit(0)
  }
}
