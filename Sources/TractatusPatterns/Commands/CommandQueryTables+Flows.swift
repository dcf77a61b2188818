import TractatusValues

extension CommandQueryTables {
  /// Whether what some invocation of the first programs writes flows into one of the second.
  ///
  /// Past `pairLimit` pairs of such invocations, and of the paths that they name, it is unknown.
  func pipeTruth(
    _ query: CommandQueryRecords.Query, _ range: Range<Int>, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    scratch.found.removeAll(keepingCapacity: true)
    for sink in range where !truth(ofTerms: query.sinks, sink, facts, &scratch).isFalse {
      scratch.found.append(UInt32(truncatingIfNeeded: sink))
    }
    if scratch.found.isEmpty { return .false }
    var result = Truth.false
    var budget = Self.pairLimit
    for source in range {
      let first = truth(ofTerms: query.terms, source, facts, &scratch)
      if first <= result { continue }
      for index in scratch.found.indices {
        let sink = Int(scratch.found[index])
        let truth = first & self.truth(ofTerms: query.sinks, sink, facts, &scratch)
        if truth <= result || sink == source { continue }
        budget -= 1
        if budget < 0 { return result | .unknown }
        if facts.flows(from: source, into: sink) {
          result = result | truth
        } else if source < sink, !facts.areOne(source, sink) {
          result = result | (truth & fileTruth(source, sink, facts, context, &budget, &scratch))
        }
        if result.isTrue { return result }
      }
    }
    return result
  }

  /// The most pairs of invocations, or of their paths, that one test of a flow looks at.
  private static var pairLimit: Int { 10_000 }

  /// Whether one invocation writes a file that a later one reads or runs.
  private func fileTruth(
    _ source: Int, _ sink: Int, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    _ budget: inout Int, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    var result = Truth.false
    for written in facts.invocations[source].effects {
      let write = facts.effects[written]
      guard write.verb == .writes, write.kind == .path else { continue }
      for read in facts.invocations[sink].effects {
        let effect = facts.effects[read]
        guard effect.verb == .reads || effect.verb == .executes, effect.kind == .path else {
          continue
        }
        let certainty = write.certainty & effect.certainty
        if certainty <= result { continue }
        let (one, other) = (write.target, effect.target)
        budget -= 1 + (one.partCount > 1 || other.partCount > 1 ? 4 : 0)
        if budget < 0 { return result | .unknown }
        result = result | (certainty & isSame(one, other, facts, context, &budget, &scratch))
        if result.isTrue { return result }
      }
    }
    return result
  }

  /// Whether two texts of a line name one file.
  private func isSame(
    _ one: CommandText, _ other: CommandText, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext, _ budget: inout Int, _ scratch: inout CommandQueryScratch
  ) -> Truth {
    guard let left = namedText(one, facts), let right = namedText(other, facts) else {
      return .unknown
    }
    // PERF: most paths end in different names.
    if let last = lastName(left, facts), let end = lastName(right, facts) {
      guard last.count == end.count else { return .false }
      for offset in 0..<last.count
      where facts.line.text[last.lowerBound + offset] != facts.line.text[end.lowerBound + offset] {
        return .false
      }
    }
    budget -= (left.count + right.count) / 64
    scratch.target.prepare(path: one, isNestedElsewhere: false, facts, context)
    scratch.other.prepare(path: other, isNestedElsewhere: false, facts, context)
    var result: Truth?
    // Of one directory it is the same that both start from, whichever of several that is.
    let outcomes = one.base == other.base ? facts.bases[Int(one.base)].outcomes : 1
    let (count, others) = (
      scratch.target.forms.count / outcomes, scratch.other.forms.count / outcomes
    )
    for first in 0..<(count * outcomes) {
      let outcome = first / max(1, count)
      for second in (outcome * others)..<((outcome + 1) * others) {
        let truth = scratch.target.forms.readings[first].isSame(
          as: scratch.other.forms.readings[second], startsAlike: one.base == other.base,
          isStartKnown: one.base != CommandBase.unknown)
        if let found = result, found != truth { return .unknown }
        result = truth
      }
    }
    return result ?? .unknown
  }

  /// The known text of a path behind a home directory, if there is one; nil where not all is
  /// known.
  private func namedText(_ text: CommandText, _ facts: borrowing CommandFacts) -> Range<Int>? {
    if let known = facts.knownText(text) { return known }
    guard !text.flags.contains(.isPattern), text.partCount > 0 else { return nil }
    switch facts.line.parts[Int(text.firstPart)].kind {
    case .home, .userHome: break
    default: return nil
    }
    if text.partCount == 1 { return 0..<0 }
    let rest = facts.line.parts[Int(text.firstPart) + 1]
    return text.partCount == 2 && rest.kind == .literal ? rest.range : nil
  }

  /// The last name of a path as it is spelt; nil where that may be none.
  private func lastName(_ path: Range<Int>, _ facts: borrowing CommandFacts) -> Range<Int>? {
    let slash = UInt8(ascii: "/")
    var end = path.upperBound
    while end > path.lowerBound, facts.line.text[end - 1] == slash { end -= 1 }
    var start = end
    while start > path.lowerBound, facts.line.text[start - 1] != slash { start -= 1 }
    guard start < end else { return nil }
    switch facts.line.text[start] {
    // `.`, `..`, `~`, `$HOME`, and `root` and `cwd` of a process.
    case UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "r"),
      UInt8(ascii: "c"):
      return nil
    default: return start..<end
    }
  }
}

extension CommandFacts {
  /// Whether two invocations are readings of one.
  fileprivate func areOne(_ first: Int, _ second: Int) -> Bool {
    invocations[first].command == invocations[second].command
      && invocations[first].nameWord == invocations[second].nameWord
  }
}

extension PathForms {
  /// Whether this path and another are one file: true or false where that is certain.
  ///
  /// Linear in the paths.
  ///
  /// - Parameters:
  ///   - startsAlike: whether both start from one directory.
  ///   - isStartKnown: whether that can be known.
  fileprivate func isSame(
    as other: borrowing PathForms, startsAlike: Bool, isStartKnown: Bool
  ) -> Truth {
    guard given.isKnown, other.given.isKnown else { return .unknown }
    let areRelative = given.root == .relative && other.given.root == .relative
    if startsAlike, areRelative {
      if given.text == other.given.text { return .true }
      if isStartKnown, given.isBelowStart, other.given.isBelowStart { return .false }
    }
    if absolute.hasRoot, other.absolute.hasRoot { return absolute.isSame(as: other.absolute) }
    // Of a path that starts anywhere the end is known.
    if absolute.hasRoot { return Truth.unknown & Truth(absolute.mayEnd(in: other.given)) }
    if other.absolute.hasRoot { return Truth.unknown & Truth(other.absolute.mayEnd(in: given)) }
    return Truth.unknown & Truth(given.mayEnd(in: other.given) || other.given.mayEnd(in: given))
  }
}

extension PathText {
  /// Whether the path is known from a root, or a home directory, on.
  fileprivate var hasRoot: Bool { isKnown && root != .relative }

  /// Whether two paths with roots are one, where a home directory may be any that looks like one.
  fileprivate func isSame(as other: borrowing PathText) -> Truth {
    if root == other.root, text == other.text { return .true }
    let areAbsolute = root == .absolute && other.root == .absolute
    guard !areAbsolute, let home = self.home, let place = other.home else { return .false }
    guard text.bytes[home.rest] == other.text.bytes[place.rest] else { return .false }
    // One's own may have any name.
    let isOwn = root == .home || other.root == .home
    return isOwn || text.bytes[home.name] == other.text.bytes[place.name] ? .unknown : .false
  }

  /// The name of whose home directory the path lies in, or may, and what lies below that; nil
  /// where it is none.
  private var home: (name: Range<Int>, rest: Range<Int>)? {
    let bytes = text.bytes
    switch root {
    case .home: return (0..<0, min(rootCount, bytes.count)..<bytes.count)
    case .userHome: return named(1)
    case .absolute:
      if begins(with: "/root") { return named(1) }
      for folder: StaticString in ["/home", "/Users"] where begins(with: folder) {
        let start = folder.utf8CodeUnitCount + 1
        return start < bytes.count ? named(start) : nil
      }
      return nil
    case .relative, .unknown: return nil
    }
  }

  /// The name that begins at an offset, and what follows it.
  private func named(_ start: Int) -> (name: Range<Int>, rest: Range<Int>) {
    let rest = afterName(start)
    let hasMore = rest.lowerBound > start && text.bytes[rest.lowerBound - 1] == UInt8(ascii: "/")
    return (start..<(hasMore ? rest.lowerBound - 1 : text.bytes.count), rest)
  }

  /// What follows the name that begins at an offset.
  private func afterName(_ start: Int) -> Range<Int> {
    let bytes = text.bytes
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
    return min(end + 1, bytes.count)..<bytes.count
  }

  /// Whether the path begins with a folder, name by name.
  private func begins(with folder: StaticString) -> Bool {
    let bytes = text.bytes
    let count = folder.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    for offset in 0..<count {
      // SAFETY: the static string has as many bytes as its count says, and lives for ever.
      let byte = unsafe folder.utf8Start[offset]
      if bytes[offset] != byte { return false }
    }
    return bytes.count == count || bytes[count] == UInt8(ascii: "/")
  }

  /// Whether the path may be one that starts anywhere: its names end in those of the other, or,
  /// where nobody knows what stands before its own, begin in them.
  fileprivate func mayEnd(in other: borrowing PathText) -> Bool {
    let (names, end) = (knownNames, other.knownNames)
    let count = min(names.count, end.count)
    if root == .absolute, end.count > names.count { return false }
    for offset in 1..<(count + 1)
    where text.bytes[names.upperBound - offset] != other.text.bytes[end.upperBound - offset] {
      return false
    }
    // Whole names alone count.
    if names.count > count { return text.bytes[names.upperBound - count - 1] == 0x2F || count == 0 }
    if end.count > count {
      return other.text.bytes[end.upperBound - count - 1] == 0x2F || count == 0
    }
    return true
  }

  /// The bytes of the names, without `..` at the start.
  private var knownNames: Range<Int> {
    let bytes = text.bytes
    var start = min(rootCount, bytes.count)
    if root == .userHome { start = afterName(0).lowerBound }
    while start + 1 < bytes.count, bytes[start] == 0x2E, bytes[start + 1] == 0x2E,
      start + 2 == bytes.count || bytes[start + 2] == 0x2F
    {
      start = min(start + 3, bytes.count)
    }
    return start..<bytes.count
  }
}
