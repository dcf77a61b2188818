import TractatusSource

extension DiagnosticReport {
  /// The entries one a line, as compilers print them: `file:line:column: error[T0203]: …`.
  mutating func compact() -> String {
    var text = ""
    for entry in entries {
      if let place = places.place(of: entry.span) {
        text += "\(SourceLineExcerpt.visible(place.file)):\(place.start.line):"
        text += "\(place.start.column): "
      }
      text += "\(entry.severity.name)[\(entry.label)]: "
      text += SourceLineExcerpt.visible(entry.message) + "\n"
    }
    return text
  }
}
