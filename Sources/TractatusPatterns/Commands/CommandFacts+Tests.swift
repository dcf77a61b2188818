import TractatusValues

extension CommandFacts {
  /// Whether what one invocation writes can reach another: down a pipe, by a substitution of a
  /// process, in a text that the other runs, or in a file.
  ///
  /// - Parameters:
  ///   - source: the index of the invocation that writes.
  ///   - sink: the index of the one that reads or runs it.
  package func flows(from source: Int, into sink: Int) -> Bool {
    let first = line.commands[Int(invocations[source].command)]
    let second = line.commands[Int(invocations[sink].command)]
    if line.flows(from: first, into: second) { return true }
    for flow in flows where Int(flow.source) == source && Int(flow.sink) == sink { return true }
    return false
  }

  /// Whether an invocation is given the option of a spelling: as it stands, in a bundle, with its
  /// argument, or abbreviated; unknown when some word may be it.
  ///
  /// - Parameters:
  ///   - spelling: with its dashes.
  ///   - invocation: an index of `invocations`.
  package func isGiven(_ spelling: Span<UInt8>, by invocation: Int) -> Truth {
    let this = invocations[invocation]
    var result: Truth = this.flags.contains(.hasUnknownOption) ? .unknown : .false
    for index in this.options {
      let option = options[index]
      if option.option >= 0 {
        var body = this.bodies.upperBound
        while body > this.bodies.lowerBound {
          body -= 1
          guard let named = programs.option(spelled: spelling, in: Int(bodies[body])) else {
            continue
          }
          if named == Int(option.option) { result = result | option.certainty }
        }
      } else if spells(option, spelling) {
        result = result | option.certainty
      }
    }
    return result
  }

  /// Whether an option that is not declared is spelled so: the same text, or for one letter any
  /// word of letters after one dash that holds it.
  private func spells(_ option: CommandOption, _ spelling: Span<UInt8>) -> Bool {
    guard let text = knownText(option.spelling) else { return false }
    if isEqual(text, spelling) { return true }
    guard spelling.count == 2, spelling[0] == UInt8(ascii: "-"), text.count > 2,
      line.text[text.lowerBound] == UInt8(ascii: "-"),
      line.text[text.lowerBound + 1] != UInt8(ascii: "-")
    else { return false }
    var isFound = false
    for offset in text.dropFirst() {
      let byte = line.text[offset]
      guard byte & 0xDF >= 0x41 && byte & 0xDF <= 0x5A else { return false }
      if byte == spelling[1] { isFound = true }
    }
    return isFound
  }

  private func isEqual(_ range: Range<Int>, _ other: Span<UInt8>) -> Bool {
    guard range.count == other.count else { return false }
    for offset in 0..<other.count where line.text[range.lowerBound + offset] != other[offset] {
      return false
    }
    return true
  }
}
