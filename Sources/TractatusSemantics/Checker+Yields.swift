import TractatusSource
import TractatusSyntax

extension Checker {
  /// Checks what a program is declared to print.
  func programYield(_ view: ProgramEffectView) -> ProgramEffect? {
    var yield = ProgramEffect(effect: .yields, target: .argument)
    yield.isJoined = view.isBelow || view.isNumbers
    switch view.target {
    case _ where view.isAnything || view.isNumbers: break
    case _ where view.isNamed: yield.isExtended = true
    case _ where view.pattern != nil:
      guard let pattern = view.pattern else { return nil }
      let text = view.tree.string(of: pattern)
      if let problem = Self.problem(ofYield: text) {
        report(.wrongEffect, problem, at: view.tree.span(of: pattern))
        return nil
      }
      yield.target = .after(text)
      yield.isExtended = view.isWithoutOperands
    case .operands: yield.target = .operands
    case .first: yield.target = .firstOperand
    case .last: yield.target = .lastOperand
    case .other: yield.target = .otherOperands
    case .cwd: yield.target = .cwd
    case .input where !view.isBelow: yield.target = .input
    default:
      // The parser has said what is missing, but for what lies below nothing or the input.
      guard view.isBelow else { return nil }
      report(
        .wrongEffect, "what is printed lies below `cwd` or `operands`", at: view.span)
      return nil
    }
    if view.isJoined || view.isExtended {
      report(.wrongEffect, "`joined` and `extended` are of `executes`", at: view.span)
      return nil
    }
    return yield
  }

  /// Why a pattern cannot say what every word is that a program prints, or nil.
  private static func problem(ofYield pattern: String) -> String? {
    let bytes = Array(pattern.utf8)
    if bytes.isEmpty { return "no word that is printed is empty" }
    if bytes.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\\") }) {
      return "a word that is printed has no blank, and its pattern no `\\`"
    }
    if pattern.contains("]+") {
      let isClass =
        bytes.count > 3 && bytes[0] == UInt8(ascii: "[") && bytes.last == UInt8(ascii: "+")
        && bytes[2...].firstIndex(of: UInt8(ascii: "]")) == bytes.count - 2
        && bytes[1] != UInt8(ascii: "!") && bytes[1] != UInt8(ascii: "^")
      return isClass
        ? nil : "a `+` stands behind a class that is all of the pattern, as `[0-9a-f]+`"
    }
    // Between quotes several words are one text, of which the pattern must hold as well.
    let hasNames = pattern.contains("**")
    let isOpen = hasNames || pattern.contains("*") && !bytes.contains(UInt8(ascii: "/"))
    if !isOpen {
      return "between quotes several words are one, so a pattern has a `*`, and `**` beside a `/`"
    }
    if bytes.last != UInt8(ascii: "*") {
      return "between quotes several words are one, so a pattern ends in `*`"
    }
    return nil
  }
}
