/// What a command line would run: every command found anywhere in it, after expansion.
///
/// Flat arrays, kept by the parser's caller and reused: parsing fills them anew and allocates
/// nothing once they are large enough. Commands stand in the order of the text, and a command
/// before those inside it.
package struct ShellLine: Sendable {
  /// The commands.
  package internal(set) var commands: [ShellCommand] = []
  /// The words of the commands, assignments and redirections.
  package internal(set) var words: [ShellWord] = []
  /// The pieces of the words.
  package internal(set) var parts: [ShellPart] = []
  /// The assignments of the commands.
  package internal(set) var assignments: [ShellAssignment] = []
  /// The redirections of the commands.
  package internal(set) var redirections: [ShellRedirection] = []
  /// The places in pipelines.
  package internal(set) var stages: [ShellStage] = []
  /// The line itself, up to `byteCount`, and what was decoded from it.
  package internal(set) var text: [UInt8] = []
  /// Why the line is opaque; empty when it is not.
  package internal(set) var opacities: [ShellOpacity] = []
  /// The length of the line.
  package internal(set) var byteCount = 0
  /// The texts that were parsed beside the line itself, in the order of `text`.
  var regions: [ShellRegion] = []
  /// The pipelines numbered so far.
  var pipelineCount: Int32 = 0

  /// An empty line.
  package init() {}

  /// Whether it cannot be known what the line runs: some opacity was found.
  package var isOpaque: Bool { !opacities.isEmpty }

  /// Where in `text` the word's text lies when all of it is known.
  @inline(__always)
  package func knownText(_ word: ShellWord) -> Range<Int>? {
    guard word.flags.contains(.isKnown) else { return nil }
    return word.partCount == 0 ? 0..<0 : parts[Int(word.firstPart)].range
  }

  /// Where in `text` the text lies that the word is known to begin with; empty when none is.
  package func knownPrefix(_ word: ShellWord) -> Range<Int> {
    guard word.partCount > 0 else { return 0..<0 }
    let part = parts[Int(word.firstPart)]
    return part.kind == .literal ? part.range : 0..<0
  }

  /// Where in `text` the text lies that the word is known to end with; empty when none is.
  package func knownSuffix(_ word: ShellWord) -> Range<Int> {
    guard word.partCount > 0 else { return 0..<0 }
    let part = parts[word.parts.upperBound - 1]
    return part.kind == .literal ? part.range : 0..<0
  }

  /// Whether what `first` writes can reach `second` through pipes: both lie in one pipeline,
  /// `second` further down, however deep each is in groups of its own.
  ///
  /// Linear in the nesting, which is bounded.
  package func flows(from first: ShellCommand, into second: ShellCommand) -> Bool {
    var upper = first.stage
    while upper >= 0 {
      let source = stages[Int(upper)]
      var lower = second.stage
      while lower >= 0 {
        let sink = stages[Int(lower)]
        if sink.pipeline == source.pipeline { return sink.place > source.place }
        lower = sink.enclosing
      }
      upper = source.enclosing
    }
    return false
  }

  /// Adds a text that stands nowhere in the line; gives where it lies in `text`.
  package mutating func append(text bytes: [UInt8]) -> Range<Int> {
    let start = text.count
    text += bytes
    return start..<text.count
  }

  /// Empties the arrays and keeps their storage.
  mutating func removeAll() {
    commands.clear()
    words.clear()
    parts.clear()
    assignments.clear()
    redirections.clear()
    stages.clear()
    text.clear()
    opacities.clear()
    regions.clear()
    byteCount = 0
    pipelineCount = 0
  }
}

/// A text that was parsed beside the line itself.
struct ShellRegion: Sendable {
  /// Where in `text` it begins.
  var start: Int
  /// What part of the line it stands for.
  var origin: Range<UInt32>

  /// What part of the line an offset of `text` comes from: all that its region stands for.
  ///
  /// Logarithmic in the number of regions, which stand in the order of their offsets.
  static func origin(_ offset: Int, in regions: [ShellRegion], lineCount: Int) -> Range<UInt32> {
    var (low, high) = (0, regions.count)
    while low < high {
      let middle = (low + high) / 2
      if regions[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0..<UInt32(truncatingIfNeeded: lineCount) }
    return regions[low - 1].origin
  }
}
