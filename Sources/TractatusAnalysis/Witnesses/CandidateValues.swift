import TractatusCompiler
import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// Values that may make the tests of one attribute what is wanted of them.
///
/// Guesses from what the tests name: whether they do is for the evaluator to say.
struct CandidateValues {
  let model: AnalysisModel
  let attribute: Int
  let texts: CandidateTexts

  /// Values, the likeliest first; none where no free test suggests one.
  func values(for tests: [(test: Int, truths: TruthSet)]) -> [KnownValue] {
    switch model.profiles[attribute].type {
    case .command:
      let wanted = tests.map { (test: model.policy.tests[$0.test], truths: $0.truths) }
      return CandidateCommands(model.policy.checked.programs, texts, tests: wanted).lines
        .map { .text($0) }
    case .path: return paths(tests).map { .text($0) }
    case .host, .url, .text: return text(tests).map { [.text($0)] } ?? []
    case .list(let element): return list(of: element, tests).map { [$0] } ?? []
    default: return []
    }
  }

  // MARK: Texts

  private func paths(_ tests: [(test: Int, truths: TruthSet)]) -> [[UInt8]] {
    var wishes: [CandidatePaths.Wish] = []
    for (test, truths) in tests where truths.contains(.isTrue) != truths.contains(.isFalse) {
      let holds = truths.contains(.isTrue)
      switch model.policy.tests[test] {
      case .forms(_, let predicate, _), .exact(_, let predicate):
        guard let set = TextSet(predicate) else { continue }
        wishes.append(CandidatePaths.Wish(kind: .texts(set), holds: holds))
      case .place(_, let place):
        wishes.append(CandidatePaths.Wish(kind: .place(place.test), holds: holds))
      default: continue
      }
    }
    return wishes.isEmpty ? [] : CandidatePaths(texts).texts(for: wishes)
  }

  private func text(_ tests: [(test: Int, truths: TruthSet)]) -> [UInt8]? {
    var parts: [TextSet] = []
    for (test, truths) in tests where truths != .any {
      let set: TextSet?
      switch model.policy.tests[test] {
      case .forms(_, let predicate, _), .exact(_, let predicate): set = TextSet(predicate)
      case .place(_, let place): set = PlaceTexts.set(place.test, isURL: isURL)
      default: set = nil
      }
      guard let set else { continue }
      if truths.contains(.isTrue) {
        parts.append(set)
      } else if truths.contains(.isFalse) {
        parts.append(.not(set))
      }
    }
    guard !parts.isEmpty else { return nil }
    let shape: TextSet =
      switch model.profiles[attribute].type {
      case .url: .url
      case .host: .host
      default: .plain
      }
    return texts.shortest(.and(parts + [shape])) ?? texts.shortest(.and(parts + [.plain]))
      ?? texts.shortest(.and(parts))
  }

  private var isURL: Bool { model.profiles[attribute].type == .url }

  // MARK: Lists

  /// A list for quantifiers: no element where `any` is to be false, one that passes where it is to
  /// be true, one that fails where `all` is to be false.
  private func list(
    of element: ValueType, _ tests: [(test: Int, truths: TruthSet)]
  ) -> KnownValue? {
    var elements: [KnownValue] = []
    for (test, truths) in tests {
      guard case .quantified(let quantified) = model.policy.tests[test] else { continue }
      if truths.contains(.isTrue) {
        guard let one = member(of: element, quantified.condition, wanted: true) else { return nil }
        elements.append(one)
      } else if quantified.isUniversal, !elements.isEmpty,
        let one = member(of: element, quantified.condition, wanted: false)
      {
        elements.append(one)
      }
    }
    return .list(elements)
  }

  private func member(
    of type: ValueType, _ condition: ElementExpression, wanted: Bool
  ) -> KnownValue? {
    if let scale = OrdinalScale(type) {
      var set = [scale.ends]
      collect(condition, wanted) { predicate, _, isWanted in
        guard case .inRanges(let ranges)? = predicate else { return }
        let normal = RangeSet.normalized(ranges)
        set = RangeSet.intersection(
          set, isWanted ? normal : RangeSet.complement(normal, in: scale.ends))
      }
      return scale.member(of: set).map { .ordinal($0) }
    }
    guard type.isText else { return .any }
    var parts: [TextSet] = []
    collect(condition, wanted) { predicate, place, isWanted in
      let set =
        predicate.flatMap { TextSet($0) } ?? place.flatMap { PlaceTexts.set($0, isURL: false) }
      if let set { parts.append(isWanted ? set : .not(set)) }
    }
    return texts.shortest(.and(parts)).map { .text($0) }
  }

  /// Calls `body` with tests of the element that make a condition as wanted: all parts of what must
  /// hold, the first of alternatives.
  private func collect(
    _ condition: ElementExpression, _ wanted: Bool,
    _ body: (ExactPredicate?, PlaceTest?, Bool) -> Void
  ) {
    switch condition {
    case .exact(_, let predicate, _): body(predicate, nil, wanted)
    case .place(_, let place): body(nil, place.test, wanted)
    case .not(let inner): collect(inner, !wanted, body)
    case .and(let parts), .or(let parts):
      let isAll = if case .and = condition { wanted } else { !wanted }
      for part in isAll ? parts : Array(parts.prefix(1)) { collect(part, wanted, body) }
    case .constant, .command, .relation, .recent, .quantified: return
    }
  }
}

extension TextSet {
  /// Texts that read like names and paths: what a witness shows where it can.
  static let plain = TextSet.language(
    .pattern(Pattern(.regularExpression, Array("^[A-Za-z0-9._/:@-]+$".utf8))))
}

extension TextSet {
  /// URLs and hosts as they are written mostly.
  fileprivate static let url = TextSet.language(
    .pattern(Pattern(.regularExpression, Array("^https://(?:[a-z0-9-]+\\.)+[a-z]+/$".utf8))))
  fileprivate static let host = TextSet.language(
    .pattern(Pattern(.regularExpression, Array("^(?:[a-z0-9-]+\\.)*[a-z][a-z0-9]*$".utf8))))
}

/// Places as sets of texts, by their spelling.
enum PlaceTexts {
  /// Texts that pass a test of a place.
  static func set(_ test: PlaceTest, isURL: Bool) -> TextSet {
    let within = TextSet.or(test.places.map { set($0, isURL: isURL) })
    return test.isOutside ? .not(within) : within
  }

  private static func set(_ place: Place, isURL: Bool) -> TextSet {
    switch place {
    case .directory(let path):
      let trimmed = path == "/" ? "" : path
      return expression("^" + quoted(trimmed) + "(?:/[^/.][^/]*)+$")
    case .cwd, .project: return expression("^[^/.~$][^/]*$")
    case .domain(let name):
      let scheme = isURL ? "^https://" : "^"
      return expression(scheme + "(?:[a-z0-9]+\\.)*" + quoted(name) + (isURL ? "/$" : "$"))
    }
  }

  private static func expression(_ text: String) -> TextSet {
    .language(.pattern(Pattern(.regularExpression, Array(text.utf8))))
  }

  /// The text with what is special in expressions escaped.
  static func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar),
        scalar != "_"
      {
        result.append("\\")
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
