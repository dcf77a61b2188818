import TractatusJSON
import TractatusPatterns
import TractatusValues

/// Judges actions by a program. One a thread; it owns all memory that judging needs.
///
/// A decision costs what the attributes of the action and the rows that they reach cost, not what
/// the rules that exist would: each attribute that a table reads is looked up once in its index,
/// which gives the tests that are true and with them the candidate rows; only those are checked.
/// Nothing is cleared between decisions: what belongs to an earlier one carries its number.
package struct Evaluator: ~Copyable {
  /// The program it judges by.
  package let program: Program
  /// The program's sections.
  let image: ProgramSections
  /// The texts of the program. PERF: a span of an array that lies in `image` would first copy all
  /// of `image`.
  let pool: Packed<UInt8>
  /// The constants of the program.
  let constants: JSONTape
  /// The node of each constant.
  let constantNodes: [JSONNode]
  /// What each value is before anything binds it.
  let defaults: [Value]
  /// Types that some mapping brings, in `typeOrder`.
  let mappedTypes: [UInt32]
  /// Packages with a sealed rule on `unmapped`.
  let guardedPackages: [UInt32]
  /// Thresholds whose given score has no bounds of its own.
  let checkedThresholds: [UInt32]
  /// Slots of facts whose names have several parts.
  let dottedFacts: [UInt32]
  /// The most tests that a quantifier makes of one element, those within another aside.
  let quantifierSteps: Int

  // MARK: Memory of a decision

  /// The number of the decision at hand: at most 30 bits, so that memos fit a word.
  var epoch: UInt32 = 0
  /// Texts of the decision, decoded.
  var texts: [UInt8] = []
  /// By value: slots first, then attributes with fields.
  var values: [Value]
  /// By test: epoch times four plus truth.
  var memo: [UInt32]
  /// By test: the decision in which its rows were collected; of tests that combine others alone.
  var reached: [UInt32]
  /// By clause: epoch times four plus truth.
  var clauseMemo: [UInt32]
  /// By attribute index: the epoch of the last probe.
  var probed: [UInt32]
  /// By table: the epoch in which it judges.
  var activeTables: [UInt32]
  /// By type: what the call is of it.
  var marks: [TypeMark]
  /// The types as which the call is judged.
  var instances: [TypeInstance] = []
  /// The instance of a type, by type; valid under a current mark.
  var instanceOfType: [UInt32]
  /// Mappings that the call's tool matches.
  var matchedMappings: [UInt32] = []
  /// Mappings from actions that bring a type to the call, perhaps.
  var broughtMappings: [UInt32] = []
  /// Packages that wrote the mappings of the call.
  var mappingPackages: [UInt32] = []
  /// The type that the call names, or none.
  var namedType = noIndex
  /// Whether a call is judged, what it returned, or an event.
  var occasion = CallOccasion.call
  /// Rows to be checked.
  var candidates: [UInt32] = []
  /// Clauses with a row that is not false.
  var touched: [UInt32] = []
  /// What the clauses say.
  var results: [ClauseResult] = []
  /// What the defaults and floors say.
  var defaultResults: [DefaultResult] = []
  /// Allow clauses that fired: instance and package.
  var lifts: [Lift] = []
  /// By threshold.
  var scores: [ThresholdScore]
  /// What the names of a mapping's path lead to, where there are lists on the way.
  var boundNodes: [JSONNode] = []
  /// How many thresholds are being measured, each for the one before.
  var measuring = 0
  /// Elements of the quantifiers around a test, by depth.
  var elements: [Value] = []
  /// Truth values of expressions in work.
  var truths: [Truth] = []
  /// Numbers of arithmetic in work.
  var numbers: [Decimal] = []
  /// Element tests of the quantifier in work.
  var elementTests = 0
  /// The memory of each pattern set and of extraction.
  var patternScratches: [PatternScratch]
  /// By pattern set of an attribute without forms: the value that it was matched with last.
  var matchedTexts: [MatchedText]
  var extractorScratch = ExtractorScratch()
  /// By command that tests read.
  var commandMemories: [CommandMemory]
  /// By path, host and URL whose tests look at more than its bytes, and one for elements.
  var placeMemories: [PlaceMemory]
  /// What reads commands and paths.
  let workspace = EvaluatorWorkspace()
  /// The type judged at the moment, for `action.type`.
  var currentType = noIndex
  /// The first input error by its rank, or none.
  var problem: InputProblem?
  /// What the judgement says.
  var judgement = Judgement()
  /// What is known of earlier actions; it stays until it is set anew.
  package var history = KnownHistory.unknown
  /// The options of the decision at hand.
  var options = EvaluationOptions()
  /// The corrected call.
  var correction = Correction()

  /// An evaluator with cold memory. Linear in the program's tests, clauses and types.
  package init(_ program: Program) {
    self.program = program
    image = program.sections
    pool = program.sections.bytes
    let prepared = EvaluatorPreparation(program.sections)
    constants = prepared.constants
    constantNodes = prepared.constantNodes
    defaults = prepared.defaults
    mappedTypes = prepared.mappedTypes
    guardedPackages = prepared.guardedPackages
    checkedThresholds = prepared.checkedThresholds
    dottedFacts = prepared.dottedFacts
    quantifierSteps = prepared.quantifierSteps
    values = defaults
    memo = Array(repeating: 0, count: image.tests.count)
    reached = Array(repeating: 0, count: image.tests.count)
    clauseMemo = Array(repeating: 0, count: image.clauses.count)
    probed = Array(repeating: 0, count: image.attributeIndexes.count)
    activeTables = Array(repeating: 0, count: image.tables.count)
    marks = Array(repeating: TypeMark(), count: image.actionTypes.count)
    instanceOfType = Array(repeating: 0, count: image.actionTypes.count)
    scores = Array(repeating: ThresholdScore(), count: image.thresholds.count)
    patternScratches = image.patternSets.map { _ in PatternScratch() }
    matchedTexts = Array(repeating: MatchedText(), count: image.patternSets.count)
    commandMemories = image.commandSets.map { CommandMemory(queryCount: $0.count) }
    let places = image.attributes.count { $0.forms != noIndex }
    placeMemories = Array(repeating: PlaceMemory(), count: places + 1)
  }

  /// Judges one action. Allocates nothing once warm, save for an action that is corrected.
  package mutating func evaluate(
    _ input: borrowing ActionInput, options: EvaluationOptions = EvaluationOptions()
  ) -> Outcome {
    self.options = options
    correction.reset()
    judge(input)
    guard problem == nil else { return Outcome(verdict: .deny, isError: true) }
    if judgement.mayCorrect && options.focus == nil && prepareCorrection(input) {
      correction.isActive = true
      judge(input)
      if problem == nil && judgement.verdict <= .warn {
        return Outcome(verdict: .warn, isCorrected: true)
      }
      // The correction does not help: the first judgement stands.
      correction.reset()
      judge(input)
    }
    return Outcome(verdict: judgement.verdict, isGranted: judgement.isGranted)
  }

  /// Judges one action and reports in full.
  package mutating func decide(
    _ input: borrowing ActionInput, options: EvaluationOptions = EvaluationOptions()
  ) -> Decision {
    let outcome = evaluate(input, options: options)
    return report(outcome, of: input)
  }

  /// Judges the action, or the corrected one, as a whole.
  mutating func judge(_ input: borrowing ActionInput) {
    startDecision()
    bindRoots(input)
    resolveTypes(input)
    if problem != nil { return }
    bindTypes(input)
    checkGivenScores(input)
    if problem != nil { return }
    collectCandidates(input)
    checkCandidates(input)
    collectResults(input)
    collectDefaults(input)
    conclude()
  }

  mutating func startDecision() {
    if epoch >= 0x3FFF_FFFE { forgetEpochs() }
    epoch += 1
    Self.clear(&texts)
    Self.clear(&instances)
    // PERF: most of these are empty, and to empty one costs a hundred instructions.
    if !matchedMappings.isEmpty { Self.clear(&matchedMappings) }
    if !mappingPackages.isEmpty { Self.clear(&mappingPackages) }
    if !broughtMappings.isEmpty { Self.clear(&broughtMappings) }
    if !candidates.isEmpty { Self.clear(&candidates) }
    if !touched.isEmpty { Self.clear(&touched) }
    if !results.isEmpty { Self.clear(&results) }
    if !defaultResults.isEmpty { Self.clear(&defaultResults) }
    if !lifts.isEmpty { Self.clear(&lifts) }
    namedType = noIndex
    currentType = noIndex
    problem = nil
    judgement = Judgement()
  }

  /// Drops all elements and keeps the storage.
  ///
  /// PERF: one copy of it for each type of element, and not one for each list: the code of a
  /// decision by many rules fills the first-level cache.
  @inline(never)
  private static func clear<Element>(_ list: inout [Element]) {
    list.removeAll(keepingCapacity: true)
  }

  /// Starts the numbers of decisions again, once in a billion decisions.
  private mutating func forgetEpochs() {
    epoch = 0
    values = defaults
    for index in memo.indices { memo[index] = 0 }
    for index in reached.indices { reached[index] = 0 }
    for index in clauseMemo.indices { clauseMemo[index] = 0 }
    for index in probed.indices { probed[index] = 0 }
    for index in activeTables.indices { activeTables[index] = 0 }
    for index in marks.indices { marks[index] = TypeMark() }
    for index in scores.indices { scores[index] = ThresholdScore() }
    for index in commandMemories.indices { commandMemories[index].forget() }
    for index in matchedTexts.indices { matchedTexts[index] = MatchedText() }
    workspace.optionMemory.forget()
    for index in placeMemories.indices { placeMemories[index].epoch = 0 }
    workspace.placeTools.epoch = 0
  }
}
