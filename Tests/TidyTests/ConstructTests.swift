import Testing

@Suite("constructs that the sources do without")
struct ConstructTests {
  @Test("nothing in the sources traps on purpose or unwraps by force")
  func noForce() {
    let forced = /[\w\)\]\?"]!(?![=\w])/
    for file in SwiftSource.all(under: "Sources") {
      for (number, line) in file.code.enumerated() {
        for word in ["try!", "as!", "fatalError", "preconditionFailure", "unsafelyUnwrapped"]
        where line.contains(word) {
          Issue.record("\(file.path):\(number + 1) uses \(word)")
        }
        if line.contains(forced) {
          Issue.record("\(file.path):\(number + 1) unwraps by force")
        }
      }
    }
  }

  @Test("comments carry no tags but INVARIANT, SAFETY, PERF and MARK")
  func noForeignTags() {
    let words = /\b(TODO|FIXME|HACK|XXX|NOTE|WARNING|BUG)\b/
    for file in SwiftSource.all(under: "Sources", "Tests")
    where !file.path.hasPrefix("Tests/TidyTests/") {
      for (number, line) in file.comments.enumerated() where line.contains(words) {
        Issue.record("\(file.path):\(number + 1) has a tag: \(line)")
      }
    }
  }

  @Test("types and files bear no empty words")
  func noEmptyWords() {
    let banned: Set = [
      "Manager", "Helper", "Helpers", "Utils", "Util", "Utilities", "Core", "Base",
    ]
    let declaration = /\b(?:struct|class|enum|protocol|actor|typealias)\s+([A-Z]\w*)/
    // The view of a score's `base` bears the language's own word, and the directory that relative
    // paths start from the word for it.
    let allowed: Set = ["BaseView", "CommandBase"]
    for file in SwiftSource.all(under: "Sources", "Tests") {
      var names = [file.name.replacing(".swift", with: "")]
      for line in file.code {
        names += line.matches(of: declaration).map { String($0.1) }
      }
      for name in names where !allowed.contains(name) && !words(of: name).isDisjoint(with: banned) {
        Issue.record("\(file.path): \(name)")
      }
    }
  }

  @Test("package and public declarations are documented")
  func documented() {
    // Stored properties and initialisers of plain records speak for themselves; operators too.
    let declaration =
      #/
        ^\s* (?:@\w+(?:\([^)]*\))?\s+)* (?:package|public)\s+ (?:[a-z]+(?:\([a-z]+\))?\s+)*?
        (struct|class|enum|protocol|actor|typealias|func)\s+(\w+)
      /#
    for file in SwiftSource.all(under: "Sources") {
      for (number, line) in file.code.enumerated() {
        guard line.prefixMatch(of: declaration) != nil else { continue }
        var above = number - 1
        while above >= 0, file.lines[above].trimmingPrefix(while: \.isWhitespace).hasPrefix("@") {
          above -= 1
        }
        let isDocumented =
          above >= 0 && file.lines[above].trimmingPrefix(while: \.isWhitespace).hasPrefix("///")
        #expect(isDocumented, "\(file.path):\(number + 1): \(line)")
      }
    }
  }

  /// The words of a name in camel case.
  private func words(of name: String) -> Set<String> {
    Set(name.matches(of: /[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/).map { String($0.0) })
  }
}
