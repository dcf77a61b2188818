import Foundation
import TractatusSemantics
import TractatusSource

/// A policy of texts, for tests.
enum PolicyFixture {
  /// Checks a package `a.b` with this text after its `policy`.
  static func check(_ text: String) -> CheckResult {
    check(files: [("rules.tract", "policy a.b \"Test\" version \"1\"\n" + text)])
  }

  /// Checks files.
  static func check(files: [(String, String)]) -> CheckResult {
    var sources = SourceSet()
    return PolicyChecker.check(
      files.map { ParsedFile(parsing: sources.add(name: $0.0, bytes: Array($0.1.utf8))) })
  }

  /// The shipped packages and the example.
  static func shipped() throws -> [(String, String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let names = [
      "rules/tractatus/actions.tract", "rules/tractatus/core.tract",
      "rules/tractatus/reasoning.tract",
      "rules/examples/platform.tract", "rules/examples/platform_tests.tract",
    ]
    return try names.map { name in
      (name, try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8))
    }
  }

  /// What a policy says, without where: two orders of the same declarations give the same text.
  static func content(_ policy: CheckedPolicy) -> String {
    let pattern = #"(TractatusSource\.)?SourceSpan\([^()]*(\([^()]*\))?[^()]*\)"#
    return "\(policy)".replacingOccurrences(of: pattern, with: "", options: .regularExpression)
  }
}
