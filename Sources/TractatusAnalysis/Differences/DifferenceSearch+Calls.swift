import TractatusCompiler
import TractatusSemantics

/// Which calls the versions have, and what these must carry: actions around what differs are
/// decided by both, input errors among them, which deny.
extension DifferenceSearch {
  /// Most clauses of a type for each of which a call is tried.
  private static var sampleLimit: Int { 48 }
  /// Most `allow` clauses of a default.
  private static var liftLimit: Int { 8 }

  /// Shows what changed calls and facts change, and says what was not shown.
  func compareCalls() {
    let names = Set((old.checked.actionTypes + new.checked.actionTypes).map(\.name.text)).sorted()
    for name in names {
      let before = CallShape(name, in: old.checked)
      let after = CallShape(name, in: new.checked)
      if before != after { compareCalls(of: name, before, after) }
    }
    for fact in old.checked.facts {
      guard let other = new.checked.facts.first(where: { $0.name == fact.name }) else { continue }
      let isAlike =
        fact.type == other.type && fact.isOptional == other.isOptional
        && "\(fact.fallback as Any?)" == "\(other.fallback as Any?)"
      if !isAlike { compareValues(of: fact, other) }
    }
  }

  private func compareCalls(of name: String, _ before: CallShape, _ after: CallShape) {
    let owner = "action \(name)"
    var count = 0
    func tried(_ tree: ActionTree) -> [UInt8] {
      count += 1
      return tree.json
    }
    let isInBoth = !before.fields.isEmpty || !after.fields.isEmpty
    var samples = samples(of: name)
    if isInBoth {
      for tree in samples.prefix(8) {
        for field in Set(before.fields.keys).union(after.fields.keys).sorted()
        where before.fields[field] != after.fields[field] {
          var lacking = tree
          lacking.set(nil, at: ["parameters", field])
          if knows(name) { _ = show(tried(lacking), owner, name) }
          let types = [before.fields[field], after.fields[field]].compactMap { $0?.type }
          for value in types.flatMap({ BorderValues.values(of: $0) }) where knows(name) {
            var tree = tree
            tree.set(value, at: ["parameters", field])
            _ = show(tried(tree), owner, name)
          }
        }
        if before.isClosed != after.isClosed, knows(name) {
          var tree = tree
          tree.set(.text("x"), at: ["parameters", "undeclared"])
          _ = show(tried(tree), owner, name)
        }
      }
    }
    if before.extractions != after.extractions {
      samples += extracted(name)
      for tree in samples { _ = show(tried(tree), owner, name) }
    }
    for source in before.sources.symmetricDifference(after.sources)
      .sorted(by: { ($0.occasion.rawValue, $0.tool) < ($1.occasion.rawValue, $1.tool) })
    {
      for tree in samples {
        _ = show(tried(tree.called(as: source, by: [old.checked, new.checked])), owner, name)
      }
    }
    var open = before.refusals(to: after)
    // What another type brings is unknown, where it is wanted and not there, and no error.
    let isBrought = [old.checked, new.checked].contains { policy in
      policy.actionMappings.contains {
        policy.actionTypes[Int($0.type.index)].name.text == name
      }
    }
    let isExtracted = !before.extractions.isEmpty && before.fields != after.fields
    if before.sources != after.sources || before.extractions != after.extractions
      || (isBrought || isExtracted) && !open.isEmpty
    {
      open = Set(PolicyDifference.Class.allCases)
    }
    let words = PolicyDifference.Class.allCases.filter {
      open.contains($0) && !shown.contains("\($0.rawValue) \(owner)")
    }
    if words.isEmpty || !knows(name) && before.sources == after.sources { return }
    note(
      "whether anything is \(words.map(\.rawValue).joined(separator: " or ")) by which calls are "
        + "of `\(name)`, or what they carry: \(count) calls were decided by both versions")
  }

  /// Whether both versions have a type: who names one that a version lacks is refused there.
  private func knows(_ name: String) -> Bool {
    [old.checked, new.checked].allSatisfy { policy in
      policy.actionTypes.contains { $0.name.text == name }
    }
  }

  private func compareValues(of fact: Fact, _ other: Fact) {
    let owner = "fact \(fact.name)"
    let path = ["facts"] + fact.name.split(separator: ".").map(String.init)
    let values: [ActionTree?] =
      [nil, .null] + (BorderValues.values(of: fact.type) + BorderValues.values(of: other.type))
    var count = 0
    for action in old.checked.actionTypes {
      for tree in samples(of: action.name.text, reading: fact.name) {
        for value in values {
          var tree = tree
          tree.set(value, at: path)
          count += 1
          _ = show(tree.json, owner, action.name.text)
        }
      }
    }
    // A fact that only takes fewer values, or more, is refused more often, or less.
    var open = TypeMeeting.refusals(from: fact.type, to: other.type)
    if fact.isOptional != other.isOptional
      || "\(fact.fallback as Any?)" != "\(other.fallback as Any?)"
    {
      open = Set(PolicyDifference.Class.allCases)
    }
    let words = PolicyDifference.Class.allCases.filter {
      open.contains($0) && !shown.contains("\($0.rawValue) \(owner)")
    }
    if words.isEmpty { return }
    note(
      "whether anything is \(words.map(\.rawValue).joined(separator: " or ")) by how `\(fact.name)` is declared: \(count) calls with its "
        + "values were decided by both versions")
  }

  // MARK: Calls

  /// The versions that have a type, the new one first, each with the type's number in it.
  private func versions(having name: String) -> [(version: PolicyVersion, type: Int)] {
    [new, old].compactMap { version in
      version.probed.lowered.checked.actionTypes.firstIndex { $0.name.text == name }
        .map { (version, $0) }
    }
  }

  /// Calls of a type in plain surroundings: with what it must carry, and one for each clause of a
  /// version that judges it.
  ///
  /// - Parameter fact: only for clauses that read it, where it is given.
  private func samples(of name: String, reading fact: String? = nil) -> [ActionTree] {
    var result: [ActionTree] = []
    for (version, type) in versions(having: name) {
      let (policy, model) = (version.probed.lowered, version.verdicts.model)
      let builder = WitnessBuilder(model)
      var solver = Solver(model)
      let goals = version.verdicts.goals(ofType: type)
      func reads(_ test: Int) -> Bool {
        model.attributes(of: test).contains { attribute in
          guard case .fact(let index, _) = policy.attributes[attribute].source else { return false }
          return policy.checked.facts[index].name == fact
        }
      }
      let contributions = version.verdicts.contributions(to: type).filter { one in
        fact == nil || one.tests.contains(where: reads) || one.clause == nil
      }
      if fact != nil, !contributions.contains(where: { $0.clause != nil }) { continue }
      for variant in builder.trees(for: .nothing, type: type, limit: 1).suffix(3) {
        result.append(variant)
      }
      for contribution in contributions.prefix(Self.sampleLimit) {
        var questions = [contribution.reaching(contribution.verdict)].compactMap { $0 }
        if case .standing(let lifts, _) = contribution.subject {
          for lift in lifts.prefix(Self.liftLimit) {
            var question = Question()
            question.goals = lift.goals
            questions.append(question)
          }
        }
        for var question in questions {
          question.goals += goals
          guard case .witness(let assignment) = solver.find(question) else { continue }
          result += builder.trees(for: assignment, type: type, limit: 1).prefix(3)
        }
      }
    }
    return result
  }

  /// Calls from which a type's parameters are extracted: texts that match, with values that the
  /// type's clauses ask for.
  private func extracted(_ name: String) -> [ActionTree] {
    var result: [ActionTree] = []
    let texts = CandidateTexts()
    for (version, type) in versions(having: name) {
      let (policy, model) = (version.probed.lowered, version.verdicts.model)
      let builder = WitnessBuilder(model)
      var solver = Solver(model)
      for extraction in policy.checked.actionTypes[type].extractions {
        let values = spelt(extraction.parameter, of: type, model)
        if case .matching(let pattern) = extraction.search {
          for value in values {
            let both = TextSet.and([
              .matching([pattern]), .matching([TextPattern(kind: .contains, text: value)]),
            ])
            guard let text = texts.shortest(both) else { continue }
            for var tree in builder.trees(for: .nothing, type: type, limit: 1).suffix(2) {
              tree.set(nil, at: ["parameters", extraction.parameter])
              var path = ["description"]
              if case .parameter(let source, _) = extraction.source {
                path = ["parameters", source]
              }
              tree.set(.text(text), at: path)
              result.append(tree)
            }
          }
        }
        guard case .options(let options) = extraction.search,
          case .parameter(let command, _) = extraction.source
        else { continue }
        for (index, mapping) in policy.checked.actionMappings.enumerated()
        where Int(mapping.type.index) == type {
          let goal = Goal(policy.actionMappings[index], .isTrue)
          guard case .witness(let assignment) = solver.find([goal]) else { continue }
          for tree in builder.trees(for: assignment, type: Int(mapping.source.index), limit: 4) {
            guard case .text(let line)? = tree.value(at: ["parameters", command]) else { continue }
            for option in options {
              for value in values {
                var tree = tree
                let words = String(decoding: line, as: UTF8.self) + " \(option) \(value)"
                tree.set(.text(words), at: ["parameters", command])
                result.append(tree)
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Values of a parameter that a type's tests name, as a text spells them.
  private func spelt(_ parameter: String, of type: Int, _ model: AnalysisModel) -> [String] {
    var values: [String] = []
    for test in model.policy.tests {
      guard case .exact(let attribute, let predicate) = test,
        case .parameter(type, let place, _) = model.policy.attributes[attribute].source,
        model.policy.checked.actionTypes[type].parameters[place].name == parameter
      else { continue }
      switch predicate {
      case .equalsText(let texts): values += texts.prefix(4)
      case .inRanges(let ranges):
        guard let scale = model.profiles[attribute].scale else { continue }
        let inside = RangeSet.normalized(ranges)
        let outside = RangeSet.complement(inside, in: scale.ends)
        for set in [inside, outside] {
          guard let member = scale.member(of: set) else { continue }
          let tree = WitnessBuilder.tree(.ordinal(member), model.profiles[attribute].type)
          switch tree {
          case .text(let bytes): values.append(String(decoding: bytes, as: UTF8.self))
          case .number(let number): values.append("\(number)")
          default: continue
          }
        }
      default: continue
      }
    }
    return values.isEmpty ? ["1", "x"] : Array(values.prefix(12))
  }
}
