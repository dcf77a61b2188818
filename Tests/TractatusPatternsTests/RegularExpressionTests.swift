import Testing

@testable import TractatusPatterns

/// What RE2 says of an expression and a text.
struct ExpressionCase: Sendable, CustomTestStringConvertible {
  var expression: String
  var matching: [String]
  var other: [String]
  var i = false
  var s = false

  init(
    _ expression: String, _ matching: [String], not other: [String], i: Bool = false,
    s: Bool = false
  ) {
    self.expression = expression
    self.matching = matching
    self.other = other
    self.i = i
    self.s = s
  }

  var testDescription: String { expression }
}

@Suite("Regular expressions")
struct RegularExpressionTests {
  static let cases: [ExpressionCase] = [
    ExpressionCase("", ["", "a"], not: []),
    ExpressionCase("a", ["a", "ba", "ab"], not: ["", "A", "b"]),
    ExpressionCase("abc", ["abc", "xabcx", "ababc"], not: ["ab", "abd", "a bc"]),
    ExpressionCase("^abc", ["abc", "abcd"], not: ["xabc", "\nabc"]),
    ExpressionCase("abc$", ["abc", "xabc"], not: ["abcd", "abc\n"]),
    ExpressionCase("^abc$", ["abc"], not: ["abcd", "xabc", ""]),
    ExpressionCase("^$", [""], not: ["a", "\n"]),
    ExpressionCase("(?m)^b$", ["b", "a\nb", "b\na", "a\nb\nc"], not: ["ab", "a\nbc"]),
    ExpressionCase("(?m)^$", ["", "a\n", "a\n\nb"], not: ["a", "a\nb"]),
    ExpressionCase("(?m)a$", ["a\nb", "a"], not: ["ab\n"]),
    ExpressionCase(#"\Aab\z"#, ["ab"], not: ["ab\n", "\nab"]),
    ExpressionCase(#"(?m)\Ab\z"#, ["b"], not: ["a\nb", "b\n"]),
    ExpressionCase("a.c", ["abc", "aéc", "a😀c"], not: ["ac", "a\nc", "abbc"]),
    ExpressionCase("a.c", ["a\nc"], not: ["ac"], s: true),
    ExpressionCase("(?s)a.c", ["a\nc"], not: ["ac"]),
    ExpressionCase("(?s)a.(?-s).c", ["a\nbc"], not: ["a\n\nc"]),
    ExpressionCase("[abc]x", ["ax", "cx"], not: ["dx", "x"]),
    ExpressionCase("[^abc]x", ["dx", "\nx", "éx"], not: ["ax", "x"]),
    ExpressionCase("[a-cx-z]+$", ["abz", "q y"], not: ["m", "yq"]),
    ExpressionCase("[]a]$", ["]", "a"], not: ["b"]),
    ExpressionCase("[^]a]$", ["b"], not: ["]", "a"]),
    ExpressionCase("[a-]$", ["a", "-"], not: ["b"]),
    ExpressionCase("[-a]$", ["a", "-"], not: ["b"]),
    ExpressionCase("[a-c-e]$", ["b", "-", "e"], not: ["d"]),
    ExpressionCase(#"[\]\-\\]$"#, ["]", "-", "\\"], not: ["a"]),
    ExpressionCase(#"^[\d.]+$"#, ["1.2", "0"], not: ["1a", ""]),
    ExpressionCase(#"^[^\d]+$"#, ["ab"], not: ["a1"]),
    ExpressionCase(#"^[\D]+$"#, ["ab", "é"], not: ["a1"]),
    ExpressionCase(#"^[^\D]+$"#, ["12"], not: ["a1"]),
    ExpressionCase(#"\d{3}-\d{4}"#, ["555-1234", "x555-12345"], not: ["55-1234", "555-123"]),
    ExpressionCase(#"^\w+$"#, ["aZ_09"], not: ["é", "a b", "a-b"]),
    ExpressionCase(#"^\W$"#, ["-", "é", "\n"], not: ["a", "_"]),
    ExpressionCase(#"^\s$"#, [" ", "\t", "\n", "\r", "\u{C}"], not: ["\u{B}", "a", "\u{A0}"]),
    ExpressionCase(#"^\S$"#, ["a", "\u{B}"], not: [" "]),
    ExpressionCase("^[[:space:]]$", [" ", "\u{B}"], not: ["a"]),
    ExpressionCase("^[[:alpha:]_]+$", ["aZ_"], not: ["a1", "é"]),
    ExpressionCase("^[[:^alpha:]]+$", ["12", "é"], not: ["a"]),
    ExpressionCase("^[^[:alpha:]]+$", ["12"], not: ["a"]),
    ExpressionCase("^[[:word:]]+$", ["a_1"], not: ["-"]),
    ExpressionCase("^[[:xdigit:]]+$", ["fF09"], not: ["g"]),
    ExpressionCase("^[[:punct:]]+$", ["!~@[`"], not: ["a", " "]),
    ExpressionCase("^[[:alpha]+$", ["[:alph"], not: ["z", "]"]),
    ExpressionCase(#"^\pL+$"#, ["aéя漢"], not: ["1", "_"]),
    ExpressionCase(#"^\p{Lu}\p{Ll}+$"#, ["Élan", "Яна"], not: ["élan", "AB"]),
    ExpressionCase(#"^\p{Greek}+$"#, ["αβγ"], not: ["abc"]),
    ExpressionCase(#"^\P{Greek}+$"#, ["abc"], not: ["αβγ"]),
    ExpressionCase(#"^\p{^Greek}+$"#, ["abc"], not: ["αβγ"]),
    ExpressionCase(#"^\PL+$"#, ["123 "], not: ["a"]),
    ExpressionCase(#"^[\p{Han}\d]+$"#, ["漢字1"], not: ["kana"]),
    ExpressionCase(#"^\p{Any}$"#, ["a", "\n", "😀"], not: ["", "ab"]),
    ExpressionCase("a*", ["", "b"], not: []),
    ExpressionCase("^a*$", ["", "aaa"], not: ["b", "ab"]),
    ExpressionCase("^a+$", ["a", "aa"], not: ["", "b"]),
    ExpressionCase("^ab?c$", ["ac", "abc"], not: ["abbc"]),
    ExpressionCase("^a{2}$", ["aa"], not: ["a", "aaa"]),
    ExpressionCase("^a{2,}$", ["aa", "aaaa"], not: ["a"]),
    ExpressionCase("^a{2,3}$", ["aa", "aaa"], not: ["a", "aaaa"]),
    ExpressionCase("^a{0}$", [""], not: ["a"]),
    ExpressionCase("^(ab){2}$", ["abab"], not: ["ab", "ababab"]),
    ExpressionCase("^a{,2}$", ["a{,2}"], not: ["aa"]),
    ExpressionCase("a{", ["a{"], not: ["a"]),
    ExpressionCase("{", ["{"], not: ["a"]),
    ExpressionCase("a{x}", ["a{x}"], not: ["a"]),
    ExpressionCase("^a*?b+?c??$", ["b", "aabbc"], not: ["c"]),
    ExpressionCase("(?U)^a+b*?$", ["ab", "a"], not: ["b"]),
    ExpressionCase("a|b", ["a", "xb"], not: ["c"]),
    ExpressionCase("^(?:a|b|cd)$", ["a", "b", "cd"], not: ["c", "ab"]),
    ExpressionCase("^(a|)$", ["a", ""], not: ["b"]),
    ExpressionCase("^(|a)+$", ["", "aaa"], not: ["b"]),
    ExpressionCase("a||b", ["", "x"], not: []),
    ExpressionCase("^(?P<x>a)(?<y>b)$", ["ab"], not: ["ba"]),
    ExpressionCase("(?i)abc", ["ABC", "aBc"], not: ["ab"]),
    ExpressionCase("abc", ["ABC", "xaBc"], not: ["ab"], i: true),
    ExpressionCase("a(?i)b(?-i)c", ["aBc", "abc"], not: ["Abc", "abC"]),
    ExpressionCase("a(?i:b)c", ["aBc"], not: ["aBC"]),
    ExpressionCase("(a(?i)b)c", ["aBc"], not: ["aBC"]),
    ExpressionCase("a(?i)b|c", ["aB", "C"], not: ["AB"]),
    ExpressionCase("(?i)k", ["k", "K", "\u{212A}"], not: ["x"]),
    ExpressionCase("(?i)ſ", ["s", "S", "ſ"], not: ["x"]),
    ExpressionCase("(?i)[a-z]$", ["K", "\u{212A}", "ſ"], not: ["1", "é"]),
    ExpressionCase("(?i)[^k]$", ["x"], not: ["k", "K", "\u{212A}"]),
    ExpressionCase("(?i)σ", ["σ", "ς", "Σ"], not: ["s"]),
    ExpressionCase(
      "(?i)straße", ["STRAẞE", "strasſe".replacing("sſ", with: "ß")], not: ["STRASSE"]),
    ExpressionCase("(?i)Привет", ["ПРИВЕТ"], not: ["ПРИВЕ"]),
    ExpressionCase(
      #"\bcat\b"#, ["cat", "a cat.", "-cat-", "écat"], not: ["cats", "_cat", "concat"]),
    ExpressionCase(#"\Bcat"#, ["xcat"], not: ["cat", " cat"]),
    ExpressionCase(#"cat\B"#, ["cats"], not: ["cat", "cat "]),
    ExpressionCase(#"^\b"#, ["a"], not: ["", " "]),
    ExpressionCase(#"\b$"#, ["a"], not: ["", " "]),
    ExpressionCase(#"^\B$"#, [""], not: ["a", " "].filter { $0 == "a" }),
    ExpressionCase(#"(^|\s)rm\b"#, ["rm -rf", "x; rm"], not: ["firm", "rmdir", "x;rm"]),
    ExpressionCase(#"a\.b\*c\[\]\{\}\|\(\)\?\+\^\$\\"#, [#"a.b*c[]{}|()?+^$\"#], not: ["a"]),
    ExpressionCase(#"^\Qa.b*\E+$"#, ["a.b*", "a.b**"], not: ["axb"]),
    ExpressionCase(#"\Qa.b"#, ["a.b"], not: ["axb"]),
    ExpressionCase(#"^\x41\x{e9}\x{1F600}$"#, ["Aé😀"], not: ["A"]),
    ExpressionCase(#"^\101\0\07\12$"#, ["A\0\u{7}\n"], not: ["A"]),
    ExpressionCase(#"^\a\f\t\n\r\v$"#, ["\u{7}\u{C}\t\n\r\u{B}"], not: [""]),
    ExpressionCase(#"[\x{400}-\x{4FF}]"#, ["ж"], not: ["z"]),
    ExpressionCase(#"^[^\x00-\x7F]+$"#, ["éж漢😀"], not: ["aé"]),
    ExpressionCase("é+", ["xéé"], not: ["e"]),
    ExpressionCase("^(é|ж)*$", ["", "éжé"], not: ["éa"]),
    ExpressionCase("😀{2}", ["😀😀"], not: ["😀"]),
    ExpressionCase("a$b", [], not: ["ab", "a\nb"]),
    ExpressionCase("(?:^a)|b$", ["ax", "xb"], not: ["xa", "bx"]),
    ExpressionCase("(a*)*b", ["b", "aab"], not: ["aaa"]),
    ExpressionCase("(a|a)*b", ["aaab"], not: ["aaa"]),
    ExpressionCase("x*", ["", "y"], not: []),
    ExpressionCase("^(?:x*)*$", ["", "xx"], not: ["y"]),
    ExpressionCase(".*foo.*bar", ["foobar", "xfooxbarx"], not: ["barfoo", "foo\nbar"]),
    ExpressionCase(
      "https?://[^/]+/admin", ["http://a/admin", "xhttps://b.c/admin"], not: ["http:///admin"]),
    ExpressionCase(
      #"(?:password|secret|token)\s*[:=]\s*\S{4,}"#, ["token = abcd", "xsecret:12345"],
      not: ["token abcd", "token = abc"]),
  ]

  @Test("an expression matches what RE2 says", arguments: cases)
  func matches(_ item: ExpressionCase) throws {
    let pattern = pattern(.regularExpression, item.expression, i: item.i, s: item.s)
    for text in item.matching {
      let result = try decide(pattern, text)
      #expect(result.set && result.single, "\(text.debugDescription) should match: \(result)")
    }
    for text in item.other {
      let result = try decide(pattern, text)
      #expect(!result.set && !result.single, "\(text.debugDescription) should not match: \(result)")
    }
  }

  static let errors: [(String, Int, PatternError.Kind)] = [
    ("a(b", 1, .unbalancedGroup), ("a)b", 1, .unbalancedGroup), ("ab[c", 2, .unclosedClass),
    ("[]", 0, .unclosedClass), ("[z-a]", 1, .badClassRange), (#"[a-\d]"#, 1, .badClassRange),
    (#"\p{Klingon}"#, 0, .unknownClassName), ("[[:foo:]]", 1, .unknownClassName),
    (#"\pQ"#, 0, .unknownClassName), (#"a\"#, 1, .badEscape), (#"\y"#, 0, .badEscape),
    (#"\xZ"#, 0, .badEscape), (#"\x{110000}"#, 0, .badEscape), ("*a", 0, .badRepetition),
    ("a**", 2, .badRepetition), ("a+*", 2, .badRepetition), ("a|*", 2, .badRepetition),
    ("(*)", 1, .badRepetition), ("(?i)*", 4, .badRepetition), ("a{2}{3}", 4, .badRepetition),
    ("a{1001}", 1, .badRepetitionCount), ("a{3,2}", 1, .badRepetitionCount),
    ("(?x)", 0, .badGroup), ("(?P<>a)", 0, .badGroup), ("(?P<a>b)(?P<a>c)", 12, .badGroup),
    ("(?=a)", 0, .unsupported), ("(?!a)", 0, .unsupported), ("(?<=a)", 0, .unsupported),
    ("(?<!a)", 0, .unsupported), (#"(a)\1"#, 3, .unsupported), ("(?>a)", 0, .unsupported),
    (#"\C"#, 0, .unsupported), (#"a\Z"#, 1, .unsupported), ("((a{100}){100}){100}", 0, .tooLarge),
    (#"\pL{1000}"#, 0, .tooLarge), (String(repeating: "(", count: 100), 64, .tooDeep),
  ]

  @Test("a bad expression is refused with its place and reason", arguments: errors)
  func refuses(_ text: String, _ offset: Int, _ kind: PatternError.Kind) {
    let problem = pattern(.regularExpression, text).problem()
    #expect(problem?.kind == kind)
    #expect(problem?.offset == offset)
    #expect(problem?.message.isEmpty == false)
  }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    let problem = Pattern(.regularExpression, [0x61, 0xFF]).problem()
    #expect(problem?.kind == .notUTF8)
    #expect(problem?.offset == 1)
  }
}
