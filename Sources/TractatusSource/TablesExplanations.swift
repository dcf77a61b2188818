extension DiagnosticCode {
  /// The long explanations of T05xx, decision tables; nil for a code of another area.
  var tablesExplanation: String? {
    switch self {
    case .invalidRegularExpression:
      """
      Regular expressions have RE2's syntax: everything that can be matched in one pass over the
      text. Look-around and backreferences are not among it, because they would let one action
      stall a decision. The caret stands at the place inside the expression.

          deny when command matches /rm (-rf/     // the group is not closed
          deny when command matches /rm -rf/
      """
    case .invalidPattern:
      """
      A glob has `*`, `?`, `[a-z]` and `[!a-z]`; in `mentions`, `*` stands for up to three whole
      words and cannot be part of one.

          deny when path like "secrets/[a-"       // the class is not closed
          deny when path like "secrets/[a-z]*"
      """
    case .patternTooLarge:
      """
      Every pattern becomes an automaton of at most 10,000 states, so that matching stays within
      fixed time and memory. Counted repetitions of repetitions are what usually passes that.

          deny when command matches /(a{100}){200}/
      """
    case .extractionWithoutGroup:
      """
      An extraction takes what the first group of its expression matched, so there must be one.

          extract port from description matching /port \\d+/
          extract port from description matching /port (\\d+)/
      """
    case .conditionTooLarge:
      """
      A named condition stands for what it names wherever it is used. Names that use names twice
      and again twice double the condition each time; past the limit it is refused. Give the parts
      rules of their own, or test the lists directly.
      """
    case .tableTooLarge:
      """
      The conditions of all rules become rows of decision tables, one table for each action type. A
      rule on many types has rows in each of their tables. `on any`, fewer types on a rule, or
      lists instead of alternatives joined by `or` make fewer rows.
      """
    case .builtInDiffers:
      """
      Packages named `tractatus.…` are part of the program. A file of one in a rules folder is a
      copy to read; decisions are made by the built-in, so a copy that differs is refused. `check`,
      `lint` and `test` take the file in the built-in's place.
      """
    case .unknownBuiltIn:
      """
      Names that begin with `tractatus.` belong to the packages that come with the program. Give
      the package a name of your own.

          policy tractatus.mine "Ours" version "1.0.0"
          policy acme.mine "Ours" version "1.0.0"
      """
    default: nil
    }
  }
}
