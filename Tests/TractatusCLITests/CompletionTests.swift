import Foundation
import Testing

@testable import TractatusCLI

@Suite("help, completions and the table of commands agree")
struct CompletionTests {
  private func script(_ shell: String) -> String { run("completions", shell).output }

  @Test("every script names every command, option and choice", arguments: ["bash", "zsh", "fish"])
  func complete(_ shell: String) {
    let text = script(shell)
    #expect(text.hasPrefix("#"))
    for command in CLI.commands {
      #expect(text.contains(command.name), "\(command.name)")
      for option in command.options {
        let spelling = shell == "fish" ? "-l \(option.name)" : "--\(option.name)"
        #expect(text.contains(spelling), "\(command.name) \(spelling)")
        for choice in option.choices { #expect(text.contains(choice), "\(choice)") }
      }
    }
  }

  @Test("the command says which shells there are")
  func usage() {
    #expect(run("completions").status == 2)
    #expect(run("completions", "tcsh").errors.contains("bash, zsh and fish"))
    #expect(CompletionValue("bash | zsh | fish") == .choices(["bash", "zsh", "fish"]))
    #expect(CompletionValue("[PATH…]") == .path)
    #expect(CompletionValue("[ACTION.json | -]") == .path)
    #expect(CompletionValue("[RULE | CODE]") == .free)
    #expect(CompletionValue("[COMMAND]") == .command)
  }

  /// What bash offers for a command line that ends in the word to complete.
  private func offered(_ words: String...) throws -> [String] {
    let list = (["tractatus"] + words).map { "'\($0)'" }.joined(separator: " ")
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    let line = """
      COMP_WORDS=(\(list)); COMP_CWORD=\(words.count)
      _tractatus; printf '%s\\n' "${COMPREPLY[@]}"
      """
    process.arguments = ["--noprofile", "--norc", "-c", script("bash") + line]
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("bash completes commands, options, values and operands")
  func bash() throws {
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
    #expect(try offered("ch") == ["check"])
    #expect(try offered("") == CLI.commands.map(\.name) + ["--help", "--version"])
    #expect(try offered("check", "--fo") == ["--format"])
    #expect(
      try offered("check", "--format", "") == [
        "text", "json", "sarif", "github", "junit", "compact",
      ])
    #expect(try offered("fmt", "--") == ["--check", "--color", "--help"])
    #expect(try offered("completions", "") == ["bash", "zsh", "fish"])
    #expect(try offered("help", "ev") == ["eval"])
    #expect(try offered("check", "") == [])
    #expect(try offered("build", "-o", "x") == [])
  }

  @Test("quotes in every script are closed", arguments: ["zsh", "fish"])
  func quotes(_ shell: String) {
    for line in script(shell).split(separator: "\n") where !line.hasPrefix("#") {
      var isOpen = false
      var isEscaped = false
      for character in line {
        if isEscaped {
          isEscaped = false
        } else if character == "\\", !isOpen || shell == "fish" {
          isEscaped = true
        } else if character == "'" {
          isOpen.toggle()
        }
      }
      #expect(!isOpen, "\(line)")
    }
  }

  @Test("the help of every command has an example that can be typed")
  func examples() throws {
    for command in CLI.commands {
      #expect(command.example.hasPrefix("tractatus \(command.name)"), "\(command.name)")
      #expect(run(command.name, "--help").output.contains("Example:\n  \(command.example)\n"))
      var words: [String] = []
      for (number, part) in command.example.components(separatedBy: "'").enumerated() {
        words += number.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
      }
      let arguments = try Arguments(words.dropFirst(2), options: command.options)
      for path in arguments.operands where path.hasPrefix("rules") {
        #expect(FileManager.default.fileExists(atPath: repository + "/" + path), "\(path)")
      }
    }
  }
}
