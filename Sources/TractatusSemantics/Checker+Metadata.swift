import TractatusSource
import TractatusSyntax
import TractatusValues

/// What the metadata of a policy rule say.
struct RuleMetadata {
  var persistence: String?
  var verification: String?
  var explicitness: Decimal?
  var isActive = true
  var since: Instant?
  var until: Instant?
  var replaces: [Int] = []
  var entries: [MetadataEntry] = []

  /// What is stated of the parts that are classified, by their names.
  var stated: [String: ConstantValue] {
    var result: [String: ConstantValue] = [:]
    for entry in entries where ClassificationNames.all.contains(entry.name) {
      result[entry.name] = entry.value
    }
    return result
  }
}

/// What a metadata key takes.
private enum MetadataValue {
  case words([String])
  case share
  case date
  case truth
  case rules
  /// A word or a string.
  case text
}

/// The metadata keys of the kinds of policy rules.
private enum MetadataKeys {
  static let common: [(String, MetadataValue)] = [
    ("active", .truth), ("replaces", .rules), ("since", .date), ("source", .text),
    ("until", .date),
  ]
  static let instruction: [(String, MetadataValue)] = [
    ("quadrant", .words(["strategic", "operational", "tactical", "system", "stochastic"])),
    ("persistence", .words(["variable", "low", "medium", "high", "critical"])),
    ("scope", .words(["task", "session", "phase", "sprint", "project", "permanent"])),
    ("verification", .words(["none", "optional", "advisory", "required", "mandatory"])),
    ("explicitness", .share),
  ]
  static let boundary: [(String, MetadataValue)] = [("section", .text), ("domain", .text)]
  static let deliberation: [(String, MetadataValue)] = [
    ("urgency", .words(["critical", "urgent", "important", "routine"]))
  ]
}

extension Checker {
  /// Checks the metadata of a policy rule.
  func metadata(of view: RuleView, _ number: Int) -> RuleMetadata {
    var result = RuleMetadata()
    var keys = MetadataKeys.common
    if view.head == .instruction { keys += MetadataKeys.instruction }
    if view.head == .boundary { keys += MetadataKeys.boundary }
    var seen = SeenNames()
    for entry in view.metadata {
      guard let (name, form) = key(entry, keys, &seen), let value = entry.value else { continue }
      if name == "replaces" {
        result.replaces = replaces(value, number)
        let names = result.replaces.map { ConstantValue.text(rules[$0].name.text) }
        result.entries.append(MetadataEntry(name: name, value: .list(names)))
        continue
      }
      guard let constant = entryValue(value, form, name) else { continue }
      result.entries.append(MetadataEntry(name: name, value: constant))
      note(constant, name, value, in: &result)
    }
    if let since = result.since, let until = result.until, since > until {
      report(
        .wrongDates, "this rule ends before it begins, so it never applies",
        at: seen["until"] ?? view.span)
    }
    result.entries.sort { $0.name < $1.name }
    return result
  }

  private func key(
    _ entry: MetadataView, _ keys: [(String, MetadataValue)], _ seen: inout SeenNames
  ) -> (String, MetadataValue)? {
    guard let token = entry.name else { return nil }
    let name = entry.tree.name(of: token)
    let span = entry.tree.span(of: token)
    if let found = keys.first(where: { $0.0 == name }) {
      return noteRepeated(name, at: span, in: &seen) ? found : nil
    }
    let everything = MetadataKeys.instruction + MetadataKeys.boundary
    if let other = everything.first(where: { $0.0 == name }) {
      let kind =
        MetadataKeys.boundary.contains { $0.0 == other.0 } ? "a boundary" : "an instruction"
      report(
        .unknownMetadata, "`\(name)` belongs to \(kind), and says nothing here", at: span)
      return nil
    }
    let near = near(to: name, among: keys.map(\.0))
    report(
      .unknownMetadata, "there is no metadata `\(name)`" + suggestion(near), at: span,
      notes: near == nil ? ["There is \(ValueType.listed(keys.map(\.0).sorted()))."] : [],
      fixIts: fixIt(near, at: span))
    return nil
  }

  /// The value of one entry, or nil after a diagnostic.
  private func entryValue(
    _ value: ValueView, _ form: MetadataValue, _ name: String
  ) -> ConstantValue? {
    switch (form, value) {
    case (.words(let words), .path(let path)): return word(path, words, name)
    case (.text, .path(let path)): return .enumeration(path.joined)
    case (.text, .literal(let literal)):
      if let token = literal.token, literal.tree[token].isString {
        return .text(literal.tree.string(of: token))
      }
    case (.truth, .literal(let literal)):
      if let token = literal.token, literal.tree[token].kind == .word {
        return .bool(literal.tree[token].word == .true)
      }
    case (.share, .literal(let literal)):
      if let token = literal.token, literal.tree[token].isNumeric, literal.unit == nil {
        guard let share = decimal(token, literal.tree, isNegative: literal.isNegative) else {
          return nil
        }
        if share >= .zero, share <= .one { return .number(share) }
      }
    case (.date, .literal(let literal)):
      if let token = literal.token, [.date, .time].contains(literal.tree[token].kind) {
        guard let range = instants(token, literal.tree) else { return nil }
        return Instant(ordinal: name == "until" ? range.upper : range.lower).map { .time($0) }
      }
    default: break
    }
    report(
      .wrongMetadataValue, "`\(name)` takes \(described(form))", at: span(of: value))
    return nil
  }

  private func described(_ form: MetadataValue) -> String {
    switch form {
    case .words(let words): "one of \(ValueType.listed(words))"
    case .share: "a number from 0 to 1"
    case .date: "a date, such as `2026-12-31`, or a time"
    case .truth: "`true` or `false`"
    case .rules: "the name of a rule, or a list of names"
    case .text: "a word or a string"
    }
  }

  private func word(_ path: PathView, _ words: [String], _ name: String) -> ConstantValue? {
    if words.contains(path.joined) { return .enumeration(path.joined) }
    let near = near(to: path.joined, among: words)
    report(
      .wrongMetadataValue,
      "`\(name)` takes one of \(ValueType.listed(words)), not `\(path.joined)`"
        + suggestion(near), at: path.span, fixIts: fixIt(near, at: path.span))
    return nil
  }

  private func note(
    _ constant: ConstantValue, _ name: String, _ value: ValueView, in result: inout RuleMetadata
  ) {
    switch (name, constant) {
    case ("persistence", .enumeration(let word)): result.persistence = word
    case ("verification", .enumeration(let word)): result.verification = word
    case ("explicitness", .number(let share)): result.explicitness = share
    case ("active", .bool(let isActive)): result.isActive = isActive
    case ("since", .time(let instant)): result.since = instant
    case ("until", .time(let instant)): result.until = instant
    default: break
    }
  }

  /// The rules that a rule replaces, ascending.
  private func replaces(_ value: ValueView, _ number: Int) -> [Int] {
    var found: Set<Int> = []
    let values: [ValueView] = if case .list(let list) = value { list.elements } else { [value] }
    for value in values {
      guard case .path(let path) = value else {
        report(
          .wrongMetadataValue, "`replaces` takes \(described(.rules))", at: span(of: value))
        continue
      }
      guard let other = ruleNumber(NamePath(path), from: rules[number].package, "replaced") else {
        continue
      }
      if other == number {
        report(
          .cyclicDefinition, "`\(path.joined)` replaces itself, so it would never apply",
          at: path.span)
        continue
      }
      guard checkSeal(other, from: rules[number].package, "replaced", at: path.span) else {
        continue
      }
      found.insert(other)
    }
    return found.sorted()
  }

  /// The rule of a name, or nil after a diagnostic.
  func ruleNumber(_ path: NamePath, from package: Int, _ what: String) -> Int? {
    switch resolve(path, .rules, from: package, code: .unknownRule) {
    case .own(let number): return number
    case .threshold(let number):
      report(
        .unknownRule, "`\(path.joined)` is a threshold, and only policy rules are \(what)",
        at: path.span, secondary: [LabelledSpan(thresholds[number].span, "declared here")])
      return nil
    case nil: return nil
    }
  }

  /// Whether a package may loosen a rule; reports it when the rule is sealed against that.
  func checkSeal(_ number: Int, from package: Int, _ what: String, at span: SourceSpan) -> Bool {
    let symbol = rules[number]
    guard symbol.view.isSealed, symbol.package != package else { return true }
    report(
      .sealedRule,
      "`\(symbol.name.text)` is sealed, so it is \(what) by its own package alone", at: span,
      secondary: [LabelledSpan(symbol.span, "sealed here")])
    return false
  }

  /// The metadata of a deliberation.
  func metadata(of view: DeliberateView) -> [MetadataEntry] {
    var seen = SeenNames()
    var entries: [MetadataEntry] = []
    for entry in view.metadata {
      guard let (name, form) = key(entry, MetadataKeys.deliberation, &seen),
        let value = entry.value, let constant = entryValue(value, form, name)
      else { continue }
      entries.append(MetadataEntry(name: name, value: constant))
    }
    return entries.sorted { $0.name < $1.name }
  }
}
