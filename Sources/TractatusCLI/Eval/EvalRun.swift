import TractatusEngine
import TractatusJSON
import TractatusSource

/// One run of `eval`: documents in, decisions out.
struct EvalRun: ~Copyable {
  private let settings: EvalSettings
  private let console: Console
  private var judge: ActionJudge

  /// Loads the policy and judges everything that there is.
  static func run(_ settings: EvalSettings, _ console: Console) -> ExitStatus {
    let program: Program
    do throws(PolicyFailure) {
      program = try PolicySource.program(
        settings.rules, instructions: settings.instructions, style: settings.style,
        cache: settings.cache, console)
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      if settings.writesJSON, !settings.isQuiet {
        console.output.write(DecisionWriter.json(error.decision))
        console.output.line()
      }
      return .error
    }
    // What came before is what the lines before did: then their order counts.
    if settings.isStream, settings.jobCount > 1, program.sections.histories.isEmpty {
      return ParallelStream.run(settings, console, program)
    }
    var run = EvalRun(
      settings: settings, console: console, judge: ActionJudge(settings, program))
    if settings.isStream { run.judgeStream() } else { run.judgeOne() }
    return run.judge.status
  }

  private mutating func judgeOne() {
    do throws(SystemError) {
      let bytes = try readOne()
      judge.judge(bytes.span)
    } catch {
      let name = settings.path.map { "`\($0)`" } ?? "standard input"
      judge.answer(unreadable: error, name: name)
    }
    for error in judge.errors { console.complain(error.reason, code: error.code) }
    console.output.write(judge.output)
  }

  private func readOne() throws(SystemError) -> [UInt8] {
    let limit = JSONTape.byteLimit
    guard let path = settings.path else { return try console.input.readAll(limit: limit) }
    return try FileReader.read(path, limit: limit)
  }

  private mutating func judgeStream() {
    let output = console.output
    do throws(SystemError) {
      let source = try Self.source(settings, console)
      do throws(SystemError) {
        // A reader that is gone takes no more answers.
        while output.failure == nil,
          let block = try source.nextBlock(
            limit: JSONTape.byteLimit, beforeWaiting: { output.flush() })
        {
          Self.judge(block, by: &judge)
          output.write(judge.output)
          judge.clear()
        }
      } catch {
        judge.answer(unreadable: error, name: "the stream")
      }
    } catch {
      judge.answer(unreadable: error, name: settings.path.map { "`\($0)`" } ?? "standard input")
    }
    output.write(judge.output)
  }

  /// Where the stream comes from.
  ///
  /// - Throws: `SystemError` when the file that was named cannot be opened.
  static func source(
    _ settings: EvalSettings, _ console: Console
  ) throws(SystemError) -> ByteSource {
    guard let path = settings.path else { return console.input }
    return try ByteSource(path: path)
  }

  /// Judges a part of a stream.
  static func judge(_ block: ByteSource.Block, by judge: inout ActionJudge) {
    switch block {
    case .lines(let lines): judge.judge(linesOf: lines)
    case .tooLarge: judge.answer(unreadable: .tooLarge(limit: JSONTape.byteLimit), name: "the line")
    }
  }
}
