import Foundation
import Testing

@testable import TractatusCLI

/// `diff` of program images: by the rules that `build --sources` keeps in them.
@Suite struct DiffImageTests {
  private static let rules = """
    policy acme.a "Acme" version "1"
    use tractatus.actions
    action deploy { size: int }
    rule large "Large" { on deploy deny when size > 10 }
    rule roots "Roots" { on tractatus.actions.bash deny when command runs "rm" with "-r" }

    """

  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Builds an image of rules, and returns its path.
  private func image(_ name: String, _ text: String, _ options: [String]) throws -> String {
    try folder.write("\(name)/rules.tract", text)
    let path = "\(folder.path)/\(name).tbc"
    let built = run(["build", "\(folder.path)/\(name)", "-o", path] + options)
    #expect(built.status == 0, "\(built.errors)")
    return path
  }

  @Test("images that hold their rules are compared by them, with each other and with rules")
  func compared() throws {
    let old = try image("old", Self.rules, ["--sources"])
    let edited = Self.rules.replacingOccurrences(of: "size > 10", with: "size > 20")
    let new = try image("new", edited, ["--sources"])
    for sides in [[old, new], [old, "\(folder.path)/new"], ["\(folder.path)/old", new]] {
      let result = run(["diff", "--fail-on", "loosened"] + sides)
      #expect(result.status == 1, "\(result.errors)")
      #expect(result.output.contains("loosened  acme.a.deploy, by acme.a.large: deny → allow"))
      #expect(result.output.contains("1 loosened, 0 tightened"))
    }
    #expect(run(["diff", "--fail-on", "changed", old, old]).status == 0)
  }

  @Test("an image that holds its rules decides as one that does not")
  func decided() throws {
    let plain = try image("plain", Self.rules, [])
    let full = try image("full", Self.rules, ["--sources"])
    try folder.write("a.json", #"{"action":"acme.a.deploy","parameters":{"size":11}}"#)
    let action = "\(folder.path)/a.json"
    let results = [plain, full].map { run(["eval", "--quiet", "--rules", $0, action]) }
    #expect(results[0].output == results[1].output)
    #expect(results[0].status == results[1].status)
  }

  @Test("an image without its rules says what to do instead")
  func bare() throws {
    let old = try image("old", Self.rules, [])
    let new = try image("new", Self.rules, ["--sources"])
    let result = run(["diff", old, new])
    #expect(result.status == 2)
    #expect(result.errors.contains("`\(old)` holds no rules to compare: build it with `--sources`"))
  }

  @Test("what stands behind an image is not believed")
  func damaged() throws {
    let path = try image("old", Self.rules, ["--sources"])
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func holds(_ changed: [UInt8]) throws -> (status: Int32, errors: String) {
      try Data(changed).write(to: URL(fileURLWithPath: path))
      let result = run(["diff", path, path])
      return (result.status, result.errors)
    }
    // Other rules than those of the program.
    var other = bytes
    let text = Array("size > 10".utf8)
    let start = try #require(
      (0..<other.count - text.count).last { Array(other[$0..<$0 + text.count]) == text })
    other[start + 7] = UInt8(ascii: "2")
    let refused = try holds(other)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("are not what it was built of by this version"))
    // A length that leads nowhere.
    var long = bytes
    for place in 1...8 { long[long.count - 8 - place] = 0xFF }
    #expect(try holds(long).status == 2)
    #expect(try holds(Array(bytes.dropLast(9))).status == 2)
  }
}
