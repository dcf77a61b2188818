import Foundation

/// A command line of `Tests/Conformance/shell/corpus`, and the verdict that it is owed.
///
/// It is judged in the project `/work/app`, with that as its current folder, the home folder
/// unknown, and no facts.
package struct CorpusCase: Sendable {
  /// The verdict that a line is owed.
  package enum Expectation: String, Sendable {
    /// Nothing may stop it.
    case pass
    case deny
    case ask
    /// `deny` or `ask`.
    case held
  }

  /// The class of hostile input, 1 to 17; 0 for a command of an ordinary day.
  package var classNumber: Int
  /// Whether it is a hostile line; else it is a benign one.
  package var isHostile: Bool
  /// The verdict that it is owed.
  package var expectation: Expectation
  /// Why: the text of its group's heading.
  package var reason: String
  /// The command line.
  package var input: String
  /// File and line, for messages.
  package var place: String
}

/// The reader of the corpus.
///
/// `## class 3 hostile deny: …`, `## class 3 benign pass: …` and `## day pass: …` begin a group,
/// and say its reason. `$ ` begins a line, `> ` (or `>` alone) goes on with its next line; `$e `
/// begins one with escapes (`\t \r \n \\ \xHH`). `# ` is a comment. Anything else is an error.
package enum ShellCorpus {
  /// The folder of the files.
  package static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance/shell/corpus")

  /// Every case of every file, by name of file and then as written, and what could not be read.
  package static func all() throws -> (cases: [CorpusCase], faults: [String]) {
    var cases: [CorpusCase] = []
    var faults: [String] = []
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    for file in files.sorted(by: { $0.lastPathComponent < $1.lastPathComponent })
    where file.pathExtension == "cases" {
      read(
        try String(contentsOf: file, encoding: .utf8), name: file.lastPathComponent, &cases,
        &faults)
    }
    return (cases, faults)
  }

  /// Reads one file's text; a line that the format does not have is added to `faults`.
  package static func read(
    _ text: String, name: String, _ cases: inout [CorpusCase], _ faults: inout [String]
  ) {
    var group: CorpusCase?
    var isOpen = false
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      let place = "\(name):\(number + 1)"
      let bytes = Array(line.utf8)
      if line.hasPrefix("## ") {
        group = heading(line)
        isOpen = false
        if group == nil { faults.append("\(place): no heading of the format: \(line)") }
      } else if line.hasPrefix("$ ") || line.hasPrefix("$e ") {
        guard var this = group else {
          faults.append("\(place): a line before the first heading")
          continue
        }
        this.input =
          line.hasPrefix("$ ")
          ? String(decoding: bytes.dropFirst(2), as: UTF8.self) : unescaped(bytes.dropFirst(3))
        this.place = place
        cases.append(this)
        isOpen = true
      } else if bytes == Array(">".utf8) || line.hasPrefix("> ") {
        guard isOpen else {
          faults.append("\(place): goes on with nothing")
          continue
        }
        cases[cases.count - 1].input += "\n" + String(decoding: bytes.dropFirst(2), as: UTF8.self)
      } else if bytes.isEmpty || line.hasPrefix("# ") {
        isOpen = false
      } else {
        faults.append("\(place): neither a heading, a line nor a comment: \(line)")
      }
    }
  }

  /// What a heading says; nil for one that the format does not have.
  static func heading(_ line: String) -> CorpusCase? {
    let pattern = /## (?:class (\d{1,2}) (hostile|benign)|day) (deny|ask|held|pass): (.+)/
    guard let match = line.wholeMatch(of: pattern),
      let expectation = CorpusCase.Expectation(rawValue: String(match.3))
    else { return nil }
    let isHostile = match.2 == "hostile"
    guard isHostile != (expectation == .pass) else { return nil }
    return CorpusCase(
      classNumber: match.1.flatMap { Int($0) } ?? 0, isHostile: isHostile,
      expectation: expectation, reason: String(match.4), input: "", place: "")
  }

  /// The text that escapes stand for.
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "\\"): result.append(next)
      case UInt8(ascii: "x"):
        result.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: result += [byte, next]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
