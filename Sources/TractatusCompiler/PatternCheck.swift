import TractatusPatterns
import TractatusSemantics
import TractatusSource
import TractatusSyntax

/// Finds the patterns of a policy that no automaton can be built from.
///
/// Regular expressions are looked up in the sources, because their place inside the literal is to
/// be shown; every other pattern is reported at the clause that it stands in.
struct PatternCheck {
  private(set) var diagnostics: [Diagnostic] = []
  /// The patterns that are right, for the assembler.
  private(set) var parsed = ParsedPatterns()
  /// The patterns that were reported.
  private var reported: [TextPattern] = []

  /// The files whose patterns are known to be right.
  private var right: Set<SourceID> = []

  /// Checks every pattern of `files` and `policy`; linear in their size and that of the automata.
  ///
  /// - Parameters:
  ///   - extent: for decisions alone the patterns of built-in packages are not looked at: they are
  ///     part of this program, and its tests check them.
  ///   - memory: what an earlier check left.
  static func check(
    _ files: [ParsedFile], _ policy: CheckedPolicy, extent: CheckExtent = .everything,
    memory: CheckMemory? = nil
  ) -> PatternCheck {
    var check = PatternCheck()
    if let memory { check.parsed = memory.patterns }
    defer { memory?.patterns = check.parsed.kept }
    for file in files {
      if extent == .decisions, file.isBuiltIn {
        check.right.insert(file.source.id)
      } else {
        check.checkExpressions(of: file.tree)
      }
    }
    check.checkPatterns(of: policy)
    return check
  }

  // MARK: Regular expressions

  private mutating func checkExpressions(of tree: SyntaxTree) {
    var extractions: [Bool]?
    for (index, found) in tree.tokens.enumerated() where found.kind == .regularExpression {
      let token = TokenID(rawValue: UInt32(clamping: index))
      let (text, flags) = tree.regularExpression(of: token)
      let bytes = Array(text.utf8)
      let pattern = Pattern(
        .regularExpression, bytes, ignoringCase: flags.utf8.contains(UInt8(ascii: "i")),
        dotMatchesNewline: flags.utf8.contains(UInt8(ascii: "s")))
      let isExtraction = extractions ?? extractionTokens(of: tree)
      extractions = isExtraction
      if let problem = parsed.problem(of: pattern) {
        report(problem, text: text, at: Self.span(of: problem, in: token, of: tree))
      } else if isExtraction[index] {
        checkExtraction(pattern, text: text, at: tree.span(of: token))
      }
    }
  }

  /// Which tokens are expressions that fill parameters, which need a group.
  private func extractionTokens(of tree: SyntaxTree) -> [Bool] {
    var isExtraction = [Bool](repeating: false, count: tree.tokens.count)
    for index in 0..<tree.nodeCount {
      let node = NodeID(rawValue: UInt32(clamping: index))
      if let view = ExtractView(tree, node), let token = view.pattern {
        isExtraction[Int(token.rawValue)] = true
      }
    }
    return isExtraction
  }

  private mutating func checkExtraction(_ pattern: Pattern, text: String, at span: SourceSpan) {
    guard let problem = parsed.problem(ofExtraction: pattern) else { return }
    if problem.kind == .noGroup {
      diagnostics.append(
        Diagnostic(
          .extractionWithoutGroup,
          "`\(text)` has no group, and what the first group matches is what is extracted",
          at: span))
    } else {
      report(problem, text: text, at: span)
    }
  }

  /// The scalar inside the literal that a problem speaks of; the literal where there is none.
  private static func span(
    of problem: PatternError, in token: TokenID, of tree: SyntaxTree
  ) -> SourceSpan {
    let whole = tree.span(of: token)
    let bytes = tree.source.bytes
    // `\/` of the literal is one byte of the expression.
    var place = Int(whole.start) + 1
    var offset = 0
    let end = min(Int(whole.end), bytes.count)
    while offset < problem.offset, place < end {
      if bytes[place] == UInt8(ascii: "\\"), place + 1 < end,
        bytes[place + 1] == UInt8(ascii: "/")
      {
        place += 1
      }
      place += 1
      offset += 1
    }
    guard place < end else { return whole }
    var after = place + 1
    while after < end, bytes[after] & 0xC0 == 0x80 { after += 1 }
    return SourceSpan(
      source: whole.source, start: UInt32(clamping: place), end: UInt32(clamping: after))
  }

  private mutating func report(_ problem: PatternError, text: String, at span: SourceSpan) {
    switch problem.kind {
    case .tooLarge, .tooDeep:
      diagnostics.append(Diagnostic(.patternTooLarge, problem.message, at: span))
    default:
      diagnostics.append(Diagnostic(.invalidRegularExpression, problem.message, at: span))
    }
  }

  // MARK: Globs and words

  private mutating func checkPatterns(of policy: CheckedPolicy) {
    for rule in policy.rules where isAsked(rule.span) {
      check(rule.guardCondition, at: rule.span)
      for clause in rule.clauses { check(clause.condition, at: clause.span) }
    }
    for threshold in policy.thresholds where isAsked(threshold.span) {
      check(threshold.guardCondition, at: threshold.span)
      for point in threshold.points { check(point.condition, at: threshold.span) }
    }
    for classification in policy.classifications where isAsked(classification.span) {
      for pattern in classification.patterns { check(pattern, at: classification.span) }
    }
    for reading in policy.readings where isAsked(reading.span) {
      check(reading.condition, at: reading.span)
    }
    for mapping in policy.actionMappings where isAsked(mapping.span) {
      check(mapping.condition, at: mapping.span)
    }
    for waiver in policy.waivers where isAsked(waiver.span) {
      check(waiver.condition, at: waiver.span)
    }
    for claim in policy.proofs.lazy.flatMap(\.claims) where isAsked(claim.span) {
      check(claim.condition, at: claim.span)
    }
  }

  private func isAsked(_ span: SourceSpan) -> Bool { !right.contains(span.source) }

  private mutating func check(_ condition: Condition, at span: SourceSpan) {
    switch condition {
    case .constant: break
    case .not(let inner): check(inner, at: span)
    case .and(let parts), .or(let parts): for part in parts { check(part, at: span) }
    case .quantified(let quantified): check(quantified.condition, at: span)
    case .test(let test):
      switch test.predicate {
      case .matches(let patterns): for pattern in patterns { check(pattern, at: span) }
      case .command(let command):
        for pattern in command.targetPatterns { check(pattern, at: span) }
      default: break
      }
    }
  }

  private mutating func check(_ pattern: TextPattern, at span: SourceSpan) {
    switch pattern.kind {
    // Any text can be looked for, and a regular expression is reported where it stands.
    case .contains, .startsWith, .endsWith, .regularExpression: return
    case .glob, .pathGlob, .mentions: break
    }
    guard let problem = parsed.problem(of: Pattern(pattern)), !reported.contains(pattern) else {
      return
    }
    reported.append(pattern)
    let isTooLarge = problem.kind == .tooLarge || problem.kind == .tooDeep
    diagnostics.append(
      Diagnostic(
        isTooLarge ? .patternTooLarge : .invalidPattern,
        "`\(pattern.text)`: \(problem.message)", at: span))
  }
}

extension CommandTest {
  /// What operands, arguments or the effect's target are matched with.
  fileprivate var targetPatterns: [TextPattern] {
    let targets: [TargetTest] =
      switch self {
      case .runs(let runs): runs.targets
      case .effect(let effect): [effect.target, effect.value].compactMap(\.self)
      case .isOpaque, .isUndeclared, .pipes: []
      }
    return targets.flatMap { target -> [TextPattern] in
      guard case .matches(let patterns) = target.kind else { return [] }
      return patterns
    }
  }
}
