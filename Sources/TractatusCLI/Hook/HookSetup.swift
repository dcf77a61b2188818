import TractatusJSON
import TractatusRulePacks
import TractatusSource

/// `hook install`, `hook uninstall` and `hook status`.
struct HookSetup {
  private let arguments: Arguments
  private let console: Console
  /// The project's folder, absolute; nil with `--user`.
  private let project: String?
  /// The settings file that is changed.
  private let path: String
  /// The value of `--budget`.
  private let budget: Int?

  init(_ arguments: Arguments, _ console: Console) throws(UsageError) {
    self.arguments = arguments
    self.console = console
    budget = try HookSettings.budget(arguments)
    if arguments.has("user") {
      guard arguments.value("project") == nil else {
        throw UsageError(message: "`--user` and `--project` exclude each other")
      }
      guard let folder = Self.userFolder(console) else {
        throw UsageError(message: "`--user` needs `HOME`")
      }
      project = nil
      path = folder + "/settings.json"
      return
    }
    let project = try Self.absolute(arguments.value("project") ?? ".", console)
    self.project = project
    path = project + "/.claude/settings.json"
  }

  /// Where Claude Code keeps a user's settings.
  private static func userFolder(_ console: Console) -> String? {
    console.environment("CLAUDE_CONFIG_DIR")
      ?? console.environment("HOME").map { $0 + "/.claude" }
  }

  private static func absolute(
    _ path: String, _ console: Console
  ) throws(UsageError) -> String {
    var path = path
    if !path.hasPrefix("/") {
      guard let folder = console.currentFolder else {
        throw UsageError(message: "the current folder is not known: give `--project` absolute")
      }
      path = folder + "/" + path
    }
    guard let resolved = LinkResolution.resolve(path) else {
      throw UsageError(message: "`\(path)` leads nowhere")
    }
    return resolved
  }

  // MARK: Install

  /// Writes the entry into the settings.
  func install() throws(HookFailure) -> ExitStatus {
    guard let executable = ChildProcess.ownPath() else {
      throw HookFailure(.unusableSettings, "the path of this executable is not known")
    }
    let rules = try rules()
    if let project {
      let kind = try? DirectoryWalk.kind(of: project)
      guard kind == .directory else {
        throw HookFailure(.unknownProject, "`\(project)` is no folder")
      }
      // Rules that do not compile would deny everything.
      try check(rules, project)
    }
    let entry = HookEntry(
      executable: executable, project: project, rules: rules, isShadow: arguments.has("shadow"),
      budget: budget,
      options: ["state", "log"].flatMap { name in
        arguments.value(name).map { ["--" + name, $0] } ?? []
      })
    var file = try HookSettingsFile(path)
    let changed = file.install(entry)
    if changed { try file.write() }
    let verb = changed ? "installed in" : "already installed in"
    console.output.line("tractatus: \(verb) \(shown(file.path))")
    if file.disablesHooks {
      console.errors.line("tractatus: these settings have `disableAllHooks`: no hook is called")
    }
    console.output.line(
      changed
        ? "Start a new session, or look at it with `/hooks`; `tractatus hook status` proves it."
        : "Nothing was changed.")
    return .pass
  }

  /// The values of `--rules` as the settings have them: below the project by their way from it.
  private func rules() throws(HookFailure) -> [String] {
    let given = arguments.values("rules")
    guard let project else {
      for value in given where !RulePacks.isPackage(value) && !value.hasPrefix("/") {
        throw HookFailure(
          .unusablePolicy, "`\(value)` would be another file in every project: give it absolute")
      }
      return given
    }
    if given.isEmpty {
      let folder = project + "/" + RuleReader.defaultFolder
      // Named, so that without the folder everything is denied.
      return (try? DirectoryWalk.kind(of: folder)) == nil ? [] : [RuleReader.defaultFolder]
    }
    return given.map { value in
      if RulePacks.isPackage(value) { return value }
      let path = value.hasPrefix("/") ? value : (console.currentFolder ?? "") + "/" + value
      let resolved = LinkResolution.resolve(path) ?? path
      return resolved.hasPrefix(project + "/")
        ? String(resolved.dropFirst(project.count + 1)) : resolved
    }
  }

  private func check(_ rules: [String], _ project: String) throws(HookFailure) {
    let roots = try HookRules.roots(rules, project: project)
    do throws(PolicyFailure) {
      _ = try PolicySource.program(
        roots, style: Style(arguments, console), cache: CacheSettings(arguments, console), console)
    } catch {
      throw HookFailure(error.code, error.reason)
    }
  }

  // MARK: Uninstall

  /// Takes the entry out of the settings.
  func uninstall() throws(HookFailure) -> ExitStatus {
    var file = try HookSettingsFile(path)
    guard file.exists, file.uninstall() else {
      console.output.line("tractatus: not installed in \(shown(file.path))")
      return .pass
    }
    try file.write()
    console.output.line("tractatus: taken out of \(shown(file.path))")
    return .pass
  }

  // MARK: Status

  /// Says whether the hook is called, by what and with which rules, and proves it.
  func status() throws(HookFailure) -> ExitStatus {
    let report = try HookStatus.look(project: project ?? "/", files: files, console)
    console.output.write(arguments.value("format") == "json" ? report.json : report.text)
    return report.isActive ? .pass : .fail
  }

  /// The settings files that count, strongest last.
  private var files: [String] {
    var files: [String] = []
    if let folder = Self.userFolder(console) { files.append(folder + "/settings.json") }
    if let project {
      files += ["settings.json", "settings.local.json"].map { project + "/.claude/" + $0 }
    }
    return files
  }

  private func shown(_ path: String) -> String { SourceLineExcerpt.visible(path) }
}
