import Foundation
import TractatusEngine

@testable import TractatusCLI

/// A home and a project of their own, with rules that deny and rules that allow.
final class CacheFixture {
  static let build: [UInt8] = Array(repeating: 7, count: 20)
  static let action = #"{"action":"touch","parameters":{}}"#

  let home: TemporaryFolder
  let project: TemporaryFolder
  /// Where the rules lie, apart from the project's own.
  let rules: String
  private let lax: String

  init() throws {
    home = try TemporaryFolder()
    project = try TemporaryFolder()
    func text(_ verdict: String) -> String {
      """
      policy acme.touching "Touching" version "1"
      action touch "Touch" {}
      rule r "R" { on touch \(verdict) }
      """
    }
    rules = try project.write("strict/a.tract", text("deny"))
    lax = try project.write("lax/a.tract", text("allow"))
  }

  var folder: String { home.path + "/.cache/tractatus" }
  var secretFile: String { home.path + "/.config/tractatus/cache.key" }

  /// The paths of all entries.
  var entries: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }
  }

  /// Runs `eval` in this home.
  func eval(
    _ words: [String] = [], rules: String? = nil, environment: [String: String] = [:],
    current: String? = nil, build: [UInt8]? = CacheFixture.build, format: String = "json"
  ) -> CommandRun {
    var variables = ["HOME": home.path]
    variables.merge(environment) { $1 }
    let console = Console(
      input: ByteSource(bytes: Array(Self.action.utf8)),
      environment: { variables[$0] }, folder: { [project] in current ?? project.path },
      build: { build })
    let status = CLI.run(
      ["eval", "--format", format, "--rules", rules ?? self.rules] + words, console: console)
    return CommandRun(status: status, output: console.output.text, errors: console.errors.text)
  }

  /// The image of the rules that allow.
  func laxImage() throws -> [UInt8] {
    var image: [UInt8] = []
    let program = try PolicySource.program(
      [lax], style: Style(usesColour: false), cache: nil, Console())
    program.write(into: &image)
    return image
  }

  /// The key that an entry's name spells.
  func key(of entry: String) -> [UInt8] {
    let digits = Array((entry as NSString).lastPathComponent.prefix(64))
    return stride(from: 0, to: 64, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }

  /// Puts a rightly sealed entry of the rules that allow in the place of the rules that deny: what
  /// nobody can do who lacks the secret. Whoever takes it allows.
  func plant() throws -> String {
    _ = eval()
    let entry = entries[0]
    let secret = [UInt8](try Data(contentsOf: URL(fileURLWithPath: secretFile)))
    let sealed = CacheEntry.seal(
      try laxImage(), key: key(of: entry), secret: secret,
      nonce: Array(repeating: 3, count: CacheEntry.nonceCount))
    try overwrite(entry, with: sealed ?? [])
    return entry
  }

  /// Replaces what a file holds, and nothing else of it.
  func overwrite(_ path: String, with bytes: [UInt8]) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }

  /// What a file holds.
  func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
