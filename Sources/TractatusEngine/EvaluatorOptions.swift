import TractatusPatterns
import TractatusValues

/// `extract … from command option [..]`.
extension Evaluator {
  /// Adds the arguments of options that a command gives to what was found for a slot.
  ///
  /// Unknown where the command is opaque, where an argument or whether an option is given is not
  /// known, and where an option that nobody declares has no `=`.
  mutating func takeOptions(
    _ options: Extent, of text: Value, _ slot: UInt32, into found: inout Value
  ) {
    if !workspace.optionMemory.holds(text, in: epoch) {
      workspace.optionMemory.epoch = epoch
      workspace.optionMemory.key = text
      Self.read(
        texts, text.range, image.programs, &workspace.commandReader, &workspace.optionMemory.facts)
    }
    if workspace.optionMemory.facts.isOpaque {
      found = .unknown(.conflictingExtractions, of: slot)
      return
    }
    for spelling in options.range {
      for invocation in workspace.optionMemory.facts.invocations.indices {
        take(image.texts[spelling], by: invocation, slot, into: &found)
        if found.state == .unknown { return }
      }
    }
  }

  private mutating func take(
    _ spelling: Extent, by invocation: Int, _ slot: UInt32, into found: inout Value
  ) {
    let given = workspace.optionMemory.facts.isGiven(
      pool.span.extracting(spelling.range), by: invocation)
    if given == .false { return }
    // One that is given may be given once more.
    if given == .unknown
      || workspace.optionMemory.facts.someWordMayBe(
        pool.span.extracting(spelling.range), of: invocation)
    {
      found = .unknown(.conflictingExtractions, of: slot)
      return
    }
    for index in workspace.optionMemory.facts.invocations[invocation].options {
      let option = workspace.optionMemory.facts.options[index]
      guard
        workspace.optionMemory.facts.isSpelled(
          index, pool.span.extracting(spelling.range), by: invocation)
      else { continue }
      guard option.hasValue, let range = workspace.optionMemory.facts.knownText(option.value) else {
        // A declared flag has no argument.
        if option.option >= 0, !option.hasValue { continue }
        found = .unknown(.conflictingExtractions, of: slot)
        return
      }
      let start = texts.count
      texts.append(contentsOf: workspace.optionMemory.facts.line.text[range])
      take(.text(start: start, count: range.count), slot, into: &found)
      if found.state == .unknown { return }
    }
  }
}
