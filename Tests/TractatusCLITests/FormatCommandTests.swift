import Foundation
import Testing

@testable import TractatusCLI

@Suite("tractatus fmt")
struct FormatCommandTests {
  private let head = "policy a \"A\" version \"1\"\n"
  private let files = FileManager.default

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("files are formatted where they lie, named, and counted")
  func writing() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("good.tract", head + "use b\n")
    let bad = try folder.write("sub/bad.tract", head + "use   b\nlet a  =  1")
    try folder.write("other.txt", "let   a")
    let result = run("fmt", folder.path)
    #expect(result.status == 0)
    #expect(result.output == "formatted \(bad)\n2 files, 1 formatted\n")
    #expect(result.errors == "")
    #expect(try text(bad) == head + "use b\nlet a = 1\n")
    #expect(try text(good) == head + "use b\n")
    #expect(run("fmt", folder.path).output == "2 files, no changes\n")
    #expect(
      try files.contentsOfDirectory(atPath: folder.path).sorted()
        == ["good.tract", "other.txt", "sub"])
  }

  @Test("--check changes nothing, shows the difference and fails")
  func checking() throws {
    let folder = try TemporaryFolder()
    let before = head + "use b\n\nlet c = 1\nlet d = 2\nlet e = 3\nlet   a  =  1"
    let path = try folder.write("a.tract", before)
    let result = run("fmt", "--check", path)
    #expect(result.status == 1)
    #expect(
      result.output == """
        --- \(path)
        +++ \(path) (formatted)
        @@ -4,4 +4,4 @@
         let c = 1
         let d = 2
         let e = 3
        -let   a  =  1
        \\ No newline at end of file
        +let a = 1
        1 file, 1 to be formatted

        """)
    #expect(try text(path) == before)
    _ = run("fmt", path)
    let again = run("fmt", "--check", path)
    #expect(again.status == 0)
    #expect(again.output == "1 file, no changes\n")
  }

  @Test("the difference is what `patch` takes")
  func patching() throws {
    let patch = "/usr/bin/patch"
    guard files.isExecutableFile(atPath: patch) else { return }
    let folder = try TemporaryFolder()
    let source = try text(repository + "/rules/examples/platform.tract")
    let lines = source.components(separatedBy: "\n").enumerated().map { number, line in
      number % 7 == 3 ? line.replacingOccurrences(of: " ", with: "  ") : line
    }
    let path = try folder.write("a.tract", lines.joined(separator: "\n"))
    let shown = run("fmt", "--check", path).output
    try folder.write("a.diff", shown)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: patch)
    process.arguments = ["-s", path, folder.path + "/a.diff"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(run("fmt", "--check", path).status == 0)
  }

  @Test("standard input is filtered, and checked")
  func filtering() {
    let result = run("fmt", "-", input: head + "use   b")
    #expect(result.status == 0)
    #expect(result.output == head + "use b\n")
    let check = run("fmt", "--check", "-", input: head + "use   b\n")
    #expect(check.status == 1)
    #expect(check.output.hasPrefix("--- <stdin>\n+++ <stdin> (formatted)\n@@ -1,2 +1,2 @@\n"))
    #expect(run("fmt", "--check", "-", input: head).output == "")
    #expect(run("fmt", "-", "a.tract").status == 2)
  }

  @Test("a broken declaration is named and stays, and all else is formatted")
  func broken() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.tract", head + "let   a = 1\nrule  b  { on }\nlet   c = 2\n")
    let result = run("fmt", path)
    #expect(result.status == 0)
    #expect(result.errors == "\(path):3: has a syntax error and is left as it is\n")
    #expect(try text(path) == head + "let a = 1\nrule  b  { on }\nlet c = 2\n")
  }

  @Test("permissions stay, and a file that is formatted is not touched")
  func permissions() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.tract", head + "use   b\n")
    try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    _ = run("fmt", path)
    let first = try files.attributesOfItem(atPath: path)
    #expect(first[.posixPermissions] as? Int == 0o640)
    _ = run("fmt", path)
    let second = try files.attributesOfItem(atPath: path)
    #expect(second[.systemFileNumber] as? Int == first[.systemFileNumber] as? Int)
    #expect(second[.modificationDate] as? Date == first[.modificationDate] as? Date)
  }

  @Test("a link within the folder stays a link, and one that leaves it is refused")
  func links() throws {
    let folder = try TemporaryFolder()
    let outside = try TemporaryFolder()
    let secret = try outside.write("b.tract", head + "use   b\n")
    let path = try folder.write("rules/sub/a.tract", head + "use   a\n")
    let rules = folder.path + "/rules"
    try files.createSymbolicLink(atPath: rules + "/a.tract", withDestinationPath: "sub/a.tract")
    try files.createSymbolicLink(atPath: rules + "/b.tract", withDestinationPath: secret)
    let result = run("fmt", rules)
    #expect(result.status == 2)
    #expect(result.errors.contains("b.tract` leads to `"))
    #expect(result.output == "formatted \(rules)/a.tract\n2 files, 1 formatted\n")
    #expect(try text(path) == head + "use a\n")
    #expect(try text(secret) == head + "use   b\n")
    #expect(try files.destinationOfSymbolicLink(atPath: rules + "/a.tract") == "sub/a.tract")
    #expect(run("fmt", rules + "/b.tract").status == 2)
    #expect(try text(secret) == head + "use   b\n")
  }

  @Test("a file that several paths name is formatted once")
  func twice() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.tract", head + "use   b\n")
    let result = run("fmt", path, folder.path, path)
    #expect(result.output == "formatted \(path)\n1 file, 1 formatted\n")
  }

  @Test("many files are formatted in the order of their names")
  func many() throws {
    let folder = try TemporaryFolder()
    let paths = try (100..<140).map { try folder.write("\($0).tract", head + "use   b\($0)\n") }
    let result = run("fmt", folder.path)
    let lines = paths.map { "formatted \($0)\n" }.joined()
    #expect(result.output == lines + "40 files, 40 formatted\n")
    for (number, path) in paths.enumerated() {
      #expect(try text(path) == head + "use b\(number + 100)\n")
    }
  }

  @Test("what cannot be read or written is said, and the status is 2")
  func problems() throws {
    let folder = try TemporaryFolder()
    #expect(run("fmt", folder.path + "/none").errors.contains("does not exist"))
    #expect(run("fmt", folder.path).errors.contains("holds no rule file"))
    #expect(run("fmt", folder.path).status == 2)
    try folder.write("a.tract", head + String(repeating: "use a @\n", count: 1_200))
    let flood = run("fmt", folder.path)
    #expect(flood.status == 2)
    #expect(flood.errors.contains("has more than 1,000 errors"))
  }

  @Test("a file that changed while it was formatted is not overwritten")
  func changed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.tract", "old")
    let version = try FileVersion(of: path)
    try folder.write("a.tract", "newer")
    #expect(throws: SystemError.self) {
      try FileWriter.replace(path, with: [0x61], unlessChangedSince: version)
    }
    #expect(try text(path) == "newer")
    #expect(try files.contentsOfDirectory(atPath: folder.path) == ["a.tract"])
  }
}
