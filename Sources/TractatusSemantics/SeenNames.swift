import TractatusSource

/// Names with the places where they stand first, in their order.
///
/// PERF: most records, maps and lists hold few names, for which a dictionary costs more than it
/// saves.
struct SeenNames {
  /// More names than this are looked up by hash.
  private static let listLimit = 12

  /// The names, each once.
  private(set) var names: [String] = []
  private var spans: [SourceSpan] = []
  /// The names' positions; empty while they are few.
  private var positions: [String: Int] = [:]

  /// Where a name stands first; nil for one that does not stand there.
  subscript(name: String) -> SourceSpan? {
    if names.count > Self.listLimit { return positions[name].map { spans[$0] } }
    for (position, known) in names.enumerated() where known == name { return spans[position] }
    return nil
  }

  /// Notes where a name stands; it must not be there yet.
  mutating func add(_ name: String, at span: SourceSpan) {
    names.append(name)
    spans.append(span)
    if names.count == Self.listLimit + 1 {
      for (position, known) in names.enumerated() { positions[known] = position }
    } else if names.count > Self.listLimit {
      positions[name] = names.count - 1
    }
  }
}
