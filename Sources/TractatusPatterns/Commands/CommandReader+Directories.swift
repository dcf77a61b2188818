/// A compound command or substitution that the commands being read lie in.
struct CommandScope: Sendable {
  /// The index of the command that it belongs to, or -1.
  var owner: Int32
  /// Whether what happens to the directory inside ends with it.
  var isIsolated: Bool
  /// Whether that is so for how its commands lie in the owner: by a substitution, a subshell.
  var isByRelation: Bool
  /// Whether its commands lie in the background or in a stage of a pipeline already.
  var stage: Int32
  var isBackground: Bool
  /// The directory before it.
  var before: Int32
  /// The directory in which it begins: what stands in the words of a command runs before that.
  var start: Int32
  /// The directory in which the command that was met last begins.
  var last: Int32
  /// The directory before the first of several branches, and -1 before any.
  var branch: Int32 = -1
  /// Whether some branch changed the directory.
  var branchChanged = false
  /// The directory before the present list, if that lies in the background; else -1.
  var restored: Int32 = -1
  /// The directory in which the present list begins.
  var listStart: Int32
  /// Whether the present list has changed the directory.
  var listChanged = false
  /// Whether it may have changed it.
  var isDoubtful = false
  /// The directory before what follows `||` in the present list; else -1.
  var recovered: Int32 = -1
  /// Whether the last command that was met ends the shell or the function.
  var exits = false
}

/// What a line does to its directory, as a whole.
struct CommandDirectories: Sendable {
  /// Some command changes it.
  var changes = false
  /// Some function does.
  var functionsChange = false
  /// It may say in which other directories `cd` looks for one.
  var searches = false
  /// Up to where the text was looked through for that.
  var searchedTo = 0
}

extension CommandReader {
  /// Looks for commands that change the directory, in loops and functions above all.
  mutating func surveyDirectories(_ range: Range<Int>) {
    for index in range {
      let command = facts.line.commands[index]
      guard command.kind == .simple, command.wordCount > 0,
        let name = facts.line.knownText(facts.line.words[Int(command.firstWord)])
      else { continue }
      if command.flags.contains([.mayRepeat, .mayCallFunction]), directories.functionsChange {
        surveyRepeated(index)
      }
      switch name.count {
      case 2, 4, 5, 7: break
      default: continue
      }
      guard changesDirectory(facts.line.commands[index], name) else { continue }
      directories.changes = true
      if !directories.searches { lookForSearch() }
      if command.flags.contains(.mayRepeat) { surveyRepeated(index) }
    }
  }

  /// Notes whether the line says `CDPATH` anywhere, in its words as they are read. Linear in what
  /// was added to the text since the last time.
  private mutating func lookForSearch() {
    let found = Self.search(facts.line.text.span, from: directories.searchedTo)
    directories.searchedTo = found.end
    directories.searches = found.isThere
  }

  private static func search(_ text: Span<UInt8>, from start: Int) -> (isThere: Bool, end: Int) {
    let name: StaticString = "CDPATH"
    var start = start
    while start + name.utf8CodeUnitCount <= text.count {
      if text[start] == UInt8(ascii: "C"),
        PathBuilder.begins(text.extracting(droppingFirst: start), name)
      {
        return (true, start)
      }
      start += 1
    }
    return (false, start)
  }

  /// Whether a command is `cd`, `pushd`, `popd`, or `command` or `builtin` with one of them.
  private mutating func changesDirectory(_ command: ShellCommand, _ name: Range<Int>) -> Bool {
    switch key(name) {
    case ShellName.cd, ShellName.pushd, ShellName.popd: return true
    case ShellName.builtin, ShellName.command, ShellName.eval: return true
    default: return false
    }
  }

  /// Says whether a change of the directory, in a loop or function, lasts: what it lies in may
  /// begin elsewhere in the next round.
  private mutating func surveyRepeated(_ index: Int) {
    var command = facts.line.commands[index]
    while changingCommands.count < facts.line.commands.count { changingCommands.append(false) }
    while true {
      switch command.relation {
      case .function:
        directories.functionsChange = true
        return
      case .none, .body, .text: break
      case .substitution, .processInput, .processOutput: return
      }
      // What encloses one that is marked is marked as well.
      let parent = Int(command.parent)
      guard parent >= 0, !changingCommands[parent] else { return }
      command = facts.line.commands[parent]
      if command.kind == .subshell || command.kind == .coprocess { return }
      changingCommands[parent] = true
      step()
    }
  }

  /// Whether an earlier round of the loop that a command is the body of may have changed the
  /// directory.
  private mutating func isMoved(_ command: ShellCommand) -> Bool {
    command.flags.contains(.mayRepeat) && command.parent >= 0
      && Int(command.parent) < changingCommands.count && changingCommands[Int(command.parent)]
  }

  /// Comes to a command: leaves the scopes that it does not lie in, and enters its own.
  mutating func enterScope(of command: ShellCommand, floor: Int) {
    let isIsolated = Self.isIsolated(command, facts.line)
    while scopes.count > floor {
      let top = scopes[scopes.count - 1]
      if top.owner == command.parent {
        if top.isByRelation == isIsolated { break }
        leaveScope()
      } else if top.owner > command.parent {
        leaveScope()
      } else {
        break
      }
    }
    if scopes.count == floor || scopes[scopes.count - 1].owner != command.parent {
      pushScope(command, isIsolated)
    }
    arrive(command)
  }

  private static func isIsolated(_ command: ShellCommand, _ line: ShellLine) -> Bool {
    switch command.relation {
    case .none, .text: return false
    case .body:
      let kind = line.commands[Int(command.parent)].kind
      return kind == .subshell || kind == .coprocess
    case .function, .substitution, .processInput, .processOutput: return true
    }
  }

  private mutating func pushScope(_ command: ShellCommand, _ isIsolated: Bool) {
    var scope = CommandScope(
      owner: command.parent, isIsolated: isIsolated, isByRelation: isIsolated, stage: command.stage,
      isBackground: command.flags.contains(.background), before: base, start: base, last: base,
      listStart: base)
    if command.parent >= 0 {
      let parent = facts.line.commands[Int(command.parent)]
      scope.stage = parent.stage
      scope.isBackground = parent.flags.contains(.background)
      // A compound command that is a stage, or a background list, is a shell of its own.
      if command.relation == .body, runsApart(parent, in: scopes.last) { scope.isIsolated = true }
    } else {
      scope.stage = -1
      scope.isBackground = false
    }
    switch command.relation {
    case .substitution, .processInput, .processOutput:
      if let outer = scopes.last { scope.start = outer.last }
      base = scope.start
    case .none, .body, .function, .text: break
    }
    scopes.append(scope)
    if command.relation == .function {
      base = directories.changes ? CommandBase.unknown : CommandBase.start
    } else if isMoved(command) {
      base = CommandBase.unknown
    }
  }

  /// Whether a command runs in a shell of its own beside those of its scope.
  private mutating func runsApart(_ command: ShellCommand, in scope: CommandScope?) -> Bool {
    command.stage != (scope?.stage ?? -1)
  }

  /// Comes to a command of the present scope.
  private mutating func arrive(_ command: ShellCommand) {
    let top = scopes.count - 1
    let isNext =
      command.flags.contains(.begins)
      || command.flags.isDisjoint(with: [.followsFailure, .followsSuccess])
    if isNext { endList() }
    if command.flags.contains(.begins) {
      if scopes[top].isIsolated && command.relation != .body && command.relation != .function {
        base = scopes[top].start
      } else if scopes[top].branch < 0 {
        scopes[top].branch = base
      } else {
        if base != scopes[top].branch { scopes[top].branchChanged = true }
        base = scopes[top].branch
      }
      if isMoved(command) { base = CommandBase.unknown }
    }
    if command.flags.contains(.followsFailure) {
      if scopes[top].listChanged {
        if scopes[top].recovered < 0 { scopes[top].recovered = base }
        base = CommandBase.unknown
      }
    }
    scopes[top].exits = false
    scopes[top].last = base
    if isNext { scopes[top].listStart = base }
  }

  /// Ends the list at hand: says in which directory what follows it begins.
  private mutating func endList() {
    let top = scopes.count - 1
    if scopes[top].restored >= 0 {
      base = scopes[top].restored
    } else {
      let isRecovered = scopes[top].recovered >= 0 && base == CommandBase.unknown
      // After `cd x || exit` it was changed.
      if isRecovered && scopes[top].exits { base = scopes[top].recovered }
      if scopes[top].listChanged && !(isRecovered && !scopes[top].isDoubtful) {
        base = doubted(since: scopes[top].listStart, all: scopes[top].isDoubtful)
      }
    }
    scopes[top].listStart = base
    scopes[top].recovered = -1
    scopes[top].restored = -1
    scopes[top].listChanged = false
    scopes[top].isDoubtful = false
  }

  /// The directory behind a list: each change in it may have failed, or not have been made.
  ///
  /// - Parameter all: whether those may not have been made that cannot fail.
  private mutating func doubted(since start: Int32, all: Bool) -> Int32 {
    // They are counted first, so that what is too long a chain is not gone into.
    var next = base
    var doubts: UInt8 = 0
    while next != start, next > CommandBase.unknown {
      step()
      let link = facts.bases[Int(next)]
      if isDoubtful(link, all: all) {
        doubts += 1
        if doubts > CommandBase.doubtLimit { return CommandBase.unknown }
      } else if link.isFixed {
        return doubted(base, since: start, all: all)
      }
      next = link.parent
    }
    if doubts + facts.bases[Int(next)].doubts > CommandBase.doubtLimit {
      return CommandBase.unknown
    }
    return doubted(base, since: start, all: all)
  }

  private mutating func doubted(_ base: Int32, since start: Int32, all: Bool) -> Int32 {
    if base == start || base <= CommandBase.unknown { return base }
    let link = facts.bases[Int(base)]
    let isDoubtful = isDoubtful(link, all: all)
    if link.isFixed && !isDoubtful { return base }
    let parent = doubted(link.parent, since: start, all: all)
    if parent == link.parent && isDoubtful == link.isDoubtful { return base }
    return append(base: link.text, from: parent, isDoubtful: isDoubtful)
  }

  /// Whether a change may not have been made.
  private mutating func isDoubtful(_ link: CommandBase, all: Bool) -> Bool {
    link.isDoubtful || all || mayFail(link.text)
  }

  /// Whether a change to a directory may fail: to the root and to those above it does not.
  private mutating func mayFail(_ text: CommandText) -> Bool {
    guard let known = facts.knownText(text) else { return true }
    var dots = 0
    for index in known {
      switch facts.line.text[index] {
      case UInt8(ascii: "/"): dots = 0
      case UInt8(ascii: ".") where dots < 2: dots += 1
      default: return true
      }
    }
    return false
  }

  /// Notes whether a command ends the shell or the function: `exit` and `return` do.
  mutating func noteExit(_ name: Range<Int>) {
    guard !scopes.isEmpty else { return }
    scopes[scopes.count - 1].exits =
      switch name.count {
      case 4: key(name) == ShellName.exit
      case 6: key(name) == ShellName.return
      default: false
      }
  }

  /// Leaves the innermost scope.
  mutating func leaveScope() {
    if scopes.isEmpty { return }
    let exits = scopes[scopes.count - 1].exits
    endList()
    guard let scope = scopes.popLast() else { return }
    if !scopes.isEmpty && scope.branch < 0 && !scope.isIsolated {
      scopes[scopes.count - 1].exits = exits
    }
    if scope.isIsolated {
      base = scope.before
    } else if scope.branch >= 0 && (scope.branchChanged || base != scope.branch) {
      base = CommandBase.unknown
    }
    // What a compound command did, its place in the list around it says how certain it is.
    guard base != scope.before, scope.owner >= 0, !scopes.isEmpty, !scope.isIsolated,
      scopes[scopes.count - 1].owner < scope.owner
    else { return }
    let owner = facts.line.commands[Int(scope.owner)]
    let changed = base
    base = scope.before
    changeBase(to: changed, owner)
    // What may have failed inside a compound command was looked at there.
    let top = scopes.count - 1
    if owner.kind != .simple, owner.flags.isDisjoint(with: ShellCommand.Flags.joints),
      scope.before == scopes[top].listStart
    {
      scopes[top].listStart = base
    }
  }

  /// Changes the directory by a command of the present scope.
  mutating func changeBase(to new: Int32, _ command: ShellCommand) {
    guard !scopes.isEmpty else {
      base = new
      return
    }
    let top = scopes.count - 1
    // A stage of a pipeline is a shell of its own.
    if runsApart(command, in: scopes[top]) { return }
    if command.flags.contains(.background) && !scopes[top].isBackground
      && scopes[top].restored < 0
    {
      scopes[top].restored = base
    }
    scopes[top].listChanged = true
    if command.flags.contains(.followsSuccess) { scopes[top].isDoubtful = true }
    let isUnknown = !command.flags.isDisjoint(with: [.followsFailure, .negated])
    base = isUnknown ? CommandBase.unknown : new
  }

  /// Follows `cd`, `pushd` and `popd`.
  mutating func followDirectory(_ frame: inout CommandFrame) {
    guard frame.isShell else { return }
    let name = facts.invocations[Int(frame.index)].name
    guard name.count <= 5 else { return }
    let key = key(Int(name.lowerBound)..<Int(name.upperBound))
    guard key == ShellName.cd || key == ShellName.pushd || key == ShellName.popd else { return }
    let command = facts.line.commands[Int(frame.command)]
    changeBase(to: directory(&frame, isHome: key == ShellName.cd, key == ShellName.popd), command)
  }

  /// The directory that a command changes to.
  private mutating func directory(
    _ frame: inout CommandFrame, isHome: Bool, _ isUnknown: Bool
  ) -> Int32 {
    if isUnknown || frame.isDoubtful { return CommandBase.unknown }
    if frame.flags.contains(.mayBeOther) { return CommandBase.unknown }
    let operands = facts.invocations[Int(frame.index)].operands
    guard let first = operands.first else {
      return isHome ? append(base: homeText()) : CommandBase.unknown
    }
    let text = facts.operands[first].text
    // `cd -P` and `-L` change it alike; `pushd` has no such options.
    let hasOptions = !facts.invocations[Int(frame.index)].options.isEmpty
    if operands.count > 1 || hasOptions && !isHome { return CommandBase.unknown }
    if let known = facts.knownText(text), known.isEmpty || isDash(known) {
      return CommandBase.unknown
    }
    if directories.searches && !startsHere(text) { return CommandBase.unknown }
    return append(base: text)
  }

  /// Whether a directory is not looked for in those of `CDPATH`: it begins with a `/`, `.` or `..`.
  private mutating func startsHere(_ text: CommandText) -> Bool {
    if isAbsolute(text) { return true }
    guard text.partCount > 0 else { return false }
    let part = facts.line.parts[Int(text.firstPart)]
    guard part.kind == .literal else { return part.kind == .workingDirectory }
    let name = facts.line.text[part.range].prefix { $0 != UInt8(ascii: "/") }
    let isWhole = name.count < part.range.count || text.partCount == 1
    return isWhole && name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
  }

  /// `-`, `+1`, `-2`.
  private mutating func isDash(_ text: Range<Int>) -> Bool {
    let first = facts.line.text[text.lowerBound]
    return first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
  }

  private mutating func homeText() -> CommandText {
    let part = UInt32(truncatingIfNeeded: facts.line.parts.count)
    facts.line.parts.append(ShellPart(kind: .home, isQuoted: true))
    return CommandText(firstPart: part, partCount: 1)
  }

  /// Adds a directory that starts from the present one.
  mutating func append(base text: CommandText) -> Int32 {
    append(base: text, from: base)
  }

  /// Adds a directory that starts from another; the unknown one past the limits of a chain.
  ///
  /// - Parameter isDoubtful: whether the present one may stay.
  mutating func append(
    base text: CommandText, from parent: Int32, isDoubtful: Bool = false
  ) -> Int32 {
    var link = CommandBase(parent: parent, text: text, isDoubtful: isDoubtful)
    link.text.base = parent
    // An absolute directory is known wherever it is changed from.
    link.isFixed = isAbsolute(text) && !isDoubtful
    var byteCount = 0
    if !link.isFixed {
      let before = facts.bases[Int(parent)]
      (link.depth, link.doubts) = (before.depth, before.doubts)
      byteCount = Int(before.byteCount)
    }
    for index in text.parts where facts.line.parts[index].kind.isSpelt {
      byteCount += facts.line.parts[index].range.count
    }
    if isDoubtful { link.doubts += 1 }
    guard link.depth < CommandBase.chainLimit, link.doubts <= CommandBase.doubtLimit,
      byteCount <= Int(CommandBase.textLimit)
    else { return CommandBase.unknown }
    link.depth += 1
    link.byteCount = UInt16(truncatingIfNeeded: byteCount)
    facts.bases.append(link)
    return Int32(truncatingIfNeeded: facts.bases.count - 1)
  }

  private mutating func isAbsolute(_ text: CommandText) -> Bool {
    guard text.partCount > 0 else { return false }
    let part = facts.line.parts[Int(text.firstPart)]
    switch part.kind {
    case .home, .userHome: return true
    case .literal: return facts.line.text[part.range.lowerBound] == UInt8(ascii: "/")
    default: return false
    }
  }

  /// The first eight bytes of a text of the line as a number.
  mutating func key(_ range: Range<Int>) -> UInt64 {
    ShellName.key(facts.line.text, range.lowerBound, range.upperBound)
  }
}

extension ShellPart.Kind {
  /// Whether its text is that of a path.
  fileprivate var isSpelt: Bool {
    switch self {
    case .literal, .glob, .userHome, .shape: true
    case .home, .workingDirectory, .number, .substitution, .processInput, .processOutput,
      .unknown, .names, .below, .folders, .variable:
      false
    }
  }
}
