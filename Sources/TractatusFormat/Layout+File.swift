import TractatusSyntax

extension Layout {
  /// Lays out the file: its parts below each other, each by its own rules unless it is broken.
  mutating func layOutFile() {
    var skipped = 0
    var unit = 1
    var run = Run()
    var previous: Int?
    while unit < nodes.count {
      let next = after(unit)
      let start = first(unit)
      if skipped < broken.count, Int(broken[skipped].rawValue) == unit {
        skipped += 1
        slots[start].gap = .hard
        run.end(&self)
      } else {
        var node = next - 1
        while node >= unit {
          layOut(node)
          node -= 1
        }
        slots[start].gap = .hard
        slots[start].dropsFirstEmptyLine = previous == nil
        if let previous, slots[start].lineCount == 0, hasBraces(previous) || hasBraces(unit) {
          slots[start].forcesEmptyLine = true
        }
        run.add(unit, to: &self)
      }
      previous = unit
      unit = next
    }
    run.end(&self)
    let end = tokens.count - 1
    slots[end].gap = .hard
    slots[end].dropsFirstEmptyLine = end == 0
    slots[end].dropsLastEmptyLine = true
  }

  /// Whether a declaration has a body of several lines.
  private func hasBraces(_ node: Int) -> Bool {
    switch nodes[node].kind {
    case .ruleDeclaration, .actionDeclaration, .thresholdDeclaration, .monitorDeclaration,
      .testDeclaration, .proveDeclaration, .classifyDeclaration, .readingDeclaration:
      true
    default: false
    }
  }

  /// Decides what one node has to say about the gaps before its own tokens and its inner nodes.
  /// O(its own tokens and inner nodes).
  mutating func layOut(_ node: Int) {
    switch nodes[node].kind {
    case .actionDeclaration, .ruleDeclaration, .thresholdDeclaration, .monitorDeclaration,
      .testDeclaration, .proveDeclaration, .deliberate, .classifyDeclaration, .classifyCase,
      .readingDeclaration:
      layOutBody(node)
    case .programDeclaration, .programSubcommand: layOutProgram(node)
    case .programFlag, .programOption: layOutOption(node)
    case .policy, .letDeclaration, .waiveDeclaration: layOutDeclaration(node)
    case .extract, .toolSource, .resultSource, .eventSource, .actionSource: layOutSource(node)
    case .effect, .on, .expect, .require, .otherwise, .unmeasured, .level, .example, .framework,
      .testExpectation, .types, .checkpoints, .usualValue, .claim:
      layOutClause(node)
    case .condition, .groupCondition, .quantifiedCondition, .previously, .runsTest, .effectTest,
      .pipesTest, .sum:
      layOutCondition(node)
    case .list, .record, .enumerationShape, .recordShape, .literal, .bound: layOutValue(node)
    default: break
    }
  }
}
