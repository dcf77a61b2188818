import TractatusSemantics

/// Tells patterns of which a glance shows that some texts pass and others do not.
///
/// PERF: most patterns are such, and need no automaton.
enum PatternGlance {
  /// Whether some texts pass a pattern and others do not, for certain; false where only a closer
  /// look decides. Linear in the pattern.
  static func isOrdinary(_ pattern: TextPattern) -> Bool {
    switch pattern.kind {
    case .contains, .startsWith, .endsWith: !pattern.text.isEmpty
    case .mentions: true
    case .glob, .pathGlob:
      pattern.text.utf8.contains { byte in
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: ".")
      } && !pattern.text.utf8.contains(UInt8(ascii: "["))
    case .regularExpression: isOrdinary(ExpressionItems(pattern.text).items)
    }
  }

  /// Whether an expression has a letter or sign that must be there, and no assertion but anchors at
  /// its own ends.
  private static func isOrdinary(_ items: [ExpressionItems.Item]) -> Bool {
    var depth = 0
    var needsText = false
    for (index, item) in items.enumerated() {
      switch item {
      case .open: depth += 1
      case .close: depth -= 1
      case .bar where depth == 0: return false
      case .bar, .dot, .repetition: continue
      case .caret: if index != 0 { return false }
      case .dollar: if index != items.count - 1 { return false }
      case .bracket(let content):
        // A class may hold nothing only by leaving everything out.
        if content.first == UInt8(ascii: "^"), content.contains(UInt8(ascii: "\\")) {
          return false
        }
      case .escape(let byte):
        if !Array("dDsSwWntrfv".utf8).contains(byte) { return false }
      case .literal:
        let isRepeated = index + 1 < items.count && items[index + 1] == .repetition
        if depth == 0, !isRepeated { needsText = true }
      }
    }
    return needsText
  }
}
