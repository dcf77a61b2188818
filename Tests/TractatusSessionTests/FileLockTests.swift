import Foundation
import Glibc
import Synchronization
import Testing

@testable import TractatusSession

/// Who waits for the lock of a file, as the system says.
enum LockWaiters {
  static func count(on path: String) throws -> Int {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return 0 }
    let locks = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
    return locks.split(separator: "\n").count {
      $0.contains("-> FLOCK") && $0.contains(":\(status.st_ino) ")
    }
  }
}

@Suite("the lock of a file")
struct FileLockTests {
  private let fixture: StateFixture

  init() throws { fixture = try StateFixture() }

  private func opened() -> Int32 {
    unsafe open(fixture.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  @Test("whoever asked first has it first")
  func order() throws {
    let holder = opened()
    #expect(FileLock.take(holder, waitingMilliseconds: 0) == .taken)
    let order = Mutex<[Int]>([])
    var threads: [Thread] = []
    for number in 0..<12 {
      let descriptor = opened()
      let thread = Thread {
        let outcome = FileLock.take(descriptor, waitingMilliseconds: 60_000)
        order.withLock { $0.append(outcome == .taken ? number : -1) }
        _ = close(descriptor)
      }
      thread.start()
      threads.append(thread)
      while try LockWaiters.count(on: fixture.folder) <= number { sched_yield() }
    }
    _ = close(holder)
    for thread in threads { while !thread.isFinished { sched_yield() } }
    #expect(order.withLock { $0 } == Array(0..<12))
  }

  @Test("nobody waits for longer than was said, and who has waited may ask again")
  func limit() throws {
    let holder = opened()
    let other = opened()
    defer { _ = close(other) }
    #expect(FileLock.take(holder, waitingMilliseconds: 0) == .taken)
    for limit in [0, 1, 15] {
      #expect(FileLock.take(other, waitingMilliseconds: limit) == .busy)
    }
    _ = close(holder)
    #expect(FileLock.take(other, waitingMilliseconds: 15) == .taken)
  }

  @Test("what is no open file is refused")
  func refused() {
    #expect(FileLock.take(-1, waitingMilliseconds: 10) == .refused(EBADF))
  }
}
