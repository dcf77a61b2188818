import TractatusSource
import TractatusSyntax

extension Checker {
  /// A test of a command line or of one simple command, or nil after a diagnostic.
  func commandTest(
    _ test: TestOfAttributeView, of left: Attribute, _ scope: Scope
  ) -> CheckedTest? {
    guard isCommand(left, at: span(of: test)) else { return nil }
    switch test {
    case .state(let view):
      return view.state.map { CheckedTest(.command($0 == .opaque ? .isOpaque : .isUndeclared)) }
    case .runs(let view): return runs(view, left, scope)
    case .effect(let view): return effect(view, left, scope)
    case .pipes(let view): return pipes(view, scope)
    case .comparison, .membership, .text, .window, .place: return nil
    }
  }

  private func isCommand(_ left: Attribute, at span: SourceSpan) -> Bool {
    if left.isSimpleCommand { return true }
    guard left.operand.type == .command else {
      report(
        .wrongOperator,
        "this tests what a command does, and `\(left.name)` is \(left.operand.type.described)",
        at: span)
      return false
    }
    return isCommandLine(left, at: span)
  }

  /// Whether an attribute of type `command` is read as a command line; reports it otherwise.
  func isCommandLine(_ attribute: Attribute, at span: SourceSpan) -> Bool {
    guard !attribute.isSimpleCommand else {
      report(
        .wrongOperator, "`\(attribute.name)` is one simple command already, which has no elements",
        at: span)
      return false
    }
    guard case .element = attribute.operand.reference else { return true }
    report(
      .wrongOperator,
      "`\(attribute.name)` is an element of a list, and such a command is tested as text alone",
      at: span)
    return false
  }

  // MARK: Programs

  private func runs(_ view: RunsTestView, _ left: Attribute, _ scope: Scope) -> CheckedTest? {
    guard let written = view.programs, let verb = view.verb else { return nil }
    let programs = programTerms(written, scope)
    var isComplete = true
    var options: [OptionTest] = []
    for part in view.options {
      guard let value = part.options, let found = self.options(value, of: programs, scope) else {
        isComplete = false
        continue
      }
      var option = OptionTest(isNegated: part.isNegated, isAll: part.isAll, options: found)
      if let test = part.test {
        option.argument = target(test, isNegated: part.isTestNegated, .argument, scope)
        if option.argument == nil { isComplete = false }
      }
      options.append(option)
    }
    var operand: TargetTest?
    if let part = view.operand, let test = part.test {
      operand = target(test, isNegated: part.isNegated, .operand, scope)
      if operand == nil { isComplete = false }
    }
    guard let programs, isComplete else { return nil }
    var checked = CheckedTest(
      .command(
        .runs(
          RunsTest(
            isOnly: view.isOnly, programs: programs, options: options, operand: operand,
            lacksOperand: view.operand?.isAbsence == true))))
    guard !view.isOnly else { return checked }
    if left.isSimpleCommand {
      // It runs one program, so that nothing else in it is excused but by its own words.
      if operand != nil {
        checked.somes.append(some(view, left, "operand", "operand"))
      } else if options.contains(where: { $0.argument != nil && !$0.isNegated }) {
        checked.somes.append(some(view, left, "argument", "with …"))
      }
    } else {
      let start = view.tree.span(of: verb).start
      checked.somes.append(
        SomeTest(span: view.span, advice: .write("only", replacing: gap(view, start))))
    }
    if options.contains(where: { $0.argument != nil && $0.isNegated }) {
      var excuse = some(view, left, "argument", "with …")
      excuse.isPositive = false
      checked.somes.append(excuse)
    }
    return checked
  }

  /// What a test says of some operand or argument, which may be one of several.
  private func some(
    _ view: RunsTestView, _ left: Attribute, _ part: String, _ words: String
  ) -> SomeTest {
    SomeTest(
      span: view.span,
      advice: .say(
        "Say what no \(part) may be: `\(left.name) runs … \(words) not …`, negated as a whole."))
  }

  private func gap(_ view: some SyntaxView, _ offset: UInt32) -> SourceSpan {
    SourceSpan(source: view.span.source, start: offset, end: offset)
  }

  private func pipes(_ view: PipesTestView, _ scope: Scope) -> CheckedTest? {
    guard let from = view.from, let into = view.into else { return nil }
    let (first, second) = (programTerms(from, scope), programTerms(into, scope))
    guard let first, let second else { return nil }
    var checked = CheckedTest(.command(.pipes(from: first, into: second)))
    checked.somes = [
      SomeTest(
        span: view.span,
        advice: .say("No `only` says that nothing else flows; say which programs run: `only runs`.")
      )
    ]
    return checked
  }

  /// Program terms, each once in the order of their words; nil after a diagnostic.
  private func programTerms(_ value: ValueView, _ scope: Scope) -> [ProgramTerm]? {
    var isSound = true
    let found = terms(
      value, .text, scope, allowsList: true, needed: "a program, such as `\"git push\"`,"
    ) { literal, token -> ProgramTerm? in
      guard literal.tree[token].isString else { return nil }
      let term = ProgramTerm(
        words: literal.tree.string(of: token).split(separator: " ").map(String.init))
      if !self.checkTerm(term, at: literal.span) { isSound = false }
      return term
    }
    guard isSound, let terms = constants(found, "programs", at: span(of: value)) else {
      return nil
    }
    let sorted = terms.sorted { $0.words.lexicographicallyPrecedes($1.words) }
    var unique: [ProgramTerm] = []
    for term in sorted where unique.last != term { unique.append(term) }
    guard !unique.isEmpty else {
      report(.emptyTerm, "this list is empty, so no program is meant", at: span(of: value))
      return nil
    }
    return unique
  }

  /// Constants alone, or nil after a diagnostic.
  func constants<Value>(
    _ found: RightSide<Value>, _ what: String, at span: SourceSpan
  ) -> Value? {
    switch found {
    case .constant(let value): return value
    case .failed: return nil
    case .attribute(let attribute):
      report(
        .notConstant,
        "\(what) are constants, so that they are read once and for all, and `\(attribute.name)` is "
          + "an attribute", at: span)
      return nil
    }
  }

  /// The spellings of options, ascending; nil after a diagnostic.
  func options(
    _ value: ValueView, of programs: [ProgramTerm]?, _ scope: Scope
  ) -> [String]? {
    var isSound = true
    let found = terms(
      value, .text, scope, allowsList: true, needed: "an option, such as `\"--force\"`,"
    ) { literal, token -> String? in
      guard literal.tree[token].isString else { return nil }
      let option = literal.tree.string(of: token)
      if !self.checkOption(option, of: programs, at: literal.span) { isSound = false }
      return option
    }
    guard isSound, let options = constants(found, "options", at: span(of: value)) else {
      return nil
    }
    guard !options.isEmpty else {
      report(.emptyTerm, "this list is empty, so no option is meant", at: span(of: value))
      return nil
    }
    return TextBytes.sortedUnique(options)
  }

  // MARK: Effects

  private func effect(_ view: EffectTestView, _ left: Attribute, _ scope: Scope) -> CheckedTest? {
    guard let token = view.verb, let word = view.tree[token].word,
      let effect = CommandEffect(word)
    else { return nil }
    var target: TargetTest?
    if let test = view.target {
      target = self.target(test, isNegated: view.isNegated, TargetKind(effect), scope)
      guard target != nil else { return nil }
    } else if view.isOnly {
      // The parser has said what is missing.
      return nil
    }
    var value: TargetTest?
    if let part = view.value {
      guard effect == .sets, let test = part.test else { return nil }
      value = self.target(test, isNegated: part.isNegated, .value, scope)
      guard value != nil else { return nil }
    }
    var checked = CheckedTest(
      .command(
        .effect(
          EffectTest(
            effect: effect, isOnly: view.isOnly, target: target, value: value,
            undeclaredIsUnknown: view.isOnly))))
    guard !view.isOnly else { return checked }
    let verb = view.tree.text(of: token)
    let advice: SomeTest.Advice
    if target != nil {
      advice = .write("only", replacing: gap(view, view.tree.span(of: token).start))
    } else if effect == .escalates {
      advice = .say("Say which programs may run: `only runs …`.")
    } else {
      advice = .say("Say of every target what it is: `only \(verb) …`.")
    }
    checked.somes = [SomeTest(span: view.span, advice: advice)]
    return checked
  }

  /// The test of an operand or of an effect's target, or nil after a diagnostic.
  private func target(
    _ test: TestOfAttributeView, isNegated: Bool, _ kind: TargetKind, _ scope: Scope
  ) -> TargetTest? {
    switch test {
    case .place(let view):
      guard let placeKind = kind.placeKind else {
        report(
          .wrongOperator, "this is \(kind.described), and only paths and hosts lie in places",
          at: view.span)
        return nil
      }
      return self.places(view, placeKind, scope).map {
        TargetTest(isNegated: isNegated, kind: .place($0))
      }
    case .comparison(let view):
      guard let value = view.value, let sign = view.operation.map({ view.tree[$0].kind }) else {
        return nil
      }
      guard sign == .equalEqual || sign == .bangEqual else {
        report(
          .wrongOperator, "this is \(kind.described), which has no order", at: view.span)
        return nil
      }
      let found = formTexts(value, kind.type, scope, allowsList: false)
      return constants(found, "what targets are compared with", at: span(of: value)).map {
        TargetTest(isNegated: isNegated != (sign == .bangEqual), kind: .equalsText($0))
      }
    case .membership(let view):
      guard let value = view.low, !view.isRange else {
        report(.wrongOperator, "this is \(kind.described), which has no ranges", at: view.span)
        return nil
      }
      let found = formTexts(value, kind.type, scope, allowsList: true)
      return constants(found, "what targets are compared with", at: span(of: value)).map {
        TargetTest(isNegated: isNegated, kind: .equalsText($0))
      }
    case .text(let view):
      guard let operation = view.operation, let value = view.terms,
        let pattern = self.kind(operation, kind.type)
      else { return nil }
      let found = patterns(
        value, pattern, ignoresCase: view.ignoresCase, kind.type, scope)
      return constants(found, "what targets are compared with", at: span(of: value)).map {
        TargetTest(isNegated: isNegated, kind: .matches($0))
      }
    case .window(let view):
      report(.wrongOperator, "this is \(kind.described), which has no age", at: view.span)
      return nil
    case .state, .runs, .effect, .pipes: return nil
    }
  }
}

/// What a target or operand is.
private enum TargetKind {
  case path, host, name, value, operand, argument

  init(_ effect: CommandEffect) {
    switch effect {
    case .reads, .writes, .deletes, .sends, .executes: self = .path
    case .connects: self = .host
    case .sets, .escalates, .yields: self = .name
    }
  }

  /// The type whose operators it has.
  var type: ValueType {
    switch self {
    case .path: .path
    case .host: .host
    case .name, .value, .operand, .argument: .text
    }
  }

  var placeKind: PlaceKind? {
    switch self {
    case .path, .value, .operand, .argument: .directory
    case .host: .domain
    case .name: nil
    }
  }

  var described: String {
    switch self {
    case .path: "a path"
    case .host: "a host"
    case .name: "the name of a variable"
    case .value: "the value of a variable"
    case .operand: "an operand"
    case .argument: "the argument of an option"
    }
  }
}

extension CommandEffect {
  /// The effect that a word names.
  init?(_ word: Word) {
    switch word {
    case .reads: self = .reads
    case .writes: self = .writes
    case .deletes: self = .deletes
    case .sends: self = .sends
    case .connects: self = .connects
    case .executes: self = .executes
    case .sets: self = .sets
    case .escalates: self = .escalates
    case .yields: self = .yields
    default: return nil
    }
  }
}
