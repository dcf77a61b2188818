import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// Checks every `reading`; `trying` also checks clauses, with some value for each capture.
  func checkReadings(trying: Bool) {
    for symbol in readings {
      guard let reading = reading(symbol) else { continue }
      policy.readings.append(reading.result)
      if trying { tryOut(reading.result, symbol, reading.places) }
    }
  }

  private func reading(
    _ symbol: ClassificationSymbol<ReadingView>
  ) -> (result: Reading, places: [SourceSpan])? {
    let view = symbol.view
    let (scope, _) = classificationScope(package: symbol.package, except: nil)
    var used: Set<String> = []
    var parts: [Condition] = []
    for (guardView, isNegated) in [(view.whenGuard, false), (view.unlessGuard, true)] {
      guard let written = guardView?.condition else { continue }
      guard let condition = textCondition(written, scope, &used) else { return nil }
      parts.append(isNegated ? .not(condition) : condition)
    }
    guard let captures = captures(view, package: symbol.package), isRestricting(view) else {
      return nil
    }
    if captures.isEmpty, parts.isEmpty {
      report(
        .wrongClassification,
        "this reading covers every instruction: say which by `when` or by what it takes from the "
          + "text", at: symbol.span)
      return nil
    }
    let (pieces, places) = pieces(of: view, captures.map(\.name))
    let condition: Condition =
      parts.count > 1 ? .and(parts) : parts.first ?? .constant(true)
    return (
      Reading(
        name: symbol.name, package: PackageID(symbol.package),
        title: view.title.map { view.tree.string(of: $0) } ?? symbol.name.name,
        condition: condition, captures: captures, pieces: pieces, span: symbol.span), places
    )
  }

  /// What a reading takes from the text, by name; nil after a diagnostic.
  private func captures(_ view: ReadingView, package: Int) -> [Reading.Capture]? {
    var seen = SeenNames()
    var found: [Reading.Capture] = []
    let extracts = view.extracts.compactMap { extract in
      textExtract(extract).map { ($0, extract) }
    }
    guard extracts.count == view.extracts.count else { return nil }
    var isSound = true
    for field in view.fields {
      guard let token = field.name, let shape = field.shape else { return nil }
      let name = view.tree.name(of: token)
      let span = view.tree.span(of: token)
      guard noteRepeated(name, at: span, in: &seen), let type = resolve(shape, package: package)
      else {
        isSound = false
        continue
      }
      let patterns = extracts.filter { $0.0.name == name }.map(\.0.pattern)
      if patterns.isEmpty || field.isOptional || !Self.isCapturable(type) {
        report(
          .wrongExtraction,
          patterns.isEmpty
            ? "nothing takes `\(name)` from the text: write `extract \(name) from text …`"
            : field.isOptional
              ? "a reading covers an instruction from which it takes everything, so nothing is "
                + "`optional`"
              : "\(type.described) is not taken from a text", at: span)
        isSound = false
        continue
      }
      found.append(Reading.Capture(name: name, type: type, patterns: patterns))
    }
    for (extract, written) in extracts where seen[extract.name] == nil {
      report(
        .wrongExtraction,
        "`\(extract.name)` has no type here: write `\(extract.name): text`, or another type",
        at: written.span)
      isSound = false
    }
    return isSound ? found.sorted { $0.name < $1.name } : nil
  }

  private static func isCapturable(_ type: ValueType) -> Bool {
    switch type {
    case .int, .number, .time, .enumeration, .text, .path, .url, .host: true
    case .list(let element): if case .list = element { false } else { isCapturable(element) }
    case .bool, .command, .record: false
    }
  }

  /// Whether a reading only restricts: what was said in a session grants nothing.
  private func isRestricting(_ view: ReadingView) -> Bool {
    var isSound = true
    for clause in view.clauses {
      let what: (String, SourceSpan)? =
        switch clause {
        case .effect(let effect):
          effect.verdict.map { view.tree[$0].word } == .allow
            ? ("an instruction that was stored restricts, and allows nothing", effect.span) : nil
        case .example(let example): ("a reading has no examples", example.span)
        case .deliberate(let plan): ("only a boundary is deliberated", plan.span)
        case .expect, .require, .obligation: nil
        }
      if let what {
        report(.misplacedClause, what.0, at: what.1)
        isSound = false
      }
    }
    return isSound
  }

  // MARK: Clauses

  /// `on` and the clauses in pieces, and for each piece where it stands.
  private func pieces(
    of view: ReadingView, _ captures: [String]
  ) -> ([Reading.Piece], [SourceSpan]) {
    let tree = view.tree
    var pieces: [Reading.Piece] = []
    var places: [SourceSpan] = []
    func add(_ piece: Reading.Piece, _ span: SourceSpan) {
      pieces.append(piece)
      places.append(span)
    }
    for child in tree.children(of: view.id) {
      switch tree.kind(of: child) {
      case .name, .field, .extract, .whenGuard, .unlessGuard, .missing, .unexpected: continue
      default: break
      }
      add(.text("  "), tree.span(of: child))
      let tokens = tree.allTokens(of: child)
      for (index, token) in tokens.enumerated() {
        let span = tree.span(of: token)
        if tree[token].isString {
          for piece in string(token, tree, captures) { add(piece, span) }
        } else if let capture = capture(at: index, of: tokens, tree, captures) {
          add(.value(capture), span)
        } else {
          add(.text(tree.text(of: token)), span)
        }
        add(.text(index + 1 < tokens.count ? " " : "\n"), span)
      }
    }
    return (pieces, places)
  }

  /// The capture that a token names: a bare name that neither begins nor goes on a path.
  private func capture(
    at index: Int, of tokens: [TokenID], _ tree: SyntaxTree, _ captures: [String]
  ) -> Int? {
    let token = tokens[index]
    guard tree[token].kind == .word || tree[token].kind == .quotedName,
      let found = captures.firstIndex(of: tree.name(of: token))
    else { return nil }
    let before = index > 0 ? tree[tokens[index - 1]].kind : .comma
    let after = index + 1 < tokens.count ? tree[tokens[index + 1]].kind : .comma
    return before == .dot || after == .dot || after == .colon ? nil : found
  }

  private func string(
    _ token: TokenID, _ tree: SyntaxTree, _ captures: [String]
  ) -> [Reading.Piece] {
    var pieces: [Reading.Piece] = [.text("\"")]
    for part in tree.parts(of: token) {
      switch part {
      case .text(let text): pieces.append(.text(RuleText.escaped(text)))
      case .attribute(let names, _):
        if names.count == 1, let found = captures.firstIndex(of: names[0]) {
          pieces.append(.quoted(found))
        } else {
          pieces.append(.text("{" + names.joined(separator: ".") + "}"))
        }
      }
    }
    return pieces + [.text("\"")]
  }

  /// Checks the clauses of a reading with some value in the place of each capture; what is wrong
  /// is reported where it stands in the reading.
  private func tryOut(
    _ reading: Reading, _ symbol: ClassificationSymbol<ReadingView>, _ places: [SourceSpan]
  ) {
    let head = "policy p \"p\" version \"0\"\ninstruction i {\n"
    var text = head
    var starts: [UInt32] = []
    let values = reading.captures.map { Self.witness(of: $0.type) }
    for piece in reading.pieces {
      starts.append(UInt32(clamping: text.utf8.count))
      switch piece {
      case .text(let fixed): text += fixed
      case .value(let number): text += RuleText.literal(values[number])
      case .quoted(let number): text += RuleText.escaped(RuleText.plain(values[number]))
      }
    }
    text += "}\n"
    let id = SourceID(rawValue: .max - 1)
    let tree = Parser.parse(SourceText(id: id, name: "", text: text))
    func move(_ found: Diagnostic) -> Diagnostic {
      var moved = found
      let place = starts.lastIndex { $0 <= found.span.start }
      moved.span = place.map { places[$0] } ?? symbol.span
      moved.secondary.removeAll { $0.span.source == id }
      moved.fixIts = []
      return moved
    }
    if tree.diagnostics.hasErrors {
      // A capture stands where no value may.
      if !symbol.view.tree.diagnostics.hasErrors {
        diagnostics += tree.diagnostics.prefix(1).map(move)
      }
      return
    }
    guard let node = tree.firstChild(of: tree.root, kind: .ruleDeclaration),
      let view = RuleView(tree, node)
    else { return }
    let (earlier, expected) = (diagnostics.count, expectations.count)
    rules.append(
      RuleSymbol(package: symbol.package, name: symbol.name, span: symbol.span, view: view))
    _ = policyRule(rules.count - 1)
    rules.removeLast()
    expectations.removeLast(expectations.count - expected)
    for index in earlier..<diagnostics.count {
      if diagnostics[index].span.source == id { diagnostics[index] = move(diagnostics[index]) }
    }
  }

  private static func witness(of type: ValueType) -> ConstantValue {
    switch type {
    case .int(let bounds), .number(let bounds): .number(bounds.lower ?? bounds.upper ?? .one)
    case .time(let bounds):
      (bounds.lower ?? bounds.upper ?? Instant(ordinal: 0)).map { .time($0) } ?? .null
    case .enumeration(let words): .enumeration(words.values.first ?? "")
    case .url: .text("https://a.example")
    case .list(let element): .list([witness(of: element)])
    case .bool, .command, .path, .host, .record, .text: .text("a")
    }
  }
}
