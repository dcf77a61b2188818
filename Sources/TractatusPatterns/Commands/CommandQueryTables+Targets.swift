import TractatusValues

extension CommandQueryTables {
  /// The truth of a test of the operand, argument or target that is ready.
  func truth(
    _ target: CommandQueryRecords.Target, isRecursive: Bool, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    // What has no path, host or text passes no test, nor its negation.
    if scratch.target.kind == .nothing { return FormTruth(.false) }
    let number = Int(target.number / 2)
    let (group, isNegated) = (target.group, target.isNegated)
    var truth: FormTruth
    if target.number % 2 == 0 {
      switch scratch.target.kind {
      case .path, .anything:
        return scratch.target.forms.truth(
          number, of: targetTests[group].places, isRecursive: isRecursive, isNegated: isNegated,
          ofAll: target.isOnly, context, &scratch.places)
      case .host: truth = FormTruth(targetTests[group].places.truth(number, scratch.target.host))
      case .text, .nothing: return FormTruth(.false)
      }
    } else if scratch.target.kind == .path, group != CommandQueryRecords.operands {
      truth = pathTruth(number, group, context, &scratch)
    } else {
      truth = textTruth(number, group, &scratch)
    }
    return isNegated ? !truth : truth
  }

  /// The truth of a test of a text as it stands.
  private func textTruth(
    _ number: Int, _ group: Int, _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    let tests = targetTests[group]
    let truth = FormTruth(tests.texts.truth(number, scratch.target.text, &scratch.texts[group]))
    guard scratch.target.hasHome else { return truth }
    return truth.joined(
      FormTruth(tests.texts.truth(number, scratch.target.homeText, &scratch.texts[group])))
  }

  /// The truth of a test of a path's text: of any of its forms.
  private func pathTruth(
    _ number: Int, _ group: Int, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    var result: FormTruth?
    for reading in 0..<scratch.target.forms.count {
      let truth = readingTruth(number, group, reading, context, &scratch)
      result = result?.joined(truth) ?? truth
    }
    return result ?? FormTruth(.false)
  }

  private func readingTruth(
    _ number: Int, _ group: Int, _ reading: Int, _ context: borrowing PathContext,
    _ scratch: inout CommandQueryScratch
  ) -> FormTruth {
    let tests = targetTests[group]
    let forms = scratch.target.forms.readings[reading]
    var certain = tests.texts.truth(number, forms.given.text, &scratch.texts[group])
    if !certain.isTrue, forms.absolute != forms.given {
      certain = certain | tests.texts.truth(number, forms.absolute.text, &scratch.texts[group])
    }
    if !certain.isTrue, forms.isInProject {
      certain = certain | tests.texts.truth(number, forms.project, &scratch.texts[group])
    }
    let isLoose = forms.lacksProject || !forms.absolute.isKnown
    if !certain.isTrue, isLoose, !scratch.target.forms.isRemote,
      mayPassInProject(number, group, forms, context, &scratch)
    {
      certain = certain | .unknown
    }
    if certain.isTrue { return FormTruth(.true) }
    var perhaps = certain
    for home in 0..<4 where !perhaps.isTrue {
      guard forms.readHome(home, into: &scratch.target.form) else { break }
      let truth = tests.texts.truth(number, scratch.target.form, &scratch.texts[group])
      // A home directory of some name that passes is one that may be it.
      perhaps = perhaps | (truth.isUnknown ? .true : truth)
    }
    return FormTruth(all: certain, any: perhaps)
  }
}
