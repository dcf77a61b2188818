extension DiagnosticCode {
  /// The long explanations of T02xx, tokens into a tree; nil for a code of another area.
  var syntaxExplanation: String? {
    switch self {
    case .expectedDeclaration:
      #"""
      After its `policy`, a file is a sequence of declarations, each of which begins with its
      word: `use`, `let`, `type`, `fact`, `action`, `otherwise`, `rule`, `instruction`,
      `boundary`, `requirement`, `threshold`, `monitor`, `waive` and `test`. `sealed`, `shadow`
      and `closed` stand before some.

          rule no_force "History is not rewritten" {
            on bash
            deny when command like "*--force*"
          }
      """#
    case .expectedToken:
      #"""
      The construct needs a word or sign that is not there. The message says which and why, and
      the fix-it puts it in; what follows was read as if it had been there.

          let hosts = ["db1", "db2"]    // not: let hosts ["db1" "db2"]
      """#
    case .misspeltKeyword:
      #"""
      The word is none of those that may stand here, and close to one of them. It was taken for
      that one, so that the rest of the declaration could be checked.

          instruction inst_042 "Check the port" {    // not: instrution
      """#
    case .expectedName:
      #"""
      Something is named here: a declaration, a parameter, an attribute, an action type. A name is
      of letters, digits and `_`, and begins with no digit; a path is names with dots between
      them.

          let production_hosts = ["db1"]
          use tractatus.actions
      """#
    case .expectedCondition:
      #"""
      `when`, `unless`, `require`, `and`, `or`, `not` and `(` are followed by a condition, which
      is a test of an attribute, or such tests with `and`, `or` and `not`:

          deny when environment == production and not on_main
      """#
    case .expectedTest:
      #"""
      An attribute is tested by a sign or an operator word and a value; `==` compares, while `=`
      gives a name its value:

          port == 27017             path like "**/.env*"
          port in 1..1024           command matches /rm\s+-rf/
          host in ["db1", "db2"]    created_at within 24 hours
      """#
    case .expectedValue:
      #"""
      A value is a string, a number, a percentage, a date or time, `true` or `false`, a regular
      expression, a list in brackets, a record in braces, or a name.

          deny when host in ["db1", backup_host]
      """#
    case .mixedConnectives:
      #"""
      `a or b and c` can be read in two ways, and a rule must be read in one. Put in parentheses
      what belongs together:

          deny when a or (b and c)
          deny when (a or b) and c
      """#
    case .unclosedBrace:
      #"""
      The body that begins with `{` has no `}` before the next declaration or the end of the file.

          rule r "R" {
            on bash
            deny
          }
      """#
    case .unclosedBracket:
      #"""
      A list in `[` `]`, a record in `{` `}` or a condition in `(` `)` is not closed. The second
      place shown is where it begins.

          deny when (a or b) and host in ["db1", "db2"]
      """#
    case .strayCloser:
      #"""
      A `}`, `)` or `]` closes nothing that is open. There is one too many, or the opening sign is
      missing.

          deny when (a or b)    // not: deny when a or b)
      """#
    case .nestingTooDeep:
      #"""
      Brackets, `not`, `list of` and values nest to at most 64 levels, so that no file can exhaust
      the compiler. Give a part a name:

          let risky = (a or b) and (c or d)
          rule r { on any deny when risky and e }
      """#
    case .missingPolicy:
      #"""
      A file begins with the package that it belongs to, its title and its version. Several files
      may belong to one package.

          policy acme.platform "Acme platform engineering" version "1.4.0"
      """#
    case .repeatedPolicy:
      #"""
      A file belongs to one package, which it names once, at its beginning. Put the declarations
      of another package in a file of its own:

          policy acme.platform "Acme platform engineering" version "1.4.0"
      """#
    case .misplacedModifier:
      #"""
      `sealed` stands before policy rules, `threshold`, `action` and `otherwise`, and shuts out
      what would loosen them from other packages. `shadow` stands before policy rules and
      `threshold`, which are then only reported. `closed` stands before `action`, which then
      rejects parameters that it does not declare.

          sealed boundary agency "User agency" { on any needs human judgment }
      """#
    case .misplacedMetadata:
      #"""
      A policy rule is metadata, then one `on`, then clauses, so that a reader finds what it is
      about before what it does:

          instruction inst_042 "Check the port" {
            persistence: high
            on database_connect
            expect port == 27027
          }
      """#
    case .missingOn:
      #"""
      A policy rule says by `on` which action types it is about; `on any` is all of them. Without
      it nobody could tell a rule for everything from one whose `on` was forgotten.

          rule no_force "History is not rewritten" {
            on bash
            deny when command like "*--force*"
          }
      """#
    case .repeatedClause:
      #"""
      The clause stands once in its body. A second one would have to win or lose against the
      first, and order has no meaning here. Put both into one, or make two declarations.

          on bash, deploy when facts.environment == production
      """#
    case .unexpectedClause:
      #"""
      What stands here begins no clause of this body. The note lists what may stand in it. What
      stood there was skipped up to the next clause.

          rule r "R" {
            on bash
            deny when command like "*--force*"
            offer "Use --force-with-lease."
          }
      """#
    case .expectedShape:
      #"""
      A type is a name (`text`, `int in 1..65535`), an enumeration, a list or a record:

          type environment = one of [dev, staging, production]
          type hosts = list of host
          type window = { from: time, until: time optional }
      """#
    case .expectedVerdict:
      #"""
      The verdicts are `allow`, `warn`, `ask` and `deny`, from the mildest to the most severe.

          otherwise ask because "Nothing is decided about this action."
      """#
    case .expectedAmount:
      #"""
      An amount is a number and a unit: messages, tokens, calls, seconds, minutes, hours, days or
      weeks, also in the singular.

          component BoundaryEnforcer stale after 20 messages or 30_000 tokens
      """#
    case .reservedName:
      #"""
      The words that conditions and clauses use cannot be bare names, for a reader and the parser
      would take them for what they mean. In backticks, before `:` and after `.` every word is a
      name:

          deny when `on` == 1 and facts.when == 2
      """#
    case .tooManyDiagnostics:
      #"""
      After 1,000 diagnostics the others of the file are not shown. Such a file is mostly no rule
      file at all, or one mistake near its beginning, such as a missing quote, makes the rest
      unreadable:

          rule r "R { on any deny }    // the title's closing quote is missing
      """#
    case .expectedLiteral:
      #"""
      A literal of one kind is needed here, written out: a string for titles, reasons and names of
      tools, a regular expression after `matching`, a percentage for weights and levels, a date in
      waivers.

          factor tokens 60% = session.tokens / session.token_budget
          level elevated from 30% warn because "Verify more carefully."
      """#
    case .misplacedInstead:
      #"""
      `instead of` names the usual default that a wrong action would have, and `correct` lets the
      action proceed with the expected value. Both need one expected value, which only `==` gives:

          expect port == 27027 instead of 27017 correct
      """#
    case .incompleteTest:
      #"""
      A test has one action and the verdict that is expected for it; what the surroundings supply
      stands in `given`:

          test "the usual default is refused" {
            given { facts.environment: dev }
            action database_connect { host: "localhost", port: 27017 }
            expect deny by inst_042
          }

      A proof has a claim:

          prove "nothing is pushed by force" { never allow bash when command runs "git push" with "-f" }
      """#
    default: nil
    }
  }
}
