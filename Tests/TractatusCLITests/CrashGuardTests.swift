import Foundation
import Testing

@testable import TractatusCLI

@Suite("crashes")
struct CrashGuardTests {
  @Test(
    "a signal of a crash ends with status 2 and one line",
    arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGIO])
  func signals(number: Int32) async throws {
    let result = try await #require(
      processExitsWith: .exitCode(2), observing: [\.standardErrorContent]
    ) { [number] in
      CrashGuard.install()
      raise(number)
    }
    let line = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(line == "tractatus: internal error (T0901): the action is not allowed\n")
  }

  @Test("a trap and an exhausted stack end with status 2")
  func traps() async {
    await #expect(processExitsWith: .exitCode(2)) {
      CrashGuard.install()
      let empty: [Int] = []
      print(empty[Int(getpid())])
    }
    await #expect(processExitsWith: .exitCode(2)) {
      CrashGuard.install()
      func deeper(_ depth: Int) -> Int { depth < 0 ? 0 : deeper(depth + 1) + deeper(depth + 2) }
      print(deeper(Int(getpid())))
    }
  }

  @Test("a write to a closed pipe is an error, not a signal")
  func closedPipe() async {
    await #expect(processExitsWith: .exitCode(7)) {
      CrashGuard.install()
      var ends: [Int32] = [0, 0]
      _ = unsafe pipe(&ends)
      close(ends[0])
      let sink = ByteSink(descriptor: ends[1])
      sink.write("x")
      sink.flush()
      exit(sink.failure == nil ? 1 : 7)
    }
  }
}
