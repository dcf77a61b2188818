import Foundation
import Testing

@testable import TractatusPatterns

@Suite("paths")
struct PathTests {
  @Test("every spelling of a path gives its forms and places", arguments: LineFile.all(in: "paths"))
  func spellings(_ url: URL) throws {
    var subject = PathSubject()
    let file = LineFile(
      url: url, set: { subject.set($0, $1) },
      begin: { mark, text in
        switch mark {
        case "$": subject.begin(word: text)
        case "*": subject.begin(word: text, isPattern: true)
        default: subject.begin(plain: text)
        }
      },
      answer: { subject.answer($0) })
    for difference in try file.run() { Issue.record("\(difference)") }
  }
}
