import Foundation
import Testing
import TractatusSource

@testable import TractatusSyntax

@Suite("The TextMate grammar")
struct TextMateTests {
  private static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  private static var grammar: TextMateGrammar {
    get throws {
      let path = root.appendingPathComponent("grammar/editors/tractatus.tmLanguage.json")
      return try TextMateGrammar(path: path)
    }
  }

  /// The rule files of the repository and the sample of these tests.
  private static var texts: [(name: String, text: String)] {
    get throws {
      var texts = [(name: "sample", text: sampleFile)]
      for folder in ["rules", "Tests/Conformance"] {
        let top = root.appendingPathComponent(folder)
        let walk = FileManager.default.enumerator(atPath: top.path)
        for name in (walk?.compactMap { $0 as? String } ?? []).sorted()
        where name.hasSuffix(".tract") {
          let path = top.appendingPathComponent(name)
          texts.append((folder + "/" + name, try String(contentsOf: path, encoding: .utf8)))
        }
      }
      return texts
    }
  }

  @Test("colours every token of every rule file as what the lexer takes it for")
  func classes() throws {
    let grammar = try Self.grammar
    let texts = try Self.texts
    #expect(texts.count > 8)
    for (name, text) in texts {
      // By bytes: a unit of UTF-16 counts as many as its scalar has, the second of two none.
      var scopes: [[String]] = []
      let units = grammar.scopes(of: text)
      var place = 0
      for scalar in text.unicodeScalars {
        for _ in scalar.utf8.indices { scopes.append(units[place]) }
        place += scalar.utf16.count
      }
      let source = SourceText(name: name, text: text)
      var wrong: [String] = []
      var end = 0
      for token in Parser.tokens(of: source) {
        for offset in end..<Int(token.start) where !isTrivia(scopes[offset], source, offset) {
          wrong.append("line \(line(source, offset)): \(scopes[offset]) between tokens")
        }
        for offset in Int(token.start)..<Int(token.end) where !fits(token, scopes[offset]) {
          let spelt = source.string(from: token.start, to: token.end)
          wrong.append("line \(line(source, offset)): `\(spelt.prefix(40))` is \(scopes[offset])")
          break
        }
        end = Int(token.end)
      }
      #expect(wrong.prefix(5) == [], "\(name): \(wrong.count)")
    }
  }

  private func line(_ source: SourceText, _ offset: Int) -> Int {
    LineIndex(source).line(at: UInt32(offset))
  }

  /// Whether what lies between tokens is coloured as a comment, and white space as nothing more
  /// than what is around it.
  private func isTrivia(_ scopes: [String], _ source: SourceText, _ offset: Int) -> Bool {
    let isWhite = [0x20, 0x0A, 0x09, 0x0D].contains(source.bytes[offset])
    let isComment = scopes.contains { $0.hasPrefix("comment.") }
    return isWhite ? !scopes.contains { $0.hasPrefix("string.quoted") } : isComment
  }

  private func fits(_ token: Token, _ scopes: [String]) -> Bool {
    func has(_ prefixes: String...) -> Bool {
      scopes.contains { scope in prefixes.contains { scope.hasPrefix($0) } }
    }
    switch token.kind {
    case .endOfFile: return true
    case .word where token.word == nil:
      return has("variable.", "support.type.", "entity.name") && !has("keyword.", "string.")
    case .word:
      // A declaration's name may be spelt like a word.
      return has("keyword.", "constant.language.", "storage.", "entity.name") && !has("string.")
    case .quotedName: return has("variable.other.quoted")
    case .number, .percent, .date, .time: return has("constant.numeric") && !has("string.")
    case .string: return has("string.quoted.double")
    case .blockString: return scopes.isEmpty || has("string.quoted.triple")
    case .regularExpression: return has("string.regexp")
    case .spelling: return has("constant.other.option")
    case .leftBrace, .rightBrace, .leftBracket, .rightBracket, .leftParenthesis,
      .rightParenthesis:
      return has("punctuation.section") && !has("string.")
    case .comma, .colon: return has("punctuation.separator") && !has("string.")
    case .dot: return has("punctuation.accessor")
    default: return has("keyword.operator") && !has("string.", "keyword.operator.word")
    }
  }

  @Test("knows every word of the language and no other")
  func words() throws {
    let grammar = try Self.grammar
    var known: Set<String> = []
    for expression in grammar.expressions where expression.hasPrefix(#"\b(?:"#) {
      guard expression.hasSuffix(#")\b(?!\s*:)"#) else { continue }
      let inner = expression.dropFirst(5).dropLast(#")\b(?!\s*:)"#.count)
      for word in inner.split(separator: "|") {
        #expect(known.insert(String(word)).inserted, "\(word) stands twice")
      }
    }
    #expect(known == Set(Word.allCases.map(\.rawValue)))
  }
}
