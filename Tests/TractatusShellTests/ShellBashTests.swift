import Foundation
import Testing
import TractatusPatterns

/// What bash itself makes of the data: only its parser is asked, no line is run.
@Suite struct ShellBashTests {
  static let bash = "/bin/bash"

  /// Runs bash with a script on standard input and with nothing that it could start.
  static func ask(_ arguments: [String], _ script: String) -> (status: Int32, output: String)? {
    guard FileManager.default.isExecutableFile(atPath: bash) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: bash)
    process.arguments = ["--norc", "--noprofile"] + arguments
    process.environment = ["PATH": "/nonexistent", "LC_ALL": "C.UTF-8"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return nil
    }
    input.fileHandleForWriting.write(Data(script.utf8))
    try? input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// Whether some opacity says that the line was not parsed.
  func isParsed(_ line: ShellLine) -> Bool {
    !line.opacities.contains { $0.endsParsing && $0.command < 0 }
  }

  /// What the parser refuses although bash takes it, on purpose: tokens that are joined from two
  /// lines, texts that shells read differently, and mistakes that bash finds when it runs a line.
  func isStricter(_ line: ShellLine) -> Bool {
    line.opacities.contains {
      $0.reason == .ambiguous || $0.reason == .continuedToken || $0.reason == .tooMuchText
    }
  }

  @Test("a line is refused by the parser when bash refuses it, and taken when bash takes it")
  func wellFormed() throws {
    for this in try ShellCases.all() {
      guard let (status, _) = Self.ask(["-n"], this.input + "\n") else { return }
      let line = parsed(this.input)
      // Texts of aliases and bodies are parsed here, and by bash not before they are used.
      if this.input.contains("alias ") || isStricter(line) { continue }
      // Extended patterns are an option of bash's, and read whether or not it is set.
      if this.input.contains("echo @(") { continue }
      #expect(isParsed(line) == (status == 0), "\(this.place): \(this.input)")
    }
  }

  @Test("a line as bash prints it back runs the same commands")
  func printed() throws {
    for this in try ShellCases.all() {
      let line = parsed(this.input)
      guard isParsed(line), !line.commands.isEmpty, !this.input.contains("alias ") else {
        continue
      }
      // The body is only declared. A line that bash does not take alone is not put into one.
      guard let (status, _) = Self.ask(["-n"], this.input + "\n"), status == 0 else { continue }
      let script = "probe() {\n\(this.input)\n}\ndeclare -f probe\n"
      guard let (_, output) = Self.ask([], script), output.hasPrefix("probe ()") else { continue }
      let lines = output.components(separatedBy: "\n").dropFirst(2)
      guard let last = lines.lastIndex(of: "}") else { continue }
      let body = lines[..<last].joined(separator: "\n")
      // Bash adds a name here, and a list; and it joins lines before it reads braces.
      if this.input.contains("{1..\\\n") { continue }
      if this.input.contains("coproc ") || this.input.contains("for x;") { continue }
      let words = ShellRendering(line: line).words
      let again = ShellRendering(line: parsed(body)).words
      #expect(words.sorted() == again.sorted(), "\(this.place): \(this.input)\n---\n\(body)")
    }
  }
}
