import TractatusCompiler
import TractatusPatterns
import TractatusSemantics

/// A set of values of one type, closed under union, intersection and complement.
///
/// Scalars are ranges on a discrete scale; texts are boolean combinations of patterns and lists of
/// texts, decided on the product of their automata. What is too large is "not decided", never
/// wrong.
package enum ValueSet: Hashable, Sendable {
  /// Ascending, disjoint ranges that are not adjacent, on the scale of the type.
  case scalars([OrdinalRange], scale: OrdinalScale)
  case texts(TextSet)

  /// Whether a set is empty, or one contained in another.
  package enum Decision: Hashable, Sendable {
    case yes, no
    case notDecided(String)
  }

  /// The values that are in both sets; of sets of different types the left one.
  package func intersection(_ other: ValueSet) -> ValueSet {
    switch (self, other) {
    case (.scalars(let one, let scale), .scalars(let two, _)):
      .scalars(RangeSet.intersection(one, two), scale: scale)
    case (.texts(let one), .texts(let two)): .texts(.and([one, two]))
    default: self
    }
  }

  /// The values that are in one of the sets; of sets of different types the left one.
  package func union(_ other: ValueSet) -> ValueSet {
    switch (self, other) {
    case (.scalars(let one, let scale), .scalars(let two, _)):
      .scalars(RangeSet.normalized(one + two), scale: scale)
    case (.texts(let one), .texts(let two)): .texts(.or([one, two]))
    default: self
    }
  }

  /// The values of the type that are not in the set.
  package var complement: ValueSet {
    switch self {
    case .scalars(let ranges, let scale):
      .scalars(RangeSet.complement(ranges, in: scale.ends), scale: scale)
    case .texts(let texts): .texts(.not(texts))
    }
  }

  /// Whether no value is in the set.
  package func isEmpty() -> Decision {
    switch shortestMember() {
    case .nothing: .yes
    case .member: .no
    case .notDecided(let reason): .notDecided(reason)
    }
  }

  /// Whether every value of this set is in the other.
  package func isSubset(of other: ValueSet) -> Decision {
    intersection(other.complement).isEmpty()
  }

  /// A member, or that there is none.
  package enum Member: Hashable, Sendable {
    case nothing
    case member(KnownValue)
    case notDecided(String)
  }

  /// The member that is easiest to read: of numbers the one nearest to 0, of texts a shortest.
  package func shortestMember() -> Member {
    switch self {
    case .scalars(let ranges, let scale):
      guard let ordinal = scale.member(of: ranges) else { return .nothing }
      return .member(.ordinal(ordinal))
    case .texts(let texts):
      switch texts.shortest() {
      case .nothing: return .nothing
      case .text(let bytes): return .member(.text(bytes))
      case .notDecided(let reason): return .notDecided(reason)
      }
    }
  }
}

/// A set of texts: a boolean combination of patterns and lists of texts.
package indirect enum TextSet: Hashable, Sendable {
  case everything
  case language(TextLanguage)
  case not(TextSet)
  case and([TextSet])
  case or([TextSet])

  /// The texts that pass one of the patterns of a test.
  package static func matching(_ patterns: [TextPattern]) -> TextSet {
    .or(patterns.map { .language(.pattern(Pattern($0))) })
  }

  /// Exactly these texts.
  package static func equal(to texts: [String]) -> TextSet {
    .language(.texts(texts.map { Array($0.utf8) }))
  }

  /// A shortest member, exact within the budget of `LanguageSearch`.
  package func shortest(
    limit: Int = LanguageSearch.placeLimit, memory: LanguageMemory = LanguageMemory()
  ) -> LanguageAnswer {
    var languages: [TextLanguage] = []
    var numbers: [TextLanguage: Int] = [:]
    let condition = condition(&languages, &numbers)
    guard let search = LanguageSearch(languages, memory: memory) else {
      return .notDecided("a pattern is too large")
    }
    return search.shortest(where: condition, limit: limit)
  }

  /// Most bytes of patterns that are followed as one.
  private static let unionLimit = 8_192

  /// Alternatives with patterns that one automaton can follow as one: sixty of them are sixty
  /// places to keep at every byte, and together one.
  private static func united(_ parts: [TextSet]) -> [TextSet] {
    var patterns: [Pattern] = []
    var size = 0
    var rest: [TextSet] = []
    for part in parts {
      if case .language(.pattern(let pattern)) = part, pattern.kind != .mentions,
        pattern.kind != .regularExpression, size + pattern.text.count <= unionLimit
      {
        size += pattern.text.count
        patterns.append(pattern)
      } else {
        rest.append(part)
      }
    }
    return patterns.count < 2 ? parts : [.language(.anyOf(patterns))] + rest
  }

  private func condition(
    _ languages: inout [TextLanguage], _ numbers: inout [TextLanguage: Int]
  ) -> LanguageCondition {
    switch self {
    case .everything: return .constant(true)
    case .language(let language):
      if let known = numbers[language] { return .lies(in: known) }
      numbers[language] = languages.count
      languages.append(language)
      return .lies(in: languages.count - 1)
    case .not(let inner): return .not(inner.condition(&languages, &numbers))
    case .and(let parts): return .and(parts.map { $0.condition(&languages, &numbers) })
    case .or(let parts):
      return .or(Self.united(parts).map { $0.condition(&languages, &numbers) })
    }
  }
}
