import Foundation
import Testing
import TractatusSemantics
import TractatusSource

/// A golden case: rule files and the diagnostics that they give.
///
/// Sections begin with `-- name --`: one for each file, whose folder `root1/` sets its rules root,
/// and `-- diagnostics --` last.
struct GoldenCase: CustomTestStringConvertible {
  var url: URL
  var files: [(name: String, text: String)] = []
  var expected = ""

  var testDescription: String { url.lastPathComponent }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// Every case in the folder, by name.
  static func all() throws -> [GoldenCase] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "case" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try GoldenCase(url: $0) }
  }

  init(url: URL) throws {
    self.url = url
    var section: String?
    var text = ""
    func close(_ result: inout GoldenCase) {
      guard let section else { return }
      if section == "diagnostics" {
        result.expected = text
      } else {
        result.files.append((section, text))
      }
    }
    for line in try String(contentsOf: url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
        close(&self)
        section = String(line.dropFirst(3).dropLast(3))
        text = ""
      } else {
        text += line + "\n"
      }
    }
    // The file ends with a line feed, after which there is no line.
    if text.hasSuffix("\n\n") { text.removeLast() }
    close(&self)
  }

  /// The files, parsed and in the order given by `order`, and their sources.
  func parsed(order: [Int]? = nil) -> (files: [ParsedFile], sources: SourceSet) {
    var sources = SourceSet()
    var parsed: [ParsedFile] = []
    for index in order ?? Array(files.indices) {
      let source = sources.add(name: files[index].name, bytes: Array(files[index].text.utf8))
      let root = files[index].name.hasPrefix("root1/") ? 1 : 0
      parsed.append(ParsedFile(parsing: source, rulesRoot: root))
    }
    return (parsed, sources)
  }

  /// The case as it is written, with other diagnostics.
  func written(with diagnostics: String) -> String {
    let sections = files.map { "-- \($0.name) --\n\($0.text)" }
    return sections.joined() + "-- diagnostics --\n" + diagnostics
  }
}
