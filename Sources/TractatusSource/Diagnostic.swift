/// How grave a diagnostic is; ordered from note to error.
package enum DiagnosticSeverity: UInt8, Sendable, Comparable {
  /// Information that asks for nothing.
  case note
  /// Something doubtful with which the policy still compiles.
  case warning
  /// Something with which the policy does not compile.
  case error

  /// The severity's name as shown.
  package var name: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// Orders from note to error.
  package static func < (left: DiagnosticSeverity, right: DiagnosticSeverity) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A span with a few words on what is there.
package struct LabelledSpan: Hashable, Sendable {
  /// The place.
  package var span: SourceSpan

  /// What is there, in lower case and without a full stop.
  package var label: String

  /// Makes a labelled span.
  package init(_ span: SourceSpan, _ label: String) {
    self.span = span
    self.label = label
  }
}

/// One replacement of bytes in a source.
package struct SourceEdit: Hashable, Sendable {
  /// The bytes to replace; empty to insert.
  package var span: SourceSpan

  /// The text that takes their place.
  package var replacement: String

  /// Makes an edit.
  package init(_ span: SourceSpan, replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A change that settles a diagnostic.
package struct FixIt: Hashable, Sendable {
  /// What the change does, as an imperative in lower case.
  package var title: String

  /// The edits, which do not overlap.
  package var edits: [SourceEdit]

  /// Makes a fix-it of several edits.
  package init(_ title: String, edits: [SourceEdit]) {
    self.title = title
    self.edits = edits
  }

  /// Makes a fix-it that replaces one span.
  package init(_ title: String, replacing span: SourceSpan, with text: String) {
    self.init(title, edits: [SourceEdit(span, replacement: text)])
  }
}

/// What a stage has to say about a source.
package struct Diagnostic: Hashable, Sendable {
  /// The stable code.
  package var code: DiagnosticCode

  /// How grave it is.
  package var severity: DiagnosticSeverity

  /// What is wrong and why, starting in lower case, with user text in backticks.
  package var message: String

  /// The place that the message speaks of.
  package var span: SourceSpan

  /// Other places that matter.
  package var secondary: [LabelledSpan]

  /// Further sentences.
  package var notes: [String]

  /// Changes that would settle it, the likeliest first.
  package var fixIts: [FixIt]

  /// Makes a diagnostic.
  package init(
    _ code: DiagnosticCode, severity: DiagnosticSeverity = .error, _ message: String,
    at span: SourceSpan, secondary: [LabelledSpan] = [], notes: [String] = [],
    fixIts: [FixIt] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.secondary = secondary
    self.notes = notes
    self.fixIts = fixIts
  }
}

extension Array where Element == Diagnostic {
  /// Whether any of them is an error.
  package var hasErrors: Bool { contains { $0.severity == .error } }

  /// The diagnostics by place, then code, then message: the order in which they are shown.
  package func sortedForDisplay() -> [Diagnostic] {
    sorted { left, right in
      if left.span != right.span { return left.span < right.span }
      if left.code != right.code { return left.code.rawValue < right.code.rawValue }
      return left.message < right.message
    }
  }
}
