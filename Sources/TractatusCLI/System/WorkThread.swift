import Glibc

/// A thread of the system that does one thing and is waited for.
struct WorkThread: ~Copyable {
  /// What a thread is handed.
  private final class Work {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// The bytes of a thread's stack: what the first thread has by default.
  private static let stackSize = 8 << 20

  private let thread: pthread_t

  /// Starts a thread; nil when the system has none left.
  init?(_ run: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    _ = unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    let work = unsafe Unmanaged.passRetained(Work(run))
    var started = pthread_t()
    let failure = unsafe pthread_create(
      &started, &attributes,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        // A stack that overflows must end the process by its handler here too.
        CrashGuard.guardThread()
        // SAFETY: the pointer is that of the work, which was retained once for this.
        unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      unsafe work.release()
      return nil
    }
    thread = started
  }

  /// Waits for the thread's end.
  consuming func join() { _ = pthread_join(thread, nil) }

  /// How many processors this process may use; at least 1.
  static var processorCount: Int {
    let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return max(1, count)
  }
}

/// A lock with a condition to wait for.
@safe
final class WaitingLock: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    _ = unsafe pthread_mutex_init(mutex, nil)
    _ = unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    _ = unsafe pthread_cond_destroy(condition)
    _ = unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Takes the lock.
  func lock() { _ = unsafe pthread_mutex_lock(mutex) }

  /// Gives it back.
  func unlock() { _ = unsafe pthread_mutex_unlock(mutex) }

  /// Gives the lock back until something was signalled, perhaps; look again at what is waited for.
  func wait() { _ = unsafe pthread_cond_wait(condition, mutex) }

  /// Wakes all that wait.
  func signal() { _ = unsafe pthread_cond_broadcast(condition) }
}
