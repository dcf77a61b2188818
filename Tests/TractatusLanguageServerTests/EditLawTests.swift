import Foundation
import Testing
import TractatusCompiler
import TractatusLinter
import TractatusSemantics
import TractatusSource

@testable import TractatusLanguageServer

/// A document as an editor holds it: units of UTF-16, lines found by looking.
private struct EditorText {
  var units: [UInt16]

  /// The position of a unit, after the letter of the protocol.
  func position(of place: Int) -> Position {
    var (line, character) = (0, 0)
    var index = 0
    while index < place {
      if units[index] == 13, index + 1 < units.count, units[index + 1] == 10 {
        if index + 1 == place { return Position(line: line, character: character) }
        index += 2
        (line, character) = (line + 1, 0)
      } else if units[index] == 10 || units[index] == 13 {
        index += 1
        (line, character) = (line + 1, 0)
      } else {
        index += 1
        character += 1
      }
    }
    return Position(line: line, character: character)
  }

  var text: String { String(decoding: units, as: UTF16.self) }
}

@Suite("texts that are edited bit by bit")
struct EditLawTests {
  private static let uri = "file:///w/rules/a.tract"

  private static let start = """
    policy acme.app "Äpp 𝄞" version "1.0.0"
    use tractatus.sample
    type environment = one of [dev, production]
    action deploy "Deploy" { target: environment  note: text optional }
    rule first "First" {
        on deploy   // 𝄞 comment
        deny when target == production and note? == "x" because "No {target}."
    }
    rule second "Second" { on bash deny when command runs "rm" because "Gone." }

    """

  private static let pieces = [
    "", "x", "\n", "\r\n", "\r", "𝄞", "é", "{", "}", "\"", "// ", " when ", "deny ", "target",
    "rule t \"T\" { on any deny because \"No.\" }\n", "`", "/", "[", "0", "not ", "note? == \"y\"",
  ]

  @Test("the server's text and diagnostics are those of the edited text", arguments: 1...12)
  func sequences(seed: UInt64) {
    var random = SplitMix(state: seed)
    var editor = EditorText(units: Array(Self.start.utf16))
    let server = LanguageServer(.tests([:]))
    send(server, "initialize", #"{"capabilities":{},"rootUri":"file:///w"}"#, id: 1)
    let text = quoted(editor.text)
    send(
      server, "textDocument/didOpen",
      #"{"textDocument":{"uri":"\#(Self.uri)","languageId":"t","version":1,"text":\#(text)}}"#)
    for round in 0..<6 {
      var changes: [String] = []
      for _ in 0...random.below(3) { changes.append(edit(&editor, &random)) }
      send(
        server, "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"\(Self.uri)\",\"version\":\(round + 2)},"
          + "\"contentChanges\":[\(changes.joined(separator: ","))]}")
      #expect(server.text(of: Self.uri).map { String(decoding: $0, as: UTF8.self) } == editor.text)
      while server.hasWork { server.step() }
      let said = SessionCase.messages(in: server.takeOutput()).last ?? ""
      #expect(published(said) == expected(editor), "\(editor.text)")
    }
  }

  @Test("edits anywhere, halves of pairs included, never end the server", arguments: 1...12)
  func wild(seed: UInt64) {
    var random = SplitMix(state: seed &* 977)
    let server = LanguageServer(.tests([:]))
    send(server, "initialize", #"{"capabilities":{},"rootUri":"file:///w"}"#, id: 1)
    let text = quoted(Self.start)
    send(
      server, "textDocument/didOpen",
      #"{"textDocument":{"uri":"\#(Self.uri)","languageId":"t","version":1,"text":\#(text)}}"#)
    for round in 0..<40 {
      let place = { (random: inout SplitMix) in
        "{\"line\":\(random.below(14) - 1),\"character\":\(random.below(90) - 2)}"
      }
      let piece =
        random.below(8) == 0 ? "\"\\ud834\"" : quoted(Self.pieces[random.below(Self.pieces.count)])
      let range = "{\"start\":\(place(&random)),\"end\":\(place(&random))}"
      send(
        server, "textDocument/didChange",
        "{\"textDocument\":{\"uri\":\"\(Self.uri)\",\"version\":\(round)},"
          + "\"contentChanges\":[{\"range\":\(range),\"text\":\(piece)}]}")
      for method in ["hover", "completion", "definition", "prepareRename"] where round % 5 == 0 {
        send(
          server, "textDocument/\(method)",
          "{\"textDocument\":{\"uri\":\"\(Self.uri)\"},\"position\":\(place(&random))}", id: 5)
      }
    }
    #expect(server.text(of: Self.uri) != nil)
    while server.hasWork { server.step() }
    #expect(!server.takeOutput().isEmpty)
  }

  /// Edits the editor's text, and gives the change as the protocol has it.
  private func edit(_ editor: inout EditorText, _ random: inout SplitMix) -> String {
    let one = place(in: editor, &random)
    let length = random.below(3) == 0 ? random.below(12) : 0
    let other = adjusted(min(editor.units.count, one + length), editor)
    let piece = Self.pieces[random.below(Self.pieces.count)]
    let (start, end) = (editor.position(of: min(one, other)), editor.position(of: max(one, other)))
    editor.units.replaceSubrange(min(one, other)..<max(one, other), with: Array(piece.utf16))
    let range = "{\"start\":\(json(start)),\"end\":\(json(end))}"
    return "{\"range\":\(range),\"text\":\(quoted(piece))}"
  }

  private func place(in editor: EditorText, _ random: inout SplitMix) -> Int {
    adjusted(random.below(editor.units.count + 1), editor)
  }

  /// A place that lies in no pair and in no line end.
  private func adjusted(_ place: Int, _ editor: EditorText) -> Int {
    guard place > 0, place < editor.units.count else { return place }
    let unit = editor.units[place]
    if unit >= 0xDC00, unit <= 0xDFFF { return place - 1 }
    if unit == 10, editor.units[place - 1] == 13 { return place - 1 }
    return place
  }

  /// What `check` and `lint` say of the text, place by place.
  private func expected(_ editor: EditorText) -> [String] {
    let environment = ServerEnvironment.tests([:])
    let file = RuleFile(
      name: "/w/rules/a.tract", bytes: Array(editor.text.utf8), rulesRoot: 0, isNamed: true)
    let policy = PolicyLoader.load(
      [file], builtIns: environment.builtIns, copiesReplaceBuiltIns: true)
    let result = Compilation.compile(policy)
    let findings = Linter.lint(
      LintInput(
        files: result.files, policy: result.checked, hasErrors: result.hasErrors,
        linted: result.testedSources)
    ).findings
    let entries =
      result.diagnostics.map { ReportEntry($0) } + findings.map { ReportEntry($0) }
    let bytes = Array(editor.text.utf8)
    return entries.map { entry in
      let places = [entry.span.start, entry.span.end].map { offset in
        let units = String(decoding: bytes[..<min(Int(offset), bytes.count)], as: UTF8.self).utf16
        let position = editor.position(of: units.count)
        return "\(position.line):\(position.character)"
      }
      return "\(places[0])-\(places[1]) \(entry.code) \(entry.message)"
    }.sorted()
  }

  private struct Published: Decodable {
    struct Params: Decodable { var diagnostics: [Entry] }
    struct Entry: Decodable {
      struct Range: Decodable { var start: Place, end: Place }
      struct Place: Decodable { var line: Int, character: Int }
      var range: Range
      var code: String
      var message: String
    }
    var method: String
    var params: Params
  }

  private func published(_ message: String) -> [String] {
    guard let said = try? JSONDecoder().decode(Published.self, from: Data(message.utf8)) else {
      return ["nothing was published: \(message)"]
    }
    return said.params.diagnostics.map { entry in
      let (start, end) = (entry.range.start, entry.range.end)
      let message = entry.message.split(separator: "\n", omittingEmptySubsequences: false)[0]
      return
        "\(start.line):\(start.character)-\(end.line):\(end.character) \(entry.code) \(message)"
    }.sorted()
  }

  private func send(_ server: LanguageServer, _ method: String, _ params: String, id: Int? = nil) {
    let id = id.map { "\"id\":\($0)," } ?? ""
    server.receive(
      SessionCase.framed("{\"jsonrpc\":\"2.0\",\(id)\"method\":\"\(method)\",\"params\":\(params)}")
    )
    // Edits are taken at once, diagnostics only when they are asked for.
    while server.isWaiting { server.step() }
  }

  private func quoted(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: text, options: [.fragmentsAllowed])
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  private func json(_ position: Position) -> String {
    "{\"line\":\(position.line),\"character\":\(position.character)}"
  }
}

/// Numbers that look random, the same for the same seed.
private struct SplitMix {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(max(1, limit)))
  }
}
