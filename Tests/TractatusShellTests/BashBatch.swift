/// Bash's parser, asked about many lines at once. Nothing of them is run.
enum BashBatch {
  /// Whether bash takes each line as a line of its own; nil where there is no bash.
  ///
  /// The lines are made bodies of functions, many in a script that is only parsed, and a script
  /// that bash refuses is halved. What is left over, and `suspects`, which could end the function
  /// or swallow the next, is asked alone.
  static func taken(_ lines: [String], suspects: Set<Int>) -> [Bool]? {
    var taken = [Bool](repeating: true, count: lines.count)
    var alone = suspects.sorted()
    var pending: [ArraySlice<Int>] = []
    let rest = lines.indices.filter { !suspects.contains($0) }
    for start in stride(from: 0, to: rest.count, by: 256) {
      pending.append(rest[start..<min(start + 256, rest.count)])
    }
    while let batch = pending.popLast() {
      let script = batch.map { "probe() {\n\(lines[$0])\n}\n" }.joined()
      guard let (status, _) = ShellBashTests.ask(["-n"], script) else { return nil }
      if status == 0 { continue }
      if batch.count == 1 {
        alone.append(contentsOf: batch)
      } else {
        let middle = batch.startIndex + batch.count / 2
        pending += [batch[..<middle], batch[middle...]]
      }
    }
    for index in alone {
      guard let (status, _) = ShellBashTests.ask(["-n"], lines[index] + "\n") else { return nil }
      taken[index] = status == 0
    }
    return taken
  }

  /// Each line as bash prints it back from the body of a function that is declared and never
  /// called; nil for one that has no such body.
  ///
  /// The shell is a restricted one, without programs, and without the builtins that could end
  /// another process or itself, so that even a line that ended the function would run nothing.
  static func bodies(_ lines: [String]) -> [String?]? {
    let driver = """
      enable -n kill exec exit trap suspend ulimit umask
      while IFS= builtin read -r -d '' text; do
        unset -f probe
        eval "$text" </dev/null
        declare -f probe
        printf '\\0'
      done
      """
    var bodies: [String?] = []
    var rest = lines[...]
    while !rest.isEmpty {
      // What bash prints must fit into a pipe while it is still being written to.
      var byteCount = 0
      let batch = rest.prefix { line in
        defer { byteCount += line.utf8.count + 16 }
        return byteCount < 12_000
      }
      rest = rest.dropFirst(batch.count)
      let script = batch.map { "probe() {\n\($0)\n}\n\0" }.joined()
      guard let (_, output) = ShellBashTests.ask(["-r", "-c", driver], script) else { return nil }
      let printed = output.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
      guard printed.count == batch.count else { return nil }
      bodies += printed.map(body(of:))
    }
    return bodies
  }

  /// The body of a function as `declare -f` prints it.
  private static func body(of text: Substring) -> String? {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard rows.first == "probe () ", let end = rows.lastIndex(of: "}"), end >= 2 else {
      return nil
    }
    return rows[2..<end].joined(separator: "\n")
  }
}
