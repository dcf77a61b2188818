import TractatusEngine
import TractatusPatterns
import TractatusSemantics
import TractatusValues

extension Assembler {
  /// The action types with their bindings and extractions, and the names of both.
  mutating func addTypes() {
    var names: [String: [Int]] = [:]
    for (index, type) in checked.actionTypes.enumerated() {
      var record = ActionTypeRecord()
      record.name = pools.text(type.name.text)
      record.isClosed = type.isClosed ? 1 : 0
      record.isSealed = type.isSealed ? 1 : 0
      record.package = type.package.map { UInt32(clamping: Int($0.index)) } ?? noIndex
      record.slots = Extent(start: firstSlots[index], count: type.parameters.count)
      if let otherwise = type.otherwise {
        record.otherwise = add(otherwise, lowered.typeDefaults[index], package: record.package)
      }
      record.binding = binding(type: index, fields: [])
      record.extractions = addExtractions(of: index)
      record.opacities = pools.words(lowered.opacityTests[index])
      pools.sections.actionTypes.append(record)
      if type.package == nil {
        pools.sections.header.unmappedType = UInt32(clamping: index)
        continue
      }
      names[type.name.text, default: []].append(index)
      if type.name.text != type.name.name { names[type.name.name, default: []].append(index) }
    }
    pools.sections.header.typeNames = table(names, hash: .text)
  }

  /// A table from names to lists of indexes, in the order of the names' bytes.
  private mutating func table(
    _ names: [String: [Int]], hash: ProgramSections.KeyHash
  ) -> UInt32 {
    let sorted = names.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let entries = sorted.map { name, values in (pools.text(name), pools.words(values)) }
    return pools.sections.addKeyTable(entries, hash: hash)
  }

  /// The table by which the fields of a call reach a type's slots; `fields` are those that a
  /// mapping reads from elsewhere.
  private mutating func binding(
    type: Int, fields: [(parameter: String, path: [String])]
  ) -> UInt32 {
    var targets: [String: [Int]] = [:]
    for (place, parameter) in checked.actionTypes[type].parameters.enumerated() {
      let path = fields.first { $0.parameter == parameter.name }?.path ?? [parameter.name]
      guard let key = path.first else { continue }
      var target = BindingTargetRecord()
      target.slot = UInt32(clamping: firstSlots[type] + place)
      target.path = pools.texts(Array(path.dropFirst()))
      targets[key, default: []].append(pools.sections.bindingTargets.count)
      pools.sections.bindingTargets.append(target)
    }
    return table(targets, hash: .member)
  }

  // MARK: Extractions

  /// The extractions of a type, those of one parameter together.
  private mutating func addExtractions(of type: Int) -> Extent {
    let start = pools.sections.extractions.count
    let declared = checked.actionTypes[type]
    for (place, parameter) in declared.parameters.enumerated() {
      for extraction in declared.extractions where extraction.parameter == parameter.name {
        var record = ExtractionRecord()
        record.slot = UInt32(clamping: firstSlots[type] + place)
        switch extraction.source {
        case .description:
          record.source = UInt32(clamping: firstRoot + Int(RootSlot.description.rawValue))
        case .parameter(let name, _):
          record.source = textSlot(name, of: type).map { UInt32(clamping: $0) } ?? noIndex
        default: break
        }
        record.isJoined = extraction.isJoined ? 1 : 0
        if record.source != noIndex { pools.sections.slots[Int(record.source)].isRead = 1 }
        switch extraction.search {
        case .matching(let pattern): record.extractor = extractor(pattern)
        case .options(let spellings):
          record.options = pools.texts(spellings)
          record.unseen = pools.words(checked.packagesUnseen(byReadersOf: type))
          readsOptions = true
        }
        pools.sections.extractions.append(record)
      }
    }
    return Extent(start: start, count: pools.sections.extractions.count - start)
  }

  /// The slot of a type's parameter when that is a text.
  private func textSlot(_ name: String, of type: Int) -> Int? {
    let parameters = checked.actionTypes[type].parameters
    guard let place = parameters.firstIndex(where: { $0.name == name }),
      parameters[place].type.isText
    else { return nil }
    return firstSlots[type] + place
  }

  private mutating func extractor(_ pattern: TextPattern) -> UInt32 {
    let key = PatternKey(pattern)
    if let known = extractorIndex[key.bytes] { return known }
    let index = UInt32(clamping: pools.sections.extractors.count)
    do {
      pools.sections.extractors.append(
        try Extractor(
          Array(pattern.text.utf8), ignoringCase: pattern.ignoresCase,
          dotMatchesNewline: pattern.dotMatchesNewline))
    } catch {
      isSound = false
    }
    extractorIndex[key.bytes] = index
    return index
  }

  // MARK: Mappings

  /// The mappings from tools and from other actions.
  mutating func addMappings() {
    // Calls, results and events have names of their own.
    var names: [[String: [Int]]] = MappedOccasion.allCases.map { _ in [:] }
    for (index, mapping) in checked.toolMappings.enumerated() {
      let type = Int(mapping.type.index)
      let occasion = Int(mapping.occasion.rawValue)
      var record = ToolMappingRecord()
      record.type = UInt32(clamping: type)
      record.package = UInt32(clamping: Int(mapping.package.index))
      record.binding =
        mapping.fields.isEmpty
        ? pools.sections.actionTypes[type].binding : binding(type: type, fields: mapping.fields)
      pools.sections.toolMappings.append(record)
      for tool in mapping.tools {
        if tool.utf8.contains(UInt8(ascii: "*")) {
          var wildcard = ToolWildcardRecord()
          wildcard.pattern = pools.text(tool)
          wildcard.mapping = UInt32(clamping: index)
          wildcard.occasion = UInt32(clamping: occasion)
          pools.sections.toolWildcards.append(wildcard)
        } else if names[occasion][tool]?.last != index {
          names[occasion][tool, default: []].append(index)
        }
      }
    }
    pools.sections.header.toolNames = table(names[0], hash: .text)
    pools.sections.header.resultNames = table(names[1], hash: .text)
    pools.sections.header.eventNames = table(names[2], hash: .text)
    addActionMappings()
  }

  private mutating func addActionMappings() {
    let order = typeOrder()
    pools.sections.typeOrder = Packed(order.map { UInt32(clamping: $0) })
    for type in order {
      let start = pools.sections.actionMappings.count
      for (index, mapping) in checked.actionMappings.enumerated()
      where Int(mapping.type.index) == type {
        var record = ActionMappingRecord()
        record.type = UInt32(clamping: type)
        record.source = UInt32(clamping: Int(mapping.source.index))
        record.package = UInt32(clamping: Int(mapping.package.index))
        record.formula = add(lowered.actionMappings[index], clause: nil, table: nil)
        record.pairs = pairs(from: Int(mapping.source.index), to: type)
        record.extractionSources = extractionSources(
          from: Int(mapping.source.index), to: type)
        pools.sections.actionMappings.append(record)
      }
      pools.sections.actionTypes[type].mappings = Extent(
        start: start, count: pools.sections.actionMappings.count - start)
    }
    // What a type reads must be kept where it comes from: targets before their sources.
    for mapping in pools.sections.actionMappings.reversed() {
      let range = mapping.pairs.range
      for index in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
        let source = Int(pools.sections.words[index])
        let target = Int(pools.sections.words[index + 1])
        pools.sections.slots[source].isRead |= pools.sections.slots[target].isRead
      }
    }
  }

  /// The types in an order in which each comes after those that its mappings start from.
  private func typeOrder() -> [Int] {
    var order: [Int] = []
    var isPlaced = Array(repeating: false, count: checked.actionTypes.count)
    var pending = Array(checked.actionTypes.indices)
    while !pending.isEmpty {
      let ready = pending.filter { type in
        checked.actionMappings.allSatisfy { mapping in
          Int(mapping.type.index) != type || isPlaced[Int(mapping.source.index)]
        }
      }
      // Mappings have no cycles; were there one, its types would stand in their own order.
      let next = ready.isEmpty ? pending : ready
      for type in next { isPlaced[type] = true }
      order += next
      pending.removeAll { isPlaced[$0] }
    }
    return order
  }

  /// The parameters that a source type hands on: those of the same name and type.
  private mutating func pairs(from source: Int, to type: Int) -> Extent {
    var words: [Int] = []
    let own = checked.actionTypes[source].parameters
    for (place, parameter) in checked.actionTypes[type].parameters.enumerated() {
      guard
        let other = own.firstIndex(where: {
          $0.name == parameter.name && $0.type == parameter.type
        })
      else { continue }
      words += [firstSlots[source] + other, firstSlots[type] + place]
    }
    return pools.words(words)
  }

  /// Extractions of a type that search a parameter of the source type, which it lacks itself.
  private mutating func extractionSources(from source: Int, to type: Int) -> Extent {
    var words: [Int] = []
    let extractions = pools.sections.actionTypes[type].extractions.range
    let declared = checked.actionTypes[type]
    let sorted = declared.parameters.flatMap { parameter in
      declared.extractions.filter { $0.parameter == parameter.name }
    }
    for (index, extraction) in zip(extractions, sorted) {
      guard case .parameter(let name, _) = extraction.source,
        !declared.parameters.contains(where: { $0.name == name }),
        let slot = textSlot(name, of: source)
      else { continue }
      pools.sections.slots[slot].isRead = 1
      words += [index, slot]
    }
    return pools.words(words)
  }
}
