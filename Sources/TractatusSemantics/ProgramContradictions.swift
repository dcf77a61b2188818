import TractatusSource
import TractatusSyntax

/// The declarations of one program, or of one subcommand of it, put together.
private struct ProgramLevel {
  /// One option with every spelling that some declaration gives it.
  struct Option {
    var spellings: [String]
    var takes: String
    var packages: Set<Int>
    var isForFirstOperand: Bool
    var span: SourceSpan
  }

  /// One subcommand with every name that some declaration gives it.
  struct Subcommand {
    var names: [String]
    var packages: Set<Int>
    var span: SourceSpan
    var views: [(package: Int, view: ProgramSubcommandView)]
  }

  var options: [Option] = []
  var numbers: [String: Int] = [:]
  var subcommands: [Subcommand] = []
  var subcommandNumbers: [String: Int] = [:]
  /// Packages that declare an effect on operands here, and where.
  var operandEffects: [Int: SourceSpan] = [:]
}

extension Checker {
  /// Reports declarations of one program that contradict each other.
  func checkContradictions(_ views: [(package: Int, view: ProgramView)]) {
    // Among built-in packs alone there is none, which their own tests hold.
    let builtIn = Set(files.filter(\.isBuiltIn).map { Int($0.source.id.rawValue) })
    let isBuiltIn = views.map { builtIn.contains(Int($0.view.span.source.rawValue)) }
    if extent == .decisions, isBuiltIn.allSatisfy({ $0 }) { return }
    var groups: [String: [Int]] = [:]
    for (place, entry) in views.enumerated() {
      for token in Set(entry.view.names.map { entry.view.tree.spelling(of: $0) }) {
        groups[token, default: []].append(place)
      }
    }
    // Programs that the same declarations name are looked at once, under the first name.
    var seen: Set<[Int]> = []
    for name in groups.keys.sorted() {
      guard let places = groups[name], seen.insert(places).inserted else { continue }
      if extent == .decisions, places.allSatisfy({ isBuiltIn[$0] }) { continue }
      checkLevel(places.map { views[$0] }, of: name, depth: 0)
    }
  }

  private func checkLevel(
    _ views: [(package: Int, view: some ProgramBodyView)], of name: String, depth: Int
  ) {
    guard depth <= Parser.nestingLimit else { return }
    var level = ProgramLevel()
    for (package, view) in views { add(view, package, to: &level, name) }
    checkBundles(level, name)
    checkHiddenOperands(level, name)
    for subcommand in level.subcommands {
      checkLevel(
        subcommand.views, of: name + " " + (subcommand.names.first ?? ""), depth: depth + 1)
    }
  }

  /// Reports a contradiction, once for the names of one declaration.
  private func contradict(
    _ message: String, at span: SourceSpan, secondary: [LabelledSpan]
  ) {
    guard reportedContradictions.insert(span).inserted else { return }
    report(.contradictoryProgram, message, at: span, secondary: secondary)
  }

  // MARK: Putting together

  private func add(
    _ view: some ProgramBodyView, _ package: Int, to level: inout ProgramLevel, _ name: String
  ) {
    for flag in view.flags {
      add(
        ProgramLevel.Option(
          spellings: flag.spellings.map { view.tree.spelling(of: $0) }, takes: "nothing",
          packages: [package], isForFirstOperand: false, span: flag.span), to: &level, name)
      noteOperands(flag.effects, package, in: &level, isBody: false)
    }
    for option in view.options {
      guard let type = option.type else { continue }
      var takes = "a `\(view.tree.name(of: type))`"
      if let until = option.until { takes += " until \(view.tree.normalisedText(of: until.id))" }
      add(
        ProgramLevel.Option(
          spellings: option.spellings.map { view.tree.spelling(of: $0) }, takes: takes,
          packages: [package], isForFirstOperand: option.isForFirstOperand, span: option.span),
        to: &level, name)
      noteOperands(option.effects, package, in: &level, isBody: false)
    }
    noteOperands(view.effects, package, in: &level, isBody: true)
    for subcommand in view.subcommands { add(subcommand, package, to: &level, name) }
  }

  private func noteOperands(
    _ effects: [ProgramEffectView], _ package: Int, in level: inout ProgramLevel, isBody: Bool
  ) {
    for effect in effects where level.operandEffects[package] == nil && !effect.isYield {
      switch effect.target {
      case .operands, .first, .last, .other, .input: break
      case .after where isBody: break
      case nil where isBody && effect.verb.map({ effect.tree[$0].word }) != .escalates: break
      default: continue
      }
      level.operandEffects[package] = effect.span
    }
  }

  private func add(
    _ option: ProgramLevel.Option, to level: inout ProgramLevel, _ name: String
  ) {
    let known = Set(option.spellings.compactMap { level.numbers[$0] }).sorted()
    guard let first = known.first else {
      for spelling in option.spellings { level.numbers[spelling] = level.options.count }
      level.options.append(option)
      return
    }
    let shared = option.spellings.first { level.numbers[$0] == first } ?? ""
    let place = LabelledSpan(level.options[first].span, "declared here")
    if known.count > 1 {
      contradict(
        "the spellings here are those of different options of `\(name)`", at: option.span,
        secondary: known.prefix(4).map { LabelledSpan(level.options[$0].span, "one of them") })
      return
    }
    guard level.options[first].takes == option.takes else {
      contradict(
        "`\(shared)` of `\(name)` takes \(option.takes) here and "
          + "\(level.options[first].takes) there",
        at: option.span, secondary: [place])
      return
    }
    if level.options[first].isForFirstOperand != option.isForFirstOperand {
      contradict(
        "`\(shared)` of `\(name)` stands for the first operand in one declaration alone",
        at: option.span, secondary: [place])
      return
    }
    for spelling in option.spellings where level.numbers[spelling] == nil {
      level.numbers[spelling] = first
      level.options[first].spellings.append(spelling)
    }
    level.options[first].packages.formUnion(option.packages)
  }

  private func add(
    _ view: ProgramSubcommandView, _ package: Int, to level: inout ProgramLevel, _ name: String
  ) {
    let names = view.names.map { view.tree.spelling(of: $0) }
    let known = Set(names.compactMap { level.subcommandNumbers[$0] }).sorted()
    guard let first = known.first else {
      for name in names { level.subcommandNumbers[name] = level.subcommands.count }
      level.subcommands.append(
        ProgramLevel.Subcommand(
          names: names, packages: [package], span: view.span, views: [(package, view)]))
      return
    }
    if known.count > 1 {
      contradict(
        "the names here are those of different subcommands of `\(name)`", at: view.span,
        secondary: known.prefix(4).map { LabelledSpan(level.subcommands[$0].span, "one of them") })
      return
    }
    for name in names where level.subcommandNumbers[name] == nil {
      level.subcommandNumbers[name] = first
      level.subcommands[first].names.append(name)
    }
    level.subcommands[first].packages.insert(package)
    level.subcommands[first].views.append((package, view))
  }

  // MARK: What hides something

  /// Reports a spelling that is a bundle of other options, so that it would hide them.
  private func checkBundles(_ level: ProgramLevel, _ name: String) {
    for (number, option) in level.options.enumerated() {
      for spelling in option.spellings {
        guard let hidden = bundle(spelling, level), level.numbers[hidden] != number else {
          continue
        }
        let letter = level.options[level.numbers[hidden] ?? 0]
        let isAlien = letter.packages.contains { isUnaware($0, of: option.packages) }
        // A package may give its own program long options of one dash beside letters that take
        // a value; that of another one they would hide.
        guard isAlien || isWhole(spelling, level) else { continue }
        contradict(
          "`\(spelling)` of `\(name)` spells a bundle of its options, `\(hidden)` among them, and "
            + "would hide them", at: option.span,
          secondary: [LabelledSpan(letter.span, "`\(hidden)`")])
        break
      }
    }
  }

  /// The first option that a spelling of one dash holds as a bundle; nil when it is none.
  private func bundle(_ spelling: String, _ level: ProgramLevel) -> String? {
    guard spelling.hasPrefix("-"), !spelling.hasPrefix("--"), spelling.utf8.count > 2 else {
      return nil
    }
    for letter in spelling.dropFirst() {
      guard let number = level.numbers["-\(letter)"] else { return nil }
      // A letter with an argument takes the rest of the word.
      if level.options[number].takes != "nothing" { return "-\(letter)" }
    }
    return spelling.dropFirst().first.map { "-\($0)" }
  }

  /// Whether each letter of a spelling is an option, and only the last one may have an argument.
  private func isWhole(_ spelling: String, _ level: ProgramLevel) -> Bool {
    let letters = spelling.dropFirst()
    return letters.dropLast().allSatisfy { letter in
      level.numbers["-\(letter)"].map { level.options[$0].takes == "nothing" } ?? false
    } && letters.last.map { level.numbers["-\($0)"] != nil } == true
  }

  /// Reports what one package declares and what would take operands from another's effects.
  private func checkHiddenOperands(_ level: ProgramLevel, _ name: String) {
    for subcommand in level.subcommands {
      guard
        let (_, span) = owner(of: level, besides: subcommand.packages)
      else { continue }
      contradict(
        "subcommand `\(subcommand.names.first ?? "")` of `\(name)` would take a word from the "
          + "operands that another package gives an effect", at: subcommand.span,
        secondary: [LabelledSpan(span, "the effect")])
    }
    for option in level.options where option.isForFirstOperand {
      guard let (_, span) = owner(of: level, besides: option.packages) else { continue }
      contradict(
        "`\(option.spellings.first ?? "")` of `\(name)` would stand for the first of the operands "
          + "that another package gives an effect", at: option.span,
        secondary: [LabelledSpan(span, "the effect")])
    }
  }

  /// A package with an effect on operands that knows of none of these packages, and where.
  private func owner(
    of level: ProgramLevel, besides packages: Set<Int>
  ) -> (package: Int, span: SourceSpan)? {
    let owners = level.operandEffects.keys.sorted()
    guard packages.isDisjoint(with: owners),
      let owner = owners.first(where: { isUnaware($0, of: packages) }),
      let span = level.operandEffects[owner]
    else { return nil }
    return (owner, span)
  }

  /// Whether a package uses none of these, directly or not, so that it was written without them.
  private func isUnaware(_ package: Int, of others: Set<Int>) -> Bool {
    var seen: Set<Int> = [package]
    var work = [package]
    while let next = work.popLast() {
      if others.contains(next) { return false }
      for used in packages[next].uses where seen.insert(used).inserted { work.append(used) }
    }
    return true
  }
}
