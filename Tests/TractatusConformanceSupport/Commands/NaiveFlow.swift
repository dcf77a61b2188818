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
    // Readings of one invocation hand nothing to each other.
    let isOne = source.command == sink.command && source.nameWord.place == sink.nameWord.place
    guard second > first, !isOne else { return .false }
    var truth = Truth.false
    for written in source.effects where written.verb == .writes {
      for read in sink.effects where [.reads, .executes].contains(read.verb) {
        guard case .path(let one, let base, _) = written.target,
          case .path(let two, let other, _) = read.target
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
    let starts =
      base == other
      ? base.outcomes.map { ($0, $0) }
      : base.outcomes.flatMap { left in other.outcomes.map { (left, $0) } }
    let truths = starts.flatMap { start in
      readings(one).flatMap { left in
        readings(two).map { right in isSame(left, start.0, right, start.1) }
      }
    }
    guard let first = truths.first else { return .unknown }
    return truths.allSatisfy { $0 == first } ? first : .unknown
  }

  /// What a word may mean as a path; nothing where not all of it is known.
  private func readings(_ word: NaiveWord) -> [NaivePath] {
    if let text = word.text {
      guard text.first == "~" else { return [NaivePath(text)] }
      return [NaivePath(["."] + ["/"] + text), NaivePath(text)]
    }
    var text: [Unicode.Scalar] = []
    for (place, piece) in word.pieces.enumerated() {
      switch piece {
      case .home(let user) where place == 0: text += ["~"] + user
      case .known(let known) where place == 1: text += known
      default: return []
      }
    }
    return [NaivePath(text)]
  }

  private func isSame(
    _ one: NaivePath, _ base: NaiveStartingPoint, _ two: NaivePath, _ other: NaiveStartingPoint
  ) -> Truth {
    let isLost = [one, two].contains { $0.root != .relative && $0.isLost }
    if isLost { return .unknown }
    if base == other, one.root == .relative, two.root == .relative {
      if one == two { return .true }
      if base != .unknown, !one.isLost, !two.isLost { return .false }
    }
    let left = one.absolute(from: directory(base)).flatMap { $0.isLost ? nil : $0 }
    let right = two.absolute(from: directory(other)).flatMap { $0.isLost ? nil : $0 }
    if let left, let right {
      let truths = Set(
        NaiveHome.all(homes([left, right], []), hasUsers: true).map { home in
          left.withHome(home) == right.withHome(home)
        })
      return truths.count == 1 ? Truth(truths.contains(true)) : .unknown
    }
    // Of a path that starts anywhere the end is known.
    if let left { return Truth.unknown & Truth(mayBe(left, two)) }
    if let right { return Truth.unknown & Truth(mayBe(right, one)) }
    return Truth.unknown & Truth(mayBe(one, two) || mayBe(two, one))
  }

  /// Whether a path may be one of which only the end is known.
  private func mayBe(_ path: NaivePath, _ end: NaivePath) -> Bool {
    let names = Array(path.names.drop { $0 == [".", "."] }.reversed())
    let ends = Array(end.names.drop { $0 == [".", "."] }.reversed())
    if path.root == .absolute, ends.count > names.count { return false }
    let count = min(names.count, ends.count)
    return names.prefix(count) == ends.prefix(count)
  }
}
