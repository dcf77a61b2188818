import Foundation

/// Runs the built command as a process of its own.
struct CommandProcess {
  let process = Process()
  let input = Pipe()
  let output = Pipe()
  let errors = Pipe()

  init(
    _ words: [String], folder: String = repository, variables: [String: String] = [:]
  ) throws {
    let test = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.executableURL = test.deletingLastPathComponent().appendingPathComponent("tractatus")
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["CLAUDE_PROJECT_DIR"] = nil
    environment["TRACTATUS_CACHE"] = "off"
    environment.merge(variables) { $1 }
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Closes the input and waits for the end.
  func finish() throws -> (status: Int32, output: String, errors: String) {
    try input.fileHandleForWriting.close()
    let output = try output.fileHandleForReading.readToEnd() ?? Data()
    let errors = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: output, as: UTF8.self),
      String(decoding: errors, as: UTF8.self)
    )
  }
}
