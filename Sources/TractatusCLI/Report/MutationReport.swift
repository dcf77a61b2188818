import TractatusJSON
import TractatusSource
import TractatusTestRunner

/// What `test --mutate` prints.
struct MutationReport {
  /// How many characters around a change are shown.
  private static let context = 60

  let run: MutationRun
  let score: MutationScore
  let caseCount: Int
  /// How many mutations were judged, of how many there are.
  let judgedCount: Int
  let candidateCount: Int
  let seed: Int

  /// What no test notices, and the totals, for people.
  func text(_ style: Style) -> String {
    var text = ""
    for index in score.survivors {
      let mutation = run.mutations[index]
      let place = SourceLineExcerpt.visible(run.places[index])
      let owner = SourceLineExcerpt.visible(mutation.owner)
      text += "\(style.paint("UNNOTICED", .doubtful))  \(place): \(owner): "
      text += "\(mutation.kind.summary)\n"
      let (before, after) = Self.excerpts(mutation.original, mutation.mutated)
      text += "      - \(SourceLineExcerpt.visible(before))\n"
      if !after.isEmpty { text += "      + \(SourceLineExcerpt.visible(after))\n" }
    }
    let percentage = "\(score.perMille / 10).\(score.perMille % 10) %"
    let words = "\(score.killedCount) of \(score.count) changes noticed (\(percentage))"
    text += style.paint(words, score.survivors.isEmpty ? .good : .doubtful)
    text += ", by \(AuthoringReport.counted(caseCount, "test"))\n"
    if judgedCount < candidateCount {
      text += "A sample: \(judgedCount) of \(candidateCount) changes, by seed \(seed).\n"
    }
    if score.equivalentCount + score.invalidCount > 0 {
      text += "Not counted: \(score.equivalentCount) that decide nothing otherwise, or what another"
      text += " does; \(score.invalidCount) that do not compile.\n"
    }
    return text
  }

  /// The part of two texts in which they differ, with some of what is around it.
  static func excerpts(_ one: String, _ other: String) -> (String, String) {
    if other.isEmpty { return (shortened(one), "") }
    let (left, right) = (Array(one), Array(other))
    var start = 0
    while start < left.count, start < right.count, left[start] == right[start] { start += 1 }
    var end = 0
    while end < left.count - start, end < right.count - start,
      left[left.count - 1 - end] == right[right.count - 1 - end]
    { end += 1 }
    let first = start > context ? start - context : 0
    let rest = end > context ? end - context : 0
    func cut(_ text: [Character]) -> String {
      let middle = String(text[first..<(text.count - rest)])
      return (first > 0 ? "…" : "") + middle + (rest > 0 ? "…" : "")
    }
    return (cut(left), cut(right))
  }

  private static func shortened(_ text: String) -> String {
    text.count > 2 * context ? text.prefix(2 * context) + "…" : text
  }

  /// The same as one JSON object.
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for (key, number): (StaticString, Int) in [
      ("mutations", candidateCount), ("judged", judgedCount), ("seed", seed),
      ("counted", score.count), ("killed", score.killedCount),
      ("survived", score.survivors.count), ("equivalent", score.equivalentCount),
      ("invalid", score.invalidCount), ("cases", caseCount), ("score_per_mille", score.perMille),
    ] {
      json.key(key)
      json.number(number)
    }
    json.key("survivors")
    json.beginArray()
    for index in score.survivors {
      let mutation = run.mutations[index]
      json.beginObject()
      for (key, text): (StaticString, String) in [
        ("at", run.places[index]), ("declaration", mutation.owner),
        ("kind", mutation.kind.rawValue), ("original", mutation.original),
        ("mutated", mutation.mutated),
      ] {
        json.key(key)
        json.string(text)
      }
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
