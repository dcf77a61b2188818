extension PathBuilder {
  /// Adds one or more names, one below the other, none of them `.` or `..`.
  package mutating func appendNames() {
    if open != nil, openStart < text.bytes.count, isAfterDots { return appendAny() }
    _ = beginName()
    if manyNames < 0 { manyNames = components.count }
    text.append(content == .name && text.bytes.count == openStart ? .names : .any)
  }

  /// Adds nothing, or names with a `/` behind each, none of them `.` or `..`; a name follows.
  package mutating func appendFolders() {
    if open != nil, openStart < text.bytes.count, isAfterDots { return appendAny() }
    _ = beginName()
    if manyNames < 0 { manyNames = components.count }
    text.append(.directories)
  }

  /// Adds nothing, or names below what was added so far, none of them `.` or `..`.
  ///
  /// - Parameter isGlued: whether known text follows that belongs to the last of these names.
  package mutating func appendBelow(isGlued: Bool) {
    isAtStart = false
    closeComponent()
    guard let last = components.last else {
      // Home itself is no name below home.
      if isFloating || root == .home { return float(root == .home ? .absolute : root) }
      return appendNames()
    }
    if manyNames < 0 { manyNames = components.count - 1 }
    guard isGlued else {
      text.append(.below)
      if root == .absolute, !isFloating { followPattern() }
      return
    }
    components.removeLast()
    open = last
    openStart = last.bytes + (components.isEmpty ? 0 : 1)
    content = .name
    text.append(.any)
  }

  /// Adds text that a pattern says, no name of a file: `*` is any run of bytes but `/`, `**` names
  /// one below the other.
  package mutating func append(shape: Span<UInt8>) {
    var offset = 0
    while offset < shape.count {
      var end = offset + 1
      switch shape[offset] {
      case UInt8(ascii: "*"):
        if end < shape.count, shape[end] == UInt8(ascii: "*") {
          end += 1
          appendNames()
        } else if isAfterDots {
          // It may give one more dot.
          return appendAny()
        } else {
          appendUnnamed(.run)
        }
      case UInt8(ascii: "?"):
        if isAfterDots { return appendAny() }
        appendUnnamed(.one)
      case UInt8(ascii: "["):
        end = Self.bracketEnd(shape, offset)
        let spelling = shape.extracting(offset..<end)
        if isAfterDots, ByteClass.bracket(spelling).contains(UInt8(ascii: ".")) {
          return appendAny()
        }
        _ = beginName()
        text.append(set: spelling, beginsName: false)
        if end < shape.count, shape[end] == UInt8(ascii: "+") {
          appendUnnamed(.run)
          end += 1
        }
      default: append(shape.extracting(offset..<end))
      }
      offset = end
    }
  }

  /// Adds text that a pattern says, or nothing.
  ///
  /// - Parameter isLast: whether nothing follows.
  package mutating func append(optional shape: Span<UInt8>, isLast: Bool = false) {
    for offset in shape.indices where shape[offset] == UInt8(ascii: "/") { return appendAny() }
    for offset in shape.indices.dropFirst()
    where shape[offset] == UInt8(ascii: "*") && shape[offset - 1] == UInt8(ascii: "*") {
      return appendAny()
    }
    if isAfterDots { return isLast ? appendNameOrParent() : appendAny() }
    appendUnnamed(.run)
  }

  /// Adds a name at the end of a path, which may be `.` or `..` and so the directory above.
  private mutating func appendNameOrParent() {
    let isRelative = root == .relative && !isFloating && fixedCount == 0
    guard !isAtStart, open == nil, components.count > fixedCount + (isRelative ? 0 : 1),
      components.count - 1 != manyNames
    else { return appendAny() }
    truncate(components.removeLast())
    // `.` is one of the texts that stand for names.
    if components.isEmpty { return appendNames() }
    appendBelow(isGlued: false)
  }

  private mutating func appendUnnamed(_ kind: TextPiece.Kind) {
    _ = beginName()
    text.append(kind)
  }

  /// Whether a component has only dots so far, or nothing, so that what follows could make it `.`
  /// or `..`.
  private var isAfterDots: Bool {
    guard open != nil else { return true }
    guard content == .known else { return content == .anything }
    return text.bytes[openStart...].allSatisfy { $0 == UInt8(ascii: ".") }
  }
}
