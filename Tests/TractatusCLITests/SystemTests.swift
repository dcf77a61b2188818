import Foundation
import Testing

@testable import TractatusCLI

@Suite("files and streams")
struct SystemTests {
  @Test("a file is read whole, and a missing, large or wrong one is told apart")
  func reading() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.txt", "hello")
    #expect(try FileReader.read(path, limit: 5) == Array("hello".utf8))
    #expect(throws: SystemError.tooLarge(limit: 4)) { try FileReader.read(path, limit: 4) }
    #expect(throws: SystemError.notFound) { try FileReader.read(path + "x", limit: 4) }
    #expect(throws: SystemError.notFound) { try FileReader.read(path + "/x", limit: 4) }
    #expect(throws: SystemError.isDirectory) { try FileReader.read(folder.path, limit: 4) }
    #expect(throws: SystemError.tooLarge(limit: 9)) { try FileReader.read("/dev/zero", limit: 9) }
    #expect(throws: SystemError.self) { try FileReader.read("a\0b", limit: 9) }
    #expect(try FileReader.read("/dev/null", limit: 0).isEmpty)
  }

  @Test("a file is replaced in one step")
  func replacing() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.txt", "old")
    try FileWriter.replace(path, with: Array("new text".utf8))
    #expect(try FileReader.read(path, limit: 100) == Array("new text".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.txt"])
    #expect(throws: SystemError.notFound) {
      try FileWriter.replace(folder.path + "/none/a.txt", with: [])
    }
  }

  @Test("a walk is sorted, passes over hidden names and ends in cycles")
  func walking() throws {
    let folder = try TemporaryFolder()
    for name in ["b.tract", "a/z.tract", "a/c.txt", ".git/x.tract", "a.tract"] {
      try folder.write(name, "")
    }
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path + "/a/loop", withDestinationPath: "..")
    try files.createSymbolicLink(
      atPath: folder.path + "/twice.tract", withDestinationPath: "b.tract")
    try files.createSymbolicLink(atPath: folder.path + "/dangling", withDestinationPath: "none")
    let found = try DirectoryWalk.files(under: folder.path, suffix: ".tract")
    let names = found.map { String($0.dropFirst(folder.path.count + 1)) }
    #expect(names == ["a/loop/a.tract", "a/loop/b.tract", "a/z.tract"])
  }

  @Test("a rule file that cannot be read stops the walk")
  func danglingRuleFile() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a.tract", withDestinationPath: "none")
    #expect(throws: DirectoryWalk.WalkError.self) {
      try DirectoryWalk.files(under: folder.path, suffix: ".tract")
    }
  }

  /// The lines of a source; nil stands for one past the limit.
  private func lines(_ source: ByteSource, limit: Int) throws -> [String?] {
    var found: [String?] = []
    while let block = try source.nextBlock(limit: limit, beforeWaiting: {}) {
      guard case .lines(let bytes) = block else {
        found.append(nil)
        continue
      }
      var cursor = LineCursor()
      while let line = cursor.next(in: bytes) {
        found.append(String(decoding: bytes[line], as: UTF8.self))
      }
    }
    return found
  }

  @Test("lines are told apart, the last one with or without its newline")
  func lines() throws {
    for (text, wanted) in [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""]),
    ] {
      #expect(try lines(ByteSource(bytes: Array(text.utf8)), limit: 10) == wanted, "\(text)")
    }
  }

  @Test("a line past the limit is skipped to its end")
  func longLines() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 3 * ByteSource.readSize)
    let limit = ByteSource.readSize
    for (text, wanted) in [
      (long, [nil]), (long + "\nb", [nil, "b"]), ("a\n" + long + "\nb\nc", ["a", nil, "b", "c"]),
      (long + "\n\n" + long + "\n", [nil, "", nil]),
    ] {
      let path = try folder.write("long", text)
      #expect(try lines(ByteSource(path: path), limit: limit) == wanted)
    }
  }

  @Test("lines of a file that is larger than one read arrive whole")
  func manyLines() throws {
    let folder = try TemporaryFolder()
    let wanted = (0..<20_000).map { "line \($0)" }
    let path = try folder.write("many", wanted.joined(separator: "\n"))
    #expect(try lines(ByteSource(path: path), limit: 100) == wanted)
  }

  @Test("a sink that cannot be written says so and loses no status")
  func brokenSink() {
    let sink = ByteSink(descriptor: 9_999)
    sink.write("x")
    sink.flush()
    #expect(sink.failure != nil)
    let console = Console(output: ByteSink(descriptor: 9_999))
    #expect(CLI.run(["version"], console: console) == 2)
    #expect(console.errors.text.contains("the output cannot be written"))
  }
}
