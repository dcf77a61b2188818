/// Why a file of the state folder, or the folder itself, cannot be used.
package struct StateProblem: Error, Hashable, Sendable {
  /// What kind of problem it is.
  package enum Kind: Sendable, Hashable {
    /// It is not there.
    case missing
    /// It is there, and its content is not what was written: emptied, cut short, changed, noise.
    case damaged
    /// The system refuses, or something else lies in its place.
    case unusable
    /// Others hold the lock.
    case busy
  }

  package var kind: Kind
  /// The name of the file within the state folder, or the path of the folder.
  package var file: String
  /// The end of a sentence that begins with the file, such as `is a link`.
  package var explanation: String

  package init(_ kind: Kind, _ file: String, _ explanation: String) {
    self.kind = kind
    self.file = file
    self.explanation = explanation
  }

  /// One sentence without its full stop.
  package var message: String { "`\(file)` \(explanation)" }
}
