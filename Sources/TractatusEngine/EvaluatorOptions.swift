import TractatusPatterns
import TractatusValues

/// `extract … from command option [..]`.
extension Evaluator {
  /// Adds the arguments of options that a command gives to what was found for a slot.
  ///
  /// Unknown where the command is opaque, where an argument or whether an option is given is not
  /// known, and where an option that nobody declares has no `=`.
  mutating func takeOptions(
    _ extraction: UInt32, of text: Value, _ slot: UInt32, into found: inout Value
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
    let record = image.extractions[at: extraction]
    for spelling in record.options.range {
      for invocation in workspace.optionMemory.facts.invocations.indices {
        let isUnseen = isUnseen(invocation, record.unseen)
        take(image.texts[spelling], by: invocation, isUnseen: isUnseen, slot, into: &found)
        if found.state == .unknown { return }
      }
    }
  }

  /// Whether some who read the parameter see no declaration of the program of an invocation.
  private func isUnseen(_ invocation: Int, _ packages: Extent) -> Bool {
    let program = workspace.optionMemory.facts.invocations[invocation].program
    if packages.count == 0 || program < 0 { return false }
    for package in workspace.optionMemory.facts.programs.packages(of: Int(program))
    where !image.words[packages.range].contains(package) { return false }
    return true
  }

  private mutating func take(
    _ spelling: Extent, by invocation: Int, isUnseen: Bool, _ slot: UInt32,
    into found: inout Value
  ) {
    let given = pool.withSpan(spelling.range) {
      workspace.optionMemory.facts.isGiven($0, by: invocation)
    }
    if given == .false, !isUnseen { return }
    // One that is given may be given once more.
    let mayBeGiven = pool.withSpan(spelling.range) {
      workspace.optionMemory.facts.someWordMayBe($0, of: invocation)
    }
    if given == .unknown || mayBeGiven {
      found = .unknown(.conflictingExtractions, of: slot)
      return
    }
    if isUnseen { return takeUnseen(spelling, by: invocation, slot, into: &found) }
    for index in workspace.optionMemory.facts.invocations[invocation].options {
      let option = workspace.optionMemory.facts.options[index]
      let isSpelled = pool.withSpan(spelling.range) {
        workspace.optionMemory.facts.isSpelled(index, $0, by: invocation)
      }
      guard isSpelled else { continue }
      guard option.hasValue, let range = workspace.optionMemory.facts.knownText(option.value) else {
        // A declared flag has no argument.
        if option.option >= 0, !option.hasValue { continue }
        found = .unknown(.conflictingExtractions, of: slot)
        return
      }
      take(range, slot, into: &found)
      if found.state == .unknown { return }
    }
  }

  /// Takes part of the command for a value.
  private mutating func take(_ range: Range<Int>, _ slot: UInt32, into found: inout Value) {
    let start = texts.count
    texts.append(contentsOf: workspace.optionMemory.facts.line.text[range])
    take(.text(start: start, count: range.count), slot, into: &found)
  }

  /// Takes what each word of an invocation gives of an option to who sees no declaration of its
  /// program; unknown where a declaration alone gives more.
  private mutating func takeUnseen(
    _ spelling: Extent, by invocation: Int, _ slot: UInt32, into found: inout Value
  ) {
    let this = workspace.optionMemory.facts.invocations[invocation]
    for index in this.options {
      let option = workspace.optionMemory.facts.options[index]
      let isInWord = option.hasValue && option.value.word == option.spelling.word
      let isSpelled = pool.withSpan(spelling.range) {
        workspace.optionMemory.facts.isSpelled(index, $0, by: invocation)
      }
      let isText = pool.withSpan(spelling.range) {
        workspace.optionMemory.facts.isText(option.spelling, $0)
      }
      if isInWord, isText {
        guard let range = workspace.optionMemory.facts.knownText(option.value) else {
          found = .unknown(.conflictingExtractions, of: slot)
          return
        }
        take(range, slot, into: &found)
      } else {
        takeUnseen(spelling, in: option.spelling, slot, into: &found)
        if isSpelled, option.hasValue { found = .unknown(.conflictingExtractions, of: slot) }
      }
      if found.state == .unknown { return }
      if option.hasValue, !isInWord { takeUnseen(spelling, in: option.value, slot, into: &found) }
      if found.state == .unknown { return }
    }
    for index in this.operands {
      let operand = workspace.optionMemory.facts.operands[index]
      takeUnseen(spelling, in: operand.text, slot, into: &found)
      if found.state == .unknown { return }
    }
  }

  /// Takes what one word gives of an option when nothing of its program is declared.
  private mutating func takeUnseen(
    _ spelling: Extent, in text: CommandText, _ slot: UInt32, into found: inout Value
  ) {
    let unread = pool.withSpan(spelling.range) {
      workspace.optionMemory.facts.unread($0, in: text)
    }
    switch unread {
    case .none: return
    case .unknown: found = .unknown(.conflictingExtractions, of: slot)
    case .value(let range): take(range, slot, into: &found)
    }
  }
}
