import Foundation
import Testing
import TractatusPatterns

@Suite struct CommandLimitTests {
  static let programs: ProgramTable = {
    let file = CommandCases.folder.appendingPathComponent("programs.tract")
    return ProgramText.table((try? String(contentsOf: file, encoding: .utf8)) ?? "")
  }()

  /// Texts that grow, each with what it is made of.
  static let shapes: [(String, @Sendable (Int) -> String)] = [
    ("words", { String(repeating: "ls ", count: $0) }),
    ("commands", { String(repeating: "rm -rf x;", count: $0) }),
    ("semicolons", { String(repeating: ";", count: $0) }),
    ("substitutions", { "rm " + String(repeating: "$(ls)", count: $0) }),
    ("nested substitutions", { String(repeating: "$(", count: $0) }),
    ("wrappers", { String(repeating: "sudo ", count: $0) }),
    ("wrappers with options", { String(repeating: "sudo -u a A=1 -- ", count: $0) + "rm x" }),
    ("evals", { String(repeating: "eval ", count: $0) + "rm x" }),
    ("evals beside one another", { String(repeating: "eval rm x;", count: $0) }),
    ("evals of loops", { String(repeating: "eval 'for a in 1 2 3 4;do rm $a;done';", count: $0) }),
    (
      "nested evals of loops",
      { size in
        var text = "rm x"
        for _ in 0..<6 {
          text = "for a in 1 2 3 4; do eval \(Self.quoted(text)); done"
        }
        return String(repeating: text + "\n", count: max(1, size * 4 / text.utf8.count))
      }
    ),
    ("sh", { String(repeating: "sh -c ", count: $0) }),
    ("sh beside one another", { String(repeating: "sh -c 'rm x';", count: $0) }),
    ("here-strings", { String(repeating: "bash <<< 'rm x';", count: $0) }),
    ("here-strings of one command", { "bash" + String(repeating: " <<< 'rm x'", count: $0) }),
    ("bundles", { "rm -" + String(repeating: "rf", count: $0) }),
    ("long options", { "rm --" + String(repeating: "rf", count: $0) }),
    ("abbreviations", { "rsync " + String(repeating: "--fo ", count: $0) }),
    ("unknown words", { "rm " + String(repeating: "$X ", count: $0) }),
    ("unknown parts", { "rm \"" + String(repeating: "$X/", count: $0) + "\"" }),
    ("unknown first operands", { "cp " + String(repeating: "\"$X\" ", count: $0) }),
    ("find", { String(repeating: "find -exec ", count: $0) }),
    ("find in a row", { "find " + String(repeating: "-exec rm {} \\; ", count: $0) }),
    ("placeholders", { "xargs -I{} rm " + String(repeating: "{}", count: $0) }),
    ("xargs", { String(repeating: "xargs -I{} ", count: $0) + "{}" }),
    ("parallel", { String(repeating: "parallel ", count: $0) }),
    ("ssh", { String(repeating: "ssh h ", count: $0) }),
    ("remote operands", { "scp " + String(repeating: "h:a ", count: $0) }),
    ("long host", { "scp " + String(repeating: "a", count: $0) + ":b c" }),
    ("directories", { String(repeating: "cd a;", count: $0) + "rm x" }),
    ("absolute directories", { String(repeating: "cd /a && cat x && ", count: $0) + "rm x" }),
    ("homes", { String(repeating: "cd ~/a && cat x && ", count: $0) + "rm x" }),
    ("relative directories", { String(repeating: "cd a && cat x && ", count: $0) + "rm x" }),
    ("roots", { "{ " + String(repeating: "cd / ; cat x; ", count: $0) + "} && cat y; rm x" }),
    ("roots in doubt", { "a && { " + String(repeating: "cd / ; ", count: $0) + "}; rm x" }),
    ("a long directory", { "cd " + String(repeating: "/a", count: $0) + " && rm x" }),
    (
      "many paths of a long directory",
      { "cd " + String(repeating: "/a", count: $0) + String(repeating: " && rm x", count: $0) }
    ),
    ("directories up", { String(repeating: "(cd a;", count: $0) }),
    ("directories in loops", { String(repeating: "while a;do cd b;done;", count: $0) }),
    ("nested groups", { String(repeating: "{ cd a;", count: $0) }),
    ("redirections", { "ls " + String(repeating: ">a ", count: $0) }),
    ("assignments", { String(repeating: "A=1 ", count: $0) + "ls" }),
    ("pipelines", { "ls" + String(repeating: "|sh", count: $0) }),
    (
      "groups around sh",
      { size in
        String(repeating: "{ ", count: min(size, 50)) + String(repeating: "sh;", count: size)
      }
    ),
    ("subcommands", { String(repeating: "git push ", count: $0) }),
    ("after", { "curl " + String(repeating: "-d @a ", count: $0) }),
    ("long after", { "curl -d " + String(repeating: "@", count: $0) }),
    ("assigned", { "rm -" + String(repeating: "=", count: $0) }),
    ("names", { String(repeating: "/", count: $0) + "rm" }),
    ("functions", { (0..<$0).map { "f\($0)() { cd a; };f\($0);" }.joined() }),
  ]

  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  @Test("the steps that a line's facts take grow as its length", arguments: shapes.indices)
  func linear(index: Int) {
    let (name, shape) = Self.shapes[index]
    var reader = CommandReader()
    var facts = CommandFacts()
    func steps(_ size: Int) -> Int {
      let bytes = Array(shape(size).utf8)
      let before = reader.steps
      reader.read(bytes.span, programs: Self.programs, into: &facts)
      return reader.steps - before
    }
    let (small, large) = (steps(500), steps(4000))
    // Eight times the length: at most twelve times the steps, and a little for what is constant.
    #expect(large <= small * 12 + 200_000, "\(name): \(small), \(large)")
  }

  @Test("what tests look at grows as a line's length, however its words repeat")
  func targets() {
    var reader = CommandReader()
    var facts = CommandFacts()
    let shapes =
      Self.shapes.map(\.1) + [
        { "for a in 1 2 3 4 5 6 7 8;do cp " + String(repeating: "a", count: $0) + " b;done" },
        { "cp {a,b}{a,b}{a,b}{a,b}" + String(repeating: "a", count: $0) + " b" },
        {
          "A=" + String(repeating: "a", count: $0) + ";" + String(repeating: "rm $A;", count: 100)
        },
      ]
    for (index, shape) in shapes.enumerated() {
      for size in [500, 2000] {
        let bytes = Array(shape(size).utf8)
        reader.read(bytes.span, programs: Self.programs, into: &facts)
        var count = facts.effects.count
        for effect in facts.effects {
          for part in effect.target.parts where facts.line.parts[part].kind == .literal {
            count += facts.line.parts[part].range.count
          }
        }
        #expect(count <= 64 * bytes.count + (1 << 16), "\(index): \(count), \(bytes.count)")
      }
    }
  }

  @Test("what a path starts from is a short chain of directories, however a line changes them")
  func chains() {
    var reader = CommandReader()
    var facts = CommandFacts()
    for (name, shape) in Self.shapes {
      for size in [500, 1000] {
        let bytes = Array(shape(size).utf8)
        reader.read(bytes.span, programs: Self.programs, into: &facts)
        for effect in facts.effects {
          var (count, size) = (0, 0)
          var next = effect.target.base
          while next > CommandBase.unknown {
            let base = facts.bases[Int(next)]
            count += 1
            for part in base.text.parts { size += facts.line.parts[part].range.count }
            next = base.isFixed ? CommandBase.unknown : base.parent
          }
          guard count <= 32, size <= 1_024 else {
            Issue.record("\(name): \(count) changes, \(size) bytes")
            return
          }
        }
      }
    }
  }

  @Test("a chain of more changes, or of more text, than its limits leads nowhere that is known")
  func chainLimits() {
    func isKnown(_ line: String) -> Bool {
      let facts = tractatusFacts(line)
      return facts.effects.last.map { $0.target.base != CommandBase.unknown } ?? false
    }
    func chain(_ count: Int, _ first: String) -> String {
      first + String(repeating: " && cd a", count: count) + " && rm x"
    }
    #expect(isKnown(chain(31, "cd b")))
    #expect(!isKnown(chain(32, "cd b")))
    #expect(isKnown(chain(40, "cd b").replacing("rm x", with: "cd /c && rm x")))
    let name = String(repeating: "n", count: 1_022)
    #expect(isKnown("cd /\(name)n && rm x"))
    #expect(!isKnown("cd /\(name)nn && rm x"))
    #expect(isKnown("cd /\(name) && cd n && rm x"))
    #expect(!isKnown("cd /\(name) && cd nn && rm x"))
    #expect(isKnown("cd /\(name) && cd /nn && rm x"))
    #expect(isKnown("cd a && cd b ; rm x"))
    #expect(!isKnown("cd a && cd b && cd c ; rm x"))
    #expect(!isKnown("cd a && cd b && cd c && cd d ; rm x"))
    #expect(isKnown("cd / ; cd a && cd b ; rm x"))
  }

  @Test("long lines are read, whatever they consist of")
  func length() {
    var reader = CommandReader()
    var facts = CommandFacts()
    let units = [
      "rm -rf x; ", "cd /a && cat x && ", "cd ~/a && cat x && ", "eval rm x; ", "sudo ",
      "find -exec ", "sh -c 'rm x';", "eval ", "$(", "cd a;",
      "xargs -I{} ", "bash <<< 'rm x'\n", "ls | sh\n",
    ]
    for unit in units {
      let count = (1 << 15) / unit.utf8.count
      let bytes = Array(String(repeating: unit, count: count).utf8)
      let before = reader.steps
      reader.read(bytes.span, programs: Self.programs, into: &facts)
      #expect(reader.steps - before < 6 << 20, "\(unit)")
    }
  }

  @Test("wrappers and texts past the bounds of their nesting are opaque")
  func nesting() {
    for unit in ["sudo ", "eval ", "ssh h ", "find -exec "] {
      let deep = tractatusFacts(String(repeating: unit, count: 10_000) + "rm -rf /")
      #expect(deep.isOpaque, "\(unit)")
      let shallow = tractatusFacts(String(repeating: unit, count: 12) + "rm -rf /")
      #expect(!shallow.isOpaque, "\(unit)")
      #expect(shallow.effects.contains { $0.verb == .deletes }, "\(unit)")
    }
  }

  private func tractatusFacts(_ line: String) -> CommandFacts { facts(line, Self.programs) }

  @Test("a reader that is warm reserves no more memory for the same lines")
  func capacity() throws {
    var reader = CommandReader()
    var facts = CommandFacts()
    let lines = try CommandCases.files().flatMap { try CommandCases.read($0) }
      .map { Array($0.input.utf8) }
    func run() -> [Int] {
      for line in lines { reader.read(line.span, programs: Self.programs, into: &facts) }
      return [
        facts.invocations.capacity, facts.options.capacity, facts.operands.capacity,
        facts.effects.capacity, facts.bodies.capacity, facts.bases.capacity, facts.flows.capacity,
        facts.opacities.capacity, facts.line.words.capacity, facts.line.parts.capacity,
        facts.line.text.capacity, facts.line.commands.capacity,
      ]
    }
    let first = run()
    #expect(run() == first)
  }
}
