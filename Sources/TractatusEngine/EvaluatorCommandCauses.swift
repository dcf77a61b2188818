import TractatusJSON
import TractatusPatterns

/// Why tests of places and of commands are unknown, as `grammar/semantics.md` §8 lists it.
extension Evaluator {
  /// Adds the causes of a test of places that is unknown.
  func collect(
    place test: UInt32, _ value: Value, isPath: Bool, _ slot: UInt32, into causes: inout Causes
  ) {
    guard value.state == .known else { return collect(value, into: &causes) }
    let count = causes.metCount
    if isPath {
      collect(TestInputs(rawValue: image.placeTests[at: test].inputs), into: &causes)
    }
    if causes.metCount == count { collect(unreadable: value, slot, into: &causes) }
  }

  /// Adds the directories that a test depends on and that nobody supplied: `cwd` for any test of
  /// directories, `project` for one that names it or a directory below it.
  private func collect(_ inputs: TestInputs, into causes: inout Causes) {
    if !inputs.isDisjoint(with: [.directory, .cwd]) {
      collect(supplied(.cwd), into: &causes)
    }
    if inputs.contains(.project) { collect(supplied(.project), into: &causes) }
  }

  /// What this decision's action says of a root, which an earlier one may have said more of.
  private func supplied(_ root: RootSlot) -> Value {
    let slot = rootSlot(root)
    return values[at: slot].epoch == epoch ? values[at: slot] : defaults[at: slot]
  }

  /// Adds the causes of a test of a command, or of one of its invocations, that is unknown.
  func collect(
    command test: UInt32, _ value: Value, _ commands: UInt32, _ name: String,
    into causes: inout Causes
  ) {
    guard value.state == .known else { return collect(value, into: &causes) }
    guard commands != noIndex else { return }
    let facts = commandMemories[at: commands].facts
    if facts.isOpaque {
      for opacity in facts.line.opacities {
        causes.add("`\(name)` is opaque: \(opacity.reason.words)")
      }
      for opacity in facts.opacities {
        causes.add("`\(name)` is opaque: \(opacity.reason.words)")
      }
      return
    }
    let count = causes.metCount
    let inputs = TestInputs(rawValue: image.commandTests[at: test].inputs)
    collect(inputs, into: &causes)
    if inputs.contains(.declarations) {
      let package = image.commandTests[at: test].package
      collectUndeclared(facts, name, package, into: &causes)
    }
    collectUnknownWords(facts, name, into: &causes)
    if causes.metCount == count { causes.add("`\(name)` cannot be known whole") }
  }

  /// Adds the programs that no package declares, and those that are given such options.
  private func collectUndeclared(
    _ facts: borrowing CommandFacts, _ name: String, _ package: UInt32, into causes: inout Causes
  ) {
    let visible = package == noIndex ? [] : visiblePackages(from: package)

    for invocation in facts.invocations where !invocation.name.isEmpty {
      let range = Int(invocation.name.lowerBound)..<Int(invocation.name.upperBound)
      let program = String(decoding: facts.line.text[range], as: UTF8.self)
      let isUnseen =
        package != noIndex && invocation.program >= 0
        && !facts.programs.packages(of: Int(invocation.program)).contains(where: visible.contains)
      if invocation.program < 0 || isUnseen {
        causes.add("`\(name)` runs the undeclared program `\(program)`")
      } else if invocation.flags.contains(.hasUndeclaredOption) {
        causes.add("`\(name)` gives `\(program)` an undeclared option")
      }
    }
  }

  /// A package and what it uses, directly or not.
  private func visiblePackages(from package: UInt32) -> [UInt32] {
    var visible = [package]
    var next = 0
    while next < visible.count {
      for index in image.packages[at: visible[next]].uses.range
      where !visible.contains(image.words[index]) {
        visible.append(image.words[index])
      }
      next += 1
    }
    return visible
  }

  /// Adds the words of the line itself of which something is not known, as they are spelled.
  private func collectUnknownWords(
    _ facts: borrowing CommandFacts, _ name: String, into causes: inout Causes
  ) {
    for command in facts.line.commands where command.level == 0 {
      for word in command.words { collect(word, of: facts, name, into: &causes) }
      for index in command.assignments {
        let assignment = facts.line.assignments[index]
        let first = Int(assignment.firstWord)
        for word in first..<(first + Int(assignment.wordCount)) {
          collect(word, of: facts, name, into: &causes)
        }
      }
      for index in command.redirections {
        let target = Int(facts.line.redirections[index].target)
        collect(target, of: facts, name, into: &causes)
      }
    }
  }

  private func collect(
    _ word: Int, of facts: borrowing CommandFacts, _ name: String, into causes: inout Causes
  ) {
    guard facts.line.words.indices.contains(word) else { return }
    let record = facts.line.words[word]
    guard !record.flags.isDisjoint(with: [.hasUnknown, .hasGlob]) else { return }
    let range = Int(record.range.lowerBound)..<Int(record.range.upperBound)
    guard range.upperBound <= facts.line.text.count else { return }
    let text = String(decoding: facts.line.text[range], as: UTF8.self)
    causes.add("`\(text)` of `\(name)` is not known")
  }

  /// Adds the causes of the unknown tests of a quantifier over the invocations of a command.
  mutating func collect(
    ofCommand quantifier: QuantifierRecord, _ list: Value, into causes: inout Causes,
    _ input: borrowing ActionInput
  ) {
    let commands = commandsOf(operand: quantifier.list)
    guard commands != noIndex else { return }
    readCommand(commands, list)
    let known = commandMemories[Int(commands)].knownCount
    for index in 0..<elementCount(commands) {
      elements.append(.invocation(index, of: commands, known: known))
      for place in quantifier.code.range { collect(step: image.code[place], into: &causes, input) }
      elements.removeLast()
    }
  }

  /// The name of a command that a test under a quantifier reads: that of the command whose
  /// invocation it is.
  func commandName(_ value: Value, _ name: Extent) -> String {
    guard value.document == Value.invocation else { return image.string(name) }
    for attribute in image.attributes where attribute.commands == value.subject {
      return image.string(attribute.name)
    }
    for operand in image.elementOperands where operand.commands == value.subject {
      return image.string(operand.name)
    }
    return image.string(name)
  }
}
