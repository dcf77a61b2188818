import TractatusSource

/// Collects the diagnostics of one file, up to a limit, so that a hostile file of megabytes
/// costs no more than a page of messages.
final class DiagnosticLog {
  /// The largest number of diagnostics kept for one file.
  static let limit = 1_000

  private(set) var diagnostics: [Diagnostic] = []
  private(set) var isFull = false

  /// How many more words are compared with those of the language; comparing costs far more than
  /// parsing, and a file with so many unknown words is no rule file.
  private var remainingComparisons = 4_000

  /// Takes one comparison from those that remain; false when none does.
  func takeComparison() -> Bool {
    guard !isFull, remainingComparisons > 0 else { return false }
    remainingComparisons -= 1
    return true
  }

  /// The token that the parser last complained about.
  var lastErrorIndex = -1

  /// Adds a diagnostic; the first one past the limit is replaced by one that says so.
  func add(_ diagnostic: @autoclosure () -> Diagnostic) {
    guard !isFull else { return }
    let made = diagnostic()
    if diagnostics.count < Self.limit {
      diagnostics.append(made)
    } else {
      isFull = true
      diagnostics.append(
        Diagnostic(
          .tooManyDiagnostics,
          "more than 1,000 diagnostics in this file; the others are not shown", at: made.span))
    }
  }
}
