import Testing
import TractatusCompiler
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// Sources that mean to cost more than their length. Each ends in the diagnostic of a documented
/// limit, or in tables whose size is bounded by the source's: no test looks at a clock.
@Suite("sources that mean to cost too much")
struct HostileSourceTests {
  /// What a source is and what compiling it gives.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The rules, in a package with the action `act`.
    var text: String
    /// The only codes that there may be; none for a source that compiles.
    var codes: Set<DiagnosticCode> = []
  }

  private static let head = """
    policy a.b "Test" version "1.0.0"
    action act { a: text  b: text  c: int  d: bool  e: list of text  path: path  command: command }

    """

  private static func rule(_ condition: String) -> String {
    "rule r { on act deny when \(condition) }\n"
  }

  private static func joined(
    _ count: Int, _ separator: String, _ piece: (Int) -> String
  ) -> String {
    (0..<count).map(piece).joined(separator: separator)
  }

  /// `and` and `or` in turn, of 2^depth different tests.
  private static func tree(_ depth: Int, _ number: Int = 1) -> String {
    if depth == 0 { return "b contains \"k\(number)\"" }
    let joint = depth % 2 == 0 ? " and " : " or "
    return "(" + tree(depth - 1, 2 * number) + joint + tree(depth - 1, 2 * number + 1) + ")"
  }

  static let cases: [Case] = [
    // Boolean nests, and normal forms that are exponential.
    Case(testDescription: "a full tree of and and or", text: rule(tree(10))),
    Case(
      testDescription: "a conjunction of alternatives",
      text: rule(joined(500, " and ") { "(a == \"x\($0)\" or b contains \"y\($0)\")" })),
    Case(
      testDescription: "a negated disjunction of conjunctions",
      text: rule(
        "not (" + joined(500, " or ") { "(a == \"x\($0)\" and b contains \"y\($0)\")" } + ")")
    ),
    Case(
      testDescription: "a conjunction of alternatives under a quantifier",
      text: rule(
        "any x in e satisfies ("
          + joined(500, " and ") { "(x == \"x\($0)\" or x contains \"y\($0)\")" } + ")")),
    Case(
      testDescription: "parity by let chains",
      text: "let x0 on act = a == \"0\"\n"
        + joined(40, "") {
          "let x\($0 + 1) on act = (x\($0) and not b == \"\($0)\") or (not x\($0) and b == \"\($0)\")\n"
        } + rule("x40"), codes: [.writtenOutTooLarge]),
    Case(
      testDescription: "a disjunction past the limit of parts",
      text: rule(joined(110_000, " or ") { _ in "d" }), codes: [.writtenOutTooLarge]),
    Case(testDescription: "sixty negations", text: rule(joined(60, "") { _ in "not " } + "d")),
    Case(
      testDescription: "parentheses without end",
      text: rule(String(repeating: "(", count: 100_000)),
      codes: [.nestingTooDeep]),

    // Chains of names.
    Case(
      testDescription: "thousands of let chains",
      text: "let c0 = session.tokens > 1\n"
        + joined(4_000, "") { "let c\($0 + 1) = not c\($0)\n" } + rule("c4000"),
      codes: [.writtenOutTooLarge]),
    Case(
      testDescription: "let chains that double",
      text: "let c0 = session.tokens > 1\n"
        + joined(60, "") { "let c\($0 + 1) = c\($0) and c\($0)\n" } + rule("c60"),
      codes: [.writtenOutTooLarge]),
    Case(
      testDescription: "types of types",
      text: "type t0 = int\n" + joined(3_000, "") { "type t\($0 + 1) = list of t\($0)\n" },
      codes: [.writtenOutTooLarge, .typeTooLarge]),

    // Patterns.
    Case(
      testDescription: "an alternation of everything",
      text: rule("a matches /" + joined(30_000, "|") { "k\($0)" } + "/"), codes: [.patternTooLarge]),
    Case(
      testDescription: "counted repeats of counted repeats",
      text: rule("a matches /((((a{1,99}){1,99}){1,99}){1,99}){1,99}/"), codes: [.patternTooLarge]),
    Case(
      testDescription: "one repeat of too much", text: rule("a matches /a{1001}/"),
      codes: [.invalidRegularExpression]),
    Case(
      testDescription: "repeats of a large class, again and again",
      text: joined(300, "") {
        "rule r\($0) { on act deny when a matches /\\p{L}{9\($0 % 10)}x\($0)/ }\n"
      }, codes: [.patternTooLarge]),
    Case(
      testDescription: "groups in groups",
      text: rule(
        "a matches /" + String(repeating: "(", count: 9_000) + "a"
          + String(repeating: ")", count: 9_000) + "/"), codes: [.patternTooLarge]),
    Case(
      testDescription: "a glob of nothing but stars",
      text: rule("a like \"" + String(repeating: "*a", count: 20_000) + "\""),
      codes: [.patternTooLarge]),
    Case(
      testDescription: "texts that begin one another",
      text: joined(200, "") {
        "rule r\($0) { on act deny when a contains \"\(String(repeating: "a", count: $0 + 1))\" }\n"
      }),

    // Ranges around one another, and much of one kind.
    Case(
      testDescription: "ranges around one another",
      text: joined(1_000, "") { "rule r\($0) { on act deny when c in \($0)..\(5_000 - $0) }\n" }),
    Case(
      testDescription: "a long membership",
      text: rule("a in [" + joined(20_000, ", ") { "\"k\($0)\"" } + "]")),

    // One token as long as a file may be.
    Case(
      testDescription: "a name of four mebibytes",
      text: "let " + String(repeating: "a", count: 4_194_000) + " = 1\n"),
    Case(
      testDescription: "a text of four mebibytes",
      text: "let x = \"" + String(repeating: "a", count: 4_194_000) + "\"\n"),
    Case(
      testDescription: "a number of four mebibytes",
      text: "let x = " + String(repeating: "1", count: 4_194_000) + "\n",
      codes: [.malformedNumber]),
    Case(
      testDescription: "a pattern of four mebibytes",
      text: rule("a matches /" + String(repeating: "a", count: 4_194_000) + "/"),
      codes: [.patternTooLarge]),
    Case(
      testDescription: "a file past the limit",
      text: "// " + String(repeating: "a", count: 4_194_300) + "\n", codes: [.sourceTooLarge]),
  ]

  @Test("a source ends in the diagnostic of a limit, or in tables that it bounds", arguments: cases)
  func bounded(_ hostile: Case) throws {
    var sources = SourceSet()
    let text = Self.head + hostile.text
    let file = ParsedFile(parsing: sources.add(name: "hostile.tract", bytes: Array(text.utf8)))
    let result = Compilation.compile(files: [file], sources: sources)
    let errors = result.diagnostics.filter { $0.severity == .error }
    let first = errors.first.map { $0.message.prefix(200) } ?? ""
    if !hostile.codes.isEmpty {
      #expect(!errors.isEmpty)
      #expect(Set(errors.map(\.code)).isSubset(of: hostile.codes), "\(first)")
      #expect(result.program == nil)
      return
    }
    #expect(errors.isEmpty, "\(first)")
    let sections = try #require(result.program).sections
    // A clause has so many rows at most, whatever its normal form would have.
    #expect(sections.rows.count <= RowExpansion.rowLimit * sections.clauses.count)
    // Everything together is linear in the source, with some room for what every program has.
    let entries =
      sections.tests.count + sections.code.count + sections.words.count + sections.hashSlots.count
      + sections.keyEntries.count + sections.intervalTests.count + sections.formulas.count
    #expect(entries <= 8 * file.tree.tokens.count + 4_000)
    #expect(sections.bytes.count <= 4 * text.utf8.count + 4_000)
  }
}
