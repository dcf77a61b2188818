/// What a builtin, or a part of the line, does to the variables it names.
enum ShellEffect: Sendable {
  /// Nothing more than making them unknown.
  case kill
  /// As `kill`, on a command that is followed now: what `declare` assigns is assigned.
  case apply
  /// They are counted as assigned once more.
  case count
  /// They are noted as assigned in a function.
  case noteFunction
}

extension ShellParser {
  /// Gathers what is known of the words of a command.
  mutating func collectArguments(_ command: Int) {
    arguments.clear()
    for index in line.commands[command].words {
      let word = line.words[index]
      if let text = line.knownText(word) {
        arguments.append(ShellArgument(range: text, isWhole: true, word: index))
      } else {
        arguments.append(
          ShellArgument(range: line.knownPrefix(word), isWhole: false, word: index))
      }
    }
  }

  /// Follows what a command does to variables, functions and aliases.
  mutating func followBuiltin(_ command: Int, _ index: Int) {
    guard
      let name = line.knownText(line.words[Int(line.commands[command].firstWord)])
    else { return }
    let key = name.count <= 9 ? key(name) : 0
    // PERF: most commands are programs.
    let isOrdinary = key != ShellName.alias && !isBuiltin(name)
    if isOrdinary && functions.isEmpty && !anyFunction { return }
    collectArguments(command)
    if key == ShellName.alias && name.count == 5 { defineAliases(command) }
    if callsFunction(name) {
      line.commands[command].flags.insert(.mayCallFunction)
      variables.noteCall()
    }
    let isPlainWord = isPlain(wordOf: index)
    let changes = act(.apply, command)
    if changes, context.repeats, !isPlainWord || !activeAliases.isEmpty {
      note(.hiddenAssignment, Int(node(index).start), Int(node(index).end), command: command)
    }
  }

  /// The first eight bytes of an argument as a number.
  private mutating func key(_ range: Range<Int>) -> UInt64 {
    ShellName.key(reader.bytes, range.lowerBound, range.upperBound)
  }

  private mutating func callsFunction(_ name: Range<Int>) -> Bool {
    if anyFunction { return true }
    if functions.isEmpty { return false }
    return functions.contains(ShellVariables.hash(reader.bytes.span, name))
  }

  /// Whether the program's name stands in the line as it is.
  private mutating func isPlain(wordOf index: Int) -> Bool {
    var child = index + 1
    let end = Int(node(index).next)
    while child < end {
      if node(child).kind == .word { return node(child).isLeaf(child) }
      child = Int(node(child).next)
    }
    return false
  }

  /// Makes effects of all that a node may assign, without expanding anything.
  ///
  /// Loops and functions in one another would have their texts read once for each that they lie
  /// in, and for each round: past a budget all variables may be assigned in them.
  mutating func scan(node index: Int, _ effect: ShellEffect) {
    let end = Int(node(index).next)
    scanBudget -= end - index + Int(node(index).end) - Int(node(index).start)
    if scanBudget >= 0 { return scan(index..<end, effect) }
    forget(effect)
    if effect == .noteFunction { variables.functionsSetAll = true }
  }

  /// Makes effects of all that a part of the syntax may assign, without expanding anything.
  mutating func scan(_ range: Range<Int>, _ effect: ShellEffect) {
    for index in range {
      let this = node(index)
      step()
      switch this.kind {
      case .assignment:
        affect(Int(node(index + 1).start)..<Int(node(index + 1).end), effect)
      case .parameter:
        if this.flags & 15 == ShellParameterOperation.assign.rawValue {
          affect(Int(this.start)..<max(Int(this.start), Int(this.link)), effect)
        }
      case .forLoop where isNamed(index):
        affect(Int(node(index + 1).start)..<Int(node(index + 1).end), effect)
      case .arithmetic, .arithmeticCommand:
        if arithmeticAssigns(index) {
          forEachName(ofArithmetic: index) { parser, name in parser.affect(name, effect) }
        }
      case .coprocess where isNamed(index):
        affect(Int(node(index + 1).start)..<Int(node(index + 1).end), effect)
      case .redirection where this.has(ShellNode.braces):
        let name = node(index + 1)
        affect((Int(name.start) + 1)..<max(Int(name.start) + 1, Int(name.end) - 1), effect)
      case .simple: scanCommand(index, effect)
      default: break
      }
    }
  }

  /// Whether a loop has its variable: one that could not be parsed may not.
  mutating func isNamed(_ index: Int) -> Bool {
    index + 1 < Int(node(index).next) && node(index + 1).kind == .name
  }

  private mutating func scanCommand(_ index: Int, _ effect: ShellEffect) {
    arguments.clear()
    var child = index + 1
    let end = Int(node(index).next)
    while child < end {
      let this = node(child)
      if this.kind == .word {
        let isLeaf = this.isLeaf(child)
        if arguments.isEmpty && !isLeaf { return }
        if isLeaf {
          arguments.append(
            ShellArgument(range: Int(this.start)..<Int(this.end), isWhole: true, word: -1))
        } else {
          let hasChild = Int(this.next) > child + 1
          let first = hasChild ? node(child + 1) : this
          let isText = first.kind == .literal
          arguments.append(
            ShellArgument(
              range: isText ? Int(first.start)..<Int(first.end) : 0..<0, isWhole: false,
              word: -1))
        }
        // A command that is none of these needs no more of its words.
        if arguments.count == 1 && !isBuiltin(arguments[0].range) { return }
      }
      child = Int(this.next)
      step()
    }
    if !arguments.isEmpty { _ = act(effect, -1) }
  }

  /// Whether a name is one that `act` knows.
  private mutating func isBuiltin(_ name: Range<Int>) -> Bool {
    guard !name.isEmpty, name.count <= 9 else { return false }
    switch key(name) {
    case ShellName.eval, ShellName.source, ShellName.dot, ShellName.read, ShellName.mapfile,
      ShellName.readarray, ShellName.printf, ShellName.getopts, ShellName.unset,
      ShellName.export, ShellName.declare, ShellName.typeset, ShellName.local,
      ShellName.readonly, ShellName.`let`, ShellName.cd, ShellName.pushd, ShellName.popd,
      ShellName.trap, ShellName.wait, ShellName.enable, ShellName.builtin, ShellName.command,
      ShellName.set, ShellName.shopt, ShellName.test, ShellName.bracket:
      return true
    default: return false
    }
  }

  /// Does to the variables what the builtin in `arguments` does.
  ///
  /// - Returns: whether it changes any.
  private mutating func act(_ effect: ShellEffect, _ command: Int) -> Bool {
    var first = 0
    // `builtin` and `command` run what comes after them and their options.
    while first < arguments.count, arguments[first].isWhole,
      key(arguments[first].range) == ShellName.builtin
        || key(arguments[first].range) == ShellName.command
    {
      first += 1
      while first < arguments.count, begins(first, with: UInt8(ascii: "-")) { first += 1 }
    }
    guard first < arguments.count else { return false }
    guard arguments[first].isWhole else { return false }
    let name = arguments[first].range
    guard isBuiltin(name) else { return false }
    let rest = (first + 1)..<arguments.count
    switch key(name) {
    case ShellName.eval, ShellName.source, ShellName.dot, ShellName.enable:
      forget(effect)
    case ShellName.export, ShellName.declare, ShellName.typeset, ShellName.local,
      ShellName.readonly:
      declare(rest, effect, command, fixes: key(name) == ShellName.readonly)
    case ShellName.read, ShellName.mapfile, ShellName.readarray, ShellName.getopts,
      ShellName.unset, ShellName.wait:
      refuse(rest, command)
      for index in rest { affectArgument(index, effect) }
      return !rest.isEmpty
    case ShellName.printf:
      guard let option = rest.first,
        begins(option, with: UInt8(ascii: "-"))
          || !arguments[option].isWhole
      else { return false }
      refuse(rest.prefix(2), command)
      guard isVariableOption(option) else { return false }
      for index in rest.prefix(2) { affectArgument(index, effect) }
    case ShellName.`let`:
      refuse(rest, command)
      for index in rest { affectNames(index, effect) }
    case ShellName.cd, ShellName.pushd, ShellName.popd:
      affect(ShellVariables.workingDirectory, effect)
    case ShellName.trap: return trap(rest, effect)
    case ShellName.set:
      for index in rest where setsBraces(index) { bracesAreUncertain = true }
      return false
    case ShellName.test, ShellName.bracket:
      refuse(rest, command)
      return false
    default: return false
    }
    return true
  }

  /// Notes an opacity for each argument that would run a substitution in a subscript.
  private mutating func refuse(_ range: Range<Int>, _ command: Int) {
    guard command >= 0 else { return }
    for index in range { refuseEvaluated(line.words[arguments[index].word], command) }
  }

  private mutating func begins(_ index: Int, with byte: UInt8) -> Bool {
    guard let first = arguments[index].range.first else { return false }
    return reader.bytes[first] == byte
  }

  /// Whether an argument of `set` may turn the expansion of braces on or off.
  private mutating func setsBraces(_ index: Int) -> Bool {
    guard begins(index, with: UInt8(ascii: "+")) || begins(index, with: UInt8(ascii: "-")) else {
      return !arguments[index].isWhole
    }
    return arguments[index].range.contains { reader.bytes[$0] == UInt8(ascii: "B") }
  }

  /// Whether an argument of `printf` may be `-v`.
  private mutating func isVariableOption(_ index: Int) -> Bool {
    let range = arguments[index].range
    if range.count < 2 { return !arguments[index].isWhole }
    return reader.bytes[range.lowerBound + 1] == UInt8(ascii: "v")
  }

  /// The effect on every variable.
  private mutating func forget(_ effect: ShellEffect) {
    switch effect {
    case .kill, .apply: variables.forgetAll()
    case .count: variables.forgets &+= 1
    // A call of the function then is one of something unknown.
    case .noteFunction: variables.forgets &+= 1
    }
  }

  /// The effect on a variable.
  private mutating func affect(_ id: Int, _ effect: ShellEffect) {
    switch effect {
    case .kill, .apply: variables.kill(id)
    case .count: variables.countEvent(id)
    case .noteFunction: variables.noteFunction(id)
    }
  }

  /// The effect on the variable of a name.
  mutating func affect(_ name: Range<Int>, _ effect: ShellEffect) {
    guard !name.isEmpty else { return }
    affect(variables.add(name, in: reader.bytes), effect)
  }

  /// The identifier that an argument begins with, when it is whole or something follows that
  /// ends the name.
  private mutating func leadingName(_ index: Int) -> Range<Int>? {
    let range = arguments[index].range
    guard let first = range.first, ShellByte.beginsName(reader.bytes[first]) else { return nil }
    var offset = first
    while offset < range.upperBound, ShellByte.isName(reader.bytes[offset]) { offset += 1 }
    guard offset < range.upperBound || arguments[index].isWhole else { return nil }
    return first..<offset
  }

  /// The effect of an argument that is a variable's name, or an option.
  private mutating func affectArgument(_ index: Int, _ effect: ShellEffect) {
    if let name = leadingName(index) {
      affect(name, effect)
    } else if !arguments[index].isWhole {
      forget(effect)
    } else {
      // `-aNAME` and `-vNAME`: whatever the letter, what follows may be a name.
      let range = arguments[index].range
      guard range.count > 2, begins(index, with: UInt8(ascii: "-")) else { return }
      for offset in (range.lowerBound + 2)..<range.upperBound
      where ShellByte.beginsName(reader.bytes[offset])
        && offset - range.lowerBound < 16
      {
        var end = offset
        while end < range.upperBound, ShellByte.isName(reader.bytes[end]) { end += 1 }
        affect(offset..<end, effect)
      }
    }
  }

  /// The effect of an argument that is arithmetic.
  private mutating func affectNames(_ index: Int, _ effect: ShellEffect) {
    guard arguments[index].isWhole else { return forget(effect) }
    forEachName(in: arguments[index].range) { parser, name in parser.affect(name, effect) }
  }

  /// The effect of `trap`: what it sets may run between any two commands, unless at the end.
  private mutating func trap(_ rest: Range<Int>, _ effect: ShellEffect) -> Bool {
    if rest.count < 2 { return false }
    let onlyAtEnd = rest.dropFirst().allSatisfy { index in
      guard arguments[index].isWhole else { return false }
      let range = arguments[index].range
      return key(range) == 0x5449_5845 && range.count == 4 || key(range) == 0x30
    }
    if onlyAtEnd { return false }
    switch effect {
    case .kill, .apply: variables.breakAll()
    case .count, .noteFunction: variables.forgets &+= 1
    }
    return true
  }

  /// The effects of `declare`, `export` and the like.
  private mutating func declare(
    _ rest: Range<Int>, _ effect: ShellEffect, _ command: Int, fixes: Bool
  ) {
    var (fixes, taints) = (fixes, false)
    declaresPlainly = rest.allSatisfy { index in
      !begins(index, with: UInt8(ascii: "-"))
        || arguments[index].range.dropFirst().allSatisfy {
          reader.bytes[$0] == UInt8(ascii: "a") || reader.bytes[$0] == UInt8(ascii: "x")
            || reader.bytes[$0] == UInt8(ascii: "g")
        }
    }
    refuse(rest, command)
    for index in rest {
      if begins(index, with: UInt8(ascii: "-")) || begins(index, with: UInt8(ascii: "+")) {
        for offset in arguments[index].range.dropFirst() {
          switch reader.bytes[offset] {
          case UInt8(ascii: "r"): fixes = true
          case UInt8(ascii: "n"): effect == .apply ? variables.breakAll() : forget(effect)
          case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "p"), UInt8(ascii: "f"),
            UInt8(ascii: "F"), UInt8(ascii: "a"), UInt8(ascii: "-"):
            break
          default: taints = true
          }
        }
        if !arguments[index].isWhole { forget(effect) }
        continue
      }
      guard let name = leadingName(index) else {
        if !arguments[index].isWhole { forget(effect) }
        continue
      }
      let id = variables.add(name, in: reader.bytes)
      if effect == .apply {
        declareOne(index, id, name)
        if fixes { variables.fix(id) }
        if taints { variables.taint(id) }
      } else {
        affect(id, effect)
      }
    }
  }
}
