import Glibc

/// The files that `fmt` is asked to format.
struct FormatTargets {
  /// One of them.
  struct File: Sendable {
    /// The path as it is shown.
    var path: String
    /// The path that it leads to, links resolved.
    var real: String
    /// The folder, links resolved, that the file must lie in.
    var root: String
  }

  private(set) var files: [File] = []

  /// Finds the files that paths name: themselves, or the rule files of a folder. A file that
  /// several paths lead to is taken once.
  ///
  /// - Throws: the first problem, in the order of the paths.
  init(_ paths: [String]) throws(RuleProblem) {
    var seen: Set<String> = []
    for path in paths {
      do throws(SystemError) {
        let isFolder = try DirectoryWalk.kind(of: path) == .directory
        let root = try RealPath.of(isFolder ? path : Self.folder(of: path))
        for file in try isFolder ? Self.walk(path) : [path] {
          let real = try RealPath.of(file)
          if seen.insert(real).inserted { files.append(File(path: file, real: real, root: root)) }
        }
      } catch {
        throw RuleProblem(message: "`\(path)` \(error.explanation)")
      }
    }
  }

  private static func walk(_ folder: String) throws(SystemError) -> [String] {
    do throws(DirectoryWalk.WalkError) {
      return try DirectoryWalk.files(under: folder, suffix: RuleReader.suffix)
    } catch {
      throw .failed("`\(error.path)` \(error.error.explanation)")
    }
  }

  /// The folder that a path names a file in.
  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// Paths with every link in them resolved.
enum RealPath {
  /// The path that a path leads to.
  ///
  /// - Throws: `SystemError`.
  static func of(_ path: String) throws(SystemError) -> String {
    guard !path.utf8.contains(0) else { throw .failed("the name holds a null character") }
    guard let found = unsafe realpath(path, nil) else { throw SystemError.last(errno) }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// Whether a resolved path lies in a resolved folder.
  static func lies(_ path: String, in folder: String) -> Bool {
    folder == "/" || path.hasPrefix(folder + "/")
  }
}
