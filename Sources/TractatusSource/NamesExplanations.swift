extension DiagnosticCode {
  /// The long explanations of T03xx, names; nil for a code of another area.
  var namesExplanation: String? {
    switch self {
    case .packageInTwoRoots:
      """
      All files of a package lie under one rules root. If a second root could add files to a
      package, whoever writes there could change what the package means: give its own rules new
      exceptions, or its sealed rules a waiver from inside. Rename the package in one of the
      roots, or load only one of them.
      """
    case .policyHeadersDiffer:
      """
      Every file begins with `policy a.b "title" version "1.0"`, and all files of a package say
      the same: the report shows one title and one version, and it must not depend on which file
      was read first. Make the titles and versions equal.
      """
    case .unknownPackage:
      """
      `use a.b` makes another package's names visible. The package must be built in, as
      `tractatus.core` is, or a file of it must lie on the rules path. Check the spelling, and
      whether its folder is loaded.
      """
    case .cyclicDefinition:
      """
      Packages that use each other, types or `let` that stand for each other, thresholds that are
      measured by each other, action types that come from each other and rules that replace each
      other have no meaning: each would have to be known before the other. Break the circle at one
      of the places shown.
      """
    case .redeclared:
      """
      Each name is declared once in a package and means what it means there, so that no file can
      change what another one says. Types, action types, policy rules and values have names of
      their own; a threshold is a policy rule and a value. Rename one of the declarations, or
      remove it.
      """
    case .builtInName:
      """
      The built-in types (`int`, `text`, …), the roots (`session`, `facts`, …) and the action type
      `unmapped` keep their meaning everywhere. Choose another name.
      """
    case .unknownName:
      """
      In a rule a bare name is a parameter of the action types after `on`, a threshold, a `let` or
      a component of the package or one that it uses; everything else begins with a root:
      `description`, `session`, `facts` and so on. Under `on any` there are no parameters. Check
      the spelling, add the parameter to the action type, or write `facts.x` for a fact.
      """
    case .unknownType:
      """
      A type is built in (`bool`, `int`, `number`, `text`, `time`, `command`, `path`, `url`,
      `host`), declared by `type` in the package, or in a package that it uses. Check the
      spelling, or declare it.
      """
    case .undeclaredActionType:
      """
      `on`, `from action`, `example`, `test` and `waive` name action types of the package or of
      one that it uses, or the built-in `unmapped`. A rule about a type that does not exist would
      silently never apply.
      """
    case .unknownRule:
      """
      `waive`, `replaces` and the `by` of a test name a policy rule of the package or of one that
      it uses. Thresholds cannot be waived or replaced. Check the spelling, or add the `use`.
      """
    case .ambiguousName:
      """
      Two packages that are used here declare this name. Which one is meant must not depend on the
      order of the `use`, so write it with its package: `a.b.name`.
      """
    case .packageNotUsed:
      """
      A package is read by others only when they say so, so that loading one more package never
      changes what a name means. Add `use a.b` after `policy`.
      """
    case .shadowedName:
      """
      Nothing is shadowed: a parameter may not have the name of a root, a visible `let` or
      threshold, and the element of `any` and `all` may not have the name of anything visible.
      Rename one of them.
      """
    case .declaredUnlike:
      """
      Facts and components belong to all packages: the caller supplies a fact once. Packages that
      declare the same one do so alike, with the same type, `optional` and `else`, and a fact is
      no field of another.
      """
    case .unknownFact:
      """
      A fact is declared before it is read, `fact release.frozen: bool`, so that a misspelt one is
      found here and does not stay unknown for ever. Check the spelling, or declare it.
      """
    case .unknownComponent:
      """
      The use of a component is tracked when a `monitor` declares it, in this package or one that
      it uses.
      """
    case .unknownField:
      """
      The part before the dot has no field of this name. Roots have fixed fields
      (`session.tokens`, `actor.role`, …), records those of their type, and a threshold `.score`.
      Other values have no fields.
      """
    case .foreignActionPart:
      """
      `action a.b.name { … }` gives an action type of another package more sources, `from tool`
      and `from action`. Its parameters, extractions, title and default verdict are those of its
      own package.
      """
    case .sealedRule:
      """
      `sealed` shuts out what loosens a rule from other packages: `waive`, `replaces`, `allow` and
      `correct`. Only the package that declares the rule may waive or replace it. Ask its owners
      for an exception.
      """
    case .unknownMetadata:
      """
      `since`, `until`, `active`, `replaces` and `source` belong to every policy rule; `quadrant`,
      `persistence`, `scope`, `verification` and `explicitness` to an instruction; `section` and
      `domain` to a boundary; `urgency` to a deliberation. A misspelt key would say nothing.
      """
    case .wrongMetadataValue:
      """
      Metadata take the values of their vocabulary: `persistence` is variable, low, medium, high
      or critical; `explicitness` a number from 0 to 1; `since` and `until` a date or time;
      `active` true or false.
      """
    case .shadowTested:
      """
      A `shadow` threshold is measured and reported, and changes no decision. A rule that counts
      and tests it would let it change one. Make the rule a `shadow` too, or the threshold count.
      """
    case .unknownParameter:
      """
      `with`, `extract`, examples and tests name declared parameters of the action type. Others
      cannot be read by any rule, so this is taken for a misspelling.
      """
    case .repeatedEntry:
      """
      A type, field, word, level, factor, tool, parameter or metadata key stands here twice. The
      second one could not be told from the first, or would contradict it. Remove or rename one.
      """
    case .tooManyParts:
      """
      A name with dots, of a package, a fact or an attribute, has at most 64 parts, so that looking
      for the declaration that it begins with takes no long time. Give the package or fact a
      shorter name.
      """
    case .contradictoryProgram:
      #"""
      Every package may declare a program again, and so add options, subcommands and effects. What
      is declared already keeps its meaning: an option takes what it takes, a spelling is that of
      one option, and nothing new may take words away from what reads them.

          program rm { deletes operands  flag -r --recursive  flag -f --force }
          program rm { option -r takes text }    // `-r` takes nothing
          program rm { flag -rf }                // `-rf` is `-r -f`
      """#
    default: nil
    }
  }
}
