import TractatusSource

/// The command line: one registry of verbs, and what is the same for all of them.
package enum CLI {
  /// The version of the program.
  package static let version = "0.1.0"

  /// Every verb, in the order of `tractatus help`. A new verb is one file and one line here.
  ///
  /// PERF: made one after the other when it is looked for, with all its options and help; those
  /// that decide come first.
  private static let registry: [@Sendable () -> Command] = [
    { .eval }, { .hook }, { .audit }, { .check }, { .lint }, { .fmt }, { .test }, { .initialise },
    { .build }, { .explain }, { .classify }, { .analyse }, { .diff }, { .session }, { .deliberate },
    { .bench }, { .lsp }, { .completions }, { .help }, { .version },
  ]

  /// Every verb, in the order of `tractatus help`.
  package static var commands: [Command] { registry.map { $0() } }

  /// The verb of a name; nil when there is none.
  package static func command(_ name: String) -> Command? {
    for command in registry.lazy.map({ $0() }) where command.name == name { return command }
    return nil
  }

  /// The option that every verb has.
  static let helpOption = Option(flag: "help", short: "h", "show this help")

  /// Runs the process's own command line and gives its exit status.
  package static func run() -> Int32 {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "hook" {
      SchedulerSlice.askForShort()
      MemoryAhead.prepareHook()
    } else {
      MemoryAhead.prepareLargePages()
    }
    return run(words, console: .process())
  }

  /// Runs one command line, without the program's name, and gives its exit status.
  package static func run(_ words: [String], console: Console) -> Int32 {
    let status = dispatch(words, console)
    console.output.flush()
    if let failure = console.output.failure {
      // A reader that closed the pipe knows; anyone else is told that a result was lost.
      if failure != .closedPipe {
        console.errors.line("tractatus: the output cannot be written: \(failure.writingFailure)")
      }
      console.errors.flush()
      return ExitStatus.error.rawValue
    }
    console.errors.flush()
    return status.rawValue
  }

  private static func dispatch(_ words: [String], _ console: Console) -> ExitStatus {
    guard let verb = words.first else {
      console.errors.write(HelpCommand.overview)
      return .error
    }
    if verb == "--help" || verb == "-h" {
      console.output.write(HelpCommand.overview)
      return .pass
    }
    if verb == "--version" {
      console.output.line("tractatus \(version)")
      return .pass
    }
    guard let command = command(verb) else {
      let near = NearName.nearest(to: verb, among: commands.map(\.name))
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      return complain("there is no command `\(verb)`\(hint)", console, see: "tractatus help")
    }
    let rest = words.dropFirst()
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      console.output.write(command.help)
      return .pass
    }
    do throws(UsageError) {
      return try command.run(Arguments(rest, options: command.options), console)
    } catch {
      return complain(error.message, console, see: "tractatus \(verb) --help")
    }
  }

  private static func complain(
    _ message: String, _ console: Console, see help: String
  ) -> ExitStatus {
    console.errors.line("tractatus: \(message)")
    console.errors.line("See `\(help)`.")
    return .error
  }
}
