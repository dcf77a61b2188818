import TractatusSource
import TractatusSyntax
import TractatusValues

/// How a constant is read.
struct ConstantReader {
  /// Whether `null` may stand for what is absent.
  var allowsNull = false
  /// Whether it stands for input, so that what is converted there is taken here too: a numeric
  /// text for a number, a single value for a list.
  var isInput = false
}

extension Checker {
  /// A constant of a type, or nil after a diagnostic.
  func constant(
    _ value: ValueView, _ type: ValueType, _ scope: Scope, _ reader: ConstantReader
  ) -> ConstantValue? {
    switch value {
    case .record(let view): return record(view, type, scope, reader)
    case .path(let path) where path.names == ["null"] && reader.allowsNull: return .null
    default: break
    }
    switch plain(value, type, scope) {
    case .failed: return nil
    case .attribute(let attribute):
      report(
        .notConstant, "`\(attribute.name)` is an attribute, and here a constant is needed",
        at: span(of: value))
      return nil
    case .word(let place):
      guard case .enumeration(let words) = type else { return nil }
      return .enumeration(words.values[place])
    case .list(let list, let inner, _): return self.list(list, type, inner, reader)
    case .literal(let literal):
      if case .list(let element) = type, reader.isInput {
        return constant(.literal(literal), element, scope, reader)
      }
      return constant(literal, type, reader)
    }
  }

  private func list(
    _ view: ListView, _ type: ValueType, _ scope: Scope, _ reader: ConstantReader
  ) -> ConstantValue? {
    guard case .list(let element) = type else {
      report(.wrongValue, "\(type.described) is needed here, and this is a list", at: view.span)
      return nil
    }
    var inner = reader
    inner.allowsNull = false
    let found = view.elements.compactMap { constant($0, element, scope, inner) }
    return found.count == view.elements.count ? .list(found) : nil
  }

  private func record(
    _ view: RecordView, _ type: ValueType, _ scope: Scope, _ reader: ConstantReader
  ) -> ConstantValue? {
    guard case .record(let fields) = type else {
      report(.wrongValue, "\(type.described) is needed here, and this is a record", at: view.span)
      return nil
    }
    var seen = SeenNames()
    var entries: [RecordEntry] = []
    var isComplete = true
    for field in view.fields {
      guard let path = field.path, let value = field.value else { continue }
      let names = NamePath(path)
      guard noteRepeated(names.joined, at: names.span, in: &seen) else { continue }
      guard let declared = fields.first(where: { $0.name == names.joined }) else {
        let near = near(to: names.joined, among: fields.map(\.name))
        report(
          .unknownField, "this record has no field `\(names.joined)`" + suggestion(near),
          at: names.span, fixIts: fixIt(near, at: names.span))
        isComplete = false
        continue
      }
      var inner = reader
      inner.allowsNull = declared.isOptional
      guard let constant = constant(value, declared.type, scope, inner) else {
        isComplete = false
        continue
      }
      entries.append(RecordEntry(name: declared.name, value: constant))
    }
    // After a misspelt field this one is likely the one that was meant.
    for field in fields where isComplete && !field.isOptional && seen[field.name] == nil {
      report(.incompleteExample, "this record lacks its field `\(field.name)`", at: view.span)
      isComplete = false
    }
    return isComplete ? .record(entries.sorted { $0.name < $1.name }) : nil
  }

  private func constant(
    _ literal: LiteralView, _ type: ValueType, _ reader: ConstantReader
  ) -> ConstantValue? {
    guard let token = literal.token else { return nil }
    let tree = literal.tree
    switch type {
    case .bool: return ordinals(of: literal, type).map { .bool($0.lower == 1) }
    case .int, .number:
      if tree[token].isString, reader.isInput { return numericText(literal, token, type) }
      guard let range = ordinals(of: literal, type), let number = Decimal(raw: range.lower) else {
        return nil
      }
      return isInBounds(number, type, at: literal.span) ? .number(number) : nil
    case .time:
      guard let range = ordinals(of: literal, type) else { return nil }
      guard tree[token].kind == .time, let instant = Instant(ordinal: range.lower) else {
        report(
          .wrongValue, "a date is a whole day, and here a point in time is needed",
          at: literal.span, notes: ["Write `\(tree.text(of: token))T00:00:00Z`."])
        return nil
      }
      return isInBounds(range, type, at: literal.span) ? .time(instant) : nil
    case .text, .command, .path, .url, .host:
      if tree[token].isString { return .text(tree.string(of: token)) }
    case .enumeration(let words):
      if tree[token].isString, reader.isInput, words.values.contains(tree.string(of: token)) {
        return .enumeration(tree.string(of: token))
      }
    case .list, .record: break
    }
    reportWrongValue(literal, type)
    return nil
  }

  /// A text that is converted to a number, as it is in input; it stays as written.
  private func numericText(
    _ literal: LiteralView, _ token: TokenID, _ type: ValueType
  ) -> ConstantValue? {
    let text = literal.tree.string(of: token)
    let bytes = Array(text.utf8)
    guard let number = Decimal(canonical: bytes.span) else {
      report(
        .wrongValue,
        "\(type.described) is needed here, and this text is not the canonical spelling of one",
        at: literal.span)
      return nil
    }
    return isInBounds(number, type, at: literal.span) ? .text(text) : nil
  }

  private func isInBounds(_ number: Decimal, _ type: ValueType, at span: SourceSpan) -> Bool {
    if case .int = type, !number.isIntegral {
      report(.outOfBounds, "an integer is needed here, and \(number) has a fraction", at: span)
      return false
    }
    return isInBounds(OrdinalRange(number.raw, number.raw), type, at: span)
  }

  private func isInBounds(_ range: OrdinalRange, _ type: ValueType, at span: SourceSpan) -> Bool {
    guard let bounds = type.boundOrdinals,
      range.lower < bounds.lower || range.upper > bounds.upper
    else { return true }
    report(
      .outOfBounds, "this lies outside the bounds of its type, so no action can have it", at: span)
    return false
  }
}
