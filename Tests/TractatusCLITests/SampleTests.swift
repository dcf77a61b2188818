import Foundation
import Testing

/// The design's sample, word for word.
private let sample = repository + "/Tests/Conformance/sample/platform.tract"

@Suite("the design's sample of an organisation's rules")
struct SampleTests {
  @Test(
    "compiles, keeps its examples, tests and proofs, and has no finding",
    arguments: ["check", "test", "lint"])
  func isClean(verb: String) {
    let result = run(verb, sample)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(!result.errors.contains("error") && !result.errors.contains("warning"))
    #expect(!result.output.contains("note["), "\(result.output)")
  }

  @Test("is as clean when it is formatted, and is not formatted again")
  func formatted() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "platform.tract", String(contentsOfFile: sample, encoding: .utf8))
    #expect(run("fmt", file).status == 0)
    #expect(run("fmt", "--check", file).status == 0)
    for verb in ["check", "test", "lint"] {
      #expect(run(verb, file).status == 0)
    }
  }
}
