/// Patterns that were parsed, so that whoever checks them and whoever builds sets of them share the
/// work.
package struct ParsedPatterns: Sendable {
  /// By kind, flags and text.
  private var known: [[UInt8]: CompiledPattern] = [:]

  /// None so far.
  package init() {}

  /// What is wrong with a pattern, as its own `problem()` says; a pattern that is right is kept.
  package mutating func problem(of pattern: Pattern) -> PatternError? {
    if pattern.isPlainTerm { return nil }
    let key = Self.key(pattern)
    if known[key] != nil { return nil }
    do {
      known[key] = try CompiledPattern(pattern)
      return nil
    } catch {
      return error
    }
  }

  /// A pattern's parsed form.
  ///
  /// - Throws: what is wrong with it.
  func parsed(_ pattern: Pattern) throws(PatternError) -> CompiledPattern {
    if let parsed = known[Self.key(pattern)] { return parsed }
    return try CompiledPattern(pattern)
  }

  /// PERF: bytes, for the first dictionary with keys of a type of its own costs as much as many
  /// patterns.
  private static func key(_ pattern: Pattern) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(pattern.text.count + 2)
    key.append(pattern.kind.rawValue)
    key.append((pattern.ignoringCase ? 1 : 0) | (pattern.dotMatchesNewline ? 2 : 0))
    key += pattern.text
    return key
  }
}
