/// The directories that paths of one action start from, as far as the caller supplied them.
///
/// Kept and reused from action to action.
package struct PathContext: Sendable {
  /// The working directory; meaningful with `hasCwd`.
  package private(set) var cwd = PathText()
  /// The root of the project; meaningful with `hasProject`.
  package private(set) var project = PathText()
  /// Whether the working directory is known: supplied, and absolute or below the home directory.
  package private(set) var hasCwd = false
  /// Whether the root of the project is known: supplied, and absolute or below the home directory.
  package private(set) var hasProject = false
  private var builder = PathBuilder()

  /// A context in which nothing is known.
  package init() {}

  /// Forgets both directories.
  package mutating func clear() { (hasCwd, hasProject) = (false, false) }

  /// Sets the working directory. A text that is not an absolute path leaves it unknown.
  package mutating func setCwd(_ text: Span<UInt8>) {
    hasCwd = false
    hasCwd = Self.read(text, &builder, &cwd)
  }

  /// Sets the root of the project. A text that is not an absolute path leaves it unknown.
  package mutating func setProject(_ text: Span<UInt8>) {
    hasProject = false
    hasProject = Self.read(text, &builder, &project)
  }

  /// Whether the same is known as in another.
  package func isSame(as other: borrowing PathContext) -> Bool {
    hasCwd == other.hasCwd && hasProject == other.hasProject
      && (!hasCwd || cwd == other.cwd) && (!hasProject || project == other.project)
  }

  /// Becomes what another is.
  ///
  /// PERF: byte by byte, so that neither keeps the other from changing in its own memory.
  package mutating func take(_ other: borrowing PathContext) {
    (hasCwd, hasProject) = (other.hasCwd, other.hasProject)
    if hasCwd { cwd.take(other.cwd) }
    if hasProject { project.take(other.project) }
  }

  private static func read(
    _ text: Span<UInt8>, _ builder: inout PathBuilder, _ path: inout PathText
  ) -> Bool {
    builder.begin(PathContext.nothing)
    builder.append(plain: text)
    builder.finish(into: &path)
    return path.isKnown && (path.root == .absolute || path.root == .home)
  }

  private static let nothing = PathContext()
}
