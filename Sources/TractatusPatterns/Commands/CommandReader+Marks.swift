/// Taking back what was read of words that are read again later.
extension CommandReader {
  /// How far the arrays were filled before words were read that are read again later.
  struct YieldMark {
    var words: Int
    var children: Int
    var options: Int
    var operands: Int
    var effects: Int
    var bodies: Int
    var bases: Int
    var flows: Int
    var opacities: Int
  }

  var yieldMark: YieldMark {
    YieldMark(
      words: words.count, children: children.count, options: facts.options.count,
      operands: facts.operands.count, effects: facts.effects.count, bodies: facts.bodies.count,
      bases: facts.bases.count, flows: facts.flows.count, opacities: facts.opacities.count)
  }

  mutating func restore(_ mark: YieldMark) {
    words.truncate(to: mark.words)
    children.truncate(to: mark.children)
    facts.options.truncate(to: mark.options)
    facts.operands.truncate(to: mark.operands)
    facts.effects.truncate(to: mark.effects)
    facts.bodies.truncate(to: mark.bodies)
    facts.bases.truncate(to: mark.bases)
    facts.flows.truncate(to: mark.flows)
    facts.opacities.truncate(to: mark.opacities)
  }
}
