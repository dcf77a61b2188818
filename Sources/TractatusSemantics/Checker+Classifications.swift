import TractatusSource
import TractatusSyntax
import TractatusValues

/// A declared `classify` or `reading`.
struct ClassificationSymbol<View> {
  var package: Int
  var name: QualifiedName
  var span: SourceSpan
  var view: View
}

extension Checker {
  /// The most points that may be given at once, so that their sum can always be held.
  private static var pointLimit: Decimal { Decimal(1_000_000) }

  /// Checks every `classify`, once.
  func checkClassifications() {
    guard policy.classifications.isEmpty else { return }
    for number in classifications.indices {
      policy.classifications.append(classification(number))
    }
    let topology = Topology(policy.classifications.map { $0.uses.map(\.classification) })
    for cycle in topology.cycles {
      reportCycle(
        cycle.map { (classifications[$0].name.name, classifications[$0].span) },
        "classifications rest on each other")
      // What could not be told is not inferred.
      for number in cycle { policy.classifications[number].form = .parameters([], []) }
    }
  }

  private func classification(_ number: Int) -> Classification {
    let symbol = classifications[number]
    let view = symbol.view
    var result = Classification(
      name: symbol.name, package: PackageID(symbol.package), form: .parameters([], []), uses: [],
      span: symbol.span)
    let name = symbol.name.name
    guard ClassificationNames.all.contains(name) else {
      let near = near(to: name, among: ClassificationNames.all)
      report(
        .wrongClassification,
        "nothing that instructions have is called `\(name)`" + suggestion(near), at: symbol.span,
        notes: near == nil
          ? ["What is classified is \(ValueType.listed(ClassificationNames.all))."] : [],
        fixIts: fixIt(near, at: symbol.span))
      return result
    }
    reportForeignParts(of: view, name)
    let (scope, visible) = classificationScope(package: symbol.package, except: number)
    var used: Set<String> = []
    if let words = ClassificationNames.words(of: name) {
      result.form = self.words(view, words, scope, &used)
    } else if name == ClassificationNames.explicitness {
      result.form = .share(share(view, scope, &used))
    } else {
      result.form = parameters(view, scope, &used)
    }
    result.uses = visible.filter { used.contains($0.name) }
    return result
  }

  /// What the conditions of a package's classifications may name.
  func classificationScope(
    package: Int, except own: Int?
  ) -> (Scope, [Classification.Use]) {
    var entries = [ClassificationNames.text: ScopedParameter(.text)]
    var uses: [Classification.Use] = []
    for name in own == nil ? [] : ClassificationNames.all {
      guard
        case .symbol(.own(let number)) = findVisible(name, .classifications, from: package),
        number != own
      else { continue }
      if let words = ClassificationNames.words(of: name) {
        entries[name] = ScopedParameter(.enumeration(Enumeration(name: name, values: words)))
        uses.append(Classification.Use(name: name, classification: number))
      } else if name == ClassificationNames.explicitness {
        entries[name] = ScopedParameter(
          .number(bounds: NumberBounds(lower: .zero, upper: .one)))
        uses.append(Classification.Use(name: name, classification: number))
      } else {
        entries[ClassificationNames.departs] = ScopedParameter(.bool)
        uses.append(
          Classification.Use(name: ClassificationNames.departs, classification: number))
      }
    }
    let table = ParameterTable(entries: entries, isAny: false, types: [])
    return (Scope(package: package, parameters: .table(table)), uses)
  }

  /// Says which parts do not belong to a classification of this name.
  private func reportForeignParts(of view: ClassifyView, _ name: String) {
    let isWords = ClassificationNames.words(of: name) != nil
    let isShare = name == ClassificationNames.explicitness
    func refuse(_ spans: [SourceSpan], _ what: String) {
      for span in spans {
        report(.wrongClassification, "`classify \(name)` has no \(what)", at: span)
      }
    }
    if !isWords {
      refuse(view.cases.map(\.span), "`case`: it gives no word")
      refuse(view.otherwises.map(\.span), "`otherwise`: it gives no word")
    }
    if !isShare {
      refuse(view.bases.map(\.span), "`base`, which only a score has")
      refuse(
        view.points.map(\.span),
        isWords ? "points of its own: they stand in a `case`" : "points: it is no score")
      refuse(view.levels.map(\.span), "`level`, which only a score has")
      refuse(view.stores.map(\.span), "`store`, which only `explicitness` has")
    }
    if isWords || isShare {
      refuse(view.extracts.map(\.span), "`extract`, which only `parameters` has")
      refuse(view.usuals.map(\.span), "`usual`, which only `parameters` has")
    }
  }

  // MARK: Words

  private func words(
    _ view: ClassifyView, _ words: [String], _ scope: Scope, _ used: inout Set<String>
  ) -> Classification.Form {
    var seen = SeenNames()
    var cases: [Classification.Case] = []
    for inner in view.cases {
      guard let word = word(inner.name, words, view.tree),
        noteRepeated(word, at: inner.name.map { view.tree.span(of: $0) } ?? inner.span, in: &seen)
      else { continue }
      cases.append(
        Classification.Case(
          word: word, points: inner.points.compactMap { self.point($0, scope, &used) }))
    }
    guard let first = view.otherwises.first else {
      report(
        .wrongClassification,
        "nothing says what holds where no case has points: write `otherwise` and a word",
        at: view.span)
      return .parameters([], [])
    }
    guard let otherwise = word(first.name, words, view.tree) else { return .parameters([], []) }
    // Ties go to the word that comes first in the enumeration.
    cases.sort {
      (words.firstIndex(of: $0.word) ?? 0, $0.word) < (words.firstIndex(of: $1.word) ?? 0, $1.word)
    }
    return .words(cases: cases, otherwise: otherwise)
  }

  private func word(_ token: TokenID?, _ words: [String], _ tree: SyntaxTree) -> String? {
    guard let token else { return nil }
    let name = tree.name(of: token)
    if words.contains(name) { return name }
    let near = near(to: name, among: words)
    let span = tree.span(of: token)
    report(
      .notAWord, "`\(name)` is no word of this classification" + suggestion(near), at: span,
      notes: near == nil ? ["Its words are \(ValueType.listed(words))."] : [],
      fixIts: fixIt(near, at: span))
    return nil
  }

  // MARK: Scores

  private func share(
    _ view: ClassifyView, _ scope: Scope, _ used: inout Set<String>
  ) -> Classification.Share {
    var bands: [Classification.Band] = []
    for level in view.levels {
      guard let token = level.name, let from = level.from, let limit = decimal(from, view.tree)
      else { continue }
      if let verdict = level.verdict {
        report(
          .wrongClassification, "a band of a classification has no verdict",
          at: view.tree.span(of: verdict))
      }
      let isFirst = bands.isEmpty
      if isFirst ? limit != .zero : limit <= (bands.last?.from ?? .zero) || limit > .one {
        report(
          .levelsDoNotAscend,
          isFirst
            ? "the first level begins at 0%, so that every score lies in one"
            : "levels ascend, and none begins above 100%", at: level.span)
      }
      bands.append(Classification.Band(name: view.tree.name(of: token), from: limit))
    }
    return Classification.Share(
      start: share(view.bases.first?.number, view.tree) ?? .zero,
      points: view.points.compactMap { point($0, scope, &used) }, bands: bands,
      storedFrom: share(view.stores.first?.number, view.tree))
  }

  private func share(_ token: TokenID?, _ tree: SyntaxTree) -> Decimal? {
    guard let token, let number = decimal(token, tree) else { return nil }
    if number <= .one { return number }
    report(.outOfBounds, "a share lies between 0 and 1", at: tree.span(of: token))
    return nil
  }

  private func point(
    _ view: PointView, _ scope: Scope, _ used: inout Set<String>
  ) -> Classification.Point? {
    guard let token = view.number, let amount = decimal(token, view.tree) else { return nil }
    guard amount <= Self.pointLimit else {
      report(
        .outOfBounds, "at most \(Self.pointLimit) points are given at once",
        at: view.tree.span(of: token))
      return nil
    }
    let reason: Classification.Point.Reason
    if let terms = view.terms {
      guard
        case .constant(let patterns) = patterns(
          terms, .mentions, ignoresCase: false, .text, scope)
      else { return nil }
      reason = .each(patterns)
    } else if let written = view.condition {
      guard let condition = textCondition(written, scope, &used) else { return nil }
      reason = .when(condition)
    } else {
      return nil
    }
    return Classification.Point(
      amount: view.isSubtraction ? amount.negated : amount, reason: reason)
  }

  /// A condition that rests on the text and on what other classifications say of it.
  func textCondition(
    _ view: ConditionView, _ scope: Scope, _ used: inout Set<String>
  ) -> Condition? {
    let checked = condition(view, scope)
    guard !checked.isBroken else { return nil }
    var isSound = true
    checked.condition.forEachTest { test in
      if case .parameter(let name, fields: []) = test.operand.reference {
        used.insert(name)
        switch test.predicate {
        case .present, .inRanges, .equalsText, .matches: return
        default: break
        }
      }
      isSound = false
    }
    guard isSound else {
      report(
        .wrongClassification,
        "a text is classified by itself alone: `text`, and what else is said of it, compared with "
          + "constants", at: view.span)
      return nil
    }
    return checked.condition
  }

  // MARK: Parameters

  private func parameters(
    _ view: ClassifyView, _ scope: Scope, _ used: inout Set<String>
  ) -> Classification.Form {
    let extracts = view.extracts.compactMap { textExtract($0) }
    var usuals: [Classification.Usual] = []
    for usual in view.usuals {
      guard let token = usual.name, let written = usual.condition else { continue }
      let name = view.tree.name(of: token)
      if !view.extracts.contains(where: { $0.name.map { view.tree.name(of: $0) } == name }) {
        report(
          .wrongExtraction, "nothing takes `\(name)` from the text, so no value of it is usual",
          at: view.tree.span(of: token))
      }
      let values = usual.usual.compactMap { usualValue($0) }
      guard let condition = textCondition(written, scope, &used), !values.isEmpty else { continue }
      usuals.append(Classification.Usual(name: name, values: values, condition: condition))
    }
    return .parameters(extracts, usuals)
  }

  private func usualValue(_ value: ValueView) -> InstructionRecord.Value? {
    if case .literal(let literal) = value, let token = literal.token, literal.unit == nil {
      if literal.tree[token].isString { return .text(literal.tree.string(of: token)) }
      if literal.tree[token].isNumeric,
        let number = decimal(token, literal.tree, isNegative: literal.isNegative)
      {
        return .number(number)
      }
    }
    report(.wrongValue, "a usual value is a number or a text", at: span(of: value))
    return nil
  }

  /// `extract name from text matching /…/`, or nil after a diagnostic.
  func textExtract(_ view: ExtractView) -> Classification.Extract? {
    guard let name = view.name, let path = view.path else { return nil }
    guard path.names == [ClassificationNames.text], view.options == nil, !view.isJoined else {
      report(
        .wrongExtraction, "what is taken here is taken from `text`, by `matching /…/` alone",
        at: path.span)
      return nil
    }
    guard let token = view.pattern else { return nil }
    let (pattern, flags) = view.tree.regularExpression(of: token)
    return Classification.Extract(
      name: view.tree.name(of: name),
      pattern: TextPattern(
        kind: .regularExpression, text: pattern, ignoresCase: flags.contains("i"),
        dotMatchesNewline: flags.contains("s")))
  }
}

extension ScopedParameter {
  /// A parameter that is always there.
  init(_ type: ValueType) {
    self.init(type: type, isOptional: false, differs: false)
  }
}

extension Condition {
  /// Calls `body` with every test, those under quantifiers as they are.
  func forEachTest(_ body: (Test) -> Void) {
    switch self {
    case .constant: break
    case .test(let test): body(test)
    case .not(let inner): inner.forEachTest(body)
    case .and(let parts), .or(let parts): for part in parts { part.forEachTest(body) }
    case .quantified(let quantified):
      body(Test(operand: quantified.list, predicate: .count([])))
      quantified.condition.forEachTest(body)
    }
  }
}
