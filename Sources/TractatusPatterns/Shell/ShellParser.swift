/// Parses command lines as bash parses them, and finds every command that they would run.
///
/// The grammar is that of POSIX XCU 2 with bash's additions, as a non-interactive bash 5.2 reads
/// it. Words are expanded as far as their text is certain: quotes are removed, braces expanded,
/// variables followed that the line itself assigns. What is not certain is said to be unknown, and
/// what would run because of it to be opaque. Nothing is run, and no file is looked at.
///
/// Linear in the line's length. Keep one parser a thread: it reuses its memory.
///
/// PERF: its methods mutate even where they change nothing, and so do those of `ShellReader` and
/// `CommandReader`: a struct as large is copied whole before each call of a method that does not.
package struct ShellParser: ~Copyable, Sendable {
  var reader = ShellReader()
  /// The caller's line while it is being filled; the bytes are with the reader.
  var line = ShellLine()
  var variables = ShellVariables()
  /// Where the commands that are found now lie.
  var context = ShellContext()
  /// The pieces of the words that are being expanded.
  var pieces: [ShellPiece] = []
  /// The expansions of braces.
  var expanded: [ShellPiece] = []
  var braces = ShellBraces()
  /// The words, assignments and redirections of the commands that are being read.
  var pendingWords: [ShellWord] = []
  var pendingAssignments: [ShellAssignment] = []
  var pendingRedirections: [ShellRedirection] = []
  /// What is known of the arguments of a builtin.
  var arguments: [ShellArgument] = []
  /// The functions declared so far, by the hashes of their names.
  var functions: Set<UInt64> = []
  /// Whether a function was declared by a name that is not plain.
  var anyFunction = false
  /// The aliases defined so far, by the hashes of their names.
  var aliases: [UInt64: ShellAlias] = [:]
  /// The aliases whose texts are being followed.
  var activeAliases: [UInt64] = []
  /// Whether braces may have been turned off.
  var bracesAreUncertain = false
  /// Whether the `declare` that is being followed has no option that changes what values are.
  var declaresPlainly = false
  /// How many pieces and bytes expansions may still give.
  var expansionBudget = 0
  /// How many nodes may still be followed more than once, in loops over known words.
  var unrollBudget = 0
  /// How many bytes of text may still be.
  var unrollBytes = 0
  /// How much of loops and functions may still be searched for what it assigns.
  var scanBudget = 0
  /// How many constructs are being followed.
  var depth = 0
  private var followSteps = 0

  /// The longest line, in bytes: 1 MiB.
  package static let byteLimit = 1 << 20
  /// The most constructs that may lie in one another.
  package static let depthLimit = ShellReader.depthLimit

  /// Makes a parser.
  package init() {}

  /// Whether the last line that was parsed may define aliases.
  var hasAliases: Bool { !aliases.isEmpty }

  /// Steps taken since the parser was made; for tests of linear time.
  package var steps: Int { reader.steps &+ variables.steps &+ followSteps }

  /// Parses a line and puts what it finds in the place of what `line` held.
  ///
  /// Linear in the length of the text, and allocates nothing once `line` and the parser have met
  /// lines as large, but for functions and aliases.
  package mutating func parse(_ text: Span<UInt8>, into line: inout ShellLine) {
    line.removeAll()
    guard text.count <= Self.byteLimit else {
      line.opacities.append(ShellOpacity(reason: .tooLong, range: 0..<0, command: -1))
      return
    }
    // SAFETY: the buffer is read only inside the closure.
    unsafe text.withUnsafeBufferPointer { unsafe line.text.append(contentsOf: $0) }
    line.byteCount = text.count
    reader.nodeLimit = ShellReader.partLimit
    begin(&line, count: text.count)
    follow(0, text.count)
    finish(&line)
  }

  /// Parses a known word of a command as a command line, as `sh -c` and `eval` do, and adds what it
  /// finds to the line, with the command as parent.
  ///
  /// - Parameters:
  ///   - word: an index in `words`.
  ///   - command: an index in `commands`.
  ///   - levelLimit: how often a text may come from a text that was parsed again.
  /// - Returns: the commands added, as indices of `commands`; nil, and nothing added but an
  ///   opacity, when the word's text is not known or the limit is reached.
  package mutating func parse(
    word: Int, of command: Int, in line: inout ShellLine, levelLimit: Int = 16
  ) -> Range<Int>? {
    let parent = line.commands[command]
    let origin = line.words[word].range
    guard let text = line.knownText(line.words[word]), Int(parent.level) < levelLimit else {
      line.opacities.append(
        ShellOpacity(
          reason: .evaluatedText, range: origin, command: Int32(truncatingIfNeeded: command)))
      line.commands[command].flags.insert(.opaque)
      return nil
    }
    return parse(CollectionOfOne(text), of: command, standingFor: origin, in: &line)
  }

  /// Parses texts of the line, joined by blanks, as a command line of its own.
  ///
  /// - Parameters:
  ///   - texts: ranges of the line's `text`.
  ///   - command: the command that runs it, an index in `commands`.
  ///   - origin: what part of the line it stands for.
  /// - Returns: the commands added, as indices of `commands`.
  package mutating func parse(
    _ texts: some Sequence<Range<Int>>, of command: Int, standingFor origin: Range<UInt32>,
    in line: inout ShellLine
  ) -> Range<Int> {
    let parent = line.commands[command]
    let first = line.commands.count
    let start = line.text.count + 1
    line.text.append(0)
    line.regions.append(ShellRegion(start: start, origin: origin))
    for text in texts {
      if line.text.count > start { line.text.append(UInt8(ascii: " ")) }
      for offset in text { line.text.append(line.text[offset]) }
    }
    let touched = variables.touched
    begin(&line, count: line.text.count - start)
    variables.touch(touched)
    context.parent = Int32(truncatingIfNeeded: command)
    context.relation = .text
    context.level = parent.level + 1
    context.stage = parent.stage
    context.flags = parent.flags.intersection([.conditional, .background])
    context.repeats = parent.flags.contains(.mayRepeat)
    context.isRepeated = context.repeats
    follow(start, reader.bytes.count)
    finish(&line)
    return first..<line.commands.count
  }

  /// Takes the caller's line over and gets ready.
  private mutating func begin(_ line: inout ShellLine, count size: Int) {
    swap(&line, &self.line)
    swap(&self.line.text, &reader.bytes)
    swap(&self.line.regions, &reader.regions)
    reader.begin()
    variables.reset()
    context = ShellContext()
    reader.budget = 4 * size + 4096
    expansionBudget = 4 * size + 4096
    unrollBytes = 8 * size + (1 << 14)
    scanBudget = 16 * size + (1 << 14)
    if !functions.isEmpty { functions.removeAll(keepingCapacity: true) }
    if !aliases.isEmpty { aliases.removeAll(keepingCapacity: true) }
    activeAliases.clear()
    (anyFunction, bracesAreUncertain, depth) = (false, false, 0)
    pieces.clear()
    pendingWords.clear()
    pendingAssignments.clear()
    pendingRedirections.clear()
  }

  /// Gives the line back.
  private mutating func finish(_ line: inout ShellLine) {
    reader.nodeLimit = max(0, reader.nodeLimit - reader.nodes.count)
    swap(&self.line.text, &reader.bytes)
    swap(&self.line.regions, &reader.regions)
    swap(&line, &self.line)
  }

  /// Reads a text and follows what it runs.
  private mutating func follow(_ start: Int, _ end: Int) {
    if let zero = firstZero(start, end) {
      note(.nulByte, zero, zero + 1, command: -1)
      return
    }
    let known = line.opacities.count
    let (root, fault) = reader.readText(start, end)
    unrollBudget = 4 * reader.nodes.count + 1024
    report(fault)
    run(sequence: root)
    // What lies behind an error of syntax, an alias's for one, is opaque already.
    if !line.opacities[known...].contains(where: { $0.endsParsing }) { refuseForgotten() }
  }

  /// Notes an opacity when a command has been read but not followed.
  ///
  /// INVARIANT: nothing is skipped; should some construct be overlooked, the line is opaque.
  private mutating func refuseForgotten() {
    for index in reader.nodes.indices {
      let node = reader.nodes[index]
      guard node.isCommand, !node.has(ShellNode.followed) else { continue }
      return note(.notFollowed, Int(node.start), Int(node.end), command: -1)
    }
  }

  private mutating func firstZero(_ start: Int, _ end: Int) -> Int? {
    guard Self.hasZero(reader.bytes, start, end) else { return nil }
    for offset in start..<end where reader.bytes[offset] == 0 { return offset }
    return nil
  }

  /// Whether some byte is zero: eight at a time.
  private static func hasZero(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    let raw = unsafe bytes.span.bytes
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var offset = start
    while offset + 8 <= end {
      // SAFETY: the load is bounds-checked, and every bit pattern is a UInt64.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if (word &- ones) & ~word & tops != 0 { return true }
      offset += 8
    }
    while offset < end {
      if bytes[offset] == 0 { return true }
      offset += 1
    }
    return false
  }

  /// Notes what ended the reading of a text, and what else was found in it.
  mutating func report(_ fault: ShellFault?) {
    if let fault { note(fault.reason, fault.offset, fault.offset, command: -1) }
    for fault in reader.notes { note(fault.reason, fault.offset, fault.offset, command: -1) }
    reader.notes.clear()
  }

  /// Notes an opacity, of a command or, with -1, of the line.
  mutating func note(_ reason: ShellOpacity.Reason, _ start: Int, _ end: Int, command: Int) {
    if command >= 0 { line.commands[command].flags.insert(.opaque) }
    line.opacities.append(
      ShellOpacity(
        reason: reason, range: origin(start, end),
        command: Int32(truncatingIfNeeded: command)))
  }

  /// Where in the line a range of the bytes comes from.
  mutating func origin(_ start: Int, _ end: Int) -> Range<UInt32> {
    if end <= line.byteCount {
      return UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: max(start, end))
    }
    return ShellRegion.origin(start, in: reader.regions, lineCount: line.byteCount)
  }

  /// Counts a step.
  @inline(__always)
  mutating func step(_ count: Int = 1) { followSteps &+= count }

  /// The node at an index.
  @inline(__always)
  mutating func node(_ index: Int) -> ShellNode { reader.nodes[index] }
}

/// Where the commands that are found lie.
struct ShellContext: Sendable {
  var parent: Int32 = -1
  var relation = ShellCommand.Relation.none
  var stage: Int32 = -1
  var level: UInt16 = 0
  var flags: ShellCommand.Flags = []
  /// Whether what runs here may have run before.
  var repeats = false
  /// Whether one command stands for several rounds of a loop, or calls of a function.
  var isRepeated = false
}

/// An alias defined on the line.
struct ShellAlias: Sendable {
  var name: Range<Int>
  var text: Range<Int>
  /// Whether it was defined twice, or with a text that is unknown.
  var isUncertain: Bool
}

/// What is known of an argument of a builtin: its text, or how the text begins.
struct ShellArgument: Sendable {
  var range: Range<Int>
  var isWhole: Bool
  /// The word that it is, or -1 before words are expanded.
  var word: Int
}
