import TractatusJSON
import TractatusSource

/// A settings file of Claude Code, in which this hook's entries are looked for and changed.
struct HookSettingsFile {
  /// A hook of this program, and where it stands.
  struct Found {
    var event: String
    var command: String
    /// The member of `hooks` for the event, the group in it, and the hook in that.
    var member: JSONNode
    var group: JSONNode
    var hook: JSONNode
  }

  /// The largest settings file: 4 MiB.
  private static let byteLimit = 4 << 20

  /// The file, its links followed.
  let path: String
  /// Which file was read; nil where there is none yet.
  private let version: FileVersion?
  private(set) var text: SettingsText

  /// Reads a settings file, or begins one that is not there.
  ///
  /// - Throws: T0732 when it cannot be read, or holds something else where hooks belong.
  init(_ path: String) throws(HookFailure) {
    let path = LinkResolution.resolve(path) ?? path
    self.path = path
    do throws(SystemError) {
      version = try FileVersion(of: path)
    } catch .notFound {
      version = nil
    } catch {
      throw HookFailure(.unusableSettings, "`\(path)` \(error.explanation)")
    }
    var bytes: [UInt8] = []
    if version != nil {
      do throws(SystemError) {
        bytes = try FileReader.read(path, limit: Self.byteLimit)
      } catch {
        throw HookFailure(.unusableSettings, "`\(path)` \(error.explanation)")
      }
    }
    do throws(JSONError) {
      text = try SettingsText(bytes)
    } catch {
      let place = error.position(in: bytes.span)
      throw HookFailure(
        .unusableSettings,
        "`\(path)` is left as it is, for it is no JSON: \(error.message) (line \(place.line), "
          + "column \(place.column))")
    }
    try check()
  }

  /// Whether there is such a file.
  var exists: Bool { version != nil }

  /// Whether the file turns all hooks off.
  var disablesHooks: Bool {
    text.tape.member(.root, "disableAllHooks").flatMap { text.tape.bool($0) } ?? false
  }

  private func check() throws(HookFailure) {
    let tape = text.tape
    guard tape.kind(.root) == .object else { throw misplaced("the document is no object") }
    guard let hooks = tape.member(.root, "hooks") else { return }
    guard tape.kind(hooks) == .object else { throw misplaced("`hooks` is no object") }
    for member in tape.children(hooks) where tape.kind(member) != .array {
      throw misplaced("`hooks.\(tape.keyString(member))` is no list")
    }
  }

  private func misplaced(_ what: String) -> HookFailure {
    HookFailure(.unusableSettings, "`\(path)` is left as it is: \(what)")
  }

  // MARK: Looking

  /// This program's hooks, in the order of the file.
  var found: [Found] {
    let tape = text.tape
    guard let hooks = tape.member(.root, "hooks") else { return [] }
    var found: [Found] = []
    for member in tape.children(hooks) {
      for group in tape.children(member) where tape.kind(group) == .object {
        guard let list = tape.member(group, "hooks"), tape.kind(list) == .array else { continue }
        for hook in tape.children(list) {
          guard let node = tape.member(hook, "command"), let command = tape.string(node),
            Self.isOurs(command)
          else { continue }
          found.append(
            Found(
              event: tape.keyString(member), command: command, member: member, group: group,
              hook: hook))
        }
      }
    }
    return found
  }

  /// Whether a command line is one that `hook install` writes, of any version and place.
  private static func isOurs(_ command: String) -> Bool {
    command.contains("tractatus") && command.contains(" hook claude-code")
  }

  /// Whether an event's only hook of ours is this group, whatever its layout.
  private func holds(_ group: String, for event: String) -> Bool {
    let ours = found.filter { $0.event == event }
    guard let only = ours.first, ours.count == 1 else { return false }
    var wanted = JSONTape()
    guard (try? wanted.parse(Array(group.utf8).span)) != nil else { return false }
    var (left, right) = (JSONWriter(), JSONWriter())
    left.value(only.group, of: text.tape)
    right.value(.root, of: wanted)
    return left.bytes == right.bytes
  }

  // MARK: Changing

  /// Puts the entry in, in the place of an earlier one; false when it is there already.
  mutating func install(_ entry: HookEntry) -> Bool {
    let names = HookEntry.events.map(\.name)
    let isThere =
      HookEntry.events.allSatisfy { holds(entry.group(for: $0), for: $0.name) }
      && found.allSatisfy { names.contains($0.event) }
    if isThere { return false }
    _ = uninstall()
    for event in HookEntry.events {
      if text.tape.member(.root, "hooks") == nil { text.insert("hooks", "{}", into: .root) }
      guard let hooks = text.tape.member(.root, "hooks") else { continue }
      let group = entry.group(for: event)
      if let member = text.tape.member(hooks, named: Array(event.name.utf8).span) {
        text.insert(group, into: member)
      } else {
        let lines = group.split(separator: "\n", omittingEmptySubsequences: false)
        text.insert(event.name, "[\n  " + lines.joined(separator: "\n  ") + "\n]", into: hooks)
      }
    }
    return true
  }

  /// Takes all of this program's hooks out, and what is empty without them; false when there are
  /// none.
  mutating func uninstall() -> Bool {
    var changed = false
    while let one = found.first {
      changed = true
      let tape = text.tape
      let list = tape.member(one.group, "hooks")
      if let list, tape.childCount(list) > 1 {
        text.remove(element: one.hook)
      } else if tape.childCount(one.member) > 1 {
        text.remove(element: one.group)
      } else if let hooks = tape.member(.root, "hooks"), tape.childCount(hooks) > 1 {
        text.remove(member: one.member)
      } else if let hooks = tape.member(.root, "hooks") {
        text.remove(member: hooks)
      }
    }
    return changed
  }

  /// Writes the file in one step, and makes its folder.
  ///
  /// - Throws: T0732 when it cannot be written, or was changed by someone else in the meantime.
  func write() throws(HookFailure) {
    do throws(SystemError) {
      if let version {
        try FileWriter.replace(path, with: text.bytes, unlessChangedSince: version)
      } else {
        if let slash = path.lastIndex(of: "/") {
          FileWriter.makeFolder(String(path[..<slash]))
        }
        try FileWriter.replace(path, with: text.bytes)
      }
    } catch {
      throw HookFailure(
        .unusableSettings, "`\(path)` cannot be written: \(error.writingFailure)")
    }
  }
}
