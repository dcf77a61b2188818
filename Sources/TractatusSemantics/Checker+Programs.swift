import TractatusSource
import TractatusSyntax

extension Checker {
  /// Checks every `program`, and that those of one name do not contradict each other.
  func checkPrograms() {
    var found: [(program: ProgramDeclaration, text: String, view: ProgramView)] = []
    var parts = 0
    for (package, view) in programs {
      let names = programNames(view)
      guard !names.isEmpty else { continue }
      let (size, isTooLarge) = names.count.multipliedReportingOverflow(
        by: max(1, view.tree.allTokens(of: view.id).count - 2 * names.count))
      parts += isTooLarge ? DeclarationLimits.programParts + 1 : size
      guard parts <= DeclarationLimits.programParts else {
        report(
          .writtenOutTooLarge,
          "with what each declaration says of each of its names, the programs have more than "
            + "\(DeclarationLimits.programParts) words", at: view.span)
        break
      }
      let program = ProgramDeclaration(
        package: PackageID(package), names: names,
        title: view.title.map { view.tree.string(of: $0) } ?? "",
        body: programBody(view, package: package), span: view.span)
      found.append((program, view.tree.normalisedText(of: view.id), view))
    }
    found.sort { left, right in
      let (a, b) = (left.program, right.program)
      return (a.package.index, a.names[0], left.text, a.span)
        < (b.package.index, b.names[0], right.text, b.span)
    }
    policy.programs = found.map(\.program)
    for (number, program) in policy.programs.enumerated() {
      for name in program.names { programNumbers[name, default: []].append(number) }
    }
    checkContradictions(found.map { (Int($0.program.package.index), $0.view) })
  }

  /// The names of a program or a subcommand that are names, each once.
  private func programNames(_ view: some ProgramBodyView) -> [String] {
    var seen = SeenNames()
    var names: [String] = []
    let tokens = view.names
    for token in tokens {
      let name = view.tree.spelling(of: token)
      let span = view.tree.span(of: token)
      guard checkProgramName(name, at: span, isText: view.tree[token].isString),
        tokens.count == 1 || noteRepeated(name, at: span, in: &seen)
      else { continue }
      names.append(name)
    }
    return names
  }

  /// Whether a text can be the base name of a program; reports it otherwise.
  func checkProgramName(_ name: String, at span: SourceSpan, isText: Bool = true) -> Bool {
    if Self.isPlainProgramName(name) { return true }
    var message: String?
    var better: String?
    let base = name.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init)
    if name.isEmpty {
      message = "no program has an empty name"
    } else if let base, base != name {
      message = "a program is named by what follows the last `/`"
      better = base.isEmpty ? nil : base
    } else if name.utf8.count > 4, name.lowercased().hasSuffix(".exe") {
      message = "a program is named without `.exe`, which is dropped from what is run"
      better = String(name.dropLast(4))
    } else if name.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
      message = "the name of a program has no blank in it"
    }
    guard let message else { return true }
    report(
      .wrongProgram, message, at: span,
      fixIts: better.map {
        [FixIt("write `\($0)`", replacing: span, with: isText ? "\"\($0)\"" : $0)]
      } ?? [])
    return false
  }

  /// PERF: whether a name is made of visible ASCII without `/` and ends in no `.exe`, which nothing
  /// is wrong with.
  private static func isPlainProgramName(_ name: String) -> Bool {
    var last: UInt8 = 0
    for byte in name.utf8 {
      guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "/") else { return false }
      last = byte
    }
    return last != 0 && last | 0x20 != UInt8(ascii: "e")
  }

  // MARK: Bodies

  private func programBody(_ view: some ProgramBodyView, package: Int) -> ProgramBody {
    var body = ProgramBody()
    body.does = view.effects.compactMap { programEffect($0, of: .body) }
    for flag in view.flags {
      let spellings = spellings(flag.spellings, view.tree, isFlag: true)
      guard !spellings.isEmpty else { continue }
      body.options.append(
        ProgramOption(
          spellings: spellings, argument: .none, replacesFirstOperand: false,
          does: flag.effects.compactMap { programEffect($0, of: .flag) }))
    }
    for option in view.options {
      let spellings = spellings(option.spellings, view.tree, isFlag: false)
      guard let argument = argument(of: option, package: package), !spellings.isEmpty else {
        continue
      }
      body.options.append(
        ProgramOption(
          spellings: spellings, argument: argument,
          replacesFirstOperand: option.isForFirstOperand,
          does: option.effects.compactMap { programEffect($0, of: .option) }))
    }
    for subcommand in view.subcommands {
      let names = programNames(subcommand)
      let inner = programBody(subcommand, package: package)
      guard !names.isEmpty else { continue }
      body.subcommands.append(ProgramSubcommand(names: names, body: inner))
    }
    return body
  }

  private func spellings(_ tokens: [TokenID], _ tree: SyntaxTree, isFlag: Bool) -> [String] {
    var seen = SeenNames()
    var found: [String] = []
    for token in tokens {
      let text = tree.spelling(of: token)
      let span = tree.span(of: token)
      var problem: String?
      if text.isEmpty { problem = "no option has an empty spelling" }
      if text == "--" { problem = "`--` ends the options and is none" }
      if text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) {
        problem = "the spelling of an option has no blank in it"
      }
      if isFlag, text.hasSuffix("=") { problem = "a flag has no value after `=`; write `option`" }
      if let problem {
        report(.wrongProgram, problem, at: span)
        continue
      }
      if tokens.count == 1 || noteRepeated(text, at: span, in: &seen) { found.append(text) }
    }
    return found
  }

  /// What an option takes, or nil after a diagnostic.
  private func argument(of view: ProgramOptionView, package: Int) -> ProgramOption.Argument? {
    guard let token = view.type else { return nil }
    let name = view.tree.name(of: token)
    guard let type = ProgramArgument(name) else {
      let near = near(to: name, among: ProgramArgument.names)
      report(
        .unknownType, "no option takes a `\(name)`" + suggestion(near),
        at: view.tree.span(of: token),
        notes: near == nil ? ["It takes one of \(ValueType.listed(ProgramArgument.names))."] : [],
        fixIts: fixIt(near, at: view.tree.span(of: token)))
      return nil
    }
    guard view.hasUntil else { return .word(type) }
    guard let value = view.until else { return nil }
    guard type == .command else {
      report(
        .wrongEffect, "`until` ends the words of a command, and this option takes a `\(name)`",
        at: span(of: value))
      return nil
    }
    let scope = Scope(package: package, parameters: .roots)
    let found = texts(value, .text, scope, allowsList: true)
    guard let ends = constants(found, "words that end a command", at: span(of: value)) else {
      return nil
    }
    guard !ends.isEmpty, ends.first != "" else {
      report(.emptyTerm, "no word that ends a command is empty", at: span(of: value))
      return nil
    }
    return .until(ends)
  }

  // MARK: Effects

  /// Where an effect stands.
  private enum EffectOwner {
    case body, flag, option
  }

  private func programEffect(
    _ view: ProgramEffectView, of owner: EffectOwner
  ) -> ProgramEffect? {
    guard let token = view.verb, let word = view.tree[token].word,
      let effect = CommandEffect(word)
    else { return nil }
    let verb = view.tree.text(of: token)
    if effect == .yields {
      guard view.isNamed, owner != .option else { return programYield(view) }
      report(.wrongEffect, "only an option has a pattern that names match", at: view.span)
      return nil
    }
    guard effect != .escalates else { return ProgramEffect(effect: effect, target: .argument) }
    guard let target = target(of: view, owner) else {
      guard owner == .flag, view.target == nil else { return nil }
      let end = view.tree.span(of: token).end
      report(
        .wrongEffect, "a flag has no argument, so `\(verb)` needs what it \(verb)", at: view.span,
        fixIts: [
          FixIt(
            "write `operands`",
            replacing: SourceSpan(source: view.span.source, start: end, end: end),
            with: " operands")
        ])
      return nil
    }
    var problem: String?
    if effect != .executes {
      if view.isJoined { problem = "`joined` words are a command line, which only `executes` has" }
      if view.isExtended { problem = "only what a program `executes` is extended by operands" }
      if target == .input { problem = "`input` is read as a program, which only `executes` does" }
      if target == .cwd, effect == .connects || effect == .sets {
        problem = "`\(verb)` has no directory as its target"
      }
    }
    if effect == .executes {
      if target == .lastOperand {
        problem = "what is run is the first operand, a file, or `operands`, a command's words"
      }
      if view.isExtended, target == .firstOperand {
        problem = "one file is run, and more operands do not extend it"
      }
    }
    if owner == .flag, case .after = target { problem = "a flag has no argument to look into" }
    if let problem {
      report(.wrongEffect, problem, at: view.span)
      return nil
    }
    return ProgramEffect(
      effect: effect, target: target, isJoined: view.isJoined, isExtended: view.isExtended)
  }

  private func target(
    of view: ProgramEffectView, _ owner: EffectOwner
  ) -> ProgramEffect.Target? {
    switch view.target {
    case .operands: return .operands
    case .first: return .firstOperand
    case .last: return .lastOperand
    case .other: return .otherOperands
    case .cwd: return .cwd
    case .input: return .input
    case .after:
      guard let token = view.prefix else { return nil }
      let text = view.tree.string(of: token)
      guard text.isEmpty else { return .after(text) }
      report(
        .emptyTerm, "every text begins with the empty one, so this says nothing",
        at: view.tree.span(of: token))
      return nil
    default:
      switch owner {
      case .body: return .operands
      case .option: return .argument
      case .flag: return nil
      }
    }
  }
}

extension ProgramArgument {
  /// The words after `takes`.
  static let names = ["text", "path", "url", "host", "command", "glob", "placeholder"]

  /// What a word after `takes` stands for.
  init?(_ name: String) {
    switch name {
    case "text": self = .text
    case "path": self = .path
    case "url": self = .url
    case "host": self = .host
    case "command": self = .command
    case "glob": self = .glob
    case "placeholder": self = .placeholder
    default: return nil
    }
  }
}
