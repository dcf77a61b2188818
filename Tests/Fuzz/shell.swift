import TractatusPatterns

nonisolated(unsafe) var parser = ShellParser()
nonisolated(unsafe) var line = ShellLine()

/// Parses any bytes as a command line, and each known word of it again as `eval` would.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShell(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let steps = parser.steps
  parser.parse(
    Span(_unsafeElements: UnsafeBufferPointer(start: start, count: count)), into: &line)
  // Rounds of loops that are followed have 16 KiB at least, what is read again 4 KiB, and a byte
  // takes up to six steps.
  precondition(parser.steps &- steps < 1 << 17 &+ 100 &* count, "more than linear time")
  for command in 0..<min(line.commands.count, 8) {
    let words = line.commands[command].words
    for word in words.prefix(4) where word < line.words.count {
      _ = parser.parse(word: word, of: command, in: &line)
    }
  }
  for command in line.commands {
    precondition(command.words.upperBound <= line.words.count)
    precondition(command.assignments.upperBound <= line.assignments.count)
    precondition(command.redirections.upperBound <= line.redirections.count)
    precondition(command.parent < Int32(line.commands.count))
  }
  for word in line.words { precondition(word.parts.upperBound <= line.parts.count) }
  return 0
}
