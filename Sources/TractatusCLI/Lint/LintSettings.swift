import TractatusLinter
import TractatusSource

/// The files and options that `tractatus lint` reads and writes.
enum LintSettings {
  /// The least grave finding that fails.
  static func level(_ arguments: Arguments) -> DiagnosticSeverity {
    switch arguments.value("fail-on") {
    case "error": .error
    case "note": .note
    default: .warning
    }
  }

  /// The configuration that is named, or found in the first folder of rules or the current one.
  ///
  /// - Throws: that it cannot be read, or the first mistake in it.
  static func configuration(_ arguments: Arguments) throws(RuleProblem) -> LintConfiguration {
    guard let path = try configurationPath(arguments) else { return LintConfiguration() }
    var problems: [LintConfiguration.Problem] = []
    let configuration = LintConfiguration(reading: try read(path), problems: &problems)
    if let problem = problems.first {
      throw RuleProblem(message: "\(path):\(problem.line): \(problem.message)")
    }
    return configuration
  }

  private static func configurationPath(_ arguments: Arguments) throws(RuleProblem) -> String? {
    if let path = arguments.value("config") { return path }
    let roots = arguments.values("rules") + arguments.operands
    for folder in [roots.first ?? RuleReader.defaultFolder, "."] {
      let path = "\(folder)/\(LintSession.configurationName)"
      do throws(SystemError) {
        if try DirectoryWalk.kind(of: path) == .file { return path }
      } catch {
        // No folder, or none of its name in it: the next one is looked at.
        continue
      }
    }
    return nil
  }

  /// Reads a file.
  static func read(_ path: String) throws(RuleProblem) -> [UInt8] {
    do throws(SystemError) {
      return try FileReader.read(path, limit: LintSession.fileLimit)
    } catch {
      throw RuleProblem(message: "`\(path)` \(error.explanation)")
    }
  }

  /// Writes a file.
  static func write(_ bytes: [UInt8], to path: String) throws(RuleProblem) {
    do throws(SystemError) {
      try FileWriter.replace(path, with: bytes)
    } catch {
      throw RuleProblem(message: "`\(path)` cannot be written: \(error.writingFailure)")
    }
  }

  /// Writes the files that fixing changed, unless one is no longer what was read.
  static func write(_ fixing: LintFixing, original: SourceSet) throws(RuleProblem) {
    for source in fixing.compilation.sources.sources {
      guard let before = original[source.id], before.bytes != source.bytes else { continue }
      try replace(source.name, before.bytes, with: source.bytes)
    }
  }

  /// Replaces a file in one step, permissions kept; not one that is a link or no longer what was
  /// read.
  private static func replace(
    _ path: String, _ before: [UInt8], with bytes: [UInt8]
  ) throws(RuleProblem) {
    do throws(SystemError) {
      let version = try FileVersion(of: path)
      guard try FileReader.read(path, limit: LintSession.fileLimit) == before else {
        throw .failed("it was changed while it was fixed")
      }
      try FileWriter.replace(path, with: bytes, unlessChangedSince: version)
    } catch {
      throw RuleProblem(message: "`\(path)` is not fixed: \(error.explanation)")
    }
  }
}
