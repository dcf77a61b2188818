import TractatusJSON
import TractatusPatterns
import TractatusValues

extension Evaluator {
  /// Finds the type that the call names and the mappings of its tool.
  mutating func resolveTypes(_ input: borrowing ActionInput) {
    let actionIsGiven = resolveAction(input)
    var toolIsGiven = resolveTool(input.fields.tool, .call, image.header.toolNames, input)
    occasion = .call
    if input.fields.result != nil {
      if resolveTool(input.fields.result, .result, image.header.resultNames, input) {
        occasion = .result
      }
    }
    if input.fields.event != nil {
      if resolveTool(input.fields.event, .event, image.header.eventNames, input) {
        occasion = .event
      }
    }
    if occasion != .call { toolIsGiven = true }
    if !actionIsGiven && !toolIsGiven && problem == nil {
      report(.notAnAction, slot: noIndex, at: DocumentNode(document: .call, node: .root))
    }
  }

  private mutating func resolveAction(_ input: borrowing ActionInput) -> Bool {
    guard let place = input.fields.action else { return false }
    return place.document == .call
      ? resolveAction(place, input.call)
      : resolveAction(place, tape(of: place.document.rawValue, input))
  }

  private mutating func resolveAction(
    _ place: DocumentNode, _ tape: borrowing JSONTape
  ) -> Bool {
    if tape.kind(place.node) == .null { return false }
    guard tape.kind(place.node) == .string else {
      report(.notAnAction, slot: noIndex, at: place)
      return true
    }
    let entry = find(
      tape.bytes.span.extracting(tape.content(place.node)), in: image.header.typeNames)
    guard entry != noIndex else {
      report(.unknownType, slot: noIndex, at: place)
      return true
    }
    let types = image.keyEntries[at: entry].values
    if types.count == 1 {
      namedType = image.words[at: types.start]
    } else {
      report(.ambiguousType, slot: noIndex, at: place)
    }
    return true
  }

  /// Finds the mappings of a tool, of its result or of an event; whether one is named.
  private mutating func resolveTool(
    _ place: DocumentNode?, _ occasion: CallOccasion, _ names: UInt32,
    _ input: borrowing ActionInput
  ) -> Bool {
    guard let place else { return false }
    return place.document == .call
      ? resolveTool(place, occasion, names, input.call)
      : resolveTool(place, occasion, names, tape(of: place.document.rawValue, input))
  }

  private mutating func resolveTool(
    _ place: DocumentNode, _ occasion: CallOccasion, _ names: UInt32,
    _ tape: borrowing JSONTape
  ) -> Bool {
    if tape.kind(place.node) == .null { return false }
    guard tape.kind(place.node) == .string else {
      report(.notAnAction, slot: noIndex, at: place)
      return true
    }
    let name = tape.content(place.node)
    let entry = find(tape.bytes.span.extracting(name), in: names)
    if entry != noIndex {
      for index in image.keyEntries[at: entry].values.range {
        matchedMappings.append(image.words[index])
      }
    }
    for wildcard in image.toolWildcards where wildcard.occasion == occasion.rawValue {
      let isCovered = pool.withSpan(wildcard.pattern.range) {
        Self.covers($0, tape.bytes.span.extracting(name))
      }
      if isCovered && !matchedMappings.contains(wildcard.mapping) {
        matchedMappings.append(wildcard.mapping)
      }
    }
    return true
  }

  /// Whether a pattern in which `*` is any run of bytes covers a whole name. Linear in the name
  /// for each `*`, without recursion.
  static func covers(_ pattern: Span<UInt8>, _ name: Span<UInt8>) -> Bool {
    var inPattern = 0
    var inName = 0
    var star = -1
    var retry = 0
    while inName < name.count {
      if inPattern < pattern.count && pattern[inPattern] == UInt8(ascii: "*") {
        star = inPattern
        retry = inName
        inPattern += 1
      } else if inPattern < pattern.count && pattern[inPattern] == name[inName] {
        inPattern += 1
        inName += 1
      } else if star >= 0 {
        retry += 1
        inName = retry
        inPattern = star + 1
      } else {
        return false
      }
    }
    while inPattern < pattern.count && pattern[inPattern] == UInt8(ascii: "*") { inPattern += 1 }
    return inPattern == pattern.count
  }

  /// Binds the parameters of every type of the call, and finds out which types those are.
  mutating func bindTypes(_ input: borrowing ActionInput) {
    if namedType != noIndex {
      markDirect(namedType)
      bindParameters(image.actionTypes[at: namedType].binding, input)
    }
    for mapping in matchedMappings {
      let record = image.toolMappings[at: mapping]
      markDirect(record.type)
      if !mappingPackages.contains(record.package) { mappingPackages.append(record.package) }
      if yieldsValues(mapping) { bindParameters(record.binding, input) }
    }
    checkParameters(input)
    if problem?.rank == 0 { return }
    for index in instances.indices { fill(instances[index].type, input) }
    for type in mappedTypes where marks[at: type].epoch != epoch { bindMapped(type, input) }
    if problem != nil { return }
    let isMapped = !instances.isEmpty
    // An event or a result that nothing maps is nobody's business.
    if !isMapped && occasion == .call {
      addInstance(image.header.unmappedType, .true, isDirect: false)
    }
    for instance in instances.indices { activate(instances[instance].type, at: instance) }
    if isMapped && namedType == noIndex && occasion == .call { addGuard() }
  }

  /// Whether parameters are read by a mapping that matched.
  ///
  /// Where the call names the type, or a mapping of the type's own package matched, those that
  /// other packages wrote yield nothing, so that none can make a parameter another or unknown.
  @inline(__always)
  func yieldsValues(_ mapping: UInt32) -> Bool {
    let record = image.toolMappings[at: mapping]
    let home = image.actionTypes[at: record.type].package
    if record.package == home { return true }
    if namedType == record.type { return false }
    for other in matchedMappings {
      let other = image.toolMappings[at: other]
      if other.type == record.type && other.package == home { return false }
    }
    return true
  }

  private mutating func markDirect(_ type: UInt32) {
    if marks[at: type].epoch == epoch { return }
    addInstance(type, .true, isDirect: true)
  }

  private mutating func addInstance(_ type: UInt32, _ truth: Truth, isDirect: Bool) {
    marks[at: type] = TypeMark(epoch: epoch, truth: truth, isDirect: isDirect)
    instances.append(TypeInstance(type: type, truth: truth, isGuard: false))
  }

  private mutating func activate(_ type: UInt32, at instance: Int) {
    activeTables[at: type] = epoch
    instanceOfType[at: type] = UInt32(truncatingIfNeeded: instance)
  }

  /// A call whose mappings a package does not know is `unmapped` too for its sealed rules.
  private mutating func addGuard() {
    for package in guardedPackages where !knowsMappings(package) {
      instances.append(
        TypeInstance(type: image.header.unmappedType, truth: .true, isGuard: true))
      activate(image.header.unmappedType, at: instances.count - 1)
      return
    }
  }

  /// Whether some mapping of the call was written in a package or in one that it uses.
  func knowsMappings(_ package: UInt32) -> Bool {
    for writer in mappingPackages {
      if writer == package { return true }
      for index in image.packages[at: package].uses.range where image.words[index] == writer {
        return true
      }
    }
    return false
  }

  // MARK: Direct types

  /// The document and node of the call's parameters, if it has any.
  @inline(__always)
  private func parametersPlace(_ input: borrowing ActionInput) -> DocumentNode? {
    correction.isActive
      ? DocumentNode(document: .arguments, node: .root) : input.fields.parameters
  }

  private mutating func bindParameters(_ binding: UInt32, _ input: borrowing ActionInput) {
    guard let place = parametersPlace(input) else { return }
    if correction.isActive {
      let tape = correction.parameters
      bindMembers(of: tape, place, binding)
      return
    }
    switch place.document {
    case .call: bindMembers(of: input.call, place, binding)
    case .arguments: bindMembers(of: input.arguments, place, binding)
    case .surroundings: bindMembers(of: input.surroundings, place, binding)
    }
  }

  private mutating func bindMembers(
    of tape: borrowing JSONTape, _ place: DocumentNode, _ binding: UInt32
  ) {
    guard tape.kind(place.node) == .object else {
      if tape.kind(place.node) != .null { report(.badParameters, slot: noIndex, at: place) }
      return
    }
    var child = tape.firstChild(place.node)
    while let node = child {
      child = tape.next(node)
      let entry = find(node, of: tape, in: binding)
      if entry == noIndex { continue }
      for index in image.keyEntries[at: entry].values.range {
        bindField(image.bindingTargets[at: image.words[index]], tape, place.document, node)
      }
    }
  }

  private mutating func bindField(
    _ target: BindingTargetRecord, _ tape: borrowing JSONTape, _ document: ActionDocument,
    _ field: JSONNode
  ) {
    var node = field
    for index in target.path.range {
      if tape.kind(node) == .array {
        return bindElements(of: node, target, from: index, tape, document)
      }
      guard let member = member(image.texts[index], of: node, tape) else { return }
      node = member
    }
    if tape.kind(node) == .null { return }
    _ = bindValue(node, target, tape, document)
  }

  /// Gives a slot the value of a node.
  ///
  /// - Returns: whether the node is of the slot's type; it is reported when not.
  private mutating func bindValue(
    _ node: JSONNode, _ target: BindingTargetRecord, _ tape: borrowing JSONTape,
    _ document: ActionDocument
  ) -> Bool {
    let record = image.slots[at: target.slot]
    guard
      let value = convert(
        tape, document.rawValue, node, to: record.valueType, keepsText: record.isRead == 1)
    else {
      report(.illTyped, slot: target.slot, at: DocumentNode(document: document, node: node))
      return false
    }
    merge(value, into: target.slot, tape, tape)
    return true
  }

  /// Gives a slot what lies in the elements of a list, below the names of a path from `index` on:
  /// several plain texts as one, a line end between; of others each as a mapping's own value.
  private mutating func bindElements(
    of list: JSONNode, _ target: BindingTargetRecord, from index: Int,
    _ tape: borrowing JSONTape, _ document: ActionDocument
  ) {
    boundNodes.removeAll(keepingCapacity: true)
    collect(list, target.path.range, from: index, tape)
    let type = image.valueTypes[at: image.slots[at: target.slot].valueType]
    let isPlain = type.kind == ValueKind.text.rawValue && type.a == TextForm.plain.rawValue
    guard isPlain, boundNodes.count > 1 else {
      for place in boundNodes.indices {
        guard bindValue(boundNodes[place], target, tape, document) else { return }
      }
      return
    }
    let start = texts.count
    for (place, node) in boundNodes.enumerated() {
      guard tape.kind(node) == .string else {
        report(.illTyped, slot: target.slot, at: DocumentNode(document: document, node: node))
        return
      }
      if place > 0 { texts.append(UInt8(ascii: "\n")) }
      for byte in tape.content(node) { texts.append(tape.bytes[byte]) }
    }
    var value = Value.text(start: start, count: texts.count - start)
    value.epoch = epoch
    value.isJoined = true
    merge(value, into: target.slot, tape, tape)
  }

  /// Notes what the names of a path lead to, `null` and what is missing left out. As deep as a
  /// document may be.
  private mutating func collect(
    _ node: JSONNode, _ path: Range<Int>, from index: Int, _ tape: borrowing JSONTape
  ) {
    guard index < path.upperBound else {
      if tape.kind(node) != .null { boundNodes.append(node) }
      return
    }
    if tape.kind(node) == .array {
      for element in tape.children(node) { collect(element, path, from: index, tape) }
    } else if let member = member(image.texts[index], of: node, tape) {
      collect(member, path, from: index + 1, tape)
    }
  }

  /// Gives a slot a value; one that differs from what another mapping gave makes it unknown.
  private mutating func merge(
    _ value: Value, into slot: UInt32, _ tape: borrowing JSONTape,
    _ earlierTape: borrowing JSONTape
  ) {
    let earlier = values[at: slot]
    if earlier.epoch != epoch {
      values[at: slot] = value
      values[at: slot].epoch = epoch
      return
    }
    if earlier.state != .known { return }
    let isSame =
      value.state == .known
      && areEqual(value, tape, earlier, earlierTape, type: image.slots[at: slot].valueType)
    if !isSame {
      values[at: slot] = .unknown(.conflictingMappings, of: slot)
      values[at: slot].epoch = epoch
    }
  }

  /// Whether two known values of one type are equal as converted.
  mutating func areEqual(
    _ left: Value, _ leftTape: borrowing JSONTape, _ right: Value,
    _ rightTape: borrowing JSONTape, type: UInt32
  ) -> Bool {
    let record = image.valueTypes[at: type]
    switch ValueKind(rawValue: record.kind) {
    case .text:
      return areEqualTexts(left, leftTape, right, rightTape)
    case .list: return areEqualLists(left, leftTape, right, rightTape, element: record.a)
    case .record: return areEqualRecords(left, leftTape, right, rightTape, record)
    default: return left.ordinal == right.ordinal
    }
  }

  private func areEqualTexts(
    _ left: Value, _ leftTape: borrowing JSONTape, _ right: Value,
    _ rightTape: borrowing JSONTape
  ) -> Bool {
    let mine = texts.span
    let bothAreKept =
      left.isExtracted || right.isExtracted || left.document == Value.constants
      || (left.isJoined && right.isJoined)
    if bothAreKept { return Self.equal(mine.extracting(left.range), mine.extracting(right.range)) }
    if left.isJoined {
      return Self.equal(
        mine.extracting(left.range), rightTape.bytes.span.extracting(rightTape.content(right.place))
      )
    }
    let one = leftTape.bytes.span.extracting(leftTape.content(left.place))
    if right.isJoined { return Self.equal(one, mine.extracting(right.range)) }
    return Self.equal(one, rightTape.bytes.span.extracting(rightTape.content(right.place)))
  }

  private mutating func areEqualLists(
    _ left: Value, _ leftTape: borrowing JSONTape, _ right: Value,
    _ rightTape: borrowing JSONTape, element: UInt32
  ) -> Bool {
    var mine = left.isSingle ? left.place : leftTape.firstChild(left.place)
    var other = right.isSingle ? right.place : rightTape.firstChild(right.place)
    while let one = mine, let two = other {
      guard areEqual(one, leftTape, two, rightTape, type: element) else { return false }
      mine = left.isSingle ? nil : leftTape.next(one)
      other = right.isSingle ? nil : rightTape.next(two)
    }
    return mine == nil && other == nil
  }

  private mutating func areEqualRecords(
    _ left: Value, _ leftTape: borrowing JSONTape, _ right: Value,
    _ rightTape: borrowing JSONTape, _ record: ValueTypeRecord
  ) -> Bool {
    for index in 0..<record.b {
      let field = image.recordFields[at: record.a + index]
      let one = member(field.name, of: left.place, leftTape)
      let two = member(field.name, of: right.place, rightTape)
      let oneIsThere = one.map { leftTape.kind($0) != .null } ?? false
      let twoIsThere = two.map { rightTape.kind($0) != .null } ?? false
      guard oneIsThere == twoIsThere else { return false }
      guard oneIsThere, let one, let two else { continue }
      guard areEqual(one, leftTape, two, rightTape, type: field.valueType) else { return false }
    }
    return true
  }

  /// The member of an object that bears a name of the program.
  @inline(__always)
  func member(_ name: Extent, of node: JSONNode, _ tape: borrowing JSONTape) -> JSONNode? {
    pool.withSpan(name.range) { tape.member(node, named: $0) }
  }

  private mutating func areEqual(
    _ left: JSONNode, _ leftTape: borrowing JSONTape, _ right: JSONNode,
    _ rightTape: borrowing JSONTape, type: UInt32
  ) -> Bool {
    guard let one = convert(leftTape, 0, left, to: type, keepsText: false),
      let two = convert(rightTape, 0, right, to: type, keepsText: false)
    else { return false }
    return areEqual(one, leftTape, two, rightTape, type: type)
  }

  // MARK: Types that mappings bring

  private mutating func bindMapped(_ type: UInt32, _ input: borrowing ActionInput) {
    var truth = Truth.false
    for index in image.actionTypes[at: type].mappings.range {
      let mapping = image.actionMappings[index]
      guard marks[at: mapping.source].epoch == epoch else { continue }
      let sourceTruth = marks[at: mapping.source].truth
      beginType(mapping.source)
      let brought = sourceTruth & evaluate(formula: mapping.formula, input)
      if brought == .false { continue }
      truth = truth | brought
      if brought == .true && !mappingPackages.contains(mapping.package) {
        mappingPackages.append(mapping.package)
      }
      broughtMappings.append(UInt32(truncatingIfNeeded: index))
      inherit(mapping, input)
    }
    if truth == .false { return }
    addInstance(type, truth, isDirect: false)
    for slot in image.actionTypes[at: type].slots.range {
      let place = UInt32(truncatingIfNeeded: slot)
      if values[slot].epoch == epoch || image.slots[slot].isOptional == 1 { continue }
      values[slot] = .unknown(.notYielded, of: place)
      values[slot].epoch = epoch
    }
    fill(type, input)
  }

  /// Hands on what the call itself carries of the source type.
  private mutating func inherit(_ mapping: ActionMappingRecord, _ input: borrowing ActionInput) {
    var index = mapping.pairs.start
    while index < mapping.pairs.start + mapping.pairs.count {
      let source = image.words[at: index]
      let target = image.words[at: index + 1]
      index += 2
      let value = values[at: source]
      if value.epoch != epoch || value.state == .absent || value.isExtracted { continue }
      if value.state == .unknown && value.cause != .conflictingMappings { continue }
      let earlier = tape(of: values[at: target].document, input)
      merge(value, into: target, tape(of: value.document, input), earlier)
      if value.state == .unknown { values[at: target].subject = target }
    }
  }
}
