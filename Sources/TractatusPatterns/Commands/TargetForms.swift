import TractatusValues

extension PathBuilder {
  /// Where the names of pipes are, each a number.
  static let descriptors = Array("/dev/fd/".utf8)

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
      case .number where part.count > 0 && !part.isQuoted:
        append(optional: bytes.extracting(0..<0))
      case .number: appendNumber()
      case .names: appendNames()
      case .folders: appendFolders()
      case .below:
        let next = index + 1
        let isGlued =
          next < parts.upperBound
          && (line.parts[next].kind != .literal
            || bytes[line.parts[next].range.lowerBound] != UInt8(ascii: "/"))
        appendBelow(isGlued: isGlued)
      case .shape where part.isQuoted: append(shape: bytes.extracting(part.range))
      case .shape:
        append(optional: bytes.extracting(part.range), isLast: index + 1 == parts.upperBound)
      case .processInput, .processOutput:
        let descriptors = Self.descriptors
        append(descriptors.span)
        appendNumber()
      case .variable, .substitution, .unknown: appendAny()
      }
    }
  }
}

/// The forms of a path of a command line, in all its readings.
///
/// A `~` that the shell leaves alone is a name for some programs and the home directory for others.
package struct TargetForms: Sendable {
  /// The forms of each reading, up to `count`.
  private(set) var readings = [PathForms(), PathForms()]
  /// How many readings there are.
  private(set) var count = 0
  /// Whether the path is one on another host, so that it lies outside all places here; unless that
  /// host is this one.
  private(set) var isRemote = false

  /// Forms of nothing.
  package init() {}

  /// Reads a text of a command as a path. Linear in the text.
  ///
  /// - Parameters:
  ///   - base: the directory that it starts from if it is relative.
  ///   - isNestedElsewhere: whether what is run elsewhere has it, and not one here that names a
  ///     host with it.
  ///   - isFurther: whether these are further readings, and those at hand stay.
  mutating func read(
    _ text: CommandText, of line: borrowing ShellLine, below base: borrowing PathText,
    isNestedElsewhere: Bool = false, isFurther: Bool = false, _ context: borrowing PathContext,
    _ builder: inout PathBuilder
  ) {
    if !isFurther { count = 0 }
    isRemote = text.flags.contains(.isElsewhere) && !isNestedElsewhere
    let parts = text.parts
    let isPattern = text.flags.contains(.isPattern)
    let isFloating = isPattern || isNestedElsewhere || isRemote
    read(parts, of: line, below: base, context, isPattern, isFloating, false, &builder)
    guard let first = parts.first else { return }
    let part = line.parts[first]
    if part.kind == .literal, part.count > 0, line.text[part.range.lowerBound] == 0x7E {
      read(parts, of: line, below: base, context, isPattern, isFloating, true, &builder)
    }
  }

  /// Reads a path as it stands in an action, which is one reading.
  package mutating func readPlain(
    _ text: Span<UInt8>, _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    count = 1
    isRemote = false
    readings[0].read(text, context, &builder)
  }

  /// Makes it any path.
  mutating func readAnything(
    _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    count = 1
    isRemote = false
    builder.begin(context)
    builder.appendAny()
    builder.finish(into: &readings[0].given)
    builder.beginFloating(context)
    builder.finish(into: &readings[0].absolute)
    readings[0].finish(context)
  }

  /// Makes it a directory that is known already.
  mutating func read(
    directory: borrowing PathText, isFurther: Bool, _ context: borrowing PathContext,
    _ builder: inout PathBuilder
  ) {
    if !isFurther { count = 0 }
    isRemote = false
    if count == readings.count { readings.append(PathForms()) }
    builder.begin(context, below: directory)
    builder.finish(into: &readings[count].given)
    builder.begin(context, below: directory)
    builder.finish(into: &readings[count].absolute)
    readings[count].finish(context)
    count += 1
  }

  private mutating func read(
    _ parts: Range<Int>, of line: borrowing ShellLine, below base: borrowing PathText,
    _ context: borrowing PathContext, _ isPattern: Bool, _ isFloating: Bool,
    _ tildeIsHome: Bool, _ builder: inout PathBuilder
  ) {
    if count == readings.count { readings.append(PathForms()) }
    builder.begin(context)
    builder.append(parts, of: line, isPattern: isPattern, tildeIsHome: tildeIsHome)
    builder.finish(into: &readings[count].given)
    // On another host a relative path starts at home there, which no test here names.
    if isRemote, readings[count].given.isBelowStart {
      readings[count].absolute = readings[count].given
      readings[count].finish(context)
      count += 1
      return
    }
    // A pattern may be met anywhere below the directories that the program looks through.
    if isFloating {
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
    _ query: Int, of set: borrowing PlaceSet, isRecursive: Bool, isNegated: Bool = false,
    ofAll: Bool = false, _ context: borrowing PathContext, _ scratch: inout PlaceScratch
  ) -> FormTruth {
    if isRemote {
      return remoteTruth(
        query, of: set, isRecursive: isRecursive, isNegated: isNegated, ofAll: ofAll, context,
        &scratch)
    }
    var result = set.truth(
      query, readings[0], isRecursive: isRecursive, isNegated: isNegated, ofAll: ofAll, context,
      &scratch)
    for index in 1..<max(1, count) {
      let other = set.truth(
        query, readings[index], isRecursive: isRecursive, isNegated: isNegated, ofAll: ofAll,
        context, &scratch)
      result = result.joined(other)
    }
    return result
  }

  /// The truth of a query of a path on another host, which may be this one by another name: outside
  /// all places, and, unless it starts at home there, where it would lie here.
  private func remoteTruth(
    _ query: Int, of set: borrowing PlaceSet, isRecursive: Bool, isNegated: Bool, ofAll: Bool,
    _ context: borrowing PathContext, _ scratch: inout PlaceScratch
  ) -> FormTruth {
    var result = FormTruth(set.isOutside(query) != isNegated)
    for index in 0..<count where !readings[index].given.isBelowStart {
      let other = set.truth(
        query, readings[index], isRecursive: isRecursive, isNegated: isNegated, ofAll: ofAll,
        context, &scratch)
      result = result.joined(other)
    }
    return result
  }
}
