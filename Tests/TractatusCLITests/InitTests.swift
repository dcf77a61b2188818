import Foundation
import Testing

@Suite("init as a command")
struct InitTests {
  private let paths = [
    ".claude/settings.json", ".github/workflows/tractatus.yml", ".pre-commit-config.yaml",
    ".tractatus-lint",
    "rules/agents.tract", "rules/agents_tests.tract",
  ]

  private func files(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + $0)
      return attributes[.type] as? FileAttributeType != .typeDirectory
    }
  }

  @Test("what it writes has the canonical layout, passes its tests, and nothing is doubtful in it")
  func isSound() throws {
    let folder = try TemporaryFolder()
    let result = run("init", folder.path, "--name", "acme.agents")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try files(in: folder) == paths)
    let hook = try String(contentsOfFile: folder.path + "/" + paths[0], encoding: .utf8)
    #expect(hook.contains("hook claude-code") && hook.contains("--rules rules"), "\(hook)")
    let rules = folder.path + "/rules"
    let configuration = folder.path + "/.tractatus-lint"
    let lint = run(
      "lint", rules, "--fail-on", "note", "--config", configuration, "--now", "2026-11-21")
    #expect(lint.output == "2 files, 8 examples: no errors\n", "\(lint.errors)")
    let format = run("fmt", "--check", rules)
    #expect(format.status == 0, "\(format.output)")
    let test = run("test", rules)
    #expect(test.output == "12 passed\n")
  }

  @Test("it writes nothing where one of its files is, and says which", arguments: 0..<6)
  func neverOverwrites(index: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(paths[index], "mine\n")
    let result = run("init", folder.path, "--name", "acme.agents")
    #expect(result.status == 2)
    #expect(result.errors.contains("`\(folder.path)/\(paths[index])` is there already"))
    #expect(try files(in: folder) == [paths[index]])
    let text = try String(contentsOfFile: folder.path + "/" + paths[index], encoding: .utf8)
    #expect(text == "mine\n")
  }

  @Test("a link that leads nowhere is there, too")
  func danglingLink() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/.tractatus-lint", withDestinationPath: "/nowhere/at/all")
    #expect(run("init", folder.path).status == 2)
    let without = run(
      "init", folder.path, "--name", "agents", "--without", "lint", "--without", "hook")
    #expect(without.status == 0)
    #expect(!without.output.contains(".tractatus-lint"))
  }

  @Test("the package is named after the folder, and never as one that is built in or a word")
  func names() throws {
    let folder = try TemporaryFolder()
    for (name, package) in [
      ("My App-2", "my_app_2"), ("rule", "agents"), ("tractatus", "agents"), ("42", "agents"),
    ] {
      let result = run("init", folder.path + "/" + name, "--without", "hook")
      #expect(result.output.contains("rules/\(package).tract\n"), "\(name): \(result.output)")
    }
    for name in ["tractatus.core", "Acme", "a..b", "on", "a b", ""] {
      #expect(run("init", folder.path + "/x", "--name", name).status == 2, "\(name)")
    }
  }

  @Test("the repository's own hooks for pre-commit name commands that exist")
  func hooks() throws {
    let text = try String(contentsOfFile: repository + "/.pre-commit-hooks.yaml", encoding: .utf8)
    for verb in ["check", "lint", "fmt", "test"] {
      #expect(text.contains("- id: tractatus-\(verb)\n"))
      #expect(text.contains("  entry: tractatus \(verb)\n"))
    }
  }
}
