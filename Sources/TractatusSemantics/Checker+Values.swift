import TractatusSource
import TractatusSyntax
import TractatusValues

/// The right side of an operator: constants of one form, or an attribute.
enum RightSide<Value> {
  case constant(Value)
  case attribute(Attribute)
  /// Nothing; that was reported.
  case failed

  func map<Other>(_ transform: (Value) -> Other) -> RightSide<Other> {
    switch self {
    case .constant(let value): .constant(transform(value))
    case .attribute(let attribute): .attribute(attribute)
    case .failed: .failed
    }
  }
}

/// A value with the names of constants followed.
enum PlainValue {
  case literal(LiteralView)
  case list(ListView, Scope, constant: Int?)
  /// A word of the enumeration that was expected.
  case word(Int)
  case attribute(Attribute)
  case failed
}

extension Checker {
  /// Follows the names of constants to a value.
  func plain(_ value: ValueView, _ type: ValueType?, _ scope: Scope) -> PlainValue {
    var (value, scope, constant) = (value, scope, Int?.none)
    // A circle is reported where the constants are declared.
    for _ in 0...DeclarationLimits.letDepth {
      switch value {
      case .literal(let literal): return .literal(literal)
      case .list(let list): return .list(list, scope, constant: constant)
      case .record(let record):
        report(.wrongValue, "a record is no value to compare with", at: record.span)
        return .failed
      case .path(let path):
        let names = NamePath(path)
        if names.names.count == 1, case .enumeration(let words)? = type,
          let place = words.values.firstIndex(of: names.first)
        {
          return .word(place)
        }
        guard !isUnknownWord(names, type, scope) else { return .failed }
        switch meaning(of: names, scope) {
        case .failed: return .failed
        case .attribute(let attribute): return .attribute(attribute)
        case .constant(let number):
          guard let next = constantValue(number, at: names.span) else { return .failed }
          (value, constant) = (next, number)
          scope = Scope(package: lets[number].package, parameters: .roots)
        }
      }
    }
    return .failed
  }

  /// Reports a bare name that is neither a word of the enumeration nor anything else, or `null`.
  private func isUnknownWord(_ names: NamePath, _ type: ValueType?, _ scope: Scope) -> Bool {
    guard names.names.count == 1, !isKnown(names.first, scope) else { return false }
    if names.first == "null" {
      report(
        .wrongValue, "`null` is no value; whether an attribute is there is tested by `has`",
        at: names.span)
      return true
    }
    guard case .enumeration(let words)? = type else { return false }
    let near = near(
      to: names.first, among: words.values + visibleNames(.values, from: scope.package))
    report(
      .notAWord, "`\(names.first)` is not \(type?.described ?? "a word")" + suggestion(near),
      at: names.span,
      notes: near == nil ? ["Its words are \(ValueType.listed(words.values))."] : [],
      fixIts: fixIt(near, at: names.span))
    return true
  }

  private func isKnown(_ name: String, _ scope: Scope) -> Bool {
    if scope.parameter(name) != nil || Roots.names.contains(name) { return true }
    if scope.variables.contains(where: { $0.name == name }) { return true }
    if case .nothing = find([name], .values, from: scope.package) {
      return isComponent(name, from: scope.package)
    }
    return true
  }

  /// The value of a `let`, or nil where it has none or is broken.
  private func constantValue(_ number: Int, at span: SourceSpan) -> ValueView? {
    guard !lets[number].isBroken else { return nil }
    guard !lets[number].isCondition, let value = lets[number].view.value else {
      if lets[number].isCondition {
        report(
          .notConstant, "`\(lets[number].name)` is a named condition, and here a value is needed",
          at: span)
      }
      return nil
    }
    return value
  }

  // MARK: Ordinals

  /// The ordinals of a constant of a scalar type, or of each in a list.
  func ordinals(
    _ value: ValueView, _ type: ValueType, _ scope: Scope, allowsList: Bool
  ) -> RightSide<[OrdinalRange]> {
    switch plain(value, type, scope) {
    case .failed: return .failed
    case .attribute(let attribute): return .attribute(attribute)
    case .word(let place): return .constant([OrdinalRange(Int128(place), Int128(place))])
    case .literal(let literal):
      return ordinals(of: literal, type).map { .constant([$0]) } ?? .failed
    case .list(let list, let inner, let constant):
      guard allowsList else { return reportList(value) }
      let key = constant.map { ConstantKey(constant: $0, type: type) }
      if let key, let known = constantCache[key] { return .constant(known) }
      var found: [OrdinalRange] = []
      var isComplete = true
      for element in list.elements {
        switch ordinals(element, type, inner, allowsList: false) {
        case .constant(let ranges): found += ranges
        case .attribute(let attribute):
          reportAttributeInList(attribute, element)
          isComplete = false
        case .failed: isComplete = false
        }
      }
      guard isComplete else { return .failed }
      let ranges = RangeSet.normalised(found)
      if let key { constantCache[key] = ranges }
      return .constant(ranges)
    }
  }

  func reportList<Value>(_ value: ValueView) -> RightSide<Value> {
    report(
      .wrongValue, "one value is needed here and this is a list; `in` tests whether a list has it",
      at: span(of: value))
    return .failed
  }

  func reportAttributeInList(_ attribute: Attribute, _ element: ValueView) {
    report(
      .notConstant, "`\(attribute.name)` is an attribute, and a list holds constants alone",
      at: span(of: element))
  }

  /// The span of a value.
  func span(of value: ValueView) -> SourceSpan {
    switch value {
    case .literal(let view): view.span
    case .list(let view): view.span
    case .record(let view): view.span
    case .path(let view): view.span
    }
  }

  /// The ordinals that a constant covers on the scale of a type, or nil after a diagnostic.
  func ordinals(of literal: LiteralView, _ type: ValueType) -> OrdinalRange? {
    guard let token = literal.token else { return nil }
    let tree = literal.tree
    switch (type, tree[token].kind) {
    case (.int, .number), (.number, .number), (.int, .percent), (.number, .percent):
      guard literal.unit == nil else { break }
      return decimal(token, tree, isNegative: literal.isNegative).map {
        OrdinalRange($0.raw, $0.raw)
      }
    case (.time, .date), (.time, .time): return instants(token, tree)
    case (.bool, .word):
      let place: Int128 = tree[token].word == .true ? 1 : 0
      return OrdinalRange(place, place)
    default: break
    }
    reportWrongValue(literal, type)
    return nil
  }

  /// Says that a constant is of another type than it should be.
  func reportWrongValue(_ literal: LiteralView, _ type: ValueType, needed: String? = nil) {
    guard let token = literal.token else { return }
    let kind = literal.tree[token].kind
    var fixIts: [FixIt] = []
    var hint = ""
    if case .enumeration(let words) = type, kind == .string {
      let word = literal.tree.string(of: token)
      let begun = words.values.filter { !word.isEmpty && $0.hasPrefix(word) }
      if words.values.contains(word) {
        fixIts = [FixIt("write the word", replacing: literal.span, with: word)]
      } else if let near = begun.count == 1 ? begun[0] : near(to: word, among: words.values) {
        (hint, fixIts) = (suggestion(near), fixIt(near, at: literal.span))
      }
    }
    report(
      .wrongValue,
      "\(needed ?? type.described) is needed here, and this is \(described(literal))" + hint,
      at: literal.span, fixIts: fixIts + fixItForExpression(literal, token, needed))
  }

  /// What a needed regular expression is called in a message.
  static let neededExpression = "a regular expression, `/…/`,"

  /// The fix-it that makes a string an expression.
  private func fixItForExpression(
    _ literal: LiteralView, _ token: TokenID, _ needed: String?
  ) -> [FixIt] {
    guard needed == Self.neededExpression, literal.tree[token].kind == .string else { return [] }
    let text = literal.tree.string(of: token)
    guard !text.isEmpty, !text.utf8.contains(0x0A) else { return [] }
    var pattern = "/"
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == "/", !isEscaped { pattern += "\\" }
      pattern.unicodeScalars.append(scalar)
      isEscaped = scalar == "\\" && !isEscaped
    }
    return [
      FixIt("write it between slashes", replacing: literal.span, with: pattern + "/")
    ]
  }

  private func described(_ literal: LiteralView) -> String {
    guard let token = literal.token else { return "no value" }
    if literal.unit != nil { return "an amount" }
    let kind = literal.tree[token].kind
    return kind == .word ? "a truth value" : kind.described
  }

  // MARK: Texts

  /// A string, or each in a list, ascending and once.
  func texts(
    _ value: ValueView, _ type: ValueType, _ scope: Scope, allowsList: Bool
  ) -> RightSide<[String]> {
    let found = terms(value, type, scope, allowsList: allowsList) { literal, token -> String? in
      guard literal.tree[token].isString else { return nil }
      return literal.tree.string(of: token)
    }
    return found.map { TextBytes.sortedUnique($0) }
  }

  /// A string of a path or host that is compared with the forms of one, or each in a list,
  /// ascending and once.
  func formTexts(
    _ value: ValueView, _ type: ValueType, _ scope: Scope, allowsList: Bool
  ) -> RightSide<[String]> {
    let found = terms(value, type, scope, allowsList: allowsList) { literal, token -> String? in
      guard literal.tree[token].isString else { return nil }
      let text = literal.tree.string(of: token)
      if type == .path, Self.leavesHome(text) {
        self.report(
          .unnormalised, "no path is equal to this: nobody knows what lies above a home directory",
          at: literal.span, notes: ["Name the directory itself, as `/home` is one."])
      } else if let normal = normal(text, type), normal != text {
        self.report(
          .unnormalised,
          type == .path
            ? "no path is equal to this: `.`, `..`, `//` and a `/` at the end are taken out"
            : "no host is equal to this: it is compared in lower case, without a dot at the end",
          at: literal.span,
          fixIts: [FixIt("write `\(normal)`", replacing: literal.span, with: "\"\(normal)\"")])
      }
      return text
    }
    return found.map { TextBytes.sortedUnique($0) }
  }

  /// How a path or host is spelt once it is normalised, as far as that needs no directory; nil for
  /// another type, and for what could not stand in a string as it is.
  private func normal(_ text: String, _ type: ValueType) -> String? {
    guard !text.isEmpty,
      !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7B })
    else { return nil }
    switch type {
    case .host:
      let lower = String(
        decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
      return lower.utf8.count > 1 && lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    case .path:
      var parts: [Substring] = []
      let isAbsolute = text.hasPrefix("/")
      if text == "$HOME" || text.hasPrefix("$HOME/") {
        return normal("~" + text.dropFirst(5), type)
      }
      for part in text.split(separator: "/") where part != "." {
        if part != ".." || parts.last == ".." {
          parts.append(part)
        } else if !parts.isEmpty {
          parts.removeLast()
        } else if !isAbsolute {
          parts.append(part)
        }
      }
      let joined = parts.joined(separator: "/")
      if isAbsolute { return "/" + joined }
      return joined.isEmpty ? "." : joined
    default: return nil
    }
  }

  /// Whether a path begins at a home directory and goes on above it.
  private static func leavesHome(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, first.hasPrefix("~") || first == "$HOME" else { return false }
    var depth = 0
    for part in parts.dropFirst() where !part.isEmpty && part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return true }
    }
    return false
  }

  /// What `read` makes of a constant, or of each in a list; nil from `read` is a wrong constant.
  func terms<Term>(
    _ value: ValueView, _ type: ValueType, _ scope: Scope, allowsList: Bool,
    needed: String? = nil, _ read: (LiteralView, TokenID) -> Term?
  ) -> RightSide<[Term]> {
    switch plain(value, type, scope) {
    case .failed, .word: return .failed
    case .attribute(let attribute): return .attribute(attribute)
    case .literal(let literal):
      guard let token = literal.token else { return .failed }
      if let term = read(literal, token) { return .constant([term]) }
      reportWrongValue(literal, type, needed: needed)
      return .failed
    case .list(let list, let inner, _):
      guard allowsList else { return reportList(value) }
      var found: [Term] = []
      var isComplete = true
      for element in list.elements {
        switch terms(element, type, inner, allowsList: false, needed: needed, read) {
        case .constant(let more): found += more
        case .attribute(let attribute):
          reportAttributeInList(attribute, element)
          isComplete = false
        case .failed: isComplete = false
        }
      }
      return isComplete ? .constant(found) : .failed
    }
  }
}
