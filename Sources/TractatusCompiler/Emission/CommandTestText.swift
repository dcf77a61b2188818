import TractatusSemantics

/// Writes tests of commands and places as a rule file would, without the attribute before them.
package enum CommandTestText {
  /// `runs "git push" with "--force"`, `only writes within cwd`.
  package static func text(_ test: CommandTest) -> String {
    switch test {
    case .isOpaque: "is opaque"
    case .isUndeclared: "is undeclared"
    case .runs(let test): text(test)
    case .effect(let test): text(test)
    case .pipes(let from, let into): "pipes \(terms(from)) into \(terms(into))"
    }
  }

  /// `within ["/srv", project]`.
  package static func text(_ test: PlaceTest) -> String {
    "\(test.isOutside ? "outside" : "within") \(list(test.places.map(text)))"
  }

  private static func text(_ test: RunsTest) -> String {
    var text = "\(test.isOnly ? "only " : "")runs \(terms(test.programs))"
    for option in test.options {
      text += " \(option.isNegated ? "without" : "with")\(option.isAll ? " all" : "") "
      text += list(option.options.map(ConditionText.quoted))
      if let argument = option.argument { text += " \(self.text(argument))" }
    }
    if let operand = test.operand { text += " operand \(self.text(operand))" }
    if test.lacksOperand { text += " without operand" }
    return text
  }

  private static func text(_ test: EffectTest) -> String {
    var text = "\(test.isOnly ? "only " : "")\(word(test.effect))"
    if let target = test.target { text += " \(self.text(target))" }
    if let value = test.value { text += " to \(self.text(value))" }
    // Not of the language: where truth loosens, what is not declared may do anything.
    if test.undeclaredIsUnknown, !test.isOnly { text += " or is undeclared" }
    return text
  }

  private static func text(_ test: TargetTest) -> String {
    let prefix = test.isNegated ? "not " : ""
    switch test.kind {
    case .place(let place): return prefix + text(place)
    case .equalsText(let texts):
      let values = texts.map(ConditionText.quoted)
      return prefix + (values.count == 1 ? "== \(values[0])" : "in \(list(values))")
    case .matches(let patterns): return prefix + ConditionText.matches("", patterns)
    }
  }

  private static func text(_ place: Place) -> String {
    switch place {
    case .directory(let text), .domain(let text): ConditionText.quoted(text)
    case .cwd: "cwd"
    case .project: "project"
    }
  }

  private static func terms(_ terms: [ProgramTerm]) -> String {
    list(terms.map { ConditionText.quoted($0.words.joined(separator: " ")) })
  }

  private static func list(_ values: [String]) -> String {
    values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]"
  }

  private static func word(_ effect: CommandEffect) -> String {
    switch effect {
    case .reads: "reads"
    case .writes: "writes"
    case .deletes: "deletes"
    case .sends: "sends"
    case .connects: "connects"
    case .executes: "executes"
    case .sets: "sets"
    case .escalates: "escalates"
    case .yields: "yields"
    }
  }
}
