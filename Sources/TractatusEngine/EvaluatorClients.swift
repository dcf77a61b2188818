import TractatusJSON

/// A parameter that is a path, as a call gives it.
package struct PathParameter: Equatable, Sendable {
  /// The parameter's name in the type that the call is judged as.
  package var name: String
  /// The path as given, valid UTF-8.
  package var path: String
}

/// What a client's side needs beside the decision.
extension Evaluator {
  /// All parameters of the call that was evaluated last, as JSON and under the call's own names,
  /// with the corrections in them; nil unless its outcome is that of the corrected call.
  package var correctedParameters: [UInt8]? {
    guard correction.isActive else { return nil }
    var writer = JSONWriter()
    writer.value(.root, of: correction.parameters)
    return writer.bytes
  }

  /// The parameters of a call that are paths in some type that the call names or its tool maps to,
  /// each name once, in the order of the call's fields.
  ///
  /// Elements of lists are left out, and so is all that other types bring, but for a path that is
  /// extracted from what the call carries, as that of a patch is. It forgets the call that was
  /// evaluated last. Linear in the fields for each mapping.
  package mutating func pathParameters(of input: borrowing ActionInput) -> [PathParameter] {
    startDecision()
    correction.reset()
    resolveTypes(input)
    guard let place = input.fields.parameters else { return [] }
    let tape = tape(of: place.document.rawValue, input)
    guard tape.kind(place.node) == .object else { return [] }
    var bindings: [UInt32] = []
    if namedType != noIndex { bindings.append(image.actionTypes[at: namedType].binding) }
    for mapping in matchedMappings where yieldsValues(mapping) {
      bindings.append(image.toolMappings[at: mapping].binding)
    }
    var found: [PathParameter] = []
    var child = tape.firstChild(place.node)
    while let node = child {
      child = tape.next(node)
      for binding in bindings {
        let entry = find(node, of: tape, in: binding)
        if entry == noIndex { continue }
        for index in image.keyEntries[at: entry].values.range {
          let target = image.bindingTargets[at: image.words[index]]
          guard let path = path(target, node, tape) else { continue }
          if !found.contains(where: { $0.name == path.name }) { found.append(path) }
        }
      }
    }
    if extractsPaths { addExtractedPaths(to: &found, input) }
    return found
  }

  /// Whether a type that the call's own types bring extracts a path.
  private var extractsPaths: Bool {
    image.actionMappings.contains { mapping in
      let isOfCall =
        namedType == mapping.source
        || matchedMappings.contains { image.toolMappings[at: $0].type == mapping.source }
      return isOfCall
        && image.actionTypes[at: mapping.type].extractions.range.contains {
          isPath(image.extractions[$0].slot)
        }
    }
  }

  private mutating func addExtractedPaths(
    to found: inout [PathParameter], _ input: borrowing ActionInput
  ) {
    bindTypes(input)
    for instance in instances where !marks[at: instance.type].isDirect {
      for index in image.actionTypes[at: instance.type].slots.range {
        let value = values[index]
        guard isPath(UInt32(truncatingIfNeeded: index)), value.epoch == epoch,
          value.state == .known, value.isExtracted
        else { continue }
        let name = image.string(image.slots[index].name)
        if found.contains(where: { $0.name == name }) { continue }
        let text = String(decoding: texts[value.range], as: UTF8.self)
        found.append(PathParameter(name: name, path: text))
      }
    }
  }

  private func isPath(_ slot: UInt32) -> Bool {
    let type = image.valueTypes[at: image.slots[at: slot].valueType]
    return type.kind == ValueKind.text.rawValue && type.a == TextForm.path.rawValue
  }

  /// The path that a field of the call gives a parameter; nil when either is none.
  private func path(
    _ target: BindingTargetRecord, _ field: JSONNode, _ tape: borrowing JSONTape
  ) -> PathParameter? {
    let slot = image.slots[at: target.slot]
    guard isPath(target.slot) else { return nil }
    var node = field
    for index in target.path.range {
      guard let member = member(image.texts[index], of: node, tape) else { return nil }
      node = member
    }
    guard let text = tape.string(node) else { return nil }
    return PathParameter(name: image.string(slot.name), path: text)
  }
}
