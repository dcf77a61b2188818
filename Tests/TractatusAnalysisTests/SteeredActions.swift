import TractatusCompiler
import TractatusSemantics
import TractatusValues

@testable import TractatusAnalysis
@testable import TractatusConformanceSupport

/// Actions of a policy: some made at random, others of what its clauses ask for and narrowly miss,
/// mixed with these, a value a step away here and there.
struct SteeredActions {
  private var generator: ActionGenerator
  private var random: SplitMix64
  /// Actions on which clauses fire, or would but for one test.
  private var aims: [JSONText] = []

  /// Clauses that are aimed at.
  private static let aimLimit = 24

  init(_ policy: AnalysedPolicy, seed: UInt64) {
    generator = ActionGenerator(policy.generated, seed: seed)
    random = SplitMix64(seed: seed ^ 0x5EED)
    let model = AnalysisModel(policy.lowered)
    var solver = Solver(model)
    let builder = WitnessBuilder(model)
    var clauses: [(type: Int, clause: LoweredClause)] = []
    for (type, table) in policy.lowered.tables.enumerated() {
      clauses += table.clauses.map { (type, $0) }
    }
    clauses += policy.lowered.anyTable.clauses.map { (0, $0) }
    clauses.shuffle(using: &random)
    for (type, clause) in clauses.prefix(Self.aimLimit) {
      for goals in self.goals(clause) {
        guard case .witness(let assignment) = solver.find(goals, steps: 2_000) else { continue }
        for document in builder.documents(for: assignment, type: type).prefix(2) {
          let text = String(decoding: document, as: UTF8.self)
          if let aim = try? JSONText(reading: text) { aims.append(aim) }
        }
      }
    }
  }

  /// What a clause asks, and the same with one test of a row turned round or left out.
  private mutating func goals(_ clause: LoweredClause) -> [[Goal]] {
    let rest = clause.required.map { [Goal($0, .notTrue)] } ?? []
    var result = [[Goal(clause.formula, .isTrue)] + rest, [Goal(clause.formula, .isUnknown)]]
    guard let row = clause.formula.rows.randomElement(using: &random),
      let turned = row.literals.indices.randomElement(using: &random)
    else { return result }
    var literals = row.literals
    literals[turned].isNegated.toggle()
    result.append([Goal(.and(literals.map(\.expression)), .isTrue)])
    literals.remove(at: turned)
    result.append([Goal(.and(literals.map(\.expression)), .isTrue)])
    return result
  }

  /// The next action, a native document.
  mutating func next() -> [UInt8] {
    let action = generator.action()
    guard !aims.isEmpty, random.chance(2, in: 3) else { return Array(action.written.utf8) }
    var aim = aims[random.below(aims.count)]
    if random.chance(1, in: 3) { aim = mixed(aim, action, isOuter: true) }
    if random.chance(1, in: 2) { aim = moved(aim) }
    return Array(aim.written.utf8)
  }

  /// The first with members of the second that it lacks, and some in place of its own.
  private mutating func mixed(_ one: JSONText, _ other: JSONText, isOuter: Bool) -> JSONText {
    guard case .object(let members) = other else { return one }
    var result = one
    for member in members {
      let name = String(String.UnicodeScalarView(member.key))
      if isOuter, name == "action" || name == "tool" { continue }
      guard let own = result[name] else {
        if random.chance(1, in: 2) { result[name] = member.value }
        continue
      }
      if isOuter, case .object = own {
        result[name] = mixed(own, member.value, isOuter: false)
      } else if random.chance(1, in: 4) {
        result[name] = member.value
      }
    }
    return result
  }

  /// The same with some values a step away, or gone.
  private mutating func moved(_ value: JSONText) -> JSONText {
    switch value {
    case .object(let members):
      var result: [JSONText.Member] = []
      for member in members where !random.chance(1, in: 24) {
        let name = String(String.UnicodeScalarView(member.key))
        let isFixed = name == "action" || random.chance(1, in: 2)
        result.append(
          JSONText.Member(key: member.key, value: isFixed ? member.value : moved(member.value)))
      }
      return .object(result)
    case .array(var elements):
      guard let place = elements.indices.randomElement(using: &random) else { return value }
      if random.chance(1, in: 3) {
        elements.remove(at: place)
      } else if random.chance(1, in: 3) {
        elements.append(elements[place])
      } else {
        elements[place] = moved(elements[place])
      }
      return .array(elements)
    case .number(let text):
      guard let number = Int(text) else { return .number(text.hasPrefix("-") ? "0" : text + "1") }
      let step = random.below(3)
      return .number(step == 0 ? "\(number - 1)" : step == 1 ? "\(number + 1)" : "\(number).5")
    case .string(var scalars):
      switch random.below(4) {
      case 0 where !scalars.isEmpty: scalars.removeLast()
      case 1: scalars += Array("/a".unicodeScalars)
      case 2 where !scalars.isEmpty: scalars.removeFirst()
      default: scalars += Array("b".unicodeScalars)
      }
      return .string(scalars)
    case .bool(let value): return .bool(!value)
    case .null: return value
    }
  }
}
