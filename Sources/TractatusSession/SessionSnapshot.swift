import TractatusValues

/// A session and the instructions that were given in it, as they were read at one time.
package struct SessionSnapshot: Sendable {
  /// The session.
  package var session: SessionReading
  /// The instruction history.
  package var instructions: Kept<[InstructionRecord]>
}
