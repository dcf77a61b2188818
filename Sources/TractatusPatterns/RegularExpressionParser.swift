/// Parses regular expressions of RE2's syntax.
///
/// Groups are kept on a stack of our own, so no input overflows the machine's.
struct RegularExpressionParser {
  /// What `(?…)` sets.
  struct Flags {
    var ignoresCase = false
    var linewise = false
    var dotMatchesNewline = false
    var ungreedy = false
  }

  /// An open group.
  private struct Frame {
    var offset: Int
    var number: Int?
    var outerFlags: Flags
    var choices: [Int] = []
    var parts: [Int] = []
    /// Whether the last part may be repeated, and if not, whether because it is a repetition.
    var repeatable = false
    var repeated = false
  }

  var tree = PatternTree()
  let text: [UInt8]
  var offset = 0
  private(set) var flags: Flags
  private var frames: [Frame] = []
  private var names: Set<[UInt8]> = []

  private init(_ text: [UInt8], flags: Flags) {
    self.text = text
    self.flags = flags
  }

  /// Parses a whole expression.
  static func parse(
    _ text: [UInt8], ignoringCase: Bool, dotMatchesNewline: Bool
  ) throws(PatternError) -> PatternTree {
    var flags = Flags()
    flags.ignoresCase = ignoringCase
    flags.dotMatchesNewline = dotMatchesNewline
    var parser = RegularExpressionParser(text, flags: flags)
    if let bad = firstInvalidByte(text) {
      throw PatternError(offset: bad, kind: .notUTF8, message: "the pattern is not UTF-8")
    }
    return try parser.parseAll()
  }

  /// Where the first byte stands that is not UTF-8.
  static func firstInvalidByte(_ text: [UInt8]) -> Int? {
    let span = text.span
    var offset = 0
    while offset < span.count {
      let (scalar, length) = ScalarCoding.scalar(in: span, at: offset)
      if scalar == ScalarCoding.invalid { return offset }
      offset += length
    }
    return nil
  }

  private mutating func parseAll() throws(PatternError) -> PatternTree {
    frames = [Frame(offset: 0, number: nil, outerFlags: flags)]
    while offset < text.count { try parseNext() }
    guard frames.count == 1 else {
      throw error(frames[frames.count - 1].offset, .unbalancedGroup, "`(` is never closed")
    }
    tree.root = close(frames[0])
    return tree
  }

  /// An error that quotes nothing of the pattern itself.
  func error(_ offset: Int, _ kind: PatternError.Kind, _ message: String) -> PatternError {
    PatternError(offset: offset, kind: kind, message: message)
  }

  /// The pattern's text from one offset to another, for a message.
  func quoted(_ start: Int, _ end: Int) -> String {
    "`" + String(decoding: text[start..<min(max(start, end), text.count)], as: UTF8.self) + "`"
  }

  /// The next scalar, which is known to be there and well formed.
  mutating func takeScalar() -> UInt32 {
    let (scalar, length) = ScalarCoding.scalar(in: text.span, at: offset)
    offset += length
    return scalar
  }

  /// Whether `bytes` comes next.
  func comes(_ wanted: String) -> Bool { text[offset...].starts(with: wanted.utf8) }

  private mutating func parseNext() throws(PatternError) {
    let start = offset
    switch text[offset] {
    case UInt8(ascii: "("): try openGroup()
    case UInt8(ascii: ")"): try closeGroup()
    case UInt8(ascii: "|"):
      offset += 1
      endChoice()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): try parseRepetition()
    case UInt8(ascii: "{"):
      if try !parseCount() {
        offset = start
        let brace = takeScalar()
        append(tree.add(scalar: brace, folding: false))
      }
    case UInt8(ascii: "^"):
      offset += 1
      append(tree.add(.look(flags.linewise ? .lineStart : .textStart)))
    case UInt8(ascii: "$"):
      offset += 1
      append(tree.add(.look(flags.linewise ? .lineEnd : .textEnd)))
    case UInt8(ascii: "."):
      offset += 1
      append(tree.add(set: flags.dotMatchesNewline ? .any : .anyButNewline))
    case UInt8(ascii: "["):
      let set = try parseClass()
      append(tree.add(set: set))
    case UInt8(ascii: "\\"): try parseBackslash()
    default:
      let scalar = takeScalar()
      append(tree.add(scalar: scalar, folding: flags.ignoresCase))
    }
  }

  private mutating func append(_ node: Int) {
    let top = frames.count - 1
    frames[top].parts.append(node)
    frames[top].repeatable = true
    frames[top].repeated = false
  }

  private mutating func endChoice() {
    let top = frames.count - 1
    let choice = tree.add(sequence: frames[top].parts)
    frames[top].choices.append(choice)
    frames[top].parts = []
    frames[top].repeatable = false
    frames[top].repeated = false
  }

  private mutating func close(_ frame: Frame) -> Int {
    let last = tree.add(sequence: frame.parts)
    let inner = tree.add(choice: frame.choices + [last])
    guard let number = frame.number else { return inner }
    return tree.add(.group(inner, number: number))
  }

  // MARK: Groups

  private mutating func openGroup() throws(PatternError) {
    let start = offset
    offset += 1
    var frame = Frame(offset: start, number: nil, outerFlags: flags)
    if offset < text.count, text[offset] == UInt8(ascii: "?") {
      guard try parseGroupKind(start, &frame) else { return }
    } else {
      tree.groupCount += 1
      frame.number = tree.groupCount
    }
    guard frames.count <= Pattern.nestingLimit else {
      throw error(
        start, .tooDeep, "groups are nested more than \(Pattern.nestingLimit) deep here")
    }
    frames.append(frame)
  }

  /// What follows `(?`; false when it was flags for the rest of the group around it.
  private mutating func parseGroupKind(
    _ start: Int, _ frame: inout Frame
  ) throws(PatternError) -> Bool {
    if comes("?=") || comes("?!") || comes("?<=") || comes("?<!") {
      throw error(
        start, .unsupported,
        "look-around is not supported, because matching takes linear time")
    }
    if comes("?P<") || comes("?<") {
      try parseGroupName(start)
      tree.groupCount += 1
      frame.number = tree.groupCount
      return true
    }
    if comes("?>") || comes("?(") || comes("?|") || comes("?#") || comes("?P") || comes("?&") {
      throw error(start, .unsupported, "\(quoted(start, offset + 2))… is not supported")
    }
    offset += 1
    return try parseFlags(start)
  }

  private mutating func parseGroupName(_ start: Int) throws(PatternError) {
    offset += comes("?P<") ? 3 : 2
    let nameStart = offset
    while offset < text.count, isWord(text[offset]) { offset += 1 }
    let name = Array(text[nameStart..<offset])
    guard !name.isEmpty, offset < text.count, text[offset] == UInt8(ascii: ">") else {
      throw error(
        start, .badGroup, "a group's name consists of letters, digits and `_`, and ends with `>`")
    }
    guard names.insert(name).inserted else {
      throw error(
        nameStart, .badGroup, "the group name \(quoted(nameStart, offset)) is used twice")
    }
    offset += 1
  }

  private mutating func parseFlags(_ start: Int) throws(PatternError) -> Bool {
    var new = flags
    var value = true
    var sawAny = false
    while offset < text.count {
      let byte = text[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "i"): new.ignoresCase = value
      case UInt8(ascii: "m"): new.linewise = value
      case UInt8(ascii: "s"): new.dotMatchesNewline = value
      case UInt8(ascii: "U"): new.ungreedy = value
      case UInt8(ascii: "-") where value:
        value = false
        sawAny = false
        continue
      case UInt8(ascii: ":") where sawAny || value:
        flags = new
        return true
      case UInt8(ascii: ")") where sawAny:
        flags = new
        frames[frames.count - 1].repeatable = false
        frames[frames.count - 1].repeated = false
        return false
      default:
        throw error(
          start, .badGroup,
          "\(quoted(start, offset)) is no group: after `(?` come flags `i`, `m`, `s`, `U`, or `:`")
      }
      sawAny = true
    }
    throw error(start, .unbalancedGroup, "`(` is never closed")
  }

  private mutating func closeGroup() throws(PatternError) {
    guard frames.count > 1, let frame = frames.popLast() else {
      throw error(offset, .unbalancedGroup, "`)` closes no group; write `\\)` for the character")
    }
    offset += 1
    flags = frame.outerFlags
    let node = close(frame)
    append(node)
  }

  // MARK: Repetitions

  private mutating func parseRepetition() throws(PatternError) {
    let start = offset
    let byte = text[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "*"): try repeatLast(start, min: 0, max: nil)
    case UInt8(ascii: "+"): try repeatLast(start, min: 1, max: nil)
    default: try repeatLast(start, min: 0, max: 1)
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; false when what follows is none of them and `{` means itself.
  private mutating func parseCount() throws(PatternError) -> Bool {
    let start = offset
    offset += 1
    guard let low = takeNumber() else { return false }
    var high: Int? = low
    if offset < text.count, text[offset] == UInt8(ascii: ",") {
      offset += 1
      high = takeNumber()
      if high == nil, offset < text.count, text[offset] != UInt8(ascii: "}") { return false }
    }
    guard offset < text.count, text[offset] == UInt8(ascii: "}") else { return false }
    offset += 1
    guard low <= 1000, high ?? low <= 1000 else {
      throw error(
        start, .badRepetitionCount, "\(quoted(start, offset)) repeats more than 1,000 times")
    }
    guard high ?? low >= low else {
      throw error(
        start, .badRepetitionCount, "\(quoted(start, offset)) has its bounds in the wrong order")
    }
    try repeatLast(start, min: low, max: high)
    return true
  }

  /// A decimal number, at most 100,000 whatever is written.
  private mutating func takeNumber() -> Int? {
    let start = offset
    var value = 0
    while offset < text.count, (0x30...0x39).contains(text[offset]) {
      value = min(100_000, value * 10 + Int(text[offset] - 0x30))
      offset += 1
    }
    return offset > start ? value : nil
  }

  private mutating func repeatLast(_ start: Int, min: Int, max: Int?) throws(PatternError) {
    let top = frames.count - 1
    if frames[top].repeated {
      throw error(
        start, .badRepetition, "\(quoted(start, offset)) repeats a repetition; use a group")
    }
    guard frames[top].repeatable, let last = frames[top].parts.popLast() else {
      throw error(
        start, .badRepetition,
        "there is nothing before \(quoted(start, offset)) to repeat; write `\\` before it for the "
          + "character itself")
    }
    var greedy = !flags.ungreedy
    if offset < text.count, text[offset] == UInt8(ascii: "?") {
      greedy.toggle()
      offset += 1
    }
    let node = tree.add(.repetition(last, min: min, max: max, greedy: greedy))
    append(node)
    frames[top].repeatable = false
    frames[top].repeated = true
  }

  // MARK: Escapes outside classes

  private mutating func parseBackslash() throws(PatternError) {
    let start = offset
    guard offset + 1 < text.count else {
      throw error(start, .badEscape, "`\\` at the end escapes nothing")
    }
    switch text[offset + 1] {
    case UInt8(ascii: "A"): appendLook(.textStart)
    case UInt8(ascii: "z"): appendLook(.textEnd)
    case UInt8(ascii: "b"): appendLook(.wordBoundary)
    case UInt8(ascii: "B"): appendLook(.notWordBoundary)
    case UInt8(ascii: "Q"): parseQuotation()
    case UInt8(ascii: "C"), UInt8(ascii: "Z"), UInt8(ascii: "G"), UInt8(ascii: "K"),
      UInt8(ascii: "X"), UInt8(ascii: "R"), UInt8(ascii: "k"), UInt8(ascii: "g"):
      throw error(start, .unsupported, "\(quoted(start, start + 2)) is not supported")
    default:
      if let set = try parseClassEscape() {
        append(tree.add(set: set))
      } else {
        let scalar = try parseScalarEscape()
        append(tree.add(scalar: scalar, folding: flags.ignoresCase))
      }
    }
  }

  private mutating func appendLook(_ look: PatternTree.Look) {
    offset += 2
    append(tree.add(.look(look)))
  }

  /// `\Q…\E`: everything in between means itself.
  private mutating func parseQuotation() {
    offset += 2
    while offset < text.count {
      if comes("\\E") {
        offset += 2
        return
      }
      let scalar = takeScalar()
      append(tree.add(scalar: scalar, folding: flags.ignoresCase))
    }
  }

  /// Whether a byte is a word character of `\w`.
  func isWord(_ byte: UInt8) -> Bool { WordBytes.contains(byte) }
}

/// The bytes of `\w`: ASCII letters, digits and `_`.
enum WordBytes {
  @inline(__always)
  static func contains(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }
}
