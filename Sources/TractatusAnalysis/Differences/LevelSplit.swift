import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// Levels of one threshold as two versions divide its score, on one scale: each limit of either is
/// one of both, so that a test of either's levels is one of theirs together.
struct LevelSplit {
  /// The levels of both, ascending.
  let levels: [Threshold.Level]
  /// By level of both: the level of the old version, and of the new one.
  private let old: [Int]
  private let new: [Int]

  /// The levels of two versions of a threshold.
  init(old: [Threshold.Level], new: [Threshold.Level]) {
    let limits = Set(old.map(\.from) + new.map(\.from)).sorted()
    func places(_ levels: [Threshold.Level]) -> [Int] {
      limits.map { limit in max(0, levels.count { $0.from <= limit } - 1) }
    }
    let places = places(old)
    levels = zip(limits, places).compactMap { limit, place in
      guard old.indices.contains(place) else { return nil }
      var level = old[place]
      level.from = limit
      return level
    }
    self.old = places
    self.new = limits.map { limit in max(0, new.count { $0.from <= limit } - 1) }
  }

  /// The levels of both that lie in some of the old version, or of the new one.
  func ranges(_ ranges: [OrdinalRange], isOld: Bool) -> [OrdinalRange] {
    let places = (isOld ? old : new).enumerated().filter { _, level in
      RangeSet.contains(ranges, Ordinal(level))
    }
    return RangeSet.normalized(
      places.map { OrdinalRange(Ordinal($0.offset), Ordinal($0.offset)) })
  }

  /// The levels of both that are one of the old version, or of the new one.
  func levels(of level: Int, isOld: Bool) -> [Int] {
    (isOld ? old : new).enumerated().filter { $0.element == level }.map(\.offset)
  }
}
