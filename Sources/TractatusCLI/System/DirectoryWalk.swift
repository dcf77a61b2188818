import Glibc

/// Finds the rule files under a directory, in the order of their names.
package enum DirectoryWalk {
  /// Directories within directories that are entered.
  package static let depthLimit = 64

  /// What a path names.
  package enum Kind: Equatable, Sendable {
    case file, directory, other
  }

  /// Identifies a file whatever path leads to it.
  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  /// Files and directories that were met.
  ///
  /// PERF: the first set of a type of its own costs as much as looking through dozens of them.
  private struct Seen {
    private static let listLimit = 64
    private var list: [Identity] = []
    private var set: Set<Identity> = []
    /// How many entries may still be looked at.
    var entriesLeft = Int.max

    /// Notes one; false when it was met before.
    mutating func insert(_ identity: Identity) -> Bool {
      if list.count == Self.listLimit {
        if set.isEmpty { set = Set(list) }
        return set.insert(identity).inserted
      }
      if list.contains(identity) { return false }
      list.append(identity)
      return true
    }
  }

  /// What the path names, links followed.
  ///
  /// - Throws: `SystemError`.
  package static func kind(of path: String) throws(SystemError) -> Kind {
    try look(at: path).kind
  }

  /// The paths of all regular files below `root` whose names end in `suffix`, ascending by path.
  ///
  /// Names that begin with a dot are passed over. Links are followed; a file or directory that
  /// several paths lead to is taken once, by the first, so cycles end.
  ///
  /// - Parameter entryLimit: the most files and folders that are looked at.
  /// - Throws: the path that failed, and why: an entry that cannot be read is never passed over.
  package static func files(
    under root: String, suffix: String, entryLimit: Int = .max
  ) throws(WalkError) -> [String] {
    var seen = Seen()
    seen.entriesLeft = entryLimit
    var found: [String] = []
    try collect(root, suffix: suffix, depth: 0, seen: &seen, into: &found)
    return found
  }

  /// A path in a walk that could not be read.
  package struct WalkError: Error {
    package var path: String
    package var error: SystemError
  }

  private static func collect(
    _ directory: String, suffix: String, depth: Int, seen: inout Seen,
    into found: inout [String]
  ) throws(WalkError) {
    guard depth <= depthLimit else {
      throw WalkError(path: directory, error: .failed("more than \(depthLimit) folders deep"))
    }
    for name in try entries(of: directory) where !name.hasPrefix(".") {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      guard seen.entriesLeft > 0 else {
        throw WalkError(path: directory, error: .failed("it holds too many files and folders"))
      }
      seen.entriesLeft -= 1
      let entry: (kind: Kind, identity: Identity)
      do throws(SystemError) {
        entry = try look(at: path)
      } catch {
        // A dangling link with another name than a rule file's is nobody's rules.
        guard name.hasSuffix(suffix) else { continue }
        throw WalkError(path: path, error: error)
      }
      switch entry.kind {
      case .directory:
        guard seen.insert(entry.identity) else { continue }
        try collect(path, suffix: suffix, depth: depth + 1, seen: &seen, into: &found)
      case .file where name.hasSuffix(suffix):
        guard seen.insert(entry.identity) else { continue }
        found.append(path)
      case .other where name.hasSuffix(suffix):
        throw WalkError(path: path, error: .failed("it is no regular file"))
      case .file, .other:
        continue
      }
    }
  }

  private static func look(
    at path: String
  ) throws(SystemError) -> (kind: Kind, identity: Identity) {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw SystemError.last(errno) }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      default: .other
      }
    let identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
    return (kind, identity)
  }

  /// The names in a directory, ascending by their bytes.
  private static func entries(of directory: String) throws(WalkError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      throw WalkError(path: directory, error: SystemError.last(errno))
    }
    defer { _ = unsafe closedir(stream) }
    let (names, failure) = unsafe names(in: stream)
    if failure != 0 { throw WalkError(path: directory, error: SystemError.last(failure)) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names that an open directory still yields, in no order, and the error that ended them, or
  /// 0.
  static func names(in stream: OpaquePointer) -> (names: [String], failure: Int32) {
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      // SAFETY: `d_name` is a terminated text within the entry, which lives until the next call.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { characters in
          unsafe String(cString: characters)
        }
      }
      names.append(name)
    }
    return (names, errno)
  }
}
