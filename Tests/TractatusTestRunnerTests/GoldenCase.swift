import Foundation

/// A case of `Golden`: sections `-- name --`, the files of a policy and what is expected of them.
struct GoldenCase {
  var path: URL
  var sections: [(name: String, text: String)]

  /// Every case of a folder, by name.
  static func all(in name: String = "Golden") throws -> [GoldenCase] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".case") }.sorted()
      .map { try GoldenCase(folder.appendingPathComponent($0)) }
  }

  init(_ path: URL) throws {
    self.path = path
    sections = []
    for line in try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    for index in sections.indices { sections[index].text = Self.ended(sections[index].text) }
  }

  /// The text with one newline at its end.
  private static func ended(_ text: String) -> String {
    text.trimmingCharacters(in: .newlines) + "\n"
  }

  /// The text of a section, empty when it is not there.
  func text(_ name: String) -> String { sections.first { $0.name == name }?.text ?? "" }

  /// Whether a section is as expected; with `UPDATE_GOLDEN=1` writes it, and is still false when
  /// it was not.
  func matches(_ name: String, _ actual: String) throws -> Bool {
    let actual = Self.ended(actual)
    if text(name) == actual { return true }
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else { return false }
    var updated = sections.filter { $0.name != name }
    updated.append((name, actual))
    let content = updated.map { "-- \($0.name) --\n\($0.text)" }.joined()
    try content.write(to: path, atomically: true, encoding: .utf8)
    return false
  }
}
