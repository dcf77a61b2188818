import TractatusCompiler

extension Command {
  /// `tractatus build`.
  static let build = Command(
    "build", group: .author, summary: "compile a program image, or show the decision tables",
    operands: "[PATH…]",
    options: [
      .rules,
      .instructions,
      Option("output", value: "FILE", short: "o", "write the program image to this file (*.tbc)"),
      Option(
        flag: "sources", "keep the rules' text in the image, too: `diff` compares such images"),
      Option(
        "emit", value: "FORM", choices: Emission.allCases.map(\.rawValue),
        "print the decision tables: \(Option.listed(Emission.allCases.map(\.rawValue)))"),
      .color,
    ],
    details: """
      PATH is the same as --rules PATH. A program image is loaded by `eval --rules FILE.tbc`
      without parsing anything.
      """,
    example: "tractatus build rules -o rules.tbc"
  ) { arguments, console throws(UsageError) in
    let output = arguments.value("output")
    let form = arguments.value("emit").flatMap { Emission(rawValue: $0) }
    guard output != nil || form != nil else {
      throw UsageError(message: "`build` needs `-o FILE` or `--emit FORM`")
    }
    let paths = arguments.values("rules") + arguments.operands
    let style = Style(arguments, console)
    let policy: CompiledPolicy
    do throws(PolicyFailure) {
      policy = try PolicySource.compile(
        paths, instructions: InstructionOrigin(arguments), style: style, console)
    } catch {
      console.complain(error.reason, code: error.code.identifier)
      return .error
    }
    if let form { console.output.write(form.text(of: policy.lowered)) }
    guard let output else { return .pass }
    var image: [UInt8] = []
    policy.program.write(into: &image)
    if arguments.has("sources") { policy.sources.append(to: &image) }
    do throws(SystemError) {
      try FileWriter.replace(output, with: image)
    } catch {
      console.errors.line("tractatus: `\(output)` cannot be written: \(error.writingFailure)")
      return .error
    }
    return .pass
  }
}
