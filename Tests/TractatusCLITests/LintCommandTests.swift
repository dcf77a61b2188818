import Foundation
import Testing

@Suite("lint as a command")
struct LintCommandTests {
  private let text = """
    policy acme "Acme" version "1.0.0"

    action deploy "Copy a build" { host: host }

    let unused = ["a"]

    rule release "Releases are a person's" {
        on deploy
        deny when (host == "b.example") because "Not there"
        ask when host ends with "acme.example" because "This goes to {host}."
        example deny  { host: "b.example" }
        example allow { host: "c.example" }
    }

    """

  @Test("--fix writes what changes no decision, once, and the rest stays to be decided")
  func fix() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.tract", text)
    let first = run("lint", file, "--fix", "--now", "2026-11-21")
    #expect(first.status == 1)
    #expect(first.output.contains("3 fixed"))
    let fixed = try String(contentsOfFile: file, encoding: .utf8)
    #expect(fixed.contains("deny when host == \"b.example\" because \"Not there.\""))
    #expect(!fixed.contains("unused") && fixed.contains("ends with"))
    let second = run("lint", file, "--fix", "--now", "2026-11-21")
    #expect(second.output.contains("0 fixed"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == fixed)
    let third = run("lint", file, "--fix-decisions", "--now", "2026-11-21")
    #expect(third.status == 0)
    let decided = try String(contentsOfFile: file, encoding: .utf8)
    #expect(decided.contains("host within \"acme.example\""))
  }

  @Test("a baseline passes what is known, wherever its line moves, and nothing else")
  func baseline() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.tract", text)
    let known = folder.path + "/known"
    #expect(run("lint", file, "--write-baseline", "--baseline", known).status == 0)
    #expect(run("lint", file, "--baseline", known).status == 0)
    try folder.write("a.tract", text.replacing("let unused", with: "\n\nlet unused"))
    #expect(run("lint", file, "--baseline", known).status == 0)
    try folder.write("a.tract", text + "\nlet other = [\"b\"]\n")
    let new = run("lint", file, "--baseline", known, "--format", "compact")
    #expect(new.status == 1)
    #expect(new.output.split(separator: "\n").count == 1 && new.output.contains("`other`"))
  }

  @Test("--fail-on says from where a finding fails")
  func failOn() throws {
    let folder = try TemporaryFolder()
    let note = text.replacing("let unused = [\"a\"]", with: "")
      .replacing("ends with \"acme", with: "within \"acme")
    let file = try folder.write("a.tract", note)
    #expect(run("lint", file).status == 0)
    #expect(run("lint", file, "--fail-on", "note").status == 1)
    #expect(run("lint", file, "--fail-on", "error").status == 0)
  }

  @Test("every format has the same findings, in the same order")
  func formats() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.tract", text)
    let codes = { (format: String) -> [String] in
      run("lint", file, "--format", format, "--color", "never").everything
        .matches(of: /(?:\[|"code":"|"ruleId":"|title=)(L\d{4})/)
        .map { String($0.1) }
    }
    let expected = codes("compact")
    #expect(expected.count == 4)
    for format in ["text", "json", "sarif", "github"] {
      #expect(codes(format) == expected, "\(format)")
    }
    // Notes fail nothing.
    let notes: Set = ["L0404", "L0501"]
    #expect(codes("junit") == expected.filter { !notes.contains($0) })
  }
}

extension CommandRun {
  /// What was printed, results and errors.
  var everything: String { output + errors }
}
