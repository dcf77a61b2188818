import TractatusJSON
import TractatusValues

/// A value of the call that a clause corrects.
struct Replacement {
  var node: UInt32
  var constant: UInt32
}

extension Evaluator {
  /// Collects the corrections that may be applied and puts the corrected parameters into
  /// `correction`; false when there are none. It allocates.
  mutating func prepareCorrection(_ input: borrowing ActionInput) -> Bool {
    guard let place = input.fields.parameters else { return false }
    let tape = tape(of: place.document.rawValue, input)
    guard tape.kind(place.node) == .object else { return false }
    var all: [(result: ClauseResult, nodes: [UInt32], constant: UInt32)] = []
    for result in results where result.state == .fired && result.disposition == .counts {
      let clause = image.clauses[at: result.clause]
      guard clause.expectation != noIndex else { continue }
      let expectation = image.expectations[at: clause.expectation]
      guard expectation.isCorrecting == 1, expectation.expected != noIndex else { continue }
      let nodes = carriedNodes(of: expectation.attribute, result.instance, tape, place.node)
      all.append((result, nodes, expectation.expected))
    }
    let contradicted = contradictedNodes(all.map { ($0.nodes, $0.constant) })
    var replacements: [Replacement] = []
    for item in all
    where !item.nodes.isEmpty && !item.nodes.contains(where: contradicted.contains)
      && !isShutOut(item.result)
    {
      for node in item.nodes {
        replacements.append(Replacement(node: node, constant: item.constant))
      }
    }
    guard !replacements.isEmpty else { return false }
    for item in all
    where item.nodes.contains(where: { node in
      replacements.contains { $0.node == node }
    }) {
      correction.clauses.append((item.result.clause, instances[at: item.result.instance].type))
    }
    correction.changes = agreedChanges(correction.clauses.map(\.clause))
    return write(replacements, of: tape, place.node)
  }

  /// The values of the call that an attribute of a direct type is read from.
  private func carriedNodes(
    of attribute: UInt32, _ instance: UInt32, _ tape: borrowing JSONTape, _ parameters: JSONNode
  ) -> [UInt32] {
    let record = image.attributes[at: attribute]
    let type = instances[at: instance].type
    guard image.slots[at: record.slot].kind == SlotKind.parameter.rawValue, record.part == 0,
      marks[at: type].epoch == epoch, marks[at: type].isDirect
    else { return [] }
    var nodes: [UInt32] = []
    var bindings: [UInt32] = []
    if namedType == type { bindings.append(image.actionTypes[at: type].binding) }
    for mapping in matchedMappings
    where image.toolMappings[at: mapping].type == type && yieldsValues(mapping) {
      bindings.append(image.toolMappings[at: mapping].binding)
    }
    for binding in bindings {
      var child = tape.firstChild(parameters)
      while let node = child {
        child = tape.next(node)
        let entry = find(node, of: tape, in: binding)
        if entry == noIndex { continue }
        for index in image.keyEntries[at: entry].values.range {
          let target = image.bindingTargets[at: image.words[index]]
          guard target.slot == record.slot,
            let place = descend(target.path, node, tape),
            let found = descend(record.fields, place, tape), !nodes.contains(found.index)
          else { continue }
          nodes.append(found.index)
        }
      }
    }
    return nodes
  }

  private func descend(
    _ path: Extent, _ start: JSONNode, _ tape: borrowing JSONTape
  ) -> JSONNode? {
    var node = start
    for index in path.range {
      guard let member = member(image.texts[index], of: node, tape) else { return nil }
      node = member
    }
    return tape.kind(node) == .null ? nil : node
  }

  private func contradictedNodes(_ all: [(nodes: [UInt32], constant: UInt32)]) -> [UInt32] {
    var contradicted: [UInt32] = []
    for (place, one) in all.enumerated() {
      for other in all[(place + 1)...] where json(one.constant) != json(other.constant) {
        contradicted += one.nodes.filter(other.nodes.contains)
      }
    }
    return contradicted
  }

  private func json(_ constant: UInt32) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(constantNodes[at: constant], of: constants)
    return writer.bytes
  }

  /// Whether something sealed of another package than the clause's asks or denies.
  private func isShutOut(_ result: ClauseResult) -> Bool {
    let package = image.package(of: image.clauses[at: result.clause])
    for other in results where other.disposition == .counts && verdict(of: other) >= .ask {
      let sealed = image.sealedPackage(of: image.clauses[at: other.clause])
      if let sealed, sealed != package { return true }
    }
    for other in defaultResults where other.isSealed {
      let record = image.otherwises[at: other.otherwise]
      if record.verdict >= Verdict.ask.rawValue && record.package != package { return true }
    }
    return false
  }

  /// What the `==` conflicts of these clauses expect of parameters, where they agree, by name.
  func agreedChanges(_ clauses: [UInt32]) -> [NamedValue] {
    var expected: [(name: String, constant: UInt32)] = []
    for clause in clauses {
      let index = image.clauses[at: clause].expectation
      guard index != noIndex else { continue }
      let expectation = image.expectations[at: index]
      let attribute = image.attributes[at: expectation.attribute]
      let slot = image.slots[at: attribute.slot]
      // A part of a URL is no field of the call.
      guard expectation.expected != noIndex, slot.kind == SlotKind.parameter.rawValue,
        attribute.part == URLPart.whole.rawValue
      else { continue }
      expected.append((image.string(expectation.name), expectation.expected))
    }
    var changes: [NamedValue] = []
    for (place, item) in expected.enumerated() {
      let same = expected.indices.filter { ReportOrder.equal(expected[$0].name, item.name) }
      guard same.first == place,
        same.allSatisfy({ json(expected[$0].constant) == json(item.constant) })
      else { continue }
      changes.append(NamedValue(name: item.name, value: reportConstant(item.constant)))
    }
    return changes.sorted { ReportOrder.precedes($0.name, $1.name) }
  }

  // MARK: The corrected document

  private mutating func write(
    _ replacements: [Replacement], of tape: borrowing JSONTape, _ parameters: JSONNode
  ) -> Bool {
    var writer = JSONWriter()
    write(parameters, of: tape, replacements, into: &writer)
    do {
      try correction.parameters.parse(writer.bytes.span)
    } catch {
      return false
    }
    return true
  }

  /// Writes a value with replacements in it; as deep as a document may be.
  private func write(
    _ node: JSONNode, of tape: borrowing JSONTape, _ replacements: [Replacement],
    into writer: inout JSONWriter
  ) {
    if let replacement = replacements.first(where: { $0.node == node.index }) {
      writer.value(constantNodes[at: replacement.constant], of: constants)
      return
    }
    switch tape.kind(node) {
    case .object:
      writer.beginObject()
      var child = tape.firstChild(node)
      while let member = child {
        child = tape.next(member)
        writer.key(tape.bytes.span.extracting(tape.key(member)))
        write(member, of: tape, replacements, into: &writer)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      var child = tape.firstChild(node)
      while let element = child {
        child = tape.next(element)
        write(element, of: tape, replacements, into: &writer)
      }
      writer.endArray()
    default: writer.value(node, of: tape)
    }
  }
}
