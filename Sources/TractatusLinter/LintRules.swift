/// The registry of lint rules. A new rule is one file and one line here.
package enum LintRules {
  /// Every rule, in the order of the codes. Those of the suppressing comments run last, when it is
  /// known what was found.
  package static let all: [LintRule] = [
    .deadPattern,
    .alwaysMatchingPattern,
    .boundaryBeforeSign,
    .classForAlternation,
    .contradictoryTests,
    .vacuousComparison,
    .constantCondition,
    .selfComparison,
    .repeatedOperand,
    .duplicateEntry,
    .coveredEntry,
    .cannotFire,
    .unreachedLevel,
    .duplicateCondition,
    .contradictingInstructions,
    .unanchoredAllow,
    .openPrefix,
    .textOnCommand,
    .textOnPath,
    .textOnURL,
    .textOnHost,
    .unknownTool,
    .wildcardTool,
    .allowAny,
    .broadPlace,
    .lookAlike,
    .allowOpaque,
    .textOnDescription,
    .wholeWaiver,
    .missingBecause,
    .missingTitle,
    .boundaryWithoutOffer,
    .emptyText,
    .reasonRepeatsTitle,
    .unwrittenMetadata,
    .metadataOrder,
    .nameStyle,
    .reasonPunctuation,
    .ungroupedNumber,
    .coarserUnit,
    .versionForm,
    .needlessParentheses,
    .doubleNegation,
    .unlessNot,
    .negatedComparison,
    .chainedEquality,
    .singleEntryList,
    .needlessGuard,
    .needlessQuestionMark,
    .plainExpression,
    .idleWildcard,
    .idleFlag,
    .quotedPlainName,
    .untrimmedText,
    .unusedLet,
    .unusedFact,
    .unusedType,
    .expiredWaiver,
    .thinWaiverReason,
    .expiredRule,
    .replacedRule,
    .inactiveRule,
    .missingExample,
    .sealedUntested,
    .oneSidedExamples,
    .duplicateExample,
    .duplicateTest,
    .placeholderText,
    .unusedSuppression,
    .suppressionWithoutReason,
    .unknownRule,
  ]

  /// The rules by name and by code.
  private static let byName: [String: LintRule] = {
    var table: [String: LintRule] = [:]
    for rule in all {
      table[rule.name] = rule
      table[rule.code] = rule
    }
    return table
  }()

  /// The rule of a name or code; nil where there is none.
  package static func named(_ name: String) -> LintRule? { byName[name] }
}
