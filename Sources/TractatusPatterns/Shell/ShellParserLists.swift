extension ShellParser {
  /// Follows the commands of a list in order.
  mutating func run(sequence index: Int) {
    guard index < reader.nodes.count, node(index).kind == .sequence else { return }
    depth += 1
    defer { depth -= 1 }
    let end = Int(node(index).next)
    var child = pastBodies(index + 1, end)
    while child < end { child = pastBodies(runAndOr(child, end), end) }
  }

  /// The first node from `child` on that is no here-document's body.
  mutating func pastBodies(_ child: Int, _ end: Int) -> Int {
    var child = child
    while child < end, node(child).kind == .hereBody { child = Int(node(child).next) }
    return child
  }

  /// Follows pipelines joined by `&&` and `||`; gives the index of the node after them.
  private mutating func runAndOr(_ first: Int, _ end: Int) -> Int {
    let saved = context
    let mark = variables.mark()
    let isBackground = node(first).has(ShellNode.background)
    context.flags.subtract(ShellCommand.Flags.joints)
    if isBackground { context.flags.insert(.background) }
    var child = pastBodies(runPipeline(first, end), end)
    var certain = variables.mark()
    var follows = false
    while child < end {
      let joint = node(child).joint
      guard joint == .and || joint == .or else { break }
      // After `&&` all before it has run; what `||` may have skipped is certain no more.
      if joint == .or || follows {
        variables.kill(since: certain)
        certain = variables.mark()
      }
      follows = joint == .or
      context.flags.insert(.conditional)
      context.flags.subtract(ShellCommand.Flags.joints)
      context.flags.insert(joint == .and ? .followsSuccess : .followsFailure)
      child = pastBodies(runPipeline(child, end), end)
      step()
    }
    context.flags.subtract(ShellCommand.Flags.joints)
    if context.flags != saved.flags.subtracting(ShellCommand.Flags.joints) {
      variables.kill(since: certain)
    }
    context = saved
    if isBackground { variables.undo(mark) }
    return child
  }

  /// Follows the commands of a pipeline; gives the index of the node after it.
  private mutating func runPipeline(_ first: Int, _ end: Int) -> Int {
    let saved = context
    defer { context = saved }
    if node(first).has(ShellNode.negated) { context.flags.insert(.negated) }
    if node(first).has(ShellNode.timed) { context.flags.insert(.timed) }
    var child = first
    var next = pastBodies(Int(node(first).next), end)
    guard next < end, node(next).joint.isPipe else {
      run(command: first)
      return next
    }
    let pipeline = line.pipelineCount
    line.pipelineCount += 1
    var place: Int32 = 0
    while true {
      let isLast = next >= end || !node(next).joint.isPipe
      line.stages.append(
        ShellStage(
          pipeline: pipeline, place: place, enclosing: saved.stage,
          sendsErrors: !isLast && node(next).joint == .pipeBoth))
      context.stage = Int32(truncatingIfNeeded: line.stages.count - 1)
      let mark = variables.mark()
      run(command: child)
      // Each runs in a subshell, save that the last may not, by an option.
      if isLast { variables.kill(since: mark) } else { variables.undo(mark) }
      if isLast { return next }
      child = next
      next = pastBodies(Int(node(child).next), end)
      place += 1
    }
  }

  /// Adds a command that lies where we are.
  mutating func add(_ kind: ShellCommand.Kind, _ index: Int) -> Int {
    var command = ShellCommand()
    command.kind = kind
    command.relation = context.relation
    command.flags = context.flags
    if context.isRepeated { command.flags.insert(.mayRepeat) }
    command.level = context.level
    command.parent = context.parent
    command.stage = context.stage
    command.range = origin(Int(node(index).start), Int(node(index).end))
    command.firstWord = UInt32(truncatingIfNeeded: line.words.count)
    command.firstAssignment = UInt32(truncatingIfNeeded: line.assignments.count)
    command.firstRedirection = UInt32(truncatingIfNeeded: line.redirections.count)
    line.commands.append(command)
    step()
    return line.commands.count - 1
  }

  /// Follows a command of any kind.
  mutating func run(command index: Int) {
    reader.nodes[index].flags |= ShellNode.followed
    switch node(index).kind {
    case .simple: runSimple(index)
    case .subshell: runSubshell(index)
    case .group, .ifClause, .whileLoop: runGroup(index)
    case .forLoop: runLoop(index)
    case .arithmeticFor: runArithmeticLoop(index)
    case .caseClause: runChoice(index)
    case .function: runFunction(index)
    case .coprocess: runCoprocess(index)
    case .condition: runCondition(index)
    case .arithmeticCommand: runArithmeticCommand(index)
    default: break
    }
  }

  /// Goes inside a command; gives the place to come back to.
  mutating func enter(
    _ command: Int, _ relation: ShellCommand.Relation = .body
  ) -> ShellContext {
    let saved = context
    context.parent = Int32(truncatingIfNeeded: command)
    context.relation = relation
    context.flags.subtract([.negated, .timed, .followsSuccess, .followsFailure])
    return saved
  }

  /// Runs the lists that are children of a node, from the child `from` on; each after the first
  /// may not run.
  private mutating func runBranches(_ index: Int, from child: Int) {
    let end = Int(node(index).next)
    var child = child
    var isFirst = true
    while child < end {
      if node(child).kind == .sequence {
        if isFirst {
          run(sequence: child)
          isFirst = false
        } else {
          runBranch(child)
        }
      }
      child = Int(node(child).next)
      step()
    }
  }

  /// Runs a list that may be skipped.
  private mutating func runBranch(_ child: Int) {
    let saved = context.flags
    context.flags.insert(.conditional)
    let mark = variables.mark()
    let first = line.commands.count
    run(sequence: child)
    if first < line.commands.count { line.commands[first].flags.insert(.begins) }
    variables.kill(since: mark)
    context.flags = saved
  }

  private mutating func runSubshell(_ index: Int) {
    let command = add(.subshell, index)
    takeRedirections(of: index, for: command)
    let saved = enter(command)
    let mark = variables.mark()
    run(sequence: pastBodies(index + 1, Int(node(index).next)))
    variables.undo(mark)
    context = saved
  }

  /// Follows `{ … }`, `if`, `while` and `until`.
  private mutating func runGroup(_ index: Int) {
    let command = add(.group, index)
    takeRedirections(of: index, for: command)
    let saved = enter(command)
    if node(index).kind == .whileLoop { enterLoop(index) }
    runBranches(index, from: index + 1)
    context = saved
  }

  /// Makes unknown what an earlier round of a loop may have changed.
  private mutating func enterLoop(_ index: Int) {
    context.repeats = true
    context.isRepeated = true
    context.flags.insert(.conditional)
    scan(node: index, .kill)
    if !functions.isEmpty || anyFunction { variables.noteCall() }
  }

  /// Follows `for` and `select`: over a few words that are known round by round, else once with a
  /// variable that is unknown.
  private mutating func runLoop(_ index: Int) {
    let command = add(.loop, index)
    let end = Int(node(index).next)
    let name = index + 1
    guard isNamed(index) else { return }
    takeRedirections(of: index, for: command)
    let base = pendingWords.count
    var body = pastBodies(Int(node(name).next), end)
    let outside = enter(command, .substitution)
    while body < end, node(body).kind != .sequence {
      if node(body).kind == .word { expand(word: body, fields: true) }
      body = pastBodies(Int(node(body).next), end)
    }
    context = outside
    let words = commitWords(from: base)
    line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
    line.commands[command].wordCount = UInt32(truncatingIfNeeded: words.count)
    let saved = enter(command)
    enterLoop(index)
    let id = variables.add(
      Int(node(name).start)..<Int(node(name).end), in: reader.bytes)
    let cost = (end - body) * words.count
    let bytes = body < end ? Int(node(body).end) - Int(node(body).start) : 0
    let isList = node(index).has(ShellNode.hasList) && !node(index).has(ShellNode.variant)
    if isList, !words.isEmpty, words.count <= 32, cost <= unrollBudget,
      bytes * words.count <= unrollBytes
    {
      unrollBudget -= cost
      unrollBytes -= bytes * words.count
      context.isRepeated = saved.isRepeated
      for word in words {
        let mark = variables.mark()
        setLoopVariable(id, word)
        if body < end { run(sequence: body) }
        variables.kill(since: mark)
      }
    } else {
      variables.kill(id)
      if body < end { runBranch(body) }
    }
    variables.kill(id)
    context = saved
  }

  /// Assigns a word of a list to the loop's variable.
  private mutating func setLoopVariable(_ id: Int, _ index: Int) {
    let word = line.words[index]
    // One of several words has nothing of the whole but what it came from.
    if word.flags.contains([.mayBeMany, .hasUnknown]) && word.partCount != 1 {
      variables.kill(id)
    } else {
      variables.set(
        id, ShellValue(kind: .scalar, first: UInt32(truncatingIfNeeded: index), count: 1))
    }
  }

  private mutating func runArithmeticLoop(_ index: Int) {
    let command = add(.arithmetic, index)
    takeRedirections(of: index, for: command)
    let saved = enter(command)
    enterLoop(index)
    let head = index + 1
    runArithmetic(head, command: command)
    let body = pastBodies(Int(node(head).next), Int(node(index).next))
    if body < Int(node(index).next) { runBranch(body) }
    context = saved
  }

  private mutating func runChoice(_ index: Int) {
    let command = add(.choice, index)
    let end = Int(node(index).next)
    takeRedirections(of: index, for: command)
    let base = pendingWords.count
    let inside = enter(command, .substitution)
    var child = index + 1
    // The subject and all patterns first: they stand together as the command's words.
    while child < end {
      if node(child).kind == .word {
        expand(word: child, fields: false)
      } else if node(child).kind == .caseItem {
        var pattern = child + 1
        while pattern < Int(node(child).next) {
          if node(pattern).kind == .word { expand(word: pattern, fields: false) }
          pattern = Int(node(pattern).next)
        }
      }
      child = Int(node(child).next)
    }
    context = inside
    let words = commitWords(from: base)
    line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
    line.commands[command].wordCount = UInt32(truncatingIfNeeded: words.count)
    let saved = enter(command)
    child = index + 1
    while child < end {
      if node(child).kind == .caseItem {
        var body = child + 1
        while body < Int(node(child).next) {
          if node(body).kind == .sequence { runBranch(body) }
          body = Int(node(body).next)
        }
      }
      child = Int(node(child).next)
    }
    context = saved
  }

  private mutating func runFunction(_ index: Int) {
    let command = add(.function, index)
    let end = Int(node(index).next)
    let base = pendingWords.count
    var body = index + 1
    let outside = enter(command, .substitution)
    while body < end, node(body).kind == .word {
      expand(word: body, fields: false)
      body = pastBodies(Int(node(body).next), end)
    }
    context = outside
    let words = commitWords(from: base)
    line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
    line.commands[command].wordCount = UInt32(truncatingIfNeeded: words.count)
    if let word = words.first, let name = line.knownText(line.words[word]) {
      functions.insert(ShellVariables.hash(reader.bytes.span, name))
    } else {
      anyFunction = true
    }
    if !variables.isCounted {
      variables.isCounted = true
      scan(0..<reader.nodes.count, .count)
    }
    scan(node: index, .noteFunction)
    let saved = enter(command, .function)
    context.repeats = true
    context.isRepeated = true
    context.flags.insert(.conditional)
    let outer = variables.enterBody()
    let mark = variables.mark()
    if body < end { run(command: body) }
    variables.undo(mark)
    variables.bodyFloor = outer
    context = saved
  }

  private mutating func runCoprocess(_ index: Int) {
    let command = add(.coprocess, index)
    let end = Int(node(index).next)
    var body = index + 1
    if body < end, node(body).kind == .name {
      let base = pendingWords.count
      appendKnown(Int(node(body).start), Int(node(body).end))
      let words = commitWords(from: base)
      line.commands[command].firstWord = UInt32(truncatingIfNeeded: words.lowerBound)
      line.commands[command].wordCount = 1
      body += 1
    }
    let saved = enter(command)
    context.flags.insert(.background)
    let mark = variables.mark()
    if body < end { run(command: body) }
    variables.undo(mark)
    if isNamed(index) {
      let name = node(index + 1)
      variables.kill(variables.add(Int(name.start)..<Int(name.end), in: reader.bytes))
    }
    context = saved
  }
}
