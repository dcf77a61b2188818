import TractatusValues

/// Makes command lines at random, of the programs that a policy declares.
struct LineGenerator {
  var random: SplitMix64
  let programs: [GeneratedProgram]
  /// Whether words are unknown now and then.
  private let hasUnknown: Bool
  private var isInLoop = false

  /// A generator of lines of some programs; every other one has no words that are unknown.
  init(random: SplitMix64, programs: [GeneratedProgram]) {
    self.random = random
    self.programs = programs
    hasUnknown = self.random.chance(1, in: 2)
  }

  /// A line.
  mutating func line() -> String {
    if random.chance(1, in: 40) { return random.pick(Self.odd) }
    var text = list(2)
    if random.chance(1, in: 12) {
      let body = random.chance(1, in: 2) ? list(0) : random.pick(Self.operands)
      text += " <<\(random.pick(["E", "'E'"]))\n\(body)\nE\n"
    }
    return text
  }

  private static let odd = [
    "", "if", "cat 'a", "# only a comment", "A=1", "> a", "cat a |", "f() { cat a; }", "$X",
    "{ cat a; } > b", "((1+1))", "[[ -f a ]]", ";;", "cat a > \"$X\"",
  ]
  /// Operands of all kinds.
  static let operands = [
    "a", "ab", "b", ".env", "/srv/app/.env", "/srv/app/key.pem", "src/a/b/c.txt", "/srv",
    "/etc/passwd", "..", ".", "/", "src/.ssh/id", "x y", "acme.example", "https://acme.example/x",
    "u@db1.acme.example:src/x", "db1.acme.example:/srv/x", "evil.example:80", "127.0.0.1", "A=1",
    "@a", "k=@src/a", "of=a", "if=/srv/x", "-", "re", "/srv/app/", "src//a", "/home/ab/.ssh/id",
    "/root/.env", "localhost",
  ]
  private static let known = ["~", "~/.ssh/id", "~ab/x", "{a,b}", "$'a'"]
  private static let unquoted = [
    "$HOME/.env", "*.pem", "src/*", "/srv/app/?", "[ab].env", "*", "$X", "a$X", "$X/b",
    "src/$X.pem", "$(cat a)", "$((1+2))", "log$((1+2))", "?", "[!a]b",
  ]
  private static let doubleQuoted = [
    "$X", "a$X", "src/$X", "$X.pem", "/srv/$X", "$X/.env", "-$X", "--output=$X", "~/x", "$(cat b)",
    "https://$X/", "https://acme.example/$X", "u@$X:a", "@$X", "--fo$X",
  ]

  // MARK: Lists

  private mutating func list(_ depth: Int) -> String {
    var text = pipeline(depth)
    while random.chance(1, in: 4) {
      text += random.pick(["; ", "; ", " && ", " && ", " || ", " & ", "\n"]) + pipeline(depth)
    }
    return text
  }

  private mutating func pipeline(_ depth: Int) -> String {
    var text = command(depth)
    while random.chance(1, in: 8) { text += " | " + command(depth) }
    return text
  }

  private mutating func command(_ depth: Int) -> String {
    guard depth > 0, random.chance(1, in: 6) else { return simple(depth) }
    let kind = random.below(9)
    // What loops do to the directory is the matter of data.
    let wasInLoop = isInLoop
    if kind > 5 { isInLoop = true }
    defer { isInLoop = wasInLoop }
    let inner = list(depth - 1)
    switch kind {
    case 0: return "{ \(inner); }" + redirections()
    case 1: return "( \(inner) )" + redirections()
    case 2: return "if \(inner); then \(list(0)); fi"
    case 3: return "if \(list(0)); then \(inner); else \(list(0)); fi"
    case 4: return "case a in a) \(inner);; *) \(list(0));; esac"
    case 5: return "f() { \(inner); }; f a"
    case 6: return "for i in a /srv; do \(inner); done"
    case 7: return "while \(list(0)); do \(inner); done"
    default: return hasUnknown ? "for i in $X; do \(inner); done" : "{ \(inner); }"
    }
  }

  // MARK: Simple commands

  private mutating func simple(_ depth: Int) -> String {
    if random.chance(1, in: 7), !isInLoop {
      let known = ["/srv", "src", "..", "/etc", "a", "/srv/app", "~", "-", "'~'"]
      return "cd " + random.pick(hasUnknown ? known + ["\"$X\""] : known)
    }
    if random.chance(1, in: 20) { return random.pick(["exit", "exit 1", "return"]) }
    var text = ""
    if random.chance(1, in: 10) {
      text += random.pick([
        "A=1 ", "PATH=a ", "LD_PRELOAD=b ", "PATH=/srv:$PATH ", "A=~/.ssh ", "A+=a ", "x= ",
      ])
    }
    text += words(depth).joined(separator: " ")
    return text + redirections()
  }

  private mutating func redirections() -> String {
    guard random.chance(1, in: 6) else { return "" }
    if hasUnknown, random.chance(1, in: 5) {
      return random.pick([" > \"$X\"", " <<< \"$X\"", " > src/*"])
    }
    return random.pick([
      " > a", " >> /srv/x", " 2>&1", " > /dev/null", " < src/a", " <<< a", " <<< 'cat .env'",
      " &> b", " > ~/.ssh/id", " < /etc/passwd", " > /dev/tcp/acme.example/80", " 2> a",
    ])
  }

  /// The words of a simple command.
  private mutating func words(_ depth: Int) -> [String] {
    let changers = ["cd", "eval"]
    let programs = self.programs.filter { !isInLoop || !changers.contains($0.names[0]) }
    guard !programs.isEmpty, random.chance(9, in: 10) else {
      let names = ["nobody", "./nobody", "echo"]
      let name = random.pick(hasUnknown ? names + ["\"$X\"", "$X", "\"$X/cat\""] : names)
      return [name] + (0..<random.below(4)).map { _ in word(depth) }
    }
    let program = random.pick(programs)
    var name = random.pick(program.names)
    switch random.below(20) {
    case 0: name = "/bin/" + name
    case 1: name = "./" + name + ".exe"
    case 2: name = "\\" + name
    case 3: name = "'" + name + "'"
    default: break
    }
    var words = [name]
    var options = program.options
    if let subcommand = program.subcommands.randomElement(using: &random),
      random.chance(2, in: 3)
    {
      words += self.options(program.options, depth)
      words.append(random.pick(subcommand.names))
      options += subcommand.options
    }
    words += self.options(options, depth)
    switch program.runs {
    case .operands, .joined:
      if random.chance(3, in: 4) { words += depth > -2 ? self.words(depth - 1) : ["cat", "a"] }
    case .others:
      words.append(word(depth))
      if random.chance(3, in: 4) { words += depth > -2 ? self.words(depth - 1) : ["cat", "a"] }
    case .file, .nothing: break
    }
    if program.runs == .joined, random.chance(1, in: 3) { words.append(quotedLine(depth)) }
    for _ in 0..<random.below(3) {
      words.append(word(depth))
      if random.chance(1, in: 4) { words += self.options(options, depth) }
    }
    return words
  }

  private mutating func quotedLine(_ depth: Int) -> String {
    let inner = depth > -2 ? list(depth - 2) : "cat a"
    return "'" + inner.replacing("'", with: "'\\''") + "'"
  }

  private mutating func options(
    _ options: [GeneratedProgram.Option], _ depth: Int
  ) -> [String] {
    var words: [String] = []
    if random.chance(1, in: 20) { words.append("--") }
    if random.chance(1, in: 14) {
      words.append(
        random.pick(["-X", "--undeclared", "--undeclared=a", "-rX", "-fr", "--forc", "--re"]))
    }
    guard !options.isEmpty else { return words }
    for _ in 0..<random.below(3) {
      let option = random.pick(options)
      var spelling = random.pick(option.spellings)
      guard let takes = option.takes else {
        if spelling.utf8.count == 2, random.chance(1, in: 4) {
          spelling += String(random.pick(options).spellings[0].dropFirst().prefix(1))
        } else if spelling.hasPrefix("--"), random.chance(1, in: 4) {
          spelling = String(spelling.dropLast(random.below(4)))
        }
        words.append(spelling)
        continue
      }
      let argument = takes.hasPrefix("command") ? quotedLine(depth) : word(depth)
      if takes.hasPrefix("command until") {
        words += [spelling] + (depth > -2 ? self.words(depth - 2) : ["cat", "a"]) + ["\\;"]
      } else if spelling.hasSuffix("=") {
        words.append(spelling + argument)
      } else if spelling.hasPrefix("--"), random.chance(1, in: 2) {
        words.append(spelling + "=" + argument)
      } else if spelling.utf8.count == 2, random.chance(1, in: 4), !takes.contains("command") {
        words.append(spelling + argument)
      } else {
        words += [spelling, argument]
      }
    }
    return words
  }

  /// A word in some spelling.
  private mutating func word(_ depth: Int) -> String {
    if hasUnknown, random.chance(1, in: 5) {
      switch random.below(5) {
      case 0, 1: return random.pick(Self.unquoted)
      case 2 where depth > 0: return "\"$(\(list(depth - 2)))\""
      case 3 where depth > 0: return random.pick(["<", ">"]) + "(\(list(depth - 2)))"
      default: return "\"" + random.pick(Self.doubleQuoted) + "\""
      }
    }
    switch random.below(12) {
    case 0: return random.pick(Self.known)
    case 1: return "'" + random.pick(Self.operands + ["~/.ssh/id", "*.pem", "-r"]) + "'"
    default:
      let text = random.pick(Self.operands)
      return text.contains(" ") || text.contains("(") ? "\"\(text)\"" : text
    }
  }
}
