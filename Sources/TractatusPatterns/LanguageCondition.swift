import TractatusValues

/// Which texts are wanted, by the languages that they lie in.
package indirect enum LanguageCondition: Sendable, Hashable {
  case constant(Bool)
  /// The text lies in the language of this number.
  case lies(in: Int)
  case not(LanguageCondition)
  case and([LanguageCondition])
  case or([LanguageCondition])

  /// Its truth by that of lying in each language.
  func truth(_ language: (Int) -> Truth) -> Truth {
    switch self {
    case .constant(let value): return Truth(value)
    case .lies(let number): return language(number)
    case .not(let inner): return !inner.truth(language)
    case .and(let parts):
      var result = Truth.true
      for part in parts where !result.isFalse { result = result & part.truth(language) }
      return result
    case .or(let parts):
      var result = Truth.false
      for part in parts where !result.isTrue { result = result | part.truth(language) }
      return result
    }
  }

  /// Whether it holds for no text, whatever the languages are, as what it demands of one of them
  /// after the other shows; where that shows nothing it may be so still.
  var contradictsItself: Bool {
    var known: [Int: Bool] = [:]
    var count = -1
    while count != known.count {
      count = known.count
      if !demand(true, &known) { return true }
    }
    return false
  }

  /// Notes in which languages a text must lie, or not, for the condition to have a value; false
  /// where one cannot.
  private func demand(_ value: Bool, _ known: inout [Int: Bool]) -> Bool {
    switch self {
    case .constant(let own): return own == value
    case .not(let inner): return inner.demand(!value, &known)
    case .lies(let number):
      if let own = known[number] { return own == value }
      known[number] = value
      return true
    case .and(let parts) where value, .or(let parts) where !value:
      for part in parts where !part.demand(value, &known) { return false }
      return true
    case .and(let parts), .or(let parts):
      // One of them must have it.
      var open: [LanguageCondition] = []
      for part in parts {
        let truth = part.truth { known[$0].map { Truth($0) } ?? .unknown }
        if truth == Truth(value) { return true }
        if truth == .unknown { open.append(part) }
      }
      guard let only = open.first else { return false }
      return open.count > 1 || only.demand(value, &known)
    }
  }
}
