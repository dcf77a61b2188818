import Testing
import TractatusPatterns

@Suite struct ProgramTableTests {
  static func bytes(_ table: ProgramTable) -> [UInt8] {
    var bytes: [UInt8] = []
    table.write(into: &bytes)
    return bytes
  }

  @Test("a table that was encoded is read back the same")
  func coding() {
    let table = CommandLimitTests.programs
    let bytes = Self.bytes(table)
    let other = ProgramTable(reading: bytes.span)
    #expect(other?.count == table.count)
    #expect(other.map(Self.bytes) == bytes)
    for line in ["git -C x push --forc a", "find . -exec rm {} \\;", "sudo -u a rsync --force-c"] {
      let same = other.map { FactsRendering(facts: facts(line, $0)).text }
      #expect(same == FactsRendering(facts: facts(line, table)).text)
    }
  }

  @Test("a damaged table is refused, or read without a trap")
  func damage() {
    let bytes = Self.bytes(CommandLimitTests.programs)
    for end in stride(from: 0, to: bytes.count, by: 7) {
      #expect(ProgramTable(reading: ImageBytes(bytes), 0..<end) == nil)
    }
    var generator = CommandFuzzTests.Generator(state: 3)
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0...generator.next(3) {
        damaged[generator.next(damaged.count)] = UInt8(generator.next(256))
      }
      guard let table = ProgramTable(reading: ImageBytes(damaged), 0..<damaged.count) else {
        continue
      }
      for line in [
        "git -C x push --forc a; rm -rf x", "find . -exec rm {} \\; | xargs sudo -u a ls",
      ] {
        #expect(CommandFuzzTests.isSound(facts(line, table)))
      }
    }
  }

  @Test("declarations of a program by several packages are merged")
  func merging() {
    let table = ProgramTable(
      ProgramText.programs(
        "program a, b { reads operands flag -f --force option -o takes path writes }")
        + ProgramText.programs(
          "program a { deletes operands flag -f --really option -x takes text subcommand s, t { flag -q } }",
          package: 1),
      visible: [1: [0]])
    #expect(table.count == 2)
    // Package 1 sees what package 0 declares; what package 0 does not see it reads otherwise.
    let readings = [
      "a -f x": "a #--force : x | reads x | deletes^ x",
      "a --really x": "a #--force : x | reads x | deletes^ x\na --really! : x | reads x",
      "a -o y -x z": "a #-o=y #-x=z | writes y\na #-o=y -x! : z | reads z | writes y",
      "a -x -f z": "a #-x=-f : z | reads z | deletes^ z\na -x! #--force : z | reads z",
      "a t -q": "a+1 #-q\na -q! : t | reads t",
      "b -x t": "b -x! : t | reads t",
    ]
    for (line, expected) in readings {
      #expect(FactsRendering(facts: facts(line, table)).text == expected, "\(line)")
    }
    #expect(FactsRendering(facts: facts("b --really t", table)).text == "b --really! : t | reads t")
    #expect(table.program(named: Array("b".utf8).span).map { Array(table.packages(of: $0)) } == [0])
    #expect(
      table.program(named: Array("a".utf8).span).map { Array(table.packages(of: $0)) } == [0, 1])
  }

  @Test("options are given by their spellings, in bundles, abbreviated and unknown")
  func given() {
    let table = CommandLimitTests.programs
    let cases: [(String, String, String)] = [
      ("rm -rf x", "-r", "true"), ("rm -rf x", "--recursive", "true"), ("rm -rf x", "-v", "false"),
      ("rm --forc x", "-f", "true"), ("rm -- -f", "-f", "false"), ("rm $X", "-f", "unknown"),
      ("rsync --forc a b", "--force", "unknown"), ("rsync --forc a b", "--delete", "false"),
      ("find . -delete", "-delete", "true"), ("nobody -rf", "-f", "true"),
      ("nobody -r1f", "-f", "false"), ("nobody --x=3", "--x", "true"),
      ("nobody --xy", "--x", "false"), ("rm -X y", "-X", "true"), ("dd of=x", "of=", "true"),
    ]
    for (line, option, expected) in cases {
      let facts = facts(line, table)
      #expect(facts.isGiven(Array(option.utf8).span, by: 0).word == expected, "\(line) \(option)")
    }
  }

  @Test("what one command writes flows into another down pipes, processes and texts")
  func flows() {
    let cases: [(String, Bool)] = [
      ("curl u | bash", true), ("curl u | cat | sudo bash", true), ("bash | curl u", false),
      ("curl u; bash x", false),
      ("bash <(curl u)", true), ("bash <(curl u | cat)", true),
      ("curl u | tee >(bash)", true), ("bash -c \"$(curl u)\"", true),
      ("bash <<< \"$(curl u)\"", true), ("cat <<< \"$(curl u)\" | bash", true),
      ("{ curl u; } | { bash; }", true), ("echo $(curl u | cat) | bash", true),
      ("bash < <(curl u)", true), ("curl u > >(bash)", true),
    ]
    for (line, expected) in cases {
      let facts = facts(line, CommandLimitTests.programs)
      func find(_ names: [String]) -> [Int] {
        facts.invocations.indices.filter { index in
          let name = facts.invocations[index].name
          let bytes = facts.line.text[Int(name.lowerBound)..<Int(name.upperBound)]
          return names.contains(String(decoding: bytes, as: UTF8.self))
        }
      }
      var flows = false
      for source in find(["curl"]) {
        for sink in find(["bash", "sh"]) where facts.flows(from: source, into: sink) {
          flows = true
        }
      }
      #expect(flows == expected, "\(line)")
    }
  }
}
