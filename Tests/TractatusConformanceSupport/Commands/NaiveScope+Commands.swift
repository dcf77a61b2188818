import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// The commands that were read for one call, so that each is read once.
final class NaiveCommandLines {
  private var lines: [[Unicode.Scalar]: NaiveCommandLine] = [:]
  /// No lines.
  init() {}

  /// The line of a text.
  func line(_ text: [Unicode.Scalar], _ policy: CheckedPolicy) -> NaiveCommandLine {
    if let known = lines[text] { return known }
    let line = NaiveCommandLine(text, policy)
    lines[text] = line
    return line
  }
}

/// Tests of commands.
extension NaiveScope {
  private func question(_ text: [Unicode.Scalar], _ holds: Bool) -> NaiveQuestion {
    NaiveQuestion(
      command: lines.line(text, policy), directories: directories, visible: visible,
      ambiguityHolds: holds)
  }

  /// What a test says of a command's text.
  func command(_ test: Test, _ asked: CommandTest, _ value: NaiveValue) -> NaiveTruth {
    var text: [Unicode.Scalar] = []
    var subject = NaiveQuestion.Subject.whole
    var name = test.operand.reference.naiveName
    switch value {
    case .text(let whole): text = whole
    case .part(let whole, let place, let owner):
      (text, subject, name) = (whole, place, owner)
    default: return NaiveTruth(.false)
    }
    let question = question(text, test.ambiguityHolds)
    let truth = question.truth(asked, subject)
    return NaiveTruth(truth, truth == .unknown ? causes(asked, question, name) : [])
  }

  /// The elements of a quantifier over a command.
  func parts(of text: [Unicode.Scalar], _ name: String) -> [NaiveValue] {
    let line = lines.line(text, policy)
    var subjects = line.invocations.indices.map { NaiveQuestion.Subject.invocation($0) }
    if !line.loose.isEmpty { subjects.append(.loose) }
    if line.isOpaque { subjects.append(.rest) }
    return subjects.map { .part(text, $0, name) }
  }

  /// The scope of what only those programs are declared for that a package sees: its own, and
  /// those of the packages that it uses, directly or not.
  func seen(by package: PackageID?) -> NaiveScope {
    guard let package else { return self }
    var scope = self
    scope.visible = policy.seen(by: package)
    return scope
  }

  /// Whether no command of the type is opaque, so that an `allow` may fire.
  func seesThrough(_ type: ActionType) -> NaiveTruth {
    var all = NaiveTruth(.true)
    for parameter in type.parameters {
      for (fields, type) in Self.commands(in: parameter.type) {
        let operand = Operand(
          reference: .parameter(parameter.name, fields: fields), type: type)
        let test = Test(operand: operand, predicate: .command(.isOpaque))
        all = all & !judge(.test(test))
      }
    }
    return all
  }

  private static func commands(
    in type: ValueType, _ fields: [String] = []
  ) -> [(fields: [String], type: ValueType)] {
    switch type {
    case .command: [(fields, type)]
    case .record(let members):
      members.flatMap { commands(in: $0.type, fields + [$0.name]) }
    default: []
    }
  }

  // MARK: Causes

  /// Why a test of a command is not known: section 8 of the semantics.
  private func causes(
    _ test: CommandTest, _ question: NaiveQuestion, _ name: String
  ) -> [String] {
    let command = question.command
    if command.isOpaque {
      return command.opacityCauses.map { "`\(name)` is opaque: \($0)" }
    }
    var causes: [String] = []
    if let places = test.naivePlaces {
      if question.directories.cwd == nil { causes.append(NaiveCause.input("cwd")) }
      if question.directories.project == nil, places.contains(where: \.isOfProject) {
        causes.append(NaiveCause.input("project"))
      }
    }
    if case .effect(let effect) = test, effect.undeclaredIsUnknown {
      for made in command.invocations where !(made.name ?? "").isEmpty {
        if question.isUndeclared(made) {
          causes.append("`\(name)` runs the undeclared program `\(made.name ?? "")`")
        } else if made.hasUndeclaredOption {
          causes.append("`\(name)` gives `\(made.name ?? "")` an undeclared option")
        }
      }
    }
    for word in command.unknownWords { causes.append("`\(word)` of `\(name)` is not known") }
    if causes.isEmpty { causes.append("`\(name)` cannot be known whole") }
    return causes
  }
}

extension Condition {
  /// Whether the condition tests whether a command is opaque, in whatever way.
  var testsOpacity: Bool {
    switch self {
    case .constant: return false
    case .test(let test): return test.predicate == .command(.isOpaque)
    case .not(let part): return part.testsOpacity
    case .and(let parts), .or(let parts): return parts.contains { $0.testsOpacity }
    case .quantified(let quantified): return quantified.condition.testsOpacity
    }
  }
}

extension CheckedPolicy {
  /// A package and those that it uses, directly or not.
  fileprivate func seen(by package: PackageID) -> Set<PackageID> {
    var visible: Set<PackageID> = []
    var open = [package]
    while let next = open.popLast() {
      guard visible.insert(next).inserted else { continue }
      open += packages[Int(next.index)].uses
    }
    return visible
  }

  /// The packages of which not all see the programs who read a type's parameters and are sealed,
  /// lift what is sealed, or map the type.
  func unseen(readingAs type: ActionTypeID) -> Set<PackageID> {
    func isOn(_ on: AppliesTo) -> Bool {
      if case .types(let types) = on { types.contains(type) } else { false }
    }
    var readers = actionMappings.filter { $0.source == type }.map(\.package)
    readers += thresholds.filter { $0.isSealed && isOn($0.on) }.map(\.package)
    for rule in rules where isOn(rule.on) {
      let allows = rule.clauses.contains { clause in
        if case .effect = clause.kind { clause.verdict == .allow } else { false }
      }
      if rule.isSealed || allows && seals(rule.package) { readers.append(rule.package) }
    }
    let all = Set(programs.map(\.package))
    return readers.reduce(into: []) { $0.formUnion(all.subtracting(seen(by: $1))) }
  }

  /// Whether a package has a sealed default or a sealed action.
  func seals(_ package: PackageID) -> Bool {
    packages[Int(package.index)].otherwise?.isSealed ?? false
      || actionTypes.contains { type in
        type.package == package && (type.isSealed || type.otherwise?.isSealed ?? false)
      }
  }
}

extension CommandTest {
  /// The directories that the test names.
  fileprivate var naivePlaces: [Place]? {
    let target: TargetTest?
    switch self {
    case .isOpaque, .isUndeclared, .pipes: return nil
    case .runs(let runs): target = runs.operand
    case .effect(let effect): target = effect.effect == .connects ? nil : effect.target
    }
    guard case .place(let test)? = target?.kind else { return nil }
    return test.places
  }
}

extension NaiveCommandLine {
  /// Why the line is opaque, as reports word it.
  var opacityCauses: [String] {
    line.opacities.map { opacity in
      switch opacity.reason {
      case .tooLong: "the line is longer than 1 MiB"
      case .tooDeep: "constructs lie in one another more than 64 deep"
      case .nulByte: "it holds a NUL byte"
      case .unexpectedToken: "it cannot be parsed"
      case .unterminated: "a quotation or compound command has no end"
      case .continuedToken: "a line continuation may join two halves of a token"
      case .ambiguous: "shells read it differently"
      case .tooMuchText: "substitutions grow past their bound"
      case .notFollowed: "part of it was not followed"
      case .unknownProgram: "the program is not known"
      case .unknownAlias: "an alias is not known"
      case .evaluatedText: "a text that is run is not known"
      case .hiddenAssignment: "variables are changed where nobody can follow"
      case .hereDocumentOrder: "a here-document lies across a substitution"
      case .tooManyParts: "it has too many words and commands"
      }
    } + reasons
  }

  /// The words of the line itself of which something is not known, as they are spelt.
  var unknownWords: [String] {
    var words: [Int] = []
    for command in line.commands where command.level == 0 {
      words += command.words
      words += command.assignments.flatMap { place -> Range<Int> in
        let assignment = line.assignments[place]
        return Int(assignment.firstWord)..<Int(assignment.firstWord + assignment.wordCount)
      }
      words += command.redirections.map { Int(line.redirections[$0].target) }
    }
    var spelled: [String] = []
    for index in words {
      let word = NaiveWord(index, of: line)
      guard word.hasUnknown || word.hasGlob else { continue }
      let range = line.words[index].range
      spelled.append(
        String(decoding: line.text[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self))
    }
    return spelled
  }
}
