import Testing
import TractatusSemantics
import TractatusValues

@testable import TractatusCompiler

private typealias Fixture = PolicyFixture

@Suite("Emission")
struct EmissionTests {
  private var policy: LoweredPolicy {
    let because = Template(segments: [.text("a | b "), .value(Fixture.operand("port"))])
    let name = Fixture.test("name", .matches([TextPattern(kind: .glob, text: "*.\"pem")]))
    let size = Fixture.test("size", .compare(.less, Fixture.operand("port")))
    let rules = [
      Fixture.rule(
        "a", when: .constant(true),
        [Fixture.deny(.or([.and([Fixture.port(1), name]), size]), because: because)]),
      Fixture.rule("b", when: Fixture.port(2), [Fixture.require(.not(name))]),
    ]
    var policy = Lowering.lower(Fixture.policy(rules: rules)).0
    policy.digest = "sha256:00"
    return policy
  }

  @Test("the table shows each clause with its rows as conditions")
  func table() {
    #expect(
      Emission.table.text(of: policy) == #"""
        digest sha256:00

        action t.call "Call"
          deny by t.a/0
            when port == 1 and name like "*.\"pem"
            or size < port
            because "a | b {port}"
          deny by t.b/0
            where port == 2
            unless not (name like "*.\"pem")
            because "A title"

        """#)
  }

  @Test("markdown has a column an attribute and keeps its cells")
  func markdown() {
    #expect(
      Emission.markdown.text(of: policy) == #"""
        # Decision tables

        Digest: `sha256:00`

        ## t.call

        Call

        | verdict | rule | name | port | also | reason |
        | --- | --- | --- | --- | --- | --- |
        | deny | t.a | name like "*.\"pem" | port == 1 |  | a \| b {port} |
        | deny | t.a |  |  | size &lt; port | a \| b {port} |
        | deny | t.b |  | port == 2 | not (not (name like "*.\"pem")) | A title |

        """#)
  }

  @Test("the intermediate form numbers attributes, tests and rows")
  func intermediate() {
    #expect(
      Emission.ir.text(of: policy) == #"""
        digest sha256:00

        attributes
          a0 t.call: port
          a1 t.call: name
          a2 t.call: size

        tests
          t0 exact port == 1
          t1 exact name like "*.\"pem"
          t2 relation size < port
          t3 exact port == 2

        table t.call
          clause t.a/0 deny
            rows t0 t1 | t2
              causes t0 t1 t2
          clause t.b/0 deny
            rows t3
              causes t3
            required !t1
              causes t1

        """#)
  }

  @Test("JSON is one object with the same tables")
  func json() {
    #expect(
      Emission.json.text(of: policy) == #"""
        {"digest":"sha256:00",
         "packages":{"t":"1"},
         "tables":[
          {"action":"t.call","title":"Call","clauses":[
            {"rule":"t.a","clause":"0","verdict":"deny",
        """#
        + #""when":[["port == 1","name like \"*.\\\"pem\""],["size < port"]],"#
        + #""reason":"a | b {port}"}"# + ",\n"
          + #"""
              {"rule":"t.b","clause":"0","verdict":"deny","where":[["port == 2"]],
          """#
        + #""require":[["not (name like \"*.\\\"pem\")"]],"reason":"A title"}"# + "\n"
          + #"""
            ]}
           ]}

          """#)
  }

  @Test(
    "sets of places are written as a rule file would",
    arguments: [
      ([OrdinalRange(5, 5)], "x == 5"), ([OrdinalRange(5, 9)], "x in 5..9"), ([], "x in []"),
      ([OrdinalRange(.min, 5)], "x <= 5"), ([OrdinalRange(5, .max)], "x >= 5"),
      ([OrdinalRange(1, 1), OrdinalRange(3, 3)], "x in [1, 3]"),
      ([OrdinalRange(1, 1), OrdinalRange(3, .max)], "(x == 1 or x >= 3)"),
    ])
  func places(_ ranges: [OrdinalRange], _ text: String) {
    let scaled = ranges.map { range in
      OrdinalRange(
        range.lower == .min ? .min : range.lower * Decimal.scale,
        range.upper == .max ? .max : range.upper * Decimal.scale)
    }
    #expect(OrdinalText.test("x", in: scaled, .number(bounds: NumberBounds())) == text)
  }

  @Test("a place next to a round one is a strict bound")
  func strictBounds() {
    let type = ValueType.number(bounds: NumberBounds())
    let five = 5 * Decimal.scale
    #expect(OrdinalText.test("x", in: [OrdinalRange(five + 1, .max)], type) == "x > 5")
    #expect(OrdinalText.test("x", in: [OrdinalRange(.min, five - 1)], type) == "x < 5")
    #expect(
      OrdinalText.test("x", in: [OrdinalRange(five, 9 * Decimal.scale - 1)], type)
        == "(x >= 5 and x < 9)")
  }
}
