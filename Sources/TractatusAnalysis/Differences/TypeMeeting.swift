import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// The values of one attribute that both versions take, where they declare it otherwise: what only
/// one takes is an input error of the other.
struct TypeMeeting {
  /// The type of these values.
  let type: ValueType
  /// By word of the old version's enumeration, and of the new one's: its place among the common
  /// ones; nil where both are numbers or times.
  private var old: [Int?]?
  private var new: [Int?]?

  /// What two types have in common; nil where they are not alike enough to be compared.
  init?(_ old: ValueType, _ new: ValueType) {
    switch (old, new) {
    case (.int(let one), .int(let other)): type = .int(bounds: Self.meet(one, other))
    case (.number(let one), .number(let other)): type = .number(bounds: Self.meet(one, other))
    case (.enumeration(let one), .enumeration(let other)):
      let common = one.values.filter { other.values.contains($0) }
      guard !common.isEmpty, common == other.values.filter({ one.values.contains($0) }) else {
        return nil
      }
      type = .enumeration(Enumeration(name: one.name, values: common))
      self.old = one.values.map { common.firstIndex(of: $0) }
      self.new = other.values.map { common.firstIndex(of: $0) }
    default: return nil
    }
  }

  /// The classes that values of two types may bring about, where what does not fit is an input
  /// error: fewer values only tighten, more only loosen.
  static func refusals(
    from old: ValueType, to new: ValueType
  ) -> Set<PolicyDifference.Class> {
    if old == new { return [] }
    guard let meeting = TypeMeeting(old, new) else { return [.loosened, .tightened] }
    var result: Set<PolicyDifference.Class> = []
    if !isSame(meeting.type, old) { result.insert(.tightened) }
    if !isSame(meeting.type, new) { result.insert(.loosened) }
    return result
  }

  private static func isSame(_ one: ValueType, _ other: ValueType) -> Bool {
    if case .enumeration(let words) = one, case .enumeration(let others) = other {
      return words.values == others.values
    }
    return one == other
  }

  private static func meet(_ one: NumberBounds, _ other: NumberBounds) -> NumberBounds {
    NumberBounds(
      lower: [one.lower, other.lower].compactMap { $0 }.max(),
      upper: [one.upper, other.upper].compactMap { $0 }.min())
  }

  /// Ranges of one version on the common scale.
  func ranges(_ ranges: [OrdinalRange], isOld: Bool) -> [OrdinalRange] {
    guard let places = isOld ? old : new else { return ranges }
    let common = places.enumerated().compactMap { word, place -> OrdinalRange? in
      guard let place, RangeSet.contains(ranges, Ordinal(word)) else { return nil }
      return OrdinalRange(Ordinal(place), Ordinal(place))
    }
    return RangeSet.normalized(common)
  }
}
