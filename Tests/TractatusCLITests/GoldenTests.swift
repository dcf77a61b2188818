import Foundation
import Testing

/// A command line with its files, and what it prints.
///
/// Sections: `command` (words; `'…'` keeps spaces; `DIR` is the folder of the files), `input` (what
/// is piped in), `file NAME`, then `status`, `output` and `errors`.
struct GoldenCommand {
  let path: URL
  private let given: [(name: String, text: String)]
  private let expected: [String: String]
  private static let results = ["status", "output", "errors"]

  init(path: URL) throws {
    self.path = path
    var sections: [(name: String, text: String)] = []
    let content = try String(contentsOf: path, encoding: .utf8)
    for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if let last = sections.indices.last {
        sections[last].text += line + "\n"
      }
    }
    if let last = sections.indices.last { sections[last].text.removeLast() }
    given = sections.filter { !Self.results.contains($0.name) }
    expected = Dictionary(
      sections.filter { Self.results.contains($0.name) }.map { ($0.name, $0.text) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Runs the command; gives what differs from what is recorded, and rewrites the file if asked.
  func check(updates: Bool) throws -> String? {
    let folder = try TemporaryFolder()
    var input = ""
    var words: [String] = []
    for section in given {
      switch section.name {
      case "command": words = Self.words(section.text, folder: folder.path)
      case "input": input = section.text
      default:
        guard section.name.hasPrefix("file ") else { continue }
        try folder.write(String(section.name.dropFirst(5)), section.text)
      }
    }
    let result = run(words, input: Array(input.utf8))
    let found = [
      "status": "\(result.status)\n", "output": steady(result.output, folder.path),
      "errors": steady(result.errors, folder.path),
    ].filter { !$0.value.isEmpty }
    guard found != expected else { return nil }
    if updates {
      var text = given.map { "-- \($0.name) --\n\($0.text)" }.joined()
      for name in Self.results {
        if let value = found[name] { text += "-- \(name) --\n\(value)" }
      }
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    return Self.results.compactMap { name in
      found[name] == expected[name] ? nil : "\(name):\n\(found[name] ?? "nothing")"
    }.joined(separator: "\n")
  }

  /// The text without what differs from run to run.
  private func steady(_ text: String, _ folder: String) -> String {
    text.replacing(folder, with: "DIR").replacing(/sha256:[0-9a-f]+/, with: "sha256:…")
  }

  private static func words(_ text: String, folder: String) -> [String] {
    var words: [String] = []
    var rest = text.replacing("DIR", with: folder).replacing("\n", with: " ")[...]
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      if rest.first == "'" {
        let end = rest.dropFirst().firstIndex(of: "'") ?? rest.endIndex
        words.append(String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[end...].dropFirst()
      } else {
        let end = rest.firstIndex(of: " ") ?? rest.endIndex
        words.append(String(rest[..<end]))
        rest = rest[end...]
      }
    }
    return words
  }
}

private let goldenPaths: [String] = {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".case") }.sorted().map { folder + "/" + $0 }
}()

@Suite("commands and what they print")
struct GoldenTests {
  @Test("each case prints what it records; UPDATE_GOLDEN=1 rewrites it", arguments: goldenPaths)
  func cases(path: String) throws {
    let golden = try GoldenCommand(path: URL(fileURLWithPath: path))
    let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    if let difference = try golden.check(updates: updates) {
      Issue.record("\((path as NSString).lastPathComponent) differs:\n\(difference)")
    }
  }
}
