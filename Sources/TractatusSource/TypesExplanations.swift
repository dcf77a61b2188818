extension DiagnosticCode {
  /// The long explanations of T04xx, types; nil for a code of another area.
  var typesExplanation: String? {
    switch self {
    case .wrongOperator:
      """
      Each operator tests some types: `<` and its like numbers, times, enumerations and levels;
      `like`, `matches`, `mentions`, `starts with`, `ends with` texts; `contains` texts and lists;
      `count`, `any` and `all` lists; `within` times, components, paths, hosts and URLs; `outside`
      paths, hosts and URLs; `runs`, `writes` and their like commands. A truth value and a text are
      compared by `==` and `!=`.
      """
    case .wrongValue:
      """
      The value does not fit what it is compared with or stands for. Numbers are written without
      quotes, texts with them, words of an enumeration bare, regular expressions between slashes,
      one value without brackets, several with them.
      """
    case .notAWord:
      """
      An enumeration or threshold has exactly the words or levels that it declares. Any other word
      would make the test false for every action.
      """
    case .unguardedOptional:
      """
      The attribute may be absent, and a test of an absent attribute is false, so `not x == 5`
      would hold for an action that has no `x` at all. Say what is meant: `x? == 5` (present and
      equal), `has x and …`, or `not has x or …`; the order does not matter. `expect` needs none:
      it speaks of a present value.
      """
    case .differentTypes:
      """
      The rule is about several action types that have a parameter of this name with different
      types, so a test of it would mean different things. Write a rule for each, or give the
      parameters one type.
      """
    case .notAttribute:
      """
      Only attributes are tested: parameters, roots, thresholds with levels, elements. A `let` is
      a constant or a condition, and a root such as `session` holds attributes without being one.
      """
    case .notCondition:
      """
      A bare name is a condition when it is a truth value or a named condition whose action types
      include those of this place. Anything else needs an operator: `port == 5432`.
      """
    case .notConstant:
      """
      Lists, ends of ranges, patterns, counts, defaults and the values of examples are constants,
      written here or by `let`, so that they are read once and can be analysed.
      """
    case .emptyRange:
      """
      `in low..high` has both ends in it, so the lower one comes first. This range holds no value.
      """
    case .outOfBounds:
      """
      The type of the attribute has bounds, or is an integer, and this value is none of its
      values: no action can have it. Correct the value, or the type.
      """
    case .wrongUnit:
      """
      The age of a time is a time; that of a component's use is messages, tokens or time;
      checkpoints are shares of tokens; a review is some whole days later. Amounts are whole and
      below 2^63 nanoseconds.
      """
    case .writtenOutTooLarge:
      """
      With its named conditions written out a condition has at most 100,000 parts and 256 levels,
      at most 64 `let` stand for one another, and a factor has at most 64 operands. Split the
      rule.
      """
    case .wrongBounds:
      """
      Integers, numbers and times have bounds, of the same type and within those of the type that
      they narrow: `type port = int in 1..65535`.
      """
    case .wrongExtraction:
      """
      `extract p from q matching /…/` searches `description` or a text parameter that the call
      itself carries, and fills a parameter that a piece of text can be: a text, a number, a time
      or a word.
      """
    case .malformedToolName:
      """
      The name of a tool is matched whole and by case, and `*` stands for any run of characters.
      It is not empty and has no white space.
      """
    case .weightsDoNotAddUp:
      """
      The weights of a threshold's factors add up to exactly 100%, so that the score goes from 0
      to 1 and a level at 70% means the same in every policy.
      """
    case .levelsDoNotAscend:
      """
      The first level begins at 0%, each further one above the one before, none above 100%. A
      limit belongs to the upper level. So every score lies in exactly one level.
      """
    case .verdictsNotMonotone:
      """
      The verdicts of a threshold's levels rise along the scale, as for pressure, or fall along
      it, as for confidence. If they did both, more pressure could loosen a decision. A level
      without one counts as `allow`.
      """
    case .missingUnmeasured:
      """
      A score that rests on something the caller did not supply is not measured, and then no level
      holds. Say what happens: `unmeasured ask because "…"`.
      """
    case .wrongFactor:
      """
      Factors are made of numbers that the surroundings supply (`session.tokens`, `scores.x`, a
      numeric fact), of `count(list)` and of other thresholds' scores; a ready score is given
      under `scores`.
      """
    case .conflictingExpectations:
      """
      Two rules that are live at once expect values of one attribute of one action type, under the
      same guard, that exclude each other. Every action with the attribute would conflict with one
      of them. Let the newer one say `replaces: older`, give them different guards, or take one
      out with `active: false`.
      """
    case .missingSeverity:
      """
      Persistence and verification decide whether an unmet `expect` denies, warns or is noted. A
      sealed rule states both, so that nothing inferred can soften it.
      """
    case .incompleteExample:
      """
      The action type has a required parameter or field that is not given here and that no
      extraction fills. Such an action would be refused as input before any rule is asked.
      """
    case .wrongDates:
      """
      `since` lies before `until`, `from` before `until`, and a waiver lasts at most 366 days: an
      exemption without an end becomes the rule.
      """
    case .missingExampleType:
      """
      A rule about several action types cannot know which one an example is of: write it after the
      verdict, `example deny bash { command: "…" }`. It is one of the types after `on`.
      """
    case .misplacedCorrect:
      """
      `expect p == v correct` writes v into parameter p of the call. It needs `==` with one
      constant, and a parameter, not a root and not a field of a record.
      """
    case .emptyTerm:
      """
      Every text contains, starts with and ends with the empty text, and a term without a word is
      never mentioned, so the test says nothing.
      """
    case .typeTooLarge:
      """
      A type has at most 10,000 parts, with the types that it names written out, and 64 levels.
      """
    case .wrongCheckpoint:
      """
      The checkpoints of a monitor are shares of a budget of tokens: they ascend, and none is
      above 100%.
      """
    case .misplacedClause:
      """
      `deliberate` plans a discussion among people. It belongs to a boundary, once: a decision
      that is theirs.
      """
    case .wrongPlace:
      #"""
      `within` and `outside` name directories (absolute, below `~`, or relative to `project`), the
      attributes `cwd` and `project`, or, of hosts, URLs and connections, domains and addresses. A
      directory stands for all below it, a domain for its subdomains, so no pattern is needed.

          deny when command? writes within "/etc"          // not "/etc/**"
          deny when url? outside ["acme.example", "10.0.0.7"]
      """#
    case .wrongProgram:
      #"""
      `runs` names a program by its base name and perhaps the words that follow it, subcommands and
      operands; its options are tested by `with` and `without`, each by its own spelling, since
      `-rf` may also be written `-r -f`.

          deny when command? runs "git push" with ["--force", "-f"]
          deny when command? runs "rm" with all ["-r", "-f"]
      """#
    case .loosenedBySome:
      #"""
      A command line has many parts, and a test of it is true when some part passes. That is right
      where the test restricts. Where it loosens, in `allow`, `waive`, `require`, `expect`, after
      `unless` and after `not` in a `deny`, one harmless part would excuse all others:
      `git status; rm -rf /` runs `git status`. There, `only` speaks of all parts.

          allow when command only runs "git status"
          deny when command writes within "/srv" unless command only writes within "/srv/scratch"
      """#
    case .wrongEffect:
      #"""
      What a program does is declared with what it does it to. An effect after a flag names its
      target, because a flag has no argument; `joined`, `extended` and `input` are of `executes`.

          program find {
            reads operands
            flag -delete deletes operands
            option -exec takes command until [";", "+"] executes
          }
      """#
    case .wrongClassification:
      """
      A `classify` gives the words of one enumeration by cases with points (`quadrant`,
      `persistence`, `scope`, `verification`, each with `otherwise`), a score (`explicitness`), or
      what the text says of `parameters`; parts of one form do not fit another. Its conditions, and
      those of a `reading`, rest on the `text` alone and on what other classifications say of it,
      so that the same text is always classified alike. A reading says which instructions it covers.
      """
    case .unnormalised:
      #"""
      Paths are compared without `.`, `..`, `//` and a `/` at the end, hosts in lower case and
      without a dot at the end, so that no other spelling gets past a rule. A constant that is
      written otherwise would be equal to none.

          deny when path == "/etc/../srv/"     // no path is spelt so
          deny when path == "/srv"
      """#
    case .misplacedHistory:
      """
      `previously` asks whether an action came before in the session, `count(previously …)` how
      often. It stands where a condition stands, but neither in another `previously` nor under
      `any` or `all`. In its parentheses bare names are the earlier action's; `this.x` is the
      current one's, and stands to the right of `==` alone, beside what else is asked under `and`.
      A count is compared with numbers up to 1,000, up to 100 where `this` is used: that many
      actions are kept.

          deny when previously read_file where (path like "**/.env*") and url? outside "acme.example"
          ask when count(previously connect where (host == this.host) within 10 minutes) > 5
      """
    default: nil
    }
  }
}
