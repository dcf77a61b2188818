import TractatusValues

/// Where a test that some part of a command fulfils may stand: not where its truth loosens.
enum GeneratedDirection: Sendable {
  case restricting, loosening
  /// Nowhere: what is said counts both ways.
  case both

  var negated: GeneratedDirection {
    switch self {
    case .restricting: .loosening
    case .loosening: .restricting
    case .both: .both
    }
  }
}

extension PolicyGenerator {
  /// What is asked of a command, or of a part of it.
  mutating func commandOperation(
    _ scope: GeneratedScope, _ order: SourceTree.Order, isPart: Bool
  ) -> SourceTree {
    let mayBeSome = scope.direction == .restricting
    switch random.below(12) {
    case 0: return "is opaque"
    case 1: return "is undeclared"
    case 2 where mayBeSome:
      return .parts(["pipes ", programTerms(order), " into ", programTerms(order)])
    case 3, 4, 5, 6:
      let isOnly = !mayBeSome && !isPart || random.chance(1, in: 4)
      let mayTest = mayBeSome || isOnly
      return .parts([
        .text(isOnly ? "only runs " : "runs "), programTerms(order), optionTests(order),
        mayTest ? operands(order) : "",
      ])
    default: break
    }
    if !mayBeSome || random.chance(1, in: 3) {
      let verb = random.pick(Self.verbs)
      return .parts([.text("only \(verb) "), target(verb, order)])
    }
    if random.chance(1, in: 12) { return "escalates" }
    let verb = random.pick(Self.verbs)
    if random.chance(1, in: 4) { return .text(verb) }
    return .parts([.text(verb + " "), target(verb, order)])
  }

  private static let verbs = [
    "reads", "writes", "deletes", "sends", "connects", "executes", "sets", "reads", "writes",
  ]

  private mutating func programTerms(_ order: SourceTree.Order) -> SourceTree {
    var names = policy.programs.flatMap { program in
      program.names
        + program.subcommands.flatMap { subcommand in
          subcommand.names.map { (program.names.first ?? "") + " " + $0 }
        }
    }
    names += names + ["nobody", "tool a", "cat a", "git re x"]
    return terms(names.map(quoted), order)
  }

  private mutating func optionTests(_ order: SourceTree.Order) -> SourceTree {
    guard random.chance(1, in: 2) else { return "" }
    let word = random.pick([" with ", " without ", " with all ", " without all "])
    return .parts([.text(word), terms(Self.testedOptions.map(quoted), order)])
  }

  private mutating func operands(_ order: SourceTree.Order) -> SourceTree {
    guard random.chance(1, in: 3) else { return random.chance(1, in: 6) ? " without operand" : "" }
    return .parts([" operand ", .text(random.chance(1, in: 5) ? "not " : ""), operandTest(order)])
  }

  /// Options that rules speak of: no bundles, which do not compile.
  static let testedOptions = [
    "-r", "--recursive", "-f", "--force", "-n", "--dry-run", "-o", "--output", "-d", "-C", "-c",
    "-e", "-X", "--undeclared", "--force-more", "-a", "-p",
  ]

  private mutating func operandTest(_ order: SourceTree.Order) -> SourceTree {
    if random.chance(1, in: 2) { return placeTest(.path, order) }
    return comparison(
      LineGenerator.operands.map(quoted), Vocabulary.globs.map(quoted), order)
  }

  private mutating func target(_ verb: String, _ order: SourceTree.Order) -> SourceTree {
    let negation: SourceTree = random.chance(1, in: 5) ? "not " : ""
    switch verb {
    case "connects":
      if random.chance(1, in: 2) { return .parts([negation, placeTest(.host, order)]) }
      return .parts([
        negation,
        comparison(
          Vocabulary.hostConstants.map(quoted),
          ["*.example", "acme*", "db?.acme.example", "*"].map(quoted), order),
      ])
    case "sets":
      let name: SourceTree = .parts([
        negation,
        comparison(
          ["A", "PATH", "LD_PRELOAD", "x"].map(quoted), ["LD_*", "?", "P*"].map(quoted), order),
      ])
      guard random.chance(1, in: 2) else { return name }
      return .parts([
        random.chance(1, in: 3) ? "" : name, " to ", random.chance(1, in: 5) ? "not " : "",
        comparison(
          ["1", "a", "b", "$PATH", "~/.ssh/id"].map(quoted),
          ["*", "/*", "$PATH*", "~*"].map(quoted),
          order),
      ])
    default:
      if random.chance(1, in: 2) { return .parts([negation, placeTest(.path, order)]) }
      return .parts([
        negation,
        comparison(
          Vocabulary.pathConstants.map(quoted),
          Vocabulary.pathGlobs.map(quoted), order),
      ])
    }
  }

  private mutating func comparison(
    _ constants: [String], _ globs: [String], _ order: SourceTree.Order
  ) -> SourceTree {
    switch random.below(5) {
    case 0: return .text("== " + random.pick(constants))
    case 1:
      return .parts([
        "in [",
        .commas(random.some(constants, least: 1, most: 3).map { .text($0) }, order: order), "]",
      ])
    case 2:
      return .parts([
        .text(random.pick(["contains ", "starts with ", "ends with "])),
        terms(Vocabulary.pieces.map(quoted), order),
      ])
    default: return .parts(["like ", terms(globs, order)])
    }
  }
}

extension Vocabulary {
  static let pieces = ["a", "src", ".env", "ab", "acme", "/srv", ".pem", "b"]
}
