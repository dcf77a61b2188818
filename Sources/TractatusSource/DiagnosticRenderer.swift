/// Writes diagnostics and findings as text for people.
///
/// ```text
/// error[T0203]: unknown word `instrution`
///   --> rules/acme.tract:12:1
///    |
/// 12 | instrution inst_042 "Check the port" {
///    | ^^^^^^^^^^ did you mean `instruction`?
///    = help: replace it by `instruction`
/// ```
package struct DiagnosticRenderer: Sendable {
  /// The longest part of a source line that is shown, in columns.
  package static let lineWidthLimit = 160

  private let sources: SourceSet
  private let usesColour: Bool
  private var indices: [SourceID: LineIndex] = [:]

  /// Makes a renderer for spans into some sources.
  package init(sources: SourceSet, usesColour: Bool = false) {
    self.sources = sources
    self.usesColour = usesColour
  }

  /// The diagnostics as text, each followed by an empty line, in the order given.
  package mutating func render(_ diagnostics: [Diagnostic]) -> String {
    var output = ""
    for diagnostic in diagnostics {
      output += render(diagnostic)
      output += "\n"
    }
    return output
  }

  /// The entries as text, each followed by an empty line, in the order given.
  package mutating func render(_ entries: [ReportEntry]) -> String {
    var output = ""
    for entry in entries {
      output += render(entry)
      output += "\n"
    }
    return output
  }

  /// One diagnostic as text that ends with a line feed.
  package mutating func render(_ diagnostic: Diagnostic) -> String {
    render(ReportEntry(diagnostic))
  }

  /// One entry as text that ends with a line feed.
  package mutating func render(_ diagnostic: ReportEntry) -> String {
    var output = heading(of: diagnostic)
    let places = [LabelledSpan(diagnostic.span, "")] + diagnostic.secondary
    let width = gutterWidth(of: places)
    let margin = String(repeating: " ", count: width)
    for (position, place) in places.enumerated() {
      let colour = position == 0 ? tint(diagnostic.severity) : Tint.secondary
      output += excerpt(
        of: place, margin: margin, arrow: position == 0 ? "-->" : ":::",
        mark: position == 0 ? "^" : "-", tint: colour)
    }
    for note in diagnostic.notes { output += "\(margin) = note: \(visible(note))\n" }
    for fixIt in diagnostic.fixIts { output += "\(margin) = help: \(visible(fixIt.title))\n" }
    return output
  }

  private func heading(of diagnostic: ReportEntry) -> String {
    let label = "\(diagnostic.severity.name)[\(diagnostic.label)]"
    let title = painted(label, tint(diagnostic.severity))
    return title + painted(": " + visible(diagnostic.message), .bold) + "\n"
  }

  private mutating func gutterWidth(of places: [LabelledSpan]) -> Int {
    var width = 1
    for place in places {
      guard let index = index(of: place.span.source) else { continue }
      width = max(width, String(index.line(at: place.span.start)).utf8.count)
    }
    return width
  }

  private mutating func excerpt(
    of place: LabelledSpan, margin: String, arrow: String, mark: Character, tint: Tint
  ) -> String {
    guard let source = sources[place.span.source], let index = index(of: source.id) else {
      return ""
    }
    let location = index.location(at: place.span.start)
    var output = "\(margin)\(arrow) \(visible(source.name)):\(location.line):\(location.column)\n"
    guard let range = index.byteRange(ofLine: location.line) else { return output }
    let line = SourceLineExcerpt(
      bytes: source.bytes[range], markStart: Int(place.span.start) - range.lowerBound,
      markEnd: Int(place.span.end) - range.lowerBound, widthLimit: Self.lineWidthLimit)
    let number = String(location.line)
    let pad = String(repeating: " ", count: max(0, margin.utf8.count - number.utf8.count))
    output += "\(margin) |\n"
    output += "\(pad)\(number) |" + (line.text.isEmpty ? "\n" : " \(line.text)\n")
    let blank = String(repeating: " ", count: line.markColumn)
    var under = String(repeating: mark, count: line.markWidth)
    if !place.label.isEmpty { under += " " + visible(place.label) }
    output += "\(margin) | \(blank)\(painted(under, tint))\n"
    return output
  }

  private mutating func index(of id: SourceID) -> LineIndex? {
    if let known = indices[id] { return known }
    guard let source = sources[id] else { return nil }
    let made = LineIndex(source)
    indices[id] = made
    return made
  }

  private func visible(_ text: String) -> String {
    SourceLineExcerpt.visible(text)
  }

  private enum Tint: String {
    case error = "\u{1B}[1;31m"
    case warning = "\u{1B}[1;33m"
    case note = "\u{1B}[1;36m"
    case secondary = "\u{1B}[1;34m"
    case bold = "\u{1B}[1m"
  }

  private func tint(_ severity: DiagnosticSeverity) -> Tint {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }

  private func painted(_ text: String, _ tint: Tint) -> String {
    usesColour ? tint.rawValue + text + "\u{1B}[0m" : text
  }
}
