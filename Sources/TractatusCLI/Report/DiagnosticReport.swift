import TractatusJSON
import TractatusSource

/// Writes diagnostics and findings for other programs, in the forms that `--format` names.
struct DiagnosticReport {
  let entries: [ReportEntry]
  var places: DiagnosticPlaces

  init(_ entries: [ReportEntry], sources: SourceSet) {
    self.entries = entries
    places = DiagnosticPlaces(sources)
  }

  /// Writes the entries as a list of objects.
  mutating func writeList(to json: inout JSONWriter) {
    json.beginArray()
    for entry in entries { write(entry, to: &json) }
    json.endArray()
  }

  private mutating func write(_ diagnostic: ReportEntry, to json: inout JSONWriter) {
    json.beginObject()
    json.key("code")
    json.string(diagnostic.code)
    if let rule = diagnostic.rule {
      json.key("rule")
      json.string(rule)
    }
    json.key("severity")
    json.string(diagnostic.severity.name)
    json.key("message")
    json.string(diagnostic.message)
    write(places.place(of: diagnostic.span), to: &json)
    if !diagnostic.secondary.isEmpty {
      json.key("related")
      json.beginArray()
      for place in diagnostic.secondary {
        json.beginObject()
        json.key("message")
        json.string(place.label)
        write(places.place(of: place.span), to: &json)
        json.endObject()
      }
      json.endArray()
    }
    if !diagnostic.notes.isEmpty {
      json.key("notes")
      json.beginArray()
      for note in diagnostic.notes { json.string(note) }
      json.endArray()
    }
    if !diagnostic.fixIts.isEmpty {
      json.key("fixes")
      json.beginArray()
      for fix in diagnostic.fixIts { write(fix, to: &json) }
      json.endArray()
    }
    if let fingerprint = diagnostic.fingerprint {
      json.key("fingerprint")
      json.string(fingerprint)
    }
    json.endObject()
  }

  private mutating func write(_ fix: FixIt, to json: inout JSONWriter) {
    json.beginObject()
    json.key("title")
    json.string(fix.title)
    json.key("edits")
    json.beginArray()
    for edit in fix.edits {
      json.beginObject()
      write(places.place(of: edit.span), to: &json)
      json.key("replacement")
      json.string(edit.replacement)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func write(_ place: DiagnosticPlace?, to json: inout JSONWriter) {
    guard let place else { return }
    json.key("file")
    json.string(place.file)
    json.key("line")
    json.number(place.start.line)
    json.key("column")
    json.number(place.start.column)
    json.key("end_line")
    json.number(place.end.line)
    json.key("end_column")
    json.number(place.end.column)
  }
}
