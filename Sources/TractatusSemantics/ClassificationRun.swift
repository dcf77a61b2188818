import TractatusValues

/// The classifications of one text, each worked out once.
struct ClassificationRun {
  private let classifications: [Classification]
  /// What the text holds.
  private let finder: TextFinder
  private let stated: [String: ConstantValue]
  private var values: [Int: ConstantValue?] = [:]
  private var departures: [Int: Parameters] = [:]

  /// What the text says of parameters.
  struct Parameters {
    var parameters: [InstructionRecord.Parameter] = []
    var note: String?
    var departs = false
  }

  init(
    _ classifications: [Classification], _ finder: TextFinder, stated: [String: ConstantValue]
  ) {
    self.classifications = classifications
    self.finder = finder
    self.stated = stated
  }

  // MARK: Values

  /// What a classification gives; nil for one of parameters.
  ///
  /// INVARIANT: the checker lets no classification rest on itself, so this ends.
  mutating func value(_ number: Int) -> ConstantValue? {
    if let known = values[number] { return known }
    let classification = classifications[number]
    var value: ConstantValue?
    switch classification.form {
    case .words(let cases, let otherwise):
      var best = (word: otherwise, points: Decimal.zero)
      // The cases stand in the order of the enumeration: a later one must have more.
      for inner in cases {
        let points = total(inner.points, from: .zero, uses: classification.uses)
        if points > best.points { best = (inner.word, points) }
      }
      value = .enumeration(best.word)
    case .share(let share):
      let points = total(share.points, from: share.start, uses: classification.uses)
      value = .number(points.clamped(to: .zero ... .one))
    case .parameters: value = nil
    }
    values[number] = .some(value)
    return value
  }

  private mutating func total(
    _ points: [Classification.Point], from start: Decimal, uses: [Classification.Use]
  ) -> Decimal {
    var sum = start
    for point in points {
      switch point.reason {
      case .when(let condition):
        if holds(condition, uses: uses) { sum = sum.adding(point.amount) ?? sum }
      case .each(let terms):
        for term in terms where finder.has(term) { sum = sum.adding(point.amount) ?? sum }
      }
    }
    return sum
  }

  /// Whether a condition over the text and what is said of it holds.
  mutating func holds(_ condition: Condition, uses: [Classification.Use]) -> Bool {
    switch condition {
    case .constant(let value): return value
    case .not(let inner): return !holds(inner, uses: uses)
    case .and(let parts):
      for part in parts where !holds(part, uses: uses) { return false }
      return true
    case .or(let parts):
      for part in parts where holds(part, uses: uses) { return true }
      return false
    case .quantified: return false
    case .test(let test): return holds(test, uses: uses)
    }
  }

  private mutating func holds(_ test: Test, uses: [Classification.Use]) -> Bool {
    guard case .parameter(let name, _) = test.operand.reference else { return false }
    switch test.predicate {
    case .present: return true
    case .matches(let patterns): return patterns.contains { finder.has($0) }
    case .equalsText(let texts):
      let text = finder.text
      return texts.contains { $0.utf8.elementsEqual(text.utf8) }
    case .inRanges(let ranges):
      guard let place = ordinal(name, test.operand.type, uses) else { return false }
      return ranges.contains { $0.lower <= place && place <= $0.upper }
    default: return false
    }
  }

  private mutating func ordinal(
    _ name: String, _ type: ValueType, _ uses: [Classification.Use]
  ) -> Ordinal? {
    guard let use = uses.first(where: { $0.name == name }) else { return nil }
    if name == ClassificationNames.departs {
      return parameters(use.classification).departs ? 1 : 0
    }
    switch (stated[name] ?? value(use.classification), type) {
    case (.enumeration(let word)?, .enumeration(let words)):
      return words.values.firstIndex(of: word).map { Ordinal($0) }
    case (.number(let number)?, _): return number.raw
    default: return nil
    }
  }

  // MARK: Parameters

  /// What a classification of parameters takes from the text.
  mutating func parameters(_ number: Int) -> Parameters {
    if let known = departures[number] { return known }
    var result = Parameters()
    guard case .parameters(let extracts, let usuals) = classifications[number].form else {
      return result
    }
    var names: [String] = []
    for extract in extracts where !names.contains(extract.name) { names.append(extract.name) }
    var notes: [String] = []
    for name in names {
      var found: [InstructionRecord.Value] = []
      for extract in extracts where extract.name == name {
        for text in finder.matches(of: extract.pattern) ?? [] {
          let value = Self.value(of: text)
          if !found.contains(value) { found.append(value) }
        }
      }
      if found.count == 1 {
        result.parameters.append(InstructionRecord.Parameter(name: name, value: found[0]))
      }
      var usual: [InstructionRecord.Value] = []
      for entry in usuals where entry.name == name {
        if holds(entry.condition, uses: classifications[number].uses) { usual += entry.values }
      }
      guard !usual.isEmpty, found.contains(where: { !usual.contains($0) }) else { continue }
      let texts = usual.map { value in
        switch value {
        case .text(let text): text
        case .number(let number): number.description
        case .bool(let bool): bool ? "true" : "false"
        }
      }
      notes.append(contentsOf: texts)
    }
    if !notes.isEmpty {
      result.departs = true
      result.note = "conflicts with training pattern " + notes.joined(separator: ", ")
    }
    departures[number] = result
    return result
  }

  /// A text that spells a number is that number.
  private static func value(of text: String) -> InstructionRecord.Value {
    let bytes = Array(text.utf8)
    return Decimal(canonical: bytes.span).map { .number($0) } ?? .text(text)
  }

  // MARK: Captures

  /// What a capture takes from the text; nil where it takes nothing, something that does not fit
  /// its type, or several values where there can be one.
  func value(of capture: Reading.Capture) -> ConstantValue? {
    var element = capture.type
    var isList = false
    if case .list(let inner) = capture.type { (element, isList) = (inner, true) }
    var found: [ConstantValue] = []
    for pattern in capture.patterns {
      guard let texts = finder.matches(of: pattern) else { return nil }
      for text in texts {
        guard let value = element.captured(text) else { return nil }
        if !found.contains(value) { found.append(value) }
      }
    }
    guard let first = found.first, isList || found.count == 1 else { return nil }
    return isList ? .list(found) : first
  }
}

extension ValueType {
  /// A text as a value of this type, bounds included; nil where it is none.
  fileprivate func captured(_ text: String) -> ConstantValue? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return nil }
    switch self {
    case .int(let bounds), .number(let bounds):
      guard let number = Decimal(canonical: bytes.span),
        bounds.lower.map({ $0 <= number }) ?? true, bounds.upper.map({ number <= $0 }) ?? true
      else { return nil }
      if case .int = self, !number.isIntegral { return nil }
      return .number(number)
    case .time(let bounds):
      guard let instant = Instant(bytes.span), bounds.lower.map({ $0 <= instant }) ?? true,
        bounds.upper.map({ instant <= $0 }) ?? true
      else { return nil }
      return .time(instant)
    case .enumeration(let words):
      return words.values.first { $0 == text || $0 == text.lowercased() }
        .map { .enumeration($0) }
    case .text, .path, .url, .host: return .text(text)
    case .bool, .command, .list, .record: return nil
    }
  }
}
