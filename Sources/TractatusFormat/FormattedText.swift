import TractatusSource

/// What formatting a file gave.
package struct FormattedText: Sendable {
  /// Why a file was left as it is.
  package enum Refusal: Sendable, Equatable {
    /// It has more bytes than are parsed.
    case tooLarge
    /// It has more errors than are listed, so that what they reach is not known.
    case tooManyErrors
    /// Its tokens would not be the same: a defect of the formatter.
    case tokensDiffer
    /// Where its broken declarations end depends on the layout.
    case errorsReachFurther

    /// The reason in a few words, in lower case.
    package var explanation: String {
      switch self {
      case .tooLarge: "has more than 4 MiB"
      case .tooManyErrors: "has more than 1,000 errors"
      case .tokensDiffer: "would not have the same tokens, which is a defect of the formatter"
      case .errorsReachFurther: "has syntax errors of which the layout decides where they end"
      }
    }
  }

  /// The file's bytes in the canonical layout; its own where it was refused.
  package var bytes: [UInt8]
  /// The declarations that were left as they are for their syntax errors, in order.
  package var skipped: [SourceSpan] = []
  /// Why the whole file was left as it is; nil when it was not.
  package var refusal: Refusal?

  /// Makes a result.
  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }
}
