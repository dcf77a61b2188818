import TractatusSource
import TractatusSyntax

extension Checker {
  /// Whether the words of a term name a program; reports them otherwise.
  func checkTerm(_ term: ProgramTerm, at span: SourceSpan) -> Bool {
    guard let name = term.words.first else {
      report(.wrongProgram, "no program has an empty name", at: span)
      return false
    }
    guard term.words.count > 1 else {
      return checkProgramName(name, at: span) && !isGlob(term, span)
    }
    if name.contains("/") || name.lowercased().hasSuffix(".exe") {
      let base = name.split(separator: "/").last.map(String.init) ?? name
      let short = base.lowercased().hasSuffix(".exe") ? String(base.dropLast(4)) : base
      let better = ([short] + term.words.dropFirst()).joined(separator: " ")
      report(
        .wrongProgram, "a program is named by what follows the last `/`, without `.exe`", at: span,
        fixIts: [FixIt("write `\(better)`", replacing: span, with: "\"\(better)\"")])
      return false
    }
    if let option = term.words.dropFirst().first(where: { $0.hasPrefix("-") && $0 != "-" }) {
      let words = term.words.prefix { $0 != option }.joined(separator: " ")
      let isLong = option.hasPrefix("--") || option.utf8.count == 2
      report(
        .wrongProgram,
        "`\(option)` is an option, which `runs` looks past; it is tested by `with`", at: span,
        notes: [
          "Write `runs \"\(words)\" with \"\(option)\"`"
            + (isLong ? "." : ", one letter at a time.")
        ])
      return false
    }
    return !isGlob(term, span)
  }

  private func isGlob(_ term: ProgramTerm, _ span: SourceSpan) -> Bool {
    guard term.words.contains(where: { $0.contains("*") || $0.contains("?") }) else { return false }
    report(
      .wrongProgram, "programs are named one by one, not by a pattern", at: span,
      notes: ["Operands are tested by `operand like`, texts by `like` and `matches`."])
    return true
  }

  /// Whether a text can be given as an option of programs; reports it otherwise.
  func checkOption(_ option: String, of programs: [ProgramTerm]?, at span: SourceSpan) -> Bool {
    if option.isEmpty || option == "--"
      || option.unicodeScalars.contains(where: { $0.value <= 0x20 })
    {
      report(
        .wrongProgram,
        option == "--"
          ? "`--` ends the options and is none"
          : option.isEmpty ? "no option has an empty spelling" : "an option has no blank in it",
        at: span)
      return false
    }
    if option.hasSuffix("=") || option.hasPrefix("+") { return true }
    if isDeclared(option, of: programs) { return true }
    guard option.hasPrefix("-") else {
      let near = ["-" + option, "--" + option].first { isDeclared($0, of: programs) }
      report(
        .wrongProgram, "an option begins with `-`" + suggestion(near), at: span,
        notes: near == nil ? ["Other words of a command are tested by `operand`."] : [],
        fixIts: near.map { [FixIt("write `\($0)`", replacing: span, with: "\"\($0)\"")] } ?? [])
      return false
    }
    return !isBundle(option, of: programs, at: span)
  }

  /// Whether an option spells several declared letters, each of which may be given by itself.
  private func isBundle(
    _ option: String, of programs: [ProgramTerm]?, at span: SourceSpan
  ) -> Bool {
    let letters = option.dropFirst()
    guard letters.count > 1, !option.hasPrefix("--"),
      letters.allSatisfy({ isDeclared("-\($0)", of: programs) })
    else { return false }
    let parts = letters.map { "\"-\($0)\"" }.joined(separator: ", ")
    report(
      .wrongProgram,
      "`\(option)` is a bundle of options, which may also be given one by one", at: span,
      notes: ["Write `with all [\(parts)]`."])
    return true
  }

  /// Whether some of the programs, at any level, has an option of a spelling; of all without
  /// programs.
  private func isDeclared(_ option: String, of programs: [ProgramTerm]?) -> Bool {
    guard let programs else {
      return policy.programs.contains { program in
        program.names.contains { spellings(of: $0).contains(option) }
      }
    }
    return programs.contains { term in
      term.words.first.map { spellings(of: $0).contains(option) } ?? false
    }
  }

  private func spellings(of name: String) -> Set<String> {
    if let known = programSpellings[name] { return known }
    var found: Set<String> = []
    var work = (programNumbers[name] ?? []).map { policy.programs[$0].body }
    while let body = work.popLast() {
      for option in body.options { found.formUnion(option.spellings) }
      work += body.subcommands.map(\.body)
    }
    programSpellings[name] = found
    return found
  }
}
