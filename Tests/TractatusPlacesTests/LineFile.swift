import Foundation

/// A file of data: settings, inputs, and what is expected of each input.
///
/// `@ name value` is a setting; `$ text`, `= text` and their like begin an input by a mark; what
/// follows, indented by two, is `question: answer`. With `UPDATE_GOLDEN=1` the answers are written
/// anew, and the test fails.
struct LineFile {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance")
  static let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

  /// A line that differs from what it should be.
  struct Difference: CustomStringConvertible {
    var place: String
    var expected: String
    var actual: String
    var description: String { "\(place): expected `\(expected)`, got `\(actual)`" }
  }

  var url: URL
  /// Sets a setting.
  var set: (String, String) -> Void
  /// Begins an input, by its mark.
  var begin: (String, String) -> Void
  /// Answers a question about the input.
  var answer: (String) -> String

  static func all(in folder: String) -> [URL] {
    let folder = root.appendingPathComponent(folder)
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).filter { $0.pathExtension == "lines" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// Runs through the file; gives the lines that differ.
  func run() throws -> [Difference] {
    var differences: [Difference] = []
    var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    for (number, line) in lines.enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("  ") {
        let question = Self.question(line)
        let result = "  \(question): \(answer(question))"
        if result == line { continue }
        lines[number] = result
        differences.append(
          Difference(
            place: "\(url.lastPathComponent):\(number + 1)", expected: line, actual: result))
      } else {
        let mark = String(line.prefix { $0 != " " })
        let text = String(line.dropFirst(mark.count + 1))
        if mark == "@" {
          let name = String(text.prefix { $0 != " " })
          set(name, String(text.dropFirst(name.count + 1)))
        } else {
          begin(mark, Self.unescaped(text))
        }
      }
    }
    if Self.updates, !differences.isEmpty {
      try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
    }
    return differences
  }

  /// What stands before the answer.
  private static func question(_ line: String) -> String {
    let text = line.dropFirst(2)
    if let end = text.range(of: ": ") { return String(text[..<end.lowerBound]) }
    return String(text.hasSuffix(":") ? text.dropLast() : text)
  }

  /// A text with `\xHH`, `\t`, `\n`, `\r` and `\\` read.
  static func unescaped(_ text: String) -> String {
    var result: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = bytes.first else {
        result.append(byte)
        continue
      }
      bytes.removeFirst()
      switch next {
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "\\"): result.append(next)
      case UInt8(ascii: "x"):
        result.append(UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        bytes = bytes.dropFirst(2)
      default: result += [byte, next]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
