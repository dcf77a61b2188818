import TractatusSource

/// Which lint rules run, how grave their findings are, and their parameters.
///
/// A configuration file has one setting a line, `#` begins a comment:
///
/// ```text
/// missing-because = error
/// ungrouped-number = off
/// missing-because.every-clause = true
/// ```
package struct LintConfiguration: Sendable {
  /// What is wrong with a line of a configuration file.
  package struct Problem: Equatable, Sendable {
    /// The line, from 1.
    package var line: Int
    /// What is wrong, starting in lower case.
    package var message: String
  }

  /// The severities that are set, by rule; nil is `off`.
  private(set) var severities: [String: DiagnosticSeverity?] = [:]
  /// The parameters that are set, by rule, dot and name.
  private(set) var parameters: [String: LintValue] = [:]

  /// Everything as the rules' pages say.
  package init() {}

  /// Reads a configuration file; what is wrong with it is added to `problems`, and passed over.
  package init(reading text: [UInt8], problems: inout [Problem]) {
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let content = Self.trimmed(line.prefix { $0 != UInt8(ascii: "#") })
      if content.isEmpty { continue }
      if let message = read(content) { problems.append(Problem(line: index + 1, message: message)) }
    }
  }

  /// How grave a rule's findings are; nil when it is off.
  func severity(of rule: LintRule) -> DiagnosticSeverity? {
    severities[rule.name] ?? rule.severity
  }

  /// Reads one setting; gives what is wrong with it.
  private mutating func read(_ line: ArraySlice<UInt8>) -> String? {
    guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
      return "a setting is `rule = severity` or `rule.parameter = value`"
    }
    let key = String(decoding: Self.trimmed(line[..<equals]), as: UTF8.self)
    let value = String(decoding: Self.trimmed(line[(equals + 1)...]), as: UTF8.self)
    let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let rule = LintRules.named(name) else {
      let near = NearName.nearest(to: name, among: LintRules.all.map(\.name))
      return "there is no lint rule `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? "")
    }
    guard parts.count == 2 else { return setSeverity(of: rule, value) }
    return setParameter(String(parts[1]), of: rule, value)
  }

  private mutating func setSeverity(of rule: LintRule, _ value: String) -> String? {
    switch value {
    case "off": severities[rule.name] = .some(nil)
    case "note": severities[rule.name] = .note
    case "warning": severities[rule.name] = .warning
    case "error": severities[rule.name] = .error
    default: return "`\(rule.name)` is `off`, `note`, `warning` or `error`, not `\(value)`"
    }
    return nil
  }

  private mutating func setParameter(
    _ name: String, of rule: LintRule, _ value: String
  ) -> String? {
    guard let parameter = rule.parameters.first(where: { $0.name == name }) else {
      let near = NearName.nearest(to: name, among: rule.parameters.map(\.name))
      return "`\(rule.name)` has no parameter `\(name)`"
        + (near.map { "; did you mean `\($0)`?" } ?? "")
    }
    let read: LintValue?
    switch parameter.value {
    case .flag: read = value == "true" ? .flag(true) : value == "false" ? .flag(false) : nil
    case .number: read = Int(value).flatMap { $0 >= 0 ? .number($0) : nil }
    }
    guard let read else {
      let wanted = if case .flag = parameter.value { "`true` or `false`" } else { "a whole number" }
      return "`\(rule.name).\(name)` is \(wanted), not `\(value)`"
    }
    parameters["\(rule.name).\(name)"] = read
    return nil
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var result = text.drop(while: isBlank)
    while let last = result.last, isBlank(last) { result.removeLast() }
    return result
  }
}
