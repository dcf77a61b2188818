import TractatusJSON
import TractatusSource

/// Whether this program's hook is called before tools are used, and whether it holds.
struct HookStatus {
  /// One installed hook.
  struct Installed {
    /// The settings file.
    var file: String
    var command: String
    /// What keeps it from being called, or from holding, before it is even run; nil for nothing.
    var doubt: String?
    var isShadow: Bool
    var proof: HookProof.Outcome
  }

  private(set) var installed: [Installed] = []
  /// The settings file that turns all hooks off.
  private(set) var disablingFile: String?

  /// Looks into settings files, and runs what they have installed.
  ///
  /// - Throws: T0732 for a file that cannot be read.
  static func look(
    project: String, files: [String], _ console: Console
  ) throws(HookFailure) -> HookStatus {
    var status = HookStatus()
    for path in files {
      let file = try HookSettingsFile(path)
      if file.disablesHooks { status.disablingFile = file.path }
      for found in file.found where found.event == "PreToolUse" {
        let isShadow = found.command.contains(" --shadow")
        status.installed.append(
          Installed(
            file: file.path, command: found.command, doubt: doubt(found, isShadow, file.text.tape),
            isShadow: isShadow,
            proof: HookProof.run(
              found.command, isShadow: isShadow, project: project, console)))
      }
    }
    return status
  }

  /// What is missing of what `hook install` writes.
  private static func doubt(
    _ found: HookSettingsFile.Found, _ isShadow: Bool, _ tape: borrowing JSONTape
  ) -> String? {
    if let node = tape.member(found.group, "matcher"), let matcher = tape.string(node),
      !["", "*", ".*"].contains(matcher)
    {
      return "it is called for `\(matcher)` alone"
    }
    if isShadow { return nil }
    if !found.command.hasSuffix("|| exit 2") {
      return "a crash, or a missing executable, would let the action pass"
    }
    let failure = tape.member(found.hook, "onFailure").flatMap { tape.string($0) }
    return failure == "block" ? nil : "`onFailure` is not `block`"
  }

  /// Whether some hook holds.
  var isActive: Bool {
    disablingFile == nil && installed.contains { $0.proof == .denies && $0.doubt == nil }
  }

  // MARK: Report

  /// In words, with a newline at the end.
  var text: String {
    var lines: [String] = []
    for one in installed {
      lines.append("settings    \(one.file)")
      lines.append("command     \(one.command)")
      if let doubt = one.doubt { lines.append("doubt       \(doubt)") }
      lines.append("proof       \(Self.words(one.proof))")
    }
    if let disablingFile { lines.append("disabled    by `disableAllHooks` in \(disablingFile)") }
    let watches = installed.contains { $0.proof == .watches }
    let head = isActive ? "active" : watches ? "only watches (--shadow)" : "not active"
    return (["tractatus hook: \(head)"] + lines.map { "  " + SourceLineExcerpt.visible($0) })
      .map { $0 + "\n" }.joined()
  }

  private static func words(_ proof: HookProof.Outcome) -> String {
    switch proof {
    case .denies: "a write to .claude/settings.json is denied"
    case .watches: "it runs, and says nothing"
    case .fails(let reason): "fails: \(reason)"
    }
  }

  /// As one object, with a newline at the end.
  var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("active")
    json.bool(isActive)
    if let disablingFile {
      json.key("disabled_by")
      json.string(disablingFile)
    }
    json.key("hooks")
    json.beginArray()
    for one in installed {
      json.beginObject()
      json.key("settings")
      json.string(one.file)
      json.key("command")
      json.string(one.command)
      json.key("shadow")
      json.bool(one.isShadow)
      if let doubt = one.doubt {
        json.key("doubt")
        json.string(doubt)
      }
      json.key("proof")
      json.string(Self.words(one.proof))
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }
}
