import TractatusValues

/// Searches for a text by the languages that it lies in and those that it does not: the product of
/// their automata, made deterministic place by place and gone through breadth first.
///
/// The answer is exact: "nothing" only where there is no such text, a text only if it is one.
/// Linear in the places that are reached, which `limit` bounds.
package struct LanguageSearch {
  /// Most places of the product that are looked at.
  package static let placeLimit = 20_000
  /// Most states, over all places, that are looked at.
  private static let stateLimit = 200_000

  private let followers: [LanguageFollower]
  /// Whether only texts of ASCII are searched.
  private let isASCII: Bool
  /// Whether a text exists where one of ASCII does.
  private let isComplete: Bool

  /// One place of the product.
  private struct Place: Hashable {
    var parts: [LanguageFollower.Place]
    var previous: UInt8
    var rest: UTF8Rest
  }

  /// A place that was reached, by which byte and from where.
  private struct Step {
    var place: Place
    var byte: UInt8
    var from: Int
  }

  /// Prepares a search; nil where a language is not well formed or too large.
  package init?(_ languages: [TextLanguage]) {
    var followers: [LanguageFollower] = []
    for language in languages {
      guard let follower = LanguageFollower(language) else { return nil }
      followers.append(follower)
    }
    self.followers = followers
    isASCII = followers.contains { if case .words = $0 { true } else { false } }
    isComplete = !isASCII || Self.hasUnusedBytes(followers, languages)
  }

  /// Whether each scalar beyond ASCII is, to every language, like one of ASCII that none of them
  /// names: a letter, or a sign between words.
  private static func hasUnusedBytes(
    _ followers: [LanguageFollower], _ languages: [TextLanguage]
  ) -> Bool {
    var used = [Bool](repeating: false, count: 256)
    var usesHyphen = false
    for (follower, language) in zip(followers, languages) {
      switch follower {
      case .words(_, let bytes): for byte in bytes { used[Int(byte)] = true }
      case .trie(_, _, let bytes):
        for byte in bytes {
          used[Int(byte)] = true
          if byte == 0x2D { usesHyphen = true }
        }
      case .machine:
        guard case .pattern(let pattern) = language else { return false }
        switch pattern.kind {
        case .equals, .contains, .startsWith, .endsWith: break
        case .glob, .pathGlob, .regularExpression, .mentions: return false
        }
        for byte in pattern.text {
          used[Int(byte)] = true
          used[Int(byte ^ 0x20)] = true
          if byte == 0x2D { usesHyphen = true }
        }
      }
    }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return !usesHyphen && !used[0x80...].contains(true)
      && letters.contains { !used[Int($0)] && !used[Int($0 & 0xDF)] }
      && (0x21...0x2F).contains { !used[$0] && $0 != 0x2D }
  }

  /// A shortest text for which the condition holds.
  package func shortest(
    where condition: LanguageCondition, limit: Int = LanguageSearch.placeLimit
  ) -> LanguageAnswer {
    var seen: Set<Place> = []
    let first = Place(
      parts: followers.map(\.start), previous: PatternMeeting.Class.end, rest: UTF8Rest())
    seen.insert(first)
    var steps = [Step(place: first, byte: 0, from: -1)]
    var next = 0
    var work = 0
    while next < steps.count {
      let place = steps[next].place
      if place.rest.isWhole, holdsAtEnd(condition, place) { return .text(text(to: next, steps)) }
      if steps.count > limit || work > Self.stateLimit {
        return .notDecided("the patterns together are too large")
      }
      for (byte, after) in successors(of: place, condition, &work) {
        if seen.insert(after).inserted {
          steps.append(Step(place: after, byte: byte, from: next))
        }
      }
      next += 1
    }
    return isComplete ? .nothing : .notDecided("words beside other patterns")
  }

  private func text(to last: Int, _ steps: [Step]) -> [UInt8] {
    var bytes: [UInt8] = []
    var number = last
    while number > 0 {
      bytes.append(steps[number].byte)
      number = steps[number].from
    }
    return bytes.reversed()
  }

  private func successors(
    of place: Place, _ condition: LanguageCondition, _ work: inout Int
  ) -> [(byte: UInt8, place: Place)] {
    var result: [(byte: UInt8, place: Place)] = []
    for kind in PatternMeeting.Class.bytes {
      var parts = place.parts
      var starts = Self.commonStarts
      for index in parts.indices {
        parts[index] = followers[index].ready(
          parts[index], previous: place.previous, isWhole: place.rest.isWhole, next: kind)
        followers[index].mark(parts[index], in: &starts)
        work += parts[index].states.count + 1
      }
      for byte in Self.representatives(starts, kind, isASCII: isASCII) {
        guard let rest = place.rest.after(byte) else { continue }
        var after = parts
        for index in after.indices { after[index] = followers[index].after(after[index], byte) }
        work += after.count
        if Self.truth(condition, { Self.truth(of: after[$0].status) }).isFalse { continue }
        result.append((byte, Place(parts: after, previous: kind, rest: rest)))
      }
    }
    result.sort { Self.rank($0.byte) < Self.rank($1.byte) }
    return result
  }

  private func holdsAtEnd(_ condition: LanguageCondition, _ place: Place) -> Bool {
    Self.truth(condition) { number in
      Truth(followers[number].accepts(place.parts[number], previous: place.previous))
    }.isTrue
  }

  private static func truth(of status: LanguageFollower.Status) -> Truth {
    switch status {
    case .out: .false
    case .open: .unknown
    case .in: .true
    }
  }

  private static func truth(
    _ condition: LanguageCondition, _ language: (Int) -> Truth
  ) -> Truth {
    switch condition {
    case .constant(let value): return Truth(value)
    case .lies(let number): return language(number)
    case .not(let inner): return !truth(inner, language)
    case .and(let parts):
      var result = Truth.true
      for part in parts where !result.isFalse { result = result & truth(part, language) }
      return result
    case .or(let parts):
      var result = Truth.false
      for part in parts where !result.isTrue { result = result | truth(part, language) }
      return result
    }
  }

  // MARK: Bytes

  /// Where bytes begin that classes and UTF-8 tell apart from the one before.
  private static let commonStarts: [Bool] = {
    var starts = [Bool](repeating: false, count: 257)
    for byte in [
      0, 0x0A, 0x0B, 0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B, 0x80, 0x90, 0xA0, 0xC0, 0xC2,
      0xE0, 0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5,
    ] {
      starts[byte] = true
    }
    return starts
  }()

  /// What reads well, best first; all other bytes come after.
  private static let ranks: [UInt16] = {
    var ranks = (0..<256).map { UInt16(1_000 + $0) }
    let readable = "axbcdefghijklmnopqrstuvwyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./ :=,@+~%"
    for (rank, byte) in readable.utf8.enumerated() { ranks[Int(byte)] = UInt16(rank) }
    for byte in 0x21..<0x7F where ranks[byte] >= 1_000 { ranks[byte] = UInt16(200 + byte) }
    return ranks
  }()

  private static func rank(_ byte: UInt8) -> UInt16 { ranks[Int(byte)] }

  /// The byte of each group that reads best, of those of a class.
  private static func representatives(
    _ starts: [Bool], _ kind: UInt8, isASCII: Bool
  ) -> [UInt8] {
    var result: [UInt8] = []
    var best: UInt8?
    for byte in UInt8.min...UInt8.max {
      if starts[Int(byte)] {
        if let best { result.append(best) }
        best = nil
      }
      guard PatternMeeting.classOf(byte) == kind, !isASCII || byte < 0x80 else { continue }
      if let known = best, rank(known) <= rank(byte) { continue }
      best = byte
    }
    if let best { result.append(best) }
    return result
  }
}
