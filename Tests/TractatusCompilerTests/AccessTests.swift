import Testing
import TractatusEngine
import TractatusSource

@testable import TractatusCompiler

@Suite("how rows are reached")
struct AccessTests {
  /// How many rows are looked at in every decision by rules with a condition each.
  private func always(_ conditions: [String]) throws -> Int {
    var text = """
      policy p "P" version "1.0.0"
      action shell "Run" { command: command name: text optional }
      program rm { deletes operands flag "-r" flag "-f" }
      program cp { writes operands }

      """
    for (index, condition) in conditions.enumerated() {
      text += "rule r\(index) \"R\" { on shell deny when \(condition) }\n"
    }
    let policy = PolicyLoader.load([RuleFile(name: "p.tract", bytes: Array(text.utf8))])
    let result = Compilation.compile(policy)
    var renderer = DiagnosticRenderer(sources: result.sources)
    let program = try #require(result.program, "\(renderer.render(result.diagnostics))")
    return program.sections.tables.reduce(0) { $0 + Int($1.always.count) }
  }

  @Test(
    "an index reaches what some positive test must hold for",
    arguments: [
      #"any c in command satisfies (c deletes within "/a" and not c runs "rm")"#,
      #"any c in command satisfies (c runs "rm" or c writes within "/a")"#,
      #"all c in command satisfies (c runs "rm" with "-r")"#,
      #"not command is opaque and (command runs "rm" or any c in command satisfies (c escalates))"#,
      #"name? == "x" and not command is opaque"#,
    ])
  func reached(condition: String) throws {
    #expect(try always([condition]) == 0)
  }

  @Test("a condition of too many rows is reached through its parts")
  func composites() throws {
    let sides = (0..<7).map { #"(command runs "a\#($0)" or command writes within "/a\#($0)")"# }
    #expect(try always([sides.joined(separator: " and ")]) == 0)
  }

  @Test(
    "what may hold when no test does is looked at always",
    arguments: [
      #"not command only runs "rm""#,
      #"any c in command satisfies (not c runs "rm")"#,
      #"any c in command satisfies (c runs "rm" or not c runs "cp")"#,
    ])
  func unreached(condition: String) throws {
    #expect(try always([condition]) == 1)
  }
}
