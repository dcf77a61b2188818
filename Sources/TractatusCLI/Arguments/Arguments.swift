import TractatusSource

/// Why a command line could not be taken.
package struct UsageError: Error, Equatable {
  /// What is wrong, starting in lower case.
  package var message: String
}

/// The arguments of one command, sorted into options and operands.
package struct Arguments: Sendable {
  private var given: [String: [String]] = [:]
  /// What is no option, in order.
  package private(set) var operands: [String] = []

  /// Sorts a command's words.
  ///
  /// `--name value` and `--name=value` are the same; `--` ends the options; `-` is an operand.
  ///
  /// - Throws: `UsageError` for an unknown option, a missing, unwanted or wrong value, and a second
  ///   use of what does not repeat.
  package init(_ words: some Sequence<String>, options: [Option]) throws(UsageError) {
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try take(word, rest: &rest, options: options)
    }
  }

  /// Whether a flag was given.
  package func has(_ name: String) -> Bool { given[name] != nil }

  /// An option's only value.
  package func value(_ name: String) -> String? { given[name]?.first }

  /// An option's only value, a whole number; `value` without the option.
  ///
  /// - Throws: `UsageError` for what is none in the range.
  package func number(
    _ name: String, default value: Int, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int {
    guard let text = self.value(name) else { return value }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        message: "`--\(name)` takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// All values of an option that repeats.
  package func values(_ name: String) -> [String] { given[name] ?? [] }

  private mutating func take(
    _ word: String, rest: inout ArraySlice<String>, options: [Option]
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    guard
      let option = options.first(where: { option in
        spelling == "--" + option.name || option.short.map { spelling == "-\($0)" } ?? false
      })
    else {
      let names = options.map { "--" + $0.name }
      let near = NearName.nearest(to: spelling, among: names)
      let hint = near.map { "; did you mean `\($0)`?" } ?? ""
      throw UsageError(message: "there is no option `\(spelling)`\(hint)")
    }
    if given[option.name] != nil, !option.repeats {
      throw UsageError(message: "`--\(option.name)` is given twice")
    }
    var value = parts.count == 2 ? String(parts[1]) : nil
    if let name = option.value {
      if value == nil, let next = rest.first, next == "-" || !next.hasPrefix("-") {
        value = rest.popFirst()
      }
      guard let value else {
        throw UsageError(message: "`--\(option.name)` needs a value: \(name)")
      }
      if !option.choices.isEmpty, !option.choices.contains(value) {
        let choices = option.choices.joined(separator: ", ")
        let near = NearName.nearest(to: value, among: option.choices)
        let hint = near.map { "; did you mean `\($0)`?" } ?? ""
        throw UsageError(
          message: "`--\(option.name)` takes one of \(choices), not `\(value)`\(hint)")
      }
    } else if value != nil {
      throw UsageError(message: "`--\(option.name)` takes no value")
    }
    given[option.name, default: []].append(value ?? "")
  }
}
