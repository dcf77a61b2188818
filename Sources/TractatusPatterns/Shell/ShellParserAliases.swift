extension ShellParser {
  /// Notes the aliases that an `alias` command defines.
  mutating func defineAliases(_ command: Int) {
    for index in arguments.indices.dropFirst() {
      let argument = arguments[index]
      guard argument.range.first.map({ reader.bytes[$0] }) != UInt8(ascii: "-") else { continue }
      guard
        let equals = argument.range.first(where: { reader.bytes[$0] == UInt8(ascii: "=") })
      else {
        // A name alone is printed; an unknown word may define anything.
        if !argument.isWhole { noteUnknownAlias(command) }
        continue
      }
      let name = argument.range.lowerBound..<equals
      let hash = ShellVariables.hash(reader.bytes.span, name)
      let isKeyword =
        name.count <= 8 && isReserved(ShellName.key(reader.bytes, name.lowerBound, equals))
      if isKeyword || name.isEmpty { noteUnknownAlias(command) }
      aliases[hash] = ShellAlias(
        name: name, text: (equals + 1)..<argument.range.upperBound,
        isUncertain: !argument.isWhole || aliases[hash] != nil)
    }
  }

  private mutating func isReserved(_ key: UInt64) -> Bool {
    ShellName.endsList(key) || ShellName.beginsCompound(key) || key == ShellName.in
      || key == ShellName.bang || key == ShellName.time || key == ShellName.coproc
      || key == ShellName.function
  }

  private mutating func noteUnknownAlias(_ command: Int) {
    let range = line.commands[command].range
    line.commands[command].flags.insert(.opaque)
    line.opacities.append(
      ShellOpacity(
        reason: .unknownAlias, range: range, command: Int32(truncatingIfNeeded: command)))
  }

  /// Follows the alias that a command's name may be: its text with the rest of the command after
  /// it, as shells paste them.
  mutating func runAlias(_ command: Int, _ index: Int) {
    let words = line.commands[command].words
    guard let name = line.knownText(line.words[words.lowerBound]) else { return }
    let hash = ShellVariables.hash(reader.bytes.span, name)
    guard let alias = aliases[hash], !activeAliases.contains(hash) else { return }
    line.commands[command].flags.insert(.mayBeAlias)
    let here = line.commands[command].redirections.contains {
      line.redirections[$0].operation == .hereDocument
    }
    let end = Int(node(index).end)
    guard let rest = restStart(index) else { return noteUnknownAlias(command) }
    let size = alias.text.count + max(0, end - rest) + 1
    reader.budget -= size
    guard !alias.isUncertain, !here, reader.budget >= 0, activeAliases.count < 8,
      depth < Self.depthLimit
    else { return noteUnknownAlias(command) }
    let region = reader.addRegion(standingFor: Int(node(index).start), end)
    for offset in alias.text { reader.bytes.append(reader.bytes[offset]) }
    for offset in rest..<max(rest, end) { reader.bytes.append(reader.bytes[offset]) }
    step(size)
    activeAliases.append(hash)
    let saved = enter(command, .text)
    context.level += 1
    reader.depth = depth
    let (root, fault) = reader.readText(region, reader.bytes.count)
    report(fault)
    run(sequence: root)
    context = saved
    activeAliases.removeLast()
  }

  /// Where the text after the command's first word begins.
  private mutating func restStart(_ index: Int) -> Int? {
    var child = index + 1
    let end = Int(node(index).next)
    while child < end {
      if node(child).kind == .word { return Int(node(child).end) }
      child = Int(node(child).next)
    }
    return nil
  }
}
