import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// Makes actions of assignments: native documents that may do what was asked.
///
/// What depends on free tests is built from what the tests name, as well as that goes; only the
/// evaluator says whether a document does it (`WitnessRun`).
package struct WitnessBuilder {
  /// Most documents of one assignment: at first, and where none of these does.
  package static let documentLimit = 12
  static let lastLimit = 160

  let model: AnalysisModel
  private let texts: CandidateTexts
  /// The project and current directory of an action that needs them.
  static let project = "/project"
  /// The time of an action that needs one, as places are chosen near to it.
  static let time = "2026-01-01T00:00:00Z"

  /// A builder for the policy of a model.
  package init(_ model: AnalysisModel) { self.init(model, CandidateTexts()) }

  /// A builder that shares what others found out about texts.
  init(_ model: AnalysisModel, _ texts: CandidateTexts) {
    self.model = model
    self.texts = texts
  }

  /// Native actions of a type that may be as an assignment says: JSON documents, the likeliest
  /// first, at most `limit`.
  package func documents(
    for assignment: Assignment, type: Int, limit: Int = documentLimit
  ) -> [[UInt8]] {
    var documents: [[UInt8]] = []
    for tree in trees(for: assignment, type: type, limit: limit) {
      let document = tree.json
      if !documents.contains(document) { documents.append(document) }
      if documents.count >= limit { break }
    }
    return documents
  }

  /// The same before they are written.
  func trees(for assignment: Assignment, type: Int, limit: Int) -> [ActionTree] {
    var trees = [base(type)]
    let surroundings = Surroundings(model, assignment)
    let order = assignment.states.keys.sorted()
    for attribute in order {
      let state = assignment.states[attribute] ?? .known(.any)
      let tests = assignment.tests.keys.sorted().compactMap { test -> (Int, TruthSet)? in
        guard model.attributes(of: test).first == attribute else { return nil }
        return assignment.tests[test].map { (test, $0) }
      }
      let choices = values(attribute, state, tests)
      trees = trees.flatMap { tree in
        choices.map { choice in
          var tree = tree
          set(attribute, choice, in: &tree)
          return tree
        }
      }
      if trees.count > limit { trees = Array(trees.prefix(limit)) }
    }
    for test in assignment.dependsOnFree {
      guard let truths = assignment.tests[test] else { continue }
      for index in trees.indices { relate(test, truths, in: &trees[index]) }
    }
    for (attribute, ages) in UseAge.ages(model, assignment) {
      guard let path = path(of: attribute) else { continue }
      for index in trees.indices { age(path, ages, attribute, in: &trees[index]) }
    }
    let measured = trees.map { remeasured($0, assignment) }.filter { !trees.contains($0) }
    let variants = (trees + measured).map { surroundings.variants(of: $0) }
    // All in the plainest surroundings first.
    let count = variants.map(\.count).max() ?? 0
    return (0..<count).flatMap { place in variants.map { $0[min(place, $0.count - 1)] } }
  }

  /// An action with its scores made anew in another order: what several are made of is as the last
  /// one wants it.
  private func remeasured(_ tree: ActionTree, _ assignment: Assignment) -> ActionTree {
    var tree = tree
    for attribute in assignment.states.keys.sorted(by: >) {
      guard case .level = model.policy.attributes[attribute].source,
        let state = assignment.states[attribute]
      else { continue }
      set(attribute, state, in: &tree)
    }
    return tree
  }

  /// An action of a type with what it must carry, and nothing else.
  private func base(_ type: Int) -> ActionTree {
    let declared = model.policy.checked.actionTypes[type]
    var tree = ActionTree.empty
    if declared.package == nil {
      tree.set(.text(""), at: ["tool"])
    } else {
      tree.set(.text(declared.name.text), at: ["action"])
    }
    tree.set(.empty, at: ["parameters"])
    for parameter in declared.parameters where !parameter.isOptional {
      tree.set(Self.plain(parameter.type), at: ["parameters", parameter.name])
    }
    return tree
  }

  /// Some value of a type.
  static func plain(_ type: ValueType) -> ActionTree {
    switch type {
    case .bool, .int, .number, .time, .enumeration:
      guard let scale = OrdinalScale(type), let ordinal = scale.member(of: [scale.ends]) else {
        return .number(.zero)
      }
      return tree(.ordinal(ordinal), type)
    case .text: return .text("x")
    case .command: return .text("true")
    case .path: return .text("x")
    case .url: return .text("https://host.example/")
    case .host: return .text("host.example")
    case .list: return .list([])
    case .record(let fields):
      var tree = ActionTree.empty
      for field in fields where !field.isOptional { tree.set(plain(field.type), at: [field.name]) }
      return tree
    }
  }

  /// A value as a document shows it.
  static func tree(_ value: KnownValue, _ type: ValueType) -> ActionTree {
    switch (value, type) {
    case (.any, _): return plain(type)
    case (.text(let bytes), _): return .text(bytes)
    case (.list(let elements), .list(let element)):
      return .list(elements.map { tree($0, element) })
    case (.ordinal(let ordinal), .bool): return .bool(ordinal != 0)
    case (.ordinal(let ordinal), .enumeration(let enumeration)):
      let index = Int(clamping: ordinal)
      return enumeration.values.indices.contains(index)
        ? .text(enumeration.values[index]) : plain(.text)
    case (.ordinal(let ordinal), .time):
      return Instant(ordinal: ordinal).map { .text($0.description) } ?? .text(time)
    case (.ordinal(let ordinal), _): return .number(Decimal(raw: ordinal) ?? .zero)
    case (.list, _): return .list([])
    }
  }

  // MARK: Attributes

  /// Where an attribute stands in a document; nil where it cannot be set so.
  private func path(of attribute: Int) -> [String]? {
    switch model.policy.attributes[attribute].source {
    case .parameter(let type, let parameter, let fields):
      let declared = model.policy.checked.actionTypes[type].parameters[parameter]
      // The parts of a URL are no fields of the document.
      guard AttributeProfile.isInRecords(fields, of: declared.type) else { return nil }
      return ["parameters", declared.name] + fields
    case .actionTool: return ["tool"]
    case .description: return ["description"]
    case .project: return ["project"]
    case .cwd: return ["cwd"]
    case .at: return ["at"]
    case .actorID: return ["actor", "id"]
    case .actorRole: return ["actor", "role"]
    case .session(let name): return ["session", name]
    case .score(let name): return ["scores", name]
    case .reasoning(let name): return ["reasoning", name]
    case .fact(let fact, let fields):
      let name = model.policy.checked.facts[fact].name
      return ["facts"] + name.split(separator: ".").map(String.init) + fields
    case .component(let name): return ["components", name]
    case .level(let threshold), .thresholdScore(let threshold):
      switch model.policy.checked.thresholds[threshold].given?.reference {
      case .score(let name): return ["scores", name]
      case .fact(let name, let fields):
        return ["facts"] + name.split(separator: ".").map(String.init) + fields
      default: return nil
      }
    case .actionType: return nil
    }
  }

  /// The states to try for an attribute: its own, or what its free tests suggest.
  private func values(
    _ attribute: Int, _ state: AttributeState, _ tests: [(test: Int, truths: TruthSet)]
  ) -> [AttributeState] {
    guard case .known(let value) = state else { return [state] }
    if tests.allSatisfy({ model.isExact($0.test) }) {
      return [state] + members(of: tests, attribute).filter { $0 != state }
    }
    let suggested = CandidateValues(model: model, attribute: attribute, texts: texts)
      .values(for: tests)
    return suggested.isEmpty ? [.known(value)] : suggested.map { .known($0) }
  }

  /// Texts that each pass one of the patterns that a test names: where the solver takes one, the
  /// other may show a difference.
  private func members(
    of tests: [(test: Int, truths: TruthSet)], _ attribute: Int
  ) -> [AttributeState] {
    guard model.profiles[attribute].type.isText else { return [] }
    var result: [AttributeState] = []
    for (test, truths) in tests
    where truths.contains(.isTrue) && !truths.contains(.isFalse) {
      guard case .exact(_, .matches(let patterns)) = model.policy.tests[test], patterns.count > 1
      else { continue }
      for pattern in patterns.prefix(8) {
        if let text = texts.shortest(.matching([pattern])) { result.append(.known(.text(text))) }
      }
    }
    return result
  }

  private func set(_ attribute: Int, _ state: AttributeState, in tree: inout ActionTree) {
    let source = model.policy.attributes[attribute].source
    if case .component = source { return }
    guard let path = path(of: attribute) else {
      if case .level(let threshold) = source, case .known(let value) = state {
        measure(threshold, score(of: value, threshold), in: &tree)
      }
      return
    }
    switch state {
    case .absent:
      switch source {
      // What the surroundings supply is absent when it is given as nothing.
      case .fact, .actorID, .actorRole: tree.set(.null, at: path)
      default: tree.set(nil, at: path)
      }
    case .unknown: if path.first != "parameters" { tree.set(nil, at: path) }
    case .known(let value):
      if case .level(let threshold) = source {
        tree.set(score(of: value, threshold).map { .number($0) }, at: path)
      } else {
        tree.set(Self.tree(value, model.policy.attributes[attribute].type), at: path)
      }
    }
  }

  /// A score in the middle of a level.
  private func score(of value: KnownValue, _ threshold: Int) -> Decimal? {
    let levels = model.policy.checked.thresholds[threshold].levels
    guard case .ordinal(let ordinal) = value else { return nil }
    let index = Int(clamping: ordinal)
    guard levels.indices.contains(index) else { return nil }
    let from = levels[index].from.raw
    let to = index + 1 < levels.count ? levels[index + 1].from.raw : Decimal.scale
    return Decimal(raw: from + (to - from) / 2)
  }

  /// An action of a type on which a threshold may have a score.
  func document(measuring threshold: Int, _ score: Decimal, type: Int) -> [UInt8] {
    var tree = base(type)
    let given = model.policy.thresholds.first { $0.threshold == threshold }?.given
    if let given, let path = path(of: given) {
      tree.set(.number(score), at: path)
    } else {
      measure(threshold, score, in: &tree)
    }
    return tree.json
  }

  /// Sets what a threshold is made from so that each factor has the same share of a score.
  private func measure(_ threshold: Int, _ score: Decimal?, in tree: inout ActionTree) {
    guard let score,
      let lowered = model.policy.thresholds.first(where: { $0.threshold == threshold })
    else { return }
    let share = min(
      max(score.raw - model.policy.checked.thresholds[threshold].base.raw, 0), Decimal.scale)
    for factor in lowered.factors {
      switch factor {
      case .attribute(let attribute): set(attribute, share, in: &tree)
      case .divide(.attribute(let attribute), .attribute(let divisor)):
        set(divisor, 1_000 * Decimal.scale, in: &tree)
        set(attribute, share * 1_000, in: &tree)
      case .divide(.attribute(let attribute), .number(let divisor)):
        // Numbers here are small: a divisor of a factor is a figure of a session.
        let (whole, isOver) = (divisor.raw / Decimal.scale).multipliedReportingOverflow(by: share)
        if !isOver { set(attribute, whole, in: &tree) }
      default: continue
      }
    }
  }

  /// Sets a number, whole where its type wants that.
  private func set(_ attribute: Int, _ raw: Int128, in tree: inout ActionTree) {
    guard let path = path(of: attribute) else { return }
    let isWhole = model.profiles[attribute].scale?.kind == .integer
    let value = isWhole ? (raw + Decimal.scale / 2) / Decimal.scale * Decimal.scale : raw
    tree.set(.number(Decimal(raw: value) ?? .zero), at: path)
  }

  // MARK: Relations and ages

  /// Sets what a test of two attributes, or of an age, needs.
  private func relate(_ test: Int, _ truths: TruthSet, in tree: inout ActionTree) {
    switch model.policy.tests[test] {
    case .relation(let attribute, let relation, let other):
      guard let path = path(of: attribute), let otherPath = self.path(of: other) else { return }
      let type = model.policy.attributes[attribute].type
      if tree.value(at: path) == nil { tree.set(Self.plain(type), at: path) }
      guard truths.contains(.isTrue), let value = tree.value(at: path) else { return }
      switch relation {
      case .compare(.equal), .compare(.lessOrEqual), .compare(.greaterOrEqual), .text:
        tree.set(value, at: otherPath)
      case .isElement: tree.set(.list([value]), at: otherPath)
      case .hasElement:
        let otherType = model.policy.attributes[other].type
        let element = tree.value(at: otherPath) ?? Self.plain(otherType)
        tree.set(element, at: otherPath)
        tree.set(.list([element]), at: path)
      case .compare: return
      }
    default: return
    }
  }

  /// Sets when a component was used, or what a time is, beside what others have set.
  private func age(
    _ path: [String], _ ages: UseAge, _ attribute: Int, in tree: inout ActionTree
  ) {
    var now = Self.time
    if case .text(let bytes)? = tree.value(at: ["at"]) {
      now = String(decoding: bytes, as: UTF8.self)
    }
    tree.set(.text(now), at: ["at"])
    let then = ActionTree.text(ages.time(before: now))
    guard case .component = model.policy.attributes[attribute].source else {
      tree.set(then, at: path)
      return
    }
    if tree.value(at: ["components"]) == nil { tree.set(.empty, at: ["components"]) }
    if ages.isNever { return }
    for (figure, use, age) in [
      ("messages", "message", ages.messages), ("tokens", "tokens", ages.tokens),
    ] {
      var now = Decimal(1_000_000)
      if case .number(let known)? = tree.value(at: ["session", figure]) {
        now = known.raw < age ? Decimal(raw: age) ?? known : known
      }
      tree.set(.number(now), at: ["session", figure])
      tree.set(.number(Decimal(raw: max(0, now.raw - age)) ?? .zero), at: path + [use])
    }
    tree.set(then, at: path + ["timestamp"])
  }
}
