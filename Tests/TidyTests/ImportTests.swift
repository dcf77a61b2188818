import Testing

/// What each target may import: the table of `CONTRIBUTING.md`. Read from the sources, for the
/// build accepts an undeclared import of a module that is built already.
private let table: [String: [String]] = [
  "TractatusValues": [],
  "TractatusSource": [],
  "TractatusSyntax": ["TractatusSource"],
  "TractatusFormat": ["TractatusSyntax", "TractatusSource"],
  "TractatusSemantics": [
    "TractatusSyntax", "TractatusSource", "TractatusPatterns", "TractatusValues",
  ],
  "TractatusPatterns": [],
  "TractatusLinter": [
    "TractatusSemantics", "TractatusSyntax", "TractatusSource", "TractatusPatterns",
  ],
  "TractatusJSON": [],
  "TractatusEngine": ["TractatusPatterns", "TractatusJSON"],
  "TractatusCompiler": [
    "TractatusSemantics", "TractatusSyntax", "TractatusSource", "TractatusPatterns",
    "TractatusEngine",
  ],
  "TractatusTestRunner": [
    "TractatusCompiler", "TractatusSemantics", "TractatusSyntax", "TractatusEngine",
    "TractatusJSON", "TractatusSource",
  ],
  "TractatusAnalysis": [
    "TractatusCompiler", "TractatusEngine", "TractatusSemantics", "TractatusSyntax",
    "TractatusSource", "TractatusPatterns", "TractatusJSON",
  ],
  "TractatusAdapters": ["TractatusEngine", "TractatusJSON"],
  "TractatusSession": ["Glibc", "TractatusJSON"],
  "TractatusRulePacks": [],
  "TractatusLanguageServer": [
    "TractatusLinter", "TractatusFormat", "TractatusCompiler", "TractatusSemantics",
    "TractatusSyntax", "TractatusSource", "TractatusPatterns", "TractatusJSON",
  ],
  "TractatusCLI": [
    "Glibc", "TractatusSource", "TractatusSyntax", "TractatusSemantics", "TractatusPatterns",
    "TractatusJSON", "TractatusEngine", "TractatusCompiler", "TractatusTestRunner",
    "TractatusAdapters", "TractatusAnalysis", "TractatusRulePacks", "TractatusFormat",
    "TractatusLinter",
    "TractatusSession", "TractatusLanguageServer",
  ],
  "tractatus": ["TractatusCLI"],
]

/// A leaf without a dependency of its own, which every target may import.
private let leaf = "TractatusValues"

@Suite("what targets import")
struct ImportTests {
  @Test("every target imports only what the table allows")
  func importsFollowTheTable() {
    for file in SwiftSource.all(under: "Sources") {
      guard let allowed = table[file.target] else {
        Issue.record("\(file.path): the target is not in the table")
        continue
      }
      for name in imports(of: file) where name != leaf || file.target == leaf {
        #expect(allowed.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test("every target of the table exists")
  func theTableIsCurrent() {
    let targets = Set(SwiftSource.all(under: "Sources").map(\.target))
    for name in table.keys.sorted() { #expect(targets.contains(name), "\(name)") }
  }

  @Test("only the command line reads clocks, arguments and the environment")
  func onlyTheCommandLineTouchesTheWorld() {
    let words = /\b(?:ContinuousClock|SuspendingClock|CommandLine|readLine|print)\b(?!:)/
    for file in SwiftSource.all(under: "Sources") where file.target != "TractatusCLI" {
      for (number, line) in file.code.enumerated() {
        if let word = line.firstMatch(of: words)?.0 {
          Issue.record("\(file.path):\(number + 1) uses \(word)")
        }
      }
    }
  }

  private func imports(of file: SwiftSource) -> [String] {
    let pattern =
      /^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:\w+\s+)?import\s+(?:\w+\s+)?([A-Za-z_][\w.]*)\s*$/
    return file.code.compactMap { line in
      guard line.contains("import"), let match = line.wholeMatch(of: pattern) else { return nil }
      return String(match.1.split(separator: ".")[0])
    }
  }
}
