import Foundation
import Testing

/// What an author does with a file that was typed badly, by the built executable.
///
/// Sections, in the order in which they are done: `file NAME` is written, `run WORDS` shows the
/// status and all that is printed, `shown NAME` shows a file.
struct AuthoringCase {
  let path: String
  private let sections: [(name: String, text: String)]

  init(path: String) throws {
    self.path = path
    var sections: [(name: String, text: String)] = []
    let content = try String(contentsOfFile: path, encoding: .utf8)
    for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if let last = sections.indices.last {
        sections[last].text += line + "\n"
      }
    }
    if let last = sections.indices.last { sections[last].text.removeLast() }
    self.sections = sections
  }

  /// Does all of it; gives what was recorded and what was found.
  func perform() throws -> (recorded: String, found: String) {
    let folder = try TemporaryFolder()
    var found: [(name: String, text: String)] = []
    for section in sections {
      let words = section.name.split(separator: " ").map(String.init)
      switch words[0] {
      case "file":
        try folder.write(words[1], section.text)
        found.append(section)
      case "shown":
        let text = try String(contentsOfFile: folder.path + "/" + words[1], encoding: .utf8)
        found.append((section.name, text))
      default:
        let process = try CommandProcess(Array(words.dropFirst()), folder: folder.path)
        let result = try process.finish()
        let text = "status \(result.status)\n" + result.output + result.errors
        found.append((section.name, text))
      }
    }
    return (Self.text(sections), Self.text(found))
  }

  private static func text(_ sections: [(name: String, text: String)]) -> String {
    sections.map { "-- \($0.name) --\n\($0.text)" }.joined()
  }
}

private let authoringPaths: [String] = {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Authoring"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".case") }.sorted().map { folder + "/" + $0 }
}()

@Suite("a file that was typed badly")
struct AuthoringTests {
  @Test("is explained, fixed, formatted, tested and covered", arguments: authoringPaths)
  func cases(path: String) throws {
    let (recorded, found) = try AuthoringCase(path: path).perform()
    if recorded == found { return }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try found.write(toFile: path, atomically: true, encoding: .utf8)
    }
    Issue.record("\((path as NSString).lastPathComponent) differs:\n\(found)")
  }
}
