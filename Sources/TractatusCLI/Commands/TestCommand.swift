extension Command {
  /// `tractatus test`.
  static let test = Command(
    "test", group: .author, summary: "run every test, example and proof", operands: "[PATH…]",
    options: [
      .rules,
      .instructions,
      Option(
        "filter", value: "TEXT", repeats: true,
        "only those whose name, rule or package holds this text (any of several)"),
      Option(
        "coverage", value: "FORMAT", choices: ["text", "json", "lcov"],
        "which rules, clauses and table rows were reached: text, json or lcov"),
      Option(flag: "mutate", "change the rules a little, again and again: does a test notice?"),
      Option("limit", value: "N", "changes that are tried at most (default: 1000)"),
      Option("seed", value: "N", "which are tried when there are more (default: 1)"),
      Option("min-score", value: "N", "fail when less than N percent of the changes are noticed"),
      .reportFormat,
      .color,
    ],
    details: """
      PATH is the same as --rules PATH. Files of `tractatus.*` packages are taken in
      the built-in ones' place; those that are only used are not tested.

      --coverage counts for each clause how many actions found it true, unknown and
      false, and each row of its decision tables true. With json and lcov it is all
      that is printed; failures go to the error stream.

      --mutate judges changed copies of the rules by all tests and examples: another
      operator or verdict, a condition, list member, guard or clause less, the
      opposite of a test, a bound one unit off. What none of them notices is listed.
      A change that decides every action as before, or as another one, and one that
      does not compile, is not counted. --filter picks rules by their names then,
      --format is text or json, and no file is touched.

      Exit status: 0 all pass, 1 one fails or the score is too low, 2 the policy does
      not compile, or nothing fits the filter.
      """,
    example: "tractatus test --filter database rules"
  ) { arguments, console throws(UsageError) in
    try TestSession.run(arguments, console)
  }
}
