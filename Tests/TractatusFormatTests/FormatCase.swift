import Foundation

/// A golden case: a text and how it is formatted, in sections `-- input --` and `-- formatted --`.
struct FormatCase {
  let path: URL
  let input: String
  let expected: String

  init(path: URL) throws {
    self.path = path
    let content = try String(contentsOf: path, encoding: .utf8)
    let parts = content.components(separatedBy: "-- formatted --\n")
    input = String(parts[0].dropFirst("-- input --\n".count))
    expected = parts.count > 1 ? parts[1] : ""
  }

  var name: String { path.deletingPathExtension().lastPathComponent }

  func update(to text: String) throws {
    let content = "-- input --\n\(input)-- formatted --\n\(text)"
    try Data(content.utf8).write(to: path)
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static var all: [FormatCase] {
    get throws {
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "case" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { try FormatCase(path: $0) }
    }
  }

  /// The root of the repository.
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// The rule files of the repository, by their paths in it.
  static var ruleFiles: [(path: String, bytes: [UInt8])] {
    get throws {
      var files: [(path: String, bytes: [UInt8])] = []
      for folder in ["rules", "Tests/Conformance"] {
        let top = root.appendingPathComponent(folder).resolvingSymlinksInPath()
        let walk = FileManager.default.enumerator(atPath: top.path)
        for name in (walk?.compactMap { $0 as? String } ?? []).sorted()
        where name.hasSuffix(".tract") {
          let bytes = [UInt8](try Data(contentsOf: top.appendingPathComponent(name)))
          files.append((folder + "/" + name, bytes))
        }
      }
      return files
    }
  }
}
