import TractatusValues

/// Makes command lines at random, of the programs that a policy declares.
struct LineGenerator {
  var random: SplitMix64
  let programs: [GeneratedProgram]

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
    "{ cat a; } > b", "((1+1))", "[[ -f a ]]", ";;",
  ]
  /// Operands of all kinds.
  static let operands = [
    "a", "ab", "b", ".env", "/srv/app/.env", "/srv/app/key.pem", "src/a/b/c.txt", "/srv",
    "/etc/passwd", "..", ".", "/", "src/.ssh/id", "x y", "acme.example", "https://acme.example/x",
    "127.0.0.1", "A=1",
    "@a", "k=@src/a", "of=a", "if=/srv/x", "-", "re", "/srv/app/", "src//a", "/home/ab/.ssh/id",
    "/root/.env", "localhost",
  ]
  private static let unquoted = ["~", "~/.ssh/id", "{a,b}", "$'a'"]

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
    let inner = list(depth - 1)
    switch random.below(5) {
    case 0: return "{ \(inner); }" + redirections()
    case 1: return "( \(inner) )" + redirections()
    case 2: return "if \(inner); then \(list(0)); fi"
    case 3: return "if \(list(0)); then \(inner); else \(list(0)); fi"
    default: return "case a in a) \(inner);; *) \(list(0));; esac"
    }
  }

  // MARK: Simple commands

  private mutating func simple(_ depth: Int) -> String {
    if random.chance(1, in: 7) {
      return "cd " + random.pick(["/srv", "src", "..", "/etc", "a", "/srv/app"])
    }
    if random.chance(1, in: 20) { return random.pick(["exit", "exit 1", "return"]) }
    var text = ""
    if random.chance(1, in: 10) { text += random.pick(["A=1 ", "PATH=a ", "LD_PRELOAD=b "]) }
    text += words(depth).joined(separator: " ")
    return text + redirections()
  }

  private mutating func redirections() -> String {
    guard random.chance(1, in: 6) else { return "" }
    return random.pick([
      " > a", " >> /srv/x", " 2>&1", " > /dev/null", " < src/a", " <<< a", " <<< 'cat .env'",
      " &> b", " > ~/.ssh/id", " < /etc/passwd", " > /dev/tcp/acme.example/80", " 2> a",
    ])
  }

  /// The words of a simple command.
  private mutating func words(_ depth: Int) -> [String] {
    guard !programs.isEmpty, random.chance(9, in: 10) else {
      let name = random.pick(["nobody", "./nobody", "echo"])
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
    switch random.below(12) {
    case 0: return random.pick(Self.unquoted)
    case 1: return "'" + random.pick(Self.operands + ["~/.ssh/id", "*.pem", "-r"]) + "'"
    default:
      let text = random.pick(Self.operands)
      return text.contains(" ") || text.contains("(") ? "\"\(text)\"" : text
    }
  }
}
