import TractatusSource
import TractatusSyntax
import TractatusValues

/// Finds the mutations of one file, in the order of their places.
struct MutationFinder {
  let tree: SyntaxTree
  private let package: String
  /// The declaration that is walked through, and whether nothing outside depends on it.
  private var owner: String
  private var isLocal = false
  /// The clause or declaration whose text is shown.
  private var item: NodeID
  private(set) var mutations: [Mutation] = []

  /// Every mutation of a file without errors. Linear in the file, times the longest clause.
  static func mutations(of tree: SyntaxTree) -> [Mutation] {
    var finder = MutationFinder(tree)
    finder.walk(tree.root)
    return finder.mutations
  }

  private init(_ tree: SyntaxTree) {
    self.tree = tree
    package = FileView(tree, tree.root)?.policy?.path?.joined ?? ""
    item = tree.root
    owner = package
  }

  /// Goes through a node; as deep as the tree, which the parser bounds.
  private mutating func walk(_ node: NodeID) {
    let kind = tree.kind(of: node)
    if Self.isUntested(kind) { return }
    let outerItem = item
    if Self.isItem(kind) { item = node }
    if kind.isDeclaration { enter(node, kind) }
    mutate(node, kind)
    for child in tree.children(of: node) { walk(child) }
    item = outerItem
  }

  private mutating func enter(_ node: NodeID, _ kind: SyntaxKind) {
    let name = tree.firstChild(of: node, kind: .name).flatMap { tree.tokens(of: $0).first }
    owner = name.map { "\(package).\(tree.name(of: $0))" } ?? package
    // A sealed rule also guards calls of which only its package is not told.
    isLocal = kind == .ruleDeclaration && tree.firstToken(of: node, word: .sealed) == nil
  }

  /// What no mutation touches: what is itself a test, what only reports show, what declares.
  private static func isUntested(_ kind: SyntaxKind) -> Bool {
    switch kind {
    case .policy, .useDeclaration, .typeDeclaration, .factDeclaration, .monitorDeclaration,
      .programDeclaration, .testDeclaration, .proveDeclaration, .metadata, .because, .obligation,
      .example, .deliberate, .insteadOf, .types, .givenScore, .factor, .field, .extract,
      .toolSource, .resultSource, .eventSource:
      true
    default: false
    }
  }

  /// What is shown whole.
  private static func isItem(_ kind: SyntaxKind) -> Bool {
    switch kind {
    case .letDeclaration, .otherwise, .waiveDeclaration, .on, .effect, .expect, .require, .level,
      .unmeasured, .point, .base, .actionSource:
      true
    default: false
    }
  }

  // MARK: Operators of mutation

  private mutating func mutate(_ node: NodeID, _ kind: SyntaxKind) {
    switch kind {
    case .effect, .expect, .require:
      if let parent = tree.parent(of: node), tree.kind(of: parent) == .ruleDeclaration {
        drop(node, .clause)
      }
      stepVerdict(of: node)
    case .otherwise, .level, .unmeasured, .elseVerdict:
      stepVerdict(of: node)
      for token in tree.tokens(of: node) where tree[token].kind == .percent { shift(token) }
    case .whenGuard, .unlessGuard: drop(node, .guard)
    case .condition: dropOperands(of: node)
    case .notCondition:
      if let token = tree.tokens(of: node).first { replace(token, by: "", .negation) }
    case .attributeCondition, .hasCondition, .countCondition, .previously: negate(node)
    case .quantifiedCondition:
      negate(node)
      if let token = tree.tokens(of: node).first {
        replace(token, by: tree[token].word == .any ? "all" : "any", .flip)
      }
    case .literalCondition:
      if let token = tree.tokens(of: node).first {
        replace(token, by: tree[token].word == .true ? "false" : "true", .negation)
      }
    case .comparisonTest: flip(node)
    case .optionsTest, .operandTest: drop(node, .part)
    case .list: dropMembers(of: node)
    case .literal, .amount, .base, .point, .waiveDeclaration:
      for token in tree.tokens(of: node) { shift(token) }
    default: break
    }
  }

  private mutating func stepVerdict(of node: NodeID) {
    let verdict = tree.tokens(of: node).first { tree[$0].word?.isVerdict == true }
    guard let verdict, let word = tree[verdict].word else { return }
    let next: Word =
      switch word {
      case .deny: .ask
      case .ask: .warn
      case .warn: .ask
      default: .warn
      }
    replace(verdict, by: next.rawValue, .verdict)
  }

  private mutating func flip(_ node: NodeID) {
    guard let sign = tree.tokens(of: node).first else { return }
    let other: TokenKind
    switch tree[sign].kind {
    case .equalEqual: other = .bangEqual
    case .bangEqual: other = .equalEqual
    case .less: other = .lessEqual
    case .lessEqual: other = .less
    case .greater: other = .greaterEqual
    case .greaterEqual: other = .greater
    default: return
    }
    replace(sign, by: other.sign, .flip)
  }

  /// The operands of `and` or `or`, each with a connective beside it.
  private mutating func dropOperands(of node: NodeID) {
    let operands = tree.children(of: node).map { tokens(of: $0) }
    guard operands.count > 1 else { return }
    for index in operands.indices {
      if index == 0 {
        replace(operands[0].lowerBound..<operands[1].lowerBound, by: "", .part)
      } else {
        replace(operands[index - 1].upperBound..<operands[index].upperBound, by: "", .part)
      }
    }
  }

  private mutating func dropMembers(of node: NodeID) {
    let members = tree.children(of: node).map { tokens(of: $0) }
    guard members.count > 1 else { return }
    for index in members.indices {
      if index + 1 < members.count {
        replace(members[index].lowerBound..<members[index + 1].lowerBound, by: "", .member)
      } else {
        replace(members[index - 1].upperBound..<members[index].upperBound, by: "", .member)
      }
    }
  }

  /// `not` before a condition; one that has it loses it by itself.
  private mutating func negate(_ node: NodeID) {
    if let parent = tree.parent(of: node), tree.kind(of: parent) == .notCondition { return }
    let first = tokens(of: node).lowerBound
    let token = TokenID(rawValue: UInt32(clamping: first))
    replace(token, by: "not " + tree.text(of: token), .negation)
  }

  private mutating func shift(_ token: TokenID) {
    switch tree[token].kind {
    case .number, .percent:
      for number in ShiftedNumber.neighbours(of: tree.text(of: token)) {
        replace(token, by: number, .bound)
      }
    case .date:
      guard let date = CalendarDate(Array(tree.bytes(of: token)).span) else { return }
      for step in [1, -1] {
        guard let other = CalendarDate(daysSinceEpoch: Int(date.daysSinceEpoch) + step) else {
          continue
        }
        replace(token, by: other.description, .bound)
      }
    default: break
    }
  }

  // MARK: Edits

  private func tokens(of node: NodeID) -> Range<Int> {
    let all = tree.allTokens(of: node).map { Int($0.rawValue) }
    return (all.first ?? 0)..<((all.last ?? -1) + 1)
  }

  private mutating func drop(_ node: NodeID, _ kind: Mutation.Kind) {
    let tokens = tokens(of: node)
    if !tokens.isEmpty { replace(tokens, by: "", kind) }
  }

  private mutating func replace(_ token: TokenID, by text: String, _ kind: Mutation.Kind) {
    let index = Int(token.rawValue)
    replace(index..<(index + 1), by: text, kind)
  }

  private mutating func replace(_ range: Range<Int>, by text: String, _ kind: Mutation.Kind) {
    let (first, last) = (tree.tokens[range.lowerBound], tree.tokens[range.upperBound - 1])
    // What is dropped leaves a space, so that the tokens around it stay two.
    let replacement = text.isEmpty ? " " : text
    mutations.append(
      Mutation(
        kind: kind, source: tree.source.id, owner: owner, isLocal: isLocal,
        bytes: Int(first.start)..<Int(last.end), replacement: Array(replacement.utf8),
        original: itemText(), mutated: itemText(replacing: range, by: text)))
  }

  /// The item on one line, spaced as it is written, without comments; some tokens replaced.
  private func itemText(replacing range: Range<Int> = 0..<0, by text: String = "") -> String {
    var line = ""
    for index in tokens(of: item) {
      var word = ""
      if !range.contains(index) {
        word = tree.text(of: TokenID(rawValue: UInt32(clamping: index)))
      } else if index == range.lowerBound {
        word = text
      }
      if word.isEmpty { continue }
      let isApart = index > 0 && tree.tokens[index - 1].end < tree.tokens[index].start
      line += isApart && !line.isEmpty ? " " + word : word
    }
    return line
  }
}

/// Numbers one unit of their last place away from another.
enum ShiftedNumber {
  /// The next number up and, unless there is none from 0 on, down, spelt as a rule file would.
  static func neighbours(of text: String) -> [String] {
    let isPercent = text.hasSuffix("%")
    let spelt = text.filter { $0 != "_" && $0 != "%" }
    let parts = spelt.split(separator: ".", omittingEmptySubsequences: false)
    let places = parts.count > 1 ? parts[1].count : 0
    guard let value = Int(spelt.filter { $0 != "." }), value < Int.max else { return [] }
    var found: [String] = []
    for other in value > 0 ? [value + 1, value - 1] : [value + 1] {
      var digits = String(other)
      if places > 0 {
        let missing = max(0, places + 1 - digits.count)
        digits = String(repeating: "0", count: missing) + digits
        let point = digits.index(digits.endIndex, offsetBy: -places)
        digits.insert(".", at: point)
      }
      found.append(digits + (isPercent ? "%" : ""))
    }
    return found
  }
}
