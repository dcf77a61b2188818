import TractatusCompiler
import TractatusEngine
import TractatusJSON
import TractatusPatterns
import TractatusRulePacks
import TractatusSource
import TractatusValues

/// `tractatus bench --commands`: what it costs to read a command line and to find the rules on it.
struct CommandBench {
  /// How the figures come about; part of every text report.
  static let method = """
    Compiles the built-in packs, which declare what programs do, with 1,000
    generated rules on commands (programs with options and operands, effects within
    places, hosts, flows), and decides harmless commands of about
    \(commandByteCount) bytes by them: of the first figures each times a whole decision
    from the bytes of the action, of the second the parse and what it says that the
    command does, of the third the parse alone; then a decision on the same commands with
    other names each time, and one on commands with variables, substitutions and
    patterns of which nobody can know the text, each kind in a loop of its own. Then
    long lines of many kinds (--bytes), each decided five times: the median.
    """
  /// How many rules are generated, unless `--sizes` says otherwise.
  static let ruleCount = 1_000
  /// About how long a command is.
  static let commandByteCount = 85

  private var decide: [UInt64] = []
  private var read: [UInt64] = []
  private var parse: [UInt64] = []
  private var unknown: [UInt64] = []
  private var fresh: [UInt64] = []
  private var programCount = 0
  private var ruleCount = 0
  private var long = LongCommands()

  /// Measures; an error status when the generated policy does not compile.
  static func run(
    _ arguments: Arguments, ruleCount: Int, rounds: Int, byteCount: Int, _ console: Console
  ) -> ExitStatus {
    guard let program = program(ruleCount) else {
      console.errors.line("tractatus: the generated rules on commands do not compile")
      return .error
    }
    var bench = CommandBench()
    bench.ruleCount = ruleCount
    bench.programCount = program.sections.programs.count
    bench.measure(program, rounds: rounds)
    if byteCount > 0 { bench.long.measure(program, byteCount: byteCount) }
    console.output.write(arguments.value("format") == "json" ? bench.json : bench.text)
    return .pass
  }

  /// The packs with rules on commands, and the session's.
  private static let packs = [
    "core", "claude_code", "deployment", "git", "secrets", "self_protection", "shell",
  ].map { RulePacks.prefix + $0 }

  private static func program(_ ruleCount: Int) -> Program? {
    let file = RuleFile(
      name: "generated.tract", bytes: policy(ruleCount), rulesRoot: 0, isNamed: true)
    let builtIns = RulePacks.files.map {
      BuiltInFile(package: $0.package, name: "<\($0.path)>", bytes: $0.bytes)
    }
    let loaded = PolicyLoader.load(
      [file], builtIns: builtIns, packages: packs, copiesReplaceBuiltIns: false)
    return Compilation.compile(loaded).program
  }

  /// The generated rules: a fifth of each form.
  private static func policy(_ ruleCount: Int) -> [UInt8] {
    var text = """
      policy bench.commands "Generated for measuring" version "1.0.0"
      use tractatus.actions

      """
    for index in 0..<ruleCount {
      let condition =
        switch index % 5 {
        case 0: "command runs \"tool\(index) step\" with [\"--all\", \"-a\"]"
        case 1: "command writes within \"/srv/app-\(index)\""
        case 2: "command connects within \"host-\(index).example\""
        case 3: "command runs \"rm\" with \"-r\" operand within \"/data/set-\(index)\""
        default: "command pipes \"fetch\(index)\" into [\"sh\", \"bash\"]"
        }
      text += "rule r\(index) \"Rule \(index)\" { on bash deny when \(condition) }\n"
    }
    return Array(text.utf8)
  }

  /// Commands of everyday work.
  private static let commands = [
    "cd app && git commit -m \"fix: keep the order of entries\" -- src/order.swift README.md",
    "grep -rn --include='*.swift' \"func decide\" Sources | head -n 20 > /tmp/found-places.txt",
    "swift build --target TractatusEngine 2>&1 | tail -n 30; git status --short | wc -l > n",
    "find . -name '*.orig' -newer Package.swift -print | sort | uniq -c | tee build/list.txt",
    "tar -czf build/out.tar.gz docs/a docs/b && ls -la build && cp build/out.tar.gz release/",
  ]

  /// The same with a number in the place of `%`, each time another.
  private static let freshCommands = [
    "cd app% && git commit -m \"fix: keep the order of entries\" -- src/order%.swift README.md",
    "grep -rn --include='*.swift' \"func decide%\" Sources% | head -n 20 > /tmp/found-%.txt",
    "swift build --target Engine% 2>&1 | tail -n 30; git status --short | wc -l > n%",
    "find . -name '*.orig%' -newer Package.swift -print | sort | uniq -c | tee build/list%.txt",
    "tar -czf build/out%.tar.gz docs/a% docs/b && ls -la build && cp build/out%.tar.gz release/",
  ]

  /// The actions of a round that name what no other names.
  private static func freshActions(_ round: Int) -> [[UInt8]] {
    freshCommands.map { command in
      var text = ""
      for character in command { text += character == "%" ? String(round) : String(character) }
      return action(text)
    }
  }

  /// Commands with words that only a shell could tell.
  private static let unknownCommands = [
    "for f in src/*.ts; do npx eslint --fix \"$f\" && git add \"$f\"; done 2> /tmp/eslint.txt",
    "rm -f build/*.o \"$OUT/cache\" && make -j \"$(nproc)\" CC=\"$CC\" 2>&1 | tail -n 20",
    "git log --oneline $(git merge-base origin/main HEAD)..HEAD -- \"$1\" > notes-$USER.txt",
    "curl -fsS \"https://$HOST/api/v1/items?page=$page\" -o out/$page.json && jq . out/$page.json",
  ]

  private mutating func measure(_ program: Program, rounds: Int) {
    var evaluator = Evaluator(program)
    var input = ActionInput()
    var reader = CommandReader()
    var parser = ShellParser()
    var facts = CommandFacts()
    var line = ShellLine()
    let actions = Self.commands.map { Self.action($0) }
    let unknownActions = Self.unknownCommands.map { Self.action($0) }
    let texts = Self.commands.map { Array($0.utf8) }
    // Each kind is measured in a loop of its own, so that none meets the caches as another left
    // them. Of each the first round warms up.
    for round in 0..<(rounds + 1) {
      for action in actions {
        let time = Self.decide(action, &evaluator, &input)
        if round > 0 { decide.append(time) }
      }
    }
    for round in 0..<(rounds + 1) {
      for action in Self.freshActions(round) {
        let time = Self.decide(action, &evaluator, &input)
        if round > 0 { fresh.append(time) }
      }
    }
    for round in 0..<(rounds + 1) {
      for action in unknownActions {
        let time = Self.decide(action, &evaluator, &input)
        if round > 0 { unknown.append(time) }
      }
    }
    // INVARIANT: what is measured is used, so that it is not left out.
    var sink = 0
    for round in 0..<(rounds + 1) {
      for text in texts {
        let start = MonotonicClock.nanoseconds()
        reader.read(text.span, programs: program.sections.programs, into: &facts)
        sink &+= facts.invocations.count
        let read = MonotonicClock.nanoseconds()
        parser.parse(text.span, into: &line)
        sink &+= line.commands.count
        let parsed = MonotonicClock.nanoseconds()
        if round == 0 { continue }
        self.read.append(read - start)
        parse.append(parsed - read)
      }
    }
    if sink < 0 { decide.removeAll() }
    decide.sort()
    read.sort()
    parse.sort()
    unknown.sort()
    fresh.sort()
  }

  /// How long a decision takes.
  private static func decide(
    _ action: [UInt8], _ evaluator: inout Evaluator, _ input: inout ActionInput
  ) -> UInt64 {
    let start = MonotonicClock.nanoseconds()
    guard (try? input.readNative(action.span)) != nil else { return 0 }
    // INVARIANT: what is measured is used, so that it is not left out.
    let rank = UInt64(evaluator.evaluate(input).verdict.rawValue)
    return MonotonicClock.nanoseconds() - start + (rank > 100 ? 1 : 0)
  }

  /// The action that runs a command in a shell.
  static func action(_ command: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("action")
    json.string("tractatus.actions.bash")
    json.key("parameters")
    json.beginObject()
    json.key("command")
    json.string(command)
    json.endObject()
    for name in ["cwd", "project"] {
      json.key(name)
      json.string("/home/dev/work")
    }
    json.endObject()
    return json.bytes
  }

  private static func rank(_ times: [UInt64], _ percent: Int) -> UInt64 {
    times.isEmpty ? 0 : times[min(times.count - 1, times.count * percent / 100)]
  }

  private var figures: [(name: String, key: String, times: [UInt64])] {
    [
      ("decision", "decision", decide), ("parse and effects", "facts", read),
      ("parse", "parse", parse), ("other names", "fresh", fresh),
      ("unknown words", "unknown", unknown),
    ]
  }

  private var text: String {
    var text = "\(Self.method)\n\n"
    text += "\(programCount) programs, \(ruleCount) rules, \(decide.count) decisions\n\n"
    for figure in figures {
      let name = figure.name + String(repeating: " ", count: max(0, 18 - figure.name.count))
      text += "  \(name) median \(Self.rank(figure.times, 50)) ns, "
      text += "p90 \(Self.rank(figure.times, 90)) ns, p99 \(Self.rank(figure.times, 99)) ns\n"
    }
    return long.figures.isEmpty ? text : text + long.text
  }

  private var json: String {
    var json = JSONWriter()
    json.beginObject()
    for (name, value) in [
      ("programs", programCount), ("rules", ruleCount), ("decisions", decide.count),
    ] {
      json.key(name)
      json.number(value)
    }
    for figure in figures {
      for (suffix, percent) in [("median", 50), ("p90", 90), ("p99", 99)] {
        json.key("\(figure.key)_\(suffix)_ns")
        json.number(Int(clamping: Self.rank(figure.times, percent)))
      }
    }
    long.write(into: &json)
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }
}
