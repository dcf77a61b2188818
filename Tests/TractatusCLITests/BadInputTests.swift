import Foundation
import Testing

@Suite("bad input is never allowed")
struct BadInputTests {
  private let good = #"{"action":"bash","parameters":{"command":"ls"}}"#

  /// Documents that cannot be judged, each on one line, and the code of each error.
  private let documents = [
    ("", "T0701"), ("{", "T0701"), (#"{"action":"bash","action":"bash"}"#, "T0701"),
    ("\u{FEFF}{}", "T0701"), (#"{"action":"bash"} x"#, "T0701"), ("[1,]", "T0701"),
    (#"{"action":"bash","parameters":{"command":"\ud800"}}"#, "T0701"),
    (#"{"action":"bash","parameters":{"timeout":NaN}}"#, "T0701"),
    (#"{"action":"bash","parameters":{"timeout":1e40}}"#, "T0701"),
    ("3", "T0711"), ("{}", "T0711"), (#"{"action":7}"#, "T0702"),
    (#"{"action":"none_such"}"#, "T0703"), (#"{"action":"bash","parameters":[]}"#, "T0702"),
    (#"{"action":"bash","parameters":{"command":7}}"#, "T0705"),
    (#"{"action":"bash","parameters":{}}"#, "T0706"),
    (#"{"action":"bash"}"#, "T0706"),
    (#"{"action":"bash","parameters":{"command":"ls"},"scores":{"a":2}}"#, "T0708"),
    (#"{"action":"bash","parameters":{"command":"ls"},"session":{"messages":-1}}"#, "T0708"),
    (#"{"action":"bash","parameters":{"command":"ls"},"at":"yesterday"}"#, "T0709"),
  ]

  @Test("a document that cannot be judged gives an error decision and status 2")
  func badDocuments() throws {
    let input = documents.map(\.0).joined(separator: "\n")
    let result = try evaluate("--stream", input: input + "\n", rules: ["tractatus.core"])
    #expect(result.status == 2)
    #expect(result.decisions.map(\.code) == documents.map(\.1))
    #expect(result.decisions.allSatisfy { $0.verdict == "deny" && $0.status == "ERROR" })
  }

  @Test("a deep and a huge document are refused by their limits")
  func limits() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try evaluate(input: deep).decisions.map(\.code) == ["T0710"])
    let huge = #"{"action":""# + String(repeating: "x", count: 17 << 20) + #""}"#
    let result = try evaluate(input: huge)
    #expect(result.decisions.map(\.code) == ["T0710"])
    #expect(result.status == 2)
  }

  @Test("every prefix of every sample is refused, and none crashes")
  func prefixes() throws {
    let folder = repository + "/rules/examples"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    var lines = ""
    var count = 0
    for name in names.sorted() where name.hasSuffix(".json") {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      let text = String(decoding: data, as: UTF8.self).replacing(/\n\s*/, with: "")
      for end in text.indices.dropFirst() {
        lines += text[..<end] + "\n"
        count += 1
      }
    }
    let result = try evaluate("--stream", input: lines, rules: ["tractatus.core"])
    #expect(result.decisions.count == count)
    #expect(result.decisions.allSatisfy { $0.code == "T0701" && $0.verdict == "deny" })
  }

  @Test("a missing file and a folder in its place are named, and nothing is allowed")
  func missingFile() throws {
    let folder = try TemporaryFolder()
    for (path, words) in [
      (folder.path + "/none.json", "does not exist"), (folder.path, "is a directory"),
    ] {
      let result = run("eval", "--format", "json", "--rules", "tractatus.core", path)
      #expect(result.status == 2)
      #expect(result.errors == "tractatus: error[T0713]: `\(path)` \(words)\n")
      #expect(result.output.hasPrefix(#"{"verdict":"deny","status":"ERROR","reason":"#))
    }
  }

  @Test("rules that are not there or do not compile decide nothing")
  func badRules() throws {
    let folder = try TemporaryFolder()
    for (rules, words) in [
      (folder.path, "holds no rule file"), (folder.path + "/none", "does not exist"),
    ] {
      let result = try evaluate(input: good, rules: [rules])
      #expect(result.status == 2)
      #expect(result.decisions.map(\.code) == ["T0714"])
      #expect(result.decisions.first?.reason.contains(words) == true)
    }
    let broken = (0..<10).map { "rule r\($0) \"R\" { on any deny when nope\($0) == 1 }\n" }.joined()
    try folder.write("a.tract", "policy a \"A\" version \"1\"\n" + broken)
    let result = run(
      ["eval", "--rules", folder.path, "--format", "json"], input: Array(good.utf8))
    #expect(result.status == 2)
    #expect(result.output.contains("the policy does not compile: 10 errors, the first"))
    for number in 0..<10 { #expect(result.errors.contains("`nope\(number)`")) }
  }

  @Test("in a stream a bad line is answered in its place and the rest is judged")
  func stream() throws {
    let lines = [good, "{", "", good, #"{"action":"none_such"}"#].joined(separator: "\n")
    let result = try evaluate("--stream", input: lines, rules: ["tractatus.core"])
    #expect(result.status == 2)
    #expect(result.decisions.map(\.verdict) == ["warn", "deny", "deny", "warn", "deny"])
    #expect(result.decisions.map(\.code) == [nil, "T0701", "T0701", nil, "T0703"])
    let quiet = run(
      ["eval", "--stream", "--quiet", "--rules", "tractatus.core"], input: Array(good.utf8))
    #expect(quiet.status == 0)
    #expect(quiet.output.isEmpty)
  }

  @Test("random bytes are refused, and none crashes")
  func randomBytes() throws {
    var state: UInt64 = 42
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    var input: [UInt8] = []
    for _ in 0..<10_000 {
      for _ in 0..<Int(next() % 40) {
        let byte = next()
        input.append(byte == 0x0A ? 0x20 : byte)
      }
      input.append(0x0A)
    }
    let result = run(["eval", "--stream", "--rules", "tractatus.core"], input: input)
    #expect(result.status == 2)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 10_000)
    #expect(lines.allSatisfy { $0.hasPrefix(#"{"verdict":"deny","status":"ERROR""#) })
  }
}
