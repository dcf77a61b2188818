/// Reads the grammar of a command line (POSIX XCU 2.10 and what bash adds) into a flat array of
/// nodes, in one pass.
///
/// It goes down one call a nested construct, at most `depthLimit` deep. What it cannot parse it
/// throws; the nodes read before stay, for a shell runs the lines before a syntax error.
struct ShellReader: ~Copyable, Sendable {
  /// The line, then the texts that are parsed beside it, and what is decoded.
  var bytes: [UInt8] = []
  /// The place that is read next, and the end of the text that is being read.
  var pos = 0
  var end = 0
  /// The syntax read so far.
  var nodes: [ShellNode] = []
  /// The nodes that have begun and not ended, outermost first.
  var openNodes: [Int] = []
  /// How many constructs the place lies in.
  var depth = 0
  /// The here-documents whose bodies come after the next newline.
  var pendingHere: [ShellPendingHere] = []
  /// How many of those belong to what encloses the innermost substitution.
  var hereBase = 0
  /// How many of those have a body that was read, or is being read.
  var readHere = 0
  /// Whether the innermost thing that ends with `)` is a substitution.
  var inSubstitution = false
  /// The delimiters of here-documents, one after the other.
  var delimiters: [UInt8] = []
  /// Places of `((` that have turned out to begin no arithmetic.
  var notArithmetic: Set<Int> = []
  /// No `]` lies before this place that would close a bracket opened at an earlier one.
  var noBracketBefore = 0
  /// Texts parsed beside the line.
  var regions: [ShellRegion] = []
  /// Opacities that do not end parsing.
  var notes: [ShellFault] = []
  /// How many nodes the text that is being read may have.
  var nodeLimit = partLimit
  /// How many bytes may still be added to `bytes`, or be read once more.
  var budget = 0
  /// Steps taken; for tests of linear time.
  var steps = 0

  /// The most constructs that may lie in one another.
  static let depthLimit = 64
  /// The most words, commands, expansions and the like of a line, texts that it runs included.
  ///
  /// What tests ask of a line grows with these, and not with its bytes; so a line of a million
  /// bytes costs no more than its parts.
  static let partLimit = 1 << 13

  /// Gets ready for a line, whose bytes are in `bytes`.
  mutating func begin() {
    nodes.clear()
    delimiters.clear()
    notes.clear()
    openNodes.clear()
    pendingHere.clear()
    (depth, hereBase, readHere, inSubstitution) = (0, 0, 0, false)
    if !notArithmetic.isEmpty { notArithmetic.removeAll(keepingCapacity: true) }
    noBracketBefore = 0
  }

  /// Reads `bytes[start..<end]` as a whole command line; gives the index of its list, and what
  /// ended reading early.
  mutating func readText(_ start: Int, _ end: Int) -> (root: Int, fault: ShellFault?) {
    let outer = (pos, self.end, hereBase, inSubstitution, openNodes.count)
    let read = readHere
    (pos, self.end, hereBase, inSubstitution) = (start, end, pendingHere.count, false)
    let root = nodes.count
    var fault: ShellFault?
    do throws(ShellFault) {
      try readSequence(required: false)
      if pos < self.end { throw ShellFault(reason: .unexpectedToken, offset: pos) }
      // At the end of the text, and of a last line without its newline.
      try readHereBodies()
    } catch {
      fault = error
      while openNodes.count > outer.4 { close(openNodes[openNodes.count - 1]) }
    }
    pendingHere.truncate(to: hereBase)
    readHere = read
    (pos, self.end, hereBase, inSubstitution) = (outer.0, outer.1, outer.2, outer.3)
    return (root, fault)
  }

  /// The byte at a place; zero from the end on.
  @inline(__always)
  mutating func at(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  /// Begins a node.
  @inline(__always)
  mutating func open(_ kind: ShellNodeKind, at start: Int) -> Int {
    let index = nodes.count
    leaf(kind, start, start)
    openNodes.append(index)
    return index
  }

  /// Ends the innermost node, which is `index`.
  @inline(__always)
  mutating func close(_ index: Int) {
    nodes[index].end = UInt32(truncatingIfNeeded: pos)
    nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
    openNodes.removeLast()
  }

  /// Adds a node that has no children.
  @inline(__always)
  mutating func leaf(_ kind: ShellNodeKind, _ start: Int, _ end: Int) {
    steps &+= 1
    nodes.append(
      ShellNode(
        kind: kind, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end),
        next: UInt32(truncatingIfNeeded: nodes.count + 1)))
  }

  /// Makes sure that the line has not too many parts.
  @inline(__always)
  mutating func checkCount() throws(ShellFault) {
    guard nodes.count <= nodeLimit else { throw fault(.tooManyParts) }
  }

  /// Counts one more nested construct.
  mutating func enter() throws(ShellFault) {
    depth += 1
    guard depth <= Self.depthLimit else { throw fault(.tooDeep) }
  }

  /// Counts one nested construct less.
  mutating func leave() { depth -= 1 }

  /// A fault at the present place.
  mutating func fault(_ reason: ShellOpacity.Reason) -> ShellFault {
    ShellFault(reason: reason, offset: min(pos, end))
  }

  /// The fault of a token that has no place here.
  mutating func unexpected() -> ShellFault { fault(pos >= end ? .unterminated : .unexpectedToken) }

  /// Whether a backslash and a newline stand at a place: a line continuation.
  @inline(__always)
  mutating func isContinuation(_ offset: Int) -> Bool {
    at(offset) == UInt8(ascii: "\\") && at(offset + 1) == UInt8(ascii: "\n")
  }

  /// The first place from `offset` on where no line continuation stands.
  mutating func pastContinuations(_ offset: Int) -> Int {
    var offset = offset
    while isContinuation(offset) { offset += 2 }
    return offset
  }

  /// Goes on by the bytes of an operator, after which no line continuation may stand that joins
  /// it to more of an operator.
  mutating func pass(_ count: Int) throws(ShellFault) {
    pos += count
    guard isContinuation(pos) else { return }
    switch at(pastContinuations(pos)) {
    case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"):
      throw fault(.continuedToken)
    default: return
    }
  }

  /// Goes past spaces, tabs and line continuations.
  @inline(__always)
  mutating func skipBlanks() {
    while pos < end {
      let byte = bytes[pos]
      if ShellByte.isBlank(byte) {
        pos += 1
      } else if byte == UInt8(ascii: "\\"), at(pos + 1) == UInt8(ascii: "\n") {
        pos += 2
      } else {
        return
      }
      steps &+= 1
    }
  }

  /// Goes past blanks, comments and newlines, and reads the here-documents that begin after one.
  mutating func skipLines() throws(ShellFault) {
    while true {
      skipBlanks()
      switch at(pos) {
      case UInt8(ascii: "\n"):
        pos += 1
        steps &+= 1
        try readHereBodies()
      case UInt8(ascii: "#"): skipComment()
      default: return
      }
    }
  }

  /// Goes to the newline that ends a comment.
  mutating func skipComment() {
    let start = pos
    while pos < end && bytes[pos] != UInt8(ascii: "\n") { pos += 1 }
    steps &+= pos - start
  }

  /// The reserved word at a place, if the word there might be one, and where it ends.
  mutating func reservedWord(at start: Int) -> (key: UInt64, end: Int) {
    var offset = start
    switch at(start) {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "!"): offset += 1
    case UInt8(ascii: "["): offset += at(start + 1) == UInt8(ascii: "[") ? 2 : 0
    case UInt8(ascii: "]"): offset += at(start + 1) == UInt8(ascii: "]") ? 2 : 0
    default:
      while offset < start + 9, at(offset) >= 0x61, at(offset) <= 0x7A { offset += 1 }
    }
    guard offset > start, offset <= start + 8,
      ShellByte.endsWord(at(pastContinuations(offset)))
    else { return (0, start) }
    return (ShellName.key(bytes, start, offset), offset)
  }

  /// Whether a list ends here: at the end, before `)`, `;;`, `;&` or a word like `done`.
  mutating func endsSequence() -> Bool {
    switch at(pos) {
    case 0: return pos >= end
    case UInt8(ascii: ")"): return true
    case UInt8(ascii: ";"):
      return at(pos + 1) == UInt8(ascii: ";") || at(pos + 1) == UInt8(ascii: "&")
    case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "t"),
      UInt8(ascii: "}"):
      return ShellName.endsList(reservedWord(at: pos).key)
    default: return false
    }
  }

  /// Goes past a reserved word that must stand here.
  mutating func expect(_ key: UInt64) throws(ShellFault) {
    let word = reservedWord(at: pos)
    guard word.key == key else { throw unexpected() }
    pos = word.end
  }

  /// Goes past a byte that must stand here.
  mutating func expect(byte: UInt8) throws(ShellFault) {
    guard at(pos) == byte else { throw unexpected() }
    pos += 1
  }
}
