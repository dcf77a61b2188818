import Foundation
import Testing
import TractatusPatterns

@Suite struct ShellConformanceTests {
  @Test("every line of the data parses to the commands that are expected of it")
  func data() throws {
    let cases = try ShellCases.all()
    #expect(cases.count >= 400)
    for this in cases {
      let text = ShellRendering(line: parsed(this.input)).text
      let expected = this.expected.hasSuffix("\n") ? String(this.expected.dropLast()) : ""
      #expect(text == expected, "\(this.place) \(this.heading): \(this.input)")
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      for file in try ShellCases.files() { try ShellCases.rewrite(file) }
      Issue.record("the expected commands have been rewritten; read the difference")
    }
  }
}
