import TractatusPatterns

/// The facts of a line as text, for golden data: an invocation a line, what it runs indented.
///
/// `git commit -a! -m=text ?-x : operand ?operand | reads path | ?writes^ path@cd`: the name with
/// its subcommands, the options (`!`: not declared, `?`: unknown), the operands (`+`: also the
/// argument of an option), and the effects (`^`: recursive; after `@` the directory, if changed).
struct FactsRendering {
  let facts: CommandFacts

  var text: String {
    var lines: [String] = []
    for index in facts.invocations.indices { lines.append(invocation(index)) }
    let alone = facts.effects.filter { $0.invocation < 0 }
    if !alone.isEmpty { lines.append("- | " + alone.map(effect).joined(separator: " | ")) }
    for opacity in facts.line.opacities { lines.append("opaque: \(opacity.reason)") }
    for opacity in facts.opacities { lines.append("opaque: \(opacity.reason)") }
    return lines.joined(separator: "\n")
  }

  private func invocation(_ index: Int) -> String {
    let this = facts.invocations[index]
    var depth = 0
    var parent = this.parent
    while parent >= 0 {
      depth += 1
      parent = facts.invocations[Int(parent)].parent
    }
    var items: [String] = []
    if this.flags.contains(.nameUnknown) {
      items.append("<?>")
    } else {
      items.append(string(Int(this.name.lowerBound)..<Int(this.name.upperBound)))
    }
    if this.program < 0 { items[0] += "!" }
    if this.bodies.count > 1 { items[0] += "+\(this.bodies.count - 1)" }
    if this.flags.contains(.isElsewhere) { items.append("elsewhere") }
    if this.flags.contains(.mayBeOther) { items.append("other?") }
    if this.flags.contains(.hasUnknownOption) { items.append("options?") }
    for option in this.options { items.append(self.option(facts.options[option])) }
    if !this.operands.isEmpty { items.append(":") }
    for operand in this.operands {
      let operand = facts.operands[operand]
      items.append(
        (operand.certainty == .unknown ? "?" : "")
          + text(operand.text))
    }
    let line = String(repeating: "  ", count: depth) + items.joined(separator: " ")
    return ([line] + this.effects.map { effect(facts.effects[$0]) }).joined(separator: " | ")
  }

  private func option(_ option: CommandOption) -> String {
    var result = option.certainty == .unknown ? "?" : ""
    if option.option >= 0 {
      result += "#\(spelling(option.option))"
    } else {
      result += text(option.spelling) + "!"
    }
    if option.hasValue { result += "=" + text(option.value) }
    return result
  }

  /// The first spelling of a declared option.
  private func spelling(_ option: Int32) -> String {
    facts.programs.spelling(of: Int(option))
  }

  private func effect(_ effect: CommandEffectFact) -> String {
    var result = effect.certainty == .unknown ? "?" : ""
    result += "\(effect.verb)" + (effect.isRecursive ? "^" : "")
    switch effect.kind {
    case .none: return result
    case .unknown: return result + " ?"
    case .path: result += " "
    case .directory: return result + " cwd" + base(effect.target.base)
    default: result += " \(effect.kind) "
    }
    if effect.target.flags.contains(.isElsewhere) { result += "there:" }
    if effect.target.flags.contains(.isPattern) { result += "pattern:" }
    return result + text(effect.target)
      + (effect.kind == .path ? base(effect.target.base) : "")
  }

  private func base(_ index: Int32) -> String {
    switch index {
    case CommandBase.start: return ""
    case CommandBase.unknown: return "@?"
    default:
      let base = facts.bases[Int(index)]
      return (base.isDoubtful ? "@perhaps:" : "@") + text(base.text) + self.base(base.parent)
    }
  }

  private func text(_ text: CommandText) -> String {
    if text.partCount == 0 { return "''" }
    return text.parts.map { index in
      let part = facts.line.parts[index]
      switch part.kind {
      case .literal: return string(part.range)
      case .glob: return "{" + string(part.range) + "}"
      case .userHome: return "{home " + string(part.range) + "}"
      case .variable: return "{$" + string(part.range) + "}"
      default: return "{\(part.kind)}"
      }
    }.joined()
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: facts.line.text[range], as: UTF8.self)
      .replacing(" ", with: "\u{2423}").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
  }
}

/// The facts of a line.
func facts(_ line: String, _ programs: ProgramTable) -> CommandFacts {
  var reader = CommandReader()
  var facts = CommandFacts()
  let bytes = Array(line.utf8)
  reader.read(bytes.span, programs: programs, into: &facts)
  return facts
}
