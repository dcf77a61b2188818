import TractatusCompiler
import TractatusEngine

extension Command {
  /// `tractatus build`.
  static let build = Command(
    "build", group: .author, summary: "compile a program image, or show the decision tables",
    operands: "[PATH…]",
    options: [
      .rules,
      Option("output", value: "FILE", short: "o", "write the program image to this file (*.tbc)"),
      Option(
        "emit", value: "FORM", choices: Emission.allCases.map(\.rawValue),
        "print the decision tables: \(Emission.allCases.map(\.rawValue).joined(separator: ", "))"),
      .color,
    ],
    details: """
      PATH is the same as --rules PATH. A program image is loaded by `eval --rules FILE.tbc`
      without parsing anything.
      """
  ) { arguments, console throws(UsageError) in
    let output = arguments.value("output")
    let form = arguments.value("emit").flatMap { Emission(rawValue: $0) }
    guard output != nil || form != nil else {
      throw UsageError(message: "`build` needs `-o FILE` or `--emit FORM`")
    }
    let paths = arguments.values("rules") + arguments.operands
    let style = Style(arguments, console)
    do throws(PolicyFailure) {
      let policy = try PolicySource.compile(paths, style: style, console)
      if let form { console.output.write(form.text(of: policy.lowered)) }
      if let output { try write(policy.program, to: output) }
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      return .error
    }
    return .pass
  }

  private static func write(_ program: Program, to path: String) throws(PolicyFailure) {
    var image: [UInt8] = []
    program.write(into: &image)
    do throws(SystemError) {
      try FileWriter.replace(path, with: image)
    } catch {
      throw PolicyFailure(reason: "`\(path)` \(error.explanation)")
    }
  }
}
