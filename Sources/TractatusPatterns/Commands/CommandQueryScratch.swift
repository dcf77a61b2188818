import TractatusValues

/// The memory that a `CommandQuerySet` works in: keep one for each set and thread.
package struct CommandQueryScratch: Sendable {
  /// The queries that `candidates` found: each once, in an order that depends on set and command.
  package internal(set) var candidates: [UInt32] = []
  var target = TargetMemory()
  /// A path that another is compared with.
  var other = TargetMemory()
  var places = PlaceScratch()
  /// By verb, and of operands.
  var texts = [TextQueryScratch](
    repeating: TextQueryScratch(), count: CommandQueryRecords.operands + 1)
  /// Which subcommands and options words have named.
  var subcommands = NameMemory()
  var options = NameMemory()
  /// What effects have met before.
  var effects = EffectMemory()
  var found: [UInt32] = []
  /// Queries that an index has found, perhaps several times.
  var owners: [UInt32] = []
  /// The queries that wait for the operands of the invocation at hand.
  var waiting: [Waiting] = []
  /// Whether some of those wait for every operand, and some for its place.
  private(set) var waitsForAll = false
  private(set) var waitsForPlaces = false
  /// Whether the program of some invocation is not known.
  private(set) var hasUnnamed = false
  /// By query: what is known of it so far, and of the operands of the invocation at hand.
  private var states: [State] = []
  private var command: UInt32 = 0
  private var round: UInt32 = 0

  /// A query that wants an operand, of a program that runs.
  struct Waiting: Sendable {
    var query: UInt32
    /// Whether the program and the options are as it wants them.
    var truth: FormTruth
    /// Whether an operand has found it, and others that it waits for will, too.
    var isFound: Bool
  }

  /// What is known of a query.
  private struct State: Sendable {
    /// The command for which the rest holds, and the last round that looked at it.
    var command: UInt32 = 0
    var round: UInt32 = 0
    var isCandidate = false
    var isWaiting = false
    var isOpen = false
    var isNamed = false
    var truth = FormTruth(.false)
    var passes = FormTruth(.false)
  }

  /// Makes an empty scratch.
  package init() {}

  /// Begins to collect queries of a set of so many.
  mutating func begin(_ count: Int) {
    candidates.clear()
    // A command has fewer rounds than it has bytes and parts, by far fewer than these.
    if states.count < count || command == UInt32.max || round > UInt32.max / 2 {
      states = [State](repeating: State(), count: count)
      (command, round) = (0, 0)
    }
    command += 1
    hasUnnamed = false
  }

  /// Notes that the program of some invocation is not known.
  mutating func noteUnnamed() { hasUnnamed = true }

  /// Notes that some invocation has a name that a query wants.
  mutating func noteNamed(_ query: UInt32) {
    add(query)
    states[Int(query)].isNamed = true
  }

  /// Whether some invocation may have a name that a query wants.
  func mayBeNamed(_ query: Int) -> Bool {
    if hasUnnamed { return true }
    return query < states.count && states[query].command == command && states[query].isNamed
  }

  /// Begins to look at something else.
  mutating func beginRound() { round &+= 1 }

  /// Forgets what was known of a query before this command.
  @inline(__always)
  private mutating func touch(_ query: Int) {
    if states[query].command == command { return }
    states[query] = State(command: command)
  }

  @inline(__always)
  mutating func add(_ query: UInt32) {
    touch(Int(query))
    if states[Int(query)].isCandidate { return }
    states[Int(query)].isCandidate = true
    candidates.append(query)
  }

  mutating func add(_ queries: [UInt32]) {
    for query in queries { add(query) }
  }

  /// Adds to a query the truth of one part of the command.
  mutating func note(_ query: UInt32, _ truth: FormTruth) {
    if truth.any.isFalse { return }
    add(query)
    states[Int(query)].truth = states[Int(query)].truth | truth
  }

  /// Adds to a query that the effect at hand passes it.
  mutating func meet(_ query: UInt32, _ truth: FormTruth, _ certainty: Truth) {
    effects.add(query, truth)
    note(query, FormTruth(certainty) & truth)
  }

  /// Does once more what an effect did that was kept.
  mutating func meetAgain(_ certainty: Truth) {
    for index in effects.met.indices {
      let entry = effects.met[index]
      let query = EffectMemory.query(entry)
      if isSettled(query) { continue }
      if let truth = EffectMemory.truth(entry) {
        note(query, FormTruth(certainty) & truth)
      } else {
        leaveOpen(query)
      }
    }
  }

  /// Leaves a query to whoever asks for it.
  mutating func leaveOpen(_ query: UInt32) {
    add(query)
    states[Int(query)].isOpen = true
  }

  /// Whether a query of some part of the command has been worked out.
  func isWorkedOut(_ query: Int) -> Bool {
    guard query < states.count, states[query].command == command else { return true }
    return !states[query].isOpen
  }

  /// What is known of a query of some part of the command.
  func truth(_ query: Int) -> FormTruth {
    guard query < states.count, states[query].command == command else { return FormTruth(.false) }
    return states[query].truth
  }

  /// Whether nothing more can change a query.
  @inline(__always)
  func isSettled(_ query: UInt32) -> Bool {
    states[Int(query)].command == command && states[Int(query)].truth.all.isTrue
  }

  /// Whether a query has not been looked at in this round, which it has been from now on.
  @inline(__always)
  mutating func isFirst(_ query: UInt32) -> Bool {
    touch(Int(query))
    if states[Int(query)].round == round { return false }
    states[Int(query)].round = round
    return true
  }

  /// Lets a query wait for operands.
  ///
  /// - Parameters:
  ///   - truth: whether the program and the options are as it wants them.
  ///   - isFound: whether an operand has found it, and others that it waits for will, too.
  ///   - isPlace: whether it asks for the place of an operand, not for its text.
  mutating func wait(_ query: UInt32, _ truth: FormTruth, isFound: Bool, isPlace: Bool) {
    if waiting.isEmpty { (waitsForAll, waitsForPlaces) = (false, false) }
    waiting.append(Waiting(query: query, truth: truth, isFound: isFound))
    if !isFound {
      waitsForAll = true
      if isPlace { waitsForPlaces = true }
    }
    touch(Int(query))
    states[Int(query)].isWaiting = true
    states[Int(query)].passes = FormTruth(.false)
  }

  func isWaiting(_ query: UInt32) -> Bool {
    states[Int(query)].command == command && states[Int(query)].isWaiting
  }

  /// Whether some operand passes, of those so far.
  func passes(_ query: UInt32) -> FormTruth { states[Int(query)].passes }

  mutating func pass(_ query: UInt32, _ truth: FormTruth) {
    states[Int(query)].passes = states[Int(query)].passes | truth
  }

  /// Lets no query wait any more.
  mutating func endWaiting() {
    for place in waiting.indices { states[Int(waiting[place].query)].isWaiting = false }
    waiting.clear()
  }
}

/// One operand or target, ready to be tested.
struct TargetMemory: Sendable {
  /// What it is tested as.
  enum Kind: Sendable {
    /// There is nothing that could pass.
    case nothing
    case path
    case host
    case text
    /// A path or text of which nothing is known.
    case anything
  }

  var kind = Kind.nothing
  var forms = TargetForms()
  var host = HostName()
  /// The text as it stands; of a host that, or any.
  var text = PartialText()
  /// The text with what a home directory may be in the place of `~`; empty when there is none.
  var homeText = PartialText()
  var hasHome = false
  /// One more form of a path.
  var form = PartialText()
  /// Places in a text that the beginning of a path reaches.
  var places: [UInt8] = []

  private var url = URLParts()
  private var builder = PathBuilder()
  private var bases = [PathText(), PathText()]
  private var chain: [Int32] = []

  /// Gets the target of an effect ready.
  mutating func prepare(
    _ effect: CommandEffectFact, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext
  ) {
    switch effect.kind {
    case .none: kind = .nothing
    case .unknown: prepareUnknown(effect.verb, context)
    case .path:
      let isThere =
        effect.invocation >= 0
        && facts.invocations[Int(effect.invocation)].flags.contains(.isElsewhere)
      prepare(path: effect.target, isNestedElsewhere: isThere, facts, context)
    case .directory:
      kind = .path
      for outcome in 0..<facts.bases[Int(effect.target.base)].outcomes {
        enter(effect.target.base, outcome, facts, context)
        forms.read(directory: bases[0], isFurther: outcome > 0, context, &builder)
      }
    case .host, .url:
      guard effect.verb == .connects else {
        kind = .nothing
        return
      }
      prepareHost(effect.target, facts)
    case .text, .name:
      kind = .text
      read(effect.target, facts, context)
    }
  }

  private mutating func prepareUnknown(
    _ verb: CommandEffectFact.Verb, _ context: borrowing PathContext
  ) {
    text.removeAll()
    text.append(.any)
    hasHome = false
    switch verb {
    case .connects:
      kind = .host
      host.forget()
    case .sets, .escalates, .yields: kind = .text
    case .reads, .writes, .deletes, .sends, .executes:
      kind = .anything
      forms.readAnything(context, &builder)
    }
  }

  /// Gets an operand ready: a path for places, and its text as it stands.
  mutating func prepare(
    operand: CommandText, _ facts: borrowing CommandFacts, isElsewhere: Bool,
    _ context: borrowing PathContext
  ) {
    prepare(path: operand, isNestedElsewhere: isElsewhere, facts, context)
    read(operand, facts, context)
  }

  /// Gets an operand ready for tests of its text as it stands, which need none of its places.
  mutating func prepare(
    text operand: CommandText, _ facts: borrowing CommandFacts, _ context: borrowing PathContext
  ) {
    kind = .text
    read(operand, facts, context)
  }

  /// Gets the value of a variable ready: as an operand, with `~` for one's home.
  mutating func prepare(
    value: CommandText, _ facts: borrowing CommandFacts, _ context: borrowing PathContext
  ) {
    prepare(operand: value, facts, isElsewhere: false, context)
    hasHome = false
  }

  /// Gets a path ready.
  mutating func prepare(
    path: CommandText, isNestedElsewhere: Bool, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext
  ) {
    kind = .path
    for outcome in 0..<facts.bases[Int(path.base)].outcomes {
      enter(path.base, outcome, facts, context)
      forms.read(
        path, of: facts.line, below: bases[0], isNestedElsewhere: isNestedElsewhere,
        isFurther: outcome > 0, context, &builder)
    }
  }

  /// Puts the directory of a base into the first of the two that are kept.
  ///
  /// Linear in the directories that were changed to since the last fixed one, which are few.
  ///
  /// - Parameter outcome: a bit for each doubtful change, the last one lowest: set where it was not
  ///   made.
  private mutating func enter(
    _ base: Int32, _ outcome: Int, _ facts: borrowing CommandFacts,
    _ context: borrowing PathContext
  ) {
    chain.clear()
    var outcome = outcome
    var next = base
    while next > CommandBase.unknown, Int(next) < facts.bases.count,
      facts.bases[Int(next)].parent < next
    {
      let link = facts.bases[Int(next)]
      if !link.isDoubtful || outcome & 1 == 0 { chain.append(next) }
      if link.isDoubtful { outcome >>= 1 }
      next = link.isFixed ? CommandBase.unknown : link.parent
    }
    if next == CommandBase.start, context.hasCwd {
      builder.begin(context, below: context.cwd)
    } else {
      builder.beginFloating(context)
    }
    builder.finish(into: &bases[0])
    for index in chain.indices.reversed() {
      let text = facts.bases[Int(chain[index])].text
      builder.begin(context, below: bases[0])
      builder.append(text.parts, of: facts.line, isPattern: false, tildeIsHome: false)
      builder.finish(into: &bases[1])
      bases.swapAt(0, 1)
    }
  }

  /// Gets a host ready; one of which some piece is not known can be any, for that piece may say
  /// where the host ends.
  private mutating func prepareHost(_ target: CommandText, _ facts: borrowing CommandFacts) {
    kind = .host
    host.forget()
    text.removeAll()
    form.removeAll()
    var isKnown = true
    for index in target.parts {
      let part = facts.line.parts[index]
      if part.kind != .literal {
        isKnown = false
        break
      }
      form.append(facts.line.text.span.extracting(part.range))
    }
    // Behind the end of the host nothing that is not known matters.
    if isKnown || Self.endsHost(form.bytes) { Self.read(form, &host, &url) }
    Self.append(host, to: &text)
    hasHome = false
  }

  private static func read(
    _ form: borrowing PartialText, _ host: inout HostName, _ url: inout URLParts
  ) {
    host.read(target: form.bytes.span, &url)
  }

  private static func append(_ host: borrowing HostName, to text: inout PartialText) {
    if host.state == .unknown || host.state == .absent {
      text.append(.any)
    } else {
      text.append(host.bytes.span)
    }
  }

  /// Whether a text that begins a URL has all of its host in it.
  private static func endsHost(_ text: [UInt8]) -> Bool {
    var offset = 0
    while offset + 2 < text.count {
      let isMark =
        text[offset] == UInt8(ascii: ":") && text[offset + 1] == UInt8(ascii: "/")
        && text[offset + 2] == UInt8(ascii: "/")
      if isMark { break }
      offset += 1
    }
    offset += 3
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
      default: offset += 1
      }
    }
    return false
  }

  /// Reads a text as it stands.
  private mutating func read(
    _ source: CommandText, _ facts: borrowing CommandFacts, _ context: borrowing PathContext
  ) {
    text.removeAll()
    hasHome = false
    for index in source.parts {
      let part = facts.line.parts[index]
      if part.kind == .home || part.kind == .userHome { hasHome = true }
    }
    Self.append(source, facts, context, homeIsKnown: true, to: &text)
    if hasHome {
      homeText.removeAll()
      Self.append(source, facts, context, homeIsKnown: false, to: &homeText)
    }
  }

  private static func append(
    _ source: CommandText, _ facts: borrowing CommandFacts, _ context: borrowing PathContext,
    homeIsKnown: Bool, to text: inout PartialText
  ) {
    for index in source.parts {
      let part = facts.line.parts[index]
      let bytes = facts.line.text.span
      switch part.kind {
      case .literal: text.append(bytes.extracting(part.range))
      case .glob: append(pattern: bytes.extracting(part.range), to: &text)
      case .number where part.count > 0 && !part.isQuoted: text.append(.run)
      case .number: text.append(.number)
      case .home, .userHome:
        if homeIsKnown {
          text.append(UInt8(ascii: "~"))
          if part.kind == .userHome { text.append(bytes.extracting(part.range)) }
        } else {
          text.append(.any)
        }
      case .workingDirectory:
        if context.hasCwd { text.append(context.cwd.text) } else { text.append(.any) }
      case .below: text.append(.below)
      case .shape where part.isQuoted:
        append(pattern: bytes.extracting(part.range), isShape: true, to: &text)
      case .processInput, .processOutput:
        let descriptors = PathBuilder.descriptors
        text.append(descriptors.span)
        text.append(.number)
      case .names: text.append(.names)
      case .folders: text.append(.directories)
      case .variable, .substitution, .shape, .unknown: text.append(.any)
      }
    }
  }

  private static func append(
    pattern: Span<UInt8>, isShape: Bool = false, to text: inout PartialText
  ) {
    var offset = 0
    while offset < pattern.count {
      var end = offset + 1
      switch pattern[offset] {
      case UInt8(ascii: "*"):
        if isShape, end < pattern.count, pattern[end] == UInt8(ascii: "*") {
          end += 1
          text.append(.any)
        } else {
          text.append(.run)
        }
      case UInt8(ascii: "?"): text.append(.one)
      case UInt8(ascii: "["):
        end = PathBuilder.bracketEnd(pattern, offset)
        let set = pattern.extracting(offset..<end)
        let repeats = isShape && end < pattern.count && pattern[end] == UInt8(ascii: "+")
        text.append(set: set, beginsName: false, repeats: repeats)
        if repeats { end += 1 }
      default: text.append(pattern[offset])
      }
      offset = end
    }
  }
}
