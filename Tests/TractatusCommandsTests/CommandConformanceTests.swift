import Foundation
import Testing
import TractatusPatterns

@Suite struct CommandConformanceTests {
  @Test("every line of the data has the facts that are expected of it")
  func data() throws {
    var count = 0
    for file in try CommandCases.files() {
      let programs = try CommandCases.programs(file)
      for this in try CommandCases.read(file) {
        let text = FactsRendering(facts: facts(this.input, programs)).text
        let expected = this.expected.hasSuffix("\n") ? String(this.expected.dropLast()) : ""
        #expect(text == expected, "\(this.place) \(this.heading): \(this.input)")
        count += 1
      }
    }
    #expect(count >= 200)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      for file in try CommandCases.files() { try CommandCases.rewrite(file) }
      Issue.record("the expected facts have been rewritten; read the difference")
    }
  }
}
