import Foundation
import Testing
import TractatusValues

@testable import TractatusPatterns

@Suite("laws of tests of commands")
struct QueryLawTests {
  /// The questions and lines of all data.
  private func data() throws -> (questions: [CommandQuery], lines: [String]) {
    var questions: Set<String> = []
    var lines: [String] = []
    for url in LineFile.all(in: "queries") {
      for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
        if line.hasPrefix("  ") {
          questions.insert(String(line.dropFirst(2).prefix { $0 != ":" }))
        } else if line.hasPrefix("$ ") {
          lines.append(LineFile.unescaped(String(line.dropFirst(2))))
        }
      }
    }
    return (questions.sorted().compactMap(QueryReader.read), lines)
  }

  @Test("all tests at once say what each alone does, and leave out only what is false of all parts")
  func candidates() throws {
    let (questions, lines) = try data()
    let built = try CommandQuerySet(questions)
    var bytes: [UInt8] = [1, 2, 3]
    built.write(into: &bytes)
    let read = CommandQuerySet(reading: ImageBytes(bytes), 3..<bytes.count)
    let set = try #require(read)
    #expect(set == built)
    var scratch = CommandQueryScratch()
    var other = CommandQueryScratch()
    for (cwd, project) in [("/srv/app", "/srv"), ("/home/ann", "/home/ann/app"), ("", "")] {
      let subject = QuerySubject()
      subject.set("cwd", cwd)
      subject.set("project", project)
      for line in lines {
        subject.begin(line)
        set.candidates(subject.facts, subject.context, &scratch)
        let found = Set(scratch.candidates)
        #expect(found.count == scratch.candidates.count)
        for query in 0..<set.count {
          for holds in [true, false] {
            let truth = set.truth(
              query, subject.facts, invocation: -1, subject.context, ambiguityHolds: holds,
              &other)
            let whole = set.wholeTruth(
              query, subject.facts, subject.context, ambiguityHolds: holds, &scratch)
            #expect(whole == truth, "\(line): \(questions[query])")
          }
        }
        for query in 0..<set.count {
          for part in 0..<subject.facts.invocations.count + 1 {
            let truth = set.truth(
              query, subject.facts, invocation: part, subject.context, ambiguityHolds: true,
              &other)
            let known = set.partTruth(
              query, subject.facts, invocation: part, subject.context, ambiguityHolds: true,
              &scratch)
            #expect(known == truth, "\(line): \(questions[query]), \(part)")
            if found.contains(UInt32(query)), set.isFalseOfAll(query, &scratch) {
              let isOpaque =
                subject.facts.invocations.indices.contains(part)
                && subject.facts.invocations[part].flags.contains(.opaque)
              #expect(truth == (isOpaque ? .unknown : .false), "\(line): \(questions[query])")
            }
          }
        }
        let parts = -1..<subject.facts.invocations.count
        for query in 0..<set.count where !found.contains(UInt32(query)) {
          for part in parts {
            let truth = set.truth(
              query, subject.facts, invocation: part, subject.context, ambiguityHolds: true,
              &scratch)
            #expect(truth.isFalse, "\(line): \(questions[query]), \(part)")
          }
        }
      }
    }
  }

  @Test("a set whose bytes were changed is refused or works")
  func damagedSets() throws {
    let (questions, lines) = try data()
    var random = Seeded(6)
    var bytes: [UInt8] = []
    try CommandQuerySet(Array(questions.prefix(60))).write(into: &bytes)
    let subject = QuerySubject()
    for run in 0..<300 {
      var changed = bytes
      for _ in 0..<1 + random.next() % 4 {
        let place = Int(
          random.next() % UInt64(run % 2 == 0 ? min(4_000, changed.count) : changed.count))
        changed[place] =
          UInt8(truncatingIfNeeded: random.next() >> 8) & (random.chance(2) ? 7 : 255)
      }
      if random.chance(5) { changed.removeLast(Int(random.next() % 80)) }
      guard let set = CommandQuerySet(reading: ImageBytes(changed), 0..<changed.count) else {
        continue
      }
      subject.begin(random.pick(lines))
      var scratch = CommandQueryScratch()
      set.candidates(subject.facts, subject.context, &scratch)
      for query in 0..<set.count {
        for invocation in [-1, 0, 1] {
          _ = set.truth(
            query, subject.facts, invocation: invocation, subject.context, ambiguityHolds: true,
            &scratch)
        }
      }
    }
  }

  @Test("a test of a text that may be several is true when all pass and false when none does")
  func unknownTexts() throws {
    var random = Seeded(7)
    let patterns: [Pattern] = [
      Pattern(.equals, Array("ab".utf8)), Pattern(.contains, Array("b1".utf8)),
      Pattern(.startsWith, Array("a".utf8)), Pattern(.endsWith, Array(".a".utf8)),
      Pattern(.glob, Array("a*b".utf8)), Pattern(.glob, Array("*".utf8)),
      Pattern(.glob, Array("?*".utf8)), Pattern(.glob, Array("[ab]?".utf8)),
      Pattern(.glob, Array("*é*".utf8)), Pattern(.pathGlob, Array("*.a".utf8)),
      Pattern(.pathGlob, Array("a/**".utf8)), Pattern(.pathGlob, Array("**/b".utf8)),
      Pattern(.pathGlob, Array("/**".utf8)), Pattern(.pathGlob, Array("a/*/b".utf8)),
      Pattern(.regularExpression, Array("^a.*b$".utf8)),
      Pattern(.regularExpression, Array("\\bab\\b".utf8)),
      Pattern(.contains, Array("AB".utf8), ignoringCase: true),
      Pattern(.mentions, Array("ab".utf8)),
    ]
    let set = try TextQuerySet(patterns.map { [$0] } + [patterns])
    var scratch = TextQueryScratch()
    var small = TextQueryScratch()
    small.automata = PartialAutomata(words: 1 << 12)
    let literals = ["a", "b", "ab", "/", ".", ".a", "1", "é", "x", "a/b", "-"]
    for _ in 0..<400 {
      var whole = PartialText()
      var sample: [String] = ["", "", "", ""]
      for _ in 0..<1 + random.next() % 5 {
        let kind = random.next() % 10
        switch kind {
        case 0: whole.append(.any)
        case 1: whole.append(.run)
        case 2: whole.append(.one)
        case 3: whole.append(.number)
        case 4: whole.append(.directories)
        case 5: whole.append(set: Array("[ab]".utf8).span, beginsName: false)
        default:
          let text = random.pick(literals)
          whole.append(Array(text.utf8).span)
          for index in sample.indices { sample[index] += text }
          continue
        }
        for index in sample.indices {
          switch kind {
          case 0: sample[index] += random.pick(["", "a", "b/", "é", "/x.a", "\n", "ab"])
          case 1: sample[index] += random.pick(["", "a", "b", "é1", "."])
          case 2: sample[index] += random.pick(["a", "b", "é", "."])
          case 3: sample[index] += random.pick(["0", "17", "-1"])
          case 4: sample[index] += random.pick(["", "/", "a/", "x/b/"])
          default: sample[index] += random.pick(["a", "b", "[ab]"])
          }
        }
      }
      for query in 0..<set.count {
        let truth = set.truth(query, whole, &scratch)
        // With little memory the answer is the same, or not known.
        let other = set.truth(query, whole, &small)
        #expect(other.isUnknown || other == truth)
        for text in sample {
          let known = set.truth(query, PartialText(Array(text.utf8)), &scratch)
          #expect(truth.isUnknown || truth == known, "\(whole.shown) \(text) \(query)")
          if whole.isKnown { #expect(truth == known) }
        }
      }
      var places: [UInt8] = []
      for text in sample {
        #expect(whole.mayBe(Array(text.utf8).span, &places), "\(whole.shown) \(text)")
      }
    }
  }
}
