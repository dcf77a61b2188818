import TractatusCompiler
import TractatusEngine
import TractatusJSON
import TractatusPatterns

/// `explain --command`: what a command line would run and do, and what the rules say of it.
struct CommandExplanation {
  private let line: String
  private let arguments: Arguments
  private let console: Console
  private let style: Style

  /// Explains the line that the arguments give.
  static func run(_ line: String, _ arguments: Arguments, _ console: Console) -> ExitStatus {
    CommandExplanation(
      line: line, arguments: arguments, console: console, style: Style(arguments, console)
    ).run()
  }

  private func run() -> ExitStatus {
    let policy: CompiledPolicy
    do throws(PolicyFailure) {
      policy = try PolicySource.compile(
        arguments.values("rules"), instructions: InstructionOrigin(arguments), style: style,
        console)
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      return .error
    }
    var facts = CommandFacts()
    var reader = CommandReader()
    let bytes = Array(line.utf8)
    reader.read(
      bytes.span, programs: policy.lowered.checked.programTable, into: &facts)
    let account = CommandAccount(facts)
    var evaluator = Evaluator(policy.program)
    var explanations: [RuleExplanation] = []
    for (type, parameter) in policy.lowered.checked.commandParameters {
      var input = ActionInput()
      do throws(DecisionError) {
        try input.readNative(action(type, parameter).span)
      } catch {
        console.complain(error.reason, code: error.code)
        return .error
      }
      explanations += evaluator.explain(input, readingCommands: true)
    }
    write(account, explanations)
    return .pass
  }

  /// A call of a type with the line as one of its parameters.
  private func action(_ type: String, _ parameter: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("action")
    json.string(type)
    json.key("parameters")
    json.beginObject()
    json.key(parameter)
    json.string(line)
    json.endObject()
    for name in ["cwd", "project"] {
      guard let directory = arguments.value(name) else { continue }
      json.key(name)
      json.string(directory)
    }
    json.endObject()
    return json.bytes
  }

  private func write(_ account: CommandAccount, _ explanations: [RuleExplanation]) {
    guard arguments.value("format") == "json" else {
      console.output.write(CommandAccountReport.text(account, style: style))
      console.output.write(ExplanationReport.text(explanations, style: style))
      return
    }
    var json = JSONWriter()
    json.beginObject()
    json.key("command")
    json.string(line)
    CommandAccountReport.write(account, to: &json)
    json.endObject()
    var bytes = json.bytes
    ExplanationReport.splice(explanations, into: &bytes)
    console.output.write(bytes)
    console.output.line()
  }
}
