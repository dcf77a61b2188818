import TractatusJSON
import TractatusSemantics
import TractatusValues

/// A native action with one parameter that is a command line.
struct ActionLine {
  /// The line.
  let line: String
  private let before: [UInt8]
  private let after: [UInt8]

  /// Why a document has no such line.
  struct Missing: Error {}

  /// Finds a parameter's text in a document that `WitnessBuilder` made.
  init(reading document: [UInt8], parameter: String) throws(Missing) {
    var tape = JSONTape()
    do { try tape.parse(document.span) } catch { throw Missing() }
    guard let parameters = tape.member(.root, "parameters"),
      let node = tape.member(parameters, named: Array(parameter.utf8).span),
      let line = tape.string(node)
    else { throw Missing() }
    self.line = line
    var writer = JSONWriter()
    writer.string(line)
    let spelt = writer.bytes
    guard let place = document.firstRange(of: spelt) else { throw Missing() }
    before = Array(document[..<place.lowerBound])
    after = Array(document[place.upperBound...])
  }

  /// A document that `WitnessBuilder` made, with a parameter's text to be set.
  init(setting parameter: String, in document: [UInt8]) throws(Missing) {
    var writer = JSONWriter()
    writer.string(parameter)
    guard let key = document.firstRange(of: writer.bytes + [UInt8(ascii: ":")]) else {
      throw Missing()
    }
    var text = JSONWriter()
    text.string("true")
    let rest = document[key.upperBound...]
    guard rest.starts(with: text.bytes) else { throw Missing() }
    line = "true"
    before = Array(document[..<key.upperBound])
    after = Array(rest.dropFirst(text.bytes.count))
  }

  /// The document with another line in the place.
  func document(with line: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(line)
    return before + writer.bytes + after
  }
}

/// Other lines that do what a line does: the shell reads them alike, or the programs have the same
/// effects by their declarations.
enum CommandSpellings {
  /// A spelling with what it is; whether another program runs.
  typealias Spelling = (what: String, line: String, isProgram: Bool)

  /// Spellings of a line, the plainest first; none of lines that are more than plain words.
  static func spellings(of text: String, _ programs: [ProgramDeclaration]) -> [Spelling] {
    let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    guard text.utf8.allSatisfy(isPlain), let first = words.first, let initial = first.utf8.first,
      (initial | 0x20) &- 0x61 < 26, !first.utf8.contains(UInt8(ascii: "="))
    else { return [] }
    let rest = words.dropFirst()
    func line(_ words: [String]) -> String { words.joined(separator: " ") }
    var result: [Spelling] = [
      ("more blanks between its words", words.joined(separator: "  "), false),
      ("a quoted letter", line(["\"\(first.prefix(1))\"\(first.dropFirst())"] + rest), false),
      ("a backslash", line(["\\\(first)"] + rest), false),
      ("the program's path", line(["/usr/bin/\(first)"] + rest), false),
      ("a wrapper", line(["command", first] + rest), false),
    ]
    if let last = words.last, words.count > 1 {
      result.append(("a quoted word", line(words.dropLast() + ["'\(last)'"]), false))
    }
    for name in alike(first, programs) {
      result.append(("`\(name)`, which has the same effects", line([name] + rest), true))
    }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || " -_./=:@".utf8.contains(byte)
  }

  /// Programs that are declared to do to their operands what this one does, and nothing less.
  private static func alike(_ name: String, _ programs: [ProgramDeclaration]) -> [String] {
    guard let own = programs.first(where: { $0.names.contains(name) }), !own.body.does.isEmpty
    else {
      return []
    }
    return programs.filter { $0.body.does == own.body.does && $0.names != own.names }
      .compactMap(\.names.first)
  }
}
