import Foundation
import Testing
import TractatusCompiler
import TractatusRulePacks
import TractatusSemantics
import TractatusSource
import TractatusSyntax

@testable import TractatusCLI

@Suite("which rule files are loaded")
struct RuleReaderTests {
  private func load(
    _ roots: String..., for purpose: RuleReader.Purpose = .deciding
  ) throws -> [String] {
    try RuleReader.load(roots, for: purpose).files.map { file in
      let package = FileView(file.tree, file.tree.root)?.policy?.path?.joined ?? "none"
      let name = (file.source.name as NSString).lastPathComponent
      return "\(package) \(file.rulesRoot)\(file.isBuiltIn ? " built in" : "") \(name)"
    }
  }

  @Test("a pack is loaded by its name, with the packs that it uses")
  func packs() throws {
    let wanted = [
      "tractatus.actions -1 built in actions.tract>",
      "tractatus.core -1 built in core.tract>",
      "tractatus.reasoning -1 built in reasoning.tract>",
    ]
    #expect(try load("tractatus.core").sorted() == wanted)
  }

  @Test("all packs together have no error, so that deciding need not look for contradictions")
  func together() throws {
    let files = try RuleReader.load(RulePacks.names, for: .deciding).files
    #expect(Set(files.map(\.source.name)).count == RulePacks.files.count)
    #expect(files.allSatisfy { $0.tree.diagnostics.isEmpty })
    #expect(PolicyChecker.check(files).diagnostics.isEmpty)
  }

  @Test("files of a folder are loaded in order, each under its root")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.write("one/b.tract", "policy a.b \"B\" version \"1\"")
    try folder.write("one/a.tract", "policy a.b \"B\" version \"1\"")
    try folder.write("two/c.tract", "policy c \"C\" version \"1\"")
    let found = try load(folder.path + "/one", folder.path + "/two/c.tract")
    #expect(found == ["a.b 0 a.tract", "a.b 0 b.tract", "c 1 c.tract"])
  }

  @Test("a built-in package in a folder is loaded only when it is used")
  func shelf() throws {
    let folder = try TemporaryFolder()
    let core = try #require(RulePacks.files(of: "tractatus.actions").first)
    try folder.write("tractatus/actions.tract", String(decoding: core.bytes, as: UTF8.self))
    let own = try folder.write("own.tract", "policy own \"O\" version \"1\"")
    #expect(try load(folder.path) == ["own 0 own.tract"])
    try "policy own \"O\" version \"1\"\nuse tractatus.actions".write(
      toFile: own, atomically: true, encoding: .utf8)
    #expect(
      try load(folder.path)
        == ["own 0 own.tract", "tractatus.actions -1 built in actions.tract"])
    #expect(
      try load(folder.path + "/tractatus/actions.tract")
        == ["tractatus.actions -1 built in actions.tract"])
  }

  @Test("a changed built-in package is refused for deciding and taken for authoring")
  func changedPack() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "core.tract", "policy tractatus.core \"Mine\" version \"9\"\n")
    let refused = try RuleReader.load([path], for: .deciding)
    #expect(refused.diagnostics.map(\.code) == [.builtInDiffers])
    let taken = try load(path, for: .authoring)
    #expect(taken == ["tractatus.core 0 built in core.tract"])
    try folder.write("core.tract", "policy tractatus.own \"Mine\" version \"9\"\n")
    let unknown = try RuleReader.load([folder.path], for: .deciding)
    #expect(unknown.diagnostics.map(\.code) == [.unknownBuiltIn])
  }

  @Test("what cannot be loaded is named")
  func problems() throws {
    let folder = try TemporaryFolder()
    func message(_ root: String) -> String {
      do throws(RuleProblem) {
        _ = try RuleReader.load([root], for: .deciding)
        return "none"
      } catch {
        return error.message
      }
    }
    #expect(message(folder.path) == "`\(folder.path)` holds no rule file (`*.tract`)")
    #expect(
      message("tractatus.cor")
        == "`tractatus.cor` does not exist, nor is it a built-in pack; "
        + "did you mean `tractatus.core`?")
    let big = folder.path + "/big.tract"
    try Data(count: (4 << 20) + 1).write(to: URL(fileURLWithPath: big))
    #expect(message(big) == "`\(big)` is larger than 4 MiB")
  }
}
