/// What a diagnostic is about; the raw value 203 is shown as `T0203`.
///
/// A code is never used again for something else. Each has a title here, a long explanation in
/// the file of its area (`LexicalExplanations` and so on) and a golden case in the tests.
package enum DiagnosticCode: Int, Sendable, CaseIterable, Hashable {
  // T01xx, lexical: text into tokens.

  /// File longer than 4 MiB.
  case sourceTooLarge = 101
  /// Bytes that are no UTF-8.
  case invalidUTF8 = 102
  /// A character that begins no token.
  case unexpectedCharacter = 103
  /// A control character other than tab, line feed and carriage return.
  case controlCharacter = 104
  /// A name that is not of `[A-Za-z0-9_]`.
  case nonASCIIName = 105
  /// An invisible character that reorders text.
  case bidirectionalControl = 106
  /// A string without its closing quote.
  case unterminatedString = 107
  /// An escape that strings do not have.
  case invalidEscape = 108
  /// A regular expression without its closing `/`.
  case unterminatedRegularExpression = 109
  /// A flag other than `i` and `s`.
  case unknownRegularExpressionFlag = 110
  /// A number that cannot be read exactly.
  case malformedNumber = 111
  /// A date that is not in the calendar.
  case malformedDate = 112
  /// A time that is not of RFC 3339.
  case malformedTime = 113
  /// A name without its closing backtick, or with nothing or a wrong character in it.
  case unterminatedQuotedName = 114
  /// Braces in a reason that hold no attribute.
  case invalidInterpolation = 115

  // T02xx, syntax: tokens into a tree.

  /// Something between declarations that begins none.
  case expectedDeclaration = 201
  /// A word or sign that the construct needs.
  case expectedToken = 202
  /// A word close to the one that belongs there.
  case misspeltKeyword = 203
  /// No name where one is needed.
  case expectedName = 204
  /// No condition after a word that needs one.
  case expectedCondition = 205
  /// No operator where an attribute is tested.
  case expectedTest = 206
  /// No value where one is needed.
  case expectedValue = 207
  /// Both connectives on one level.
  case mixedConnectives = 208
  /// A body without its `}`.
  case unclosedBrace = 209
  /// A `(` or `[` without its counterpart.
  case unclosedBracket = 210
  /// A `}`, `)` or `]` that closes nothing.
  case strayCloser = 211
  /// More than 64 levels.
  case nestingTooDeep = 212
  /// A file that does not begin with its package.
  case missingPolicy = 214
  /// A file that names its package twice.
  case repeatedPolicy = 215
  /// `sealed`, `shadow` or `closed` before something that cannot be that.
  case misplacedModifier = 216
  /// Metadata that comes after the rule's `on`.
  case misplacedMetadata = 217
  /// A policy rule that does not say which action types it is about.
  case missingOn = 218
  /// A clause that stands once in its body, a second time.
  case repeatedClause = 219
  /// Something in a body that begins no clause of it.
  case unexpectedClause = 220
  /// No type where one is needed.
  case expectedShape = 221
  /// Something other than allow, warn, ask, deny.
  case expectedVerdict = 222
  /// No number with a unit where one is needed.
  case expectedAmount = 223
  /// A word of expressions where a name is needed.
  case reservedName = 224
  /// More than 1,000 diagnostics in one file.
  case tooManyDiagnostics = 225
  /// No string, number, percentage, date or regular expression where one is needed.
  case expectedLiteral = 226
  /// An expectation that names no single value.
  case misplacedInstead = 227
  /// A test without its action or its expectation.
  case incompleteTest = 228

  // T03xx, names: what a name refers to.

  /// Files of one package under two rules roots.
  case packageInTwoRoots = 301
  /// Files of one package with different titles or versions.
  case policyHeadersDiffer = 302
  /// `use` of a package that is not loaded.
  case unknownPackage = 303
  /// Declarations that are made of each other.
  case cyclicDefinition = 304
  /// A name declared twice.
  case redeclared = 305
  /// A declaration with a built-in name.
  case builtInName = 306
  /// A name that stands for nothing.
  case unknownName = 307
  /// A type that nobody declares.
  case unknownType = 308
  /// An action type that nobody declares.
  case undeclaredActionType = 309
  /// A policy rule that nobody declares.
  case unknownRule = 310
  /// A name of several used packages.
  case ambiguousName = 311
  /// A name of a package that is not used.
  case packageNotUsed = 312
  /// A name that would mean two things.
  case shadowedName = 313
  /// A fact or component declared in two ways.
  case declaredUnlike = 314
  /// A fact that nobody declares.
  case unknownFact = 315
  /// A component that no monitor declares.
  case unknownComponent = 316
  /// A field that a record or root does not have.
  case unknownField = 317
  /// More than sources for another package's action type.
  case foreignActionPart = 318
  /// A sealed rule waived or replaced from another package.
  case sealedRule = 319
  /// Metadata that this kind of rule does not have.
  case unknownMetadata = 320
  /// Metadata with a value that it does not take.
  case wrongMetadataValue = 321
  /// A shadow threshold that something counting tests.
  case shadowTested = 322
  /// A parameter that an action type does not have.
  case unknownParameter = 323
  /// Something that stands twice where it may stand once.
  case repeatedEntry = 324
  /// A name with dots that has too many parts.
  case tooManyParts = 325
  /// Declarations of one program that contradict each other.
  case contradictoryProgram = 326

  // T04xx, types: what an expression may compare.

  /// An operator that its attribute's type does not have.
  case wrongOperator = 401
  /// A value of another type than its attribute.
  case wrongValue = 402
  /// A word that the enumeration does not have.
  case notAWord = 403
  /// An optional attribute tested without a guard.
  case unguardedOptional = 404
  /// A parameter that several types have with different types.
  case differentTypes = 405
  /// Something tested that is no attribute.
  case notAttribute = 406
  /// Something used as a condition that is none.
  case notCondition = 407
  /// An attribute or condition where a constant is needed.
  case notConstant = 408
  /// A range that ends before it begins.
  case emptyRange = 409
  /// A constant that its type does not hold.
  case outOfBounds = 410
  /// An amount with a unit that does not fit.
  case wrongUnit = 411
  /// A condition or factor past its limits.
  case writtenOutTooLarge = 412
  /// Bounds that a type cannot have.
  case wrongBounds = 413
  /// An extraction from or into something that is no text.
  case wrongExtraction = 414
  /// A name of a tool that no client could send.
  case malformedToolName = 415
  /// Factors whose weights are not 100 %.
  case weightsDoNotAddUp = 416
  /// Levels that do not ascend from 0 %.
  case levelsDoNotAscend = 417
  /// Levels whose verdicts rise and fall.
  case verdictsNotMonotone = 418
  /// Levels with verdicts but none for an unmeasured score.
  case missingUnmeasured = 419
  /// A factor of something that is no number.
  case wrongFactor = 420
  /// Expectations that no value meets.
  case conflictingExpectations = 421
  /// A sealed instruction that leaves its severity open.
  case missingSeverity = 422
  /// An example without a required parameter.
  case incompleteExample = 423
  /// Dates in the wrong order or too far apart.
  case wrongDates = 424
  /// An example of which the action type is not clear.
  case missingExampleType = 425
  /// `correct` where nothing can be written.
  case misplacedCorrect = 426
  /// A term that every text has, or none.
  case emptyTerm = 427
  /// A type past its limits.
  case typeTooLarge = 428
  /// Checkpoints that do not ascend.
  case wrongCheckpoint = 429
  /// A clause that the kind of rule does not have.
  case misplacedClause = 430
  /// A text that is no directory or domain.
  case wrongPlace = 431
  /// A text that is no program or option.
  case wrongProgram = 432
  /// A test of some part of a command where its truth loosens.
  case loosenedBySome = 433
  /// An effect of a program without a target that it can have.
  case wrongEffect = 434
  /// A path or host in a spelling that none has once it is normalised.
  case unnormalised = 435
  /// What came before, or the current action beside it, asked where or as it cannot be.
  case misplacedHistory = 436
  /// A classification or reading that does not fit what is classified.
  case wrongClassification = 440

  // T05xx, tables.

  /// A regular expression that cannot be read.
  case invalidRegularExpression = 501
  /// A glob or words that cannot be read.
  case invalidPattern = 502
  /// A pattern with more states than an automaton may have.
  case patternTooLarge = 503
  /// An extraction whose expression has no group.
  case extractionWithoutGroup = 504
  /// A condition that is too large once named conditions are inlined.
  case conditionTooLarge = 505
  /// More rows than a program holds.
  case tableTooLarge = 506
  /// A file that differs from the built-in package whose name it bears.
  case builtInDiffers = 507
  /// A file of a built-in package that is not there.
  case unknownBuiltIn = 508

  // T06xx, evaluation.

  /// An example whose verdict is another.
  case exampleFails = 601
  /// A claim that an action contradicts.
  case claimRefuted = 602
  /// A claim that an action may contradict, as far as can be told.
  case claimPossiblyWrong = 603
  /// A claim that is too large to decide.
  case claimNotDecided = 604

  // T07xx, input and adapters: documents into actions.

  /// A document that is no JSON as RFC 8259 has it.
  case malformedDocument = 701
  /// JSON that holds no action.
  case notAnAction = 702
  /// An action type that no loaded package declares.
  case unknownActionType = 703
  /// A bare name that several packages declare.
  case ambiguousActionType = 704
  /// A parameter whose value does not have its type.
  case illTypedParameter = 705
  /// A parameter that the call must carry.
  case missingParameter = 706
  /// A field that a closed action does not declare.
  case excessField = 707
  /// A score or session figure out of its range.
  case figureOutOfRange = 708
  /// A value around the action of the wrong type.
  case illTypedSurroundings = 709
  /// A document past a fixed limit.
  case documentTooLarge = 710
  /// A document that no client, or more than one, sends.
  case unclearClient = 711
  /// An event that asks before something that cannot be read.
  case unsupportedEvent = 712
  /// An action that could not be read.
  case unreadableAction = 713
  /// Rules that could not be loaded or do not compile.
  case unusablePolicy = 714
  /// An instruction history that cannot be read.
  case unreadableHistory = 720
  /// A hook that has not decided within its time.
  case hookOutOfTime = 730
  /// A hook that does not know the root of the project.
  case unknownProject = 731
  /// A client's settings that cannot be read or changed.
  case unusableSettings = 732
  /// A decision that could not be put into the log.
  case unwritableLog = 733
  /// A line of a decision log that is not what was written there.
  case brokenLog = 734
  /// A hook's answer that nobody took.
  case undeliveredAnswer = 735
  /// A state folder, or a file of it, that cannot be used.
  case unusableState = 740

  // T09xx, internal.

  /// A mistake of the tool itself.
  case internalError = 901
}

extension DiagnosticCode {
  /// A few words that name the mistake, without a full stop.
  package var title: String {
    switch self {
    case .sourceTooLarge: "source file too large"
    case .invalidUTF8: "invalid UTF-8"
    case .unexpectedCharacter: "unexpected character"
    case .controlCharacter: "control character"
    case .nonASCIIName: "name with letters outside ASCII"
    case .bidirectionalControl: "bidirectional control character"
    case .unterminatedString: "unterminated string"
    case .invalidEscape: "invalid escape"
    case .unterminatedRegularExpression: "unterminated regular expression"
    case .unknownRegularExpressionFlag: "unknown regular expression flag"
    case .malformedNumber: "malformed number"
    case .malformedDate: "no such date"
    case .malformedTime: "no such time"
    case .unterminatedQuotedName: "unterminated quoted name"
    case .invalidInterpolation: "invalid interpolation"
    case .expectedDeclaration: "expected a declaration"
    case .expectedToken: "missing word or sign"
    case .misspeltKeyword: "misspelt keyword"
    case .expectedName: "expected a name"
    case .expectedCondition: "expected a condition"
    case .expectedTest: "expected a test"
    case .expectedValue: "expected a value"
    case .mixedConnectives: "`and` and `or` without parentheses"
    case .unclosedBrace: "unclosed brace"
    case .unclosedBracket: "unclosed bracket"
    case .strayCloser: "closing sign without an opening one"
    case .nestingTooDeep: "nested too deeply"
    case .missingPolicy: "file without `policy`"
    case .repeatedPolicy: "second `policy`"
    case .misplacedModifier: "modifier that does not apply"
    case .misplacedMetadata: "metadata after the rule's `on`"
    case .missingOn: "policy rule without `on`"
    case .repeatedClause: "clause that stands only once"
    case .unexpectedClause: "expected a clause"
    case .expectedShape: "expected a type"
    case .expectedVerdict: "expected a verdict"
    case .expectedAmount: "expected an amount"
    case .reservedName: "reserved word as a name"
    case .tooManyDiagnostics: "too many diagnostics"
    case .expectedLiteral: "expected a literal of one kind"
    case .misplacedInstead: "`instead of` or `correct` without `==`"
    case .packageInTwoRoots: "package under two rules roots"
    case .policyHeadersDiffer: "files of a package disagree"
    case .unknownPackage: "unknown package"
    case .cyclicDefinition: "declarations in a circle"
    case .redeclared: "name declared twice"
    case .builtInName: "declaration of a built-in name"
    case .unknownName: "unknown name"
    case .unknownType: "unknown type"
    case .undeclaredActionType: "unknown action type"
    case .unknownRule: "unknown policy rule"
    case .ambiguousName: "name of several packages"
    case .packageNotUsed: "name of a package that is not used"
    case .shadowedName: "name that means two things"
    case .declaredUnlike: "declared in two ways"
    case .unknownFact: "unknown fact"
    case .unknownComponent: "unknown component"
    case .unknownField: "unknown field"
    case .foreignActionPart: "action type of another package changed"
    case .sealedRule: "sealed rule loosened from outside"
    case .unknownMetadata: "unknown metadata"
    case .wrongMetadataValue: "wrong value of metadata"
    case .shadowTested: "shadow threshold tested"
    case .unknownParameter: "unknown parameter"
    case .repeatedEntry: "repeated entry"
    case .tooManyParts: "name of too many parts"
    case .contradictoryProgram: "program declared in two ways"
    case .wrongOperator: "operator for another type"
    case .wrongValue: "value of another type"
    case .notAWord: "not a word of the enumeration"
    case .unguardedOptional: "optional attribute without a guard"
    case .differentTypes: "parameter of different types"
    case .notAttribute: "not an attribute"
    case .notCondition: "not a condition"
    case .notConstant: "not a constant"
    case .emptyRange: "empty range"
    case .outOfBounds: "value out of bounds"
    case .wrongUnit: "unit that does not fit"
    case .writtenOutTooLarge: "condition too large"
    case .wrongBounds: "wrong bounds of a type"
    case .wrongExtraction: "wrong extraction"
    case .malformedToolName: "malformed name of a tool"
    case .weightsDoNotAddUp: "weights that do not add up"
    case .levelsDoNotAscend: "levels that do not ascend"
    case .verdictsNotMonotone: "verdicts that rise and fall"
    case .missingUnmeasured: "no verdict for an unmeasured score"
    case .wrongFactor: "factor that is no number"
    case .conflictingExpectations: "expectations that contradict each other"
    case .missingSeverity: "sealed instruction without its severity"
    case .incompleteExample: "missing parameter"
    case .wrongDates: "dates that do not fit"
    case .missingExampleType: "example without its action type"
    case .misplacedCorrect: "correction of nothing"
    case .emptyTerm: "empty term"
    case .typeTooLarge: "type too large"
    case .wrongCheckpoint: "checkpoints that do not ascend"
    case .misplacedClause: "clause in another kind of rule"
    case .wrongPlace: "not a place"
    case .wrongProgram: "not a program or option"
    case .loosenedBySome: "one part excuses the rest"
    case .wrongEffect: "effect without a fitting target"
    case .unnormalised: "path or host that none is equal to"
    case .misplacedHistory: "earlier actions cannot be asked so"
    case .wrongClassification: "classification that does not fit"
    case .incompleteTest: "incomplete test"
    case .invalidRegularExpression: "invalid regular expression"
    case .invalidPattern: "invalid pattern"
    case .patternTooLarge: "pattern too large"
    case .extractionWithoutGroup: "extraction without a group"
    case .conditionTooLarge: "condition too large"
    case .tableTooLarge: "decision tables too large"
    case .builtInDiffers: "file differs from the built-in package"
    case .unknownBuiltIn: "no such built-in package"
    case .exampleFails: "failing example"
    case .claimRefuted: "claim that an action contradicts"
    case .claimPossiblyWrong: "claim that an action may contradict"
    case .claimNotDecided: "claim that is too large"
    case .malformedDocument: "malformed JSON"
    case .notAnAction: "not an action"
    case .unknownActionType: "unknown action type"
    case .ambiguousActionType: "ambiguous action type"
    case .illTypedParameter: "ill-typed parameter"
    case .missingParameter: "missing parameter"
    case .excessField: "excess field"
    case .figureOutOfRange: "figure out of range"
    case .illTypedSurroundings: "ill-typed surroundings"
    case .documentTooLarge: "document too large"
    case .unclearClient: "unclear client"
    case .unsupportedEvent: "unsupported event"
    case .unreadableAction: "unreadable action"
    case .unusablePolicy: "unusable policy"
    case .unreadableHistory: "unreadable instruction history"
    case .hookOutOfTime: "no decision within the time"
    case .unknownProject: "unknown project"
    case .unusableSettings: "unusable settings"
    case .unwritableLog: "decision log not kept"
    case .brokenLog: "decision log changed"
    case .undeliveredAnswer: "answer not delivered"
    case .unusableState: "unusable state of a session"
    case .internalError: "internal error"
    }
  }

  /// The long form that `tractatus explain` prints: what it means, why, and an example.
  package var explanation: String {
    let text: String? =
      switch area {
      case .lexical: lexicalExplanation
      case .syntax: syntaxExplanation
      case .names: namesExplanation
      case .types: typesExplanation
      case .tables: tablesExplanation
      case .evaluation: evaluationExplanation
      case .input: inputExplanation
      case .internal: internalExplanation
      }
    return text ?? ""
  }
}

/// The stage that a diagnostic code belongs to; the hundreds of its number.
package enum DiagnosticArea: Sendable, CaseIterable {
  /// T01xx: bytes into tokens.
  case lexical
  /// T02xx: tokens into a tree.
  case syntax
  /// T03xx: what names refer to.
  case names
  /// T04xx: types, guards and figures.
  case types
  /// T05xx: decision tables.
  case tables
  /// T06xx: evaluation.
  case evaluation
  /// T07xx: input documents and adapters.
  case input
  /// T09xx: mistakes of the tool itself.
  case `internal`
}
