import TractatusJSON
import TractatusPatterns
import TractatusValues

extension Evaluator {
  /// Fills what extractions can fill of a type's parameters, and checks that a call that is
  /// directly of the type has all that it needs.
  mutating func fill(_ type: UInt32, _ input: borrowing ActionInput) {
    let record = image.actionTypes[at: type]
    var index = record.extractions.start
    let end = index + record.extractions.count
    while index < end {
      // Extractions of one parameter stand together.
      let slot = image.extractions[at: index].slot
      var next = index + 1
      while next < end && image.extractions[at: next].slot == slot { next += 1 }
      if isOpen(slot) { extract(slot, index..<next, type, input) }
      index = next
    }
    guard marks[at: type].isDirect else { return }
    for slot in record.slots.range
    where image.slots[slot].isOptional == 0
      && (values[slot].epoch != epoch || values[slot].state == .absent)
    {
      report(
        .missing, slot: UInt32(truncatingIfNeeded: slot),
        at: DocumentNode(document: .call, node: .root))
    }
  }

  /// Whether an extraction may fill a parameter: it is absent, or a mapping did not yield it.
  private func isOpen(_ slot: UInt32) -> Bool {
    let value = values[at: slot]
    if value.epoch != epoch || value.state == .absent { return true }
    return value.state == .unknown && value.cause == .notYielded
  }

  private mutating func extract(
    _ slot: UInt32, _ extractions: Range<UInt32>, _ type: UInt32, _ input: borrowing ActionInput
  ) {
    var found = Value()
    for extraction in extractions {
      let record = image.extractions[at: extraction]
      if record.source != noIndex {
        search(record.source, by: extraction, for: slot, into: &found, input)
      }
      if marks[at: type].isDirect { continue }
      for mapping in broughtMappings where image.actionMappings[at: mapping].type == type {
        let pairs = image.actionMappings[at: mapping].extractionSources
        var index = pairs.start
        while index < pairs.start + pairs.count {
          if image.words[at: index] == extraction {
            let source = image.words[at: index + 1]
            search(source, by: extraction, for: slot, into: &found, input)
          }
          index += 2
        }
      }
    }
    if found.state == .absent { return }
    found.epoch = epoch
    found.isExtracted = true
    values[at: slot] = found
  }

  /// Whether the cause of a source that is unknown comes before that of another, by their texts
  /// (`cause(of:)`).
  ///
  /// PERF: told without the texts, for a decision allocates nothing.
  private func isNamedFirst(_ source: Value, _ other: Value) -> Bool {
    guard source.subject != noIndex, other.subject != noIndex else { return false }
    // "the mappings …" comes after what begins with a name in backticks.
    let isLate = source.cause == .conflictingMappings
    if isLate != (other.cause == .conflictingMappings) { return !isLate }
    if source.subject == other.subject { return source.cause == .notYielded }
    let name = image.slots[at: source.subject].name.range
    let known = image.slots[at: other.subject].name.range
    for (one, two) in zip(name, known) where pool[one] != pool[two] { return pool[one] < pool[two] }
    // Behind the shorter one stands a backtick.
    let backtick = UInt8(ascii: "`")
    if name.count < known.count { return backtick < pool[known.lowerBound + name.count] }
    return known.count < name.count && pool[name.lowerBound + known.count] < backtick
  }

  /// Adds what an extraction finds in a slot's text to what was found for another slot.
  private mutating func search(
    _ source: UInt32, by extraction: UInt32, for slot: UInt32, into found: inout Value,
    _ input: borrowing ActionInput
  ) {
    ensure(source, input)
    var text = values[at: source]
    if text.isExtracted {
      // What an extraction filled is not searched: it is what it was before, absent or, of a type
      // that a mapping brings, perhaps not yielded.
      let record = image.slots[at: source]
      if record.isOptional == 1 || marks[at: record.owner].isDirect { return }
      text = .unknown(.notYielded, of: source)
    }
    if text.state == .absent { return }
    if text.state == .unknown {
      // What the source lacks is said before what was found elsewhere, and of several that lack
      // something the first by its text, in whatever order they are written.
      if found.state != .unknown || found.cause == .conflictingExtractions
        || isNamedFirst(text, found)
      {
        found = .unknown(text.cause, of: text.subject)
      }
      return
    }
    if found.state == .unknown { return }
    let extractor = image.extractions[at: extraction].extractor
    if extractor == noIndex {
      return takeOptions(extraction, of: text, slot, into: &found)
    }
    let isComplete = Self.extract(
      image.extractors[at: extractor], texts, text.range, &extractorScratch)
    guard isComplete else {
      found = .unknown(.conflictingExtractions, of: slot)
      return
    }
    if image.extractions[at: extraction].isJoined == 1 {
      if extractorScratch.matches.isEmpty { return }
      return take(joinedMatches(of: text), slot, into: &found)
    }
    for index in extractorScratch.matches.indices {
      let match = extractorScratch.matches[index]
      let start = Int(text.start) + match.start
      take(.text(start: start, count: match.end - match.start), slot, into: &found)
      if found.state == .unknown { return }
    }
  }

  /// What was matched last in a text, as one text with a line end between the matches.
  private mutating func joinedMatches(of text: Value) -> Value {
    let start = texts.count
    for index in extractorScratch.matches.indices {
      if index > 0 { texts.append(UInt8(ascii: "\n")) }
      let match = extractorScratch.matches[index]
      // INVARIANT: what is appended lies in the text, and matches do not overlap.
      for place in (Int(text.start) + match.start)..<(Int(text.start) + match.end) {
        texts.append(texts[place])
      }
    }
    return .text(start: start, count: texts.count - start)
  }

  /// Adds one text to what was found for a slot.
  mutating func take(_ text: Value, _ slot: UInt32, into found: inout Value) {
    let record = image.valueTypes[at: image.slots[at: slot].valueType]
    guard let kind = ValueKind(rawValue: record.kind) else { return }
    var value = text
    let fits = convertText(value.range, record, kind, into: &value)
    if found.state == .absent && fits {
      found = value
    } else if !fits || !isSame(found, value, kind) {
      found = .unknown(.conflictingExtractions, of: slot)
    }
  }

  private static func extract(
    _ extractor: borrowing Extractor, _ texts: [UInt8], _ range: Range<Int>,
    _ scratch: inout ExtractorScratch
  ) -> Bool {
    extractor.extract(texts.span.extracting(range), scratch: &scratch)
  }

  private func isSame(_ one: Value, _ other: Value, _ kind: ValueKind) -> Bool {
    guard kind == .text else { return one.ordinal == other.ordinal }
    return Self.equal(texts.span.extracting(one.range), texts.span.extracting(other.range))
  }

  /// Refuses fields that a closed type does not know and no mapping reads.
  mutating func checkParameters(_ input: borrowing ActionInput) {
    guard let place = input.fields.parameters, !correction.isActive else { return }
    for index in instances.indices {
      let instance = instances[index]
      if image.actionTypes[at: instance.type].isClosed != 1 { continue }
      let tape = tape(of: place.document.rawValue, input)
      guard tape.kind(place.node) == .object else { return }
      let first = image.actionTypes[at: instance.type].slots.start
      var child = tape.firstChild(place.node)
      while let node = child {
        child = tape.next(node)
        let here = DocumentNode(document: place.document, node: node)
        if here == input.fields.description || tape.kind(node) == .null { continue }
        if !isKnown(node, tape, instance.type) { report(.excess, slot: first, at: here) }
      }
    }
  }

  private func isKnown(_ node: JSONNode, _ tape: borrowing JSONTape, _ type: UInt32) -> Bool {
    let record = image.actionTypes[at: type]
    if find(node, of: tape, in: record.binding) != noIndex { return true }
    if namedType != noIndex,
      find(node, of: tape, in: image.actionTypes[at: namedType].binding) != noIndex
    {
      return true
    }
    for mapping in matchedMappings
    where find(node, of: tape, in: image.toolMappings[at: mapping].binding) != noIndex {
      return true
    }
    return false
  }
}
