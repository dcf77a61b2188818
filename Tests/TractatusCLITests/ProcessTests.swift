import Foundation
import Testing

@Suite("the command as a process")
struct ProcessTests {
  @Test("the README's first command denies with status 1")
  func firstCommand() throws {
    let result = try CommandProcess(["eval", "rules/examples/connect-default-port.json"]).finish()
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("DENY  acme.platform.database_connect\n"))
    #expect(result.output.contains("acme.platform.inst_042"))
    #expect(result.output.contains("port is 27017, expected 27027"))
    #expect(result.output.contains("corrected action\n  port: 27027\n"))
    #expect(result.errors.isEmpty)
  }

  @Test("without a rules folder the core pack decides")
  func noRulesFolder() throws {
    let folder = try TemporaryFolder()
    let command = try CommandProcess(["eval", "--format", "json"], folder: folder.path)
    try command.input.fileHandleForWriting.write(
      contentsOf: Data(#"{"tool":"Bash","parameters":{"command":"ls"}}"#.utf8))
    let result = try command.finish()
    #expect(result.status == 0)
    #expect(result.output.contains(#""packages":{"tractatus.actions":"#))
    #expect(result.output.contains(#""tractatus.core":"#))
  }

  @Test("a stream is answered line by line while the pipe stays open")
  func streaming() throws {
    let command = try CommandProcess(["eval", "--stream", "--rules", "tractatus.core"])
    var answers = ""
    for tool in ["Rocket", "Bash"] {
      let action = #"{"tool":"\#(tool)","parameters":{"command":"ls"}}"# + "\n"
      try command.input.fileHandleForWriting.write(contentsOf: Data(action.utf8))
      // The answer must come before the next action is written: this read waits for it.
      answers += String(decoding: command.output.fileHandleForReading.availableData, as: UTF8.self)
    }
    #expect(answers.split(separator: "\n").count == 2)
    #expect(answers.hasPrefix(#"{"verdict":"ask","#))
    #expect(try command.finish().status == 1)
  }

  @Test("a cold start is measured, and what cannot be measured is said")
  func coldBench() throws {
    let command = ["bench", "--cold", "--runs", "1", "--format", "json"]
    let result = try CommandProcess(command).finish()
    #expect(result.status == 0 && result.errors.isEmpty)
    for name in ["true", "version", "image", "cache", "sources", "lines"] {
      #expect(result.output.contains("\"\(name)_wall_us\":"), "\(name)")
    }
    for (words, reason) in [
      (["none.json"], "none.json` ends with 2"), (["--rules", "none"], "build` ends with 2"),
    ] {
      let refused = try CommandProcess(command + words).finish()
      #expect(refused.status == 2 && refused.output.isEmpty)
      #expect(refused.errors.contains(reason))
    }
  }

  @Test("commands are measured, long lines of every kind among them")
  func commandBench() throws {
    let command = [
      "bench", "--commands", "--rounds", "1", "--sizes", "10", "--bytes", "2000", "--format",
      "json",
    ]
    let result = try CommandProcess(command).finish()
    #expect(result.status == 0 && result.errors.isEmpty)
    for name in ["programs", "decision_median_ns", "facts_median_ns", "parse_median_ns"] {
      #expect(result.output.contains("\"\(name)\":"), "\(name)")
    }
    #expect(result.output.contains(#"{"kind":"nested substitutions","bytes":"#))
  }

  @Test("a reader that is gone ends the command with status 2 and no signal")
  func closedOutput() throws {
    let command = try CommandProcess(["eval", "--stream", "--rules", "tractatus.core"])
    try command.output.fileHandleForReading.close()
    let line = Data((#"{"tool":"Bash","parameters":{"command":"ls"}}"# + "\n").utf8)
    try command.input.fileHandleForWriting.write(contentsOf: line)
    try command.input.fileHandleForWriting.close()
    command.process.waitUntilExit()
    #expect(command.process.terminationReason == .exit)
    #expect(command.process.terminationStatus == 2)
  }
}
