import Testing
import TractatusCompiler
import TractatusConformanceSupport
import TractatusEngine
import TractatusSemantics
import TractatusSource
import TractatusValues

@testable import TractatusAnalysis

/// What `diff` says of two versions, both evaluators say, too.
@Suite struct DifferenceTests {
  private static let head = """
    policy acme.a "Acme" version "1"
    fact branch: text optional
    action deploy { environment: one of [dev, production]  port: int optional  otherwise ask }
    action bash { command: command }

    """

  private func compare(_ old: String, _ new: String) throws -> PolicyDifference {
    let before = try #require(PolicyVersion(AnalysedPolicy.compile([("a.tract", Self.head + old)])))
    let after = try #require(PolicyVersion(AnalysedPolicy.compile([("a.tract", Self.head + new)])))
    return DifferenceSearch.compare(before, after)
  }

  @Test(
    "each class of change is found, with its rule",
    arguments: [
      (
        "rule r { on deploy deny when port? > 10 }", "rule r { on deploy deny when port? > 20 }",
        ["loosened deploy r"]
      ),
      (
        "rule r { on deploy deny when port? > 10 }", "rule r { on deploy deny when port? > 5 }",
        ["tightened deploy r"]
      ),
      (
        "rule r { on deploy warn when port? > 10 } rule s { on deploy ask when port? > 10 }",
        "rule s { on deploy ask when port? > 10 }", []
      ),
      (
        "rule r { on deploy allow when environment == dev }",
        "rule r { on deploy allow when environment == dev or facts.branch? == \"main\" }",
        ["loosened deploy r"]
      ),
      (
        "rule r { on bash deny when command runs \"rm\" with [\"-r\", \"-f\"] }",
        "rule r { on bash deny when command runs \"rm\" with \"-r\" }", ["loosened bash r"]
      ),
      (
        "rule r \"A\" { on deploy deny when not (port? > 3 or port? > 5) because \"x\" }",
        "rule r \"B\" { on deploy deny when not port? > 3 because \"y\" }", []
      ),
      (
        "rule r { on any deny when description like \"*a*\" }",
        "rule r { on any deny when description like \"a*\" }",
        ["loosened bash r", "loosened deploy r", "loosened unmapped r"]
      ),
    ])
  func classes(old: String, new: String, wanted: [String]) throws {
    let difference = try compare(old, new)
    let found = difference.changes.map { change in
      let type = change.type.split(separator: ".").last ?? ""
      return "\(change.kind.rawValue) \(type) \(change.rule.split(separator: ".").last ?? "")"
    }
    #expect(found == wanted)
    #expect(difference.undecided.isEmpty)
  }

  /// A threshold with a level from a limit on, and the level's verdict.
  private static func load(_ level: String) -> String {
    "threshold load { on bash factor x 100% = scores.x level a from 0% level b from \(level)"
      + " unmeasured ask }"
  }

  @Test(
    "what changes around the rules is shown where it shows, and not decided else",
    arguments: [
      (
        load("50% deny"),
        load("60% deny"),
        ["loosened bash load"], 0
      ),
      (
        load("50% deny"),
        load("50% ask"),
        ["loosened bash load"], 0
      ),
      (
        "program rm { deletes operands } rule r { on bash deny when command deletes }",
        "program rm { reads operands } rule r { on bash deny when command deletes }",
        ["loosened bash program rm"], 1
      ),
      (
        "program rm { deletes operands } rule r { on bash deny when command deletes }",
        "program rm \"Removes\" { deletes operands } rule r { on bash deny when command deletes }",
        [], 0
      ),
      ("program rm { deletes operands }", "program rm { reads operands }", [], 0),
      (
        "rule r { on bash deny when description contains \"x\" }",
        "fact calm: bool rule r { on bash deny when description contains \"x\" and facts.calm }",
        ["loosened bash r"], 0
      ),
      (
        "",
        load("50% deny"),
        ["tightened bash load"], 0
      ),
      ("", "action other { x: int }", [], 0),
    ])
  func surroundings(old: String, new: String, wanted: [String], open: Int) throws {
    let difference = try compare(old, new)
    let found = difference.changes.map { change in
      let type = change.type.split(separator: ".").last ?? ""
      return "\(change.kind.rawValue) \(type) \(change.rule.split(separator: ".").last ?? "")"
    }
    #expect(found == wanted)
    #expect(difference.undecided.count == open, "\(difference.undecided)")
  }
}
