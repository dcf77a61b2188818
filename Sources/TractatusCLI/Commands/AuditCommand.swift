import TractatusEngine
import TractatusJSON
import TractatusSession
import TractatusSource

extension Command {
  /// `tractatus audit`.
  static let audit = Command(
    "audit", group: .audit, summary: "verify, count and replay a decision log",
    operands: "verify | report | stats | metrics | replay | export [LOG]",
    options: [
      .rules, .instructions,
      Option("project", value: "DIR", "replay: the project whose rules are taken (default: .)"),
      Option(flag: "anonymise", "export: without parameters, paths and names of sessions"),
      .noCache,
      .format("text", "json"),
      .color,
    ],
    details: """
      LOG is a file of JSON Lines or a folder that holds decisions.jsonl and those that
      were put aside (default: .claude).

      verify names the first line that is not what was written there, or that does not
      follow the line before it: changed, taken out, moved or cut off. stats counts
      verdicts, tools and rules, report adds whether the log is whole and what was
      refused last, metrics is for monitoring systems. replay decides every action
      again, by the rules of --rules or of the project as the hook takes them and the
      instructions of then, which lie beside the log, and lists what comes out otherwise;
      where texts were taken out of the record, that is said. export writes the records, with
      --anonymise nothing that tells who or what.

      Exit status: 0 whole, or all the same; 1 not; 2 the log cannot be read.
      """,
    example: "tractatus audit verify .claude"
  ) { arguments, console throws(UsageError) in
    try AuditCommand.run(arguments, console)
  }
}

/// The verbs of `audit`.
enum AuditCommand {
  private static let verbs = ["verify", "report", "stats", "metrics", "replay", "export"]

  static func run(
    _ arguments: Arguments, _ console: Console
  ) throws(UsageError) -> ExitStatus {
    let words = arguments.operands
    guard let verb = words.first, words.count <= 2,
      verbs.contains(verb)
    else {
      throw UsageError(
        message: "`audit` takes one of \(Option.listed(verbs)), and a log")
    }
    let log: AuditLog
    do throws(RuleProblem) {
      log = try AuditLog(words.count == 2 ? words[1] : HookSettings.defaultState)
    } catch {
      console.complain(error.message, code: DiagnosticCode.brokenLog.identifier)
      return .error
    }
    let writesJSON = arguments.value("format") == "json"
    switch verb {
    case "verify": return verify(log, writesJSON, console)
    case "report", "stats", "metrics":
      let counted = count(log)
      switch verb {
      case "report": console.output.write(counted.report(AuditVerification.verify(log)))
      case "stats": console.output.write(writesJSON ? counted.json : counted.text)
      default: console.output.write(counted.metrics)
      }
      return .pass
    case "replay": return replay(log, arguments, console)
    default: return export(log, anonymises: arguments.has("anonymise"), console)
    }
  }

  private static func verify(
    _ log: AuditLog, _ writesJSON: Bool, _ console: Console
  ) -> ExitStatus {
    let result = AuditVerification.verify(log)
    if writesJSON {
      var json = JSONWriter()
      json.beginObject()
      json.key("whole")
      json.bool(result.firstBreak == nil)
      json.key("records")
      json.number(result.count)
      if let found = result.firstBreak {
        json.key("file")
        json.string(found.file)
        json.key("line")
        json.number(found.line)
        json.key("reason")
        json.string(found.reason)
      }
      json.endObject()
      console.output.write(json.bytes)
      console.output.line()
    } else if let found = result.firstBreak {
      let code = DiagnosticCode.brokenLog.identifier
      let file = SourceLineExcerpt.visible(found.file)
      console.output.line("\(file):\(found.line): error[\(code)]: \(found.reason)")
    } else {
      let files = log.files.count == 1 ? "1 file" : "\(log.files.count) files"
      console.output.line("\(result.count) records in \(files): whole")
    }
    return result.firstBreak == nil ? .pass : .fail
  }

  private static func count(_ log: AuditLog) -> AuditStatistics {
    var statistics = AuditStatistics()
    var tape = JSONTape()
    log.forEachLine { line, _, _ in
      if (try? tape.parse(line.span)) != nil { statistics.add(tape) }
    }
    return statistics
  }

  private static func replay(
    _ log: AuditLog, _ arguments: Arguments, _ console: Console
  ) -> ExitStatus {
    var programs: ReplayPrograms
    var replay: AuditReplay
    do throws(HookFailure) {
      programs = try ReplayPrograms(arguments, console)
      replay = AuditReplay(try programs.first())
    } catch {
      console.complain(error.reason, code: error.code)
      return .error
    }
    var tape = JSONTape()
    var counts = (same: 0, changed: 0, redacted: 0, impossible: 0)
    log.forEachLine { line, file, number in
      var outcome = AuditReplay.Outcome.impossible("no record")
      if (try? tape.parse(line.span)) != nil {
        do throws(HookFailure) {
          if let program = try programs.next(for: tape, in: file) { replay.use(program) }
          outcome = replay.replay(tape)
        } catch {
          outcome = .impossible(error.reason)
        }
      }
      let place = SourceLineExcerpt.visible(file) + ":\(number): "
      switch outcome {
      case .same: counts.same += 1
      case .changed(let change):
        counts.changed += 1
        console.output.line(place + "changed: " + change)
      case .redacted(let change):
        counts.redacted += 1
        console.output.line(place + "cannot be told, for texts were taken out: " + change)
      case .impossible(let reason):
        counts.impossible += 1
        console.output.line(place + "not decided again: " + reason)
      }
    }
    console.output.line(
      "\(counts.same) the same, \(counts.changed) changed, \(counts.redacted) cannot be told, "
        + "\(counts.impossible) not decided again")
    return counts.changed == 0 ? .pass : .fail
  }

  /// Writes the records, one a line.
  private static func export(
    _ log: AuditLog, anonymises: Bool, _ console: Console
  ) -> ExitStatus {
    var tape = JSONTape()
    var status = ExitStatus.pass
    log.forEachLine { line, _, _ in
      guard anonymises else {
        console.output.write(Array(line) + [UInt8(ascii: "\n")])
        return
      }
      guard (try? tape.parse(line.span)) != nil else {
        status = .error
        return
      }
      console.output.write(AuditExport.anonymous(tape))
      console.output.line()
    }
    return status
  }
}
