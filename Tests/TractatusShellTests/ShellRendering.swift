import TractatusPatterns

/// A parsed line as text, for golden data: a command a line, those inside another indented.
struct ShellRendering {
  let line: ShellLine

  /// The line's commands and opacities.
  var text: String {
    var lines: [String] = []
    for index in line.commands.indices { lines.append(command(index)) }
    for opacity in line.opacities {
      lines.append(opacity.command < 0 ? "opaque: \(opacity.reason)" : "unsure: \(opacity.reason)")
    }
    return lines.joined(separator: "\n")
  }

  /// The words of the simple commands alone.
  var words: [String] {
    line.commands.filter { $0.kind == .simple && !$0.words.isEmpty }.map { command in
      command.words.map { word(line.words[$0]) }.joined(separator: " ")
    }
  }

  func command(_ index: Int) -> String {
    let this = line.commands[index]
    var depth = 0
    var parent = this.parent
    while parent >= 0 {
      depth += 1
      parent = line.commands[Int(parent)].parent
    }
    var items: [String] = []
    if this.kind != .simple { items.append("(\(this.kind))") }
    switch this.relation {
    case .none, .body: break
    default: items.append("\(this.relation):")
    }
    if this.flags.contains(.conditional) { items.append("?") }
    if this.flags.contains(.negated) { items.append("!") }
    if this.flags.contains(.background) { items.append("&") }
    if this.flags.contains(.timed) { items.append("time") }
    if this.flags.contains(.mayCallFunction) { items.append("function?") }
    if this.flags.contains(.mayBeAlias) { items.append("alias?") }
    if this.stage >= 0 {
      let stage = line.stages[Int(this.stage)]
      items.append("|\(stage.pipeline).\(stage.place)\(stage.sendsErrors ? "&" : "")")
    }
    for assignment in this.assignments {
      items.append(self.assignment(line.assignments[assignment]))
    }
    for word in this.words { items.append(self.word(line.words[word])) }
    for redirection in this.redirections {
      items.append(self.redirection(line.redirections[redirection]))
    }
    return String(repeating: "  ", count: depth) + items.joined(separator: " ")
  }

  func assignment(_ this: ShellAssignment) -> String {
    let name = text(Int(this.name.lowerBound)..<Int(this.name.upperBound))
    let words = (Int(this.firstWord)..<Int(this.firstWord + this.wordCount)).map {
      word(line.words[$0])
    }
    let value = this.isArray ? "(\(words.joined(separator: " ")))" : words.joined()
    return "[\(name)\(this.hasSubscript ? "[]" : "")\(this.appends ? "+" : "")=\(value)]"
  }

  func redirection(_ this: ShellRedirection) -> String {
    let sign =
      switch this.operation {
      case .input: "<"
      case .output: ">"
      case .append: ">>"
      case .clobber: ">|"
      case .inputOutput: "<>"
      case .duplicateInput: "<&"
      case .duplicateOutput: ">&"
      case .bothOutputs: "&>"
      case .bothAppend: "&>>"
      case .hereDocument: this.isVerbatim ? "<<''" : "<<"
      case .hereString: "<<<"
      }
    let fd =
      this.variable.isEmpty
      ? "\(this.descriptor)"
      : "{\(text(Int(this.variable.lowerBound)..<Int(this.variable.upperBound)))}"
    return "\(fd)\(sign)\(word(line.words[Int(this.target)]))"
  }

  func word(_ this: ShellWord) -> String {
    if this.partCount == 0 { return "{}" }
    var result = ""
    for index in this.parts {
      let part = line.parts[index]
      switch part.kind {
      case .literal: result += text(part.range)
      case .glob: result += "{*\(text(part.range))}"
      case .home: result += "{home}"
      case .userHome: result += "{~\(text(part.range))}"
      case .workingDirectory: result += "{cwd}"
      case .number: result += "{#}"
      case .variable: result += "{$\(text(part.range))}"
      case .substitution: result += "{sub}"
      case .processInput: result += "{in}"
      case .processOutput: result += "{out}"
      case .unknown, .names, .below, .folders, .shape: result += "{?}"
      }
    }
    if this.flags.contains(.mayBeMany) { result += "{..}" }
    return result
  }

  func text(_ range: Range<Int>) -> String {
    var result: [UInt8] = []
    for byte in line.text[range] {
      switch byte {
      case UInt8(ascii: " "): result += Array("\\s".utf8)
      case UInt8(ascii: "\n"): result += Array("\\n".utf8)
      case UInt8(ascii: "\t"): result += Array("\\t".utf8)
      case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        result += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F:
        result += Array("\\x".utf8)
        result += Array(String(byte, radix: 16).utf8)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// What a line parses to.
func parsed(_ text: String) -> ShellLine { parsed(Array(text.utf8)) }

/// What a line parses to.
func parsed(_ bytes: [UInt8]) -> ShellLine {
  var parser = ShellParser()
  var line = ShellLine()
  parser.parse(bytes.span, into: &line)
  return line
}
