import TractatusSource

extension DiagnosticReport {
  /// The entries as annotations of a GitHub workflow, one a line.
  mutating func github() -> String {
    var text = ""
    for diagnostic in entries {
      let kind = diagnostic.severity == .note ? "notice" : diagnostic.severity.name
      var properties: [String] = []
      if let place = places.place(of: diagnostic.span) {
        properties = [
          "file=\(Self.escaped(place.file, isProperty: true))", "line=\(place.start.line)",
          "endLine=\(place.end.line)",
        ]
        // GitHub takes columns only within one line.
        if place.start.line == place.end.line {
          properties.append("col=\(place.start.column)")
          properties.append("endColumn=\(place.end.column)")
        }
      }
      properties.append("title=\(diagnostic.label)")
      let message = ([diagnostic.message] + diagnostic.notes).joined(separator: "\n")
      text += "::\(kind) \(properties.joined(separator: ","))::"
      text += Self.escaped(message, isProperty: false) + "\n"
    }
    return text
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where isProperty: escaped += "%3A"
      case "," where isProperty: escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
