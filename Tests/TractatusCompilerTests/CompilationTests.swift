import Foundation
import Testing
import TractatusSource

@testable import TractatusCompiler

@Suite("Compilation")
struct CompilationTests {
  private static let core = BuiltInFile(
    package: "tractatus.core", name: "tractatus/core.tract",
    bytes: Array(
      """
      policy tractatus.core "Core" version "1.0.0"
      use tractatus.base
      """.utf8))
  private static let base = BuiltInFile(
    package: "tractatus.base", name: "tractatus/base.tract",
    bytes: Array(#"policy tractatus.base "Base" version "1.0.0""#.utf8))
  private static let idle = BuiltInFile(
    package: "tractatus.idle", name: "tractatus/idle.tract",
    bytes: Array(#"policy tractatus.idle "Idle" version "1.0.0""#.utf8))
  private static let builtIns = [core, base, idle]

  private func file(_ name: String, _ text: String, isNamed: Bool = false) -> RuleFile {
    RuleFile(name: name, bytes: Array(text.utf8), isNamed: isNamed)
  }

  private func names(_ policy: LoadedPolicy) -> [String] { policy.files.map(\.source.name) }

  private var user: RuleFile {
    file(
      "rules/a.tract",
      """
      policy acme.a "A" version "1"
      use tractatus.core
      """)
  }

  @Test("a used built-in package loads with those that it uses, and no other does")
  func transitiveUse() {
    let policy = PolicyLoader.load([user], builtIns: Self.builtIns)
    #expect(names(policy) == ["rules/a.tract", "tractatus/core.tract", "tractatus/base.tract"])
    #expect(policy.files.map(\.isBuiltIn) == [false, true, true])
    #expect(policy.testedSources == [policy.files[0].source.id])
  }

  @Test("a built-in package loads when it is named")
  func named() {
    let policy = PolicyLoader.load([], builtIns: Self.builtIns, packages: ["tractatus.idle"])
    #expect(names(policy) == ["tractatus/idle.tract"])
  }

  @Test("a copy that is the built-in byte for byte is taken for it")
  func sameCopy() {
    let copy = RuleFile(name: "rules/tractatus/idle.tract", bytes: Self.idle.bytes)
    let policy = PolicyLoader.load([user, copy], builtIns: Self.builtIns)
    #expect(names(policy) == ["rules/a.tract", "tractatus/core.tract", "tractatus/base.tract"])
    #expect(policy.diagnostics.isEmpty)
  }

  @Test("a copy that differs is an error where decisions are made, used or not")
  func otherCopy() {
    let copy = file("rules/base.tract", #"policy tractatus.base "Mine" version "2""#)
    let policy = PolicyLoader.load([copy], builtIns: Self.builtIns)
    #expect(policy.diagnostics.map(\.code) == [.builtInDiffers])
    let result = Compilation.compile(policy)
    #expect(result.program == nil && result.hasErrors)
  }

  @Test("where copies replace built-ins, a copy loads in its place when it is used or named")
  func replacingCopy() {
    let text = #"policy tractatus.base "Mine" version "2""#
    let used = PolicyLoader.load(
      [user, file("rules/base.tract", text)], builtIns: Self.builtIns,
      copiesReplaceBuiltIns: true)
    #expect(names(used) == ["rules/a.tract", "tractatus/core.tract", "rules/base.tract"])
    #expect(used.testedSources.count == 1)
    let unused = PolicyLoader.load(
      [file("rules/base.tract", text)], builtIns: Self.builtIns, copiesReplaceBuiltIns: true)
    #expect(names(unused) == [])
    let named = PolicyLoader.load(
      [file("rules/base.tract", text, isNamed: true)], builtIns: Self.builtIns,
      copiesReplaceBuiltIns: true)
    #expect(names(named) == ["rules/base.tract"])
    #expect(named.testedSources.count == 1)
  }

  @Test("a `tractatus` package that is not built in is an error")
  func unknownBuiltIn() {
    let mine = file("rules/a.tract", #"policy tractatus.mine "Mine" version "2""#)
    #expect(
      PolicyLoader.load([mine], builtIns: Self.builtIns).diagnostics.map(\.code)
        == [.unknownBuiltIn])
  }

  @Test("sources have the same ids in whatever order files are found")
  func orderOfFiles() {
    let other = file("rules/b.tract", #"policy acme.b "B" version "1""#)
    let one = PolicyLoader.load([user, other], builtIns: Self.builtIns)
    let two = PolicyLoader.load([other, user], builtIns: Self.builtIns.reversed())
    #expect(one.sources.sources.map(\.name) == two.sources.sources.map(\.name))
  }

  @Test("the digest is that of the sorted digests, whatever their order and names")
  func digest() {
    let other = file("rules/b.tract", #"policy acme.b "B" version "1""#)
    let one = PolicyLoader.load([user, other], builtIns: Self.builtIns).files
    #expect(Compilation.digest(of: one) == Compilation.digest(of: one.reversed()))
    #expect(Compilation.digest(of: one) != Compilation.digest(of: Array(one.dropLast())))
    // Of no digests: SHA-256 of nothing.
    #expect(
      Compilation.digest(of: [])
        == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
