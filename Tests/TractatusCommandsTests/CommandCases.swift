import Foundation
import TractatusPatterns

/// A line of the data in `Tests/Conformance/commands`, and the facts expected of it.
struct CommandCase: Sendable {
  var heading: String
  var input: String
  var expected: String
  var place: String
}

/// The data files of command lines and their facts.
///
/// `program …` declares one for the file, besides those of `programs.tract`. `## …` begins a
/// section. `$ ` begins a line, `> ` goes on with its next line; what follows, indented by two, is
/// expected.
enum CommandCases {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance/commands")

  static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "lines" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// The programs of a file: the common ones, as package 0, and its own, as package 0 as well.
  static func programs(_ url: URL) throws -> ProgramTable {
    let common = try String(
      contentsOf: folder.appendingPathComponent("programs.tract"), encoding: .utf8)
    let own = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
      .filter { $0.hasPrefix("program ") }.joined(separator: "\n")
    return ProgramTable(
      ProgramText.programs(common) + ProgramText.programs(own, package: 0)
        + ProgramText.programs(
          try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
            .filter { $0.hasPrefix("other program ") }
            .map { String($0.dropFirst(6)) }.joined(separator: "\n"), package: 1))
  }

  static func read(_ url: URL) throws -> [CommandCase] {
    var cases: [CommandCase] = []
    var heading = ""
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("## ") {
        heading = String(line.dropFirst(3))
      } else if line.hasPrefix("$ ") {
        cases.append(
          CommandCase(
            heading: heading, input: String(line.dropFirst(2)), expected: "",
            place: "\(url.lastPathComponent):\(number + 1)"))
      } else if line == ">" || line.hasPrefix("> ") {
        cases[cases.count - 1].input += "\n" + line.dropFirst(2)
      } else if line.hasPrefix("  "), !cases.isEmpty {
        cases[cases.count - 1].expected += line.dropFirst(2) + "\n"
      }
    }
    return cases
  }

  /// Writes the facts of each line of a file in the place of what was expected.
  static func rewrite(_ url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    let programs = try programs(url)
    var cases = try read(url)[...]
    var result: [String] = []
    var isInput = false
    func flush() {
      if isInput, let next = cases.popFirst() {
        let text = FactsRendering(facts: facts(next.input, programs)).text
        result += text.split(separator: "\n").map { "  \($0)" }
      }
      isInput = false
    }
    for line in lines {
      if line == ">" || line.hasPrefix("> ") {
        result.append(line)
        continue
      }
      flush()
      if line.hasPrefix("$ ") { isInput = true }
      if !line.hasPrefix("  ") { result.append(line) }
    }
    flush()
    try result.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }
}
