import Foundation
import Testing

@testable import TractatusCLI

@Suite("actions judged within a session")
struct EvalSessionTests {
  private let folder: TemporaryFolder
  private var file: String { folder.path + "/session-state.json" }

  init() throws { folder = try TemporaryFolder() }

  /// A policy in which a deployment needs a comparison within two messages.
  private func rules() throws -> String {
    try folder.write(
      "p.tract",
      """
      policy p "P" version "1"

      monitor {
          component CrossReferenceValidator stale after 2 messages
      }

      action deploy {
          place: text
      }

      requirement compared "Compared before" {
          on deploy
          require CrossReferenceValidator within 2 messages
      }
      """)
  }

  private func eval(_ input: String, _ more: String...) throws -> CommandRun {
    let words = ["eval", "--rules", try rules(), "--session", file, "--format", "json"]
    return run(words + more, input: Array(input.utf8))
  }

  private let action = #"{"action":"deploy","parameters":{"place":"x"}}"#

  @Test("the state is an input and an output: the first decision is a use for the second")
  func goesOn() throws {
    try folder.write("session-state.json", "{}")
    #expect(try eval(action).status == 1)
    #expect(try eval(action).status == 0)
    for _ in 0..<3 {
      #expect(run("session", "record", "--message", "--state", folder.path).status == 0)
    }
    #expect(try eval(action).status == 1)
  }

  @Test("the session's figures win over the action's")
  func wins() throws {
    try folder.write("session-state.json", "{}")
    let boast = """
      {"action":"deploy","parameters":{"place":"x"},"session":{"messages":5},\
      "components":{"CrossReferenceValidator":{"message":5}}}
      """
    #expect(try eval(boast).status == 1)
  }

  @Test("the lines of a stream follow one another")
  func stream() throws {
    try folder.write("session-state.json", "{}")
    let words = ["eval", "--rules", try rules(), "--session", file, "--stream"]
    let result = run(words, input: Array("\(action)\n\(action)\n".utf8))
    let verdicts = result.output.split(separator: "\n").map { $0.prefix(16) }
    #expect(verdicts == ["{\"verdict\":\"deny", "{\"verdict\":\"allo"])
    #expect(run(words + ["--jobs", "2"]).status == 2)
  }

  @Test("a state that is missing or damaged is unknown, said, and not touched")
  func unreadable() throws {
    let missing = try eval(action)
    #expect(missing.status == 1 && missing.errors.contains("T0740"))
    #expect(!FileManager.default.fileExists(atPath: file))
    try folder.write("session-state.json", "{\"version\":1}")
    let damaged = try eval(action)
    #expect(damaged.status == 1 && damaged.errors.contains("checksum"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "{\"version\":1}")
  }
}
