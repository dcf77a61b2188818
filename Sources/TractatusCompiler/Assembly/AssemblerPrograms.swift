import TractatusEngine
import TractatusPatterns
import TractatusSemantics

extension Assembler {
  /// The declared programs, where some test reads a command.
  mutating func addPrograms() {
    guard !commands.queries.isEmpty || readsOptions else { return }
    var isTrusted = checked.packages.map { _ in true }
    let doesSeal = checked.packagesThatSeal()
    var views = Set(commands.queries.joined().compactMap(\.package).filter { doesSeal[$0] })
    views.formUnion(checked.packagesThatSealMappedTypes())
    for package in views {
      let isVisible = checked.visiblePackages(from: package)
      for index in isTrusted.indices where !isVisible[index] { isTrusted[index] = false }
    }
    pools.sections.programs = checked.programTable { isTrusted[$0] }
  }
}

extension CheckedPolicy {
  /// The declared programs.
  package var programTable: ProgramTable { programTable { _ in true } }

  /// The declared programs, with what they are said to print by some packages alone.
  ///
  /// A sealed rule may know more by such a declaration, and must not by one that it does not see.
  ///
  /// - Parameter isTrusted: whether what a package says of what programs print counts.
  func programTable(yieldsOf isTrusted: (Int) -> Bool) -> ProgramTable {
    var visible: [UInt32: Set<UInt32>] = [:]
    for package in Set(programs.map { Int($0.package.index) }) {
      let isVisible = visiblePackages(from: package)
      let seen = isVisible.indices.filter { isVisible[$0] && $0 != package }
      visible[UInt32(clamping: package)] = Set(seen.map { UInt32(clamping: $0) })
    }
    let descriptions = programs.map { program in
      var description = ProgramDescription(program)
      if !isTrusted(Int(program.package.index)) { description.body.dropYields() }
      return description
    }
    return ProgramTable(descriptions, visible: visible)
  }

  /// The action types that take a command, each with its first parameter that is one.
  package var commandParameters: [(type: String, parameter: String)] {
    actionTypes.compactMap { type in
      type.parameters.first { $0.type == .command }.map { (type.name.text, $0.name) }
    }
  }
}

extension ProgramDescription {
  /// The plain form of a declaration.
  init(_ declaration: ProgramDeclaration) {
    self.init(
      package: UInt32(clamping: declaration.package.index), names: declaration.names,
      body: Body(declaration.body))
  }
}

extension ProgramDescription.Body {
  /// Leaves out what the program prints; what an option changes of that stays.
  fileprivate mutating func dropYields() {
    effects.removeAll { $0.verb == .yields }
    for index in options.indices {
      let count = options[index].effects.count
      options[index].effects.removeAll { $0.verb == .yields }
      if options[index].effects.count < count {
        options[index].effects.append(ProgramDescription.Effect(.yields, .argument))
      }
    }
    for index in subcommands.indices { subcommands[index].body.dropYields() }
  }

  /// The plain form of a body; as deep as its subcommands, which parsing bounds.
  fileprivate init(_ body: ProgramBody) {
    self.init()
    effects = body.does.map(ProgramDescription.Effect.init)
    options = body.options.map { option in
      ProgramDescription.Option(
        spellings: option.spellings, argument: ProgramDescription.Argument(option.argument),
        replacesFirstOperand: option.replacesFirstOperand,
        effects: option.does.map(ProgramDescription.Effect.init))
    }
    subcommands = body.subcommands.map { subcommand in
      ProgramDescription.Subcommand(
        names: subcommand.names, body: ProgramDescription.Body(subcommand.body))
    }
  }
}

extension ProgramDescription.Argument {
  fileprivate init(_ argument: ProgramOption.Argument) {
    switch argument {
    case .none: self = .none
    case .until(let words): self = .until(words)
    case .word(let type): self = .word(ProgramDescription.ArgumentType(type))
    }
  }
}

extension ProgramDescription.ArgumentType {
  fileprivate init(_ type: ProgramArgument) {
    switch type {
    case .text: self = .text
    case .path: self = .path
    case .url: self = .url
    case .host: self = .host
    case .command: self = .command
    case .glob: self = .glob
    case .placeholder: self = .placeholder
    }
  }
}

extension ProgramDescription.Effect {
  fileprivate init(_ effect: ProgramEffect) {
    let target: ProgramDescription.Target =
      switch effect.target {
      case .argument: .argument
      case .operands: .operands
      case .firstOperand: .firstOperand
      case .lastOperand: .lastOperand
      case .otherOperands: .otherOperands
      case .cwd: .cwd
      case .input: .input
      case .after(let text): .after(text)
      }
    let verb = CommandEffectFact.Verb(effect.effect)
    self.init(
      verb, verb == .escalates ? .none : target, isJoined: effect.isJoined,
      isExtended: effect.isExtended)
  }
}

extension CommandEffectFact.Verb {
  /// The engine's word for an effect of the language.
  init(_ effect: CommandEffect) {
    switch effect {
    case .reads: self = .reads
    case .writes: self = .writes
    case .deletes: self = .deletes
    case .sends: self = .sends
    case .connects: self = .connects
    case .executes: self = .executes
    case .sets: self = .sets
    case .escalates: self = .escalates
    case .yields: self = .yields
    }
  }
}
