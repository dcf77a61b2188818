/// A step of replacing a file of the state folder, in the order in which they are taken; where the
/// copy of the generation before is written over, these are `write` and `exchange`.
package enum WriteStep: Sendable, Hashable {
  /// Making the new file under another name.
  case create
  /// Writing this many bytes into it.
  case write(byteCount: Int)
  /// Handing the new file to the disk.
  case syncFile
  /// Taking the copy of the generation before away.
  case unlinkPrevious
  /// Keeping the present file as that copy.
  case linkPrevious
  /// Putting the new file in place.
  case rename
  /// Handing the folder to the disk.
  case syncFolder
  /// Having the copy of the generation before, which was written over, change names with the file.
  case exchange
}

/// What happens at a step of writing instead of the step: for tests alone, which so see a process
/// die or a disk fill up at every boundary.
package struct WriteFault: Sendable {
  /// What becomes of a step.
  package enum Outcome: Sendable, Hashable {
    case proceed
    /// The process ends here; of a `write`, after so many bytes. Nothing is tidied up.
    case stop(afterBytes: Int)
    /// The system refuses with this `errno`.
    case fail(Int32)
  }

  package var outcome: @Sendable (_ file: String, _ step: WriteStep) -> Outcome

  package init(_ outcome: @escaping @Sendable (String, WriteStep) -> Outcome) {
    self.outcome = outcome
  }
}
