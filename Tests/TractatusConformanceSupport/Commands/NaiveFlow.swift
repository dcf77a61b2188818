import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// What flows from one invocation into another: section 10.4.5 of the semantics.
extension NaiveQuestion {
  /// The truth of `pipes A into B`.
  func pipes(_ from: [ProgramTerm], _ into: [ProgramTerm]) -> Truth {
    var truth = Truth.false
    for first in command.invocations.indices {
      for second in command.invocations.indices where first != second {
        let one = from.map { matches($0, command.invocations[first]) }.max() ?? .false
        let two = into.map { matches($0, command.invocations[second]) }.max() ?? .false
        if one & two == .false { continue }
        truth = truth | (one & two & flows(first, second))
      }
    }
    return truth
  }

  private func flows(_ first: Int, _ second: Int) -> Truth {
    let (source, sink) = (command.invocations[first], command.invocations[second])
    let line = command.line
    if source.command != sink.command {
      if line.flows(from: line.commands[source.command], into: line.commands[sink.command]) {
        return .true
      }
      if isInside(source.command, .processInput, sink.command) { return .true }
      if isInside(sink.command, .processOutput, source.command) { return .true }
      if isExecuted(source.command, by: sink) { return .true }
    }
    guard second > first else { return .false }
    var truth = Truth.false
    for written in source.effects where written.verb == .writes {
      for read in sink.effects where [.reads, .executes].contains(read.verb) {
        guard case .path(let one, let base, isThere: false) = written.target,
          case .path(let two, let other, isThere: false) = read.target
        else { continue }
        truth =
          truth | (written.certainty & read.certainty & isSame(one, base, two, other))
      }
    }
    return truth
  }

  /// Whether a command lies in a process substitution of another, or of one around that.
  private func isInside(
    _ inner: Int, _ relation: ShellCommand.Relation, _ outer: Int
  ) -> Bool {
    var around: [Int] = [outer]
    var at = outer
    while command.line.commands[at].relation == .body {
      at = Int(command.line.commands[at].parent)
      if at < 0 { break }
      around.append(at)
    }
    at = inner
    while at >= 0 {
      let this = command.line.commands[at]
      if this.relation == relation, around.contains(Int(this.parent)) { return true }
      at = Int(this.parent)
    }
    return false
  }

  /// Whether what a command writes is part of a text that an invocation runs.
  private func isExecuted(_ inner: Int, by made: NaiveInvocation) -> Bool {
    return made.executed.contains { word in
      word.commands(.substitution).contains { $0.contains(inner) }
    }
  }

  /// Whether two words name one file.
  private func isSame(
    _ one: NaiveWord, _ base: NaiveStartingPoint, _ two: NaiveWord, _ other: NaiveStartingPoint
  ) -> Truth {
    if let left = one.text, let right = two.text {
      let (first, second) = (NaivePath(left), NaivePath(right))
      if base == other, first == second { return .true }
      guard let a = absolute(first, base), let b = absolute(second, other) else {
        return .unknown
      }
      return Truth(a == b)
    }
    return .unknown
  }

  private func absolute(_ path: NaivePath, _ base: NaiveStartingPoint) -> NaivePath? {
    path.absolute(from: directory(base))
  }
}
