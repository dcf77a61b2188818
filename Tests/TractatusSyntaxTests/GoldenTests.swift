import Foundation
import Testing
import TractatusSource

@testable import TractatusSyntax

/// A golden case: an input and the text of its diagnostics, in sections `-- name --`.
///
/// `input` is taken as it is; in `escaped input`, `\x{41}` is a byte; `generated input` names an
/// input that is too long for a file.
struct GoldenCase {
  let path: URL
  let sections: [(name: String, text: String)]

  init(path: URL) throws {
    self.path = path
    var sections: [(name: String, text: String)] = []
    let content = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --") {
        sections.append((String(line.dropFirst(3).dropLast(3)), ""))
      } else if let last = sections.indices.last {
        sections[last].text += line + "\n"
      }
    }
    self.sections = sections.map { ($0.name, String($0.text.dropLast())) }
  }

  var input: [UInt8] {
    guard let first = sections.first else { return [] }
    switch first.name {
    case "escaped input": return unescaped(first.text)
    case "generated input": return generated(first.text)
    default: return Array(first.text.utf8)
    }
  }

  private func unescaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let place = rest.range(of: "\\x{"),
      let end = rest[place.upperBound...].firstIndex(of: "}")
    {
      bytes += Array(rest[..<place.lowerBound].utf8)
      if let byte = UInt8(rest[place.upperBound..<end], radix: 16) { bytes.append(byte) }
      rest = rest[rest.index(after: end)...]
    }
    return bytes + Array(rest.utf8)
  }

  private func generated(_ name: String) -> [UInt8] {
    let head = "policy a \"A\" version \"1\"\n"
    switch name.trimmingCharacters(in: .whitespacesAndNewlines) {
    case "too large": return Array(repeating: 0x78, count: SourceText.byteCountLimit + 1)
    case "too many": return Array((head + String(repeating: "use a @\n", count: 1_200)).utf8)
    default: return []
    }
  }

  var expected: String { sections.count > 1 ? sections[1].text : "" }

  func update(to text: String) throws {
    let first = sections.first ?? ("input", "")
    let content = "-- \(first.name) --\n\(first.text)\n-- diagnostics --\n\(text)\n"
    try Data(content.utf8).write(to: path)
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static var all: [GoldenCase] {
    get throws {
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "case" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
        .map { try GoldenCase(path: $0) }
    }
  }
}

@Suite("Diagnostics of the lexer and the parser")
struct GoldenTests {
  private func rendered(_ input: [UInt8]) -> String {
    var sources = SourceSet()
    let source = sources.add(name: "rules.tract", bytes: input)
    let tree = Parser.parse(source)
    var renderer = DiagnosticRenderer(sources: sources)
    // The rest of a flood says nothing new.
    let shown = renderer.render(Array(tree.diagnostics.prefix(1)))
    return tree.diagnostics.count > 100
      ? shown + renderer.render(Array(tree.diagnostics.suffix(1)))
      : renderer.render(tree.diagnostics)
  }

  @Test("each case gives the diagnostics that it records")
  func cases() throws {
    let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    for golden in try GoldenCase.all {
      let found = rendered(golden.input).trimmingCharacters(in: .newlines)
      if found != golden.expected.trimmingCharacters(in: .newlines) {
        Issue.record("\(golden.path.lastPathComponent) differs:\n\(found)")
        if updates { try golden.update(to: found) }
      }
      if golden.input.count < 4_000 { checkLawsEverywhere(golden.input) }
    }
  }

  private func checkLawsEverywhere(_ bytes: [UInt8]) {
    parseChecked(bytes)
    for end in bytes.indices { parseChecked(Array(bytes[..<end])) }
  }

  @Test("every lexical and syntactic code has a golden case")
  func everyCodeHasCase() throws {
    let all = try GoldenCase.all.map { $0.expected }.joined()
    for code in DiagnosticCode.allCases where code.area == .lexical || code.area == .syntax {
      #expect(all.contains("[\(code.identifier)]"), "\(code.identifier) \(code.title)")
    }
  }

  @Test("the fix-its of a case silence its diagnostics")
  func fixItsSettle() throws {
    for golden in try GoldenCase.all {
      let before = Parser.parse(SourceText(name: "a", bytes: golden.input)).diagnostics
      guard before.count == 1, let fixIt = before[0].fixIts.first else { continue }
      var bytes = golden.input
      for edit in fixIt.edits.reversed() {
        bytes.replaceSubrange(
          Int(edit.span.start)..<Int(edit.span.end), with: Array(edit.replacement.utf8))
      }
      let after = Parser.parse(SourceText(name: "a", bytes: bytes)).diagnostics
      #expect(
        !after.contains { $0.code == before[0].code && $0.span.start == before[0].span.start },
        "\(golden.path.lastPathComponent): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
