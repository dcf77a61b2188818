import Synchronization

/// A regular expression, matched by backtracking over a small program.
///
/// A step that failed at a place once is not tried there again, so that matching ends; without
/// back-references it would fail again. Alternatives are tried in the order of preference, so the
/// first match found is the one that RE2 and Perl report.
struct NaiveExpression: Sendable {
  /// One step.
  enum Step: Sendable {
    case scalar(NaiveClass)
    case split(first: Int, second: Int)
    case jump(Int)
    case save(Int)
    case start, end, boundary, noBoundary
    case lineStart, lineEnd
    case match
  }

  private(set) var steps: [Step] = []
  private(set) var groups = 0

  private static let cache = Mutex<[String: NaiveExpression]>([:])

  /// The expression, compiled once.
  static func cached(_ text: String, ignoresCase: Bool, dotIsAll: Bool) -> NaiveExpression {
    let key = "\(ignoresCase)\(dotIsAll)" + text.utf8.map { String($0) }.joined(separator: ".")
    return cache.withLock { cache in
      if let known = cache[key] { return known }
      var parser = NaiveExpressionParser(text, ignoresCase: ignoresCase, dotIsAll: dotIsAll)
      let node = parser.parse()
      var made = NaiveExpression()
      made.groups = parser.groups
      made.compile(.group(node, 0))
      made.steps.append(.match)
      cache[key] = made
      return made
    }
  }

  /// Whether the expression matches anywhere.
  func occurs(in text: [Unicode.Scalar]) -> Bool {
    var seen = Seen(self, text)
    return (0...text.count).contains { run(text, from: $0, &seen) != nil }
  }

  /// The first group of every match from left to right that does not overlap the one before.
  func firstGroups(in text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var found: [[Unicode.Scalar]] = []
    var from = 0
    while from <= text.count {
      var seen = Seen(self, text)
      var first: [Int?]?
      for start in from...text.count where first == nil { first = run(text, from: start, &seen) }
      guard let saved = first, let end = saved[1] else { break }
      if let start = saved[2], let stop = saved[3] { found.append(Array(text[start..<stop])) }
      from = saved[0] == end ? end + 1 : end
    }
    return found
  }

  // MARK: Running

  private struct Seen {
    var flags: [Bool]
    let width: Int
    init(_ expression: NaiveExpression, _ text: [Unicode.Scalar]) {
      width = text.count + 1
      flags = [Bool](repeating: false, count: width * expression.steps.count)
    }
  }

  /// The places saved by the preferred match that begins at `from`.
  private func run(
    _ text: [Unicode.Scalar], from: Int, _ seen: inout Seen
  ) -> [Int?]? {
    var stack: [(step: Int, at: Int, saved: [Int?])] = []
    stack.append((0, from, [Int?](repeating: nil, count: 2 * groups + 4)))
    while let (step, at, saved) = stack.popLast() {
      if seen.flags[step * seen.width + at] { continue }
      seen.flags[step * seen.width + at] = true
      let here = at < text.count ? text[at] : nil
      let before = at > 0 ? text[at - 1] : nil
      var passes = false
      switch steps[step] {
      case .match: return saved
      case .scalar(let scalars):
        if let here, scalars.contains(here) { stack.append((step + 1, at + 1, saved)) }
      case .split(let first, let second):
        stack.append((second, at, saved))
        stack.append((first, at, saved))
      case .jump(let target): stack.append((target, at, saved))
      case .save(let slot):
        var saved = saved
        saved[slot] = at
        stack.append((step + 1, at, saved))
      case .start: passes = at == 0
      case .end: passes = at == text.count
      case .lineStart: passes = before == nil || before == "\n"
      case .lineEnd: passes = here == nil || here == "\n"
      case .boundary: passes = NaiveClass.isWord(before) != NaiveClass.isWord(here)
      case .noBoundary: passes = NaiveClass.isWord(before) == NaiveClass.isWord(here)
      }
      if passes { stack.append((step + 1, at, saved)) }
    }
    return nil
  }

  // MARK: Compiling

  private mutating func compile(_ node: NaiveExpressionNode) {
    switch node {
    case .empty: break
    case .scalar(let scalars): steps.append(.scalar(scalars))
    case .assertion(let step): steps.append(step)
    case .sequence(let parts): for part in parts { compile(part) }
    case .choice(let parts): compileChoice(parts[...])
    case .group(let part, let number):
      steps.append(.save(2 * number))
      compile(part)
      steps.append(.save(2 * number + 1))
    case .repetition(let part, let least, let most, let isGreedy):
      for _ in 0..<least { compile(part) }
      guard let most else {
        let split = steps.count
        steps.append(.jump(0))
        compile(part)
        steps.append(.jump(split))
        steps[split] = fork(split + 1, steps.count, isGreedy)
        return
      }
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(steps.count)
        steps.append(.jump(0))
        compile(part)
      }
      for split in splits { steps[split] = fork(split + 1, steps.count, isGreedy) }
    }
  }

  private func fork(_ into: Int, _ past: Int, _ isGreedy: Bool) -> Step {
    isGreedy ? .split(first: into, second: past) : .split(first: past, second: into)
  }

  private mutating func compileChoice(_ parts: ArraySlice<NaiveExpressionNode>) {
    guard let first = parts.first else { return }
    guard parts.count > 1 else { return compile(first) }
    let split = steps.count
    steps.append(.jump(0))
    compile(first)
    let jump = steps.count
    steps.append(.jump(0))
    steps[split] = .split(first: split + 1, second: steps.count)
    compileChoice(parts.dropFirst())
    steps[jump] = .jump(steps.count)
  }
}

/// A set of scalars.
struct NaiveClass: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false
  var ignoresCase = false
  /// Members that are classes of their own, such as `\D` in brackets.
  var parts: [NaiveClass] = []

  /// Whether the scalar, or one that folds alike, is a member.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    holds(scalar) != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    if parts.contains(where: { $0.contains(scalar) }) { return true }
    guard ignoresCase else { return ranges.contains { $0.contains(scalar.value) } }
    let folded = NaiveText.fold(scalar)
    return ranges.contains { range in
      range.contains(scalar.value)
        || range.contains { value in
          Unicode.Scalar(value).map { NaiveText.fold($0) == folded } ?? false
        }
    }
  }

  /// `\w`, of ASCII alone.
  static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return word.contains(scalar)
  }

  static let word = NaiveClass(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let digit = NaiveClass(ranges: [0x30...0x39])
  static let space = NaiveClass(ranges: [0x9...0xA, 0xC...0xD, 0x20...0x20])
}

/// The syntax tree of an expression.
indirect enum NaiveExpressionNode {
  case empty
  case scalar(NaiveClass)
  case assertion(NaiveExpression.Step)
  case sequence([NaiveExpressionNode])
  case choice([NaiveExpressionNode])
  case group(NaiveExpressionNode, Int)
  case repetition(NaiveExpressionNode, least: Int, most: Int?, isGreedy: Bool)
}

/// Reads the part of RE2's syntax that the tests use; the compiler has refused what is malformed.
struct NaiveExpressionParser {
  private let text: [Unicode.Scalar]
  private var at = 0
  private var ignoresCase: Bool
  private var dotIsAll: Bool
  private var isMultiline = false
  private var isUngreedy = false
  private(set) var groups = 0

  init(_ text: String, ignoresCase: Bool, dotIsAll: Bool) {
    self.text = Array(text.unicodeScalars)
    self.ignoresCase = ignoresCase
    self.dotIsAll = dotIsAll
  }

  mutating func parse() -> NaiveExpressionNode { choice() }

  private var next: Unicode.Scalar? { at < text.count ? text[at] : nil }

  private mutating func choice() -> NaiveExpressionNode {
    let flags = (ignoresCase, dotIsAll, isMultiline, isUngreedy)
    var parts = [sequence()]
    while next == "|" {
      at += 1
      parts.append(sequence())
    }
    (ignoresCase, dotIsAll, isMultiline, isUngreedy) = flags
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() -> NaiveExpressionNode {
    var parts: [NaiveExpressionNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { parts.append(repeated(atom())) }
    return .sequence(parts)
  }

  private mutating func repeated(_ part: NaiveExpressionNode) -> NaiveExpressionNode {
    var least = 0
    var most: Int?
    switch next {
    case "*": break
    case "+": least = 1
    case "?": most = 1
    case "{":
      guard let close = text[at...].firstIndex(of: "}"),
        let counts = Self.counts(NaiveText.string(text[(at + 1)..<close]))
      else { return part }
      (least, most) = counts
      at = close
    default: return part
    }
    at += 1
    var isGreedy = !isUngreedy
    if next == "?" {
      isGreedy.toggle()
      at += 1
    }
    return .repetition(part, least: least, most: most, isGreedy: isGreedy)
  }

  private static func counts(_ text: String) -> (Int, Int?)? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let least = parts.first.flatMap({ Int($0) }) else { return nil }
    if parts.count == 1 { return (least, least) }
    if parts.count == 2, parts[1].isEmpty { return (least, nil) }
    return parts.count == 2 ? Int(parts[1]).map { (least, $0) } : nil
  }

  private mutating func atom() -> NaiveExpressionNode {
    let scalar = text[at]
    at += 1
    switch scalar {
    case "(": return group()
    case "[": return .scalar(bracket())
    case ".":
      let newline = dotIsAll ? [] : [UInt32(10)...10]
      return .scalar(NaiveClass(ranges: newline, isNegated: true))
    case "^": return .assertion(isMultiline ? .lineStart : .start)
    case "$": return .assertion(isMultiline ? .lineEnd : .end)
    case "\\": return escape()
    default: return .scalar(literal(scalar))
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> NaiveClass {
    NaiveClass(ranges: [scalar.value...scalar.value], ignoresCase: ignoresCase)
  }

  private mutating func group() -> NaiveExpressionNode {
    guard next == "?" else {
      groups += 1
      let number = groups
      let part = choice()
      at += 1
      return .group(part, number)
    }
    at += 1
    if next == "P" || next == "<" {
      at = (text[at...].firstIndex(of: ">") ?? at) + 1
      groups += 1
      let number = groups
      let part = choice()
      at += 1
      return .group(part, number)
    }
    let outer = (ignoresCase, dotIsAll, isMultiline, isUngreedy)
    var value = true
    while let flag = next, flag != ":", flag != ")" {
      switch flag {
      case "-": value = false
      case "i": ignoresCase = value
      case "s": dotIsAll = value
      case "m": isMultiline = value
      case "U": isUngreedy = value
      default: break
      }
      at += 1
    }
    at += 1
    if at > 0, text[at - 1] == ")" { return .empty }
    let part = choice()
    at += 1
    (ignoresCase, dotIsAll, isMultiline, isUngreedy) = outer
    return part
  }

  private mutating func escape() -> NaiveExpressionNode {
    guard let mark = next else { return .empty }
    switch mark {
    case "b", "B", "A", "z":
      at += 1
      return .assertion(
        mark == "b" ? .boundary : mark == "B" ? .noBoundary : mark == "A" ? .start : .end)
    default: return .scalar(escapedClass())
    }
  }

  /// A class or a scalar after a backslash.
  private mutating func escapedClass() -> NaiveClass {
    guard let mark = next else { return NaiveClass() }
    at += 1
    switch mark {
    case "d", "w", "s", "D", "W", "S":
      var made =
        "dD".contains(Character(mark))
        ? NaiveClass.digit
        : "wW".contains(Character(mark)) ? .word : .space
      made.isNegated = "DWS".contains(Character(mark))
      made.ignoresCase = ignoresCase
      return made
    case "n": return literal("\n")
    case "t": return literal("\t")
    case "r": return literal("\r")
    case "x":
      var digits = ""
      if next == "{" {
        at += 1
        while let digit = next, digit != "}" {
          digits.unicodeScalars.append(digit)
          at += 1
        }
        at += 1
      } else {
        digits = NaiveText.string(text[at..<min(at + 2, text.count)])
        at += 2
      }
      return literal(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
    default: return literal(mark)
    }
  }

  private mutating func bracket() -> NaiveClass {
    var made = NaiveClass(ignoresCase: ignoresCase)
    if next == "^" {
      made.isNegated = true
      at += 1
    }
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      let low = member()
      guard low.parts.isEmpty, !low.isNegated, low.ranges.count == 1,
        low.ranges[0].count == 1, next == "-", at + 1 < text.count, text[at + 1] != "]"
      else {
        made.parts.append(low)
        continue
      }
      at += 1
      let high = member()
      made.ranges.append(low.ranges[0].lowerBound...high.ranges[0].upperBound)
    }
    at += 1
    return made
  }

  private mutating func member() -> NaiveClass {
    let scalar = text[at]
    at += 1
    return scalar == "\\" ? escapedClass() : literal(scalar)
  }
}
