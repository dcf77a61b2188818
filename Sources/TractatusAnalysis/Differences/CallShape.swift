import TractatusSemantics
import TractatusValues

/// Which calls are of an action type, and what they must carry.
struct CallShape: Equatable {
  /// A name of a tool, a result or an event that is mapped, and the fields that are read from
  /// elsewhere.
  struct Source: Hashable {
    var occasion: MappedOccasion
    var tool: String
    var fields: [String: [[String]]]

    /// What a mapping says of each of its names.
    static func all(of mapping: ToolMapping) -> [Source] {
      var fields: [String: [[String]]] = [:]
      for field in mapping.fields { fields[field.parameter, default: []].append(field.path) }
      return mapping.tools.map { Source(occasion: mapping.occasion, tool: $0, fields: fields) }
    }
  }

  /// A parameter that a call must carry, or may.
  struct Field: Equatable {
    var type: ValueType
    var isOptional: Bool
  }

  private(set) var fields: [String: Field] = [:]
  private(set) var sources: Set<Source> = []
  private(set) var extractions: Set<String> = []
  private(set) var isClosed = false

  /// The shape of a type; an empty one where the policy does not have it.
  init(_ name: String, in policy: CheckedPolicy) {
    guard let index = policy.actionTypes.firstIndex(where: { $0.name.text == name }) else { return }
    let type = policy.actionTypes[index]
    isClosed = type.isClosed
    for parameter in type.parameters {
      fields[parameter.name] = Field(type: parameter.type, isOptional: parameter.isOptional)
    }
    for mapping in policy.toolMappings where Int(mapping.type.index) == index {
      sources.formUnion(Source.all(of: mapping))
    }
    for extraction in type.extractions {
      extractions.insert(
        "\(extraction.parameter) \(extraction.source) \(extraction.search) \(extraction.isJoined)")
    }
  }

  /// The classes that what two shapes refuse may bring about: an input error denies. What differs
  /// in optional parameters that one alone has counts for those who read them.
  func refusals(to other: CallShape) -> Set<PolicyDifference.Class> {
    var result: Set<PolicyDifference.Class> = []
    if isClosed != other.isClosed { result.insert(isClosed ? .loosened : .tightened) }
    for name in Set(fields.keys).union(other.fields.keys) {
      switch (fields[name], other.fields[name]) {
      case (let one?, let two?):
        if one == two { continue }
        if one.isOptional != two.isOptional {
          result.insert(one.isOptional ? .tightened : .loosened)
        }
        result.formUnion(TypeMeeting.refusals(from: one.type, to: two.type))
      case (let one?, nil): if !one.isOptional { result.insert(.loosened) }
      case (nil, let two?): if !two.isOptional { result.insert(.tightened) }
      case (nil, nil): continue
      }
    }
    return result
  }
}

extension ActionTree {
  /// A call of a type as a client makes it, with what some policies map from it besides.
  func called(as source: CallShape.Source, by policies: [CheckedPolicy]) -> ActionTree {
    var result = self
    result.set(nil, at: ["action"])
    let name = source.tool.replacing("*", with: "x")
    let key =
      switch source.occasion {
      case .call: "tool"
      case .result: "result"
      case .event: "event"
      }
    result.set(.text(name), at: [key])
    for (parameter, paths) in source.fields.sorted(by: { $0.key < $1.key }) {
      guard let value = value(at: ["parameters", parameter]), let path = paths.first else {
        continue
      }
      if path.first != parameter { result.set(nil, at: ["parameters", parameter]) }
      result.set(value, at: ["parameters"] + path)
    }
    for policy in policies {
      for mapping in policy.toolMappings
      where mapping.tools.contains(where: { ToolNames.meet(Array($0.utf8), Array(name.utf8)) }) {
        for parameter in policy.actionTypes[Int(mapping.type.index)].parameters
        where !parameter.isOptional {
          let field = mapping.fields.first { $0.parameter == parameter.name }
          let path = ["parameters"] + (field?.path ?? [parameter.name])
          if result.value(at: path) == nil {
            result.set(WitnessBuilder.plain(parameter.type), at: path)
          }
        }
      }
    }
    return result
  }
}

/// Values on both sides of what two types take.
enum BorderValues {
  /// Most words of an enumeration.
  private static let wordLimit = 64

  /// Some values of a type, and those just outside of its bounds.
  static func values(of type: ValueType) -> [ActionTree] {
    switch type {
    case .int(let bounds), .number(let bounds):
      return [bounds.lower, bounds.upper].compactMap { $0 }.flatMap { end in
        [-Decimal.scale, 0, Decimal.scale].compactMap { step in
          Decimal(raw: end.raw + step).map { .number($0) }
        }
      } + [WitnessBuilder.plain(type)]
    case .enumeration(let words): return words.values.prefix(wordLimit).map { .text($0) }
    case .bool: return [.bool(true), .bool(false)]
    default: return [WitnessBuilder.plain(type)]
    }
  }
}
