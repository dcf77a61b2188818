import Testing
import TractatusPatterns

@Suite struct ShellLimitTests {
  /// Texts that grow, each with what it is made of.
  static let shapes: [(String, @Sendable (Int) -> String)] = [
    ("words", { String(repeating: "ls ", count: $0) }),
    ("commands", { String(repeating: "ls;", count: $0) }),
    ("pipelines", { "ls" + String(repeating: "|ls", count: $0) }),
    ("lists", { "ls" + String(repeating: "&&ls", count: $0) }),
    ("or lists", { "A=1" + String(repeating: "||A=1", count: $0) }),
    ("semicolons", { String(repeating: ";", count: $0) }),
    ("substitutions", { String(repeating: "$(ls)", count: $0) }),
    ("nested substitutions", { String(repeating: "$(", count: $0) }),
    ("nested groups", { String(repeating: "{ ", count: $0) }),
    ("nested subshells", { String(repeating: "( ", count: $0) }),
    ("nested doubtful arithmetic", { String(repeating: "$((", count: min($0, 62)) }),
    (
      "subshells like arithmetic",
      { String(repeating: "$((", count: 20) + "x " + String(repeating: ") )", count: min($0, 20)) }
    ),
    ("doubtful arithmetic", { String(repeating: "$((ls) );", count: $0) }),
    ("quotes", { String(repeating: "'a'\"b\"", count: $0) }),
    ("backslashes", { String(repeating: "\\", count: $0) }),
    ("backticks", { String(repeating: "`ls`", count: $0) }),
    ("escaped backticks", { "`" + String(repeating: "\\`ls\\`", count: $0) + "`" }),
    ("brackets", { String(repeating: "[", count: $0) }),
    ("brackets in words", { String(repeating: "[a", count: $0) }),
    ("subscripts", { String(repeating: "a[ ", count: $0) }),
    ("braces", { "echo " + String(repeating: "{a,b}", count: $0) }),
    ("open braces", { "echo " + String(repeating: "{", count: $0) }),
    ("nested braces", { "echo " + String(repeating: "{a,", count: $0) }),
    ("braced words", { "echo " + String(repeating: "{a,b} ", count: $0) }),
    ("empty braces", { "echo " + String(repeating: "{1..1}", count: $0) }),
    ("tildes", { "A=" + String(repeating: "~:", count: $0) }),
    (
      "tilde words",
      { String(repeating: "a", count: $0) + "=" + String(repeating: "~:", count: $0) }
    ),
    ("assignments", { (0..<$0).map { "A\($0)=1;" }.joined() }),
    ("one variable", { String(repeating: "A=1;", count: $0) }),
    ("expansions", { "A=12345;" + String(repeating: "echo $A;", count: $0) }),
    ("doubling", { "A=ab;" + String(repeating: "A=$A$A;", count: $0) }),
    ("appending", { "A=ab;" + String(repeating: "A+=$A;", count: $0) }),
    ("arrays", { "A=(1);" + String(repeating: "A+=(1);", count: $0) }),
    ("branches", { String(repeating: "if a;then A=1;fi;", count: $0) }),
    ("nested branches", { String(repeating: "if a;then A=1;", count: $0) }),
    ("loops", { String(repeating: "while a;do A=1;done;", count: $0) }),
    ("nested loops", { String(repeating: "for a in 1 2 3;do ", count: $0) }),
    (
      "nested loops with ends",
      {
        let depth = min($0, 60)
        return String(repeating: "for a in 1 2 3;do ls $a;", count: depth)
          + String(repeating: "done;", count: depth)
      }
    ),
    ("functions", { (0..<$0).map { "f\($0)() { A\($0)=1; };f\($0);" }.joined() }),
    ("aliases", { "alias a='ls ';\n" + String(repeating: "a;", count: $0) }),
    (
      "growing aliases", { "alias a='b;b' b='c;c' c='d;d';\n" + String(repeating: "a;", count: $0) }
    ),
    ("here-documents", { String(repeating: "cat <<E\na\nE\n", count: $0) }),
    ("pending here-documents", { "cat " + String(repeating: "<<E ", count: $0) + "\n" }),
    ("long here-document", { "cat <<E\n" + String(repeating: "a\n", count: $0) }),
    ("tabs in here-document", { "cat <<-E\n" + String(repeating: "\t\ta\n", count: $0) }),
    ("continuations", { String(repeating: "\\\n", count: $0) }),
    ("continued words", { "a" + String(repeating: "\\\na", count: $0) }),
    ("cases", { "case x in " + String(repeating: "a) ls;;", count: $0) + " esac" }),
    ("conditions", { "[[ " + String(repeating: "a && ", count: $0) + "a ]]" }),
    ("arithmetic", { "((" + String(repeating: "a+", count: $0) + "1))" }),
    ("comments", { String(repeating: "#a\n", count: $0) }),
    ("parameters", { String(repeating: "${a:-${b}}", count: $0) }),
    ("nested parameters", { String(repeating: "${a:-", count: $0) }),
    ("redirections", { String(repeating: ">a ", count: $0) }),
    ("digits", { String(repeating: "1", count: $0) + ">a" }),
    ("declarations", { String(repeating: "export A=1;", count: $0) }),
    ("traps", { String(repeating: "eval a;", count: $0) }),
  ]

  @Test("the steps that a line takes grow as its length", arguments: shapes.indices)
  func linear(index: Int) {
    let (name, shape) = Self.shapes[index]
    var parser = ShellParser()
    var line = ShellLine()
    func steps(_ size: Int) -> Int {
      let bytes = Array(shape(size).utf8)
      let before = parser.steps
      parser.parse(bytes.span, into: &line)
      return parser.steps - before
    }
    let (small, large) = (steps(1000), steps(8000))
    // Eight times the length: at most twelve times the steps, and a little for what is constant.
    #expect(large <= small * 12 + 20_000, "\(name): \(small), \(large)")
  }

  @Test("a line of 1 MiB is parsed, and a longer one is opaque")
  func length() {
    var parser = ShellParser()
    var line = ShellLine()
    let bytes = Array("ls ".utf8) + [UInt8](repeating: 0x61, count: (1 << 20) - 3)
    parser.parse(bytes.span, into: &line)
    let isOpaque = line.isOpaque
    #expect(!isOpaque)
    #expect(line.words.count == 2)
    parser.parse((bytes + [0x61]).span, into: &line)
    #expect(line.opacities.map(\.reason) == [.tooLong])
    #expect(line.commands.isEmpty)
  }

  @Test(
    "a line with more parts than are looked at is opaque, and its beginning is found",
    arguments: ["ls a;\n", "ls -l $X | wc; ", "a b c d ", "<a ", "$(a) ", "(a);", "A=$B "])
  func parts(unit: String) {
    var parser = ShellParser()
    var line = ShellLine()
    func reasons(_ count: Int) -> [ShellOpacity.Reason] {
      let bytes = Array(("rm x;" + String(repeating: unit, count: count)).utf8)
      parser.parse(bytes.span, into: &line)
      return line.opacities.map(\.reason)
    }
    #expect(!reasons(500).contains(.tooManyParts))
    var counts: Set<Int> = []
    for count in [20_000, 40_000] {
      #expect(reasons(count).contains(.tooManyParts))
      #expect(line.knownText(line.words[1]).map { Array(line.text[$0]) } == [0x78])
      counts.insert(line.commands.count + line.words.count + line.redirections.count)
    }
    #expect(counts.count == 1)
  }

  @Test("constructs are parsed 60 deep, and past the limit the line is opaque")
  func nesting() {
    let pairs = [
      ("$(", ")"), ("( ", ")"), ("{ ", "; }"), ("\"$(", ")\""), ("${a:-", "}"),
      ("if a; then ", "; fi"), ("while a; do ", "; done"), ("f() { ", "; }"), ("<(", ")"),
      ("$((1+", "))"), ("case a in a) ", ";; esac"), ("for a in b; do ", "; done"),
    ]
    for (open, close) in pairs {
      let prefix = open.hasPrefix("$") || open.hasPrefix("\"") || open.hasPrefix("<") ? "ls " : ""
      func nested(_ depth: Int) -> ShellLine {
        var text = open.hasPrefix("$((") ? "1" : "ls"
        for _ in 0..<depth { text = open + (open.hasPrefix("${") ? "" : "") + text + close }
        return parsed(prefix + text)
      }
      #expect(!nested(20).opacities.contains { $0.endsParsing }, "\(open)")
      #expect(nested(10_000).opacities.contains { $0.reason == .tooDeep }, "\(open)")
    }
  }

  @Test("a NUL makes a line opaque, and nothing of it is found")
  func nul() {
    let line = parsed(Array("rm -rf /".utf8) + [0] + Array("; ls".utf8))
    #expect(line.opacities.map(\.reason) == [.nulByte])
    #expect(line.commands.isEmpty)
  }
}
