import TractatusCompiler
import TractatusEngine
import TractatusPatterns
import TractatusRulePacks
import TractatusValues

/// What the shipped packs declare of programs and ask of commands.
let sections = shipped()
nonisolated(unsafe) var reader = CommandReader()
nonisolated(unsafe) var facts = CommandFacts()
nonisolated(unsafe) var context = PathContext()
nonisolated(unsafe) var scratches = sections.commandSets.map { _ in CommandQueryScratch() }
nonisolated(unsafe) var isCandidate: [Bool] = []
nonisolated(unsafe) var turn = 0

/// Reads any bytes as a command line by the programs of the shipped packs: in linear time, with
/// ranges that fit, and no test but the candidates is other than false, of the line and of each
/// simple command. The first byte says what of the surroundings is known, and whether tests are
/// asked, which takes ten times as long as reading; the text says which, so that an input always
/// does the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCommands(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let text = Span(
    _unsafeElements: UnsafeBufferPointer(start: start + 1, count: count - 1))
  let steps = reader.steps
  reader.read(text, programs: sections.programs, into: &facts)
  precondition(reader.steps &- steps < 4_000 &* (count &+ 64), "more than linear time")
  context.clear()
  if start[0] & 1 != 0 { context.setCwd("/home/dev/work".utf8.span) }
  if start[0] & 2 != 0 { context.setProject("/home/dev".utf8.span) }
  for invocation in facts.invocations {
    precondition(invocation.options.upperBound <= facts.options.count)
    precondition(invocation.operands.upperBound <= facts.operands.count)
    precondition(invocation.effects.upperBound <= facts.effects.count)
    precondition(invocation.bodies.upperBound <= facts.bodies.count)
    precondition(invocation.parent < Int32(facts.invocations.count))
  }
  guard start[0] & 0x1C == 0, !sections.commandSets.isEmpty else { return 0 }
  turn = 0
  for offset in 0..<count { turn = (turn &* 31 &+ Int(start[offset])) & 0xFFFF_FFFF }
  ask(turn % sections.commandSets.count)
  return 0
}

/// Asks a few tests of a set, others each time.
func ask(_ number: Int) {
  let set = sections.commandSets[number]
  guard set.count > 0 else { return }
  set.candidates(facts, context, &scratches[number])
  for index in isCandidate.indices { isCandidate[index] = false }
  while isCandidate.count < set.count { isCandidate.append(false) }
  for query in scratches[number].candidates { isCandidate[Int(query)] = true }
  for _ in 0..<4 {
    turn &+= 7
    let query = turn % set.count
    let element = facts.invocations.isEmpty ? -1 : turn % (facts.invocations.count + 1) - 1
    for invocation in [-1, element] {
      let truth = set.truth(
        query, facts, invocation: invocation, context, ambiguityHolds: turn & 1 == 0,
        &scratches[number])
      if invocation < 0 {
        let whole = set.wholeTruth(
          query, facts, context, ambiguityHolds: turn & 1 == 0, &scratches[number])
        precondition(whole == truth, "all at once and one alone differ")
      }
      precondition(
        truth == .false || isCandidate[query], "not false and no candidate")
    }
  }
}

/// The program of the shipped packs.
func shipped() -> ProgramSections {
  let files = RulePacks.files.map {
    BuiltInFile(package: $0.package, name: "<\($0.path)>", bytes: $0.bytes)
  }
  let used = RulePacks.names.map { "use \($0)\n" }.joined()
  let file = RuleFile(
    name: "all.tract", bytes: Array("policy fuzz \"All packs\" version \"1.0.0\"\n\(used)".utf8),
    rulesRoot: 0, isNamed: true)
  let loaded = PolicyLoader.load(
    [file], builtIns: files, packages: RulePacks.names, copiesReplaceBuiltIns: false)
  guard let program = Compilation.compile(loaded).program else {
    preconditionFailure("the shipped packs do not compile")
  }
  return program.sections
}
