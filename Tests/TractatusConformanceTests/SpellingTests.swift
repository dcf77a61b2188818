import Foundation
import Testing
import TractatusPatterns

@testable import TractatusConformanceSupport

/// The spellings of commands, as bash and the parser of command lines read them.
///
/// `TRACTATUS_SPELLINGS=all` tries every pair of rewrites; else a share of them.
@Suite struct SpellingTests {
  /// Every how many pairs of rewrites one is tried.
  static func step(_ usual: Int) -> Int {
    ProcessInfo.processInfo.environment["TRACTATUS_SPELLINGS"] == "all" ? 1 : usual
  }

  @Test("every rewrite fits some command, and no two have one name")
  func rewrites() {
    let all = SpellingRewrite.all
    #expect(Set(all.map { "\($0.number) \($0.name)" }).count == all.count)
    #expect(Set(all.map(\.number)) == Set(1...11))
    for rewrite in all {
      let fits = SpellingProduct.commands.contains { rewrite(SpelledLine($0)) != nil }
      // These only change what another rewrite has put around a command.
      if !fits { #expect(rewrite.name.hasSuffix("what wraps it"), "\(rewrite.name)") }
    }
  }

  @Test("bash takes every spelling")
  func wellFormed() throws {
    let bash = "/bin/bash"
    guard FileManager.default.isExecutableFile(atPath: bash) else { return }
    var lines: [SpelledLine] = []
    SpellingProduct.forEachSingle { lines.append($1) }
    SpellingProduct.forEachPair(every: Self.step(11)) { lines.append($1) }
    // Strings with a dollar sign are what bash prints of a script that it does not run: one after
    // each line shows that the line has ended there.
    var script = ""
    for (index, line) in lines.enumerated() { script += "\(line.text)\n: $\"mark \(index)\"\n" }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("spellings-\(ProcessInfo.processInfo.processIdentifier)")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: bash)
    process.arguments = ["--norc", "--noprofile", "-D", file.path]
    process.environment = ["PATH": "/nonexistent", "LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let marks = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
      .compactMap { $0.hasPrefix("\"mark ") ? Int($0.dropFirst(6).dropLast()) : nil }
    let missing = zip(marks + [-1], lines.indices).first { $0 != $1 }.map { lines[$1] }
    #expect(process.terminationStatus == 0)
    #expect(missing == nil, "\(missing?.rewrites ?? []): \(missing?.text ?? "")")
    #expect(marks.count == lines.count)
  }

  /// The words of the simple commands of a line, one text each; nil when the line is opaque.
  static func commands(
    _ text: String, _ parser: inout ShellParser, _ line: inout ShellLine
  )
    -> [String]?
  {
    parser.parse(Array(text.utf8).span, into: &line)
    guard !line.isOpaque else { return nil }
    return line.commands.filter { $0.kind == .simple && !$0.words.isEmpty }.map { command in
      command.words.map { index in
        line.words[index].parts.map { part in
          let part = line.parts[part]
          guard part.kind == .literal || part.kind == .glob else { return "{\(part.kind)}" }
          return String(decoding: line.text[part.range], as: UTF8.self)
        }.joined()
      }.joined(separator: " ")
    }
  }

  /// Whether the parser alone sees through a rewrite: it makes the same words of it.
  static func isSeen(_ rewrite: String) -> Bool {
    let number = Int(rewrite.prefix { $0 != " " }) ?? 0
    let changesWords = ["flag", "two dashes", "hashed", "a function of the program"]
    return [1, 2, 3, 4, 5, 9].contains(number) && !rewrite.contains("@W")
      && !rewrite.contains("@S)") && !rewrite.contains("=@S")
      && !rewrite.contains("PS1") && !rewrite.contains("PS4='")
      && !changesWords.contains { rewrite.contains($0) }
  }

  @Test("the parser finds the same commands in every spelling, or says that it cannot")
  func commands() {
    var parser = ShellParser()
    var line = ShellLine()
    var known: [String: [String]] = [:]
    var count = 0
    func check(_ base: SpelledLine, _ spelling: SpelledLine) {
      guard !spelling.mayAsk, spelling.rewrites.allSatisfy(Self.isSeen) else { return }
      let wanted = known[base.text] ?? Self.commands(base.text, &parser, &line) ?? []
      known[base.text] = wanted
      count += 1
      guard let found = Self.commands(spelling.text, &parser, &line) else { return }
      for command in wanted {
        #expect(
          found.contains { $0 == command || $0.hasSuffix(" \(command)") },
          "\(spelling.rewrites): \(spelling.text)")
      }
    }
    SpellingProduct.forEachSingle(check)
    SpellingProduct.forEachPair(every: Self.step(11), check)
    #expect(count > 5000)
  }
}
