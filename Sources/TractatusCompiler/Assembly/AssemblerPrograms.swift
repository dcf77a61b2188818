import TractatusEngine
import TractatusPatterns
import TractatusSemantics

extension Assembler {
  /// The declared programs, where some test reads a command.
  mutating func addPrograms() {
    guard !commands.queries.isEmpty || readsOptions else { return }
    pools.sections.programs = checked.programTable
  }
}

extension CheckedPolicy {
  /// The declared programs.
  package var programTable: ProgramTable {
    var visible: [UInt32: Set<UInt32>] = [:]
    for package in Set(programs.map { Int($0.package.index) }) {
      let isVisible = visiblePackages(from: package)
      let seen = isVisible.indices.filter { isVisible[$0] && $0 != package }
      visible[UInt32(clamping: package)] = Set(seen.map { UInt32(clamping: $0) })
    }
    return ProgramTable(programs.map { ProgramDescription($0) }, visible: visible)
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
    }
  }
}
