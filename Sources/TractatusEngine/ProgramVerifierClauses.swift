import TractatusValues

extension ProgramVerifier {
  var rowsAreSound: Bool {
    image.rows.allSatisfy { row in
      mayHold(row.clause, image.clauses.count) && mayHold(row.table, image.tables.count)
        && areWords(row.literals, below: 2 * image.tests.count)
    }
      && image.formulas.allSatisfy {
        holds($0.rows, image.rows.count) && areWords($0.tests, below: image.tests.count)
      }
      && image.tests.allSatisfy { test in
        image.words[test.rows.range].allSatisfy(isRowOfTable)
      }
  }

  /// Whether a row belongs to a clause of the table that it names.
  private func isRowOfTable(_ row: UInt32) -> Bool {
    let record = image.rows[at: row]
    return holds(record.clause, image.clauses.count)
      && image.clauses[at: record.clause].table == record.table
  }

  var tablesAreSound: Bool {
    image.tables.enumerated().allSatisfy { index, table in
      holds(table.probes, image.probes.count) && areWords(table.always, below: image.rows.count)
        && areWords(table.perType, below: image.clauses.count)
        && holds(table.clauses, image.clauses.count)
        && image.words[table.always.range].allSatisfy(isRowOfTable)
        && image.clauses[table.clauses.range].allSatisfy { Int($0.table) == index }
    }
      && image.probes.allSatisfy { probe in
        holds(probe.attribute, image.attributes.count)
          && image.attributes[at: probe.attribute].index != noIndex
          && areWords(probe.rows, below: image.rows.count)
          && image.words[probe.rows.range].allSatisfy(isRowOfTable)
      }
  }

  var clausesAreSound: Bool {
    image.clauses.allSatisfy { clause in
      guard let kind = ClauseKind(rawValue: clause.kind), clause.verdict < 4,
        holds(clause.table, image.tables.count), holds(clause.formula, image.formulas.count),
        mayHold(clause.required, image.formulas.count),
        holds(clause.template, image.templates.count),
        mayHold(clause.expectation, image.expectations.count), isText(clause.text),
        isText(clause.place)
      else { return false }
      let isOfThreshold = kind == .level || kind == .unmeasured
      return holds(clause.owner, isOfThreshold ? image.thresholds.count : image.rules.count)
        && (!isOfThreshold || clause.expectation == noIndex)
    }
      && image.expectations.allSatisfy { expectation in
        holds(expectation.attribute, image.attributes.count) && isText(expectation.name)
          && isConstant(expectation.expected) && isConstant(expectation.insteadOf)
          && isText(expectation.testText) && mayBeNumber(expectation.confidence)
      }
  }

  var rulesAreSound: Bool {
    image.rules.allSatisfy { rule in
      isText(rule.name) && holds(rule.package, image.packages.count) && mayBeNumber(rule.since)
        && mayBeNumber(rule.until) && areWords(rule.replacedBy, below: image.rules.count)
        && areWords(rule.waivers, below: image.waivers.count) && areTexts(rule.offers)
        && areTexts(rule.checks) && areTexts(rule.notifies) && isConstant(rule.deliberation)
        && isText(rule.section) && isText(rule.domain)
    }
      && image.waivers.allSatisfy { waiver in
        isNumber(waiver.from) && isNumber(waiver.until)
          && holds(waiver.formulas, image.waiverFormulas.count) && isText(waiver.reason)
          && areTexts(waiver.approvedBy) && isText(waiver.untilText)
      }
      && image.waiverFormulas.allSatisfy { holds($0.formula, image.formulas.count) }
      && image.packages.allSatisfy { package in
        isText(package.name) && isText(package.version)
          && areWords(package.uses, below: image.packages.count)
          && mayHold(package.otherwise, image.otherwises.count)
      }
      && image.otherwises.allSatisfy { otherwise in
        otherwise.verdict < 4 && holds(otherwise.template, image.templates.count)
          && isText(otherwise.place) && mayHold(otherwise.package, image.packages.count)
      }
      && image.floors.allSatisfy { holds($0, image.packages.count) }
  }

  var thresholdsAreSound: Bool {
    image.thresholds.allSatisfy { threshold in
      isText(threshold.name) && holds(threshold.package, image.packages.count)
        && mayHold(threshold.given, image.attributes.count) && isDecimal(threshold.base)
        && holds(threshold.factors, image.factors.count)
        && holds(threshold.points, image.points.count)
        && holds(threshold.levels, image.levels.count)
        && mayHold(threshold.levelSlot, image.slots.count)
        && mayHold(threshold.scoreSlot, image.slots.count)
    }
      && image.factors.allSatisfy { factor in
        isText(factor.name) && isDecimal(factor.weight)
          && (factor.fallback == noIndex || isDecimal(factor.fallback))
          && holds(factor.code, image.arithmetic.count)
      }
      && image.arithmetic.allSatisfy(isSound(step:))
      && image.points.allSatisfy {
        isDecimal($0.amount) && holds($0.formula, image.formulas.count)
      }
      && image.levels.allSatisfy { isText($0.name) && isDecimal($0.from) }
  }

  private func isSound(step: ArithmeticRecord) -> Bool {
    switch ArithmeticOperation(rawValue: step.operation) {
    case .number: isDecimal(step.a)
    case .attribute: holds(step.a, image.attributes.count)
    case .count:
      holds(step.a, image.attributes.count)
        && isList(image.attributes[at: step.a].valueType)
    case nil: false
    default: true
    }
  }

  var mappingsAreSound: Bool {
    image.actionTypes.allSatisfy { type in
      isText(type.name) && mayHold(type.package, image.packages.count)
        && holds(type.slots, image.slots.count) && mayHold(type.otherwise, image.otherwises.count)
        && isKeyTable(type.binding, valuesBelow: image.bindingTargets.count)
        && holds(type.extractions, image.extractions.count)
        && holds(type.mappings, image.actionMappings.count)
    }
      && image.typeOrder.allSatisfy { holds($0, image.actionTypes.count) }
      && image.bindingTargets.allSatisfy {
        holds($0.slot, image.slots.count) && areTexts($0.path)
      }
      && image.toolMappings.allSatisfy { mapping in
        holds(mapping.type, image.actionTypes.count)
          && holds(mapping.package, image.packages.count)
          && isKeyTable(mapping.binding, valuesBelow: image.bindingTargets.count)
      }
      && image.toolWildcards.allSatisfy {
        isText($0.pattern) && holds($0.mapping, image.toolMappings.count)
      }
      && image.extractions.allSatisfy { extraction in
        holds(extraction.slot, image.slots.count) && isTextSource(extraction.source)
          && mayHold(extraction.extractor, image.extractors.count)
          && areTexts(extraction.options) && holds(extraction.unseen, image.words.count)
      }
      && image.actionMappings.allSatisfy(isSound(mapping:))
  }

  private func isTextSource(_ slot: UInt32) -> Bool {
    if slot == noIndex { return true }
    guard holds(slot, image.slots.count) else { return false }
    let type = image.slots[at: slot].valueType
    return image.valueTypes[at: type].kind == ValueKind.text.rawValue
  }

  private func isSound(mapping: ActionMappingRecord) -> Bool {
    guard holds(mapping.type, image.actionTypes.count),
      holds(mapping.source, image.actionTypes.count),
      holds(mapping.package, image.packages.count), holds(mapping.formula, image.formulas.count),
      mapping.pairs.count % 2 == 0, areWords(mapping.pairs, below: image.slots.count),
      mapping.extractionSources.count % 2 == 0,
      holds(mapping.extractionSources, image.words.count)
    else { return false }
    let pairs = mapping.pairs.range
    for index in stride(from: pairs.lowerBound, to: pairs.upperBound, by: 2) {
      let source = image.slots[at: image.words[index]]
      let target = image.slots[at: image.words[index + 1]]
      guard source.valueType == target.valueType else { return false }
    }
    let sources = mapping.extractionSources.range
    for index in stride(from: sources.lowerBound, to: sources.upperBound, by: 2) {
      guard image.words[index + 1] != noIndex, isTextSource(image.words[index + 1]) else {
        return false
      }
    }
    return true
  }
}
