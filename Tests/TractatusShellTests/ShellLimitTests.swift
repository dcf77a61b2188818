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

  /// What opens a construct, with what closes it.
  static let constructs = [
    ("$(", ")"), ("$((", "))"), ("$( (", ") )"), ("((", "))"), ("( ", ")"), ("$[", "]"),
    ("`", "`"), ("\\`", "\\`"), ("${a:-", "}"), ("${a[", "]}"), ("\"", "\""), ("'", "'"),
    ("{ ", "; }"), ("{a,", "}"), ("{a,b}'", "'"), ("a[", "]=1 "), ("a=( ", ")"), ("<(", ")"),
    ("@(", ")"), ("[", "]"), ("[[ ", " ]]"), ("if a;then ", ";fi"), ("while a;do ", ";done"),
    ("for a in 1 2 3 4 5 6 7 8;do ", ";done"), ("for ((i=0;i<3;i++));do ", ";done"),
    ("case a in a) ", ";;esac"), ("f() { ", ";}"), ("cat <<E\n", "\nE\n"),
    ("cat <<-E\n\t", "\nE\n"), ("cat <<E $(", "\nE\n)"), ("alias a='", "'\n"), ("a=$a$a", ";"),
    ("eval ", ";"),
  ]

  /// Constructs in one another, of one kind or of two: closed, left open, or mixed with some that
  /// are; with text or assignments inside.
  static func nested(_ first: Int, _ second: Int, _ kind: Int, _ size: Int) -> String {
    let (outer, inner) = (constructs[first], constructs[second])
    let payload = ["a=1;", "x ", "$[a=1,\(inner.0)"][kind]
    let count = max(1, min(40, size / 2 / (outer.0.utf8.count + inner.0.utf8.count)))
    var text = String(repeating: outer.0 + inner.0, count: count)
    text += String(repeating: payload, count: max(0, size - text.utf8.count) / payload.utf8.count)
    if kind == 1 { return text }
    let open = kind == 2 ? count / 2 : 0
    return text + String(repeating: inner.1 + outer.1, count: count - open)
  }

  @Test(
    "hostile lines take steps as their length, whatever is nested or left open",
    arguments: constructs.indices)
  func hostile(first: Int) {
    var parser = ShellParser()
    var line = ShellLine()
    for second in Self.constructs.indices where second == first || (first + second) % 6 == 0 {
      for kind in 0..<3 {
        func cost(_ size: Int) -> (steps: Int, length: Int, text: Int) {
          let bytes = Array(Self.nested(first, second, kind, size).utf8)
          let before = parser.steps
          parser.parse(bytes.span, into: &line)
          var text = 0
          for part in line.parts where part.kind == .literal { text += part.range.count }
          return (parser.steps - before, bytes.count, text)
        }
        let (one, two) = (cost(1000), cost(2000))
        let place = "\(Self.constructs[first].0) \(Self.constructs[second].0) \(kind)"
        #expect(two.steps <= 2 * one.steps + (1 << 15), "\(place): \(one), \(two)")
        // What the words hold is bounded as well: so is what tests of them cost.
        for it in [one, two] {
          #expect(it.steps <= ShellLimitTests.stepBound(it.length), "\(place): \(it)")
          #expect(it.text <= 32 * it.length + (1 << 15), "\(place): \(it)")
        }
      }
    }
  }

  /// The most steps that a line of so many bytes takes. `Tests/Fuzz/shell.swift` has it, too.
  static func stepBound(_ count: Int) -> Int { 100 * count + (1 << 16) }

  @Test("braces whose words would be too many are unknown in each round of a loop")
  func repeatedBraces() {
    let line = parsed(
      "for i in 1 2 3 4 5 6 7 8; do echo " + String(repeating: "{a,b}", count: 9)
        + String(repeating: "x", count: 900) + "; done")
    #expect(line.words.count < 40)
    for command in line.commands where command.kind == .simple {
      #expect(command.words.count == 2)
    }
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
