import Foundation
import Testing

@testable import TractatusCLI

/// What the client takes for leave: every exit but 0 and 2, every signal, every answer that is no
/// whole object. None of it may come from a hook.
@Suite("the hook as a process")
struct HookProcessTests {
  @Test("an event is answered with one line and status 0")
  func answer() throws {
    let fixture = try HookFixture()
    let command = try fixture.process(["--budget", "90000"])
    let event = fixture.event("Greet", #"{"name":"Eve"}"#)
    try command.input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
    let (status, output, errors) = try command.finish()
    let result = CommandRun(status: status, output: output, errors: errors)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.answer("permissionDecision") as? String == "deny")
  }

  @Test("an input that never ends is refused when the time is over")
  func endlessInput() throws {
    let fixture = try HookFixture()
    let command = try fixture.process(["--budget", "100"])
    try command.input.fileHandleForWriting.write(contentsOf: Data("{".utf8))
    // The input stays open: only the hook's own clock can end it.
    command.process.waitUntilExit()
    #expect(command.process.terminationReason == .exit)
    #expect(try refusal(of: command).contains("T0730"))
  }

  @Test("rules that are a pipe are refused when the time is over")
  func rulesThatWait() throws {
    let fixture = try HookFixture()
    #expect(unsafe mkfifo(fixture.project.path + "/rules/b.tract", 0o600) == 0)
    let command = try fixture.process(["--budget", "100"])
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    try command.input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
    try command.input.fileHandleForWriting.close()
    command.process.waitUntilExit()
    let errors = try refusal(of: command)
    #expect(errors.contains("T0730") || errors.contains("T0714"))
  }

  @Test(
    "rules that cannot be used are refused",
    arguments: ["policy x \"X\" version \"1\"\nrule a \"A\" { on nothing deny }", "\0\0", "policy"])
  func brokenRules(text: String) throws {
    let fixture = try HookFixture(rules: text)
    let command = try fixture.process(["--budget", "90000"])
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    try command.input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
    try command.input.fileHandleForWriting.close()
    command.process.waitUntilExit()
    #expect(try refusal(of: command).contains("T0714"))
  }

  @Test("an event that is cut short, or none, is refused", arguments: ["", "{", "[]", "no JSON"])
  func brokenInput(text: String) throws {
    let fixture = try HookFixture()
    let command = try fixture.process(["--budget", "90000"])
    try command.input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try command.input.fileHandleForWriting.close()
    command.process.waitUntilExit()
    _ = try refusal(of: command)
  }

  @Test("a client that does not take the answer has not been answered")
  func closedOutput() throws {
    let fixture = try HookFixture()
    let command = try fixture.process(["--budget", "90000"])
    try command.output.fileHandleForReading.close()
    let event = fixture.event("Greet", #"{"name":"Alice"}"#)
    try command.input.fileHandleForWriting.write(contentsOf: Data(event.utf8))
    try command.input.fileHandleForWriting.close()
    command.process.waitUntilExit()
    #expect(try refusal(of: command, output: false).contains("T0735"))
  }

  @Test("a crash is refused", arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGIO])
  func crash(signal: Int32) throws {
    let fixture = try HookFixture()
    let command = try fixture.process(["--budget", "90000"])
    // More than a pipe holds: once it is written the hook runs and reads.
    let blanks = Data(repeating: 0x20, count: 200_000)
    try command.input.fileHandleForWriting.write(contentsOf: blanks)
    kill(command.process.processIdentifier, signal)
    command.process.waitUntilExit()
    #expect(command.process.terminationReason == .exit)
    #expect(try refusal(of: command).contains("T0901"))
  }

  @Test(
    "whatever becomes of the executable, the installed command line ends with status 2",
    arguments: [
      "kill -KILL $$", "kill -SEGV $$", "exit 1", "exit 3", "exit 127", "missing", "mode",
    ])
  func wrapper(end: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/with space & 'quote'/tractatus"
    if end != "missing" {
      try folder.write("with space & 'quote'/tractatus", "#!/bin/sh\necho '{\"half\":'\n\(end)\n")
      let mode = end == "mode" ? 0o600 : 0o700
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    let entry = HookEntry(executable: path, project: "/p'q", rules: ["a b"], isShadow: false)
    let answer = try ChildProcess.ask(
      ["/bin/sh", "-c", entry.command(for: HookEntry.events[0])], environment: ["PATH=/bin"],
      input: [])
    #expect(answer.status == 2)
  }

  @Test("a hook whose cached rules somebody opens to write ends with status 2")
  func lease() throws {
    let fixture = try HookFixture()
    let home = try TemporaryFolder()
    let cache = home.path + "/.cache/tractatus"
    let event = Data(fixture.event("Greet", #"{"name":"Alice"}"#).utf8)
    func hook() throws -> CommandProcess {
      let command = try CommandProcess(
        ["hook", "claude-code", "--budget", "90000"], folder: fixture.project.path,
        variables: [
          "CLAUDE_PROJECT_DIR": fixture.project.path, "HOME": home.path, "TRACTATUS_CACHE": cache,
        ])
      try command.input.fileHandleForWriting.write(contentsOf: event)
      try command.input.fileHandleForWriting.close()
      return command
    }
    let first = try hook()
    first.process.waitUntilExit()
    #expect(first.process.terminationStatus == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: cache)
    let entry = try #require(names.first { $0.hasSuffix(".tbc") })

    // The log's lock keeps the second one from its end, with the entry mapped.
    let lock = unsafe open(fixture.project.path + "/.claude/decisions.jsonl.head", O_RDWR)
    #expect(lock >= 0 && flock(lock, LOCK_EX) == 0)
    defer { close(lock) }
    let second = try hook()
    let maps = "/proc/\(second.process.processIdentifier)/maps"
    while second.process.isRunning,
      (try? String(contentsOfFile: maps, encoding: .utf8))?.contains(entry) != true
    {
      sched_yield()
    }
    #expect(second.process.isRunning)
    let (opened, failure) = (unsafe open(cache + "/" + entry, O_WRONLY | O_NONBLOCK), errno)
    #expect(opened == -1 && failure == EWOULDBLOCK)
    second.process.waitUntilExit()
    #expect(try refusal(of: second).contains("T0901"))
  }

  @Test("a hook is measured beside the least that a process costs")
  func bench() throws {
    let words = ["bench", "--hook", "--runs", "1", "--format", "json"]
    let result = try CommandProcess(words).finish()
    #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
    for name in ["true", "hook", "parallel", "parallel_true"] {
      #expect(result.output.contains("\"\(name)_p99_us\":"), "\(name)")
    }
  }

  /// What a process that has ended said, which must be a refusal.
  private func refusal(of command: CommandProcess, output: Bool = true) throws -> String {
    #expect(command.process.terminationStatus == 2)
    if output {
      let written = try command.output.fileHandleForReading.readToEnd() ?? Data()
      #expect(written.isEmpty)
    }
    let errors = try command.errors.fileHandleForReading.readToEnd() ?? Data()
    let text = String(decoding: errors, as: UTF8.self)
    #expect(text.split(separator: "\n").count == 1, "\(text)")
    return text
  }
}
