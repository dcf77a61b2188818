import TractatusJSON
import TractatusSource

extension DiagnosticReport {
  /// The diagnostics as a SARIF 2.1.0 log.
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
    json.endObject()
    json.endObject()
    json.key("columnKind")
    json.string("unicodeCodePoints")
    json.key("results")
    json.beginArray()
    for diagnostic in diagnostics { writeResult(diagnostic, to: &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    return json.bytes
  }

  private mutating func writeResult(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    json.beginObject()
    json.key("ruleId")
    json.string(diagnostic.code.identifier)
    json.key("level")
    json.string(diagnostic.severity.name)
    json.key("message")
    json.beginObject()
    json.key("text")
    json.string(([diagnostic.message] + diagnostic.notes).joined(separator: "\n"))
    json.endObject()
    if let place = places.place(of: diagnostic.span) {
      json.key("locations")
      json.beginArray()
      json.beginObject()
      json.key("physicalLocation")
      json.beginObject()
      writeArtifact(place.file, to: &json)
      writeRegion("region", place, to: &json)
      json.endObject()
      json.endObject()
      json.endArray()
    }
    if !diagnostic.fixIts.isEmpty {
      json.key("fixes")
      json.beginArray()
      for fix in diagnostic.fixIts { writeFix(fix, to: &json) }
      json.endArray()
    }
    json.endObject()
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
    for edit in fix.edits {
      guard let place = places.place(of: edit.span) else { continue }
      json.beginObject()
      writeArtifact(place.file, to: &json)
      json.key("replacements")
      json.beginArray()
      json.beginObject()
      writeRegion("deletedRegion", place, to: &json)
      json.key("insertedContent")
      json.beginObject()
      json.key("text")
      json.string(edit.replacement)
      json.endObject()
      json.endObject()
      json.endArray()
      json.endObject()
    }
    json.endArray()
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
