import TractatusPatterns
import TractatusSemantics
import TractatusSource

/// Finds out whether conditions can hold together, as far as tests of one attribute against
/// constants decide it.
struct Conjunction {
  /// The attribute's tests so far.
  private struct Tests {
    var operand: Operand
    /// What of the scale is left by the positive tests; nil without one.
    var ranges: [OrdinalRange]?
    var excludedRanges: [OrdinalRange] = []
    /// The texts that are left by the positive tests; nil without one.
    var texts: [String]?
    var excludedTexts: [String] = []
    /// Lists of patterns, of each of which one must pass.
    var patterns: [[TextPattern]] = []
    var excludedPatterns: [TextPattern] = []
    var isPresent = false
    var isAbsent = false

    var hasPositive: Bool { isPresent || ranges != nil || texts != nil || !patterns.isEmpty }
  }

  /// Most parts that are looked at together.
  private static let partLimit = 64
  /// Most pairs of patterns that are compared.
  private static let pairLimit = 16

  /// An attribute of which no value passes all of `parts`; nil where there is none for certain.
  static func contradiction(in parts: [Condition]) -> Operand? {
    var tests: [Tests] = []
    var pending = Array(parts.reversed())
    var count = 0
    while let part = pending.popLast() {
      count += 1
      if count > partLimit { return nil }
      switch part {
      case .and(let inner): pending += inner.reversed()
      case .test(let test): add(test, isNegated: false, to: &tests)
      case .not(.test(let test)): add(test, isNegated: true, to: &tests)
      case .not(.or(let inner)): pending += inner.map { Condition.not($0) }
      case .not(.not(let inner)): pending.append(inner)
      case .constant, .or, .not, .quantified: continue
      }
    }
    return tests.first(where: isContradictory)?.operand
  }

  private static func add(_ test: Test, isNegated: Bool, to tests: inout [Tests]) {
    let place: Int
    if let known = tests.firstIndex(where: { $0.operand == test.operand }) {
      place = known
    } else {
      place = tests.count
      tests.append(Tests(operand: test.operand))
    }
    // Of a path, a host or a command several forms are tested, of which each may pass another test.
    let isPlainText = test.operand.type == .text
    switch test.predicate {
    case .present:
      if isNegated { tests[place].isAbsent = true } else { tests[place].isPresent = true }
    case .inRanges(let ranges):
      if isNegated {
        tests[place].excludedRanges += ranges
      } else {
        tests[place].ranges = tests[place].ranges.map { intersection($0, ranges) } ?? ranges
      }
    case .equalsText(let texts) where isPlainText:
      if isNegated {
        tests[place].excludedTexts += texts
      } else if let known = tests[place].texts {
        tests[place].texts = known.filter { one in
          texts.contains { TextBytes($0) == TextBytes(one) }
        }
      } else {
        tests[place].texts = texts
      }
    case .matches(let patterns) where isPlainText:
      if isNegated {
        tests[place].excludedPatterns += patterns
      } else {
        tests[place].patterns.append(patterns)
      }
    default: return
    }
  }

  private static func isContradictory(_ tests: Tests) -> Bool {
    if tests.isAbsent, tests.hasPositive { return true }
    if let ranges = tests.ranges, without(tests.excludedRanges, ranges).isEmpty { return true }
    if let texts = tests.texts, texts.allSatisfy({ isExcluded($0, tests) }) { return true }
    guard tests.texts == nil, tests.patterns.count > 1 else { return false }
    for (index, first) in tests.patterns.enumerated() {
      for second in tests.patterns[(index + 1)...] where excludeEachOther(first, second) {
        return true
      }
    }
    return false
  }

  private static func isExcluded(_ text: String, _ tests: Tests) -> Bool {
    if tests.excludedTexts.contains(where: { TextBytes($0) == TextBytes(text) }) { return true }
    let exact = Pattern(.equals, Array(text.utf8))
    return tests.patterns.prefix(pairLimit).contains { patterns in
      patterns.count <= pairLimit && patterns.allSatisfy { Pattern($0).meets(exact) == false }
    } || tests.excludedPatterns.prefix(pairLimit).contains { Pattern($0).meets(exact) == true }
  }

  private static func excludeEachOther(_ first: [TextPattern], _ second: [TextPattern]) -> Bool {
    guard first.count * second.count <= pairLimit else { return false }
    return first.allSatisfy { one in
      second.allSatisfy { Pattern(one).meets(Pattern($0)) == false }
    }
  }

  private static func intersection(
    _ left: [OrdinalRange], _ right: [OrdinalRange]
  ) -> [OrdinalRange] {
    var result: [OrdinalRange] = []
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let lower = max(left[i].lower, right[j].lower)
      let upper = min(left[i].upper, right[j].upper)
      if lower <= upper { result.append(OrdinalRange(lower, upper)) }
      if left[i].upper < right[j].upper { i += 1 } else { j += 1 }
    }
    return result
  }

  private static func without(
    _ excluded: [OrdinalRange], _ ranges: [OrdinalRange]
  ) -> [OrdinalRange] {
    var result = ranges
    for range in excluded {
      result = result.flatMap { one -> [OrdinalRange] in
        if range.upper < one.lower || one.upper < range.lower { return [one] }
        var rest: [OrdinalRange] = []
        if one.lower < range.lower { rest.append(OrdinalRange(one.lower, range.lower - 1)) }
        if range.upper < one.upper { rest.append(OrdinalRange(range.upper + 1, one.upper)) }
        return rest
      }
    }
    return result
  }
}

extension Operand {
  /// The attribute as a policy names it.
  func name(in policy: CheckedPolicy) -> String {
    switch reference {
    case .parameter(let name, let fields): ([name] + fields).joined(separator: ".")
    case .element(_, let fields): (["the element"] + fields).joined(separator: ".")
    case .actionType: "action.type"
    case .actionTool: "action.tool"
    case .description: "description"
    case .project: "project"
    case .cwd: "cwd"
    case .at: "at"
    case .session(let name): "session.\(name)"
    case .score(let name): "scores.\(name)"
    case .reasoning(let name): "reasoning.\(name)"
    case .fact(let name, let fields): (["facts", name] + fields).joined(separator: ".")
    case .actorID: "actor.id"
    case .actorRole: "actor.role"
    case .component(let name): name
    case .level(let id): policy.thresholds[Int(id.index)].name.name
    case .thresholdScore(let id): policy.thresholds[Int(id.index)].name.name + ".score"
    case .history(let query):
      "count(previously \(policy.actionTypes[Int(query.type.index)].name.name))"
    }
  }
}

extension LintRun {
  /// The first line of a span, for findings about a whole clause.
  func head(_ span: SourceSpan) -> SourceSpan {
    guard let file = loaded.first(where: { $0.source.id == span.source }) else { return span }
    let bytes = file.source.bytes
    var end = Int(span.start)
    while end < Int(span.end), bytes[end] != 0x0A { end += 1 }
    while end > Int(span.start), bytes[end - 1] == 0x20 || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceSpan(source: span.source, start: span.start, end: UInt32(clamping: end))
  }

  /// The policy rules that linted files declare, in the order of the policy.
  var lintedRules: [PolicyRule] { policy.rules.filter { input.linted.contains($0.span.source) } }
}
