/// Reads command lines into facts. Keep one a thread: it reuses its memory.
package struct CommandReader: ~Copyable, Sendable {
  var parser = ShellParser()

  package init() {}

  /// Parses a line, and puts what it would do in the place of what `facts` held.
  ///
  /// Linear in the length of the text.
  package mutating func read(
    _ text: Span<UInt8>, programs: ProgramTable, into facts: inout CommandFacts
  ) {
    facts.removeAll()
    facts.programs = programs
    parser.parse(text, into: &facts.line)
  }
}
