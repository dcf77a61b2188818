import TractatusSource

extension DiagnosticReport {
  /// The diagnostics one a line, as compilers print them: `file:line:column: error[T0203]: …`.
  mutating func compact() -> String {
    var text = ""
    for diagnostic in diagnostics {
      if let place = places.place(of: diagnostic.span) {
        text += "\(SourceLineExcerpt.visible(place.file)):\(place.start.line):"
        text += "\(place.start.column): "
      }
      text += "\(diagnostic.severity.name)[\(diagnostic.code.identifier)]: "
      text += SourceLineExcerpt.visible(diagnostic.message) + "\n"
    }
    return text
  }
}
