import TractatusSource
import TractatusSyntax

/// The policy rules of built-in packages as one check left them for the next: in an editor people
/// type in rules of their own, which those cannot see.
///
/// INVARIANT: a rule is taken over only where its frame is the same, which holds all that it could
/// depend on, and where there was nothing to say of it; so a check says the same with it and
/// without.
struct RuleMemory {
  /// All that rules of built-in packages can depend on.
  struct Frame: Equatable {
    /// A file: a built-in one whole, of another all but what stands in rules, tests and proofs.
    struct File: Equatable {
      var id: SourceID
      var isBuiltIn: Bool
      var text: [UInt8]
    }
    var extent: CheckExtent
    var packages: [String]
    var uses: [[Int]]
    var files: [File]
  }

  /// A rule, and what it adds to the search for conflicts.
  struct Known {
    var rule: PolicyRule
    var expectations: [ExpectationSymbol]
  }

  private var frame: Frame?
  /// By number.
  private var rules: [Int: Known] = [:]

  /// Forgets all rules, unless this is the frame that they were checked in.
  mutating func enter(_ frame: Frame) {
    if self.frame == frame { return }
    self.frame = frame
    rules.removeAll()
  }

  /// What was kept of a rule; nil for nothing.
  subscript(number: Int) -> Known? {
    get { rules[number] }
    set { rules[number] = newValue }
  }
}

extension Checker {
  /// Checks every policy rule, but for those that the memory has.
  func checkRules(_ memory: CheckMemory) {
    memory.rules.enter(ruleFrame)
    let settled = settledPackages
    checkRules { number in
      if let known = memory.rules[number] {
        expectations += known.expectations
        return known.rule
      }
      let (said, expected) = (diagnostics.count, expectations.count)
      let rule = policyRule(number)
      if settled.contains(rules[number].package), diagnostics.count == said {
        memory.rules[number] = RuleMemory.Known(
          rule: rule, expectations: Array(expectations[expected...]))
      }
      return rule
    }
  }

  /// The packages that are built in, and use none but such.
  private var settledPackages: Set<Int> {
    var settled = Set(
      packages.indices.filter { packages[$0].files.allSatisfy { files[$0].isBuiltIn } })
    while true {
      let some = settled.filter { settled.isSuperset(of: packages[$0].uses) }
      if some.count == settled.count { return settled }
      settled = some
    }
  }

  private var ruleFrame: RuleMemory.Frame {
    RuleMemory.Frame(
      extent: extent, packages: packages.map(\.name), uses: packages.map(\.uses),
      files: files.map { file in
        RuleMemory.Frame.File(
          id: file.source.id, isBuiltIn: file.isBuiltIn,
          text: file.isBuiltIn ? file.source.bytes : Self.declared(in: file.tree))
      })
  }

  /// What a file declares: of rules their names alone, and nothing of tests and proofs, which
  /// nothing can name.
  private static func declared(in tree: SyntaxTree) -> [UInt8] {
    var text: [UInt8] = []
    for node in tree.children(of: tree.root) {
      if TestView(tree, node) != nil || ProveView(tree, node) != nil { continue }
      var span = tree.span(of: node)
      if let rule = RuleView(tree, node) {
        text += Array("rule ".utf8)
        guard let name = rule.name else { continue }
        span = tree.span(of: name)
      }
      text += tree.source.bytes[Int(span.start)..<Int(span.end)]
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
