import Foundation
import Testing
import TractatusCLI
import TractatusSource

@Suite("what stands beside the sources")
struct RepositoryTests {
  @Test("the top level holds only what belongs there")
  func topLevel() throws {
    let allowed: Set = [
      "Package.swift", "Sources", "Tests", "rules", "grammar", "README.md", "CONTRIBUTING.md",
      "CHANGELOG.md", "LICENSE",
    ]
    let entries = try FileManager.default.contentsOfDirectory(atPath: packageRoot)
    for name in entries.sorted() where !name.hasPrefix(".") {
      #expect(allowed.contains(name), "\(name)")
    }
    for name in allowed.sorted() { #expect(entries.contains(name), "\(name) is missing") }
  }

  @Test("every diagnostic code has a golden case")
  func codesHaveCases() throws {
    let texts = try SwiftSource.files(under: "Tests", suffix: ".case").map {
      try String(contentsOfFile: packageRoot + "/" + $0, encoding: .utf8)
    }
    for code in DiagnosticCode.allCases {
      let isShown = texts.contains { $0.contains(code.identifier) }
      #expect(isShown, "\(code.identifier) \(code)")
    }
  }

  @Test("every diagnostic code has a title and an explanation of its own")
  func codesAreExplained() {
    var seen: [String: DiagnosticCode] = [:]
    for code in DiagnosticCode.allCases {
      #expect(!code.title.isEmpty && !code.title.hasSuffix("."), "\(code.identifier)")
      #expect(code.explanation.count > 40, "\(code.identifier)")
      if let other = seen.updateValue(code, forKey: code.explanation) {
        Issue.record("\(code.identifier) is explained as \(other.identifier) is")
      }
    }
  }

  @Test("the README's commands exist, and it names every verb")
  func readmeIsCurrent() throws {
    let readme = try String(contentsOfFile: packageRoot + "/README.md", encoding: .utf8)
    let first = "swift run -c release tractatus eval rules/examples/connect-default-port.json"
    #expect(readme.contains(first))
    #expect(readme.contains("swift test"))
    for match in readme.matches(of: /\brules\/[\w\/.-]+\.(?:json|tract)\b/) {
      let path = packageRoot + "/" + match.0
      #expect(FileManager.default.fileExists(atPath: path), "\(match.0)")
    }
    let verbs = Set(CLI.commands.map(\.name))
    for match in readme.matches(of: /\btractatus ([a-z]+)\b/) {
      let word = String(match.1)
      let isCommand = readme.contains("`tractatus \(word)")
      if isCommand { #expect(verbs.contains(word), "README names `tractatus \(word)`") }
    }
    for verb in CLI.commands.filter({ $0.group != .help }).map(\.name) {
      #expect(readme.contains("tractatus \(verb)"), "README does not name `tractatus \(verb)`")
    }
  }

  @Test("the continuous checks run the README's test command")
  func checksRunTheTests() throws {
    let script = try String(contentsOfFile: packageRoot + "/.ci/run", encoding: .utf8)
    #expect(script.contains("swift test"))
    #expect(FileManager.default.isExecutableFile(atPath: packageRoot + "/.ci/run"))
  }
}
