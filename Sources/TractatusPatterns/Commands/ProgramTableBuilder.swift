import TractatusValues

/// Merges declarations of programs and lays them out flat.
struct ProgramTableBuilder {
  /// The arrays of a `ProgramTable`.
  struct Tables: Sendable {
    var programs = Packed<UInt32>()
    var bodies = Packed<UInt32>()
    var options = Packed<UInt32>()
    var effects = Packed<UInt32>()
    var entries = Packed<UInt32>()
    var terminators = Packed<UInt32>()
    var packages = Packed<UInt32>()
    var slots = Packed<UInt32>()
    var views = Packed<UInt32>()
    var texts = Packed<UInt8>()
  }

  typealias Body = ProgramDescription.Body

  /// A body of a program as all packages together declare it, and who declares what of it.
  private struct Merged {
    var effects: [MergedEffect] = []
    var options: [MergedOption] = []
    var optionIndex: [String: Int] = [:]
    var subcommands: [(names: [String], body: Merged)] = []
    var subcommandIndex: [String: Int] = [:]
    /// The packages that declare a spelling or the name of a subcommand.
    var packages: [String: Set<UInt32>] = [:]
  }

  private struct MergedOption {
    var option: ProgramDescription.Option
    var effects: [MergedEffect]
  }

  private struct MergedEffect {
    var effect: ProgramDescription.Effect
    var packages: Set<UInt32>
  }

  private let visible: [UInt32: Set<UInt32>]
  private var result = Tables()
  private var stringIndex: [String: Int] = [:]

  init(visible: [UInt32: Set<UInt32>]) {
    self.visible = visible
  }

  /// Adds all programs.
  mutating func add(_ descriptions: [ProgramDescription]) {
    var byName: [String: [Int]] = [:]
    var names: [String] = []
    for (number, description) in descriptions.enumerated() {
      for name in description.names {
        if byName[name] == nil { names.append(name) }
        if byName[name]?.last != number { byName[name, default: []].append(number) }
      }
    }
    names.sort()
    // Names with the same declarations share a body.
    var bodyOf: [[Int]: UInt32] = [:]
    var entries: [(text: String, value: UInt32)] = []
    for name in names {
      let numbers = byName[name] ?? []
      let packages = Set(numbers.map { descriptions[$0].package }).sorted()
      let body: UInt32
      if let known = bodyOf[numbers] {
        body = known
      } else {
        var merged = Merged()
        for number in numbers {
          merge(descriptions[number].body, descriptions[number].package, into: &merged)
        }
        body = emit(merged, packages: packages)
        bodyOf[numbers] = body
      }
      entries.append((name, UInt32(truncatingIfNeeded: result.programs.count / 5)))
      let text = string(name)
      result.programs += [
        body, UInt32(truncatingIfNeeded: result.packages.count),
        UInt32(truncatingIfNeeded: packages.count), text.start, text.count,
      ]
      result.packages += packages
    }
    for entry in entries { emit(entry.text, entry.value, scope: ProgramTable.programScope) }
  }

  /// The arrays, with the hash table.
  consuming func tables() -> Tables {
    result.slots = Self.slots(result.entries, result.texts)
    return result
  }

  /// A hash table of entries, at most half full.
  static func slots(_ entries: Packed<UInt32>, _ texts: Packed<UInt8>) -> Packed<UInt32> {
    let count = entries.count / ProgramTable.entrySize
    var slots = Packed<UInt32>()
    if count == 0 { return slots }
    var size = 2
    while size < count * 2 { size *= 2 }
    slots.append(contentsOf: repeatElement(UInt32.max, count: size))
    for index in 0..<count {
      let at = index * ProgramTable.entrySize
      let start = Int(entries[at + 1])
      let hash = texts.withSpan(start..<(start + Int(entries[at + 2]))) {
        StableHash.hash($0, seed: UInt64(entries[at]))
      }
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != UInt32.max { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index)
    }
    return slots
  }

  private func merge(_ body: Body, _ package: UInt32, into merged: inout Merged) {
    Self.merge(body.effects, package, into: &merged.effects)
    for option in body.options {
      let known = Self.first(option.spellings, in: merged.optionIndex)
      let index = known ?? merged.options.count
      if known == nil { merged.options.append(MergedOption(option: option, effects: [])) }
      if option.replacesFirstOperand { merged.options[index].option.replacesFirstOperand = true }
      Self.merge(option.effects, package, into: &merged.options[index].effects)
      for spelling in option.spellings {
        if merged.optionIndex[spelling] == nil { merged.optionIndex[spelling] = index }
        merged.packages[spelling, default: []].insert(package)
      }
    }
    for subcommand in body.subcommands {
      let known = Self.first(subcommand.names, in: merged.subcommandIndex)
      let index = known ?? merged.subcommands.count
      if known == nil { merged.subcommands.append((subcommand.names, Merged())) }
      merge(subcommand.body, package, into: &merged.subcommands[index].body)
      for name in subcommand.names {
        if merged.subcommandIndex[name] == nil { merged.subcommandIndex[name] = index }
        merged.packages[name, default: []].insert(package)
      }
    }
  }

  private static func merge(
    _ effects: [ProgramDescription.Effect], _ package: UInt32, into merged: inout [MergedEffect]
  ) {
    for effect in effects {
      if let known = merged.firstIndex(where: { $0.effect == effect }) {
        merged[known].packages.insert(package)
      } else {
        merged.append(MergedEffect(effect: effect, packages: [package]))
      }
    }
  }

  /// The index of the first name that has one.
  private static func first(_ names: [String], in index: [String: Int]) -> Int? {
    for name in names {
      if let known = index[name] { return known }
    }
    return nil
  }

  /// Which of the packages that declare a program see what some packages declare: a bit for each
  /// of the first, the last for all others.
  private func mask(of packages: Set<UInt32>, _ declaring: [UInt32]) -> UInt32 {
    var mask = ProgramTable.everyReading
    for (number, package) in declaring.enumerated() {
      if packages.contains(package) || visible[package]?.isDisjoint(with: packages) == false {
        continue
      }
      mask &= ~(1 << UInt32(min(number, ProgramTable.readingLimit - 1)))
    }
    return mask
  }

  /// What a body is, to a reader that sees some of what is declared.
  private func traits(of body: Merged, where sees: (Set<UInt32>) -> Bool) -> UInt32 {
    var traits: UInt32 = 0
    let effects = body.effects.filter { sees($0.packages) }.map(\.effect)
    if effects.contains(where: { $0.verb == .connects }) { traits |= ProgramTable.connectsTrait }
    if body.subcommandIndex.keys.contains(where: { sees(body.packages[$0] ?? []) }) {
      traits |= ProgramTable.subcommandsTrait
    }
    let readsInput = effects.contains { $0.verb == .executes && $0.target == .input }
    for (spelling, index) in body.optionIndex where sees(body.packages[spelling] ?? []) {
      if spelling.utf8.first != UInt8(ascii: "-") { traits |= ProgramTable.bareTrait }
      var option = body.options[index].option
      option.effects = body.options[index].effects.filter { sees($0.packages) }.map(\.effect)
      if option.effects.contains(where: { $0.verb == .connects }) {
        traits |= ProgramTable.connectsTrait
      }
      if option.takesCommand { traits |= ProgramTable.commandTrait }
      if option.isScript, !readsInput { traits |= ProgramTable.scriptTrait }
      if ProgramTable.isRecursive(Array(spelling.utf8).span) {
        traits |= ProgramTable.recursiveTrait
      }
    }
    return traits
  }

  /// Lays a body out; gives its number.
  private mutating func emit(_ merged: Merged, packages: [UInt32]) -> UInt32 {
    let number = result.bodies.count / 6
    let effects = emit(merged.effects, packages)
    result.bodies += [
      effects.first, effects.count, 0, 0, UInt32(truncatingIfNeeded: result.views.count),
      traits(of: merged) { _ in true },
    ]
    let readings = min(packages.count, ProgramTable.readingLimit)
    result.views.append(UInt32(truncatingIfNeeded: readings))
    for reading in 0..<readings {
      result.views.append(
        traits(of: merged) { mask(of: $0, packages) >> UInt32(reading) & 1 != 0 })
    }
    var named: [(text: String, value: UInt32, mask: UInt32)] = []
    let options = merged.options.map { emit($0, packages) }
    for (spelling, index) in merged.optionIndex {
      let mask = mask(of: merged.packages[spelling] ?? [], packages)
      named.append((spelling, options[index], mask))
    }
    let bodies = merged.subcommands.map { emit($0.body, packages: packages) }
    for (name, index) in merged.subcommandIndex where merged.optionIndex[name] == nil {
      let mask = mask(of: merged.packages[name] ?? [], packages)
      named.append((name, bodies[index] | ProgramTable.subcommandBit, mask))
    }
    named.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    result.bodies[number * 6 + 2] = UInt32(
      truncatingIfNeeded: result.entries.count / ProgramTable.entrySize)
    result.bodies[number * 6 + 3] = UInt32(truncatingIfNeeded: named.count)
    for entry in named {
      emit(entry.text, entry.value, entry.mask, scope: UInt32(truncatingIfNeeded: number))
    }
    return UInt32(truncatingIfNeeded: number)
  }

  private mutating func emit(
    _ text: String, _ value: UInt32, _ mask: UInt32 = ProgramTable.everyReading, scope: UInt32
  ) {
    let text = string(text)
    result.entries += [scope, text.start, text.count, value, mask]
  }

  private mutating func emit(_ merged: MergedOption, _ packages: [UInt32]) -> UInt32 {
    let option = merged.option
    let effects = emit(merged.effects, packages)
    let first = result.terminators.count / 2
    var argument: UInt32 = 0
    switch option.argument {
    case .none: break
    case .word(let type): argument = UInt32(type.rawValue) + 1
    case .until(let words):
      argument = ProgramTable.untilArgument
      for word in words {
        let text = string(word)
        result.terminators += [text.start, text.count]
      }
    }
    var traits: UInt32 = option.replacesFirstOperand ? 1 : 0
    let spans = option.spellings.map { Array($0.utf8) }
    if spans.contains(where: { ProgramTable.isRecursive($0.span) }) { traits |= 4 }
    if merged.effects.isEmpty, option.argument == .word(.path),
      spans.contains(where: { ProgramTable.isDirectory($0.span) })
    {
      traits |= 8
    }
    result.options += [
      argument, traits, effects.first, effects.count, UInt32(truncatingIfNeeded: first),
      UInt32(truncatingIfNeeded: result.terminators.count / 2 - first),
    ]
    return UInt32(truncatingIfNeeded: result.options.count / 6 - 1)
  }

  private mutating func emit(
    _ effects: [MergedEffect], _ packages: [UInt32]
  ) -> (first: UInt32, count: UInt32) {
    let first = result.effects.count / 5
    for merged in effects {
      let effect = merged.effect
      var text: (start: UInt32, count: UInt32) = (0, 0)
      let target: UInt32
      switch effect.target {
      case .argument: target = 0
      case .operands: target = 1
      case .firstOperand: target = 2
      case .lastOperand: target = 3
      case .otherOperands: target = 4
      case .cwd: target = 5
      case .input: target = 6
      case .after(let prefix):
        target = 7
        text = string(prefix)
      case .none: target = 8
      }
      let traits: UInt32 =
        (effect.isJoined ? 1 : 0) | (effect.isExtended ? 2 : 0)
        | mask(of: merged.packages, packages) << 8
      result.effects += [UInt32(effect.verb.rawValue), target, traits, text.start, text.count]
    }
    return (UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: effects.count))
  }

  /// Where a text lies; equal ones lie in one place.
  private mutating func string(_ text: String) -> (start: UInt32, count: UInt32) {
    let count = UInt32(truncatingIfNeeded: text.utf8.count)
    if let start = stringIndex[text] { return (UInt32(truncatingIfNeeded: start), count) }
    let start = result.texts.count
    stringIndex[text] = start
    result.texts += Array(text.utf8)
    return (UInt32(truncatingIfNeeded: start), count)
  }
}

extension ProgramDescription.Option {
  /// Whether it takes a command line or the words of a command, and runs it.
  fileprivate var takesCommand: Bool {
    argument == .word(.command) && effects.contains { $0.verb == .executes }
  }

  /// Whether its argument is code that stands where else the first operand does.
  fileprivate var isScript: Bool {
    argument == .word(.text) && replacesFirstOperand
      && effects.contains { $0.verb == .executes && $0.target == .argument }
  }
}

extension ProgramTable {
  /// How many words an entry has.
  static let entrySize = 5
  /// The most readings of one program: one for each package that declares it, and one for all that
  /// are beyond.
  static let readingLimit = 24
  /// The mask of what every reading sees.
  static let everyReading: UInt32 = 1 << 24 - 1

  /// Of a body: it, or an option of it, connects.
  static let connectsTrait: UInt32 = 1
  /// Of a body: it has subcommands.
  static let subcommandsTrait: UInt32 = 2
  /// Of a body: an option of it is spelled without a dash.
  static let bareTrait: UInt32 = 4
  /// Of a body: an option of it runs its argument as a command line.
  static let commandTrait: UInt32 = 8
  /// Of a body: its first operand is code, for an option that takes code stands in its place and
  /// nothing is run that comes in by a pipe.
  static let scriptTrait: UInt32 = 16
  /// Of a body: an option of it makes it go down into directories.
  static let recursiveTrait: UInt32 = 32
  /// The number of an option's argument that goes on up to a terminator.
  static let untilArgument: UInt32 = 100
}
