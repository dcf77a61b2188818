import TractatusPatterns

extension Pattern {
  /// The pattern that a checked policy's stands for.
  package init(_ pattern: TextPattern) {
    self.init(
      Kind(pattern.kind), Array(pattern.text.utf8), ignoringCase: pattern.ignoresCase,
      dotMatchesNewline: pattern.dotMatchesNewline)
  }
}

extension Pattern.Kind {
  /// What a checked policy's pattern of this kind looks for.
  package init(_ kind: TextPattern.Kind) {
    self =
      switch kind {
      case .contains: .contains
      case .startsWith: .startsWith
      case .endsWith: .endsWith
      case .glob: .glob
      case .pathGlob: .pathGlob
      case .regularExpression: .regularExpression
      case .mentions: .mentions
      }
  }
}
