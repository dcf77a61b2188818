import TractatusJSON
import TractatusValues

extension Evaluator {
  /// Binds what stands around the call: the action's own fields first, then the surroundings'.
  mutating func bindRoots(_ input: borrowing ActionInput) {
    bindText(.description, input.fields.description, input)
    bindText(.actionTool, input.fields.tool, input)
    bindFields(input.fields, input)
    bindFields(input.surroundingFields, input)
  }

  private mutating func bindFields(_ fields: ActionFields, _ input: borrowing ActionInput) {
    bindText(.project, fields.project, input)
    bindText(.cwd, fields.cwd, input)
    bindText(.at, fields.at, input)
    if let place = fields.session {
      bindMembers(place, of: input, names: image.header.sessionNames, isFact: false)
    }
    if let place = fields.reasoning {
      bindMembers(place, of: input, names: image.header.reasoningNames, isFact: false)
    }
    if let place = fields.actor { bindActor(place, input) }
    if let place = fields.scores { bindScores(place, input) }
    if let place = fields.components { bindComponents(place, input) }
    if let place = fields.facts { bindFacts(place, input) }
    if let place = fields.resolved { _ = isObject(tape(of: place.document.rawValue, input), place) }
  }

  private mutating func bindText(
    _ root: RootSlot, _ place: DocumentNode?, _ input: borrowing ActionInput
  ) {
    guard let place else { return }
    let slot = rootSlot(root)
    switch place.document {
    case .call: bindRoot(slot, input.call, place)
    case .arguments: bindRoot(slot, input.arguments, place)
    case .surroundings: bindRoot(slot, input.surroundings, place)
    }
  }

  /// Binds a root's slot unless something has bound it; `null` leaves it out.
  private mutating func bindRoot(
    _ slot: UInt32, _ tape: borrowing JSONTape, _ place: DocumentNode
  ) {
    if values[at: slot].epoch == epoch || tape.kind(place.node) == .null { return }
    let record = image.slots[at: slot]
    let converted = convert(
      tape, place.document.rawValue, place.node, to: record.valueType,
      keepsText: record.isRead == 1)
    if let converted {
      values[at: slot] = converted
    } else {
      let isRange = record.kind == SlotKind.score.rawValue || isSession(slot)
      report(isRange ? .outOfRange : .surroundings, slot: slot, at: place)
      values[at: slot] = defaults[at: slot]
      values[at: slot].epoch = epoch
    }
  }

  private func isSession(_ slot: UInt32) -> Bool {
    slot >= rootSlot(.messages) && slot <= rootSlot(.compactions)
  }

  /// Binds the members of an object to the slots that bear their names.
  private mutating func bindMembers(
    _ place: DocumentNode, of input: borrowing ActionInput, names: UInt32, isFact: Bool
  ) {
    let tape = tape(of: place.document.rawValue, input)
    guard isObject(tape, place) else { return }
    var child = tape.firstChild(place.node)
    while let node = child {
      child = tape.next(node)
      guard let slot = member(node, of: tape, in: names) else { continue }
      let here = DocumentNode(document: place.document, node: node)
      if isFact && tape.kind(node) == .null { bindNull(slot) }
      bindRoot(slot, tape, here)
    }
  }

  /// The only value that a key table has for a member's key.
  @inline(__always)
  private func member(_ node: JSONNode, of tape: borrowing JSONTape, in table: UInt32) -> UInt32? {
    let entry = find(node, of: tape, in: table)
    guard entry != noIndex else { return nil }
    return image.words[at: image.keyEntries[at: entry].values.start]
  }

  /// Whether a field of the action is an object; anything else but `null` is an input error.
  private mutating func isObject(_ tape: borrowing JSONTape, _ place: DocumentNode) -> Bool {
    if tape.kind(place.node) == .object { return true }
    if tape.kind(place.node) != .null { report(.surroundings, slot: noIndex, at: place) }
    return false
  }

  private mutating func bindActor(_ place: DocumentNode, _ input: borrowing ActionInput) {
    let tape = tape(of: place.document.rawValue, input)
    guard isObject(tape, place) else { return }
    bindActorField(.actorID, tape.member(place.node, "id"), tape, place.document)
    bindActorField(.actorRole, tape.member(place.node, "role"), tape, place.document)
  }

  private mutating func bindActorField(
    _ root: RootSlot, _ node: JSONNode?, _ tape: borrowing JSONTape, _ document: ActionDocument
  ) {
    guard let node else { return }
    let slot = rootSlot(root)
    if tape.kind(node) == .null { bindAbsent(slot) }
    bindRoot(slot, tape, DocumentNode(document: document, node: node))
  }

  private mutating func bindAbsent(_ slot: UInt32) {
    if values[at: slot].epoch == epoch { return }
    values[at: slot] = Value()
    values[at: slot].epoch = epoch
  }

  /// `null` makes an optional fact absent; another keeps its fallback, or is left out.
  private mutating func bindNull(_ slot: UInt32) {
    if image.slots[at: slot].isOptional == 1 { bindAbsent(slot) }
  }

  /// Every score lies between 0 and 1, read or not.
  private mutating func bindScores(_ place: DocumentNode, _ input: borrowing ActionInput) {
    let tape = tape(of: place.document.rawValue, input)
    guard isObject(tape, place) else { return }
    var child = tape.firstChild(place.node)
    while let node = child {
      child = tape.next(node)
      let here = DocumentNode(document: place.document, node: node)
      if let slot = member(node, of: tape, in: image.header.scoreNames) {
        bindRoot(slot, tape, here)
      } else if tape.kind(node) != .null,
        convert(
          tape, place.document.rawValue, node, to: image.header.scoreType, keepsText: false) == nil
      {
        report(.outOfRange, slot: noIndex, at: here)
      }
    }
  }

  /// A component that is missing among those supplied was never used.
  private mutating func bindComponents(_ place: DocumentNode, _ input: borrowing ActionInput) {
    bindMembers(place, of: input, names: image.header.componentNames, isFact: false)
    let tape = tape(of: place.document.rawValue, input)
    guard tape.kind(place.node) == .object else { return }
    var child = tape.firstChild(place.node)
    while let node = child {
      child = tape.next(node)
      if tape.kind(node) == .null { continue }
      let type = image.header.componentType
      if convert(tape, place.document.rawValue, node, to: type, keepsText: false) == nil {
        let here = DocumentNode(document: place.document, node: node)
        report(.surroundings, slot: noIndex, at: here)
      }
    }
    // The surroundings may still add one to those of the action.
    let others = input.surroundingFields.components
    if place.document == .surroundings || others == nil {
      for slot in image.header.components.range { bindAbsent(UInt32(truncatingIfNeeded: slot)) }
    }
  }

  private mutating func bindFacts(_ place: DocumentNode, _ input: borrowing ActionInput) {
    bindMembers(place, of: input, names: image.header.factNames, isFact: true)
    if dottedFacts.isEmpty { return }
    let tape = tape(of: place.document.rawValue, input)
    guard tape.kind(place.node) == .object else { return }
    for slot in dottedFacts where values[at: slot].epoch != epoch {
      var node: JSONNode? = place.node
      for index in image.slots[at: slot].path.range {
        guard let object = node else { break }
        node = member(image.texts[index], of: object, tape)
      }
      // Facts are nested by the parts of their names.
      guard let node else { continue }
      if tape.kind(node) == .null { bindNull(slot) }
      bindRoot(slot, tape, DocumentNode(document: place.document, node: node))
    }
  }

  /// A given score outside 0 to 1 is an input error, whatever supplies it.
  mutating func checkGivenScores(_ input: borrowing ActionInput) {
    for threshold in checkedThresholds {
      let attribute = image.thresholds[at: threshold].given
      let given = value(of: attribute, input)
      if given.state == .known && (given.ordinal < 0 || given.ordinal > Decimal.scale) {
        report(
          .outOfRange, slot: image.attributes[at: attribute].slot,
          at: DocumentNode(document: .call, node: .root))
      }
    }
  }

  // MARK: Tables of names

  /// The entry of a key table for a member's key, or none.
  @inline(__always)
  func find(_ node: JSONNode, of tape: borrowing JSONTape, in table: UInt32) -> UInt32 {
    let record = image.keyTables[at: table]
    let hash = tape.keyHash(node)
    let key = tape.key(node)
    var place = hash & record.mask
    for _ in 0...record.mask {
      let slot = image.hashSlots[at: record.slots + place]
      if slot == 0 { return noIndex }
      let entry = image.keyEntries[at: slot - 1]
      if entry.hash == hash
        && pool.withSpan(entry.key.range, { Self.equal(tape.bytes.span.extracting(key), $0) })
      {
        return slot - 1
      }
      place = (place + 1) & record.mask
    }
    return noIndex
  }

  /// The entry of a key table for a text, or none.
  @inline(__always)
  func find(_ text: Span<UInt8>, in table: UInt32) -> UInt32 {
    let record = image.keyTables[at: table]
    let hash = Self.textHash(text)
    var place = hash & record.mask
    for _ in 0...record.mask {
      let slot = image.hashSlots[at: record.slots + place]
      if slot == 0 { return noIndex }
      let entry = image.keyEntries[at: slot - 1]
      if entry.hash == hash && pool.withSpan(entry.key.range, { Self.equal(text, $0) }) {
        return slot - 1
      }
      place = (place + 1) & record.mask
    }
    return noIndex
  }

  /// The hash of the tables of texts.
  package static func textHash(_ text: Span<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: StableHash.hash(text))
  }

  /// The hash of the tables of numbers.
  package static func numberHash(_ number: Int128) -> UInt32 {
    UInt32(truncatingIfNeeded: StableHash.hash(number))
  }

  // MARK: Problems

  /// Keeps the first of the input's problems, by an order that no document's order changes.
  mutating func report(_ kind: InputProblem.Kind, slot: UInt32, at place: DocumentNode) {
    let rank: Int
    switch kind {
    case .notAnAction, .unknownType, .ambiguousType, .badParameters: rank = 0
    case .illTyped, .missing: rank = 2 * Int(slot) + 1
    case .excess: rank = 2 * Int(slot)
    case .outOfRange, .surroundings: rank = (1 << 40) + Int(slot)
    }
    if let problem, problem.rank <= rank { return }
    problem = InputProblem(
      kind: kind, rank: rank, slot: slot, document: place.document.rawValue,
      node: place.node.index)
  }
}
