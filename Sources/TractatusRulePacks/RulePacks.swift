/// One file of a built-in rule pack.
package struct PackFile: Sendable {
  /// The path below the repository's `rules`, such as `tractatus/core.tract`.
  package let path: String
  private let text: StaticString

  init(_ path: String, _ text: StaticString) {
    self.path = path
    self.text = text
  }

  /// The package that the file belongs to: the path's first two components.
  package var package: String {
    let stem = path.hasSuffix(".tract") ? String(path.dropLast(6)) : path
    return stem.split(separator: "/").prefix(2).joined(separator: ".")
  }

  /// The file's content.
  package var bytes: [UInt8] {
    // SAFETY: a static text's bytes live as long as the process, and are copied here.
    text.withUTF8Buffer { unsafe Array($0) }
  }

  /// Whether the file holds exactly these bytes.
  package func equals(_ other: [UInt8]) -> Bool {
    // SAFETY: a static text's bytes live as long as the process.
    text.withUTF8Buffer { buffer in
      unsafe buffer.count == other.count && buffer.elementsEqual(other)
    }
  }
}

/// The rule packs that are part of the program.
package enum RulePacks {
  /// The prefix of every built-in package's name, which nobody else's has.
  package static let prefix = "tractatus."

  /// All files, ascending by path.
  package static var files: [PackFile] { EmbeddedPacks.files }

  /// The names of the packages, ascending.
  package static var names: [String] { Set(files.map(\.package)).sorted() }

  /// The files of one package, ascending by path; none when it is not built in.
  package static func files(of package: String) -> [PackFile] {
    files.filter { $0.package == package }
  }
}
