import Foundation
import TractatusCompiler
import TractatusLanguageServer

/// A session as data: files, what an editor sends, and what it gets.
///
/// Files are sections by their paths; `⟪1⟫` in them marks a place, `␍` is a carriage return. Of
/// `session` each line is a message: its method and its parameters, in which `"@1"` stands for the
/// position of the mark and `"textDocument":"/w/a.tract"` for that document; `open PATH` opens one
/// as it is on disk. A line that begins with `raw ` is sent as it stands, but for `\r` and `\n`;
/// where `quiet` stands neither diagnostics nor the answer to `initialize` are told.
struct SessionCase: CustomStringConvertible {
  let path: String
  let name: String
  private(set) var files: [String: String] = [:]
  private var marks: [String: Position] = [:]
  private var lines: [String] = []
  /// What stands before the first section: what the case is about.
  private let about: String
  private let sections: [(name: String, text: String)]

  var description: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"

  static let all: [SessionCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".case") }.sorted().compactMap { name in
      try? SessionCase(path: folder + "/" + name, name: name)
    }
  }()

  init(path: String, name: String) throws {
    (self.path, self.name) = (path, name)
    var sections: [(name: String, text: String)] = []
    var about = ""
    for line in try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if !sections.isEmpty {
        sections[sections.count - 1].text += line + "\n"
      } else {
        about += line + "\n"
      }
    }
    self.about = about
    self.sections = sections
    for section in sections where section.name.hasPrefix("/") {
      files[section.name] = unmarked(section.text)
    }
    let session = sections.first { $0.name == "session" }?.text ?? ""
    lines = session.components(separatedBy: "\n").filter { !$0.isEmpty }
  }

  private mutating func unmarked(_ text: String) -> String {
    var plain = ""
    var (line, character) = (0, 0)
    var mark: String?
    for scalar in text.unicodeScalars {
      if scalar == "⟪" {
        mark = ""
      } else if scalar == "⟫" {
        if let mark { marks[mark] = Position(line: line, character: character) }
        mark = nil
      } else if mark != nil {
        mark?.unicodeScalars.append(scalar)
      } else {
        plain.unicodeScalars.append(scalar == "␍" ? "\r" : scalar)
        character += UTF16.width(scalar)
        if scalar == "\n" { (line, character) = (line + 1, 0) }
      }
    }
    return plain
  }

  /// What the server sends, a message a line.
  func run() -> String {
    let server = LanguageServer(.tests(files))
    var output = ""
    var id = 0
    let isQuiet = lines.contains("quiet")
    for line in lines where line != "quiet" {
      if line.hasPrefix("raw ") {
        let text = line.dropFirst(4).replacing("\\r", with: "\r").replacing("\\n", with: "\n")
        server.receive(Array(text.utf8))
      } else {
        server.receive(Self.framed(message(line, &id)))
      }
      while server.hasWork { server.step() }
      for message in Self.messages(in: server.takeOutput())
      where !isQuiet || !message.contains("publishDiagnostics") && !line.hasPrefix("initialize ") {
        output += message + "\n"
      }
      if let status = server.exitStatus { output += "exit \(status)\n" }
    }
    return output
  }

  private func message(_ line: String, _ id: inout Int) -> String {
    let parts = line.split(separator: " ", maxSplits: 1)
    let method = String(parts[0])
    var params = parts.count > 1 ? String(parts[1]) : "{}"
    if method == "open" {
      let text = String(decoding: Self.quoted(files[params] ?? ""), as: UTF8.self)
      let uri = "\"uri\":\"file://\(params)\",\"languageId\":\"tractatus\",\"version\":1"
      return #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"#
        + "\(uri),\"text\":\(text)}}}"
    }
    for (mark, place) in marks {
      params = params.replacingOccurrences(
        of: "\"@\(mark)\"", with: "{\"line\":\(place.line),\"character\":\(place.character)}")
    }
    params = params.replacing(/"textDocument":"(\/[^"]*)"/) {
      "\"textDocument\":{\"uri\":\"file://\($0.1)\",\"version\":2}"
    }
    let isNotification =
      ["initialized", "exit", "textDocument/did", "workspace/did", "$/"]
      .contains { method.hasPrefix($0) }
    if isNotification {
      return "{\"jsonrpc\":\"2.0\",\"method\":\"\(method)\",\"params\":\(params)}"
    }
    id += 1
    return "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}"
  }

  private static func quoted(_ text: String) -> [UInt8] {
    let data = try? JSONSerialization.data(
      withJSONObject: text, options: [.fragmentsAllowed, .withoutEscapingSlashes])
    return data.map(Array.init) ?? []
  }

  /// A message after its header.
  static func framed(_ message: String) -> [UInt8] {
    Array("Content-Length: \(message.utf8.count)\r\n\r\n\(message)".utf8)
  }

  /// The contents of the messages in a stream.
  static func messages(in bytes: [UInt8]) -> [String] {
    var reader = MessageReader()
    reader.feed(bytes)
    var found: [String] = []
    while case .message(let content)? = reader.next() {
      found.append(String(decoding: content, as: UTF8.self))
    }
    return found
  }

  /// The case with another `output`.
  func text(_ output: String) -> String {
    var text = about
    for section in sections where section.name != "output" {
      text += "-- \(section.name) --\n\(section.text)"
    }
    return text + "-- output --\n\(output)"
  }
}

extension ServerEnvironment {
  /// A world of some files, with a built-in package.
  static func tests(_ files: [String: String]) -> ServerEnvironment {
    let folders = Set(
      files.keys.flatMap { path in
        path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
      } + ["/w"])
    return ServerEnvironment(
      version: "test",
      builtIns: [
        BuiltInFile(
          package: "tractatus.sample", name: "<tractatus/sample.tract>",
          bytes: Array(Self.sample.utf8))
      ],
      isFolder: { folders.contains($0) },
      ruleFiles: { folder in
        .success(
          files.keys.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".tract") }.sorted())
      },
      read: { files[$0].map { Array($0.utf8) } })
  }

  private static let sample = """
    policy tractatus.sample "Built in" version "1.0.0"
    /// A shell command.
    action bash "Run a shell command" { command: command  timeout: int in 0..600 optional }
    type tier = one of [low, middle, high]
    program rm { deletes operands flag -r -f }

    """
}
