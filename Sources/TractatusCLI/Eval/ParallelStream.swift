import TractatusEngine
import TractatusJSON

/// Judges a stream on several threads; the answers leave in the order of the actions.
///
/// One thread reads and hands on what each read brought, whole lines; the others judge them, each
/// with an evaluator of its own. Whoever has finished what comes next in order writes it and all
/// that is ready after it, so that answers leave as soon as they can. What waits is bounded.
final class ParallelStream: @unchecked Sendable {
  /// How many blocks a thread may have waiting before the reader waits.
  private static let blocksPerJob = 4

  /// A block and its place in the order.
  private struct Piece {
    var number: Int
    var block: ByteSource.Block
  }

  private let settings: EvalSettings
  private let program: Program
  private let output: ByteSink
  // INVARIANT: all that follows is read and changed under the lock; the sink is written by the one
  // thread that has set `isWriting`.
  private let lock = WaitingLock()
  private var waiting: [Piece] = []
  private var isClosed = false
  /// Answers that are ready, by number.
  private var ready: [Int: [UInt8]] = [:]
  /// The number of the block whose answers leave next.
  private var next = 0
  private var isWriting = false
  private var status = ExitStatus.pass
  /// Set when nobody takes answers any more.
  private var hasFailed = false

  /// Judges the stream that the settings name with `settings.jobCount` threads.
  static func run(_ settings: EvalSettings, _ console: Console, _ program: Program) -> ExitStatus {
    let stream = ParallelStream(settings, console, program)
    return stream.run(console)
  }

  private init(_ settings: EvalSettings, _ console: Console, _ program: Program) {
    self.settings = settings
    self.program = program
    output = console.output
  }

  private func run(_ console: Console) -> ExitStatus {
    let first = WorkThread { self.work() }
    // Without a thread this one judges what it has read.
    guard let first else {
      var settings = settings
      settings.jobCount = 1
      return EvalRun.run(settings, console)
    }
    let failure = Self.keepThreads(settings.jobCount - 1, of: self) { self.read(console) }
    first.join()
    guard let failure else { return status }
    var judge = ActionJudge(settings, program)
    judge.answer(unreadable: failure.error, name: failure.name)
    output.write(judge.output)
    return max(status, judge.status)
  }

  /// Runs `body` beside as many more threads as the system gives, and waits for them.
  private static func keepThreads<Result>(
    _ count: Int, of stream: ParallelStream, _ body: () -> Result
  ) -> Result {
    guard count > 0, let thread = WorkThread({ stream.work() }) else { return body() }
    let result = keepThreads(count - 1, of: stream, body)
    thread.join()
    return result
  }

  // MARK: Reading

  /// Hands on the whole stream; says what could not be read.
  private func read(_ console: Console) -> (error: SystemError, name: String)? {
    defer { close() }
    var name = settings.path.map { "`\($0)`" } ?? "standard input"
    do throws(SystemError) {
      let source = try EvalRun.source(settings, console)
      name = "the stream"
      var number = 0
      while let block = try source.nextBlock(limit: JSONTape.byteLimit, beforeWaiting: {}) {
        guard add(Piece(number: number, block: block)) else { return nil }
        number += 1
      }
      return nil
    } catch {
      return (error, name)
    }
  }

  /// Adds a block; false when nobody takes answers any more.
  private func add(_ piece: Piece) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    let limit = Self.blocksPerJob * settings.jobCount
    while piece.number - next >= limit, !hasFailed { lock.wait() }
    waiting.append(piece)
    lock.signal()
    return !hasFailed
  }

  private func close() {
    lock.lock()
    isClosed = true
    lock.signal()
    lock.unlock()
  }

  // MARK: Judging

  /// What each thread does.
  private func work() {
    var judge = ActionJudge(settings, program)
    while let piece = take() {
      EvalRun.judge(piece.block, by: &judge)
      finish(piece.number, judge.output, judge.status)
      judge.clear()
    }
  }

  private func take() -> Piece? {
    lock.lock()
    defer { lock.unlock() }
    while waiting.isEmpty {
      if isClosed { return nil }
      lock.wait()
    }
    return waiting.removeFirst()
  }

  /// Keeps the answers to a block, and writes what is next in order, if no other thread does.
  private func finish(_ number: Int, _ answers: [UInt8], _ status: ExitStatus) {
    lock.lock()
    self.status = max(self.status, status)
    ready[number] = answers
    if !isWriting {
      isWriting = true
      while let answers = ready.removeValue(forKey: next) {
        lock.unlock()
        output.write(answers)
        output.flush()
        lock.lock()
        next += 1
        if output.failure != nil { hasFailed = true }
        lock.signal()
      }
      isWriting = false
    }
    lock.unlock()
  }
}
