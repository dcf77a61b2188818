import TractatusSource
import TractatusSyntax

/// The files with which a repository begins to govern its agents.
struct Scaffold {
  /// Parts that can be left out.
  static let optionalParts = ["lint", "workflow", "pre-commit", "hook"]

  /// Where the client's hook is written, by `hook install`.
  static let hookSettings = ".claude/settings.json"

  let package: String
  let files: [(path: String, text: String)]
  /// Whether the client's hook is installed, too.
  let installsHook: Bool

  /// The files for a package of rules.
  init(package: String, without: Set<String>) {
    self.package = package
    installsHook = !without.contains("hook")
    let stem = package.split(separator: ".").last.map(String.init) ?? package
    let all = [
      ("rules/\(stem).tract", ScaffoldTexts.rules),
      ("rules/\(stem)_tests.tract", ScaffoldTexts.tests),
      (".tractatus-lint", ScaffoldTexts.lint),
      (".github/workflows/tractatus.yml", ScaffoldTexts.workflow),
      (".pre-commit-config.yaml", ScaffoldTexts.preCommit),
    ]
    files = all.filter { !without.contains(Self.part(of: $0.0) ?? "") }
      .map { ($0.0, Self.filled($0.1, package)) }
  }

  /// The part that a file is; nil for what is never left out.
  static func part(of path: String) -> String? {
    switch path {
    case ".tractatus-lint": "lint"
    case ".github/workflows/tractatus.yml": "workflow"
    case ".pre-commit-config.yaml": "pre-commit"
    case hookSettings: "hook"
    default: nil
    }
  }

  private static func filled(_ text: String, _ package: String) -> String {
    var filled = ""
    var rest = text[...]
    while let mark = rest.range(of: "PACKAGE") {
      filled += rest[..<mark.lowerBound] + package
      rest = rest[mark.upperBound...]
    }
    return filled + rest
  }

  // MARK: Names

  /// A package's name after the folder; `agents` where that has none.
  static func defaultName(_ folder: String, _ console: Console) -> String {
    let path = folder == "." ? console.currentFolder ?? "" : folder
    let last = path.split(separator: "/").last { $0 != "." && $0 != ".." } ?? ""
    var name: [UInt8] = []
    for byte in last.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): name.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): name.append(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9") where !name.isEmpty: name.append(byte)
      default: if !name.isEmpty, name.last != UInt8(ascii: "_") { name.append(UInt8(ascii: "_")) }
      }
    }
    while name.last == UInt8(ascii: "_") { name.removeLast() }
    let text = String(decoding: name, as: UTF8.self)
    return isPackageName(text) ? text : "agents"
  }

  /// Whether a package of the user's own can be called so.
  static func isPackageName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.first != "tractatus", name.utf8.count <= 100 else { return false }
    return parts.allSatisfy { part in
      guard let first = part.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
      else { return false }
      return Word(rawValue: String(part)) == nil
        && part.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
  }

  // MARK: What comes next

  /// What to do with what was written.
  func nextSteps(in folder: String) -> String {
    var text = "Try it:\n"
    let place = folder == "." ? "" : "cd \(SourceLineExcerpt.visible(folder)) && "
    text += "  \(place)tractatus test\n"
    text += "  \(place)tractatus test --mutate       # do the tests notice what changes?\n"
    text += "  \(place)tractatus explain --command 'git push --force'\n"
    let paths = files.map(\.path)
    if paths.contains(".github/workflows/tractatus.yml") {
      text +=
        "\nThe workflow takes the executable from the repository's variables TRACTATUS_URL and\n"
      text += "TRACTATUS_SHA256; `.ci/release` of Tractatus builds it.\n"
    }
    if paths.contains(".pre-commit-config.yaml") {
      text += "\nBefore each commit:\n  pre-commit install\n"
    }
    if !installsHook {
      text += "\nBefore each action of Claude Code:\n  tractatus hook install claude-code\n"
    }
    return text
  }
}

extension Substring {
  /// Where a text of ASCII first stands in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      formIndex(after: &start)
    }
    return nil
  }
}
