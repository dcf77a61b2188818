import TractatusJSON
import TractatusValues

/// What a call is of one type.
struct TypeMark: Sendable {
  var epoch: UInt32 = 0
  var truth = Truth.false
  /// Named by the call, or mapped from its tool.
  var isDirect = false
}

/// A type as which a call is judged.
struct TypeInstance: Sendable {
  var type: UInt32
  /// Whether the call is of the type: true or unknown.
  var truth: Truth
  /// Judged as `unmapped` only for the sealed rules of packages that do not know its mappings.
  var isGuard: Bool
}

/// What a clause says.
enum ClauseState: UInt8, Sendable {
  case fired, unmet, unknown
}

/// What becomes of what a clause says.
enum Disposition: UInt8, Sendable {
  case counts, waived, shadow
}

/// A clause that is true, unmet or unknown.
struct ClauseResult: BitwiseCopyable, Sendable {
  var clause: UInt32
  var instance: UInt32
  var state: ClauseState
  var disposition: Disposition
  /// The waiver that took it out.
  var waiver = noIndex
}

/// A default or floor that is not lifted.
struct DefaultResult: BitwiseCopyable, Sendable {
  var otherwise: UInt32
  var instance: UInt32
  /// Whether it is that of the package, not of the type.
  var isPackage: Bool
  /// Whether only its own package lifts it.
  var isSealed: Bool
  var isUnknown: Bool
}

/// An `allow` clause that fired.
struct Lift: BitwiseCopyable, Sendable {
  var instance: UInt32
  var package: UInt32
}

/// Why a threshold has no score.
enum Unmeasured: UInt8, Sendable {
  case input, absentInput, division, overflow, condition, sum
}

/// The score of a threshold in the decision at hand.
struct ThresholdScore: Sendable {
  var epoch: UInt32 = 0
  var isMeasured = false
  var isGiven = false
  var score = Decimal.zero
  var level: UInt32 = 0
  /// Why it is not measured, and the attribute, factor or point that is to blame.
  var reason = Unmeasured.input
  var culprit: UInt32 = 0
}

/// What is wrong with the input; the least rank is reported.
struct InputProblem: Sendable {
  enum Kind: UInt8, Sendable {
    case notAnAction, unknownType, ambiguousType, illTyped, missing, excess, outOfRange,
      surroundings
    case badParameters
  }
  var kind: Kind
  /// The document's own shape first, then parameters by type and name, then roots.
  var rank: Int
  var slot: UInt32 = noIndex
  var document: UInt8 = 0
  var node: UInt32 = 0
}

/// What a judgement comes to.
struct Judgement: Sendable {
  var verdict = Verdict.allow
  var isGranted = false
  /// Whether a clause that corrects fired and counts.
  var mayCorrect = false
}

/// The parameters of a call with its corrections in them.
struct Correction: Sendable {
  var isActive = false
  /// The parameters as a document of their own.
  var parameters = JSONTape()
  /// The corrected parameters by name, for the report.
  var changes: [NamedValue] = []
  /// The clauses that corrected, with the types that they judged.
  var clauses: [(clause: UInt32, type: UInt32)] = []

  mutating func reset() {
    isActive = false
    if !changes.isEmpty { changes.removeAll(keepingCapacity: true) }
    if !clauses.isEmpty { clauses.removeAll(keepingCapacity: true) }
  }
}

/// What an evaluator works out once about its program.
struct EvaluatorPreparation {
  var constants = JSONTape()
  var constantNodes: [JSONNode] = []
  var defaults: [Value] = []
  var mappedTypes: [UInt32] = []
  var guardedPackages: [UInt32] = []
  var checkedThresholds: [UInt32] = []
  var dottedFacts: [UInt32] = []
  var quantifierSteps = 0

  init(_ image: ProgramSections) {
    constants = Program.readConstants(image.constants) ?? JSONTape()
    var child = constants.firstChild(.root)
    while let node = child {
      constantNodes.append(node)
      child = constants.next(node)
    }
    defaults = Array(repeating: Value(), count: Int(image.header.valueCount))
    for (index, slot) in image.slots.enumerated() {
      defaults[index] = Self.initial(slot, index, image)
    }
    mappedTypes = image.typeOrder.filter { !image.actionTypes[at: $0].mappings.isEmpty }
    let table = image.tables[at: image.header.unmappedType]
    for clause in image.clauses[table.clauses.range] {
      guard let package = image.sealedPackage(of: clause) else { continue }
      if !guardedPackages.contains(package) { guardedPackages.append(package) }
    }
    for (index, threshold) in image.thresholds.enumerated() where threshold.given != noIndex {
      checkedThresholds.append(UInt32(truncatingIfNeeded: index))
    }
    for slot in image.header.facts.range where image.slots[slot].path.count > 1 {
      dottedFacts.append(UInt32(truncatingIfNeeded: slot))
    }
    for quantifier in image.quantifiers {
      let steps = image.code[quantifier.code.range].count { $0.isElementTest }
      quantifierSteps = max(quantifierSteps, steps)
    }
  }

  private static func initial(_ slot: SlotRecord, _ index: Int, _ image: ProgramSections) -> Value {
    let place = UInt32(truncatingIfNeeded: index)
    switch SlotKind(rawValue: slot.kind) {
    case .parameter: return Value()
    case .root:
      let root = RootSlot(rawValue: place &- image.header.rootSlots.start)
      switch root {
      case .actionTool: return Value()
      case .description: return .text(start: 0, count: 0)
      default: return .unknown(.notSupplied, of: place)
      }
    default: return .unknown(.notSupplied, of: place)
    }
  }
}

extension Evaluator {
  /// The entries that the memory of decisions has room for: what stays as it is once the evaluator
  /// is warm.
  package var reservedCount: Int {
    texts.capacity + values.capacity + memo.capacity + clauseMemo.capacity + candidates.capacity
      + touched.capacity + results.capacity + defaultResults.capacity + lifts.capacity
      + instances.capacity + matchedMappings.capacity + broughtMappings.capacity
      + mappingPackages.capacity + elements.capacity + truths.capacity + numbers.capacity
      + extractorScratch.matches.capacity
      + patternScratches.reduce(0) { $0 + $1.matches.capacity }
  }
}

/// The text that a pattern set was matched with: a part of the evaluator's texts, in a decision.
struct MatchedText: Sendable, Equatable {
  var epoch: UInt32 = 0
  var start: UInt32 = 0
  var count: UInt32 = 0
}
