import TractatusValues

@testable import TractatusPatterns

/// A command line with its surroundings and declared programs, of which questions are asked.
final class QuerySubject {
  var context = PathContext()
  var facts = CommandFacts()
  private var reader = CommandReader()
  private var scratch = CommandQueryScratch()

  func set(_ name: String, _ value: String) {
    let bytes = Array(value.utf8)
    switch name {
    case "cwd": context.setCwd(bytes.span)
    case "project": context.setProject(bytes.span)
    default: context.clear()
    }
  }

  func begin(_ line: String) {
    let bytes = Array(line.utf8)
    reader.read(bytes.span, programs: Self.programs, into: &facts)
  }

  /// Answers a question; says so when the index would have missed the test.
  func answer(_ question: String) -> String {
    guard let query = QueryReader.read(question) else { return "cannot be read" }
    guard let set = try? CommandQuerySet([query]) else { return "is refused" }
    return truth(0, of: set).map(\.shown) ?? "is missed by the index"
  }

  /// The truth of a query of the whole line; nil when the index leaves it out and it may hold.
  func truth(_ query: Int, of set: CommandQuerySet) -> FormTruth? {
    let all = set.truth(
      query, facts, invocation: -1, context, ambiguityHolds: false, &scratch)
    let any = set.truth(
      query, facts, invocation: -1, context, ambiguityHolds: true, &scratch)
    set.candidates(facts, context, &scratch)
    let isFound = scratch.candidates.contains(UInt32(query))
    if !isFound, !all.isFalse || !any.isFalse { return nil }
    return FormTruth(all: all, any: any)
  }

  static let programs = ProgramTable(descriptions, visible: [2: [1]])

  /// What the tests' programs do; package 2 lies below package 1.
  private static var descriptions: [ProgramDescription] {
    [
      program(1, ["cat", "head", "echo"], effects: [.init(.reads, .operands)]),
      program(
        1, ["rm"], effects: [.init(.deletes, .operands)],
        options: [flag("-r", "-R", "--recursive"), flag("-f", "--force")]),
      program(
        1, ["cp", "mv"], effects: [.init(.reads, .otherOperands), .init(.writes, .lastOperand)],
        options: [flag("-r", "--recursive")]),
      program(1, ["tee"], effects: [.init(.writes, .operands)]),
      program(
        1, ["curl"], effects: [.init(.connects, .operands)],
        options: [
          option(["-o", "--output"], .path, [.init(.writes, .argument)]),
          option(["-d", "--data"], .text, [.init(.sends, .after("@"))]),
        ]),
      program(
        1, ["scp"],
        effects: [
          .init(.connects, .operands), .init(.reads, .otherOperands), .init(.writes, .lastOperand),
        ]),
      program(
        1, ["ssh"],
        effects: [
          .init(.connects, .firstOperand), .init(.executes, .otherOperands, isJoined: true),
        ]),
      program(1, ["sudo"], effects: [.init(.executes, .operands), .init(.escalates, .none)]),
      program(
        1, ["sh", "bash"],
        effects: [.init(.executes, .firstOperand), .init(.executes, .input)],
        options: [option(["-c"], .command, [.init(.executes, .argument)])]),
      program(
        1, ["python"], effects: [.init(.executes, .firstOperand)],
        options: [option(["-c"], .text, [.init(.executes, .argument)])]),
      program(
        1, ["find"], effects: [.init(.reads, .operands)],
        options: [flag("-delete", effects: [.init(.deletes, .operands)])]),
      git,
      program(2, ["quiet"], options: [option(["-f"], .text)]),
      // What a package below might say of programs that are declared above it.
      program(2, ["git"], options: [option(["--loud"], .text)]),
      program(2, ["rm"], options: [option(["-x", "--exclude"], .text), option(["-C"], .path)]),
      program(2, ["tee"], effects: [.init(.executes, .operands)]),
      program(2, ["wrap"], effects: [.init(.executes, .operands)]),
      program(1, ["true", "cd", "export"], effects: []),
    ]
  }

  private static var git: ProgramDescription {
    var body = ProgramDescription.Body()
    body.options = [option(["-C"], .path), option(["-c"], .text), flag("-p")]
    var push = ProgramDescription.Body()
    push.options = [flag("-f", "--force"), flag("--force-with-lease"), flag("-n", "--dry-run")]
    var clean = ProgramDescription.Body()
    clean.effects = [.init(.deletes, .cwd)]
    body.subcommands = [
      .init(names: ["push"], body: push), .init(names: ["clean"], body: clean),
      .init(names: ["checkout", "co"], body: .init()), .init(names: ["remote"], body: .init()),
    ]
    return ProgramDescription(package: 1, names: ["git"], body: body)
  }

  private static func program(
    _ package: UInt32, _ names: [String], effects: [ProgramDescription.Effect] = [],
    options: [ProgramDescription.Option] = []
  ) -> ProgramDescription {
    var body = ProgramDescription.Body()
    body.effects = effects
    body.options = options
    return ProgramDescription(package: package, names: names, body: body)
  }

  private static func flag(
    _ spellings: String..., effects: [ProgramDescription.Effect] = []
  ) -> ProgramDescription.Option {
    .init(spellings: spellings, argument: .none, effects: effects)
  }

  private static func option(
    _ spellings: [String], _ type: ProgramDescription.ArgumentType,
    _ effects: [ProgramDescription.Effect] = []
  ) -> ProgramDescription.Option {
    .init(spellings: spellings, argument: .word(type), effects: effects)
  }
}

/// Reads questions: `[flagged] [sealed] [only] verb [not] [within … | outside … | like … | is …]`,
/// `sets [test] to test`,
/// `[only] runs a,b+c [with x,y] [without x [like …]] [bare] [operand …]`,
/// `pipes a into b`, `is opaque`.
enum QueryReader {
  static func read(_ question: String) -> CommandQuery? {
    var words = question.split(separator: " ").map(String.init)[...]
    let isFlagged = take("flagged", &words)
    let visible: [UInt32]? = take("sealed", &words) ? [1] : nil
    let isOnly = take("only", &words)
    guard let head = words.popFirst() else { return nil }
    switch head {
    case "is":
      return CommandQuery(words.first == "opaque" ? .isOpaque : .isUndeclared, visible: visible)
    case "runs":
      var runs = CommandQuery.Runs(isOnly: isOnly, programs: terms(words.popFirst() ?? ""))
      while let next = words.first, next.hasPrefix("with") {
        words.removeFirst()
        let spellings = (words.popFirst() ?? "").split(separator: ",").map { Array($0.utf8) }
        var options = CommandQuery.Options(
          isNegated: next.hasPrefix("without"), isAll: next.hasSuffix("-all"), spellings)
        if let word = words.first, !word.hasPrefix("with") || word == "within", word != "operand" {
          options.argument = target(&words, isDomain: false, isPath: false)
          words = []
        }
        runs.options.append(options)
      }
      if take("bare", &words) { runs.lacksOperand = true }
      if take("operand", &words) {
        guard let target = target(&words, isDomain: false, isPath: false) else { return nil }
        runs.operand = target
      }
      return CommandQuery(.runs(runs), visible: visible)
    case "pipes":
      let sources = terms(words.popFirst() ?? "")
      words.removeFirst()
      return CommandQuery(.pipes(from: sources, into: terms(words.popFirst() ?? "")))
    default:
      guard let verb = CommandEffectFact.Verb.allCases.first(where: { "\($0)" == head }) else {
        return nil
      }
      var effect = CommandQuery.Effect(verb, isOnly: isOnly, undeclaredIsUnknown: isFlagged)
      if let to = words.firstIndex(of: "to") {
        var rest = words[(to + 1)...]
        guard let value = target(&rest, isDomain: false, isPath: false) else { return nil }
        effect.value = value
        words = words[..<to]
      }
      if !words.isEmpty {
        guard let target = target(&words, isDomain: verb == .connects, isPath: verb != .sets) else {
          return nil
        }
        effect.target = target
      }
      return CommandQuery(.effect(effect), visible: visible)
    }
  }

  private static func take(_ word: String, _ words: inout ArraySlice<String>) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }

  private static func terms(_ text: String) -> [CommandQuery.Term] {
    text.split(separator: ",").map { term in
      .init(term.split(separator: "+").map { Array($0.utf8) })
    }
  }

  private static func target(
    _ words: inout ArraySlice<String>, isDomain: Bool, isPath: Bool
  ) -> CommandQuery.Target? {
    let isNegated = take("not", &words)
    guard let head = words.popFirst() else { return nil }
    switch head {
    case "within", "outside":
      let places = words.map { word -> PlaceQuery.Place in
        if isDomain { return .domain(Array(word.utf8)) }
        return word == "cwd" ? .cwd : word == "project" ? .project : .directory(Array(word.utf8))
      }
      return .init(
        isNegated: isNegated, .place(PlaceQuery(isOutside: head == "outside", places: places)))
    case "like":
      return .init(
        isNegated: isNegated,
        .text(words.map { Pattern(isPath ? .pathGlob : .glob, Array($0.utf8)) }))
    case "is":
      return .init(isNegated: isNegated, .text(words.map { Pattern(.equals, Array($0.utf8)) }))
    case "matches":
      return .init(
        isNegated: isNegated, .text(words.map { Pattern(.regularExpression, Array($0.utf8)) }))
    default: return nil
    }
  }
}
