import TractatusValues

/// A program that a generated policy declares, as lines are made of it.
struct GeneratedProgram: Sendable {
  struct Option: Sendable {
    var spellings: [String]
    /// What it takes: a flag nothing, `until` words up to `;`.
    var takes: String?
  }
  var names: [String]
  var options: [Option] = []
  var subcommands: [(names: [String], options: [Option])] = []
  /// Whether its operands, or those after the first, are a command.
  var runs: Runs = .nothing

  enum Runs: Sendable {
    case nothing, operands, others, joined, file
  }
}

extension PolicyGenerator {
  /// What a program may do with its operands: the effects, and what lines must know of it.
  private static let shapes: [(effects: [String], runs: GeneratedProgram.Runs)] = [
    (["reads operands"], .nothing), (["deletes operands"], .nothing), (["writes"], .nothing),
    (["reads other operands", "writes last operand"], .nothing),
    (["deletes other operands", "writes last operand"], .nothing),
    (["connects operands"], .nothing),
    (["connects operands", "reads other operands", "writes last operand"], .nothing),
    (["connects first operand", "writes last operand"], .nothing),
    (["connects first operand", "executes other operands joined"], .joined),
    (["connects first operand", "executes other operands"], .others),
    (["executes operands"], .operands),
    (["executes operands", "sets operands", "escalates"], .operands),
    (["executes other operands"], .others),
    (["executes operands joined"], .joined),
    (["executes first operand", "executes input"], .file),
    (["executes first operand"], .file),
    (["executes first operand", "reads other operands"], .file),
    (["sets operands"], .nothing), (["escalates"], .nothing), ([], .nothing),
    (["deletes cwd"], .nothing), (["sends operands"], .nothing),
    (["reads first operand", "writes other operands"], .nothing),
    (["reads after \"if=\"", "writes after \"of=\""], .nothing),
  ]

  /// Options that mean the same in every package: several that contradict do not compile.
  private static let options: [(spellings: [String], takes: String?, effects: [String])] = [
    (["-r", "-R", "--recursive"], nil, []), (["-f", "--force"], nil, []),
    (["-n", "--dry-run"], nil, []), (["-a", "--archive"], nil, []), (["--force-more"], nil, []),
    (["-i", "--in-place"], nil, ["writes other operands"]),
    (["-D"], nil, ["deletes operands"]), (["-K"], nil, ["writes cwd"]),
    (["-S"], nil, ["escalates"]), (["-quit"], nil, []),
    (["-o", "--output"], "path", ["writes"]), (["-o", "--output"], "path", []),
    (["-d", "--data"], "text", ["sends after \"@\""]),
    (["-F", "--form"], "text", ["sends after \"@\"", "reads after \"=@\""]),
    (["-C", "--directory"], "path", []), (["-p", "--port"], "text", []),
    (["-u", "--url"], "url", ["connects"]), (["-H", "--host"], "host", ["connects"]),
    (["-v"], "text", ["sets"]), (["-T"], "path", ["sends"]), (["-L"], "path", ["executes"]),
    (["-E", "--eval"], "text", ["executes"]), (["-G"], "glob", []),
    (["\"of=\""], "path", ["writes"]), (["--rsh"], "command", ["executes"]),
    (["-exec"], "command until [\";\"]", ["executes"]),
  ]

  /// Options that stand for the first operand, which only the first package declares.
  private static let replacing: [(spellings: [String], takes: String?, effects: [String])] = [
    (["-e", "--expression"], "text for first operand", ["executes"]),
    (["-e", "--expression"], "text for first operand", []),
    (["-c"], "command for first operand", ["executes"]),
    (["-x", "--file"], "path for first operand", ["reads"]),
  ]

  static let programNames = [
    "rm", "cp", "cat", "curl", "git", "sh", "sudo", "ssh", "tool", "quiet", "awk", "env", "find",
  ]
  private static let subcommandNames = [["push"], ["clean", "wipe"], ["add"], ["run"], ["re"]]

  /// Declares programs, and adds to those of the packages above.
  mutating func addPrograms(to declarations: inout [SourceTree]) {
    if random.chance(9, in: 10), package == 0 {
      let names = Self.builtins.shuffled(using: &random)
      for name in names.prefix(1 + random.below(5)) {
        let effects = name == "eval" ? "executes operands joined" : ""
        declarations.append(.text("program \(name) { \(effects) }"))
        policy.programs.append(
          GeneratedProgram(names: [name], runs: name == "eval" ? .joined : .nothing))
      }
    }
    for _ in 0..<(package == 0 ? 2 + random.below(4) : random.below(3)) {
      let open = Self.programNames.filter { name in
        !policy.programs.contains { $0.names.contains(name) }
      }
      if open.isEmpty { break }
      addProgram(random.some(open, least: 1, most: 2), to: &declarations)
    }
    guard package > 0 else { return }
    for index in policy.programs.indices where random.chance(1, in: 4) {
      extend(index, to: &declarations)
    }
  }

  /// Adds options to a program of another package.
  private mutating func extend(_ index: Int, to declarations: inout [SourceTree]) {
    let program = policy.programs[index]
    // What is done where the line's own shell stands is the matter of data.
    guard let name = program.names.first, !Self.builtins.contains(name) else { return }
    var lines: [SourceTree] = []
    var added: [GeneratedProgram.Option] = []
    // What takes a word from operands that others give an effect does not compile.
    let harmless = Self.options.filter { option in
      !option.effects.contains { $0.contains("operands") } && option.spellings != ["-exec"]
    }
    for option in random.some(harmless, least: 1, most: 3) {
      let known = program.options.filter { !Set($0.spellings).isDisjoint(with: option.spellings) }
      // One that takes an argument where the other takes none does not compile.
      guard known.allSatisfy({ ($0.takes == nil) == (option.takes == nil) }) else { continue }
      addOption(option, to: &lines, &added)
    }
    declare([name], [], lines, to: &declarations)
    policy.programs[index].options += added
  }

  private static let builtins = ["cd", "export", "eval", "exit", "echo"]

  private mutating func addProgram(_ names: [String], to declarations: inout [SourceTree]) {
    let (effects, runs) = random.pick(Self.shapes)
    var program = GeneratedProgram(names: names, runs: runs)
    var body: [SourceTree] = effects.map { .text($0) }
    if random.chance(1, in: 8) { body.append("reads input") }
    var lines: [SourceTree] = []
    addOptions(
      to: &lines, &program.options, least: 0,
      canReplace: package == 0 && (runs == .nothing || runs == .file),
      runsNothing: runs == .nothing)
    if runs == .nothing, random.chance(1, in: 3) {
      for names in random.some(Self.subcommandNames, least: 1, most: 3) {
        addSubcommand(names, to: &lines, &program)
      }
    }
    if runs == .file, package == 0, random.chance(2, in: 3) {
      addOption(
        random.chance(1, in: 2) ? Self.replacing[2] : random.pick(Self.replacing), to: &lines,
        &program.options)
    }
    body.removeAll { $0.text == "reads input" }
    declare(names, body, lines, to: &declarations)
    policy.programs.append(program)
  }

  private mutating func declare(
    _ names: [String], _ body: [SourceTree], _ lines: [SourceTree],
    to declarations: inout [SourceTree]
  ) {
    declarations.append(
      .parts([
        .text("program \(names.joined(separator: ", ")) {\n"), .lines(body), "\n",
        .lines(lines), "\n}",
      ]))
  }

  private mutating func addSubcommand(
    _ names: [String], to lines: inout [SourceTree], _ program: inout GeneratedProgram
  ) {
    var options: [GeneratedProgram.Option] = []
    var inner: [SourceTree] = []
    addOptions(to: &inner, &options, least: 0, canReplace: false)
    let effects = random.pick(Self.shapes.filter { $0.runs == .nothing }).effects
    lines.append(
      .parts([
        .text("subcommand \(names.joined(separator: ", ")) {\n"),
        .lines(effects.map { .text($0) }), "\n", .lines(inner), "\n}",
      ]))
    program.subcommands.append((names, options))
  }

  private mutating func addOptions(
    to lines: inout [SourceTree], _ options: inout [GeneratedProgram.Option], least: Int,
    canReplace: Bool, runsNothing: Bool = false
  ) {
    var seen = Set(options.flatMap(\.spellings))
    for option in random.some(Self.options, least: least, most: 5) {
      if !runsNothing, option.spellings == ["-exec"] { continue }
      guard seen.isDisjoint(with: option.spellings) else { continue }
      seen.formUnion(option.spellings)
      addOption(option, to: &lines, &options)
    }
    if canReplace, random.chance(1, in: 4) {
      addOption(random.pick(Self.replacing), to: &lines, &options)
    }
  }

  private mutating func addOption(
    _ option: (spellings: [String], takes: String?, effects: [String]),
    to lines: inout [SourceTree], _ options: inout [GeneratedProgram.Option]
  ) {
    guard !options.contains(where: { !Set($0.spellings).isDisjoint(with: option.spellings) })
    else { return }
    var spellings = option.spellings
    if spellings.count > 1, random.chance(1, in: 4) { spellings.removeLast() }
    let head = option.takes == nil ? "flag" : "option"
    let takes = option.takes.map { " takes \($0)" } ?? ""
    lines.append(
      .text(
        "\(head) \(spellings.joined(separator: " "))\(takes) "
          + option.effects.joined(separator: " ")))
    options.append(
      GeneratedProgram.Option(
        spellings: spellings.map { $0.filter { $0 != "\"" } }, takes: option.takes))
  }
}
