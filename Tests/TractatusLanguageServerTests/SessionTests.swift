import Foundation
import Testing

@Suite("sessions of editors")
struct SessionTests {
  @Test("each session gets the answers that it says", arguments: SessionCase.all)
  func session(_ subject: SessionCase) throws {
    let output = subject.run()
    let expected = subject.text(output)
    let found = try String(contentsOfFile: subject.path, encoding: .utf8)
    if found != expected, ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try expected.write(toFile: subject.path, atomically: true, encoding: .utf8)
    }
    #expect(found == expected)
  }

  @Test("there are sessions")
  func notEmpty() { #expect(SessionCase.all.count >= 10) }
}
