import TractatusValues

/// A policy made at random, and what an action must know of it.
package struct GeneratedPolicy: Sendable {
  /// A file: its name and its text in parts.
  package struct File: Sendable {
    /// The name of the file.
    package var name: String
    /// Its text.
    package var tree: SourceTree
    /// The place of its package in the order in which packages use each other.
    package var package: Int
  }
  /// An action type with its parameters.
  struct Action: Sendable {
    var package: Int
    var name: String
    var parameters: [(name: String, isOptional: Bool)]
    /// Names and paths that tool mappings read.
    var fields: [(parameter: String, path: [String])] = []
    /// Names and patterns of the tools that bring it.
    var tools: [String] = []
    /// Those of the tools whose results bring it, and the events that do.
    var results: [String] = []
    var events: [String] = []
  }

  /// The files.
  package var files: [File] = []
  var actions: [Action] = []
  var programs: [GeneratedProgram] = []

  /// The texts of the files.
  package var sources: [(name: String, text: String)] { files.map { ($0.name, $0.tree.text) } }
}

/// What a generated policy is for.
package enum GeneratedShape: Sendable {
  /// Anything.
  case free
  /// What is not known never loosens: no fallbacks, no dates, unmeasured thresholds deny.
  case guarded
  /// Three packages, of which the last maps no other's types.
  case layered
  /// The same, and the last neither allows, waives, replaces nor corrects.
  case layeredHarmlessly
  /// Mostly about commands.
  case commands
  /// The same, in three packages.
  case layeredCommands
  /// Much depends on what came before.
  case histories
}

/// Makes policies at random as source text, so that the whole front end is part of the law.
package struct PolicyGenerator {
  var random: SplitMix64
  var policy = GeneratedPolicy()
  /// What the package at hand can name, by package.
  var rules: [[String]] = [[], [], []]
  var sealedRules: [Set<String>] = [[], [], []]
  var thresholds: [[(name: String, levels: [String])]] = [[], [], []]
  var termLets: [[String]] = [[], [], []]
  var conditionLets: [[(name: String, types: [Int]?)]] = [[], [], []]
  var package = 0
  /// Hardly anything asks or denies, so that corrections and grants come through.
  var isMild = false
  /// Whether there are programs, and parameters that are commands.
  var hasCommands = false
  /// Whether what is made is asked of an earlier action.
  var isEarlier = false
  var thresholdCount = 0
  var expectations = 0
  var waivers = 0

  static let packages = ["acme.base", "acme.mid", "acme.low"]

  let shape: GeneratedShape

  /// The policy of a seed.
  package static func policy(seed: UInt64, _ shape: GeneratedShape = .free) -> GeneratedPolicy {
    var generator = PolicyGenerator(random: SplitMix64(seed: seed), shape: shape)
    generator.generate()
    return generator.policy
  }

  /// Whether the package at hand may loosen what others say.
  var mayLoosen: Bool { shape != .layeredHarmlessly || package < 2 }

  /// Whether most tests are of commands.
  var isAboutCommands: Bool { shape == .commands || shape == .layeredCommands }

  private mutating func generate() {
    let isLayered =
      shape == .layered || shape == .layeredHarmlessly || shape == .layeredCommands
    hasCommands = isAboutCommands
    let count = isLayered ? 3 : 1 + random.below(3)
    isMild = random.chance(1, in: 3)
    for index in 0..<count {
      package = index
      generatePackage(isLast: index == count - 1)
    }
  }

  private mutating func generatePackage(isLast: Bool) {
    let uses: [SourceTree] = (0..<package).map { "use \(Self.packages[$0])" }
    var declarations: [SourceTree] = package == 0 ? shared() : []
    if hasCommands { addPrograms(to: &declarations) }
    for _ in 0..<(1 + random.below(2)) { addThreshold(to: &declarations) }
    for _ in 0..<(1 + random.below(3)) { addAction(to: &declarations) }
    for _ in 0..<random.below(3) { addTermLet(to: &declarations) }
    for _ in 0..<random.below(3) { addConditionLet(to: &declarations) }
    let mapsOthers = package == 1 || (package == 2 && (shape == .free || shape == .guarded))
    if mapsOthers, random.chance(1, in: 2) { addForeignMapping(to: &declarations) }
    if random.chance(1, in: 3) {
      declarations.append(
        .parts([random.chance(1, in: 2) ? "sealed otherwise " : "otherwise ", otherwise()]))
    }
    // Rules come last, since they speak of all else; later ones may replace earlier ones.
    for _ in 0..<(2 + random.below(5)) { addRule(to: &declarations) }
    if mayLoosen { for _ in 0..<random.below(3) { addWaiver(to: &declarations) } }
    let fileCount = 1 + random.below(2)
    var parts = [[SourceTree]](repeating: [], count: fileCount)
    for declaration in declarations { parts[random.below(fileCount)].append(declaration) }
    for (number, part) in parts.enumerated() {
      let name = Self.packages[package]
      policy.files.append(
        GeneratedPolicy.File(
          name: "\(name).\(number).tract",
          tree: .parts([
            .text("policy \(name) \"Title of \(name)\" version \"1.0.0\"\n"),
            .lines(uses), "\n", .lines(part), "\n",
          ]), package: package))
    }
  }

  /// Types, facts and components, which all packages share.
  private func shared() -> [SourceTree] {
    var declarations: [SourceTree] = [
      "type small = int in 0..10", "type stage = one of [dev, staging, production]",
      """
      monitor {
        component Alpha stale after 20 messages or 300 tokens
        component Beta stale after 2 hours
      }
      """,
    ]
    for fact in Vocabulary.facts {
      let fallback = shape == .guarded ? "" : fact.fallback.map { " else \($0)" } ?? ""
      declarations.append(
        .text(
          "fact \(fact.name): \(fact.type.source)\(fact.isOptional ? " optional" : "")\(fallback)"
        ))
    }
    return declarations
  }

  // MARK: Names

  /// The name of something of a package, as the package at hand may write it.
  mutating func reference(_ name: String, of owner: Int) -> String {
    owner == package && random.chance(3, in: 4)
      ? name : owner == package ? name : Self.packages[owner] + "." + name
  }

  // MARK: Verdicts and reasons

  mutating func verdict() -> String {
    random.pick(isMild ? ["warn", "allow"] : ["deny", "ask", "warn", "allow", "allow"])
  }

  mutating func otherwise() -> SourceTree {
    .text(verdict() + (random.chance(1, in: 2) ? " because \"The default of \(package).\"" : ""))
  }

  /// A reason, perhaps with values in it.
  mutating func because(_ scope: GeneratedScope) -> SourceTree {
    guard random.chance(2, in: 3) else { return "" }
    let attributes = scope.attributes.filter { !$0.isElement }
    guard !attributes.isEmpty, random.chance(1, in: 2) else {
      return .text(" because \"Reason \(random.below(4)).\"")
    }
    let one = random.pick(attributes)
    let two = random.pick(attributes)
    return .text(" because \"It is {\(one.path)}, and {\(two.path)}.\"")
  }

  // MARK: Lets

  private mutating func addTermLet(to declarations: inout [SourceTree]) {
    let name = "terms\(termLets[package].count)of\(package)"
    let terms = random.some(Vocabulary.texts.filter { !$0.isEmpty }, least: 1, most: 4)
    declarations.append(
      .parts(["let \(name) = [", .commas(terms.map { .text(quoted($0)) }), "]"]))
    termLets[package].append(name)
  }

  private mutating func addConditionLet(to declarations: inout [SourceTree]) {
    let name = "named\(conditionLets[package].count)of\(package)"
    let types = random.chance(1, in: 2) ? [random.below(policy.actions.count)] : nil
    let scope = GeneratedScope(roots: true, types: types.map { $0.map { policy.actions[$0] } })
    let on = types.map { " on " + $0.map { typeName($0) }.joined(separator: ", ") } ?? ""
    declarations.append(
      .parts(["let \(name)\(on) = (", condition(scope, depth: 1, isInClause: false), ")"]))
    conditionLets[package].append((name, types))
  }

  /// The name of an action type.
  func typeName(_ index: Int) -> String {
    let action = policy.actions[index]
    return action.package == package
      ? action.name : Self.packages[action.package] + "." + action.name
  }

  /// A string literal.
  func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
