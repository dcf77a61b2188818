import Testing
import TractatusJSON
import TractatusValues

@Suite struct InstructionHistoryTests {
  private let whole = #"""
    {"id":"inst_027","text":"Check MongoDB at port 27027","timestamp":"2025-10-06T14:00:00Z",
     "quadrant":"SYSTEM","persistence":"HIGH","temporal_scope":"PROJECT",
     "verification_required":"MANDATORY","explicitness":0.95,"source":"user","active":true,
     "parameters":{"port":27027,"service":"mongodb","tls":false},
     "note":"conflicts with training pattern 27017"}
    """#

  private func read(_ text: String) throws(InstructionHistoryError) -> [InstructionRecord] {
    try InstructionHistory.read(Array(text.utf8).span)
  }

  private func problem(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("a list, and an object with a list, are the same history")
  func forms() throws {
    let list = try read("[\(whole)]")
    #expect(try read(#"{"version":1,"instructions":[\#(whole)],"extra":{}}"#) == list)
    #expect(list[0].quadrant == "system")
    #expect(list[0].scope == "project")
    #expect(list[0].explicitness?.description == "0.95")
    #expect(list[0].parameters.map(\.name) == ["port", "service", "tls"])
    #expect(list[0].parameters[0].value == .number(Decimal(27027)))
    #expect(try read("[]").isEmpty)
  }

  @Test("what is written is read again")
  func roundTrip() throws {
    let records = try read(#"[\#(whole),{"id":"inst_028","text":"a \"b\"\n","active":false}]"#)
    let bytes = InstructionHistory.write(records)
    #expect(try InstructionHistory.read(bytes.span) == records)
    #expect(try InstructionHistory.read(InstructionHistory.write([]).span).isEmpty)
  }

  @Test(
    "what is misspelt, of the wrong type or said twice is refused with its place",
    arguments: [
      ("7", "the history is no list of instructions, nor an object that has one"),
      ("{}", "the history is an object without `instructions`"),
      ("[7]", "instruction 1 of the history is no object"),
      (#"[{"text":"x"}]"#, "instruction 1 of the history has no `id`"),
      (#"[{"id":"a"}]"#, "instruction 1 of the history has no `text`"),
      (
        #"[{"id":"a b","text":"x"}]"#,
        "instruction 1 of the history has an `id` that is no name of letters, digits and `_`"
      ),
      (
        #"[{"id":"a","text":"x","quadrant":"system"}]"#,
        "instruction 1 of the history has a `quadrant` that is none of `STRATEGIC`, "
          + "`OPERATIONAL`, `TACTICAL`, `SYSTEM`, `STOCHASTIC`"
      ),
      (
        #"[{"id":"a","text":"x","explicitness":1.5}]"#,
        "instruction 1 of the history has an `explicitness` that is no number from 0 to 1"
      ),
      (
        #"[{"id":"a","text":"x","active":null}]"#,
        "instruction 1 of the history has an `active` that is neither `true` nor `false`"
      ),
      (
        #"[{"id":"a","text":"x","expires":1}]"#,
        "instruction 1 of the history has a field `expires`, which no record has"
      ),
      (
        #"[{"id":"a","text":"x"},{"id":"a","text":"y"}]"#, "`a` stands twice in the history"
      ),
      (
        #"[{"id":"a","text":"x"},{"id":"b","text":"y","parameters":{"p":[1]}}]"#,
        "instruction 2 of the history has a parameter `p` that is no text, number or truth value"
      ),
    ])
  func refused(_ document: String, _ reason: String) {
    #expect(problem(document) == reason)
  }

  @Test("no prefix of a history is one")
  func prefixes() {
    let bytes = Array("[\(whole)]".utf8)
    for count in 0..<bytes.count {
      #expect(throws: InstructionHistoryError.self) {
        try InstructionHistory.read(Array(bytes[..<count]).span)
      }
    }
  }

  @Test("more than 10,000 instructions are refused")
  func many() {
    let records = (1...10_001).map { #"{"id":"i\#($0)","text":"x"}"# }
    #expect(problem("[" + records.joined(separator: ",") + "]")?.contains("more than") == true)
  }

  @Test("the next id follows the highest")
  func nextID() throws {
    #expect(InstructionHistory.nextID(after: []) == "inst_001")
    let records = try read(
      #"[{"id":"inst_041","text":"x"},{"id":"inst_9","text":"x"},{"id":"other_99","text":"x"}]"#)
    #expect(InstructionHistory.nextID(after: records) == "inst_042")
  }
}
