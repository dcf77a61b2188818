import TractatusSyntax

extension LintRun {
  /// The last names of what tests expect decisions by, in every loaded file.
  static func testedNames(_ run: LintRun) -> Set<String> {
    var names: Set<String> = []
    for file in run.loaded {
      for node in file.tree.children(of: file.tree.root, kind: .testDeclaration) {
        guard let test = TestView(file.tree, node) else { continue }
        for expectation in test.expectations {
          for rule in expectation.rules {
            if let name = rule.names.last { names.insert(name) }
          }
        }
      }
    }
    return names
  }
}
