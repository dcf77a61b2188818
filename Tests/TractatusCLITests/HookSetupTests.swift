import Foundation
import Testing

@testable import TractatusCLI

@Suite("hook install, uninstall, status")
struct HookSetupTests {
  /// Settings as people have them.
  static let layouts = [
    "",
    "{}",
    "{}\n",
    "{\n}\n",
    "{\"model\":\"opus\"}",
    "{ \"model\": \"opus\", \"n\": 1.50e3 }\n",
    "{\n  \"model\": \"opus\"\n}\n",
    "{\n    \"permissions\": {\n        \"allow\": [\"Bash(ls)\"]\n    }\n}",
    "{\n\t\"hooks\": {},\n\t\"z\": null\n}\n",
    "{\n  \"hooks\": { \"PreToolUse\": [] }\n}\n",
    """
    {
      "hooks": {
        "PreToolUse": [
          { "matcher": "Bash", "hooks": [ { "type": "command", "command": "lint \\"a\\" }" } ] }
        ],
        "Stop": [
          { "hooks": [ { "type": "command", "command": "say done" } ] }
        ]
      },
      "unheard_of": [1, 2,  3]
    }

    """,
  ]

  @Test("installing keeps all that is there, twice is once, and taking it out leaves it as before")
  func layouts() throws {
    let entry = HookEntry(
      executable: "/opt/t/tractatus", project: "/w/p", rules: [], isShadow: false)
    let shadow = HookEntry(executable: "/x/tractatus", project: nil, rules: ["r"], isShadow: true)
    for layout in Self.layouts {
      let folder = try TemporaryFolder()
      let path = try folder.write(".claude/settings.json", layout)
      var file = try HookSettingsFile(path)
      try change(&file, true) { $0.install(entry) }
      try file.write()
      var again = try HookSettingsFile(path)
      try change(&again, false) { $0.install(entry) }
      #expect(again.found.map(\.event).sorted() == HookEntry.events.map(\.name).sorted())
      let first = again.text.bytes
      try change(&again, true) { $0.install(shadow) }
      #expect(again.found.count == HookEntry.events.count)
      try change(&again, true) { $0.install(entry) }
      if !layout.contains("hooks") { #expect(again.text.bytes == first, "\(layout)") }
      try change(&again, true) { $0.uninstall() }
      let wanted = try value(layout.isEmpty ? "{}" : layout)
      let found = try value(String(decoding: again.text.bytes, as: UTF8.self))
      wanted.removeObject(forKey: "hooks")
      found.removeObject(forKey: "hooks")
      #expect(found == wanted, "\(layout)")
      try change(&again, false) { $0.uninstall() }
      if !layout.contains("hooks"), layout.count > 4 {
        #expect(String(decoding: again.text.bytes, as: UTF8.self) == layout)
      }
    }
  }

  @Test("other hooks of the same event and group stay")
  func neighbours() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("settings.json", Self.layouts[Self.layouts.count - 1])
    var file = try HookSettingsFile(path)
    let entry = HookEntry(executable: "/t/tractatus", project: nil, rules: [], isShadow: false)
    try change(&file, true) { $0.install(entry) }
    let text = String(decoding: file.text.bytes, as: UTF8.self)
    #expect(text.contains(#"{ "type": "command", "command": "lint \"a\" }" }"#))
    #expect(text.contains(#""unheard_of": [1, 2,  3]"#))
    try change(&file, true) { $0.uninstall() }
    #expect(String(decoding: file.text.bytes, as: UTF8.self) == Self.layouts.last)
  }

  @Test(
    "settings that are no settings are refused and left as they are",
    arguments: ["{", "[]", "{\"hooks\":[]}", "{\"hooks\":{\"PreToolUse\":{}}}", "// x\n{}", "\"\""])
  func refusals(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(".claude/settings.json", text)
    let result = try CommandProcess(["hook", "install", "claude-code"], folder: folder.path)
      .finish()
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.contains("T0732") && result.errors.contains("settings.json"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("install, status and uninstall, from a project's folder to a denied action")
  func story() throws {
    let fixture = try HookFixture()
    func tractatus(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
      try CommandProcess(
        ["hook"] + words, folder: fixture.project.path, variables: ["HOME": fixture.home.path]
      ).finish()
    }
    let before = try tractatus("status")
    #expect(before.status == 1 && before.output.hasPrefix("tractatus hook: not active\n"))
    #expect(try tractatus("install", "claude-code", "--budget", "90000").status == 0)
    let settings = try String(
      contentsOfFile: fixture.project.path + "/.claude/settings.json", encoding: .utf8)
    #expect(settings.contains(#""onFailure": "block""#) && settings.contains("|| exit 2"))
    #expect(settings.contains("--rules rules"))
    let active = try tractatus("status")
    #expect(active.status == 0 && active.output.hasPrefix("tractatus hook: active\n"))
    #expect(try tractatus("status", "--format", "json").output.hasPrefix(#"{"active":true,"#))
    // Without its rules the hook denies all, and says so.
    try FileManager.default.removeItem(atPath: fixture.project.path + "/rules")
    let broken = try tractatus("status")
    #expect(broken.status == 1 && broken.output.contains("does not exist"))
    #expect(try tractatus("uninstall", "claude-code").status == 0)
    #expect(try tractatus("status").status == 1)
  }

  @Test("a shadow is no protection, and rules that do not compile are not installed")
  func doubts() throws {
    let fixture = try HookFixture()
    func tractatus(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
      try CommandProcess(
        ["hook"] + words, folder: fixture.project.path, variables: ["HOME": fixture.home.path]
      ).finish()
    }
    #expect(try tractatus("install", "claude-code", "--shadow", "--budget", "90000").status == 0)
    let shadow = try tractatus("status")
    #expect(shadow.status == 1 && shadow.output.contains("only watches"))
    try fixture.project.write("rules/hooked.tract", "policy")
    let broken = try tractatus("install", "claude-code", "--budget", "90000")
    #expect(broken.status == 2 && broken.errors.contains("T0714"))
    try fixture.project.write(".claude/settings.local.json", #"{"disableAllHooks":true}"#)
    #expect(try tractatus("status").output.contains("disableAllHooks"))
    for words in [["install"], ["install", "cursor"], [], ["claude-code", "x"]] {
      let result = run(["hook"] + words)
      #expect(result.status == 2 && result.output.isEmpty, "\(words)")
    }
  }

  /// Changes settings, which must say whether they were changed.
  private func change(
    _ file: inout HookSettingsFile, _ expected: Bool, _ body: (inout HookSettingsFile) -> Bool
  ) throws {
    let changed = body(&file)
    #expect(changed == expected)
  }

  private func value(_ text: String) throws -> NSMutableDictionary {
    let value = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .mutableContainers)
    return try #require(value as? NSMutableDictionary)
  }
}
