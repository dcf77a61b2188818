import TractatusEngine
import TractatusPatterns

/// What a command line would run and do, as `explain --command` shows it.
struct CommandAccount {
  /// An invocation with what it is given and what it does.
  struct Invocation {
    var program: String
    var isDeclared: Bool
    /// The number of the invocation that runs it, from 1; nil for one that the line runs.
    var runBy: Int?
    var options: [String]
    var operands: [String]
    var effects: [String]
    var notes: [String]
  }

  /// The words of each command, as far as they are known.
  var commands: [String] = []
  var invocations: [Invocation] = []
  /// What redirections and assignments do by themselves.
  var effects: [String] = []
  /// Why it cannot be known what the line runs.
  var opacities: [String] = []

  /// The account of a line that was read.
  init(_ facts: CommandFacts) {
    let spelling = CommandSpelling(line: facts.line)
    commands = facts.line.commands.map { Self.words($0, spelling) }
    invocations = facts.invocations.indices.map { Self.invocation($0, facts, spelling) }
    effects = facts.effects.filter { $0.invocation < 0 }.map { Self.effect($0, spelling) }
    for opacity in facts.line.opacities { add(opacity.reason.words, at: opacity.range, spelling) }
    for opacity in facts.opacities { add(opacity.reason.words, at: opacity.range, spelling) }
  }

  private mutating func add(
    _ reason: String, at range: Range<UInt32>, _ spelling: CommandSpelling
  ) {
    let place = spelling.bytes(range)
    let text = place.isEmpty ? reason : "\(reason): \(place)"
    if !opacities.contains(text) { opacities.append(text) }
  }

  private static func words(_ command: ShellCommand, _ spelling: CommandSpelling) -> String {
    var words: [String] = []
    for index in command.assignments {
      let assignment = spelling.line.assignments[index]
      let value = spelling.word(Int(assignment.firstWord))
      words.append(spelling.bytes(assignment.name) + "=" + value)
    }
    words += command.words.map { spelling.word($0) }
    for index in command.redirections {
      let redirection = spelling.line.redirections[index]
      words.append(sign(redirection) + spelling.word(Int(redirection.target)))
    }
    let kind = command.kind == .simple ? "" : "\(command.kind) "
    return kind + words.joined(separator: " ")
  }

  private static func sign(_ redirection: ShellRedirection) -> String {
    switch redirection.operation {
    case .input: "<"
    case .output: ">"
    case .append: ">>"
    case .clobber: ">|"
    case .inputOutput: "<>"
    case .duplicateInput: "<&"
    case .duplicateOutput: ">&"
    case .bothOutputs: "&>"
    case .bothAppend: "&>>"
    case .hereDocument: "<<"
    case .hereString: "<<<"
    }
  }

  private static func invocation(
    _ index: Int, _ facts: CommandFacts, _ spelling: CommandSpelling
  ) -> Invocation {
    let invocation = facts.invocations[index]
    let name = spelling.bytes(invocation.name)
    var result = Invocation(
      program: name.isEmpty ? spelling.word(Int(invocation.nameWord)) : name,
      isDeclared: invocation.program >= 0,
      runBy: invocation.parent >= 0 ? Int(invocation.parent) + 1 : nil, options: [],
      operands: [], effects: [], notes: notes(invocation))
    for option in facts.options[invocation.options] {
      var text = spelling.text(option.spelling)
      if option.hasValue { text += " " + spelling.text(option.value) }
      result.options.append(text + doubt(option.certainty == .unknown))
    }
    for operand in facts.operands[invocation.operands] {
      result.operands.append(
        spelling.text(operand.text) + doubt(operand.certainty == .unknown))
    }
    result.effects = facts.effects[invocation.effects].map { effect($0, spelling) }
    return result
  }

  private static func notes(_ invocation: CommandInvocation) -> [String] {
    let flags = invocation.flags
    var notes: [String] = []
    if invocation.reading > 0 {
      notes.append("as a package reads it that does not see all that others declare")
    }
    if flags.contains(.nameUnknown) { notes.append("its program is not known") }
    if flags.contains(.mayBeOther) { notes.append("it may be a function or an alias") }
    if flags.contains(.opaque) { notes.append("what it runs cannot be known") }
    if flags.contains(.hasUnknownOption) { notes.append("a word of it may be any option") }
    if flags.contains(.hasUndeclaredOption) { notes.append("an option of it is not declared") }
    if flags.contains(.isElsewhere) { notes.append("it runs elsewhere") }
    return notes
  }

  /// `writes /srv/x`.
  private static func effect(
    _ effect: CommandEffectFact, _ spelling: CommandSpelling
  ) -> String {
    var text = "\(effect.verb)"
    switch effect.kind {
    case .none: break
    case .unknown: text += " something"
    case .directory: text += " the working directory"
    case .path, .host, .url, .text, .name: text += " " + spelling.text(effect.target)
    }
    if effect.isRecursive { text += " and all below" }
    return text + doubt(effect.certainty == .unknown)
  }

  private static func doubt(_ isDoubtful: Bool) -> String { isDoubtful ? " (perhaps)" : "" }
}
