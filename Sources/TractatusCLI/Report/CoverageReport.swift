import TractatusJSON
import TractatusSource
import TractatusTestRunner

/// What `test --coverage` prints.
struct CoverageReport {
  let coverage: TestCoverage

  /// Totals, and what nothing reached, for people.
  func text(_ style: Style) -> String {
    var text = "\n" + style.paint("coverage", .heading) + "\n"
    let rules = coverage.rules
    let rows = coverage.clauses.flatMap(\.rows)
    for (noun, reached, count) in [
      ("rules", rules.count { $0.reached > 0 }, rules.count),
      ("clauses", coverage.clauses.count { $0.isReached }, coverage.clauses.count),
      ("rows", rows.count { $0.trueCount > 0 }, rows.count),
    ] {
      text += "  \(noun): \(reached) of \(count) (\(Self.percentage(reached, count)))\n"
    }
    for clause in coverage.clauses {
      let place = "\(SourceLineExcerpt.visible(clause.file)):\(clause.line):\(clause.column)"
      let name = SourceLineExcerpt.visible(clause.rule)
      if !clause.isReached {
        text += "  \(style.paint("never", .bad))  \(place): \(name)\n"
        if !clause.text.isEmpty {
          text += "         \(SourceLineExcerpt.visible(clause.text))\n"
        }
        continue
      }
      let missed = clause.rows.count { $0.trueCount == 0 }
      if missed > 0, clause.rows.count > 1 {
        text += "  \(style.paint("partly", .doubtful)) \(place): \(name): "
        text += "\(missed) of \(clause.rows.count) rows are never true\n"
      }
      if clause.falseCount == 0 {
        text += "  \(style.paint("always", .doubtful)) \(place): \(name): never false\n"
      }
    }
    return text
  }

  private static func percentage(_ reached: Int, _ count: Int) -> String {
    guard count > 0 else { return "100.0 %" }
    let tenths = reached * 1_000 / count
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// The same as one JSON object.
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("rules")
    json.beginArray()
    for rule in coverage.rules {
      json.beginObject()
      json.key("rule")
      json.string(rule.name)
      json.key("file")
      json.string(rule.file)
      json.key("line")
      json.number(rule.line)
      json.key("clauses")
      json.number(rule.count)
      json.key("reached")
      json.number(rule.reached)
      json.endObject()
    }
    json.endArray()
    json.key("clauses")
    json.beginArray()
    for clause in coverage.clauses { Self.write(clause, to: &json) }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  private static func write(_ clause: TestCoverage.Clause, to json: inout JSONWriter) {
    json.beginObject()
    for (key, text) in [("rule", clause.rule), ("clause", clause.text), ("file", clause.file)] {
      json.key(key)
      json.string(text)
    }
    for (key, number): (StaticString, Int) in [
      ("line", clause.line), ("column", clause.column), ("true", clause.trueCount),
      ("unknown", clause.unknownCount), ("false", clause.falseCount),
    ] {
      json.key(key)
      json.number(number)
    }
    json.key("rows")
    json.beginArray()
    for row in clause.rows {
      json.beginObject()
      json.key("type")
      json.string(row.type)
      json.key("true")
      json.number(row.trueCount)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  /// A tracefile as lcov's `geninfo` writes it: rules as functions, clauses as lines, rows as
  /// branches.
  var lcov: String {
    var text = ""
    var files: [String] = []
    var byFile: [String: [TestCoverage.Clause]] = [:]
    for clause in coverage.clauses {
      if byFile[clause.file] == nil { files.append(clause.file) }
      byFile[clause.file, default: []].append(clause)
    }
    for file in files {
      text += "TN:\nSF:\(Self.line(file))\n"
      let rules = coverage.rules.filter { $0.file == file }
      for rule in rules { text += "FN:\(rule.line),\(Self.line(rule.name))\n" }
      for rule in rules { text += "FNDA:\(rule.reached),\(Self.line(rule.name))\n" }
      text += "FNF:\(rules.count)\nFNH:\(rules.count { $0.reached > 0 })\n"
      text += Self.branches(byFile[file] ?? []) + Self.lines(byFile[file] ?? [])
      text += "end_of_record\n"
    }
    return text
  }

  private static func branches(_ clauses: [TestCoverage.Clause]) -> String {
    var text = ""
    var (found, hit) = (0, 0)
    for (block, clause) in clauses.enumerated() {
      for (branch, row) in clause.rows.enumerated() {
        let taken = clause.trueCount + clause.unknownCount + clause.falseCount > 0
        text += "BRDA:\(clause.line),\(block),\(branch),\(taken ? "\(row.trueCount)" : "-")\n"
        found += 1
        if row.trueCount > 0 { hit += 1 }
      }
    }
    return text + "BRF:\(found)\nBRH:\(hit)\n"
  }

  private static func lines(_ clauses: [TestCoverage.Clause]) -> String {
    var text = ""
    var counts: [(line: Int, count: Int)] = []
    for clause in clauses {
      let count = clause.trueCount + clause.unknownCount
      if counts.last?.line == clause.line {
        counts[counts.count - 1].count += count
      } else {
        counts.append((clause.line, count))
      }
    }
    for (line, count) in counts { text += "DA:\(line),\(count)\n" }
    return text + "LF:\(counts.count)\nLH:\(counts.count { $0.count > 0 })\n"
  }

  /// A name on one line.
  private static func line(_ text: String) -> String { SourceLineExcerpt.visible(text) }
}
