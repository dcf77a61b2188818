import TractatusSemantics

/// Writes the decision tables as one JSON object for other tools.
struct JSONEmitter {
  private let policy: LoweredPolicy
  private let conditions: ConditionText

  init(_ policy: LoweredPolicy) {
    self.policy = policy
    conditions = ConditionText(policy)
  }

  func text() -> String {
    let packages = policy.checked.packages.map {
      Self.text($0.name) + ":" + Self.text($0.version)
    }
    let tables = policy.emittedTables.map(table)
    return "{\"digest\":\(Self.text(policy.digest)),\n \"packages\":{\(packages.joined(","))},\n"
      + " \"tables\":[\n\(tables.joined(",\n"))\n ]}\n"
  }

  private func table(_ table: EmittedTable) -> String {
    var members = [
      "\"action\":\(Self.text(table.name))", "\"title\":\(Self.text(table.title))",
    ]
    if let otherwise = table.otherwise {
      members.append("\"otherwise\":\(Self.text(otherwise.verdict.word))")
    }
    let clauses = table.clauses.map { "    " + clause($0) }
    members.append("\"clauses\":[\n\(clauses.joined(",\n"))\n  ]")
    return "  {\(members.joined(","))}"
  }

  private func clause(_ clause: LoweredClause) -> String {
    let (rule, part) = policy.name(of: clause.origin)
    var members = [
      "\"rule\":\(Self.text(rule))", "\"clause\":\(Self.text(part))",
      "\"verdict\":\(Self.text(clause.verdict.word))",
      "\"\(clause.required == nil ? "when" : "where")\":\(rows(clause.formula))",
    ]
    if let required = clause.required { members.append("\"require\":\(rows(required))") }
    members.append("\"reason\":\(Self.text(policy.text(of: clause.because, conditions)))")
    return "{\(members.joined(","))}"
  }

  /// The rows as lists of conditions.
  private func rows(_ formula: LoweredFormula) -> String {
    let rows = formula.rows.map { row in
      "[" + row.literals.map { Self.text(conditions.literal($0)) }.joined(",") + "]"
    }
    return "[\(rows.joined(","))]"
  }

  /// A JSON string (RFC 8259, section 7).
  private static func text(_ text: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}
