import TractatusSource

extension Command {
  /// `tractatus init`.
  static let initialise = Command(
    "init", group: .author, summary: "scaffold rules, a test, and checks of pull requests",
    operands: "[DIR]",
    options: [
      Option("name", value: "NAME", "the package of the rules (default: the folder's name)"),
      Option(
        "without", value: "PART", choices: Scaffold.optionalParts, repeats: true,
        "leave out a part: \(Option.listed(Scaffold.optionalParts))"),
    ],
    details: """
      Writes into DIR (default: the current folder) a small rule file and its tests
      under rules/, .tractatus-lint, a workflow that checks pull requests, entries for
      pre-commit (check, lint, fmt, test), and Claude Code's hook, as `tractatus hook
      install` does. It writes all of them or, when one of them is there already, none:
      nothing is ever overwritten.

      Exit status: 0 written, 2 something is there already, or cannot be written.
      """,
    example: "tractatus init --name acme.agents"
  ) { arguments, console throws(UsageError) in
    guard arguments.operands.count < 2 else {
      throw UsageError(message: "`init` takes one folder")
    }
    let folder = arguments.operands.first ?? "."
    let name = arguments.value("name") ?? Scaffold.defaultName(folder, console)
    guard Scaffold.isPackageName(name) else {
      throw UsageError(
        message: "`\(SourceLineExcerpt.visible(name))` is no name of a package of your own: words "
          + "of lower-case letters, digits and `_`, with dots between them")
    }
    let scaffold = Scaffold(package: name, without: Set(arguments.values("without")))
    return InitReport(folder: folder, scaffold: scaffold, console: console).run()
  }
}

/// Writes a scaffold, and says what was written.
struct InitReport {
  let folder: String
  let scaffold: Scaffold
  let console: Console

  func run() -> ExitStatus {
    let paths = scaffold.files.map(\.path) + (scaffold.installsHook ? [Scaffold.hookSettings] : [])
    let taken = paths.filter { FileWriter.exists(path($0)) }
    guard taken.isEmpty else {
      for path in taken {
        let hint = Scaffold.part(of: path).map { "; leave it out with `--without \($0)`" } ?? ""
        console.errors.line("tractatus: `\(shown(path))` is there already\(hint)")
      }
      console.errors.line("Nothing was written.")
      return .error
    }
    var written: [String] = []
    for file in scaffold.files {
      do throws(SystemError) {
        try FileWriter.create(path(file.path), with: Array(file.text.utf8))
        written.append(file.path)
      } catch {
        let failure = error.writingFailure
        console.errors.line("tractatus: `\(shown(file.path))` cannot be written: \(failure)")
        if !written.isEmpty {
          console.errors.line("Written before: \(Option.listed(written.map(shown)))")
        }
        return .error
      }
    }
    for path in written { console.output.line("wrote \(shown(path))") }
    let status = scaffold.installsHook ? installHook() : .pass
    console.output.line()
    console.output.write(scaffold.nextSteps(in: folder))
    return status
  }

  /// Has the client's hook judge by the new rules.
  private func installHook() -> ExitStatus {
    do throws(UsageError) {
      let arguments = try Arguments(
        ["install", "claude-code", "--project", folder], options: Command.hook.options)
      return try HookCommand.run(arguments, console)
    } catch {
      console.errors.line("tractatus: \(error.message)")
      return .error
    }
  }

  private func path(_ name: String) -> String {
    folder == "." ? name : folder + (folder.hasSuffix("/") ? "" : "/") + name
  }

  private func shown(_ name: String) -> String { SourceLineExcerpt.visible(path(name)) }
}
