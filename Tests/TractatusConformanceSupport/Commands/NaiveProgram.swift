import TractatusSemantics

/// A program as all packages together declare it, at one level: itself, or a subcommand.
struct NaiveProgram {
  /// An option or flag with all its spellings.
  struct Option {
    var spellings: [String]
    var argument: ProgramOption.Argument
    var replacesFirstOperand: Bool
    /// The effects by declaration, since `other operands` is said of the body it stands in.
    var effects: [(effect: ProgramEffect, body: ProgramBody)]
    /// The packages that declare some spelling of it.
    var packages: Set<PackageID>

    var takesArgument: Bool { argument != .none }
    var isUntil: Bool { if case .until = argument { true } else { false } }
  }
  struct Subcommand {
    var names: [String]
    var program: NaiveProgram
  }

  var effects: [(effect: ProgramEffect, body: ProgramBody)] = []
  var options: [Option] = []
  var subcommands: [Subcommand] = []
  /// All packages that declare this program.
  var packages: Set<PackageID> = []

  /// A program by its base name, of what some packages declare; nil when none of them does.
  init?(_ name: String, _ policy: CheckedPolicy, of seen: Set<PackageID>? = nil) {
    let declarations = policy.programs.filter { program in
      program.names.contains { Self.same($0, name) }
    }
    let visible = declarations.filter { seen?.contains($0.package) ?? true }
    if visible.isEmpty { return nil }
    self.init(visible.map { ($0.package, $0.body) })
    packages = Set(declarations.map(\.package))
  }

  private init(_ bodies: [(package: PackageID, body: ProgramBody)]) {
    packages = Set(bodies.map(\.package))
    for (package, body) in bodies {
      effects += body.does.map { ($0, body) }
      for option in body.options { add(option, package, body) }
    }
    // Subcommands that share a name are one.
    var groups: [(names: [String], bodies: [(PackageID, ProgramBody)])] = []
    for (package, body) in bodies {
      for subcommand in body.subcommands {
        var joined = (names: subcommand.names, bodies: [(package, subcommand.body)])
        for group in groups where group.names.contains(where: joined.names.contains) {
          joined = (group.names + joined.names, group.bodies + joined.bodies)
        }
        groups.removeAll { group in group.names.contains(where: joined.names.contains) }
        groups.append(joined)
      }
    }
    subcommands = groups.map { Subcommand(names: $0.names, program: NaiveProgram($0.bodies)) }
  }

  /// Puts an option to those that share a spelling with it.
  private mutating func add(_ option: ProgramOption, _ package: PackageID, _ body: ProgramBody) {
    var joined = Option(
      spellings: option.spellings, argument: option.argument,
      replacesFirstOperand: option.replacesFirstOperand,
      effects: option.does.map { ($0, body) }, packages: [package])
    for other in options where other.spellings.contains(where: joined.spellings.contains) {
      joined.spellings = other.spellings + joined.spellings
      joined.replacesFirstOperand = joined.replacesFirstOperand || other.replacesFirstOperand
      joined.effects = other.effects + joined.effects
      joined.packages.formUnion(other.packages)
      if case .until(let one) = joined.argument, case .until(let two) = other.argument {
        joined.argument = .until(one + two)
      }
    }
    options.removeAll { $0.spellings.contains(where: joined.spellings.contains) }
    options.append(joined)
  }

  /// Every effect of the program's options, and of its subcommands with theirs.
  var furtherEffects: [ProgramEffect] {
    options.flatMap { $0.effects.map(\.effect) }
      + subcommands.flatMap { $0.program.effects.map(\.effect) + $0.program.furtherEffects }
  }

  /// Whether an option's argument is a command line that is run.
  var takesLines: Bool {
    options.contains { option in
      option.argument == .word(.command)
        && option.effects.contains { $0.effect.effect == .executes }
    }
  }

  /// Whether an option takes code that is run in the place of the first operand.
  var takesScript: Bool {
    options.contains { option in
      option.argument == .word(.text) && option.replacesFirstOperand
        && option.effects.contains { $0.effect.effect == .executes }
    }
  }

  /// Whether it, or an option of it, connects.
  var connects: Bool {
    (effects.map(\.effect) + options.flatMap { $0.effects.map(\.effect) })
      .contains { $0.effect == .connects }
  }

  static func same(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
