import TractatusJSON
import TractatusValues

extension Evaluator {
  /// Converts a value of a document to a type; nil when it does not fit.
  ///
  /// A text is kept in `texts` only when `keepsText`. Recursion is as deep as the type, which
  /// verification bounds.
  mutating func convert(
    _ tape: borrowing JSONTape, _ document: UInt8, _ node: JSONNode, to type: UInt32,
    keepsText: Bool, allowsSingle: Bool = true
  ) -> Value? {
    let record = image.valueTypes[at: type]
    guard let kind = ValueKind(rawValue: record.kind) else { return nil }
    var value = Value()
    value.epoch = epoch
    value.state = .known
    value.document = document
    value.node = node.index
    let given = tape.kind(node)
    switch kind {
    case .bool:
      guard given == .true || given == .false else { return nil }
      value.ordinal = given == .true ? 1 : 0
    case .int, .number:
      guard convertNumber(tape, node, given, record, kind, into: &value) else { return nil }
    case .text:
      guard given == .string else { return nil }
      if keepsText { keepText(tape, node, in: &value) }
    case .time, .enumeration:
      guard given == .string else { return nil }
      let start = texts.count
      keepText(tape, node, in: &value)
      let fits = convertText(value.range, record, kind, into: &value)
      texts.removeLast(texts.count - start)
      guard fits else { return nil }
    case .list:
      guard checkList(tape, document, node, record, allowsSingle) else { return nil }
      value.isSingle = given != .array
    case .record:
      guard checkRecord(tape, document, node, record) else { return nil }
    }
    return value
  }

  private mutating func keepText(
    _ tape: borrowing JSONTape, _ node: JSONNode, in value: inout Value
  ) {
    let content = tape.content(node)
    value.start = UInt32(truncatingIfNeeded: texts.count)
    value.count = UInt32(truncatingIfNeeded: content.count)
    // INVARIANT: three documents of 16 MiB each and a handful of readings stay below 4 GiB.
    // SAFETY: the buffer is read only inside the closure.
    unsafe tape.bytes.span.extracting(content).withUnsafeBufferPointer {
      unsafe texts.append(contentsOf: $0)
    }
  }

  private mutating func convertNumber(
    _ tape: borrowing JSONTape, _ node: JSONNode, _ given: JSONKind, _ record: ValueTypeRecord,
    _ kind: ValueKind, into value: inout Value
  ) -> Bool {
    let content = tape.content(node)
    if given == .number {
      if let small = Self.smallInteger(tape, content) {
        // PERF: at most 15 digits: no overflow, and no remainder to look for.
        value.ordinal = Int128(small) &* Decimal.scale
        return isWithin(value.ordinal, record)
      } else {
        guard let decimal = tape.decimal(node) else { return false }
        value.ordinal = decimal.raw
      }
    } else {
      guard given == .string,
        let decimal = Decimal(canonical: tape.bytes.span.extracting(content))
      else { return false }
      value.ordinal = decimal.raw
    }
    if kind == .int && value.ordinal % Decimal.scale != 0 { return false }
    return isWithin(value.ordinal, record)
  }

  /// The integer that a short plain spelling is.
  @inline(__always)
  private static func smallInteger(_ tape: borrowing JSONTape, _ content: Range<Int>) -> Int? {
    guard content.count <= 15 else { return nil }
    let bytes = tape.bytes.span
    var number = 0
    for index in content {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return number
  }

  @inline(__always)
  private func isWithin(_ ordinal: Int128, _ record: ValueTypeRecord) -> Bool {
    if record.a != noIndex && ordinal < image.numbers[at: record.a] { return false }
    if record.b != noIndex && ordinal > image.numbers[at: record.b] { return false }
    return true
  }

  /// Converts the text at `range` of `texts` as a text input of this type would be.
  mutating func convertText(
    _ range: Range<Int>, _ record: ValueTypeRecord, _ kind: ValueKind, into value: inout Value
  ) -> Bool {
    let text = texts.span.extracting(range)
    switch kind {
    case .text:
      value.start = UInt32(truncatingIfNeeded: range.lowerBound)
      value.count = UInt32(truncatingIfNeeded: range.count)
      return true
    case .int, .number:
      guard let decimal = Decimal(canonical: text) else { return false }
      value.ordinal = decimal.raw
      if kind == .int && !decimal.isIntegral { return false }
      return isWithin(value.ordinal, record)
    case .time:
      guard let instant = Instant(text) else { return false }
      value.ordinal = instant.ordinal
      return isWithin(value.ordinal, record)
    case .enumeration:
      for index in 0..<record.b {
        let word = image.texts[at: record.a + index]
        if pool.withSpan(word.range, { Self.equal(text, $0) }) {
          value.ordinal = Int128(index)
          return true
        }
      }
      return false
    case .bool, .list, .record:
      return false
    }
  }

  private mutating func checkList(
    _ tape: borrowing JSONTape, _ document: UInt8, _ node: JSONNode, _ record: ValueTypeRecord,
    _ allowsSingle: Bool
  ) -> Bool {
    guard tape.kind(node) == .array else {
      // A single value stands for the list of it, one level of lists at most.
      guard allowsSingle && tape.kind(node) != .null else { return false }
      return convert(
        tape, document, node, to: record.a, keepsText: false, allowsSingle: false) != nil
    }
    var child = tape.firstChild(node)
    while let element = child {
      guard
        convert(tape, document, element, to: record.a, keepsText: false, allowsSingle: false) != nil
      else { return false }
      child = tape.next(element)
    }
    return true
  }

  private mutating func checkRecord(
    _ tape: borrowing JSONTape, _ document: UInt8, _ node: JSONNode, _ record: ValueTypeRecord
  ) -> Bool {
    guard tape.kind(node) == .object else { return false }
    for index in 0..<record.b {
      let field = image.recordFields[at: record.a + index]
      guard let member = member(field.name, of: node, tape), tape.kind(member) != .null else {
        if field.isOptional == 0 { return false }
        continue
      }
      guard convert(tape, document, member, to: field.valueType, keepsText: false) != nil else {
        return false
      }
    }
    return true
  }

  /// Whether two texts are equal byte for byte.
  ///
  /// PERF: eight bytes a step; the last step may overlap the one before.
  @inline(__always)
  static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    let count = left.count
    guard count == right.count else { return false }
    // SAFETY: the loads are bounds-checked, and every bit pattern is a number.
    let one = unsafe left.bytes
    let two = unsafe right.bytes
    if count < 8 {
      guard count >= 4 else {
        for index in 0..<count where left[index] != right[index] { return false }
        return true
      }
      let start =
        unsafe one.unsafeLoadUnaligned(as: UInt32.self)
        == two.unsafeLoadUnaligned(as: UInt32.self)
      return unsafe start
        && one.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
          == two.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    }
    var offset = 0
    while true {
      let same =
        unsafe one.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        == two.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard same else { return false }
      if offset + 8 == count { return true }
      offset = min(offset + 8, count - 8)
    }
  }

  /// The tape that holds a value's node. It is not copied, but shared.
  @inline(__always)
  func tape(of document: UInt8, _ input: borrowing ActionInput) -> JSONTape {
    switch document {
    case ActionDocument.call.rawValue: input.call
    case ActionDocument.arguments.rawValue:
      correction.isActive ? correction.parameters : input.arguments
    case ActionDocument.surroundings.rawValue: input.surroundings
    default: constants
    }
  }

  // MARK: Values

  /// Makes sure that a value is that of this decision: binds what was not bound to what it is by
  /// default, and follows the fields of an attribute.
  mutating func ensure(_ index: UInt32, _ input: borrowing ActionInput) {
    if values[at: index].epoch == epoch { return }
    if Int(index) < image.slots.count {
      settle(index, input)
    } else {
      followFields(index, input)
    }
  }

  /// The value of an attribute.
  @inline(__always)
  mutating func value(of attribute: UInt32, _ input: borrowing ActionInput) -> Value {
    let index = image.attributes[at: attribute].value
    if values[at: index].epoch != epoch { ensure(index, input) }
    return values[at: index]
  }

  private mutating func settle(_ slot: UInt32, _ input: borrowing ActionInput) {
    let record = image.slots[at: slot]
    switch SlotKind(rawValue: record.kind) {
    case .level, .thresholdScore:
      measure(record.owner, input)
      // A threshold that is asked for while it is measured has no score yet.
      if values[at: slot].epoch == epoch { return }
    case .fact:
      if record.fallback != noIndex, bindConstant(record.fallback, to: slot) { return }
    default:
      if slot == rootSlot(.actionType) {
        bindActionType()
        return
      }
    }
    values[at: slot] = defaults[at: slot]
    values[at: slot].epoch = epoch
  }

  /// The slot of a root.
  @inline(__always)
  func rootSlot(_ root: RootSlot) -> UInt32 { image.header.rootSlots.start + root.rawValue }

  private mutating func bindActionType() {
    let slot = rootSlot(.actionType)
    let start = texts.count
    if currentType != noIndex {
      texts.append(contentsOf: image.bytes[image.actionTypes[at: currentType].name.range])
    }
    values[at: slot] = .text(start: start, count: texts.count - start)
    values[at: slot].epoch = epoch
  }

  /// Makes `type` the one that is judged, so that `action.type` is its name.
  mutating func beginType(_ type: UInt32) {
    currentType = type
    values[at: rootSlot(.actionType)].epoch = 0
  }

  /// Binds a constant of the program to a slot; false when it does not fit.
  mutating func bindConstant(_ constant: UInt32, to slot: UInt32) -> Bool {
    let node = constantNodes[at: constant]
    let tape = constants
    guard
      var value = convert(
        tape, Value.constants, node, to: image.slots[at: slot].valueType, keepsText: true)
    else { return false }
    value.epoch = epoch
    values[at: slot] = value
    return true
  }

  private mutating func followFields(_ index: UInt32, _ input: borrowing ActionInput) {
    let attribute = image.fieldAttributes[at: index - UInt32(image.slots.count)]
    let record = image.attributes[at: attribute]
    ensure(record.slot, input)
    var value = follow(
      record.fields, part: record.part, from: values[at: record.slot], to: record.valueType, input)
    if value.cause == .unreadable { value.subject = record.slot }
    value.epoch = epoch
    values[at: index] = value
  }

  /// The value that fields of a record lead to; absent when one of them is.
  mutating func follow(
    _ fields: Extent, from value: Value, to type: UInt32, _ input: borrowing ActionInput
  ) -> Value {
    let tape = tape(of: value.document, input)
    var node = value.place
    for index in fields.range {
      guard let member = member(image.texts[index], of: node, tape) else { return Value() }
      node = member
    }
    if tape.kind(node) == .null { return Value() }
    return convert(tape, value.document, node, to: type, keepsText: true) ?? Value()
  }
}
