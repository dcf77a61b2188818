import TractatusJSON
import TractatusSession
import TractatusValues

/// What the command line adds around an action.
struct Surroundings {
  /// The project's root as an option gave it: it wins over the action's own.
  let project: String?
  private let time: String?
  private let facts: FactTree
  private let folder: String?
  private let claudeProject: String?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    project = arguments.value("project")
    time = arguments.value("now")
    if let time, Instant(Array(time.utf8).span) == nil {
      throw UsageError(
        message: "`--now` takes an RFC 3339 time such as 2026-01-02T03:04:05Z, not `\(time)`")
    }
    var tree = FactTree()
    for fact in arguments.values("fact") { try tree.add(fact) }
    facts = tree
    folder = console.currentFolder
    claudeProject = console.environment("CLAUDE_PROJECT_DIR")
  }

  /// The surroundings as a document in the shape of a native action.
  func document(isClaudeCode: Bool, session: SessionReading? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    let root = project ?? (isClaudeCode ? claudeProject : nil) ?? folder
    if let root {
      json.key("project")
      json.string(root)
    }
    if let time {
      json.key("at")
      json.string(time)
    }
    session?.writeFigures(to: &json)
    if !facts.isEmpty {
      json.key("facts")
      facts.write(to: &json)
    }
    json.endObject()
    return json.bytes
  }
}
