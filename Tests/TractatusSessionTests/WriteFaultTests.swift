import Foundation
import Glibc
import Synchronization
import Testing
import TractatusValues

@testable import TractatusSession

/// A process that dies, and a disk that fails, at every boundary of every write.
@Suite("writes that end midway")
struct WriteFaultTests {
  let fixture: StateFixture

  init() throws { fixture = try StateFixture() }

  /// A fault at the step with this number, counted over all files.
  private func fault(at number: Int, _ outcome: WriteFault.Outcome) -> (WriteFault, Counter) {
    let counter = Counter()
    return (
      WriteFault { _, _ in counter.next() == number ? outcome : .proceed }, counter
    )
  }

  /// Counts steps.
  final class Counter: Sendable {
    private let state = Mutex(0)

    func next() -> Int {
      state.withLock { count in
        defer { count += 1 }
        return count
      }
    }

    var count: Int { state.withLock { $0 } }
  }

  /// A change that writes all three files.
  private func change(_ store: SessionStore) throws(StateProblem) {
    try store.updateInstructions(at: nil) { history, state throws(StateProblem) in
      history.append(InstructionRecord(id: "inst_x\(history.count)", text: "more"))
      state.recordMessage(at: nil)
    }
    try store.update(at: nil) { state, checkpoints in
      state.recordMessage(at: nil)
      state.recordTokens(adding: 50_000, at: nil)
    }
  }

  private func expectReadable(_ what: String) throws {
    let reading = fixture.store().read()
    #expect(reading.state.problem == nil && reading.checkpoints.problem == nil, "\(what)")
    let history = fixture.store().readInstructions()
    #expect(history.problem == nil, "\(what)")
    #expect((history.value?.count ?? 0) >= 2, "\(what)")
    // What was acknowledged before is there.
    #expect((reading.state.value?.instructionCount ?? 0) >= 2, "\(what)")
  }

  /// Begins a session of which every file has a copy of the generation before, or none has.
  private func begin(hasCopies: Bool) throws {
    try fixture.begin()
    try change(fixture.store())
    try fixture.begin()
    if hasCopies { return }
    for name in try fixture.names where name.hasSuffix(StateFolder.previousSuffix) {
      try FileManager.default.removeItem(atPath: fixture.path(name))
    }
  }

  /// How many steps a change takes.
  private func steps(hasCopies: Bool) throws -> Int {
    try begin(hasCopies: hasCopies)
    let (fault, counter) = fault(at: -1, .proceed)
    try change(fixture.store(fault: fault))
    return counter.count
  }

  @Test(
    "a process that dies at any step leaves what was acknowledged, and the next goes on",
    arguments: [true, false])
  func deathAtSteps(hasCopies: Bool) throws {
    let steps = try steps(hasCopies: hasCopies)
    #expect(steps >= (hasCopies ? 13 : 19))
    for number in 0..<steps {
      try begin(hasCopies: hasCopies)
      let (fault, _) = fault(at: number, .stop(afterBytes: 0))
      #expect(throws: StateProblem.self) { try change(fixture.store(fault: fault)) }
      try expectReadable("step \(number)")
      let before = fixture.store().readInstructions().value?.count ?? 0
      try change(fixture.store())
      #expect(fixture.store().readInstructions().value?.count == before + 1)
    }
  }

  @Test("a process that dies at any byte of a write leaves what was acknowledged")
  func deathAtBytes() throws {
    try fixture.begin()
    for file in stateFiles {
      let byteCount = try #require(fixture.bytes(file)).count
      // Every byte near the ends, where checksums and brackets are, and some between.
      let middle = Array(stride(from: 16, to: byteCount, by: 97))
      let counts = Array(0..<16) + middle + Array((byteCount - 16)...byteCount)
      for count in counts {
        let fault = WriteFault { name, step in
          if name == file, case .write = step { return .stop(afterBytes: count) }
          return .proceed
        }
        #expect(throws: StateProblem.self) { try change(fixture.store(fault: fault), of: file) }
        let reading = fixture.store().read()
        #expect(reading.state.problem == nil && reading.checkpoints.problem == nil)
        #expect(fixture.store().readInstructions().value?.count == 2)
      }
    }
  }

  /// A change that writes one file.
  private func change(_ store: SessionStore, of file: String) throws(StateProblem) {
    guard file == SessionStore.historyFile else {
      try store.update(at: nil) { state, checkpoints in
        if file == SessionStore.checkpointFile {
          checkpoints?.complete(passedAt: 60_000, at: nil)
        } else {
          state.recordMessage(at: nil)
        }
      }
      return
    }
    try store.updateInstructions(at: nil) { history, _ throws(StateProblem) in
      history.append(InstructionRecord(id: "inst_x", text: "more"))
    }
  }

  @Test(
    "a disk that refuses at any step is an error, and nothing half done stays",
    arguments: [true, false])
  func refusals(hasCopies: Bool) throws {
    for number in 0..<(try steps(hasCopies: hasCopies)) {
      for code in number % 3 == 0 ? [ENOSPC, EROFS] : [EIO] {
        try begin(hasCopies: hasCopies)
        let (fault, _) = fault(at: number, .fail(code))
        #expect(throws: StateProblem.self) { try change(fixture.store(fault: fault)) }
        try expectReadable("step \(number), error \(code)")
        let names = try fixture.names
        #expect(!names.contains { $0.hasSuffix(".tmp") }, "step \(number)")
      }
    }
  }

  @Test("a hundred writers at once lose no record")
  func parallelWriters() throws {
    try fixture.begin()
    let store = fixture.store(waiting: 60_000)
    let failures = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 100) { number in
      do throws(StateProblem) {
        try store.update(at: nil) { state, _ in
          state.recordMessage(at: nil)
          state.recordUse(of: "Component\(number)", at: nil)
        }
        try store.updateInstructions(at: nil) { history, _ throws(StateProblem) in
          history.append(InstructionRecord(id: "inst_p\(number)", text: "record \(number)"))
        }
      } catch {
        failures.withLock { $0 += 1 }
      }
    }
    #expect(failures.withLock { $0 } == 0)
    let reading = store.read()
    #expect(reading.certainState?.messageCount == 100)
    #expect(reading.certainState?.activity.count == 100)
    #expect(store.readInstructions().value?.count == 102)
  }
}
