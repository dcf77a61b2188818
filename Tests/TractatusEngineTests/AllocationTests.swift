import Testing
import TractatusEngine

@Suite("memory of the evaluator")
struct AllocationTests {
  @Test("ten thousand warm decisions leave the evaluator's memory as it was")
  func steady() throws {
    let program = try EngineFixture(EngineFixture.broad).program
    let actions = [
      #"{"action":"connect","parameters":{"host":"h1","tags":["a"],"sizes":[15,2]}}"#,
      #"{"tool":"Bash","parameters":{"command":"psql table=a; rm -rf /"}}"#,
      #"{"tool":"mcp__db__x","parameters":{"server":"localhost"},"description":"port 9"}"#,
    ].map { Array($0.utf8) }
    var evaluator = Evaluator(program)
    var input = ActionInput()
    var blocked = 0
    func run(_ rounds: Int) throws {
      for _ in 0..<rounds {
        for action in actions {
          try input.readNative(action.span)
          if evaluator.evaluate(input).verdict != .allow { blocked += 1 }
        }
      }
    }
    try run(10)
    let before = evaluator.reservedCount
    try run(3_334)
    #expect(blocked > 0)
    #expect(evaluator.reservedCount == before)
  }
}
