import TractatusAnalysis
import TractatusCompiler
import TractatusSemantics
import TractatusSource
import TractatusSyntax

extension Command {
  /// `tractatus explain`.
  static let explain = Command(
    "explain", group: .author,
    summary: "say what a diagnostic code means, a rule says, or a command line does",
    operands: "[RULE | CODE]",
    options: [
      .rules,
      .instructions,
      Option("command", value: "LINE", "a command line, instead of a code or a name"),
      Option("cwd", value: "DIR", "the directory in which the command line starts"),
      Option("project", value: "DIR", "the project's root"),
      .format("text", "json"),
      .color,
    ],
    details: """
      A code such as T0203 gives its long form. Any other name is looked for among the
      declarations of the loaded packages, with or without its package. Of an
      instruction it also shows the metadata that are inferred, and of a stored one
      what it was read as.

      --command shows what a command line runs as the loaded packages declare its
      programs: each command with its words, each invocation with its options,
      operands and effects, and why it would be opaque; and then each rule on a
      command, and why it did or did not fire.
      """,
    example: "tractatus explain --command 'git push --force origin main'"
  ) { arguments, console throws(UsageError) in
    if let line = arguments.value("command") {
      guard arguments.operands.isEmpty else {
        throw UsageError(message: "`explain` takes one code or name, or `--command`")
      }
      return CommandExplanation.run(line, arguments, console)
    }
    guard arguments.operands.count == 1, let name = arguments.operands.first else {
      throw UsageError(message: "`explain` takes one code or name")
    }
    if let code = DiagnosticCode(identifier: name) {
      console.output.line("\(code.identifier): \(code.title)\n")
      console.output.line(code.explanation)
      return .pass
    }
    if let kind = AnalysisKind(named: name) {
      console.output.line("\(kind.code) \(kind.name): \(kind.title)")
      return .pass
    }
    return DeclarationSearch.run(name, arguments, console)
  }
}

/// Finds declarations by name and prints them as written.
enum DeclarationSearch {
  private struct Found {
    var name: String
    var span: SourceSpan
    var documentation: String?
    var text: String
  }

  static func run(_ name: String, _ arguments: Arguments, _ console: Console) -> ExitStatus {
    let rules: LoadedPolicy
    do throws(RuleProblem) {
      rules = try RuleReader.load(
        arguments.values("rules"), for: .authoring,
        instructions: InstructionOrigin(arguments))
    } catch {
      console.complain(error.message, code: error.code.identifier)
      return .error
    }
    let result = Compilation.compile(rules)
    var known: [String] = []
    var found: [(package: String, declaration: Found)] = []
    for file in result.files {
      let package = FileView(file.tree, file.tree.root)?.policy?.path?.joined ?? ""
      for declaration in declarations(of: file) {
        known.append(declaration.name)
        if declaration.name == name || package + "." + declaration.name == name {
          found.append((package, declaration))
        }
      }
    }
    let stored = result.instructions.filter { $0.record.id == name }
    guard !found.isEmpty || !stored.isEmpty else {
      let near = NearName.nearest(to: name, among: known)
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      console.errors.line("tractatus: nothing is called `\(name)`\(hint)")
      return .error
    }
    for entry in stored { console.output.line(entry.summary) }
    var places = DiagnosticPlaces(result.sources)
    for (index, (package, declaration)) in found.enumerated() {
      if index > 0 || !stored.isEmpty { console.output.line() }
      if let place = places.place(of: declaration.span) {
        console.output.line("\(place.file):\(place.start.line):\(place.start.column)")
      }
      if let words = declaration.documentation { console.output.line(words) }
      console.output.line(declaration.text)
      let full = QualifiedName(package: package, name: declaration.name)
      let rule = result.checked.rules.first { $0.name == full }
      for entry in rule?.inferred?.entries ?? [] {
        console.output.line(
          "inferred by \(entry.package): \(entry.name): \(RuleText.plain(entry.value))")
      }
    }
    return .pass
  }

  private static func declarations(of file: ParsedFile) -> [Found] {
    let tree = file.tree
    guard let view = FileView(tree, tree.root) else { return [] }
    return view.declarations.flatMap { declaration -> [Found?] in
      switch declaration {
      case .constant(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .type(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .fact(let view): [found(view, view.path?.joined)]
      case .action(let view): [found(view, view.path?.joined)]
      case .rule(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .threshold(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .program(let view): view.names.map { found(view, tree.spelling(of: $0)) }
      case .classification(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .reading(let view): [found(view, view.name.map { tree.name(of: $0) })]
      case .use, .otherwise, .monitor, .waive, .test, .prove: []
      }
    }.compactMap { $0 }
  }

  private static func found(_ view: some SyntaxView, _ name: String?) -> Found? {
    guard let name else { return nil }
    return Found(
      name: name, span: view.span, documentation: view.documentation,
      text: view.tree.text(of: view.id))
  }
}
