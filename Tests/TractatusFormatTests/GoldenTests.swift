import Foundation
import Testing
import TractatusSource
import TractatusSyntax

@testable import TractatusFormat

@Suite("The canonical layout")
struct GoldenTests {
  @Test("each case is formatted as it records")
  func cases() throws {
    let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    let cases = try FormatCase.all
    #expect(!cases.isEmpty)
    for one in cases {
      let found = formatted(one.input)
      if found != one.expected {
        Issue.record("\(one.name) differs:\n\(found)")
        if updates { try one.update(to: found) }
      }
    }
  }

  @Test("every kind of node has a case")
  func everyKindHasCase() throws {
    var seen: Set<SyntaxKind> = []
    for one in try FormatCase.all {
      let tree = Parser.parse(SourceText(name: one.name, text: one.input))
      for node in tree.nodes { seen.insert(node.kind) }
    }
    #expect(SyntaxKind.allCases.filter { !seen.contains($0) } == [])
  }

  @Test("no line is longer than 100 columns where it could be broken")
  func linesFit() throws {
    for one in try FormatCase.all where one.name != "broken" {
      for line in formatted(one.input).split(separator: "\n") where line.count > 100 {
        #expect(line.contains("unbreakable") || line.contains("//"), "\(one.name): \(line)")
      }
    }
  }

  @Test("a text on one line, and one with every token on its own, become what they should be")
  func layoutOfTheInputDoesNotMatter() throws {
    for one in try FormatCase.all where !one.input.contains("//") && !one.input.contains("\"\"\"") {
      let source = SourceText(name: one.name, text: one.input)
      let tree = Parser.parse(source)
      guard tree.diagnostics.isEmpty else { continue }
      for separator in [" ", "\n", "\t", "\r\n", "\n\n\n  "] {
        formatChecked(respaced(tree, separator))
      }
    }
  }

  /// The tokens of a file with one text between those that had something between them.
  private func respaced(_ tree: SyntaxTree, _ separator: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in tree.tokens.indices {
      let token = TokenID(rawValue: UInt32(index))
      if !tree.triviaSpan(before: token).isEmpty { bytes += Array(separator.utf8) }
      bytes += Array(tree.bytes(of: token))
    }
    return bytes
  }
}
