/// A path after lexical normalisation, of which not all need be known.
///
/// No component is empty or `.`, and `..` stands at most at the start of a relative one; after a
/// piece that can be anything nothing is left of what stood before it, for it may hold `..`.
package struct PathText: Sendable, Equatable {
  /// Where a path starts.
  package enum Root: UInt8, Sendable {
    /// `/`
    case absolute
    /// The home directory of whoever acts: `~`.
    case home
    /// The home directory of someone: `~name`, which is the first component.
    case userHome
    /// A directory that the path does not say.
    case relative
    /// Any of these.
    case unknown
  }

  /// Where it starts.
  package internal(set) var root = Root.relative
  /// All of it: `/`, `/a/b`, `~`, `~/a`, `~name/a`, `a/b`, `../a`, or `.` for nothing. Only where
  /// the first name begins with `~` or `$` does a relative one begin with `./`.
  package internal(set) var text = PartialText([UInt8(ascii: ".")])
  /// How many bytes come before the first component: those of `/`, `~/` or `./`; for one without a
  /// component all.
  package internal(set) var rootCount = 1

  /// The path `.`.
  package init() {}

  /// Becomes a known absolute path that is normal.
  mutating func take(normal path: Span<UInt8>) {
    root = .absolute
    rootCount = 1
    text.take(path)
  }

  /// Becomes what another is, in its own memory.
  mutating func take(_ other: borrowing PathText) {
    root = other.root
    rootCount = other.rootCount
    text.removeAll()
    text.append(other.text)
  }

  /// Whether it stands for one path alone.
  package var isKnown: Bool { text.isKnown && root != .unknown }

  /// The bytes of its first piece after the root, up to the first piece that is not known.
  var knownRest: Range<Int> {
    guard let first = text.pieces.first, first.kind == .literal else { return 0..<0 }
    return min(rootCount, first.count)..<first.count
  }

  /// Whether it is relative, and leaves the directory that it starts from for sure nowhere.
  var isBelowStart: Bool {
    guard root == .relative else { return false }
    let known = knownRest
    return known.count < 2 || text.bytes[known.lowerBound] != UInt8(ascii: ".")
      || text.bytes[known.lowerBound + 1] != UInt8(ascii: ".")
  }

  /// Whether it lies below directories that can be any.
  package var isFloating: Bool {
    for piece in text.pieces where piece.kind != .literal {
      return piece.kind == .directories || piece.kind == .any && knownRest.isEmpty
    }
    return false
  }

  /// Whether it has no component at all; not so when that is not known.
  var isRootAlone: Bool { isKnown && text.bytes.count <= rootCount }
}
