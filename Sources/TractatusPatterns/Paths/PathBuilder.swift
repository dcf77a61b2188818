/// Normalises a path piece by piece: `.`, `..`, `//`, a slash at the end, `/proc/self/root`.
///
/// Linear in what is added. It keeps its memory from path to path.
package struct PathBuilder: Sendable {
  /// What a component consists of so far.
  enum Content {
    /// Known bytes alone.
    case known
    /// Also pieces that hold no `/`, so that it is a name.
    case name
    /// Also a piece that can be anything.
    case anything
  }

  /// A place in the output.
  struct Mark {
    var bytes: Int
    var pieces: Int
  }

  var text = PartialText()
  var root = PathText.Root.relative
  /// Where each component begins, with the slash before it.
  var components: [Mark] = []
  /// The index of the component that may be several names, one below the other; or -1.
  var manyNames = -1
  /// The component that is being added, and where its own bytes begin.
  var open: Mark?
  var openStart = 0
  var content = Content.known
  /// Whether nothing has been added yet, so that a root may come.
  var isAtStart = true
  /// Whether a directory was added whose name goes on unless a slash comes next: `"$HOME"x`.
  private var isAfterDirectory = false
  /// Whether the components stand below directories that can be any, with a piece that says so.
  var isFloating = false
  /// How many of the first components are `..` of a relative path, or `~name`.
  private(set) var fixedCount = 0
  private var cwd = PathText()
  private var knowsCwd = false

  /// Makes a builder.
  package init() {}

  /// Begins a path.
  ///
  /// - Parameter context: for `$PWD` and `/proc/self/cwd`.
  package mutating func begin(_ context: borrowing PathContext) {
    text.removeAll()
    components.clear()
    root = .relative
    open = nil
    content = .known
    (isAtStart, isFloating, isAfterDirectory) = (true, false, false)
    fixedCount = 0
    manyNames = -1
    knowsCwd = context.hasCwd
    if knowsCwd { cwd = context.cwd }
  }

  /// Begins a path below a directory, unless what follows says where it starts.
  package mutating func begin(_ context: borrowing PathContext, below base: borrowing PathText) {
    begin(context)
    enter(base)
    isAtStart = true
  }

  /// Begins a path below a directory that is not known.
  package mutating func beginFloating(_ context: borrowing PathContext) {
    begin(context)
    float(.absolute)
    isAtStart = true
  }

  /// Adds known bytes. A NUL, which no path has, makes the path unknown.
  package mutating func append(_ bytes: Span<UInt8>) {
    if bytes.isEmpty { return }
    var offset = 0
    if isAtStart, bytes[0] == UInt8(ascii: "/") { restart(.absolute) }
    isAtStart = false
    while offset < bytes.count {
      var end = offset
      while end < bytes.count, bytes[end] != UInt8(ascii: "/"), bytes[end] != 0 { end += 1 }
      if end > offset {
        openComponent()
        text.append(bytes.extracting(offset..<end))
      }
      if end < bytes.count {
        if bytes[end] == 0 { appendAny() } else { closeComponent() }
      }
      offset = end + 1
    }
  }

  /// Adds bytes as a user writes them where no shell expands them: at the start `~`, `~name` and
  /// `$HOME` are home directories.
  package mutating func append(plain bytes: Span<UInt8>) {
    guard isAtStart, bytes.count > 0 else { return append(bytes) }
    let home = Self.homeLength(bytes)
    if home > 0, bytes.count == home || bytes[home] == UInt8(ascii: "/") {
      appendHome()
      return append(bytes.extracting(home..<bytes.count))
    }
    guard bytes[0] == UInt8(ascii: "~") else { return append(bytes) }
    var end = 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
    appendUserHome(bytes.extracting(1..<end))
    append(bytes.extracting(end..<bytes.count))
  }

  /// How long the name of the home directory is that a text begins with.
  private static func homeLength(_ bytes: Span<UInt8>) -> Int {
    if begins(bytes, "~") { return 1 }
    return begins(bytes, "$HOME") ? 5 : begins(bytes, "${HOME}") ? 7 : 0
  }

  static func begins(_ bytes: Span<UInt8>, _ name: StaticString) -> Bool {
    guard bytes.count >= name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe buffer[index] != bytes[index] { return false }
      return true
    }
  }

  /// Adds a shell's pattern of file names as it is spelled: `*`, `?`, `[…]` and known bytes.
  package mutating func append(pattern: Span<UInt8>) {
    var offset = 0
    while offset < pattern.count {
      var end = offset + 1
      switch pattern[offset] {
      case UInt8(ascii: "*"), UInt8(ascii: "?"):
        let kind: TextPiece.Kind = pattern[offset] == UInt8(ascii: "*") ? .run : .one
        let begins = beginName()
        text.append(kind, beginsName: begins)
      case UInt8(ascii: "["):
        end = Self.bracketEnd(pattern, offset)
        let begins = beginName()
        text.append(set: pattern.extracting(offset..<end), beginsName: begins)
      default: append(pattern.extracting(offset..<end))
      }
      offset = end
    }
  }

  /// Where a bracket ends that begins at a place: after its `]`, or at the end.
  static func bracketEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var offset = start + 1
    if offset < text.count, text[offset] == 0x21 || text[offset] == 0x5E { offset += 1 }
    if offset < text.count, text[offset] == UInt8(ascii: "]") { offset += 1 }
    while offset < text.count, text[offset] != UInt8(ascii: "]") { offset += 1 }
    return min(offset + 1, text.count)
  }

  /// Adds a whole number.
  package mutating func appendNumber() {
    _ = beginName()
    text.append(.number)
  }

  /// Adds a piece that can be anything.
  package mutating func appendAny() {
    if isAtStart {
      // It may also say where the path starts.
      float(root == .relative ? .unknown : .absolute)
    }
    isAtStart = false
    openComponent()
    content = .anything
    text.append(.any)
  }

  /// Adds the home directory.
  package mutating func appendHome() {
    guard isAtStart || endsAtRoot() else { return appendAny() }
    restart(.home)
    isAfterDirectory = true
  }

  /// Adds the home directory of someone.
  package mutating func appendUserHome(_ name: Span<UInt8>) {
    guard isAtStart || endsAtRoot() else { return appendAny() }
    restart(.userHome)
    components.append(Mark(bytes: 0, pieces: 0))
    text.append(UInt8(ascii: "~"))
    text.append(name)
    fixedCount = 1
    isAfterDirectory = true
  }

  /// Adds the directory that everything began in.
  package mutating func appendWorkingDirectory() {
    guard isAtStart || endsAtRoot() else { return appendAny() }
    enterWorkingDirectory()
    isAfterDirectory = true
  }

  /// Ends the path and puts it in the place of `path`.
  package mutating func finish(into path: inout PathText) {
    closeComponent()
    path.root = root
    path.rootCount = 0
    path.text.removeAll()
    switch root {
    case .absolute:
      path.text.append(UInt8(ascii: "/"))
      path.rootCount = 1
    case .home:
      path.text.append(UInt8(ascii: "~"))
      if !components.isEmpty { path.text.append(UInt8(ascii: "/")) }
      path.rootCount = components.isEmpty ? 1 : 2
    case .relative:
      if components.isEmpty, !isFloating {
        path.text.append(UInt8(ascii: "."))
        path.rootCount = 1
      } else if beginsLikeHome {
        path.text.append(UInt8(ascii: "."))
        path.text.append(UInt8(ascii: "/"))
        path.rootCount = 2
      }
    case .userHome, .unknown: break
    }
    if isFloating, components.isEmpty { text.pieces[0].kind = .any }
    path.text.append(text)
  }

  /// Whether a relative path would, without `./`, be read as one below a home directory.
  private var beginsLikeHome: Bool {
    guard let first = text.pieces.first, first.kind == .literal else { return false }
    return text.bytes[0] == UInt8(ascii: "~") || text.bytes[0] == UInt8(ascii: "$")
  }

  // MARK: Components

  /// Begins a component, if none is open.
  @inline(__always)
  mutating func openComponent() {
    if open != nil { return }
    if isAfterDirectory {
      isAfterDirectory = false
      float(.absolute)
      open = Mark(bytes: 0, pieces: text.pieces.count)
      openStart = 0
      content = .anything
      return text.append(.any)
    }
    open = Mark(bytes: text.bytes.count, pieces: text.pieces.count)
    if !components.isEmpty { text.append(UInt8(ascii: "/")) }
    openStart = text.bytes.count
    content = .known
  }

  /// Gets ready for a piece without `/`; says whether a file name begins with it.
  mutating func beginName() -> Bool {
    isAtStart = false
    openComponent()
    let begins = content == .known && text.bytes.count == openStart
    if content == .known { content = .name }
    return begins
  }

  mutating func truncate(_ mark: Mark) {
    text.bytes.truncate(to: mark.bytes)
    text.pieces.truncate(to: mark.pieces)
    let last = text.pieces.count - 1
    if last >= 0, text.pieces[last].kind == .literal {
      text.pieces[last].count = mark.bytes - text.pieces[last].start
    }
  }

  mutating func closeComponent() {
    isAfterDirectory = false
    guard let mark = open else { return }
    open = nil
    let count = text.bytes.count - openStart
    switch content {
    case .name where mayBeParent(mark): closeAnything()
    case .name:
      components.append(mark)
      if root == .absolute, !isFloating, components.count <= 5 { followPattern() }
    case .anything: closeAnything()
    case .known:
      if count == 1, text.bytes[openStart] == UInt8(ascii: ".") {
        truncate(mark)
      } else if isParent(openStart) {
        closeParent(mark)
      } else {
        components.append(mark)
        if root == .absolute, !isFloating, components.count <= 5 { followProcess() }
      }
    }
  }

  /// Whether a pattern of names may become `.` or `..`, as some shells let it whose first dot is
  /// spelt: `.*`, `.?`, `.[.]`.
  private func mayBeParent(_ mark: Mark) -> Bool {
    let dot = UInt8(ascii: ".")
    guard openStart < text.bytes.count, text.bytes[openStart] == dot else { return false }
    var count = 0
    for index in max(0, mark.pieces - 1)..<text.pieces.count {
      let piece = text.pieces[index]
      switch piece.kind {
      case .literal:
        for offset in max(
          piece.range.lowerBound, openStart)..<max(piece.range.upperBound, openStart)
        {
          guard text.bytes[offset] == dot else { return false }
          count += 1
        }
      case .run: continue
      case .one, .set: if index >= mark.pieces { count += 1 }
      default: if index >= mark.pieces { return false }
      }
    }
    return count <= 2
  }

  /// Whether the bytes from a place on are `..`.
  private func isParent(_ start: Int) -> Bool {
    text.bytes.count - start == 2 && text.bytes[start] == UInt8(ascii: ".")
      && text.bytes[start + 1] == UInt8(ascii: ".")
  }

  /// Ends `..`.
  private mutating func closeParent(_ mark: Mark) {
    if components.count > fixedCount {
      if components.count - 1 != manyNames { return truncate(components.removeLast()) }
      // How many names are above it is not known.
      truncate(mark)
      return float(root == .relative || root == .unknown ? .unknown : .absolute)
    }
    if root == .relative, !isFloating {
      components.append(mark)
      fixedCount += 1
      return
    }
    truncate(mark)
    // What lies above a home directory can be any directory.
    if root == .home || root == .userHome { float(.absolute) }
  }

  /// Ends a component with a piece that can be anything, `/../` included.
  private mutating func closeAnything() {
    var last = text.pieces.count - 1
    var tail = 0..<0
    if last >= 0, text.pieces[last].kind == .literal {
      tail = text.pieces[last].range
      last -= 1
    }
    // Only known bytes that no dots before them could turn into `.` or `..` say something.
    let isPlain = last >= 0 && text.pieces[last].kind == .any
    let isDots =
      tail.count <= 2 && text.bytes[tail].allSatisfy { $0 == UInt8(ascii: ".") }
    let newRoot = root == .home || root == .userHome ? PathText.Root.absolute : root
    let kept = isPlain && !isDots ? tail : 0..<0
    moved.clear()
    for offset in kept { moved.append(text.bytes[offset]) }
    float(newRoot == .relative ? .unknown : newRoot)
    if moved.isEmpty { return }
    let mark = Mark(bytes: text.bytes.count, pieces: text.pieces.count)
    text.append(.any)
    for byte in moved { text.append(byte) }
    components.append(mark)
  }

  private var moved: [UInt8] = []

  /// Makes the path any below a root.
  mutating func float(_ root: PathText.Root) {
    self.root = root
    text.removeAll()
    components.clear()
    fixedCount = 0
    manyNames = -1
    isFloating = true
    text.append(.directories)
  }

  /// Makes the path a root alone.
  mutating func restart(_ root: PathText.Root) {
    text.removeAll()
    components.clear()
    open = nil
    fixedCount = 0
    manyNames = -1
    isFloating = false
    isAtStart = false
    self.root = root
  }

  /// Puts a directory in the place of everything.
  private mutating func enter(_ base: borrowing PathText) {
    restart(base.root)
    isAtStart = true
    if base.root == .unknown || base.root == .relative { return float(.unknown) }
    append(base: base)
  }

  /// Adds the pieces of a path that is normalised already.
  private mutating func append(base: borrowing PathText) {
    isAtStart = false
    var skipped = base.root == .userHome ? 0 : base.rootCount
    for index in base.text.pieces.indices {
      let piece = base.text.pieces[index]
      let start = min(piece.range.lowerBound + skipped, piece.range.upperBound)
      let bytes = base.text.bytes.span.extracting(start..<piece.range.upperBound)
      skipped = 0
      switch piece.kind {
      case .literal: append(bytes)
      case .any, .directories: appendAny()
      case .names: appendNames()
      case .below: appendBelow(isGlued: false)
      case .number: appendNumber()
      case .run, .one:
        let begins = beginName()
        text.append(piece.kind, beginsName: begins)
      case .set:
        let begins = beginName()
        text.append(set: bytes, beginsName: begins)
      }
      if piece.kind == .directories { closeComponent() }
    }
    if base.root == .userHome, !components.isEmpty || open != nil { fixedCount = 1 }
    closeComponent()
  }

  mutating func enterWorkingDirectory() {
    guard knowsCwd else {
      restart(.absolute)
      return float(.absolute)
    }
    let base = cwd
    enter(base)
    isAtStart = false
  }

  /// Whether all before is `/`, so that an absolute path that follows is the path; ends the open
  /// component for that.
  private mutating func endsAtRoot() -> Bool {
    closeComponent()
    return root == .absolute && components.isEmpty && !isFloating && !isAtStart
  }
}
