import Testing
import TractatusValues

@Suite struct TruthTests {
  @Test("and, or and not are Kleene's")
  func kleene() {
    for left in Truth.allCases {
      #expect(!(!left) == left)
      for right in Truth.allCases {
        #expect(left & right == min(left, right))
        #expect(left | right == max(left, right))
        #expect(left & right == right & left)
        #expect(!(left & right) == !left | !right)
      }
    }
    #expect((!Truth.true) == .false)
    #expect(Truth.unknown | !Truth.unknown == .unknown)
    #expect(Truth(true) == .true)
    #expect(Truth(false) == .false)
    #expect(Truth.allCases.map(\.word) == ["false", "unknown", "true"])
  }

  @Test("verdicts are ordered by severity")
  func verdicts() {
    #expect(Verdict.allCases.map(\.word) == ["allow", "warn", "ask", "deny"])
    #expect(Verdict.allCases == Verdict.allCases.sorted())
    #expect(
      Verdict.allCases.map(\.status) == ["APPROVED", "WARNING", "REQUIRES_HUMAN", "REJECTED"])
    #expect(Verdict.allCases.map(\.isBlocking) == [false, false, true, true])
    #expect(Verdict.allCases.allSatisfy { Verdict(word: $0.word) == $0 })
    #expect(Verdict(word: "Deny") == nil)
  }
}
