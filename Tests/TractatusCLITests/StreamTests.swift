import Foundation
import Testing

@testable import TractatusCLI

@Suite("streams")
struct StreamTests {
  /// Lines that fill many reads: good ones, ones that meet a rule, and one in seven that is bad.
  private func lines(_ count: Int) -> [String] {
    (0..<count).map { number in
      switch number % 7 {
      case 3: #"{"action":"bash","parameters":{"command":"ls \#(number)""#
      case 5: #"{"tool":"Rocket","parameters":{"number":\#(number)}}"#
      case 6: #"{"hook_event_name":"Stop","number":\#(number)}"#
      default: #"{"action":"bash","parameters":{"command":"ls file-\#(number)"}}"#
      }
    }
  }

  private func evaluate(_ lines: [String], _ words: String...) throws -> CommandRun {
    let folder = try TemporaryFolder()
    let path = try folder.write("stream.jsonl", lines.joined(separator: "\n"))
    return run(["eval", "--stream", "--rules", "tractatus.core"] + words + [path])
  }

  @Test("on several threads the answers are those of one, in the order of the lines")
  func jobs() throws {
    let lines = lines(6_000)
    let one = try evaluate(lines)
    #expect(one.status == 2)
    let answers = one.output.split(separator: "\n")
    #expect(answers.count == lines.count)
    for number in [3, 10, 4_000 / 7 * 7 + 3] {
      #expect(answers[number].contains(#""status":"ERROR""#), "\(number)")
    }
    for jobs in ["2", "5", "0"] {
      let several = try evaluate(lines, "--jobs", jobs)
      #expect(several.status == one.status)
      #expect(several.output == one.output, "\(jobs) jobs")
    }
  }

  @Test("a bad line costs one error decision, and so does one that is too long")
  func badLines() throws {
    let good = #"{"action":"bash","parameters":{"command":"ls"}}"#
    let long = String(repeating: "x", count: 17 << 20)
    for jobs in ["1", "3"] {
      let result = try evaluate([good, "{", good, "", long, good], "--jobs", jobs)
      let codes = result.output.split(separator: "\n").map { line in
        line.firstMatch(of: /"code":"(T\d+)"/).map { String($0.1) } ?? "-"
      }
      #expect(codes == ["-", "T0701", "-", "T0701", "T0710", "-"], "\(jobs) jobs")
      #expect(result.status == 2)
    }
  }

  @Test("the status is the highest of all, whoever found it, and quiet streams say nothing")
  func status() throws {
    let fine = Array(repeating: #"{"action":"bash","parameters":{"command":"ls"}}"#, count: 4_000)
    for jobs in ["1", "2"] {
      #expect(try evaluate(fine, "--jobs", jobs, "--quiet").status == 0)
      let asks = fine + [#"{"tool":"Rocket"}"#] + fine
      let result = try evaluate(asks, "--jobs", jobs, "--quiet")
      #expect(result.status == 1 && result.output.isEmpty)
    }
  }

  @Test("a stream that is not there is one error decision on any number of threads")
  func missing() {
    for jobs in ["1", "4"] {
      let result = run(
        "eval", "--stream", "--rules", "tractatus.core", "--jobs", jobs, "/none/there.jsonl")
      #expect(result.status == 2)
      #expect(result.output.split(separator: "\n").count == 1)
      #expect(result.output.contains("`/none/there.jsonl` does not exist"))
    }
  }

  @Test("jobs are refused without a stream, and where they are no number")
  func usage() {
    #expect(run("eval", "--jobs", "2").errors.contains("`--jobs` needs `--stream`"))
    for text in ["x", "257", "2.5"] {
      let result = run("eval", "--stream", "--jobs", text)
      #expect(result.status == 2)
      #expect(result.errors.contains("`--jobs` takes a number from 0 to 256"), "\(text)")
    }
  }

  @Test("on several threads too a stream is answered while the pipe stays open")
  func streaming() throws {
    let command = try CommandProcess(
      ["eval", "--stream", "--jobs", "2", "--rules", "tractatus.core"])
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

  @Test("on several threads a reader that is gone ends the command with status 2")
  func closedOutput() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("stream.jsonl", lines(20_000).joined(separator: "\n"))
    let command = try CommandProcess(
      ["eval", "--stream", "--jobs", "3", "--rules", "tractatus.core", path])
    try command.output.fileHandleForReading.close()
    command.process.waitUntilExit()
    #expect(command.process.terminationReason == .exit)
    #expect(command.process.terminationStatus == 2)
  }
}
