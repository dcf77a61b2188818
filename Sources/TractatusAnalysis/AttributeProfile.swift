import TractatusCompiler
import TractatusSemantics
import TractatusValues

/// What an attribute can be at all, before anything is asked of it.
///
/// It allows more rather than less: a state that no action brings about costs a proof, one that is
/// left out would make a proof wrong.
package struct AttributeProfile: Hashable, Sendable {
  /// The attribute's type.
  package var type: ValueType
  /// The scale of a scalar.
  package var scale: OrdinalScale?
  /// Whether it can be absent, and whether unknown.
  package var canBeAbsent: Bool
  package var canBeUnknown: Bool

  /// The profile of one attribute of a policy.
  package init(_ attribute: LoweredAttribute, in policy: CheckedPolicy) {
    type = attribute.type
    scale = OrdinalScale(attribute.type)
    canBeUnknown = true
    canBeAbsent = false
    switch attribute.source {
    case .parameter(let type, let parameter, let fields):
      let declared = policy.actionTypes[type].parameters[parameter]
      canBeAbsent = declared.isOptional || Self.canLack(fields, in: declared.type)
      canBeUnknown =
        Self.canBeUnknown(declared.name, of: type, in: policy)
        || !Self.isInRecords(fields, of: declared.type)
    case .actionType, .description: canBeUnknown = false
    case .actionTool:
      canBeUnknown = false
      canBeAbsent = true
    case .actorID, .actorRole, .component: canBeAbsent = true
    case .fact(let fact, let fields):
      let declared = policy.facts[fact]
      canBeAbsent = declared.isOptional || Self.canLack(fields, in: declared.type)
      canBeUnknown = declared.fallback == nil
    case .session:
      scale = OrdinalScale(.integer, OrdinalRange(0, Decimal.rawLimit - 1))
    case .score, .thresholdScore:
      scale = OrdinalScale(.decimal, OrdinalRange(0, Decimal.scale))
    case .level(let threshold):
      let last = max(0, policy.thresholds[threshold].levels.count - 1)
      scale = OrdinalScale(.index, OrdinalRange(0, Ordinal(last)))
    case .project, .cwd, .at, .reasoning: break
    }
  }

  /// Whether some record on the way to a field may lack it.
  private static func canLack(_ fields: [String], in type: ValueType) -> Bool {
    var type = type
    for name in fields {
      guard case .record(let known) = type, let field = known.first(where: { $0.name == name })
      else { return true }
      if field.isOptional { return true }
      type = field.type
    }
    return false
  }

  /// Whether a path leads through records alone: the parts of a URL may be unknown.
  static func isInRecords(_ fields: [String], of type: ValueType) -> Bool {
    var type = type
    for name in fields {
      guard case .record(let known) = type, let field = known.first(where: { $0.name == name })
      else { return false }
      type = field.type
    }
    return true
  }

  /// Whether something may make a parameter unknown: another type that brings this one, an
  /// extraction, or mappings that read it from different places.
  private static func canBeUnknown(
    _ parameter: String, of type: Int, in policy: CheckedPolicy
  ) -> Bool {
    if policy.actionMappings.contains(where: { Int($0.type.index) == type }) { return true }
    if policy.actionTypes[type].extractions.contains(where: { $0.parameter == parameter }) {
      return true
    }
    return policy.toolMappings.contains { mapping in
      Int(mapping.type.index) == type && mapping.fields.contains { $0.parameter == parameter }
    }
  }
}
