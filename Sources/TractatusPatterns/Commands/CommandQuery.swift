/// A test of a command line or of one simple command; the plain form of the language's tests.
package struct CommandQuery: Hashable, Sendable {
  /// What is asked.
  package enum Kind: Hashable, Sendable {
    /// What would run cannot be known.
    case isOpaque
    /// Some program that runs is not declared.
    case isUndeclared
    case runs(Runs)
    case effect(Effect)
    /// What one of the first programs writes flows into one of the second.
    case pipes(from: [Term], into: [Term])
  }

  /// A program's base name and the words that follow it, at least one word in all.
  package struct Term: Hashable, Sendable {
    package var words: [[UInt8]]
    package init(_ words: [[UInt8]]) { self.words = words }
  }

  /// `[only] runs P { with | without … } [operand … | without operand]`.
  package struct Runs: Hashable, Sendable {
    package var isOnly: Bool
    package var programs: [Term]
    package var options: [Options]
    package var operand: Target?
    /// Whether there is no operand behind the words of the term.
    package var lacksOperand: Bool
    package init(
      isOnly: Bool = false, programs: [Term], options: [Options] = [], operand: Target? = nil,
      lacksOperand: Bool = false
    ) {
      self.isOnly = isOnly
      self.programs = programs
      self.options = options
      self.operand = operand
      self.lacksOperand = lacksOperand
    }
  }

  /// `with [..]`, `with all [..]`, each with a test of the argument or none, and their negations by
  /// `without`.
  package struct Options: Hashable, Sendable {
    package var isNegated: Bool
    package var isAll: Bool
    /// With their dashes.
    package var spellings: [[UInt8]]
    /// Nil: any argument, and none.
    package var argument: Target?
    package init(
      isNegated: Bool = false, isAll: Bool = false, _ spellings: [[UInt8]],
      argument: Target? = nil
    ) {
      self.isNegated = isNegated
      self.isAll = isAll
      self.spellings = spellings
      self.argument = argument
    }
  }

  /// `[only] writes [test of the target]`, `[only] sets [test of the name] [to test of the value]`.
  package struct Effect: Hashable, Sendable {
    package var verb: CommandEffectFact.Verb
    package var isOnly: Bool
    /// Nil: any target.
    package var target: Target?
    /// Of `sets`: what the value passes. Nil: any.
    package var value: Target?
    /// Whether what is not declared makes the test unknown where nothing decides it.
    package var undeclaredIsUnknown: Bool
    package init(
      _ verb: CommandEffectFact.Verb, isOnly: Bool = false, target: Target? = nil,
      value: Target? = nil, undeclaredIsUnknown: Bool = false
    ) {
      self.verb = verb
      self.isOnly = isOnly
      self.target = target
      self.value = value
      self.undeclaredIsUnknown = undeclaredIsUnknown
    }
  }

  /// A test of one operand or target.
  package struct Target: Hashable, Sendable {
    /// What is asked of it.
    package enum Kind: Hashable, Sendable {
      case place(PlaceQuery)
      /// Any of these; `equals` for texts that are compared whole.
      case text([Pattern])
    }
    package var isNegated: Bool
    package var kind: Kind
    package init(isNegated: Bool = false, _ kind: Kind) {
      self.isNegated = isNegated
      self.kind = kind
    }
  }

  /// What is asked.
  package var kind: Kind
  /// Of a sealed rule: the packages whose declarations of programs count for it, ascending; nil
  /// when all do.
  package var visible: [UInt32]?

  /// Makes a query.
  package init(_ kind: Kind, visible: [UInt32]? = nil) {
    self.kind = kind
    self.visible = visible
  }
}
