import TractatusSyntax

/// What the words of the language mean, in a sentence each.
enum WordMeanings {
  /// The meaning of a word in its place; nil for one that only joins others.
  static func meaning(of word: Word, _ nodes: [NodeID], _ tree: SyntaxTree) -> String? {
    if let kind = nodes.first.map({ tree.kind(of: $0) }), let special = special(word, kind) {
      return special
    }
    return meanings[word]
  }

  /// Words that mean something else where they stand.
  private static func special(_ word: Word, _ kind: SyntaxKind) -> String? {
    switch (word, kind) {
    case (.action, .actionSource): "a call of that action type is a call of this one too"
    case (.action, .testAction): "the action that the test judges"
    case (.within, .previously): "at most this long before; the bound is included"
    case (.expect, .testExpectation): "the verdict that the whole policy must give"
    case (.otherwise, .actionDeclaration): meanings[.otherwise]
    case (.all, .optionsTest): "all of the options, not one of them"
    case (.like, .programEffect): "each word that is printed is text of this glob"
    case (.within, .windowTest): "at most this long ago; the bound is included"
    case (.else, .factor): "the factor's value where an input is missing or a divisor is 0"
    case (.else, .factDeclaration): "the fact's value where nobody supplies it"
    case (.else, .elseVerdict): "the verdict where the requirement is not met"
    case (.from, .level): "the score at which the level begins; it ends where the next one does"
    case (.from, .waiveDeclaration): "the first day on which the waiver acts"
    case (.until, .waiveDeclaration): "the last day on which the waiver acts"
    case (.given, .givenScore): "the score that the caller may supply in the place of the sum"
    default: nil
    }
  }

  /// The meanings of words wherever they stand.
  static let meanings: [Word: String] = [
    .policy: "the package of the file, with its title and version; first in the file",
    .use: "makes the names of another package known, and loads it; every loaded package applies",
    .let: "names a constant, a list of terms, or a condition",
    .type: "names a type of values",
    .fact: "a fact about the surroundings that the caller supplies, read as `facts.…`",
    .action: "an action type: its parameters, and which calls are of it",
    .otherwise: "the default verdict, where no `allow` clause lifts it",
    .rule: "a policy rule",
    .instruction: "a policy rule that someone gave; its metadata decide how firmly it holds",
    .boundary: "a policy rule about a decision that belongs to people",
    .requirement: "a policy rule about what must have happened before",
    .threshold: "a weighted score from 0 to 1, with named levels if it has any",
    .monitor: "components of which the last use is tracked, checkpoints and reports",
    .waive: "an exemption from a rule, with dates, a reason and who approved it",
    .test: "an action with the verdict that the whole policy must give it",
    .prove: "a property of all actions, decided when the rules are checked",
    .always: "no action that this is about has a milder verdict",
    .never: "no action that this is about has this verdict; `never allow` excludes `warn`, too",
    .earlier: "an action that came before, whatever its verdict",
    .previously: "such an action came before in the session, not counting the current one",
    .where: "what the earlier action is asked; after `this.` stands the current one's",
    .since: "no such action came after it",
    .result: "what a call of the tool returned",
    .event: "something else that happened in the session",
    .classify: "how one part of an instruction's metadata follows from its text",
    .reading: "how the text of an instruction becomes clauses",
    .case: "a word with what gives it points; the word with the most is taken",
    .each: "once for each of the terms that the text mentions",
    .store: "from which score on an instruction is stored",
    .usual: "values that are usual, from which an instruction may depart",
    .program: "what a command-line program does with its options and operands",
    .sealed: "no other package may allow, waive, replace or correct what this restricts",
    .shadow: "evaluated and reported under `shadow` alone: it counts for nothing",
    .closed: "a call that carries other fields than the declared ones is an input error",
    .optional: "a call may lack it; tests of it need a guard, such as `?`",
    .extract: "fills a parameter that the call lacks, from a text that the call carries",
    .needs: "asks people, and says what the final decision requires",
    .correct: "puts the expected value in the call's place, and judges the result again",
    .offer: "what the agent may do instead; in the report when the rule restricts",
    .check: "what a person should verify; in the report when the rule restricts",
    .notify: "whom to tell; in the report when the rule restricts",
    .example: "an action with what this rule alone says of it; `check` runs it",
    .given: "what the surroundings supply; what is left out is not supplied",
    .deliberate: "the plan for a deliberation among people, in the report when the boundary fires",
    .tension: "values that stand against each other",
    .framework: "a moral framework, what it holds, and who speaks for it",
    .review: "when to look at the outcome again",
    .base: "the score before factors and points",
    .factor: "a weighted part of the score; the weights add up to 100 %",
    .add: "points that are added where the condition holds",
    .subtract: "points that are taken off where the condition holds",
    .level: "a named part of the scale, with the verdict that it gives",
    .unmeasured: "the verdict while an input of the score is missing",
    .component: "something of which the last use is tracked",
    .checkpoints: "shares of the token budget at which a report is due",
    .report: "how often a report is due",
    .allow: "lifts an `otherwise`; it outweighs no other verdict",
    .warn: "lets the action pass with a warning",
    .ask: "a person decides; where none can be asked the action is held back",
    .deny: "holds the action back",
    .when: "a condition that must hold; unknown, a restricting clause asks",
    .unless: "a condition that must not hold; unknown, a restricting clause asks",
    .because: "the reason, in the report; `{port}` shows an attribute",
    .expect: "where the attribute is there and the test fails, the action conflicts with the rule",
    .require: "a condition that must be true; else the action is denied, or what `else` says",
    .on: "the action types that are judged, perhaps guarded; `any` is every call",
    .and: "both; false if either is, unknown if else either is",
    .or: "either; true if either is, unknown if else either is",
    .not: "the opposite; of an unknown test unknown",
    .in: "equal to one of a list, or within a range, both ends included",
    .has: "whether the attribute is there",
    .any: "some element of a list, or some command of a command line",
    .all: "every element, of which there must be one",
    .count: "the number of a list's elements",
    .satisfies: "the condition that elements are asked",
    .like: "a glob over the whole value; in a path `*` stops at `/`, `**` does not",
    .matches: "a regular expression, anywhere in the text unless it is anchored",
    .mentions: "whole words of natural language, whatever their case; `*` is up to three words",
    .contains: "a part of the text, or an element of the list",
    .starts: "how the text begins",
    .ends: "how the text ends",
    .within: "in the folder or domain, or below it; or at most so long ago",
    .outside: "not within any of these",
    .is: "what is known of the command as a whole",
    .only: "every part of the command line, not some part",
    .runs: "some command of the line is this program, with these subcommands and operands",
    .reads: "some command reads such a file",
    .writes: "some command writes such a file",
    .deletes: "some command deletes such a file",
    .sends: "some command reads such a file and passes it to something that connects",
    .connects: "some command connects to such a host",
    .executes: "some command runs such a file or code",
    .sets: "some command sets such a variable of the environment",
    .escalates: "some command gets more rights",
    .pipes: "what one command prints flows into another",
    .with: "one of these options is given",
    .without: "none of these options is given",
    .ignoring: "both sides are folded, scalar by scalar",
    .operand: "some operand passes the test",
    .opaque: "what would run cannot be known",
    .undeclared: "some program is declared by no loaded package",
    .flag: "an option without an argument; the effects after it are its own",
    .option: "an option with an argument; the effects after it are its own",
    .subcommand: "a subcommand with its own options and effects",
    .takes: "what the option's argument is",
    .yields: "what the program prints, word by word",
    .operands: "all operands", .joined: "the words joined by blanks are one command line",
    .extended: "unknown operands follow",
  ]
}
