import TractatusValues

extension PathBuilder {
  /// Adds the pieces of a text of a command line.
  ///
  /// - Parameters:
  ///   - parts: indices of the line's `parts`.
  ///   - isPattern: whether the program takes the text for a pattern of names.
  ///   - tildeIsHome: whether a `~` that the shell left alone is the home directory.
  package mutating func append(
    _ parts: Range<Int>, of line: borrowing ShellLine, isPattern: Bool, tildeIsHome: Bool
  ) {
    for index in parts {
      let part = line.parts[index]
      let bytes = line.text.span
      switch part.kind {
      case .literal:
        let text = bytes.extracting(part.range)
        if isPattern {
          append(pattern: text)
        } else if tildeIsHome, index == parts.lowerBound {
          append(plain: text)
        } else {
          append(text)
        }
      case .glob: append(pattern: bytes.extracting(part.range))
      case .home: appendHome()
      case .userHome: appendUserHome(bytes.extracting(part.range))
      case .workingDirectory: appendWorkingDirectory()
      case .number: appendNumber()
      case .variable, .substitution, .processInput, .processOutput, .unknown: appendAny()
      }
    }
  }
}

/// The forms of a path of a command line, in all its readings.
///
/// A `~` that the shell leaves alone is a name for some programs and the home directory for others;
/// a piece that may become several words may bring any path with it.
package struct TargetForms: Sendable {
  /// The forms of each reading, up to `count`.
  private(set) var readings = [PathForms(), PathForms(), PathForms()]
  /// How many readings there are.
  private(set) var count = 0
  /// Whether the path is one on another host or under another root.
  private(set) var isElsewhere = false

  /// Forms of nothing.
  package init() {}

  /// Reads a text of a command as a path. Linear in the text.
  ///
  /// - Parameter base: the directory that it starts from if it is relative; any if nil.
  mutating func read(
    _ text: CommandText, of line: borrowing ShellLine, below base: borrowing PathText,
    _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    count = 0
    isElsewhere = text.flags.contains(.isElsewhere)
    let parts = text.parts
    let isPattern = text.flags.contains(.isPattern)
    read(parts, of: line, below: base, context, isPattern, false, &builder)
    guard let first = parts.first else { return }
    let part = line.parts[first]
    if part.kind == .literal, part.count > 0, line.text[part.range.lowerBound] == 0x7E {
      read(parts, of: line, below: base, context, isPattern, true, &builder)
    }
    for index in parts where line.parts[index].isUnknown && line.parts[index].kind != .number {
      if line.parts[index].isQuoted { continue }
      return addAnything(context, &builder)
    }
  }

  /// Reads a path as it stands in an action, which is one reading.
  package mutating func readPlain(
    _ text: Span<UInt8>, _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    count = 1
    isElsewhere = false
    readings[0].read(text, context, &builder)
  }

  /// Makes it any path.
  mutating func readAnything(
    _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    count = 0
    isElsewhere = false
    addAnything(context, &builder)
  }

  /// Makes it a directory that is known already.
  mutating func read(
    directory: borrowing PathText, isElsewhere: Bool, _ context: borrowing PathContext,
    _ builder: inout PathBuilder
  ) {
    count = 1
    self.isElsewhere = isElsewhere
    builder.begin(context, below: directory)
    builder.finish(into: &readings[0].given)
    builder.begin(context, below: directory)
    builder.finish(into: &readings[0].absolute)
    readings[0].finish(context)
  }

  private mutating func addAnything(
    _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    builder.begin(context)
    builder.appendAny()
    builder.finish(into: &readings[count].given)
    builder.beginFloating(context)
    builder.finish(into: &readings[count].absolute)
    readings[count].finish(context)
    count += 1
  }

  private mutating func read(
    _ parts: Range<Int>, of line: borrowing ShellLine, below base: borrowing PathText,
    _ context: borrowing PathContext, _ isPattern: Bool, _ tildeIsHome: Bool,
    _ builder: inout PathBuilder
  ) {
    builder.begin(context)
    builder.append(parts, of: line, isPattern: isPattern, tildeIsHome: tildeIsHome)
    builder.finish(into: &readings[count].given)
    // A pattern may be met anywhere below the directories that the program looks through.
    if isElsewhere || isPattern {
      builder.beginFloating(context)
    } else {
      builder.begin(context, below: base)
    }
    builder.append(parts, of: line, isPattern: isPattern, tildeIsHome: tildeIsHome)
    builder.finish(into: &readings[count].absolute)
    readings[count].finish(context)
    count += 1
  }

  /// The truth of a query of the path.
  func truth(
    _ query: Int, of set: borrowing PlaceSet, isRecursive: Bool,
    _ context: borrowing PathContext, _ scratch: inout PlaceScratch
  ) -> FormTruth {
    var result = set.truth(
      query, readings[0], isRecursive: isRecursive, context, &scratch)
    for index in 1..<max(1, count) {
      result = result.joined(
        set.truth(query, readings[index], isRecursive: isRecursive, context, &scratch))
    }
    // Elsewhere a path is none of the directories here, though it may be meant as one.
    if isElsewhere { result = result.joined(FormTruth(set.isOutside(query))) }
    return result
  }
}
