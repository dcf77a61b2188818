@testable import TractatusPatterns

/// Whether one pattern matches a text, by the set and by itself, which must agree.
func decide(_ pattern: Pattern, _ text: String) throws -> (set: Bool, single: Bool) {
  let set = try PatternSet([pattern])
  var scratch = PatternScratch()
  let bytes = Array(text.utf8)
  set.match(bytes.span, scratch: &scratch)
  let found = scratch.matches == [0]
  return (found, set.matches(0, bytes.span, scratch: &scratch))
}

/// A pattern from a string.
func pattern(
  _ kind: Pattern.Kind, _ text: String, i: Bool = false, s: Bool = false
) -> Pattern {
  Pattern(kind, Array(text.utf8), ignoringCase: i, dotMatchesNewline: s)
}

/// A small generator of numbers for seeded tests (Vigna's splitmix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
