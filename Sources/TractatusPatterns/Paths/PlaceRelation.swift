import TractatusValues

/// How a path lies to a directory.
package struct PlaceRelation: Sendable, Equatable {
  /// Whether it is the directory or lies below it.
  package var inside: FormTruth
  /// Whether the directory lies below it.
  package var encloses: FormTruth

  /// Neither.
  static let apart = PlaceRelation(.false, .false)

  init(_ inside: Truth, _ encloses: Truth) {
    self.inside = FormTruth(inside)
    self.encloses = FormTruth(encloses)
  }

  /// The relation to any of two directories.
  static func | (left: PlaceRelation, right: PlaceRelation) -> PlaceRelation {
    var result = left
    result.inside = left.inside | right.inside
    result.encloses = left.encloses | right.encloses
    return result
  }

  /// This relation for certain, and another under another reading.
  func orPerhaps(_ other: PlaceRelation) -> PlaceRelation {
    var result = self
    result.inside = inside.joined(other.inside)
    result.encloses = encloses.joined(other.encloses)
    return result
  }

  /// What a test of the place says: of something that is reached, or with `ofAll` of all that is. A
  /// recursive effect on a directory that encloses the place reaches what is within it and what is
  /// outside it.
  func truth(isOutside: Bool, isRecursive: Bool, ofAll: Bool) -> FormTruth {
    if isOutside { return ofAll && isRecursive ? !(inside | encloses) : !inside }
    return isRecursive && !ofAll ? inside | encloses : inside
  }
}

/// A directory of a policy, found: where it starts and what follows, each name before a `/`.
struct FoundDirectory {
  var root = PathText.Root.absolute
  var rest: [UInt8] = []
}

/// The pieces of a path from somewhere on.
private struct PathRest {
  var piece: Int
  var skipped: Int
}

extension PathText {
  /// How the path, an absolute form, lies to a directory.
  ///
  /// Time linear in both for a known path, and for each piece of another. `places` is memory.
  func relation(to place: borrowing FoundDirectory, _ places: inout [UInt8]) -> PlaceRelation {
    switch (root, place.root) {
    case (.absolute, .absolute), (.home, .home):
      return compare(PathRest(piece: 0, skipped: rootCount), place.rest.span, &places)
    case (.absolute, .home): return relation(toHome: place, &places)
    case (.home, _):
      // All there is lies below `/`.
      if place.rest.isEmpty { return PlaceRelation(.true, .false) }
      return relationOfHome(place, PathRest(piece: 0, skipped: rootCount), name: nil, &places)
    case (.userHome, _):
      if place.rest.isEmpty, place.root == .absolute { return PlaceRelation(.true, .false) }
      var end = 1
      let known = knownRest
      while end < known.upperBound, text.bytes[end] != UInt8(ascii: "/") { end += 1 }
      let rest = PathRest(piece: 0, skipped: min(end + 1, known.upperBound))
      if place.root == .home {
        return PlaceRelation.apart.orPerhaps(compare(rest, place.rest.span, &places))
      }
      return relationOfHome(place, rest, name: 1..<end, &places)
    case (.relative, _), (.unknown, _), (.absolute, _):
      return PlaceRelation(.unknown, .unknown)
    }
  }

  /// Of an absolute path to a directory below the home directory, which `/home/name` may be.
  private func relation(
    toHome place: borrowing FoundDirectory, _ places: inout [UInt8]
  ) -> PlaceRelation {
    if isRootAlone { return PlaceRelation(.false, .true) }
    let known = knownRest
    // `.` in a directory that is not known may be a home directory.
    guard known.upperBound > known.lowerBound || text.pieces.count > 1 else {
      return PlaceRelation(.false, .unknown).orPerhaps(PlaceRelation(.unknown, .unknown))
    }
    let bytes = text.bytes.span.extracting(known)
    if let (length, isRoot) = Self.homeParent(bytes) {
      if bytes.count == length, isKnown {
        let own = compare(PathRest(piece: 0, skipped: known.upperBound), place.rest.span, &places)
        return PlaceRelation.apart.orPerhaps(isRoot ? own : PlaceRelation(.false, .true))
      }
      if bytes.count > length {
        var rest = PathRest(piece: 0, skipped: known.lowerBound + length + 1)
        if !isRoot { rest = afterComponent(rest) }
        return PlaceRelation.apart.orPerhaps(compare(rest, place.rest.span, &places))
      }
    }
    // A first name that is not known can be `home`; so it is when nothing is.
    var isOpen = text.pieces.count > 1
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "/") { isOpen = false }
    guard isOpen else { return .apart }
    // If it can be anything it can be `/`, too.
    let isAny =
      text.pieces[1].kind == .any || text.pieces[1].kind == .directories
      || text.pieces[1].kind == .below
    return PlaceRelation(.false, isAny ? .unknown : .false)
      .orPerhaps(PlaceRelation(.unknown, .unknown))
  }

  /// Where what lies below the home directory begins that an absolute path may be in; nil when it
  /// is in none for sure, or when its first name is not known.
  func restAtHome() -> (piece: Int, skipped: Int)? {
    let known = knownRest
    let bytes = text.bytes.span.extracting(known)
    guard let (length, isRoot) = Self.homeParent(bytes) else { return nil }
    if bytes.count == length { return isRoot && isKnown ? (0, known.upperBound) : nil }
    let rest = PathRest(piece: 0, skipped: known.lowerBound + length + 1)
    if isRoot { return (rest.piece, rest.skipped) }
    let after = afterComponent(rest)
    return (after.piece, after.skipped)
  }

  /// How long the first name of a path below `/` is if home directories lie in it, and whether it
  /// is one itself: `home`, `Users` and `root`.
  fileprivate static func homeParent(_ bytes: Span<UInt8>) -> (length: Int, isRoot: Bool)? {
    var end = 0
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") {
      end += 1
      if end > 5 { return nil }
    }
    let name = bytes.extracting(0..<end)
    if PlaceReader.isName(name, "root") { return (end, true) }
    let isParent = PlaceReader.isName(name, "home") || PlaceReader.isName(name, "Users")
    return isParent ? (end, false) : nil
  }

  /// Of a path below a home directory, of a name if it is known, to an absolute directory: it may
  /// be `/home/name`.
  private func relationOfHome(
    _ place: borrowing FoundDirectory, _ rest: PathRest, name: Range<Int>?,
    _ places: inout [UInt8]
  ) -> PlaceRelation {
    let other = place.rest.span
    guard let (length, isRoot) = Self.homeParent(other) else { return .apart }
    var end = length + 1
    if isRoot {
      if let name, !isRootName(name) { return .apart }
    } else {
      if other.count == end { return PlaceRelation.apart.orPerhaps(PlaceRelation(.true, .false)) }
      let start = end
      while other[end] != UInt8(ascii: "/") { end += 1 }
      if let name {
        guard name.count == end - start else { return .apart }
        for index in 0..<name.count
        where text.bytes[name.lowerBound + index] != other[start + index] { return .apart }
      }
      end += 1
    }
    let found = compare(rest, other.extracting(end..<other.count), &places)
    return PlaceRelation.apart.orPerhaps(found)
  }

  private func isRootName(_ range: Range<Int>) -> Bool {
    PlaceReader.isName(text.bytes.span.extracting(range), "root")
  }

  /// What follows the component that a place is in; nothing when it is the last.
  private func afterComponent(_ rest: PathRest) -> PathRest {
    var rest = rest
    while rest.piece < text.pieces.count {
      let piece = text.pieces[rest.piece]
      if piece.kind == .literal {
        for index in min(rest.skipped, piece.count)..<piece.count
        where text.bytes[piece.start + index] == UInt8(ascii: "/") {
          return PathRest(piece: rest.piece, skipped: index + 1)
        }
      }
      rest = PathRest(piece: rest.piece + 1, skipped: 0)
    }
    return rest
  }

  /// Compares what follows two like roots.
  private func compare(
    _ rest: PathRest, _ place: Span<UInt8>, _ places: inout [UInt8]
  ) -> PlaceRelation {
    if place.isEmpty { return PlaceRelation(.true, .false) }
    var known = 0..<0
    if rest.piece < text.pieces.count, text.pieces[rest.piece].kind == .literal {
      let range = text.pieces[rest.piece].range
      known = min(range.lowerBound + rest.skipped, range.upperBound)..<range.upperBound
    }
    let end = place.count - 1
    var equal = 0
    while equal < min(known.count, place.count),
      text.bytes[known.lowerBound + equal] == place[equal]
    {
      equal += 1
    }
    if equal == place.count { return PlaceRelation(.true, .false) }
    if rest.piece + 1 >= text.pieces.count,
      known.count > 0 || rest.piece >= text.pieces.count
        || text.pieces[rest.piece].kind == .literal
    {
      if equal == end, known.count == end { return PlaceRelation(.true, .false) }
      let encloses =
        equal == known.count && (equal == 0 || place[equal] == UInt8(ascii: "/"))
      return PlaceRelation(.false, Truth(encloses))
    }
    if equal < known.count { return .apart }
    let next = rest.piece + (known.isEmpty ? 0 : 1)
    if equal == end, next < text.pieces.count, text.pieces[next].kind == .below {
      return PlaceRelation(.true, .false)
    }
    let goesOn = text.follow(
      rest.piece..<text.pieces.count, skipping: rest.skipped, place, &places)
    var encloses = false
    for index in 0..<end where places[index] != 0 && place[index] == UInt8(ascii: "/") {
      encloses = true
    }
    let inside = goesOn || places[end] != 0 || places[place.count] != 0
    return PlaceRelation(inside ? .unknown : .false, encloses ? .unknown : .false)
  }
}

// MARK: Known paths

extension PathText {
  /// How a known path below `/` lies to a directory of a policy; nil where that takes longer to
  /// find out.
  ///
  /// PERF: nearly all paths are known, and this copies nothing.
  func relation(
    to kind: PlaceSet.Kind, _ place: Span<UInt8>, _ context: borrowing PathContext
  ) -> PlaceRelation? {
    guard root == .absolute, isKnown, !isRootAlone else { return nil }
    let path = text.bytes.span.extracting(knownRest)
    switch kind {
    case .absolute: return Self.compare(path, place)
    case .home: return Self.homeParent(path) == nil ? .apart : nil
    case .project:
      guard context.hasProject, context.project.root == .absolute, !PathBuilder.begins(place, "../")
      else { return nil }
      return Self.compare(path, context.project, place)
    case .cwd:
      guard context.hasCwd, context.cwd.root == .absolute else { return nil }
      return Self.compare(path, context.cwd, place)
    default: return nil
    }
  }

  /// Compares a path with what lies at a place below a directory, all below `/`.
  private static func compare(
    _ path: Span<UInt8>, _ directory: borrowing PathText, _ place: Span<UInt8>
  ) -> PlaceRelation {
    let prefix = directory.text.bytes.span.extracting(directory.knownRest)
    if prefix.isEmpty { return compare(path, place) }
    for offset in 0..<min(path.count, prefix.count) where path[offset] != prefix[offset] {
      return .apart
    }
    let slash = UInt8(ascii: "/")
    if path.count < prefix.count {
      return PlaceRelation(.false, Truth(prefix[path.count] == slash))
    }
    if path.count == prefix.count {
      return place.isEmpty ? PlaceRelation(.true, .false) : PlaceRelation(.false, .true)
    }
    if path[prefix.count] != slash { return .apart }
    return compare(path.extracting((prefix.count + 1)..<path.count), place)
  }

  /// Compares a path with a directory's names, each before a `/`, both below one directory.
  private static func compare(_ path: Span<UInt8>, _ place: Span<UInt8>) -> PlaceRelation {
    if place.isEmpty { return PlaceRelation(.true, .false) }
    let end = place.count - 1
    var equal = 0
    while equal < min(path.count, end), path[equal] == place[equal] { equal += 1 }
    let slash = UInt8(ascii: "/")
    if equal == end {
      let isInside = path.count == end || path[end] == slash
      return isInside ? PlaceRelation(.true, .false) : .apart
    }
    return equal == path.count && place[equal] == slash
      ? PlaceRelation(.false, .true) : .apart
  }
}
