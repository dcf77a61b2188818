import Glibc
import TractatusSource

/// Reads files of a revision, by the user's own `git`, which runs no hook, no filter and no shell
/// for that and fetches nothing.
struct GitRepository {
  /// A file of a revision, by its path from the current folder.
  struct File {
    var path: String
    var bytes: [UInt8]
  }

  /// The most that is read of one answer.
  private static let answerLimit = 64 << 20
  /// Files that are asked for at once: their names fit into a pipe.
  private static let batch = 500

  private let program: String
  private let environment: [String]

  /// The repository of the current folder; nil where there is no `git` to ask.
  init?(_ console: Console) {
    let path = console.environment("PATH") ?? "/usr/bin:/bin"
    var found: String?
    for folder in path.split(separator: ":") where folder.hasPrefix("/") && found == nil {
      let candidate = folder + "/git"
      if unsafe access(String(candidate), X_OK) == 0 { found = String(candidate) }
    }
    guard let found else { return nil }
    program = found
    environment =
      [
        "PATH=\(path)", "LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0",
        "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1",
      ] + (console.environment("HOME").map { ["HOME=\($0)"] } ?? [])
  }

  /// The files of a revision below a path that end in a suffix, by their paths.
  ///
  /// - Throws: why they cannot be read, a sentence.
  func files(
    of revision: String, under path: String, suffix: String
  ) throws(RuleProblem) -> [File] {
    let commit = try ask(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"],
      else: "`\(revision)` is neither a path nor a revision")
    let hash = String(decoding: commit.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let tree = try ask(
      ["ls-tree", "-r", "-z", hash, "--", path],
      else: "`\(path)` of `\(revision)` cannot be listed")
    var found: [(path: String, object: String)] = []
    for entry in tree.split(separator: 0) {
      let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
      guard parts.count == 2 else { continue }
      let words = parts[0].split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      let name = String(decoding: parts[1], as: UTF8.self)
      guard words.count == 3, words[0].hasPrefix("100"), words[1] == "blob",
        name.hasSuffix(suffix)
      else { continue }
      found.append((name, words[2]))
    }
    if found.isEmpty {
      throw RuleProblem(message: "`\(path)` of `\(revision)` holds no rule file (`*\(suffix)`)")
    }
    return try contents(of: found, revision)
  }

  private func contents(
    of entries: [(path: String, object: String)], _ revision: String
  ) throws(RuleProblem) -> [File] {
    var files: [File] = []
    for start in stride(from: 0, to: entries.count, by: Self.batch) {
      let part = entries[start..<min(start + Self.batch, entries.count)]
      var names: [UInt8] = []
      for entry in part { names += Array(entry.object.utf8) + [UInt8(ascii: "\n")] }
      let answer = try ask(
        ["cat-file", "--batch"], input: names, else: "files of `\(revision)` cannot be read")
      var place = 0
      for entry in part {
        // `OBJECT blob SIZE`, a line end, the content, a line end.
        guard let end = answer[place...].firstIndex(of: UInt8(ascii: "\n")),
          let size = Int(
            String(decoding: answer[place..<end], as: UTF8.self).split(separator: " ").last ?? ""),
          size >= 0, size <= RuleReader.fileLimit, answer.count - end > size
        else {
          throw RuleProblem(message: "`\(entry.path)` of `\(revision)` cannot be read")
        }
        files.append(File(path: entry.path, bytes: Array(answer[(end + 1)...].prefix(size))))
        place = min(end + size + 2, answer.count)
      }
    }
    return files
  }

  private func ask(
    _ words: [String], input: [UInt8] = [], else problem: String
  ) throws(RuleProblem) -> [UInt8] {
    let fixed = [
      program, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
      "-c", "protocol.allow=never",
    ]
    do throws(SystemError) {
      let answer = try ChildProcess.ask(
        fixed + words, environment: environment, input: input, limit: Self.answerLimit)
      if answer.status == 0 { return answer.output }
      let said =
        String(decoding: answer.errors.prefix(300), as: UTF8.self)
        .split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw SystemError.failed(said)
    } catch {
      if case .failed(let said) = error { throw RuleProblem(message: problem + said) }
      throw RuleProblem(message: "\(problem): git \(error.explanation)")
    }
  }
}
