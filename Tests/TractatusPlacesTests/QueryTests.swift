import Foundation
import Testing
import TractatusValues

@testable import TractatusPatterns

@Suite("tests of commands")
struct QueryTests {
  @Test("every test of a command has its truth", arguments: LineFile.all(in: "queries"))
  func questions(_ url: URL) throws {
    let subject = QuerySubject()
    let file = LineFile(
      url: url, set: { subject.set($0, $1) }, begin: { subject.begin($1) },
      answer: { subject.answer($0) })
    for difference in try file.run() { Issue.record("\(difference)") }
  }
}
