import Foundation
import TractatusCLI

/// The repository's folder.
let repository: String = {
  var url = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { url.deleteLastPathComponent() }
  return url.path
}()

/// What a command did.
struct CommandRun {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs a command within the test process.
func run(
  _ words: String..., input: String = "", environment: [String: String] = [:]
) -> CommandRun {
  run(words, input: Array(input.utf8), environment: environment)
}

/// Runs a command within the test process.
func run(
  _ words: [String], input: [UInt8] = [], environment: [String: String] = [:]
) -> CommandRun {
  let console = Console(
    input: ByteSource(bytes: input), environment: { environment[$0] }, folder: { "/w/proj" })
  let status = CLI.run(words, console: console)
  return CommandRun(status: status, output: console.output.text, errors: console.errors.text)
}

/// A folder that is removed after use.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "tractatus-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}
