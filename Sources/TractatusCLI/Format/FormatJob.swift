import TractatusFormat
import TractatusSource
import TractatusSyntax

/// Formats one file, and says what happened.
struct FormatJob {
  /// What came of one file.
  struct Result: Sendable {
    /// How it is shown.
    var name: String
    /// Its bytes, where they are not those that it should have.
    var old: [UInt8] = []
    /// The bytes that it should have, where it has others.
    var new: [UInt8]?
    /// Lines, from 1, of declarations that were left as they are.
    var skippedLines: [Int] = []
    /// Why the file was left as it is.
    var problem: String?
  }

  /// Whether files are written, or only compared.
  let writes: Bool

  /// Formats a file where it lies.
  func run(_ file: FormatTargets.File) -> Result {
    var result = Result(name: file.path)
    do throws(SystemError) {
      let real = file.real
      guard RealPath.lies(real, in: file.root) else {
        result.problem = "leads to `\(real)`, outside of `\(file.root)`, and is left as it is"
        return result
      }
      let version = try FileVersion(of: real)
      let bytes = try FileReader.read(real, limit: SourceText.byteCountLimit)
      result = format(bytes, name: file.path)
      guard writes, let new = result.new else { return result }
      try FileWriter.replace(real, with: new, unlessChangedSince: version)
    } catch {
      result.new = nil
      result.problem = error.explanation
    }
    return result
  }

  /// Formats bytes.
  func format(_ bytes: [UInt8], name: String) -> Result {
    var result = Result(name: name)
    let source = SourceText(name: name, bytes: bytes)
    let formatted = Formatter.format(Parser.parse(source))
    if !formatted.skipped.isEmpty {
      let lines = LineIndex(source)
      result.skippedLines = formatted.skipped.map { lines.line(at: $0.start) }
    }
    result.problem = formatted.refusal.map(\.explanation)
    if formatted.bytes != bytes {
      result.old = bytes
      result.new = formatted.bytes
    }
    return result
  }

  /// Formats many files, on several threads when that is worth their start.
  func run(_ files: [FormatTargets.File]) -> [Result] {
    WorkerThreads.map(files) { run($0) }
  }
}
