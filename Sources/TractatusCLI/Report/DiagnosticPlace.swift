import TractatusSource

/// A span as reports name it: file, and lines and columns from 1.
struct DiagnosticPlace: Equatable {
  var file: String
  var start: SourceLocation
  var end: SourceLocation
}

/// Finds the places of spans; each file's lines are counted once.
struct DiagnosticPlaces {
  private let sources: SourceSet
  private var indices: [SourceID: LineIndex] = [:]

  init(_ sources: SourceSet) {
    self.sources = sources
  }

  /// `file:line:column` of a span's start; empty for a span of no known source.
  mutating func text(of span: SourceSpan) -> String {
    place(of: span).map { "\($0.file):\($0.start.line):\($0.start.column)" } ?? ""
  }

  /// The place of a span, or nil for a span of no known source.
  mutating func place(of span: SourceSpan) -> DiagnosticPlace? {
    guard let source = sources[span.source] else { return nil }
    let index = indices[span.source] ?? LineIndex(source)
    indices[span.source] = index
    return DiagnosticPlace(
      file: source.name, start: index.location(at: span.start), end: index.location(at: span.end))
  }
}
