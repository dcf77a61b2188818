import TractatusValues

/// Searches for a text by the languages that it lies in and those that it does not: the product of
/// their automata, made deterministic place by place and gone through breadth first.
///
/// The answer is exact: "nothing" only where there is no such text, a text only if it is one.
/// Linear in the places that are reached, which `limit` bounds.
package struct LanguageSearch {
  /// Most places of the product that are looked at.
  package static let placeLimit = 20_000
  /// Most steps: bytes that are tried at places, and states of automata that are looked at.
  private static let stepLimit = 200_000

  private let automata: [LanguageAutomaton]
  /// Whether only texts of ASCII are searched.
  private let isASCII: Bool
  /// Whether a text exists where one of ASCII does.
  private let isComplete: Bool
  private let groups: [Group]
  /// Texts that the languages spell.
  private let samples: [[UInt8]]
  /// Most of them.
  private static let sampleLimit = 64

  /// One place of the product.
  private struct Place: Hashable {
    var parts: [Int32]
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
  package init?(_ languages: [TextLanguage], memory: LanguageMemory) {
    var automata: [LanguageAutomaton] = []
    for language in languages {
      guard let automaton = memory.automaton(of: language) else { return nil }
      automata.append(automaton)
    }
    self.automata = automata
    let followers = automata.map(\.follower)
    isASCII = followers.contains { if case .words = $0 { true } else { false } }
    isComplete = !isASCII || Self.hasUnusedBytes(followers, languages)
    groups = Self.groups(of: automata, isASCII: isASCII)
    samples = Array(languages.flatMap(\.samples).prefix(Self.sampleLimit))
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
        for pattern in language.patterns {
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
    }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return !usesHyphen && !used[0x80...].contains(true)
      && letters.contains { !used[Int($0)] && !used[Int($0 & 0xDF)] }
      && (0x21...0x2F).contains { !used[$0] && $0 != 0x2D }
  }

  /// A shortest text for which the condition holds; where that is too much to search for, one of
  /// the texts that the languages themselves spell, if the condition holds for it.
  package func shortest(
    where condition: LanguageCondition, limit: Int = LanguageSearch.placeLimit
  ) -> LanguageAnswer {
    if condition.contradictsItself { return .nothing }
    let found = searched(condition, limit: limit)
    guard case .notDecided = found else { return found }
    return samples.first { holds(condition, for: $0) }.map { .text($0) } ?? found
  }

  private func searched(_ condition: LanguageCondition, limit: Int) -> LanguageAnswer {
    let tooLarge = LanguageAnswer.notDecided("the patterns together are too large")
    var seen: Set<Place> = []
    let first = Place(
      parts: automata.map(\.start), previous: PatternMeeting.Class.end, rest: UTF8Rest())
    seen.insert(first)
    var steps = [Step(place: first, byte: 0, from: -1)]
    var next = 0
    var work = 0
    while next < steps.count {
      let place = steps[next].place
      if place.rest.isWhole, holdsAtEnd(condition, place) { return .text(text(to: next, steps)) }
      if steps.count > limit || work > Self.stepLimit { return tooLarge }
      guard let successors = successors(of: place, condition, &work) else { return tooLarge }
      for (byte, after) in successors {
        if seen.insert(after).inserted {
          steps.append(Step(place: after, byte: byte, from: next))
        }
      }
      next += 1
    }
    return isComplete ? .nothing : .notDecided("words beside other patterns")
  }

  /// Whether the condition holds for a text of UTF-8.
  private func holds(_ condition: LanguageCondition, for text: [UInt8]) -> Bool {
    var place = Place(
      parts: automata.map(\.start), previous: PatternMeeting.Class.end, rest: UTF8Rest())
    var work = 0
    for byte in text {
      let kind = PatternMeeting.classOf(byte)
      guard !isASCII || byte < 0x80, let rest = place.rest.after(byte) else { return false }
      for index in place.parts.indices {
        guard
          let ready = automata[index].ready(
            place.parts[index], previous: place.previous, isWhole: place.rest.isWhole, next: kind,
            &work),
          let next = automata[index].after(ready, byte)
        else { return false }
        place.parts[index] = next
      }
      place.previous = kind
      place.rest = rest
    }
    return place.rest.isWhole && holdsAtEnd(condition, place)
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

  /// Where each byte leads that places tell apart, the most readable first; nil where an automaton
  /// is too large.
  private func successors(
    of place: Place, _ condition: LanguageCondition, _ work: inout Int
  ) -> [(byte: UInt8, place: Place)]? {
    var result: [(byte: UInt8, place: Place)] = []
    for kind in PatternMeeting.Class.bytes {
      var parts = place.parts
      var starts = Self.commonStarts
      for index in parts.indices {
        guard
          let ready = automata[index].ready(
            parts[index], previous: place.previous, isWhole: place.rest.isWhole, next: kind, &work)
        else { return nil }
        parts[index] = ready
        for byte in automata[index].starts(of: ready) { starts[Int(byte)] = true }
      }
      for byte in representatives(starts, kind) {
        guard let rest = place.rest.after(byte) else { continue }
        var after = parts
        for index in after.indices {
          guard let next = automata[index].after(after[index], byte) else { return nil }
          after[index] = next
        }
        work += 1
        let possible = condition.truth {
          Self.truth(of: automata[$0].status(of: after[$0]))
        }
        if possible.isFalse { continue }
        result.append((byte, Place(parts: after, previous: kind, rest: rest)))
      }
    }
    result.sort { Self.rank($0.byte) < Self.rank($1.byte) }
    return result
  }

  private func holdsAtEnd(_ condition: LanguageCondition, _ place: Place) -> Bool {
    condition.truth { number in
      Truth(automata[number].accepts(place.parts[number], previous: place.previous))
    }.isTrue
  }

  private static func truth(of status: LanguageFollower.Status) -> Truth {
    switch status {
    case .out: .false
    case .open: .unknown
    case .in: .true
    }
  }

  // MARK: Bytes

  /// Where bytes begin that classes and UTF-8 tell apart from the one before.
  static let commonStarts: [Bool] = {
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

  /// Bytes that no language tells apart anywhere: where they begin, what they are to assertions,
  /// and the one of them that reads best.
  private struct Group {
    var start: Int
    var kind: UInt8
    var best: UInt8
  }

  /// The groups of all bytes that are searched, ascending.
  private static func groups(
    of automata: [LanguageAutomaton], isASCII: Bool
  ) -> [Group] {
    var starts = commonStarts
    for automaton in automata {
      for byte in 0..<256 where automaton.allStarts[byte] { starts[byte] = true }
    }
    var result: [Group] = []
    for byte in UInt8.min...(isASCII ? 0x7F : UInt8.max) {
      if starts[Int(byte)] {
        result.append(
          Group(start: Int(byte), kind: PatternMeeting.classOf(byte), best: byte))
      } else if let last = result.last, rank(byte) < rank(last.best) {
        result[result.count - 1].best = byte
      }
    }
    return result
  }

  /// The byte of each group that reads best, of those of a class; groups that nothing at a place
  /// tells apart are one.
  private func representatives(_ starts: [Bool], _ kind: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var best: UInt8?
    for group in groups {
      if starts[group.start] {
        if let best { result.append(best) }
        best = nil
      }
      guard group.kind == kind else { continue }
      if let known = best, Self.rank(known) <= Self.rank(group.best) { continue }
      best = group.best
    }
    if let best { result.append(best) }
    return result
  }
}
