import Testing
import TractatusJSON
import TractatusValues

@Suite struct JSONTapeTests {
  @Test("a document is read into nodes that can be walked by key and by order")
  func walking() throws {
    var tape = JSONTape()
    let text = #"{"a": [1, -2.50, "x\u0041\n", []], "b": {"c": null}, "d": true, "e": false}"#
    try tape.parse(Array(text.utf8).span)
    let list = try #require(tape.member(.root, "a"))
    #expect(tape.kind(list) == .array)
    #expect(tape.childCount(list) == 4)
    let elements = Array(tape.children(list))
    #expect(tape.decimal(elements[0])?.integer == 1)
    #expect(tape.decimal(elements[1])?.description == "-2.5")
    #expect(tape.string(elements[2]) == "xA\n")
    #expect(tape.kind(elements[3]) == .array)
    #expect(tape.firstChild(elements[3]) == nil)
    #expect(tape.children(.root).map { tape.keyString($0) } == ["a", "b", "d", "e"])
    #expect(tape.bool(try #require(tape.member(.root, "d"))) == true)
    #expect(tape.bool(try #require(tape.member(.root, "e"))) == false)
    let inner = try #require(tape.member(.root, "b"))
    #expect(tape.kind(try #require(tape.member(inner, "c"))) == .null)
    #expect(tape.member(.root, "z") == nil)
  }
}
