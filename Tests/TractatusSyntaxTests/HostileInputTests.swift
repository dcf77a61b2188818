import Testing
import TractatusSource

@testable import TractatusSyntax

@Suite("Hostile input")
struct HostileInputTests {
  @Test("10,000 random byte strings parse without a trap and print back")
  func randomBytes() {
    var random = SeededGenerator(seed: 20_261_121)
    for _ in 0..<10_000 {
      let length = Int.random(in: 0..<80, using: &random)
      parseChecked((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test("a list in which `instead of` stands for a value comes to an end")
  func insteadInList() {
    for text in [
      "let a = [b instead of c", "let a = [instead of]", "let a = [b, instead of c]",
      "rule r { replaces: [a instead of b] on any deny }", "let a = {b: instead of c}",
      "type a = one of [b instead of c]", "type a = {b: instead of}",
    ] {
      parseChecked(Array("policy a \"A\" version \"1\"\n\(text)\n".utf8))
    }
  }

  /// Pieces of which files are made, and some of which none should be.
  private static let pieces: [String] =
    Word.allCases.map(\.rawValue)
    + [
      "name", "a.b", "`on`", "\"text\"", "\"{a}\"", "\"\"\"\nblock\n\"\"\"", "/re/i", "12", "0.5",
      "30%", "2026-12-31", "2026-12-31T00:00:00Z", "{", "}", "{", "}", "[", "]", "(", ")", ",",
      ":", ".", "..", "?", "=", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "//c\n",
      "///d\n", "\n", "\n", "\n", "@", "\u{202E}", "é", "&&", "'x'", "\"", "`", "\u{0}", "-r",
      "--force", "flag -a -b-c.d",
      "option -o takes path", "---", "-4",
    ]

  @Test("10,000 random sequences of tokens parse without a trap and print back")
  func randomTokens() {
    var random = SeededGenerator(seed: 7)
    for round in 0..<10_000 {
      var text = round.isMultiple(of: 2) ? "policy a \"A\" version \"1\"\n" : ""
      for _ in 0..<Int.random(in: 1..<30, using: &random) {
        text += Self.pieces.randomElement(using: &random) ?? ""
        text += Bool.random(using: &random) ? " " : "\n"
      }
      parseChecked(Array(text.utf8))
    }
  }

  @Test("the sample with random bytes, deletions and repetitions parses without a trap")
  func mutatedSample() {
    var random = SeededGenerator(seed: 99)
    let sample = Array(sampleFile.utf8)
    for _ in 0..<1_500 {
      let start = Int.random(in: 0..<sample.count, using: &random)
      var bytes = Array(sample[start..<min(sample.count, start + 600)])
      for _ in 0..<Int.random(in: 1..<6, using: &random) where !bytes.isEmpty {
        let place = bytes.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[place], at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1..<40, using: &random))
          bytes.removeSubrange(place..<end)
        }
      }
      parseChecked(bytes)
    }
  }

  @Test(
    "great depth of anything is one complaint and does not overflow the stack",
    arguments: [
      "(", "[", "{", "not ", "a == [", "(not ", "{a:", "list of ", "[{a: [", "subcommand a { ",
      "any c in d satisfies (c writes not within [",
    ])
  func deep(_ piece: String) {
    for head in [
      "let x = ", "type t = ", "rule r { on any deny when ", "threshold t { factor a 1% = ",
      "program p { ",
    ] {
      let text = "policy a \"A\" version \"1\"\n" + head + String(repeating: piece, count: 20_000)
      let tree = Parser.parse(SourceText(name: "deep", text: text))
      #expect(tree.diagnostics.hasErrors)
      #expect(tree.tokens.count > 10_000)
    }
  }

  @Test("depth of a million does not overflow the stack", arguments: ["(", "not "])
  func deepest(_ piece: String) {
    let text = "let x = " + String(repeating: piece, count: 1_000_000)
    #expect(Parser.parse(SourceText(name: "deep", text: text)).diagnostics.hasErrors)
  }

  @Test("a declaration after a part that nests too deeply is still parsed")
  func afterDepth() {
    let text =
      "policy a \"A\" version \"1\"\nlet x = " + String(repeating: "(", count: 500)
      + "\nrule r \"R\" {\n  on any\n  deny\n}\n"
    let tree = Parser.parse(SourceText(name: "deep", text: text))
    #expect(FileView(tree, tree.root)?.declarations.count == 2)
    #expect(tree.diagnostics.count == 1, "\(tree.diagnostics.map(\.message))")
  }

  @Test("64 levels are taken, and one more is not")
  func exactDepth() {
    func text(_ levels: Int) -> String {
      "policy a \"A\" version \"1\"\nlet x = "
        + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(complaints(text(64)) == [])
    #expect(complaints(text(65)).count == 1)
  }

  @Test(
    "a long file of one broken thing costs no more than its length",
    arguments: [
      "@", "\"", "{", "}", "rule ", "deny ", "\u{202E}", "`", "a b ", "instrution x ", "/", "#\n",
      "a\n",
      "let a ", "x.", "a and ", "\\", "rule r { ", "rule r { x\n", "a macthes /x/ ", "{a:", "[a ",
      "program p { flag ---x ", "flag -a ", "program p { falg -a ", "falg -a -b\n", "program a, ",
      "let a = b runs \"c\" with d ", "let a = b only writes within ",
    ])
  func floods(_ piece: String) {
    let text = String(repeating: piece, count: 50_000 / piece.utf8.count)
    let tree = Parser.parse(SourceText(name: "flood", text: text))
    #expect(tree.diagnostics.count <= 1_002)
    #expect(tree.printed == Array(text.utf8))
  }
}
