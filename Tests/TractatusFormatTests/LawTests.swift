import Foundation
import Testing
import TractatusSource
import TractatusSyntax

@testable import TractatusFormat

@Suite("Laws of formatting")
struct LawTests {
  @Test("every rule file of the repository keeps its tokens, comments and tree")
  func ruleFiles() throws {
    let files = try FormatCase.ruleFiles
    #expect(files.count > 8)
    for file in files { formatChecked(file.bytes) }
  }

  @Test("every shipped rule file has the canonical layout; `tractatus fmt rules` gives it")
  func ruleFilesAreFormatted() throws {
    for file in try FormatCase.ruleFiles where file.path.hasPrefix("rules/") {
      let tree = Parser.parse(SourceText(name: file.path, bytes: file.bytes))
      let isFormatted = Formatter.format(tree).bytes == file.bytes
      #expect(isFormatted, "run `tractatus fmt \(file.path)`")
    }
  }

  /// The declarations of the cases, each with what is before it.
  private func pieces() throws -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    for one in try FormatCase.all {
      let tree = Parser.parse(SourceText(name: one.name, text: one.input))
      for unit in tree.children(of: tree.root) {
        let start = tree.allTokens(of: unit).first.map { tree.triviaSpan(before: $0).start }
        guard let start else { continue }
        pieces.append(Array(tree.source.bytes[Int(start)..<Int(tree.span(of: unit).end)]))
      }
    }
    return pieces
  }

  @Test(
    "a comment in any gap stays, behind its token or on its own line",
    arguments: [" // c\r\n", "\n\n  // c \n\n/// d\n", "\n\r\n\t\n"])
  func commentsEverywhere(_ comment: String) throws {
    for bytes in try pieces() {
      for token in Parser.tokens(of: SourceText(name: "a", bytes: bytes)) {
        var changed = bytes
        changed.insert(contentsOf: Array(comment.utf8), at: Int(token.start))
        formatChecked(changed)
      }
    }
  }

  @Test("a file without any of its tokens, or with one twice, keeps what it has")
  func tokensLost() throws {
    for bytes in try pieces() {
      let tokens = Parser.tokens(of: SourceText(name: "a", bytes: bytes))
      for token in tokens where token.end > token.start {
        let range = Int(token.start)..<Int(token.end)
        formatChecked(Array(bytes[..<range.lowerBound] + bytes[range.upperBound...]))
        formatChecked(Array(bytes[..<range.upperBound] + [0x20] + bytes[range.lowerBound...]))
      }
    }
  }

  @Test("texts with random bytes, deletions and repetitions keep what they have")
  func mutations() throws {
    var random = SeededGenerator(seed: 20_261_121)
    var samples = try FormatCase.all.map { Array($0.input.utf8) }
    samples += try FormatCase.ruleFiles.map(\.bytes)
    for _ in 0..<500 {
      let sample = samples.randomElement(using: &random) ?? []
      let start = Int.random(in: 0..<sample.count, using: &random)
      var bytes = Array(sample[start..<min(sample.count, start + 800)])
      if Bool.random(using: &random) { bytes = Array(sample.prefix(800)) }
      for _ in 0..<Int.random(in: 1..<5, using: &random) where !bytes.isEmpty {
        mutate(&bytes, &random)
      }
      formatChecked(bytes)
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = bytes.indices.randomElement(using: &random) ?? 0
    let end = min(bytes.count, place + Int.random(in: 1..<40, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.removeSubrange(place..<end)
    case 4: bytes.insert(contentsOf: Array(" // note\n".utf8), at: place)
    case 5: bytes.insert(contentsOf: Array("\r\n".utf8), at: place)
    default: bytes.insert(contentsOf: Array("\t \n\n\n".utf8), at: place)
    }
  }

  @Test("random sequences of pieces keep what they have")
  func randomPieces() {
    let pieces =
      Word.allCases.map(\.rawValue) + [
        "name", "a.b", "`on`", "\"text\"", "\"\"\"\nblock\n\"\"\"", "/re/i", "12", "30%", "{", "}",
        "{", "}", "[", "]", "(", ")", ",", ":", ".", "..", "?", "=", "==", "-", "/", "//c\n",
        "///d\n", "\n", "\n", "@", "\u{202E}", "&&", "'x'", "\"", "\u{0}", "flag -a -b-c.d", "#x",
        "rule a { on any deny }\n", "use b\n", "let c = [1, 2]\n", "\u{FEFF}", ";", "\r",
      ]
    var random = SeededGenerator(seed: 7)
    for round in 0..<1_500 {
      var text = round.isMultiple(of: 2) ? "policy a \"A\" version \"1\"\n" : ""
      for _ in 0..<Int.random(in: 1..<30, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
        text += Bool.random(using: &random) ? " " : "\n"
      }
      formatChecked(Array(text.utf8))
    }
  }

  @Test("deep nests and long names are written in proportion to what was read")
  func hostileInput() {
    let head = "policy a \"A\" version \"1\"\n"
    let nest = String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60)
    let name = String(repeating: "n", count: 20_000)
    let texts = [
      head + "let x = \(nest)\nlet y = \(nest)\n",
      head + "let x = \(String(repeating: "[\n", count: 60))\(String(repeating: "]\n", count: 60))",
      head + "let \(name) = a\nlet b = c\n"
        + String(repeating: "let d = \(name.prefix(90)) and e\n", count: 50),
      head + "rule r { \(name): 1\n" + String(repeating: "m: 1\n", count: 2_000) + "on any deny }",
      head + "let \(name) = a" + String(repeating: " and b // c\n", count: 2_000),
      head + "use \(name) // c\n" + String(repeating: "use a // c\n", count: 2_000),
      head + "rule r { on \(name)" + String(repeating: ", b", count: 2_000) + " deny }",
      String(repeating: "// c\n", count: 5_000), String(repeating: "\n", count: 5_000),
      head + String(repeating: "} ", count: 900), String(repeating: "rule a {", count: 900),
    ]
    for text in texts {
      let result = formatChecked(Array(text.utf8))
      #expect(result.bytes.count < 200 * text.utf8.count)
    }
  }
}
