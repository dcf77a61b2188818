/// Patterns that were parsed, so that whoever checks them and whoever builds sets of them share the
/// work.
package struct ParsedPatterns: Sendable {
  /// By kind, flags and text.
  private var known: [[UInt8]: CompiledPattern] = [:]
  /// The expressions that can be extracted with, by the same.
  private var extractions: Set<[UInt8]> = []
  /// More patterns than this are forgotten by whoever keeps them from one check to the next.
  private static let keptLimit = 20_000

  /// None so far.
  package init() {}

  /// What is kept for another check of nearly the same patterns; none when it has become too many.
  package var kept: ParsedPatterns {
    known.count + extractions.count > Self.keptLimit ? ParsedPatterns() : self
  }

  /// What is wrong with an expression that is to extract, as `Extractor` says; nil for nothing.
  package mutating func problem(ofExtraction pattern: Pattern) -> PatternError? {
    let key = Self.key(pattern)
    if extractions.contains(key) { return nil }
    do {
      try Extractor.check(
        pattern.text, ignoringCase: pattern.ignoringCase,
        dotMatchesNewline: pattern.dotMatchesNewline)
      extractions.insert(key)
      return nil
    } catch {
      return error
    }
  }

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
