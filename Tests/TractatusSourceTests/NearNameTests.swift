import Testing

@testable import TractatusSource

@Suite("Near names")
struct NearNameTests {
  @Test(
    "a slip of the fingers finds the name that was meant",
    arguments: [
      ("instrution", "instruction"), ("wehn", "when"), ("Environment", "environment"),
      ("becuase", "because"), ("treshold", "threshold"), ("contian", "contains"),
    ])
  func slips(_ name: String, _ meant: String) {
    let all = ["instruction", "when", "environment", "because", "threshold", "contains", "on"]
    #expect(NearName.nearest(to: name, among: all) == meant)
    #expect(NearName.nearest(to: name, among: all.reversed()) == meant)
  }

  @Test("what is far from every name finds none", arguments: ["", "x", "zzz", "completely"])
  func far(_ name: String) {
    #expect(NearName.nearest(to: name, among: ["instruction", "when", "y"]) == nil)
  }

  @Test("of equally near names the first in byte order is taken, whatever the order given")
  func ties() {
    #expect(NearName.nearest(to: "bat", among: ["cat", "hat", "mat"]) == "cat")
    #expect(NearName.nearest(to: "bat", among: ["mat", "hat", "cat"]) == "cat")
  }

  @Test("a name is not its own near name, and long names are not compared")
  func bounds() {
    #expect(NearName.nearest(to: "when", among: ["when"]) == nil)
    let long = String(repeating: "a", count: 65)
    #expect(NearName.nearest(to: long, among: [long + "b"]) == nil)
  }
}
