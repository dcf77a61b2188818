import TractatusSemantics
import TractatusValues

@testable import TractatusCompiler

/// Seeded random conditions over the fixture's parameters, and actions to try them on.
struct ConditionGenerator {
  var random: SplitMix64
  private static let texts = ["", "a", "ab", "b", "ba"]

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func condition(depth: Int) -> Condition {
    if depth == 0 || random.chance(1, in: 4) { return leaf() }
    switch random.below(5) {
    case 0: return .not(condition(depth: depth - 1))
    case 1, 2: return .and(parts(depth: depth - 1))
    default: return .or(parts(depth: depth - 1))
    }
  }

  private mutating func parts(depth: Int) -> [Condition] {
    (0..<(2 + random.below(3))).map { _ in condition(depth: depth) }
  }

  private mutating func leaf() -> Condition {
    switch random.below(14) {
    case 0: return .constant(random.chance(1, in: 2))
    case 1: return PolicyFixture.test("missing", .present)
    case 2, 3, 4: return PolicyFixture.test("port", scalar(scale: Decimal.scale))
    case 5: return PolicyFixture.test("size", scalar(scale: Decimal.scale))
    case 6: return PolicyFixture.test("environment", scalar(scale: 1))
    case 7: return PolicyFixture.test("flag", scalar(scale: 1))
    case 8, 9, 10: return PolicyFixture.test("name", text())
    case 11: return PolicyFixture.test("tags", list())
    case 12:
      let comparison = Comparison.allCases[random.below(Comparison.allCases.count)]
      return PolicyFixture.test("port", .compare(comparison, PolicyFixture.operand("size")))
    default:
      return .quantified(
        Quantified(
          isUniversal: random.chance(1, in: 2), list: PolicyFixture.operand("tags"), depth: 0,
          condition: .test(
            Test(
              operand: Operand(reference: .element(depth: 0, fields: []), type: .text),
              predicate: .equalsText(someTexts())))))
    }
  }

  private mutating func scalar(scale: Ordinal) -> Predicate {
    switch random.below(5) {
    case 0: return .present
    case 1: return .inRanges([OrdinalRange(.min, Ordinal(random.below(3)) * scale)])
    case 2: return .inRanges([OrdinalRange(Ordinal(random.below(3)) * scale, .max)])
    default:
      let chosen = (0..<3).filter { _ in random.chance(1, in: 2) }
      return .inRanges(
        RangeSet.normalized(
          chosen.map { OrdinalRange(Ordinal($0) * scale, Ordinal($0) * scale) }))
    }
  }

  private mutating func someTexts() -> [String] {
    Self.texts.filter { _ in random.chance(2, in: 5) }
  }

  private mutating func text() -> Predicate {
    switch random.below(4) {
    case 0: return .present
    case 1:
      let kinds: [TextPattern.Kind] = [.contains, .startsWith, .endsWith]
      return .matches(
        (0...random.below(2)).map { _ in
          TextPattern(kind: kinds[random.below(3)], text: ["a", "b", "ab"][random.below(3)])
        })
    default: return .equalsText(someTexts())
    }
  }

  private mutating func list() -> Predicate {
    switch random.below(3) {
    case 0: return .present
    case 1: return .containsText(someTexts())
    default:
      return .count([OrdinalRange(PolicyFixture.number(random.below(3)), .max)])
    }
  }

  /// An action in which every parameter may be absent or unknown, as far as its type lets it.
  mutating func model() -> TruthModel {
    var parameters: [String: ModelValue] = [:]
    for parameter in PolicyFixture.parameters {
      let roll = random.below(6)
      if roll == 0 {
        parameters[parameter.name] = .unknown
      } else if roll == 1, parameter.isOptional {
        parameters[parameter.name] = .absent
      } else {
        parameters[parameter.name] = value(parameter.type)
      }
    }
    return TruthModel(parameters: parameters, levels: [])
  }

  private mutating func value(_ type: ValueType) -> ModelValue {
    switch type {
    case .bool: return .ordinal(Ordinal(random.below(2)))
    case .enumeration: return .ordinal(Ordinal(random.below(3)))
    case .text: return .text(Self.texts[random.below(Self.texts.count)])
    case .list: return .texts((0..<random.below(4)).map { _ in Self.texts[random.below(5)] })
    default: return .ordinal(PolicyFixture.number(random.below(4) - 1))
    }
  }
}
