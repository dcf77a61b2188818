import TractatusCompiler
import TractatusEngine
import TractatusJSON
import TractatusSource

/// A policy and the actions that it judges: generated, or given.
struct BenchSubject: Sendable {
  /// Its program.
  var program: Program
  /// Documents, each judged by itself.
  var actions: [[UInt8]]
  /// From source bytes to the program, in nanoseconds; nil for one read from an image.
  var compileTime: UInt64?
  /// The bytes of the sources, or of the image.
  var sourceByteCount = 0

  /// A generated policy; nil when it does not compile.
  init?(_ workload: BenchWorkload, actionCount: Int) {
    let files = workload.files.enumerated().map { number, bytes in
      RuleFile(name: Self.name(ofFile: number), bytes: bytes)
    }
    sourceByteCount = files.reduce(0) { $0 + $1.bytes.count }
    let start = MonotonicClock.nanoseconds()
    let result = Compilation.compile(PolicyLoader.load(files), extent: .decisions)
    guard let program = result.program else { return nil }
    compileTime = MonotonicClock.nanoseconds() - start
    self.program = program
    actions = workload.actions(actionCount)
  }

  /// What the options give.
  ///
  /// - Throws: `PolicyFailure` when the rules or the stream cannot be read.
  init(rules: [String], stream: String, _ console: Console) throws(PolicyFailure) {
    let style = Style(usesColour: false)
    if rules.contains(where: { $0.hasSuffix(PolicySource.imageSuffix) }) {
      program = try PolicySource.program(rules, style: style, cache: nil, console)
    } else {
      let start = MonotonicClock.nanoseconds()
      program = try PolicySource.program(rules, style: style, cache: nil, console)
      compileTime = MonotonicClock.nanoseconds() - start
    }
    actions = []
    do throws(SystemError) {
      let source = try ByteSource(path: stream)
      while let block = try source.nextBlock(limit: JSONTape.byteLimit, beforeWaiting: {}) {
        guard case .lines(let lines) = block else { throw .tooLarge(limit: JSONTape.byteLimit) }
        var cursor = LineCursor()
        while let line = cursor.next(in: lines) { actions.append(Array(lines[line])) }
      }
    } catch {
      throw PolicyFailure(reason: "`\(stream)` \(error.explanation)")
    }
    if actions.isEmpty { throw PolicyFailure(reason: "`\(stream)` holds no action") }
  }

  /// What a generated file is called.
  static func name(ofFile number: Int) -> String { "generated-\(number).tract" }
}
