import TractatusAnalysis
import TractatusJSON
import TractatusLinter
import TractatusSource

extension DiagnosticReport {
  /// The entries as a SARIF 2.1.0 log.
  ///
  /// One run, whose tool describes every rule that has a result, ascending by id.
  mutating func sarif() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("$schema")
    json.string("https://json.schemastore.org/sarif-2.1.0.json")
    json.key("version")
    json.string("2.1.0")
    json.key("runs")
    json.beginArray()
    json.beginObject()
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.key("name")
    json.string("tractatus")
    json.key("version")
    json.string(CLI.version)
    let codes = Set(entries.map(\.code)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    json.key("rules")
    json.beginArray()
    for code in codes { writeRule(code, to: &json) }
    json.endArray()
    json.endObject()
    json.endObject()
    json.key("columnKind")
    json.string("unicodeCodePoints")
    json.key("results")
    json.beginArray()
    for entry in entries { writeResult(entry, codes, to: &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    return json.bytes
  }

  /// A `reportingDescriptor` (section 3.49).
  private func writeRule(_ code: String, to json: inout JSONWriter) {
    json.beginObject()
    json.key("id")
    json.string(code)
    if let rule = LintRules.named(code) {
      json.key("name")
      json.string(rule.name)
      writeMessage("shortDescription", rule.summary, to: &json)
      writeMessage("fullDescription", rule.why, to: &json)
      writeMessage("help", LintPages.text(of: rule), to: &json)
      json.key("defaultConfiguration")
      json.beginObject()
      json.key("level")
      json.string(rule.severity.name)
      json.endObject()
      json.key("properties")
      json.beginObject()
      json.key("tags")
      json.beginArray()
      json.string(rule.category.name)
      json.endArray()
      json.endObject()
    } else if let kind = AnalysisKind(named: code) {
      json.key("name")
      json.string(kind.name)
      writeMessage("shortDescription", kind.title, to: &json)
    } else if let diagnostic = DiagnosticCode(identifier: code) {
      writeMessage("shortDescription", diagnostic.title, to: &json)
      writeMessage("fullDescription", diagnostic.explanation, to: &json)
    }
    json.endObject()
  }

  private func writeMessage(_ key: StaticString, _ text: String, to json: inout JSONWriter) {
    json.key(key)
    json.beginObject()
    json.key("text")
    json.string(text)
    json.endObject()
  }

  /// A `result` (section 3.27).
  private mutating func writeResult(
    _ diagnostic: ReportEntry, _ codes: [String], to json: inout JSONWriter
  ) {
    json.beginObject()
    json.key("ruleId")
    json.string(diagnostic.code)
    if let index = codes.firstIndex(of: diagnostic.code) {
      json.key("ruleIndex")
      json.number(index)
    }
    json.key("level")
    json.string(diagnostic.severity.name)
    let message = ([diagnostic.message] + diagnostic.notes).joined(separator: "\n")
    writeMessage("message", message, to: &json)
    if let place = places.place(of: diagnostic.span) {
      json.key("locations")
      json.beginArray()
      writeLocation(place, to: &json) { _ in }
      json.endArray()
    }
    if !diagnostic.secondary.isEmpty { writeRelated(diagnostic.secondary, to: &json) }
    if !diagnostic.fixIts.isEmpty {
      json.key("fixes")
      json.beginArray()
      for fix in diagnostic.fixIts { writeFix(fix, to: &json) }
      json.endArray()
    }
    if let fingerprint = diagnostic.fingerprint {
      json.key("partialFingerprints")
      json.beginObject()
      json.key("tractatus/v1")
      json.string(fingerprint)
      json.endObject()
    }
    json.endObject()
  }

  /// A `location` (section 3.28), with what `more` writes into it.
  private func writeLocation(
    _ place: DiagnosticPlace, to json: inout JSONWriter, more: (inout JSONWriter) -> Void
  ) {
    json.beginObject()
    json.key("physicalLocation")
    json.beginObject()
    writeArtifact(place.file, to: &json)
    writeRegion("region", place, to: &json)
    json.endObject()
    more(&json)
    json.endObject()
  }

  private mutating func writeRelated(_ spans: [LabelledSpan], to json: inout JSONWriter) {
    json.key("relatedLocations")
    json.beginArray()
    for (index, labelled) in spans.enumerated() {
      guard let place = places.place(of: labelled.span) else { continue }
      writeLocation(place, to: &json) { json in
        json.key("id")
        json.number(index)
        writeMessage("message", labelled.label, to: &json)
      }
    }
    json.endArray()
  }

  private mutating func writeFix(_ fix: FixIt, to json: inout JSONWriter) {
    json.beginObject()
    json.key("description")
    json.beginObject()
    json.key("text")
    json.string(fix.title)
    json.endObject()
    json.key("artifactChanges")
    json.beginArray()
    var done: Set<SourceID> = []
    // All changes of one artifact stand together (section 3.56.2).
    for edit in fix.edits where done.insert(edit.span.source).inserted {
      guard let place = places.place(of: edit.span) else { continue }
      json.beginObject()
      writeArtifact(place.file, to: &json)
      json.key("replacements")
      json.beginArray()
      for other in fix.edits where other.span.source == edit.span.source {
        writeReplacement(other, to: &json)
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private mutating func writeReplacement(_ edit: SourceEdit, to json: inout JSONWriter) {
    guard let place = places.place(of: edit.span) else { return }
    json.beginObject()
    writeRegion("deletedRegion", place, to: &json)
    writeMessage("insertedContent", edit.replacement, to: &json)
    json.endObject()
  }

  private func writeArtifact(_ file: String, to json: inout JSONWriter) {
    json.key("artifactLocation")
    json.beginObject()
    json.key("uri")
    json.string(Self.reference(file))
    json.endObject()
  }

  private func writeRegion(
    _ key: StaticString, _ place: DiagnosticPlace, to json: inout JSONWriter
  ) {
    json.key(key)
    json.beginObject()
    json.key("startLine")
    json.number(place.start.line)
    json.key("startColumn")
    json.number(place.start.column)
    json.key("endLine")
    json.number(place.end.line)
    json.key("endColumn")
    json.number(place.end.column)
    json.endObject()
  }

  /// A path as a URI reference (RFC 3986, section 2): what is not unreserved is percent-encoded.
  private static func reference(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let plain = Array("-._~/".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
      case _ where plain.contains(byte): bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
