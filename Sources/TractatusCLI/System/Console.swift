import Glibc
import TractatusSource

/// All that a command reaches of the world: its streams, its environment and its folder.
package final class Console {
  /// Results.
  package let output: ByteSink
  /// Diagnostics and progress.
  package let errors: ByteSink
  /// What is piped in.
  package let input: ByteSource
  /// Whether results go to a terminal.
  package let isTerminal: Bool
  private let environment: (String) -> String?
  private let folder: () -> String?
  private let build: () -> [UInt8]?
  private let budget: (TimeBudget) -> Bool

  /// A console over given streams; what is left out is empty.
  package init(
    output: ByteSink = ByteSink(), errors: ByteSink = ByteSink(),
    input: ByteSource = ByteSource(bytes: []), isTerminal: Bool = false,
    environment: @escaping (String) -> String? = { _ in nil },
    folder: @escaping () -> String? = { nil }, build: @escaping () -> [UInt8]? = { nil },
    budget: @escaping (TimeBudget) -> Bool = { _ in true }
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.isTerminal = isTerminal
    self.environment = environment
    self.folder = folder
    self.build = build
    self.budget = budget
  }

  /// The process's own streams, environment and folder.
  package static func process() -> Console {
    Console(
      output: ByteSink(descriptor: 1), errors: ByteSink(descriptor: 2),
      input: ByteSource(descriptor: 0), isTerminal: isatty(1) == 1,
      environment: { name in
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
      },
      folder: {
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
      },
      build: { BuildIdentity.ofProcess() }, budget: { $0.start() })
  }

  /// The value of an environment variable; an empty one counts as none.
  package func environment(_ name: String) -> String? {
    guard let value = environment(name), !value.isEmpty else { return nil }
    return value
  }

  /// Says on the error stream why something could not be done.
  package func complain(_ reason: String, code: String) {
    errors.line("tractatus: error[\(code)]: \(SourceLineExcerpt.visible(reason))")
  }

  /// The current folder, absolute.
  package var currentFolder: String? { folder() }

  /// Ends the process when it has not ended by then; false where that cannot be arranged.
  package func start(_ budget: TimeBudget) -> Bool { self.budget(budget) }

  /// What tells this build of the program from others; nil when nothing does.
  package var buildIdentity: [UInt8]? { build() }
}
