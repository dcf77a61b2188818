import TractatusSource

extension Command {
  /// `tractatus fmt`.
  static let fmt = Command(
    "fmt", group: .author, summary: "bring rule files into the one canonical layout",
    operands: "[PATH…]",
    options: [
      Option(flag: "check", "change nothing; show what would change, and exit with 1 if any would"),
      .color,
    ],
    details: """
      PATH is a rule file or a folder of them (default: rules); `-` formats standard
      input to standard output. Only white space changes: tokens and comments stay. A
      declaration with a syntax error stays as it is, and is named. Files are replaced
      in one step, and only where something changes.

      Exit status: 0 all files have the layout now, 1 one of them has not (--check), 2 a
      file was left as it is.
      """,
    example: "tractatus fmt --check rules"
  ) { arguments, console throws(UsageError) in
    var paths = arguments.operands
    if paths.isEmpty { paths = [RuleReader.defaultFolder] }
    var report = FormatReport(
      isCheck: arguments.has("check"), style: Style(arguments, console), console: console)
    if paths.contains("-") {
      guard paths.count == 1 else {
        throw UsageError(message: "`-` is standard input, and stands alone")
      }
      return report.filter()
    }
    let targets: FormatTargets
    do throws(RuleProblem) {
      targets = try FormatTargets(paths)
    } catch {
      return console.complain(error)
    }
    guard !targets.files.isEmpty else {
      let names = paths.map { "`\($0)`" }.joined(separator: ", ")
      let message = "\(names) holds no rule file (`*\(RuleReader.suffix)`)"
      return console.complain(RuleProblem(message: message))
    }
    let job = FormatJob(writes: !report.isCheck)
    for result in job.run(targets.files) { report.add(result) }
    return report.end(fileCount: targets.files.count)
  }
}

/// What `fmt` prints.
struct FormatReport {
  let isCheck: Bool
  let style: Style
  let console: Console
  private var changedCount = 0
  private var status = ExitStatus.pass

  init(isCheck: Bool, style: Style, console: Console) {
    self.isCheck = isCheck
    self.style = style
    self.console = console
  }

  /// Formats standard input to standard output.
  mutating func filter() -> ExitStatus {
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try console.input.readAll(limit: SourceText.byteCountLimit)
    } catch {
      return console.complain(RuleProblem(message: "standard input \(error.explanation)"))
    }
    let result = FormatJob(writes: false).format(bytes, name: "<stdin>")
    add(result)
    if !isCheck { console.output.write(result.new ?? bytes) }
    return status
  }

  /// Tells of one file.
  mutating func add(_ result: FormatJob.Result) {
    let name = SourceLineExcerpt.visible(result.name)
    if let problem = result.problem {
      console.complain(RuleProblem(message: "`\(result.name)` \(problem)"))
      status = .error
    }
    for line in result.skippedLines {
      console.errors.line("\(name):\(line): has a syntax error and is left as it is")
    }
    guard let new = result.new else { return }
    changedCount += 1
    if isCheck {
      console.output.write(UnifiedDiff(of: result.name, result.old, new, style: style).text)
      status = max(status, .fail)
    } else if name != "<stdin>" {
      console.output.line("formatted \(name)")
    }
  }

  /// Sums up.
  func end(fileCount: Int) -> ExitStatus {
    let files = AuthoringReport.counted(fileCount, "file")
    switch (changedCount, isCheck) {
    case (0, _): console.output.line("\(files), no changes")
    case (let count, true): console.output.line("\(files), \(count) to be formatted")
    case (let count, false): console.output.line("\(files), \(count) formatted")
    }
    return status
  }
}
