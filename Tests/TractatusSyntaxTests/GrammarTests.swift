import Foundation
import Testing
import TractatusSource

@testable import TractatusSyntax

/// Parses one construct of each production, read from the grammar itself.
@Suite("The grammar")
struct GrammarTests {
  /// The productions of `grammar/tractatus.ebnf`, by name, with their right sides.
  private static var productions: [(name: String, body: String)] {
    get throws {
      let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../grammar/tractatus.ebnf")
      var text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
      while let start = text.range(of: "(*"), let end = text.range(of: "*)") {
        text.removeSubrange(start.lowerBound..<end.upperBound)
      }
      return text.components(separatedBy: ";\n").compactMap { production in
        let parts = production.split(separator: "=", maxSplits: 1).map {
          $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }
    }
  }

  private static let head = "policy a.b \"A\" version \"1\"\n"

  private static func rule(_ clauses: String) -> String {
    head + "rule r { \(clauses) }"
  }

  private static func condition(_ condition: String) -> String {
    head + "let c = \(condition)"
  }

  private static func threshold(_ parts: String) -> String {
    head + "threshold t { \(parts) }"
  }

  private static func program(_ parts: String) -> String {
    head + "program p { \(parts) }"
  }

  private static func classify(_ parts: String) -> String {
    head + "classify a of text { \(parts) }"
  }

  private static func reading(_ parts: String) -> String {
    head + "reading a { \(parts) }"
  }

  private static let test = "action a {} expect deny"

  /// At least one file for every production, with the syntax kind that it must contain if the
  /// production is a node of the tree.
  private static let examples: [String: [String]] = [
    "file": [head, head + "use c use d"],
    "policy": [head, "policy `rule` \"\"\"\nA\n\"\"\" version \"1.0.0-rc1\""],
    "declaration": [
      head + "use a let b = 1 type c = d fact e: f action g { } otherwise ask rule h { on any }"
        + " threshold i { } monitor { } program j { }",
      head + "sealed closed action a { } closed sealed action b { } closed action c { }",
      head + "sealed shadow rule a { on any } shadow sealed threshold b { } sealed otherwise ask",
      head + "shadow instruction a { on any } sealed boundary b { on any } sealed threshold c { }",
    ],
    "useDeclaration": [head + "use a", head + "use tractatus.core.`on`"],
    "letDeclaration": [head + "let a = 1", head + "let a on b, c.d = x == 1", head + "let a = b"],
    "constant": [
      head + "let a = [1, \"b\", /c/, [d]] let e = -5 let f = { g: 1 } let h = true let i = 9 days"
    ],
    "typeDeclaration": [head + "type a = b"],
    "factDeclaration": [head + "fact a.b: c optional else d", head + "fact a: { b: c } else 5"],
    "shape": [head + "type a = b type c = list of d type e = one of [f] type g = { h: i }"],
    "enumerationShape": [head + "type a = one of [b]", head + "type a = one of [b, c, `on`,]"],
    "listShape": [head + "type a = list of list of text"],
    "recordShape": [
      head + "type a = { b: c }", head + "type a = { b: c optional, on: { d: e }, }",
    ],
    "namedShape": [
      head + "type a = b.c", head + "type a = int in -5..5", head + "type list = one",
    ],
    "field": [head + "action a { b: c optional: d optional from: e }"],
    "bound": [
      head + "type a = number in -0.5..1_000.25 type b = time in 2026-01-01..2026-12-31",
      head + "type a = time in 2026-01-01T00:00:00Z..2026-12-31T23:59:60.5+01:00",
    ],
    "actionDeclaration": [head + "action a { }", head + "action a.b \"T\" { from tool \"x\" }"],
    "extract": [
      head + "action a { extract b from c.d matching /(e)\\/[^f]/is }",
      head + "action a { extract b from c matching /(e)/ joined extract f from g matching /(h)/ }",
      head
        + "action a { extract b from c option [\"-d\", \"--e\"] extract f from c option \"-g\" }",
    ],
    "resultSource": [
      head + "action a { from result of \"b\", \"c*\" with d = e.f, g = h }",
      head + "action a { from result of \"b\" }",
    ],
    "eventSource": [head + "action a { from event \"prompt\" with d = e from event \"stop\" }"],
    "toolSource": [head + "action a { from tool \"b\", \"c*\" with d = e.f, g = h }"],
    "fieldMapping": [head + "action a { from tool \"b\" with c = d }"],
    "actionSource": [head + "action a { from action b from action c.d when e == 1 }"],
    "otherwise": [head + "otherwise ask", head + "action a { otherwise deny because \"b\" }"],
    "verdict": [rule("on any allow warn ask deny")],
    "because": [rule("on any deny because \"{a} and {b.c}, \\{d}\"")],
    "ruleDeclaration": [
      head + "rule a \"A\" { on any } instruction b { on any } boundary c { on any }"
        + " requirement d { on any }"
    ],
    "metadata": [
      rule("a: b c: \"d\" e: 2026-01-01 on: true when: 5 days deny: [f, g.h] on any deny")
    ],
    "on": [rule("on any"), rule("on a, b.c when d unless e == 1 deny")],
    "types": [rule("on any"), rule("on a"), rule("on a.b, c")],
    "guards": [rule("on any deny deny when a deny unless b deny when c unless d")],
    "whenGuard": [rule("on any deny when a")],
    "unlessGuard": [rule("on any deny unless a")],
    "clause": [
      rule(
        "on any deny expect a == 1 require b offer \"c\" check \"d\" notify \"e\" example deny {}"
          + " deliberate { }")
    ],
    "effect": [
      rule("on any needs human judgment needs human approval when a because \"b\" ask unless c")
    ],
    "expect": [
      rule("on any expect a.b == 1 instead of 2 correct when c unless d because \"e\""),
      rule("on any expect a in [1, 2] expect b not like \"c\" expect d matches /e/"),
    ],
    "insteadOf": [rule("on any expect a == 1 instead of 2")],
    "require": [rule("on any require a == 1 and b require c else ask because \"d\"")],
    "elseVerdict": [rule("on any require a else warn")],
    "obligation": [rule("on any offer \"a\" check \"b\" notify \"c\"")],
    "example": [rule("on any example deny { a: 1 } example allow b.c {} given { facts.d: e }")],
    "given": [rule("on any example deny {} given {}"), head + "test \"t\" { given {} \(test) }"],
    "deliberate": [rule("on any deliberate { a: b tension \"c\" }")],
    "tension": [rule("on any deliberate { tension \"a\" tension \"b\" }")],
    "framework": [
      rule("on any deliberate { framework \"a\" holds \"b\" framework \"c\" holds \"d\" from [e] }")
    ],
    "review": [rule("on any deliberate { review after 90 days }")],
    "thresholdDeclaration": [threshold(""), head + "threshold t \"T\" { on a when b base 0 }"],
    "givenScore": [threshold("given scores.x")],
    "base": [threshold("base 0.5"), threshold("base 50%")],
    "factor": [threshold("factor a 60% = b / c else 0.5 factor d 40% = 1")],
    "point": [
      threshold("add 0.2 when a subtract 5% when b == 1"),
      classify("case a { add 2 for each b subtract 1 for each [\"c\", \"d\"] add 1 when e }"),
    ],
    "level": [
      threshold("level a from 0% level b from 30% warn level c from 70% ask because \"d\"")
    ],
    "unmeasured": [threshold("unmeasured ask because \"a\"")],
    "fraction": [threshold("base 0.5 factor a 1% = 5% else 5%")],
    "sum": [threshold("factor a 100% = b + c - 2")],
    "product": [threshold("factor a 100% = b * c / 2")],
    "operand": [threshold("factor a 100% = (b + count(c.d)) * (2) - 30% / e.f")],
    "programDeclaration": [
      head + "program a { }", head + "program a, \"b-c\", `deny` \"T\" { reads } program d { }",
    ],
    "programName": [program("subcommand first, \"second-one\", `on` { }")],
    "commands": [
      program("reads operands writes cwd escalates flag -a option -b takes text subcommand c { }"),
      program("subcommand a { reads flag -b } flag -c subcommand d { }"),
    ],
    "programFlag": [
      program("flag -a --b-c.d \"-e=\" -4 writes operands escalates flag --f flag \"of\"")
    ],
    "programOption": [
      program("option -o --out takes path writes option -e takes text for first operand reads"),
      program("option -exec takes command until [\";\", \"+\"] executes option \"of=\" takes path"),
      program("option -f takes command until stop"),
    ],
    "programSubcommand": [program("subcommand a { subcommand b, c { deletes cwd } }")],
    "spelling": [program("flag -a --b \"c\" -d1")],
    "programEffect": [
      program("reads writes deletes sends connects executes sets escalates yields cwd")
    ],
    "yield": [
      program("yields like \"a*\" yields like \"b*\" without operands yields below cwd"),
      program("yields below operands yields below other operands yields first operand"),
      program("yields cwd yields input yields numbers flag -x yields anything"),
      program("yields below operands option -name takes glob yields named"),
    ],
    "operandsTarget": [
      program("reads operands writes first operand deletes last operand sends other operands")
    ],
    "effectVerb": [condition("a reads and b writes and c deletes and d sends and e connects")],
    "target": [
      program("reads operands writes first operand deletes last operand sends other operands"),
      program("executes operands joined executes other operands joined extended executes input"),
      program("executes operands extended reads after \"@\" writes cwd"),
    ],
    "classifyDeclaration": [
      classify(""), classify("case a { } case b { add 1 when c } otherwise d"),
      classify("base 50% add 1 when a level b from 0% level c from 50% store from 60%"),
      classify("extract a from text matching /(b)/ usual a 1, \"c\" when d"),
    ],
    "classifyCase": [classify("case a { } case optional { add 1 when b }")],
    "classifyOtherwise": [classify("otherwise none")],
    "storedFrom": [classify("store from 0.6"), classify("store from 60%")],
    "usualValue": [classify("usual a 80, 8_080 when b usual c \"d\" when e and f")],
    "readingDeclaration": [
      reading("on any deny"), head + "reading a \"A\" { on b expect c == d }",
      reading("when a unless b c: int in 1..5 extract c from text matching /(d)/ on e when f deny"),
    ],
    "monitorDeclaration": [head + "monitor { }"],
    "component": [head + "monitor { component a stale after 20 messages or 1 day or 5 calls }"],
    "checkpoints": [head + "monitor { checkpoints 25%, 50% of 200_000 tokens }"],
    "reportRhythm": [head + "monitor { report every 20 messages or 40_000 tokens }"],
    "waiveDeclaration": [
      head + "waive a.b from 2026-01-01 until 2026-02-01 because \"c\" approved by \"d\"",
      head + "waive a on b, c when d unless e from 2026-01-01 until 2026-02-01 because \"f\""
        + " approved by \"g\", \"h\"",
    ],
    "testDeclaration": [head + "test \"t\" { \(test) }"],
    "earlierAction": [
      head + "test \"t\" { earlier a.b { c: 1 } given { at: 2026-01-01T00:00:00Z } \(test) }"
    ],
    "testAction": [head + "test \"t\" { action a.b { c: 1 } expect deny }"],
    "testExpectation": [
      head + "test \"t\" { action a {} expect deny by b, c.d correcting { e: 1 } }"
    ],
    "proveDeclaration": [head + "prove \"p\" { never allow a }"],
    "claim": [
      head + "prove \"p\" { always deny a, b.c when d unless e never ask any always warn f }"
    ],
    "condition": [condition("a"), condition("a and b and not c"), condition("a or (b and c)")],
    "unary": [condition("a and not b and (c) and true and has d and count(e) > 1")],
    "notCondition": [condition("not not a")],
    "groupCondition": [condition("((a) or b)")],
    "literalCondition": [condition("true and false")],
    "hasCondition": [condition("has a.b")],
    "quantifiedCondition": [
      condition("any x in a.b satisfies (x == 1)"), condition("all x in a satisfies (x.y or z)"),
    ],
    "countCondition": [condition("count(a.b) > 3"), condition("count(a) not in 1..2")],
    "attributeCondition": [
      condition("a?"), condition("a.b? not == 1"), condition("`on` == 1"),
      condition("facts.on.when == 1"),
    ],
    "test": [
      condition("a == 1 and b in [1] and c like \"d\" and e within 5 days and f within \"g\""),
      condition("a is opaque and b runs \"c\" and d writes and e pipes \"f\" into \"g\""),
    ],
    "comparisonTest": [
      condition("a == 1 and b != c.d and e < -1 and f <= 5 days and g > 30% and h >= 2026-01-01"),
      condition("a == { b: 1 } and c == [1] and d == true"),
    ],
    "membershipTest": [condition("a in [b, 1] and c in 1..5 and d in e and f in g..h")],
    "textTest": [
      condition("a like \"b\" and c matches /d/ and e mentions [\"f\"] and g contains 5"),
      condition("a starts with \"b\" ignoring case and c ends with d.e ignoring case"),
      condition("a matches [/b/, /c/s]"),
    ],
    "previously": [
      condition("previously a.b"), condition("previously a within 20 messages and b"),
      condition("previously a where (b == this.c and not d) since e.f or g"),
      condition("count(previously a where (b) within 5 minutes) not in 1..2"),
    ],
    "windowTest": [condition("a within 20 messages and 30_000 tokens and b within 5 days and c")],
    "placeTest": [
      condition(
        "a within \"/srv\" and b outside [\"c.example\", d] and e within cwd and f within [cwd]")
    ],
    "stateTest": [condition("a is opaque and b not is undeclared")],
    "runsTest": [
      condition("a runs \"b\" and c only runs [\"d e\", \"f\"] and g? runs h with \"-i\" and j"),
      condition("a runs \"b\" with all [\"-c\"] without \"-d\" operand in [\"e\"]"),
    ],
    "optionsTest": [
      condition("a runs b with \"-c\" without all [\"-d\", \"-e\"]"),
      condition(
        "a runs b with \"-c\" like \"d*\" without all [\"-e\"] not matches /f/ operand in [\"g\"]"),
    ],
    "operandTest": [
      condition("a runs b operand not like \"c\" and d runs e operand within cwd"),
      condition("a runs b without operand and c runs d with \"-e\" without \"-f\" without operand"),
    ],
    "effectTest": [
      condition("a only writes within \"b\" and c sends and d escalates and e not connects in f"),
      condition("any c in command satisfies (c reads not matches /d/ and c only sets == \"e\")"),
    ],
    "valueTest": [
      condition(
        "a sets == \"b\" to not matches /c/ and d sets to like \"e\" and f only sets in [g] to in [h]"
      )
    ],
    "targetTest": [
      condition("a executes matches /b/ and c deletes != \"d\" and e sets in [\"f\"]")
    ],
    "pipesTest": [condition("a pipes \"b\" into [\"c\", \"d\"] and e")],
    "terms": [condition("a runs b with c and d within [e, \"f\"]")],
    "value": [condition("a in [1, \"b\", [c.d], { e: 1 }]")],
    "literal": [
      condition(
        "a in [\"b\", \"\"\"\nc\n\"\"\", /d/, -1, 2 days, 5%, 2026-01-01, 2026-01-01T00:00:00Z,"
          + " true, false,]")
    ],
    "list": [head + "let a = [] let b = [1] let c = [1, 2,]"],
    "record": [rule("on any example deny {} example deny { a: 1 } example deny { a: 1, b: 2, }")],
    "recordField": [rule("on any example deny { a.b: 1, when: 2, c.on: 3 }")],
    "amount": [head + "monitor { report every 1_000.5 hours }"],
    "path": [condition("a.b.c == `in`.d.in")],
    "name": [head + "let `in` = 1 type level = a"],
  ]

  @Test("there is an example of every production, and it parses into that node")
  func everyProduction() throws {
    let productions = try Self.productions
    #expect(productions.count > 80)
    for (name, body) in productions {
      if name == "unit" || name == "reserved" {
        checkWords(name, body)
        continue
      }
      let examples = Self.examples[name] ?? []
      #expect(!examples.isEmpty, "no example of `\(name)`")
      for example in examples {
        let tree = parseChecked(Array(example.utf8))
        #expect(tree.diagnostics.map(\.message) == [], "`\(name)`: \(example)")
        if let kind = SyntaxKind.allCases.first(where: { "\($0)" == name }) {
          #expect(tree.nodes.contains { $0.kind == kind }, "no `\(name)` in \(example)")
        }
      }
    }
  }

  /// The words that a production lists are those of the parser.
  private func checkWords(_ name: String, _ body: String) {
    let listed = Set(body.matches(of: /"(\w+)"/).map { String($0.1) })
    let known = Word.allCases.filter { name == "unit" ? $0.isUnit : $0.isReserved }
    #expect(listed == Set(known.map(\.rawValue)), "the words of `\(name)`")
  }

  @Test("every node of the tree but three is a production, and no example is left over")
  func kindsAreProductions() throws {
    let names = Set(try Self.productions.map(\.name))
    for kind in SyntaxKind.allCases
    where kind != .unexpected && kind != .missing {
      #expect(names.contains("\(kind)"))
    }
    for name in Self.examples.keys { #expect(names.contains(name)) }
  }

  @Test("every production that is named is there, and every production but the first is named")
  func productionsAreClosed() throws {
    let productions = try Self.productions
    let names = Set(productions.map(\.name))
    var used: Set<String> = ["file", "reserved"]
    for (_, body) in productions {
      let plain = body.replacing(/"[^"]*"/, with: " ")
      for word in plain.matches(of: /[A-Za-z]+/).map({ String($0.0) }) {
        if word == word.uppercased() { continue }
        #expect(names.contains(word), "`\(word)` is no production")
        used.insert(word)
      }
    }
    #expect(names.subtracting(used).isEmpty, "\(names.subtracting(used)) are never used")
  }

  @Test("every reserved word is refused as a bare name and taken in backticks")
  func reservedWords() {
    for word in Word.allCases where word.isReserved {
      #expect(complaints(Self.head + "let \(word.rawValue) = 1") != [], "\(word)")
      #expect(complaints(Self.head + "let `\(word.rawValue)` = 1") == [])
    }
  }

  @Test("every other word is a name where a name is asked for")
  func otherWords() {
    for word in Word.allCases where !word.isReserved {
      let name = word.rawValue
      let text = """
        \(Self.head)
        let \(name) = 1
        rule \(name) "R" { \(name): 1 on \(name) deny when \(name) == \(name) and x in [\(name)] }
        """
      #expect(complaints(text) == [], "\(word)")
    }
  }

  @Test("dropping any token of any example, or cutting it anywhere, does not trap")
  func examplesEverywhere() {
    for (_, examples) in Self.examples.sorted(by: { $0.key < $1.key }) {
      for example in examples { checkEverywhere(example) }
    }
  }
}
