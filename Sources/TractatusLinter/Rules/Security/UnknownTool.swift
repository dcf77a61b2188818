import TractatusSource
import TractatusSyntax

extension LintRule {
  /// `unknown-tool`.
  static let unknownTool = LintRule(
    207, "unknown-tool", .warning, "A mapping by a tool's name that no known client has.",
    why: """
      Names of tools are compared whole and by case. A mapping by a name that nobody sends takes no call, so the calls \
      that were meant are of no action type, and the rules on it never see them. Known are the built-in tools of \
      clients; `mcp__server__tool` and names in small letters, which any server or program may have, are taken as \
      they are, unless a capital or two are all that parts them from a known one.
      """,
    avoid: """
      action shell "Run a command" {
          line: command
          from tool "bash_tool", "BASH" with line = command
      }
      """,
    prefer: """
      action shell "Run a command" {
          line: command
          from tool "Bash" with line = command
      }
      """,
    fix: .deciding, fixSummary: "Writes the known name that is nearest.",
    parameters: [
      .init(
        "small-letters", .flag(false),
        "Whether names in small letters that are no known client's are reported as well.")
    ]
  ) { run in
    let reportsSmall = run.flag("small-letters")
    for file in run.files {
      for source in file.views(.toolSource, ToolSourceView.self) {
        for token in source.tools {
          let name = file.tree.string(of: token)
          guard let problem = problem(name, reportsSmall) else { continue }
          let near = NearName.nearest(to: name, among: known)
          let span = file.tree.span(of: token)
          run.report(
            problem + (near.map { "; did you mean `\($0)`?" } ?? ""), at: span,
            fix: near.map { FixIt("write `\($0)`", replacing: span, with: "\"\($0)\"") })
        }
      }
    }
  }

  private static func problem(_ name: String, _ reportsSmall: Bool) -> String? {
    if known.contains(name) || name.contains("*") { return nil }
    if name.hasPrefix("mcp__") {
      let parts = name.dropFirst(5).split(separator: "__", omittingEmptySubsequences: false)
      return parts.count >= 2 && parts.allSatisfy { !$0.isEmpty }
        ? nil : "tools of MCP servers are called `mcp__server__tool`, not `\(name)`"
    }
    if name.hasPrefix("mcp_") || name.hasPrefix("mcp-") {
      return "tools of MCP servers are called `mcp__server__tool`, not `\(name)`"
    }
    let isSmall = name.utf8.allSatisfy { $0 &- 0x41 >= 26 }
    let isCaseOfKnown = known.contains { $0 != name && $0.lowercased() == name.lowercased() }
    if isSmall, !isCaseOfKnown, !reportsSmall, !looksLikeKnown(name) { return nil }
    return "no known client has a tool `\(name)`, and names are compared by case"
  }

  /// `bash_tool` and its like: a known name with something around it.
  private static func looksLikeKnown(_ name: String) -> Bool {
    known.contains {
      $0.utf8.first.map { $0 &- 0x41 < 26 } ?? false
        && name == $0.lowercased() + "_tool"
    }
  }

  /// Built-in tools: of Claude Code (its tools reference), Codex, Gemini CLI, Cursor, and the names
  /// that the shipped action types take.
  private static let known: Set<String> = [
    "Agent", "AskUserQuestion", "Bash", "BashOutput", "Edit", "EnterPlanMode", "ExitPlanMode",
    "Glob", "Grep", "KillBash", "KillShell", "LS", "ListMcpResourcesTool", "LSP", "MultiEdit",
    "NotebookEdit", "NotebookRead", "Read", "ReadMcpResourceTool", "Skill", "SlashCommand", "Task",
    "TaskCreate", "TaskGet", "TaskList", "TaskOutput", "TaskStop", "TaskUpdate", "TodoRead",
    "TodoWrite", "ToolSearch", "WebFetch", "WebSearch", "Write", "apply_patch", "create_file",
    "edit_file", "execute_command", "fetch", "glob", "google_web_search", "grep", "http_request",
    "list_directory", "read_file", "read_many_files", "replace", "run_shell", "run_shell_command",
    "run_terminal_cmd", "save_memory", "search_file_content", "shell", "update_plan", "view_image",
    "web_fetch", "web_search", "write_file",
  ]
}
