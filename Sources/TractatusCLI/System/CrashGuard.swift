import Glibc

/// Turns every crash into exit status 2 with one line: a signal would read as "go on" to a caller.
package enum CrashGuard {
  /// The signals that a trap, a bad access or an abort raises, and that of a `FileMapping` whose
  /// file somebody opens for writing.
  private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGIO]

  /// The bytes of the handler's stack, which stands apart so that an overflow is caught too.
  private static let stackSize = 65_536

  /// Installs the handlers for this process; call it first.
  ///
  /// A closed pipe is no signal but a failed write from here on.
  package static func install() {
    guardThread()
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = crashed
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    var blocked = sigset_t()
    _ = unsafe sigemptyset(&blocked)
    for number in signals {
      _ = unsafe sigaction(number, &action, nil)
      _ = unsafe sigaddset(&blocked, number)
    }
    // A signal that a parent has blocked would end the process without the handler.
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
    _ = signal(SIGPIPE, SIG_IGN)
    // So is one past the limit of file sizes.
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// Gives the current thread a stack of its own for the handlers; call it first in each thread.
  package static func guardThread() {
    // SAFETY: the stack is never freed: it must outlive every handler.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    var stack = unsafe stack_t()
    unsafe stack.ss_sp = unsafe memory
    unsafe stack.ss_size = stackSize
    _ = unsafe sigaltstack(&stack, nil)
  }

  /// Writes one line and ends the process; only calls that a signal handler may make.
  private static let crashed: @convention(c) (Int32) -> Void = { _ in
    let line: StaticString = "tractatus: internal error (T0901): the action is not allowed\n"
    // SAFETY: a static text's bytes live as long as the process.
    _ = unsafe write(2, line.utf8Start, line.utf8CodeUnitCount)
    _exit(2)
  }
}
