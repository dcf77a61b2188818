import TractatusValues

/// What the declared programs do, merged by name: flat arrays and one hash table.
///
/// Immutable, and a class so that facts can keep it without counting references to its arrays.
package final class ProgramTable: Sendable, ImagePart {
  /// A table without programs.
  package static let empty = ProgramTable([])

  /// The programs: body, first package, package count, name's start, name's length.
  let programs: Packed<UInt32>
  /// The bodies: first effect, effect count, first entry, entry count, view, traits.
  let bodies: Packed<UInt32>
  /// The options: argument, traits, first effect, effect count, first terminator, terminator
  /// count.
  let options: Packed<UInt32>
  /// The effects: verb, target, traits and from the ninth bit on what sees it, text's start, text's
  /// length.
  let effects: Packed<UInt32>
  /// The spellings of options and names of subcommands and programs, those of a body together and
  /// sorted by their bytes: body, text's start, text's length, what it names, what sees it.
  let entries: Packed<UInt32>
  /// The words that end the arguments of options: text's start, text's length.
  let terminators: Packed<UInt32>
  /// The numbers of the packages that declare the programs.
  let packages: Packed<UInt32>
  /// The entries by their hashes, and `UInt32.max` where a slot is free.
  let slots: Packed<UInt32>
  /// The views of bodies: how many packages declare the program, and to each of them, by what it
  /// sees of the declarations, the body's traits.
  let views: Packed<UInt32>
  /// All names and spellings.
  let texts: Packed<UInt8>
  /// Whether it is declared of some program what that prints.
  let yields: Bool

  /// Merges declarations by the names of their programs.
  ///
  /// Contradictions are the checker's to refuse; here the first declaration counts.
  ///
  /// - Parameters:
  ///   - descriptions: what packages declare.
  ///   - visible: for each package the packages that it uses, transitively. A package sees what it
  ///     or one of these declares.
  package convenience init(
    _ descriptions: [ProgramDescription], visible: [UInt32: Set<UInt32>] = [:]
  ) {
    var builder = ProgramTableBuilder(visible: visible)
    builder.add(descriptions)
    self.init(builder.tables())
  }

  init(_ tables: consuming ProgramTableBuilder.Tables) {
    programs = tables.programs
    bodies = tables.bodies
    options = tables.options
    effects = tables.effects
    entries = tables.entries
    terminators = tables.terminators
    packages = tables.packages
    slots = tables.slots
    views = tables.views
    texts = tables.texts
    yields = stride(from: 0, to: tables.effects.count, by: 5).contains {
      tables.effects[$0] == UInt32(CommandEffectFact.Verb.yields.rawValue)
    }
  }

  /// How many programs there are; a program's number is below it.
  package var count: Int { programs.count / 5 }

  /// The number of the program with a base name, or nil.
  package func program(named name: Span<UInt8>) -> Int? {
    entry(Self.programScope, name).map { Int(entries[$0 * Self.entrySize + 3]) }
  }

  /// A program's body.
  package func body(of program: Int) -> Int { Int(programs[program * 5]) }

  /// The numbers of the packages that declare a program, ascending.
  package func packages(of program: Int) -> some Collection<UInt32> {
    let start = Int(programs[program * 5 + 1])
    return packages[start..<(start + Int(programs[program * 5 + 2]))]
  }

  /// The number of the option that a body declares with a spelling (with its dashes, and a final
  /// `=` if it has one), or nil.
  package func option(spelled spelling: Span<UInt8>, in body: Int) -> Int? {
    optionEntry(spelled: spelling, in: body)?.option
  }

  /// The option that a body declares with a spelling, and what sees that spelling.
  func optionEntry(spelled spelling: Span<UInt8>, in body: Int) -> (option: Int, mask: UInt32)? {
    guard let entry = entry(UInt32(truncatingIfNeeded: body), spelling) else { return nil }
    let named = entries[entry * Self.entrySize + 3]
    return named & Self.subcommandBit == 0 ? (Int(named), mask(ofEntry: entry)) : nil
  }

  /// The body of the subcommand that a body declares with a name, or nil.
  package func subcommand(named name: Span<UInt8>, in body: Int) -> Int? {
    subcommandEntry(named: name, in: body)?.body
  }

  /// The body of the subcommand that a body declares with a name, and what sees that name.
  func subcommandEntry(named name: Span<UInt8>, in body: Int) -> (body: Int, mask: UInt32)? {
    guard let entry = entry(UInt32(truncatingIfNeeded: body), name) else { return nil }
    let named = entries[entry * Self.entrySize + 3]
    guard named & Self.subcommandBit != 0 else { return nil }
    return (Int(named & ~Self.subcommandBit), mask(ofEntry: entry))
  }

  /// What stands in an entry for the body of programs.
  static let programScope = UInt32.max
  /// Marks an entry that names a subcommand.
  static let subcommandBit: UInt32 = 1 << 31

  /// The index of the entry of a text in a body.
  func entry(_ body: UInt32, _ text: Span<UInt8>) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: StableHash.hash(text, seed: UInt64(body))) & mask
    while slots[slot] != UInt32.max {
      let entry = Int(slots[slot])
      if entries[entry * Self.entrySize] == body && isEqual(entry, text) { return entry }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func isEqual(_ entry: Int, _ text: Span<UInt8>) -> Bool {
    let start = Int(entries[entry * Self.entrySize + 1])
    guard Int(entries[entry * Self.entrySize + 2]) == text.count else { return false }
    for offset in 0..<text.count where texts[start + offset] != text[offset] { return false }
    return true
  }
}

extension ProgramTable {
  /// The first spelling, by its bytes, of an option; for reports.
  ///
  /// Linear in the table.
  package func spelling(of option: Int) -> String {
    for entry in 0..<(entries.count / Self.entrySize)
    where entries[entry * Self.entrySize] != Self.programScope {
      if Int(entries[entry * Self.entrySize + 3]) == option {
        return String(decoding: texts[text(ofEntry: entry)], as: UTF8.self)
      }
    }
    return ""
  }
}
