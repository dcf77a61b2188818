import TractatusPatterns
import TractatusValues

/// Every pattern that classifications and readings have, and what one text holds of them.
final class TextFinder {
  private let patterns: PatternSet
  private let numbers: [TextPattern: Int]
  private let extractors: [TextPattern: Extractor]
  private var scratch = PatternScratch()
  private var extractorScratch = ExtractorScratch()
  private var isFound: [Bool]
  /// The text that was read last.
  private(set) var text = ""
  private var bytes: [UInt8] = []

  /// Builds a finder; nil where a pattern cannot be read.
  init?(_ classifications: [Classification], _ readings: [Reading]) {
    var list: [TextPattern] = []
    var numbers: [TextPattern: Int] = [:]
    var extractors: [TextPattern: Extractor] = [:]
    var isSound = true
    func add(_ pattern: TextPattern) {
      if numbers[pattern] == nil {
        numbers[pattern] = list.count
        list.append(pattern)
      }
    }
    func addAll(_ condition: Condition) {
      condition.forEachTest {
        if case .matches(let patterns) = $0.predicate { patterns.forEach(add) }
      }
    }
    func addExtractor(_ pattern: TextPattern) {
      guard extractors[pattern] == nil else { return }
      extractors[pattern] = try? Extractor(
        Array(pattern.text.utf8), ignoringCase: pattern.ignoresCase,
        dotMatchesNewline: pattern.dotMatchesNewline)
      if extractors[pattern] == nil { isSound = false }
    }
    for classification in classifications {
      for pattern in classification.patterns { add(pattern) }
      if case .parameters(let extracts, _) = classification.form {
        for extract in extracts { addExtractor(extract.pattern) }
      }
    }
    for reading in readings {
      addAll(reading.condition)
      for capture in reading.captures {
        for pattern in capture.patterns { addExtractor(pattern) }
      }
    }
    guard isSound, let patterns = try? PatternSet(list.map { Pattern($0) }) else {
      return nil
    }
    self.patterns = patterns
    self.numbers = numbers
    self.extractors = extractors
    isFound = Array(repeating: false, count: list.count)
  }

  /// Reads a text, of which everything is asked then. Linear in the text.
  func read(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    for index in isFound.indices { isFound[index] = false }
    patterns.match(bytes.span, scratch: &scratch)
    for found in scratch.matches { isFound[Int(found)] = true }
  }

  /// Whether the text matches a pattern.
  func has(_ pattern: TextPattern) -> Bool {
    numbers[pattern].map { isFound[$0] } ?? false
  }

  /// The first group of every match of an expression; nil where they cannot all be told.
  func matches(of pattern: TextPattern) -> [String]? {
    guard let extractor = extractors[pattern],
      extractor.extract(bytes.span, scratch: &extractorScratch)
    else { return nil }
    return extractorScratch.matches.map {
      String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
    }
  }
}

extension Classification {
  /// The terms and other patterns of its conditions and points.
  package var patterns: [TextPattern] {
    var found: [TextPattern] = []
    func add(_ condition: Condition) {
      condition.forEachTest {
        if case .matches(let patterns) = $0.predicate { found += patterns }
      }
    }
    for point in points {
      switch point.reason {
      case .when(let condition): add(condition)
      case .each(let terms): found += terms
      }
    }
    if case .parameters(_, let usuals) = form {
      for usual in usuals { add(usual.condition) }
    }
    return found
  }

  /// All points.
  var points: [Point] {
    switch form {
    case .words(let cases, _): cases.flatMap(\.points)
    case .share(let share): share.points
    case .parameters: []
    }
  }
}
