import Foundation
import TractatusPatterns

/// A command line of the data in `Tests/Conformance/shell`, and what it is expected to run.
struct ShellCase: Sendable {
  /// The class of hostile input that it belongs to, and whether it is hostile or benign.
  var heading: String
  var input: String
  var expected: String
  /// Where it stands, for messages.
  var place: String
}

/// The data files of command lines.
///
/// `## class 3 hostile: …` begins a section. `$ ` begins a line, `> ` goes on with its next line;
/// `$e ` begins one with escapes (`\t \r \n \\ \xHH`). What follows, indented by two, is expected.
enum ShellCases {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance/shell")

  static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "lines" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  static func all() throws -> [ShellCase] {
    try files().flatMap { try read($0) }
  }

  static func read(_ url: URL) throws -> [ShellCase] {
    var cases: [ShellCase] = []
    var heading = ""
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("## ") {
        heading = String(line.dropFirst(3))
      } else if line.hasPrefix("$ ") || line.hasPrefix("$e ") {
        let isEscaped = line.hasPrefix("$e ")
        let text = String(line.dropFirst(isEscaped ? 3 : 2))
        cases.append(
          ShellCase(
            heading: heading, input: isEscaped ? unescaped(text) : text, expected: "",
            place: "\(url.lastPathComponent):\(number + 1)"))
      } else if line == ">" || line.hasPrefix("> ") {
        cases[cases.count - 1].input += "\n" + line.dropFirst(2)
      } else if line.hasPrefix("  "), !cases.isEmpty {
        cases[cases.count - 1].expected += line.dropFirst(2) + "\n"
      }
    }
    return cases
  }

  static func unescaped(_ text: String) -> String {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = bytes.popFirst() else {
        result.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "x"):
        result.append(UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        bytes = bytes.dropFirst(2)
      default: result.append(next)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Writes what each line of a file gives in the place of what was expected.
  static func rewrite(_ url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    var cases = try read(url)[...]
    var result: [String] = []
    var isInput = false
    func flush() {
      if isInput, let next = cases.popFirst() {
        let text = ShellRendering(line: parsed(next.input)).text
        result += text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      }
      isInput = false
    }
    for line in lines {
      if line == ">" || line.hasPrefix("> ") {
        result.append(line)
        continue
      }
      flush()
      if line.hasPrefix("$") {
        isInput = true
        result.append(line)
      } else if !line.hasPrefix("  ") {
        result.append(line)
      }
    }
    flush()
    try result.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }
}
