extension DiagnosticCode {
  /// The long explanations of T07xx, input and adapters; nil for a code of another area.
  var inputExplanation: String? {
    switch self {
    case .malformedDocument:
      """
      The action, or the text that holds its parameters, is not JSON as RFC 8259 defines it:
      exactly one value in valid UTF-8, no key twice in an object, no lone surrogate, no `NaN`, at
      most 18 digits on either side of a number's point. A document that two readers could
      understand differently is refused, because the guard and the tool must see the same action.
      """
    case .notAnAction:
      """
      The document is JSON but holds no action: it is no object, names neither an `action` nor a
      `tool`, or its parameters are no object. A native action is
      `{"action":"bash","parameters":{"command":"ls"}}`; other clients' documents are listed by
      `tractatus eval --help`.
      """
    case .unknownActionType:
      """
      The action's `action` names a type that no loaded package declares. Load the package that
      declares it with `--rules`, or give the client's own tool name as `tool`: a tool that
      nothing maps is not an error but the type `unmapped`, which asks.
      """
    case .ambiguousActionType:
      """
      The action's `action` is a bare name that more than one loaded package declares. Write it
      with its package, as in `"action": "acme.platform.deploy"`.
      """
    case .illTypedParameter:
      """
      A parameter's value does not fit the type that its action type declares: a text where a
      number is needed (only the canonical spelling of a number is converted), a word that is not
      of the enumeration, a number outside its bounds. The rules cannot judge such a value, so the
      call is refused.
      """
    case .missingParameter:
      """
      The call lacks a parameter that its action type declares without `optional`. `null` counts
      as missing. Where calls without it are right, declare the parameter `optional`.
      """
    case .excessField:
      """
      The action type is `closed`, and the call carries a field that it does not declare. Other
      types accept such fields and no rule can read them.
      """
    case .figureOutOfRange:
      """
      Scores lie between 0 and 1, and the figures of a session are whole numbers that are not
      negative. A figure outside its range comes from a caller that counts wrongly, so nothing
      that rests on it would hold.
      """
    case .illTypedSurroundings:
      """
      Something that surrounds the action has the wrong type: a fact that does not fit its
      declaration, an `at` that is no RFC 3339 time, a `cwd` that is no text. Leave out what is
      not known: it is then unknown, which is not an error.
      """
    case .documentTooLarge:
      """
      The document has more than 16 MiB or is nested more than 128 deep. The limits are fixed, so
      that no action can exhaust the judge.
      """
    case .unclearClient:
      """
      `--from auto` tells the client by the document's fields, and none or more than one fits. Say
      which client it comes from, as in `--from openai`.
      """
    case .unsupportedEvent:
      """
      The event asks for leave before something happens, in a form that this version does not
      read, so it must not pass. Events that only report pass.
      """
    case .unreadableAction:
      """
      The file or stream that holds the action is missing or cannot be read. What cannot be read
      cannot be judged, so nothing is allowed.
      """
    case .unusablePolicy:
      """
      The rules are missing, cannot be read, or do not compile, so there is no policy to judge by
      and nothing is allowed. `tractatus check` shows what is wrong with them. An unreadable
      policy and a policy without a matching rule are different things: only the latter allows.
      """
    case .unreadableHistory:
      """
      The instruction history that `--instructions` names is missing, is no JSON, or has a record
      that cannot be taken: a field that is misspelt or of the wrong type, a word that is none of
      the enumeration (in upper case), an `id` that stands twice. An instruction that is misread
      would be one that nobody keeps, so nothing is decided with such a history.
      """
    case .unusableState:
      """
      The state folder or one of its files is missing, is not what was written there, belongs to
      somebody else, or cannot be read or written now. What is not known of a session is unknown
      to rules, so those that restrict ask or deny. `tractatus session recover` says what is left,
      what was lost, and mends what it can.
      """
    case .hookOutOfTime:
      """
      A hook has a time of its own, 2 seconds unless `--budget` says otherwise, and has not decided
      within it: its input did not end, a file could not be read, or the rules take too long. What
      was not decided is not allowed. A client that waits no longer than that would go on.
      """
    case .unknownProject:
      """
      A hook roots the rules and every relative path of a policy in the project, and neither the
      environment's `CLAUDE_PROJECT_DIR` nor `--project` names its folder. The folder in which the
      agent happens to be is never taken, because the agent can change it.
      """
    case .unusableSettings:
      """
      The client's settings are missing, are no JSON, or hold something else where hooks belong.
      They are left as they are: mend them, then run the command again.
      """
    case .unwritableLog:
      """
      The decision could not be put into the log: the disk is full, the folder cannot be written,
      or another process holds the lock. What cannot be accounted for is not allowed.
      """
    case .undeliveredAnswer:
      """
      A hook decided, and the client did not take the answer: its end of the pipe is closed, or the
      system could not write. The hook ends with status 2, which holds the action back.
      """
    case .brokenLog:
      """
      A line of the log is not what was written there, or does not follow the line before it: each
      line holds the digest of the one before, so that lines that were changed, taken out, moved or
      cut off show. The first such line is named; what stands before it is whole.
      """
    default: nil
    }
  }
}
