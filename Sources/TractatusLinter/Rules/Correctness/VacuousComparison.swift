import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

extension LintRule {
  /// `vacuous-comparison`.
  static let vacuousComparison = LintRule(
    106, "vacuous-comparison", .error,
    "A comparison that every value of the type passes, or none.",
    why: """
      The bounds of the type already say it, so the test decides nothing, or the clause never fires. Often a limit is \
      in another unit than the attribute.
      """,
    avoid: """
      rule ports "Ports are in range" {
          on deploy
          deny when port > 65_535 because "There is no such port."
      }
      """,
    prefer: """
      rule ports "Ports are in range" {
          on deploy
          deny when port > 49_151 because "The port is for the machine to give."
      }
      """,
    needsCheck: true
  ) { run in
    for file in run.files {
      for view in file.views(.comparisonTest, ComparisonTestView.self) {
        guard let bounds = bounds(ofTest: view.id, run, file), let sign = view.operation,
          case .literal(let literal)? = view.value, let value = literal.decimal
        else { continue }
        guard let outcome = outcome(file.tree[sign].kind, value, bounds) else { continue }
        let text = file.tree.normalisedText(of: view.id)
        run.report(
          outcome
            ? "every value passes `\(text)`, for its type \(bounds.text)"
            : "no value passes `\(text)`, for its type \(bounds.text)", at: view.span)
      }
    }
  }

  private struct Bounds {
    var lower: Decimal?
    var upper: Decimal?

    var text: String {
      switch (lower, upper) {
      case (let lower?, let upper?): "lies in \(lower)..\(upper)"
      case (let lower?, nil): "begins at \(lower)"
      case (nil, let upper?): "ends at \(upper)"
      case (nil, nil): "has no bounds"
      }
    }
  }

  private static func bounds(ofTest node: NodeID, _ run: LintRun, _ file: LintFile) -> Bounds? {
    guard let parent = file.tree.parent(of: node) else { return nil }
    if CountConditionView(file.tree, parent) != nil { return Bounds(lower: Decimal(0)) }
    guard let path = file.tree.attributePath(ofTest: node) else { return nil }
    switch path.names.first {
    case "session": return Bounds(lower: Decimal(0))
    case "scores": return Bounds(lower: Decimal(0), upper: Decimal(1))
    default: break
    }
    switch run.scopes.attribute(path, file)?.type {
    case .int(let bounds), .number(let bounds):
      if bounds.lower == nil, bounds.upper == nil { return nil }
      return Bounds(lower: bounds.lower, upper: bounds.upper)
    default: return nil
    }
  }

  /// True where every value within the bounds passes, false where none does, nil where some do.
  private static func outcome(_ sign: TokenKind, _ value: Decimal, _ bounds: Bounds) -> Bool? {
    let isBelow = bounds.lower.map { value < $0 } ?? false
    let isAbove = bounds.upper.map { value > $0 } ?? false
    let isLowest = bounds.lower == value
    let isHighest = bounds.upper == value
    switch sign {
    case .less: return isAbove ? true : isBelow || isLowest ? false : nil
    case .lessEqual: return isAbove || isHighest ? true : isBelow ? false : nil
    case .greater: return isBelow ? true : isAbove || isHighest ? false : nil
    case .greaterEqual: return isBelow || isLowest ? true : isAbove ? false : nil
    case .equalEqual: return isBelow || isAbove ? false : nil
    case .bangEqual: return isBelow || isAbove ? true : nil
    default: return nil
    }
  }
}

extension LiteralView {
  /// The number or percentage that it spells.
  var decimal: Decimal? {
    guard unit == nil, let token, tree[token].isNumeric else { return nil }
    var bytes = tree.bytes(of: token).filter { $0 != UInt8(ascii: "_") }
    let isPercent = bytes.last == UInt8(ascii: "%")
    if isPercent { bytes.removeLast() }
    if isNegative { bytes.insert(UInt8(ascii: "-"), at: 0) }
    guard let value = try? Decimal(literal: bytes.span) else { return nil }
    return isPercent ? Decimal(raw: value.raw / 100) : value
  }
}
