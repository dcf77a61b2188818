import TractatusSource
import TractatusSyntax
import TractatusValues

extension Checker {
  /// The number of a token; nil where the lexer has reported it.
  func decimal(_ token: TokenID, _ tree: SyntaxTree, isNegative: Bool = false) -> Decimal? {
    let bytes = Array(tree.bytes(of: token))
    guard let number = try? Decimal(literal: bytes.span) else { return nil }
    return isNegative ? number.negated : number
  }

  /// The instants of a date, its whole day, or of a time; nil where the lexer has reported it.
  func instants(_ token: TokenID, _ tree: SyntaxTree) -> OrdinalRange? {
    let bytes = Array(tree.bytes(of: token))
    if tree[token].kind == .date {
      guard let date = CalendarDate(bytes.span) else { return nil }
      return OrdinalRange(date.firstInstant.ordinal, date.lastInstant.ordinal)
    }
    guard let instant = Instant(bytes.span) else { return nil }
    return OrdinalRange(instant.ordinal, instant.ordinal)
  }

  /// The windows of amounts, or nil after a diagnostic.
  func windows(_ amounts: [AmountView]) -> [Window]? {
    var found: [Window] = []
    for amount in amounts {
      guard let window = window(amount) else { return nil }
      found.append(window)
    }
    return found.isEmpty ? nil : found
  }

  /// The window of an amount, or nil after a diagnostic.
  func window(_ amount: AmountView) -> Window? {
    guard let token = amount.number, let unit = amount.unit,
      let word = amount.tree[unit].word, let number = decimal(token, amount.tree)
    else { return nil }
    let kind: Window.Unit
    let factor: Int64
    switch word {
    case .message, .messages: (kind, factor) = (.messages, 1)
    case .token, .tokens: (kind, factor) = (.tokens, 1)
    case .call, .calls:
      report(
        .wrongUnit, "`calls` measure what came before, not an age; write messages, tokens or time",
        at: amount.tree.span(of: unit))
      return nil
    default: (kind, factor) = (.time, Self.seconds(of: word) * 1_000_000_000)
    }
    guard let scale = Decimal(exactly: Int(factor)), let product = number.multiplied(by: scale),
      let integer = product.integer
    else {
      report(
        .wrongUnit,
        number.isIntegral
          ? "this amount is too large" : "this amount is no whole number of its unit",
        at: amount.span)
      return nil
    }
    return Window(unit: kind, amount: Int64(integer))
  }

  private static func seconds(of unit: Word) -> Int64 {
    switch unit {
    case .minute, .minutes: 60
    case .hour, .hours: 3600
    case .day, .days: 86_400
    case .week, .weeks: 604_800
    default: 1
    }
  }
}
