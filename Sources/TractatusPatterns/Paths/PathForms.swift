/// The forms of one path that tests look at.
///
/// Kept and reused from path to path.
package struct PathForms: Sendable {
  /// As given, normalised.
  package internal(set) var given = PathText()
  /// From a root on; any absolute path where the directory that it starts from is not known.
  package internal(set) var absolute = PathText()
  /// Relative to the project; meaningful with `isInProject`.
  package internal(set) var project = PartialText()
  /// Whether it certainly lies below the project, which is known.
  package internal(set) var isInProject = false
  /// Whether the project's root is not known, so that any end of the path can be the form.
  package internal(set) var lacksProject = true
  /// Whether the form as given, when it was read last, is one text alone.
  package private(set) var givenIsKnown = false
  /// Whether the form from a root on was one text alone, and another one than that as given.
  package private(set) var absoluteDiffers = false
  /// Whether the form relative to the project was one text alone, and another one than that as
  /// given.
  ///
  /// PERF: kept, for to ask it of forms that lie in an array would copy them.
  package private(set) var projectDiffers = false

  /// Forms of nothing.
  package init() {}

  /// Reads a path as it stands in an action: `~`, `$HOME`, relative to the working directory.
  ///
  /// Linear in the text; allocates nothing once warm.
  package mutating func read(
    _ text: Span<UInt8>, _ context: borrowing PathContext, _ builder: inout PathBuilder
  ) {
    // PERF: most paths are absolute and normal as they stand, and are both forms themselves.
    if Self.isNormal(text) {
      given.take(normal: text)
      absolute.take(normal: text)
      finish(context)
      givenIsKnown = true
      absoluteDiffers = false
      projectDiffers = isInProject && project.isKnown && project != given.text
      return
    }
    builder.begin(context)
    builder.append(plain: text)
    builder.finish(into: &given)
    if context.hasCwd {
      builder.begin(context, below: context.cwd)
    } else {
      builder.beginFloating(context)
    }
    builder.append(plain: text)
    builder.finish(into: &absolute)
    finish(context)
    givenIsKnown = given.isKnown
    absoluteDiffers = absolute.isKnown && absolute.text != given.text
    projectDiffers = isInProject && project.isKnown && project != given.text
  }

  /// Whether normalising surely changes nothing of an absolute path: no component is empty, begins
  /// with two dots or is one alone, and none lies below `/proc`.
  package static func isNormal(_ text: Span<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    guard text.count > 1, text[0] == slash, text[text.count - 1] != slash else { return false }
    if text[1] == UInt8(ascii: "p"), text.count > 2, text[2] == UInt8(ascii: "r") { return false }
    if isPlain(text) { return true }
    for offset in 0..<text.count {
      let byte = text[offset]
      // PERF: nearly all bytes of paths are greater than `/`.
      if byte > slash { continue }
      if byte == 0 { return false }
      guard byte == slash else { continue }
      // The last byte is no slash: there is a next one.
      let next = text[offset + 1]
      if next == slash { return false }
      guard next == UInt8(ascii: ".") else { continue }
      guard offset + 2 < text.count else { return false }
      if text[offset + 2] == slash || text[offset + 2] == UInt8(ascii: ".") { return false }
    }
    return true
  }

  /// Whether surely no byte is zero, and none behind a slash is a slash or a dot; a text of other
  /// bytes than ASCII may be left to who looks at each byte.
  ///
  /// PERF: eight bytes at a time, each beside the one behind it; this sees every path.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    guard text.count > 8 else { return false }
    let raw = unsafe text.bytes
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let slashes = ones &* UInt64(UInt8(ascii: "/"))
    let last = text.count - 9
    var offset = 0
    while true {
      // SAFETY: nine bytes begin at every place from 0 to `last`, and all bits are a UInt64.
      let here = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
      let next = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset &+ 1, as: UInt64.self)
      // The highest bit of each byte that is zero; bytes above such a one may have it, too, and
      // those that are greater than 0x80. A dot is a slash but for the last bit.
      let isSlash = (here ^ slashes) &- ones
      let isMark = ((next | ones) ^ slashes) &- ones
      if (isSlash & isMark | (here &- ones)) & tops != 0 { return false }
      if offset == last { break }
      offset = min(offset &+ 8, last)
    }
    // The last byte stands behind no other of these.
    return text[text.count - 1] != 0
  }

  /// Makes the form relative to the project of the absolute one.
  package mutating func finish(_ context: borrowing PathContext) {
    project.removeAll()
    lacksProject = !context.hasProject
    isInProject = false
    guard context.hasProject, context.project.root == absolute.root else { return }
    let root = context.project
    let prefix = root.text.bytes.count
    let known = absolute.knownRest.upperBound
    guard known >= prefix else { return }
    for offset in 0..<prefix where absolute.text.bytes[offset] != root.text.bytes[offset] {
      return
    }
    if root.isRootAlone {
      isInProject = true
      appendProject(from: absolute.rootCount)
    } else if known == prefix, absolute.isKnown {
      isInProject = true
    } else if known == prefix, absolute.text.pieces[1].kind == .below {
      isInProject = true
      project.append(.names)
    } else if known > prefix, absolute.text.bytes[prefix] == UInt8(ascii: "/") {
      isInProject = true
      appendProject(from: prefix + 1)
    }
    if isInProject, project.pieces.isEmpty { project.append(UInt8(ascii: ".")) }
  }

  /// Takes what follows in the absolute form for the one relative to the project; a name that looks
  /// like a home directory is none.
  private mutating func appendProject(from offset: Int) {
    if offset < absolute.knownRest.upperBound {
      switch absolute.text.bytes[offset] {
      case UInt8(ascii: "~"), UInt8(ascii: "$"):
        project.append(UInt8(ascii: "."))
        project.append(UInt8(ascii: "/"))
      default: break
      }
    }
    project.append(absolute.text, skipping: offset)
  }
}

extension PathForms {
  /// Writes the form that the path has if a home directory is the one that it may be: one of
  /// four, numbered from 0; false when there is no such form.
  ///
  /// Where a test of it says otherwise than of the other forms, they disagree.
  package func readHome(_ number: Int, into form: inout PartialText) -> Bool {
    form.removeAll()
    let path = absolute
    switch path.root {
    case .absolute:
      guard number == 0, let rest = path.restAtHome() else { return false }
      form.append(UInt8(ascii: "~"))
      appendRest(rest.piece, rest.skipped, to: &form)
    case .home:
      guard number < 3 else { return false }
      Self.append(number == 0 ? "/home/" : number == 1 ? "/Users/" : "/root", to: &form)
      if number < 2 { form.append(.run, beginsName: true) }
      appendRest(0, path.rootCount, to: &form)
    case .userHome:
      guard number < 4 else { return false }
      let known = path.knownRest
      var end = 1
      while end < known.upperBound, path.text.bytes[end] != UInt8(ascii: "/") { end += 1 }
      if number == 0 {
        form.append(UInt8(ascii: "~"))
        appendRest(0, min(end + 1, known.upperBound), to: &form)
      } else if number < 3 {
        Self.append(number == 1 ? "/home/" : "/Users/", to: &form)
        form.append(path.text, skipping: 1)
      } else {
        let root = Array("root".utf8)
        guard path.text.bytes[1..<end].elementsEqual(root) else { return false }
        form.append(UInt8(ascii: "/"))
        form.append(path.text, skipping: 1)
      }
    case .relative, .unknown: return false
    }
    return true
  }

  private func appendRest(
    _ piece: Int, _ skipped: Int, to form: inout PartialText
  ) {
    let pieces = absolute.text.pieces
    let isEmpty =
      piece >= pieces.count || (piece == pieces.count - 1 && skipped >= max(1, pieces[piece].count))
    if isEmpty { return }
    form.append(UInt8(ascii: "/"))
    form.append(absolute.text, from: piece, skipping: skipped)
  }

  private static func append(_ name: StaticString, to form: inout PartialText) {
    name.withUTF8Buffer { buffer in
      for index in 0..<buffer.count { unsafe form.append(buffer[index]) }
    }
  }
}
