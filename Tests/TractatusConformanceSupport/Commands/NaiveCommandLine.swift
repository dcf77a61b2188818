import TractatusPatterns
import TractatusSemantics
import TractatusValues

/// What a command line does: its invocations with their effects, by sections 10.2 and 10.3 of the
/// semantics. The line is parsed by the shell parser; all else is read here.
final class NaiveCommandLine {
  let policy: CheckedPolicy
  private(set) var line = ShellLine()
  private var parser = ShellParser()
  var invocations: [NaiveInvocation] = []
  /// What groups and assignments without a program do.
  var loose: [NaiveEffect] = []
  /// Why it is opaque, beside what the parser found.
  private(set) var reasons: [String] = []
  private var programs: [Sight: NaiveProgram?] = [:]
  /// The directories in which the commands start.
  var bases: [Int: NaiveStartingPoint] = [:]

  static let textLimit = 16
  static let wrapperLimit = 48

  /// Reads a line.
  init(_ text: [Unicode.Scalar], _ policy: CheckedPolicy) {
    self.policy = policy
    let bytes = Array(NaiveText.string(text).utf8)
    parser.parse(bytes.span, into: &line)
    _ = walk(line.commands.indices.filter { line.commands[$0].parent < 0 }, .start, .none)
  }

  /// Whether it cannot be known what would run.
  var isOpaque: Bool { line.isOpaque || !reasons.isEmpty || invocations.contains { $0.isOpaque } }

  /// Where a command found in the line lies.
  struct Place {
    /// The invocation that runs it.
    var parent: Int?
    var isElsewhere = false
    /// How often a text was read again.
    var level = 0
    static let none = Place()
  }

  /// A package, and those that it uses, directly or not.
  func seen(from package: PackageID) -> Set<PackageID> {
    var seen: Set<PackageID> = []
    var open = [package]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      open += policy.packages[Int(next.index)].uses
    }
    return seen
  }

  /// A program by its base name, as some packages declare it.
  func program(_ name: String, of packages: Set<PackageID>?) -> NaiveProgram? {
    let sight = Sight(name: name, packages: packages)
    if let known = programs[sight] { return known }
    let found = NaiveProgram(name, policy, of: packages)
    programs[sight] = .some(found)
    return found
  }

  private struct Sight: Hashable {
    var name: String
    var packages: Set<PackageID>?
  }

  /// What each package that declares a program sees of it, where that is less than all: section
  /// 10.2.4 of the semantics.
  func sights(of name: String) -> [Set<PackageID>] {
    let all = program(name, of: nil)?.packages ?? []
    var found: [Set<PackageID>] = []
    for package in all.sorted(by: { $0.index < $1.index }) {
      let seen = self.seen(from: package).intersection(all)
      if seen != all, !found.contains(seen) { found.append(seen) }
    }
    return found
  }

  func note(_ reason: String, _ invocation: Int?) {
    reasons.append(reason)
    // The wrappers around it are of the same command.
    var next = invocation
    while let index = next {
      invocations[index].isOpaque = true
      next = invocations[index].parent.flatMap {
        invocations[$0].command == invocations[index].command ? $0 : nil
      }
    }
  }

  // MARK: The order of commands

  private func children(
    of parent: Int, _ relation: (ShellCommand.Relation) -> Bool
  ) -> [Int] {
    line.commands.indices.filter {
      line.commands[$0].parent == parent && relation(line.commands[$0].relation)
    }
  }

  private static func isInWord(_ relation: ShellCommand.Relation) -> Bool {
    relation == .substitution || relation == .processInput || relation == .processOutput
  }

  /// Follows the commands of one shell in order; gives the directory after them.
  func walk(_ list: [Int], _ start: NaiveStartingPoint, _ place: Place) -> NaiveStartingPoint {
    var now = start
    // Of the list of `&&` and `||` at hand: where it began, what is sure of it, and where it was
    // before what follows a failure.
    var before = start
    var settled = start
    var isSure = true
    var isApart = false
    var recovered: NaiveStartingPoint?
    var last: Int?
    func end() {
      if isApart {
        now = before
      } else {
        let isRecovered = recovered != nil && now == .unknown
        if isRecovered, let recovered, let last, leaves(last) { now = recovered }
        if !isRecovered || !isSure { now = now.doubted(since: settled, all: !isSure) }
      }
      (isSure, isApart, recovered, before, settled) = (true, false, nil, now, now)
    }
    for index in list {
      let command = line.commands[index]
      let outer = command.parent >= 0 ? line.commands[Int(command.parent)] : nil
      let follows = command.flags.contains(.followsSuccess)
      let recovers = command.flags.contains(.followsFailure)
      if !follows, !recovers { end() }
      if command.flags.contains(.background), !(outer?.flags.contains(.background) ?? false) {
        isApart = true
      }
      if recovers, now != before {
        recovered = recovered ?? now
        now = .unknown
      }
      let after = follow(index, now, place)
      last = index
      // A stage of a pipeline is a shell of its own.
      if command.stage != (outer?.stage ?? -1) || after == now { continue }
      if follows { isSure = false }
      let isFirst = now == settled && !follows && !recovers
      now = recovers || command.flags.contains(.negated) ? .unknown : after
      // What may have failed inside a compound command was looked at there.
      if isFirst, command.kind != .simple { settled = now }
    }
    end()
    return now
  }

  /// Whether a command, or the last in a group, leaves the shell.
  private func leaves(_ index: Int) -> Bool {
    let command = line.commands[index]
    if command.kind == .group {
      let body = children(of: index) { $0 == .body }
      return body.last.map { leaves($0) } ?? false
    }
    guard command.kind == .simple, let first = command.words.first else { return false }
    return ["exit", "return"].contains(NaiveWord(first, of: line).string ?? "")
  }

  /// Whether something in a command's body moves the directory of the shell around it.
  private func moves(_ index: Int) -> Bool {
    let command = line.commands[index]
    let outer = command.parent >= 0 ? line.commands[Int(command.parent)].stage : -1
    if command.stage != outer { return false }
    switch command.kind {
    case .simple:
      return mayMove(index)
    case .subshell, .function, .coprocess: return false
    default: return children(of: index) { $0 == .body }.contains { moves($0) }
    }
  }

  /// Whether anything on the line may move a directory.
  private var anythingMoves: Bool { line.commands.indices.contains { mayMove($0) } }

  private func mayMove(_ index: Int) -> Bool {
    line.commands[index].kind == .simple
      && ["cd", "pushd", "popd", "eval", "command", "builtin"].contains(
        line.commands[index].words.first.flatMap { NaiveWord($0, of: line).string } ?? "")
  }

  /// Whether some function of the line may move the directory of who calls it.
  var aFunctionMoves: Bool {
    line.commands.indices.contains { index in
      guard mayMove(index) else { return false }
      var at = index
      while at >= 0 {
        let this = line.commands[at]
        if this.relation == .function { return true }
        if Self.isInWord(this.relation) { return false }
        at = Int(this.parent)
        if at >= 0, [.subshell, .coprocess].contains(line.commands[at].kind) { return false }
      }
      return false
    }
  }

  /// Follows one command; gives the directory after it.
  private func follow(_ index: Int, _ now: NaiveStartingPoint, _ place: Place) -> NaiveStartingPoint
  {
    let command = line.commands[index]
    bases[index] = now
    // What is in the words runs in shells of its own.
    let inWords = children(of: index) { Self.isInWord($0) }
    var after = now
    if command.kind == .simple {
      after = simple(index, now, place)
    } else {
      loose += lineEffects(of: index, now)
    }
    // Each in a shell of its own.
    var shells: [[Int]] = []
    for inner in inWords {
      if shells.isEmpty || line.commands[inner].flags.contains(.begins) { shells.append([]) }
      shells[shells.count - 1].append(inner)
    }
    for shell in shells { _ = walk(shell, now, place) }
    let body = children(of: index) { $0 == .body }
    switch command.kind {
    case .simple:
      let aliased = children(of: index) { $0 == .text }
        .filter { !followedTexts.contains($0) }
      if command.flags.contains(.mayBeAlias) { after = walk(aliased, after, place) }
      return after
    case .subshell, .coprocess:
      _ = walk(body, now, place)
      return now
    case .function:
      let inside = children(of: index) { $0 == .function }
      _ = walk(inside, anythingMoves ? .unknown : now, place)
      return now
    case .group, .choice: return branches(body, index, now, place)
    case .loop, .arithmetic: return branches(body, index, now, place)
    case .condition: return now
    }
  }

  /// Texts that invocations run, which are followed when they are.
  private var followedTexts: Set<Int> = []

  /// Follows the lists in the body of a compound command.
  private func branches(
    _ body: [Int], _ index: Int, _ now: NaiveStartingPoint, _ place: Place
  ) -> NaiveStartingPoint {
    guard let first = body.first else { return now }
    let command = line.commands[index]
    var parts: [[Int]] = [[]]
    for child in body {
      if line.commands[child].flags.contains(.begins), child != first || command.kind != .group {
        parts.append([])
      }
      parts[parts.count - 1].append(child)
    }
    let repeats = line.commands[first].flags.contains(.mayRepeat)
    let changes = body.contains { moves($0) }
    let start = repeats && changes ? NaiveStartingPoint.unknown : now
    var certain = walk(parts[0], start, place)
    if repeats, command.kind == .group, certain != start { certain = .unknown }
    var after = certain
    for part in parts.dropFirst() where walk(part, certain, place) != certain { after = .unknown }
    return after
  }

  // MARK: Texts

  /// Where the known text of a word lies in the line's text.
  private func range(of word: NaiveWord) -> Range<Int>? {
    guard let text = word.string, let place = word.place,
      let known = line.knownText(line.words[place])
    else { return nil }
    return (known.upperBound - text.utf8.count)..<known.upperBound
  }

  /// Parses texts, joined by blanks, as a command line that an invocation runs; gives the
  /// directory after it.
  func run(
    _ texts: [NaiveWord], by invocation: Int, _ place: Place, from base: NaiveStartingPoint
  )
    -> NaiveStartingPoint
  {
    invocations[invocation].executed += texts
    let ranges = texts.compactMap { range(of: $0) }
    guard ranges.count == texts.count, let first = texts.first?.place else {
      note(NaiveReasons.text, invocation)
      return base
    }
    return run(ranges, standingFor: line.words[first].range, by: invocation, place, from: base)
  }

  /// Parses a text that stands nowhere in the line as a command line that an invocation runs.
  func run(
    printed word: NaiveWord, by invocation: Int, _ place: Place, from base: NaiveStartingPoint
  )
    -> NaiveStartingPoint
  {
    invocations[invocation].executed.append(word)
    guard let text = word.string else {
      note(NaiveReasons.text, invocation)
      return base
    }
    let range = line.append(text: Array(text.utf8))
    return run([range], standingFor: 0..<0, by: invocation, place, from: base)
  }

  private func run(
    _ ranges: [Range<Int>], standingFor origin: Range<UInt32>, by invocation: Int, _ place: Place,
    from base: NaiveStartingPoint
  )
    -> NaiveStartingPoint
  {
    guard place.level < Self.textLimit else {
      note(NaiveReasons.depth, invocation)
      return base
    }
    let command = invocations[invocation].command
    let added = parser.parse(ranges, of: command, standingFor: origin, in: &line)
    followedTexts.formUnion(added)
    var inner = place
    inner.parent = invocation
    inner.level += 1
    let top = added.filter {
      Int(line.commands[$0].parent) == command && line.commands[$0].relation == .text
    }
    return walk(top, base, inner)
  }
}

/// Why a command cannot be known, beside what the parser says.
enum NaiveReasons {
  static let program = "the program is not known"
  static let text = "a text that is run is not known"
  static let pipe = "what comes down a pipe is run"
  static let depth = "texts that are run lie more than 16 deep in one another"
}
