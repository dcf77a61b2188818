import Foundation
import Testing
import TractatusCompiler
import TractatusFormat
import TractatusRulePacks
import TractatusSource
import TractatusSyntax

@testable import TractatusCLI

@Suite("Formatting keeps the meaning")
struct FormatMeaningTests {
  private func compiled(_ files: [RuleFile]) -> CompilationResult {
    let builtIns = RulePacks.files.map {
      BuiltInFile(package: $0.package, name: "<\($0.path)>", bytes: $0.bytes)
    }
    return Compilation.compile(
      PolicyLoader.load(
        files, builtIns: builtIns, packages: [], copiesReplaceBuiltIns: true))
  }

  /// All that the decision tables say, without the places of their clauses.
  private func tables(_ result: CompilationResult) -> [String] {
    guard var lowered = result.lowered else { return [] }
    // The digest is of the files' bytes.
    lowered.digest = ""
    return Emission.allCases.map { $0.text(of: lowered) }
  }

  @Test("the packs and the examples, badly laid out and formatted, have the same decision tables")
  func sameTables() throws {
    let walk = FileManager.default.enumerator(atPath: repository + "/rules")
    let names = (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".tract") }
    var before: [RuleFile] = []
    var after: [RuleFile] = []
    for name in names.sorted() {
      let path = repository + "/rules/" + name
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      before.append(RuleFile(name: name, bytes: bytes, rulesRoot: 0, isNamed: true))
      let result = Formatter.format(Parser.parse(SourceText(name: name, bytes: scattered(bytes))))
      #expect(result.refusal == nil)
      #expect(result.skipped.isEmpty)
      after.append(RuleFile(name: name, bytes: result.bytes, rulesRoot: 0, isNamed: true))
    }
    let (old, new) = (compiled(before), compiled(after))
    #expect(old.diagnostics.map(\.message) == new.diagnostics.map(\.message))
    let isSame = tables(old) == tables(new)
    #expect(isSame)
    #expect(!tables(old).isEmpty)
  }

  /// A file with other white space between its tokens; comments keep their lines.
  private func scattered(_ bytes: [UInt8]) -> [UInt8] {
    let source = SourceText(name: "a", bytes: bytes)
    var result: [UInt8] = []
    var end: UInt32 = 0
    for (number, token) in Parser.tokens(of: source).enumerated() {
      let trivia = bytes[Int(end)..<Int(token.start)]
      let isPlain = !trivia.contains(0x2F) && !trivia.isEmpty
      result += isPlain ? Array((number.isMultiple(of: 3) ? "\n  " : "   ").utf8) : Array(trivia)
      result += bytes[Int(token.start)..<Int(token.end)]
      end = token.end
    }
    return result
  }
}
