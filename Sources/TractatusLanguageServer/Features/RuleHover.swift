import TractatusSemantics
import TractatusSource
import TractatusSyntax
import TractatusValues

/// What hovering over a policy rule shows: of an instruction, also the metadata that it does not
/// state, and what they are taken to be.
enum RuleHover {
  /// The text for a rule.
  static func text(_ name: QualifiedName, _ names: NameTable) -> String {
    guard let rule = names.policy.rules.first(where: { $0.name == name }) else {
      return "**\(name.text)**: policy rule"
    }
    var parts = ["**\(name.text)**: \(adjectives(rule))\(rule.kind) “\(rule.title)”"]
    if let site = names.sites[.policyRule(name)]?.first,
      let documentation = names.files[site.file].tree.documentation(of: site.node)
    {
      parts.append(documentation)
    }
    parts.append("on " + types(rule.on, names))
    let metadata = metadata(of: rule)
    if !metadata.isEmpty { parts.append(metadata.map { "- \($0)" }.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  private static func adjectives(_ rule: PolicyRule) -> String {
    (rule.isActive ? "" : "inactive ") + (rule.isSealed ? "sealed " : "")
      + (rule.isShadow ? "shadow " : "")
  }

  private static func types(_ on: AppliesTo, _ names: NameTable) -> String {
    switch on {
    case .any: "any call"
    case .types(let ids):
      ids.map { "`\(names.policy.actionTypes[Int($0.index)].name.text)`" }.joined(separator: ", ")
    }
  }

  /// Each key with its value; of an instruction those that are not stated with what they count as.
  private static func metadata(of rule: PolicyRule) -> [String] {
    var lines: [String] = []
    for (key, entry) in BuiltInNames.metadata {
      if let stated = rule.metadata.first(where: { $0.name == key }) {
        lines.append("`\(key)`: \(shown(stated.value))")
      } else if rule.kind == .instruction, entry.kinds == [.instruction] {
        lines.append("`\(key)`: " + (inferred(key, rule) ?? absent(key)))
      }
    }
    return lines
  }

  /// What a classification infers, and which.
  private static func inferred(_ key: String, _ rule: PolicyRule) -> String? {
    guard let entry = rule.inferred?.entries.first(where: { $0.name == key }) else { return nil }
    return "\(shown(entry.value)), inferred from the title by `\(entry.package)`"
  }

  private static func absent(_ key: String) -> String {
    switch key {
    case "persistence": "high, for it is not stated"
    case "verification": "mandatory, for it is not stated"
    default: "not stated"
    }
  }

  private static func shown(_ value: ConstantValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): "“\(Hover.clipped(text))”"
    case .time(let instant): "\(instant)"
    case .enumeration(let word): word
    case .list(let values): values.prefix(8).map(shown).joined(separator: ", ")
    case .record: "{…}"
    }
  }
}
