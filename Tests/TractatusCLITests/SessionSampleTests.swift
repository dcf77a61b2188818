import Foundation
import Testing

@testable import TractatusCLI

/// Samples of sessions as data, for other implementers, too: `Tests/Conformance/session`.
@Suite("samples of sessions")
struct SessionSampleTests {
  private struct Boundary: Decodable {
    var description: String
    var verdict: String
    var section: String?
  }

  /// What happened to a session, and what its recovery finds, does and says.
  private struct Recovery: Decodable {
    var title: String
    /// Commands before the damage, as words behind `session`.
    var run: [[String]]?
    /// Instructions that are stored before it.
    var store: [String]?
    /// Files that are taken away or overwritten, with their copies.
    var remove: [String]?
    var damage: [String]?
    /// Each issue, most severe first: the severity and how its sentence begins.
    var issues: [String]
    var done: [String]?
    var lost: [String]?
    var exit: Int32
  }

  private static func samples<Sample: Decodable>(_ name: String) throws -> [Sample] {
    let path = "\(repository)/Tests/Conformance/session/\(name).json"
    return try JSONDecoder().decode(
      [Sample].self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test("what is for people to decide stops, and what may be automated passes")
  func boundaries() throws {
    let samples: [Boundary] = try Self.samples("boundaries")
    #expect(samples.count > 25)
    var lines = ""
    for sample in samples {
      let text = try JSONEncoder().encode(sample.description)
      lines += """
        {"tool":"TodoWrite","description":\(String(decoding: text, as: UTF8.self)),"session":\
        {"messages":1,"tokens":0,"token_budget":200000,"tasks":0,"recent_errors":0,\
        "instructions":0,"compactions":0}}

        """
    }
    let words = ["eval", "--rules", "tractatus.core", "--stream"]
    let answers = run(words, input: Array(lines.utf8)).output.split(separator: "\n")
    try #require(answers.count == samples.count)
    for (sample, answer) in zip(samples, answers) {
      #expect(answer.hasPrefix(#"{"verdict":"\#(sample.verdict)""#), "\(sample): \(answer)")
      let rules = ["12.1": "values", "12.2": "agency", "12.3": "irreversible"]
      if let rule = sample.section.flatMap({ rules[$0] }) {
        #expect(answer.contains("tractatus.core.\(rule)\""), "\(sample): \(answer)")
      }
    }
  }

  @Test("a recovery finds what is wrong, mends what can be, and says what was lost")
  func recoveries() throws {
    let samples: [Recovery] = try Self.samples("recovery")
    for sample in samples {
      let folder = try TemporaryFolder()
      let state = folder.path + "/.claude"
      func session(_ words: [String]) -> CommandRun {
        TractatusCLITests.run(
          ["session"] + words + [
            "--state", state, "--rules", "tractatus.claude_code", "--now", "2026-11-21T10:00:00Z",
          ])
      }
      #expect(session(["init"]).status == 0)
      for words in sample.run ?? [] { #expect(session(words).status == 0) }
      for text in sample.store ?? [] {
        let words = ["classify", text, "--store", "--state", state, "--rules", "tractatus.core"]
        #expect(TractatusCLITests.run(words).status == 0)
      }
      for path in (sample.remove ?? []).flatMap({ [$0, $0 + ".bak"] }) {
        try? FileManager.default.removeItem(atPath: state + "/" + path)
      }
      for path in (sample.damage ?? []).flatMap({ [$0, $0 + ".bak"] }) {
        try folder.write(".claude/" + path, "noise")
      }
      let result = session(["recover", "--format", "json"])
      #expect(result.status == sample.exit, "\(sample.title): \(result)")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let report = try #require(object as? [String: Any])
      let issues = (report["issues"] as? [[String: String]] ?? []).map {
        "\($0["severity"] ?? "") \($0["issue"] ?? "")"
      }
      expect(issues, sample.issues, sample.title)
      for issue in report["issues"] as? [[String: String]] ?? [] {
        #expect(issue["command"]?.hasPrefix("tractatus ") == true, "\(sample.title)")
      }
      expect(report["done"] as? [String] ?? [], sample.done ?? [], sample.title)
      expect(report["lost"] as? [String] ?? [], sample.lost ?? [], sample.title)
    }
  }

  private func expect(_ found: [String], _ wanted: [String], _ title: String) {
    #expect(
      found.count == wanted.count && zip(found, wanted).allSatisfy { $0.hasPrefix($1) },
      "\(title): \(found)")
  }
}
