/// The words of the language; one that is no name in its place has a meaning by its place.
///
/// The raw value is the spelling.
package enum Word: String, Sendable, CaseIterable {
  // Words that begin a declaration, and its modifiers.
  /// `policy`.
  case policy
  /// `use`.
  case use
  /// `let`.
  case `let`
  /// `type`.
  case type
  /// `fact`.
  case fact
  /// `action`.
  case action
  /// `otherwise`.
  case otherwise
  /// `rule`.
  case rule
  /// `instruction`.
  case instruction
  /// `boundary`.
  case boundary
  /// `requirement`.
  case requirement
  /// `threshold`.
  case threshold
  /// `monitor`.
  case monitor
  /// `waive`.
  case waive
  /// `test`.
  case test
  /// `classify`.
  case classify
  /// `program`.
  case program
  /// `reading`.
  case reading
  /// `prove`.
  case prove
  /// `sealed`.
  case sealed
  /// `shadow`.
  case shadow
  /// `closed`.
  case closed

  // Words of declarations and clauses.
  /// `version`.
  case version
  /// `one`.
  case one
  /// `of`.
  case of
  /// `list`.
  case list
  /// `optional`.
  case optional
  /// `extract`.
  case extract
  /// `from`.
  case from
  /// `matching`.
  case matching
  /// `tool`.
  case tool
  /// `result`.
  case result
  /// `event`.
  case event
  /// `option`.
  case option
  /// `needs`.
  case needs
  /// `human`.
  case human
  /// `judgment`.
  case judgment
  /// `approval`.
  case approval
  /// `instead`.
  case instead
  /// `correct`.
  case correct
  /// `offer`.
  case offer
  /// `check`.
  case check
  /// `notify`.
  case notify
  /// `example`.
  case example
  /// `given`.
  case given
  /// `deliberate`.
  case deliberate
  /// `tension`.
  case tension
  /// `framework`.
  case framework
  /// `holds`.
  case holds
  /// `review`.
  case review
  /// `after`.
  case after
  /// `base`.
  case base
  /// `factor`.
  case factor
  /// `add`.
  case add
  /// `subtract`.
  case subtract
  /// `level`.
  case level
  /// `unmeasured`.
  case unmeasured
  /// `component`.
  case component
  /// `stale`.
  case stale
  /// `checkpoints`.
  case checkpoints
  /// `report`.
  case report
  /// `every`.
  case every
  /// `until`.
  case until
  /// `approved`.
  case approved
  /// `by`.
  case by
  /// `earlier`.
  case earlier
  /// `correcting`.
  case correcting
  /// `always`.
  case always
  /// `never`.
  case never

  // Verdicts and words that end an expression.
  /// `allow`.
  case allow
  /// `warn`.
  case warn
  /// `ask`.
  case ask
  /// `deny`.
  case deny
  /// `when`.
  case when
  /// `unless`.
  case unless
  /// `because`.
  case because
  /// `expect`.
  case expect
  /// `require`.
  case require
  /// `on`.
  case on
  /// `else`.
  case `else`

  // Words of expressions.
  /// `and`.
  case and
  /// `or`.
  case or
  /// `not`.
  case not
  /// `in`.
  case `in`
  /// `has`.
  case has
  /// `any`.
  case `any`
  /// `all`.
  case all
  /// `count`.
  case count
  /// `previously`.
  case previously
  /// `satisfies`.
  case satisfies
  /// `where`.
  case `where`
  /// `true`.
  case `true`
  /// `false`.
  case `false`
  /// `like`.
  case like
  /// `matches`.
  case matches
  /// `mentions`.
  case mentions
  /// `contains`.
  case contains
  /// `starts`.
  case starts
  /// `ends`.
  case ends
  /// `within`.
  case within
  /// `outside`.
  case outside
  /// `is`.
  case `is`
  /// `only`.
  case only
  /// `runs`.
  case runs
  /// `reads`.
  case reads
  /// `writes`.
  case writes
  /// `deletes`.
  case deletes
  /// `sends`.
  case sends
  /// `connects`.
  case connects
  /// `executes`.
  case executes
  /// `sets`.
  case sets
  /// `escalates`.
  case escalates
  /// `pipes`.
  case pipes
  /// `with`.
  case with
  /// `without`.
  case without
  /// `ignoring`.
  case ignoring
  /// `operand`.
  case operand
  /// `into`.
  case into
  /// `to`.
  case to
  /// `since`.
  case since
  /// `opaque`.
  case opaque
  /// `undeclared`.
  case undeclared

  // Words of programs.
  /// `flag`.
  case flag
  /// `subcommand`.
  case subcommand
  /// `takes`.
  case takes
  /// `operands`.
  case operands
  /// `first`.
  case first
  /// `last`.
  case last
  /// `other`.
  case other
  /// `joined`.
  case joined
  /// `extended`.
  case extended
  /// `yields`.
  case yields
  /// `below`.
  case below
  /// `anything`.
  case anything
  /// `numbers`.
  case numbers
  /// `named`.
  case named
  /// `input`.
  case input
  /// `cwd`.
  case cwd
  /// `for`.
  case `for`

  // Words of classifications and readings.
  /// `each`.
  case each
  /// `store`.
  case store
  /// `usual`.
  case usual

  // Words that follow others.
  /// `case`.
  case `case`

  // Units.
  /// `message`.
  case message
  /// `messages`.
  case messages
  /// `token`.
  case token
  /// `tokens`.
  case tokens
  /// `call`.
  case call
  /// `calls`.
  case calls
  /// `second`.
  case second
  /// `seconds`.
  case seconds
  /// `minute`.
  case minute
  /// `minutes`.
  case minutes
  /// `hour`.
  case hour
  /// `hours`.
  case hours
  /// `day`.
  case day
  /// `days`.
  case days
  /// `week`.
  case week
  /// `weeks`.
  case weeks
}

extension Word {
  /// Whether an expression uses the word, so that a bare name cannot be spelt like it.
  package var isReserved: Bool {
    switch self {
    case .and, .or, .not, .in, .has, .any, .all, .count, .previously, .satisfies, .where, .true,
      .false, .like, .matches, .mentions, .contains, .starts, .ends, .within, .outside, .is, .only,
      .runs, .reads, .writes, .deletes, .sends, .connects, .executes, .sets, .escalates, .pipes,
      .with, .without, .ignoring, .operand, .into, .since, .when, .unless, .because, .allow, .warn,
      .ask, .deny, .expect, .require, .needs, .on, .else:
      true
    default: false
    }
  }

  /// Whether the word is allow, warn, ask or deny.
  package var isVerdict: Bool {
    self == .allow || self == .warn || self == .ask || self == .deny
  }

  /// Whether the word is what a program does with a target: all effects but `escalates`.
  package var isEffect: Bool {
    switch self {
    case .reads, .writes, .deletes, .sends, .connects, .executes, .sets: true
    default: false
    }
  }

  /// Whether the word is a unit of time or of use.
  package var isUnit: Bool {
    switch self {
    case .message, .messages, .token, .tokens, .call, .calls, .second, .seconds, .minute, .minutes,
      .hour, .hours, .day, .days, .week, .weeks:
      true
    default: false
    }
  }
}
